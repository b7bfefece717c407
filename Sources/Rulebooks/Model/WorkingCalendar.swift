import Expressions

/// The working days of a country: weekends, holidays, and the weekend days worked in exchange.
public struct WorkingCalendar: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The days of the week that are not worked: 1 is Monday, 7 is Sunday.
    public let weekend: Set<Int>
    /// The years for which holidays are known.
    public let years: [Int: CalendarYear]

    /// Makes a calendar.
    public init(id: String, name: Bilingual, weekend: Set<Int>, years: [Int: CalendarYear]) {
        self.id = id
        self.name = name
        self.weekend = weekend
        self.years = years
    }

    /// Saturdays and Sundays free and no holidays: what counts where a rulebook has no calendar.
    public static let weekendsOnly = WorkingCalendar(
        id: "weekends", name: Bilingual(zh: "仅计周末", en: "Weekends only"), weekend: [6, 7], years: [:])

    /// Whether the holidays of a year are known; outside them only weekends are free.
    public func covers(_ year: Int) -> Bool { years[year] != nil }

    /// Whether a day is worked.
    public func isWorkday(_ date: CivilDate) -> Bool {
        if let year = years[date.year] {
            if year.holidays.contains(date) { return false }
            if year.workdays.contains(date) { return true }
        }
        return !weekend.contains(date.weekday)
    }

    /// How many working days lie after `from` up to and including `to`; negative when `to` is earlier.
    public func workdays(from: CivilDate, to: CivilDate) -> Int {
        if to < from { return -workdays(from: to, to: from) }
        var count = 0
        var day = from.daysSinceEpoch
        while day < to.daysSinceEpoch {
            day += 1
            if isWorkday(CivilDate(daysSinceEpoch: day)) { count += 1 }
        }
        return count
    }

    /// The day so many working days after `date`, or before it when negative; the day itself for 0.
    ///
    /// Nil when it would lie more than 40,000 working days away or outside the years 1 to 9999.
    public func adding(workdays: Int, to date: CivilDate) -> CivilDate? {
        guard workdays.magnitude <= 40_000, weekend.count < 7 else { return nil }
        var left = workdays.magnitude
        var current = date
        while left > 0 {
            guard let next = current.adding(days: workdays > 0 ? 1 : -1) else { return nil }
            current = next
            if isWorkday(current) { left -= 1 }
        }
        return current
    }

    static func ruling(among calendars: [String: WorkingCalendar]) -> WorkingCalendar {
        if calendars.count == 1, let only = calendars.first { return only.value }
        return calendars["china"] ?? .weekendsOnly
    }
}

/// The holidays of one year.
public struct CalendarYear: Sendable {
    /// Days off, weekends among them or not.
    public let holidays: Set<CivilDate>
    /// Weekend days that are worked.
    public let workdays: Set<CivilDate>
    /// The notice that fixed them.
    public let citations: [Citation]

    /// Makes a year.
    public init(holidays: Set<CivilDate>, workdays: Set<CivilDate>, citations: [Citation]) {
        self.holidays = holidays
        self.workdays = workdays
        self.citations = citations
    }
}
