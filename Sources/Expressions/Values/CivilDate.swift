/// A day of the proleptic Gregorian calendar, without time or zone.
///
/// Holds every date of the years 1 to 9999; a date outside them cannot be made. Ordered by time.
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible, Codable {
    /// Days since 1970-01-01; negative before it.
    public let daysSinceEpoch: Int32

    static let firstDay: Int32 = -719_162
    static let lastDay: Int32 = 2_932_896

    /// Makes the date so many days after 1970-01-01, brought back into the years 1 to 9999 when outside.
    public init(daysSinceEpoch: Int32) {
        self.daysSinceEpoch = min(max(daysSinceEpoch, Self.firstDay), Self.lastDay)
    }

    /// Makes a date from its parts, or nil when there is no such day (2026-02-29, month 13, year 0).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.dayCount(year: year, month: month) else { return nil }
        daysSinceEpoch = Int32(Self.days(year: year, month: month, day: day))
    }

    /// Reads `yyyy-MM-dd` with ASCII digits, exactly ten characters; nil for anything else.
    public init?(_ iso: some StringProtocol) {
        let bytes = Array(iso.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        guard let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The year, 1 to 9999.
    public var year: Int { parts.year }
    /// The month, 1 to 12.
    public var month: Int { parts.month }
    /// The day of the month, from 1.
    public var day: Int { parts.day }
    /// The day of the week: 1 is Monday, 7 is Sunday (ISO 8601).
    public var weekday: Int {
        let remainder = (Int(daysSinceEpoch) + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// The date so many days later (earlier when negative), or nil outside the years 1 to 9999.
    public func adding(days: Int) -> CivilDate? {
        let (sum, overflow) = Int(daysSinceEpoch).addingReportingOverflow(days)
        guard !overflow, sum >= Int(Self.firstDay), sum <= Int(Self.lastDay) else { return nil }
        return CivilDate(daysSinceEpoch: Int32(sum))
    }

    /// The date so many months later, its day brought back to the month's last day when there is none.
    ///
    /// 2026-01-31 and one month is 2026-02-28. Nil outside the years 1 to 9999.
    public func adding(months: Int) -> CivilDate? {
        guard months > -120_000, months < 120_000 else { return nil }
        let start = parts
        let count = start.year * 12 + start.month - 1 + months
        guard count >= 12 else { return nil }
        let (year, month) = (count / 12, count % 12 + 1)
        return CivilDate(
            year: year, month: month, day: min(start.day, Self.dayCount(year: year, month: month)))
    }

    /// How many days `other` lies after this date; negative when before.
    public func days(until other: CivilDate) -> Int {
        Int(other.daysSinceEpoch) - Int(daysSinceEpoch)
    }

    /// The date as `yyyy-MM-dd`.
    public var description: String {
        let all = parts
        return "\(Self.padded(all.year, 4))-\(Self.padded(all.month, 2))-\(Self.padded(all.day, 2))"
    }

    /// The earlier day goes first.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// Reads the text `yyyy-MM-dd`; throws `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CivilDate(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date yyyy-MM-dd")
        }
        self = date
    }

    /// Writes the text `yyyy-MM-dd`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension CivilDate {
    /// Year, month and day at once: each alone costs the whole computation.
    public var parts: (year: Int, month: Int, day: Int) { Self.civil(days: Int(daysSinceEpoch)) }

    /// The ordinal of the day in its year, from 1.
    public var dayOfYear: Int {
        Int(daysSinceEpoch) - Self.days(year: year, month: 1, day: 1) + 1
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01, counting years from March so that the leap day is the last of its year.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        var value = 0
        for digit in digits {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
