import Expressions

/// A run of whole months that figures are asked for: a month, quarter, half, year, a year to date, or any range.
///
/// A period keeps the shape it was made in, because officials call January to June 上半年 in one report and
/// 1—6月 in another. Two periods are equal when shape and months are.
public struct Period: Hashable, Sendable {
    /// What kind of run of months a period is.
    public enum Shape: String, Hashable, Sendable, CaseIterable {
        /// One month: 2009-05.
        case month
        /// Three months: 2009Q3.
        case quarter
        /// Six months: 2009H1.
        case half
        /// A calendar year: 2009.
        case year
        /// From January to a month of the same year: 2009YTD-11.
        case yearToDate
        /// Any other run of months: 2009-01..2009-06.
        case range
    }

    /// The longest period, a century.
    public static let maximumMonths = 1200

    /// What kind of run of months this is.
    public let shape: Shape
    /// The first and the last month.
    public let months: ClosedRange<MonthIndex>

    private init(unchecked shape: Shape, _ months: ClosedRange<MonthIndex>) {
        (self.shape, self.months) = (shape, months)
    }

    /// Makes the month of a year, or nil when there is none such.
    public static func month(_ month: Int, of year: Int) -> Period? {
        Months.index(year: year, month: month).map { Period(unchecked: .month, $0...$0) }
    }

    /// Makes a quarter, 1 to 4.
    public static func quarter(_ quarter: Int, of year: Int) -> Period? {
        guard (1...4).contains(quarter) else { return nil }
        return Months.index(year: year, month: quarter * 3 - 2).map {
            Period(unchecked: .quarter, $0...$0 + 2)
        }
    }

    /// Makes a half, 1 or 2.
    public static func half(_ half: Int, of year: Int) -> Period? {
        guard (1...2).contains(half) else { return nil }
        return Months.index(year: year, month: half * 6 - 5).map { Period(unchecked: .half, $0...$0 + 5) }
    }

    /// Makes a calendar year, 1 to 9999.
    public static func year(_ year: Int) -> Period? {
        Months.index(year: year, month: 1).map { Period(unchecked: .year, $0...$0 + 11) }
    }

    /// Makes the months from January up to and including a month.
    public static func yearToDate(month: Int, of year: Int) -> Period? {
        guard let first = Months.index(year: year, month: 1),
            let last = Months.index(year: year, month: month)
        else { return nil }
        return Period(unchecked: .yearToDate, first...last)
    }

    /// Makes any run of months, at most a century long; nil when the last lies before the first.
    public static func range(from first: MonthIndex, through last: MonthIndex) -> Period? {
        guard first >= 12, last < 120_000, first <= last, Int(last - first) < maximumMonths else {
            return nil
        }
        return Period(unchecked: .range, first...last)
    }

    /// How many months the period has.
    public var monthCount: Int { Int(months.upperBound - months.lowerBound) + 1 }

    /// The first day.
    public var firstDay: CivilDate {
        CivilDate(year: Months.year(months.lowerBound), month: Months.month(months.lowerBound), day: 1)
            ?? CivilDate(daysSinceEpoch: .min)
    }

    /// The last day: the day as of which succession of regions is judged.
    public var lastDay: CivilDate {
        let after = months.upperBound + 1
        let next = CivilDate(year: Months.year(after), month: Months.month(after), day: 1)
        return next?.adding(days: -1) ?? CivilDate(daysSinceEpoch: .max)
    }

    /// The same months a year earlier: what 同比 compares with. Year 1 compares with itself.
    public var previousYear: Period { shifted(back: 12, to: shape) }

    /// The months just before, as many as this period has: what 环比 compares with.
    ///
    /// The quarter before a quarter, the half before a half; a year to date is preceded by a range.
    public var previous: Period {
        shifted(back: MonthIndex(monthCount), to: shape == .yearToDate ? .range : shape)
    }

    private func shifted(back count: MonthIndex, to shape: Shape) -> Period {
        let first = months.lowerBound - count
        guard first >= 12 else { return self }
        return Period(unchecked: shape, first...(months.upperBound - count))
    }
}
