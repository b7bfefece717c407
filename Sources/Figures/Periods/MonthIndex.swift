/// A month as one number: `year * 12 + month - 1`, so that months that follow each other are numbers that do.
///
/// May 2009 is 24112. The year is civil, of the rulebook's time zone.
public typealias MonthIndex = Int32

/// Conversions between month indexes and the calendar.
public enum Months {
    /// The month of tally cells that belong to no month: stocks, which say what stands now.
    public static let none: MonthIndex = -1

    /// The index of a month, or nil outside the years 1 to 9999 and the months 1 to 12.
    public static func index(year: Int, month: Int) -> MonthIndex? {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        return MonthIndex(year * 12 + month - 1)
    }

    /// The year of an index.
    public static func year(_ index: MonthIndex) -> Int { Int(index) / 12 }

    /// The month of an index, 1 to 12.
    public static func month(_ index: MonthIndex) -> Int { Int(index) % 12 + 1 }

    /// The index as `yyyy-MM`.
    public static func text(_ index: MonthIndex) -> String {
        "\(padded(year(index), 4))-\(padded(month(index), 2))"
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
