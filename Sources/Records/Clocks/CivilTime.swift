import Expressions
import Rulebooks

/// Civil days and moments at the rulebook's fixed offset from UTC, with its working days.
///
/// Nothing here reads a clock: every moment is an argument.
public struct CivilTime: Sendable {
    /// Seconds east of Greenwich; 28,800 for China.
    public let offsetSeconds: Int
    public let calendar: WorkingCalendar

    /// The time of a rulebook.
    public init(of rulebook: Rulebook) {
        self.init(offsetSeconds: rulebook.timeZoneOffsetSeconds, calendar: rulebook.calendar)
    }

    public init(offsetSeconds: Int, calendar: WorkingCalendar) {
        self.offsetSeconds = offsetSeconds
        self.calendar = calendar
    }

    /// The civil day in which a moment lies.
    public func day(of moment: Timestamp) -> CivilDate {
        moment.civil(offsetSeconds: offsetSeconds).date
    }

    /// The moment at which a civil day begins.
    public func start(of day: CivilDate) -> Timestamp? {
        Timestamp(date: day, secondOfDay: 0, offsetSeconds: offsetSeconds)
    }

    /// A day moved by working days of the calendar; backwards when negative.
    public func day(_ day: CivilDate, plusWorkingDays count: Int) -> CivilDate? {
        abs(count) <= 10_000 ? calendar.adding(workdays: count, to: day) : nil
    }

    /// A moment moved by seconds; nil beyond the years 1 to 9999.
    public func moment(_ moment: Timestamp, plusSeconds seconds: Int64) -> Timestamp? {
        let (sum, overflow) = moment.seconds.addingReportingOverflow(seconds)
        return overflow ? nil : Timestamp(seconds: sum, nanoseconds: moment.nanoseconds)
    }

    /// A base in time moved by a term: minutes and hours give a moment, everything longer a day.
    ///
    /// 《行政处罚法》第八十五条: days are calendar days unless the text says working days. The day of the
    /// base is not counted.
    public func due(from base: ClockDue, after term: TermLength) -> ClockDue? {
        switch term.unit {
        case .minutes, .hours:
            let seconds = Int64(term.amount).multipliedReportingOverflow(by: term.unit == .hours ? 3600 : 60)
            guard !seconds.overflow, let from = moment(of: base) else { return nil }
            return moment(from, plusSeconds: seconds.partialValue).map(ClockDue.moment)
        case .days:
            return day(of: base).adding(days: term.amount).map(ClockDue.day)
        case .workingDays:
            return day(day(of: base), plusWorkingDays: term.amount).map(ClockDue.day)
        case .months:
            return day(of: base).adding(months: term.amount).map(ClockDue.day)
        case .years:
            let months = term.amount.multipliedReportingOverflow(by: 12)
            return months.overflow ? nil : day(of: base).adding(months: months.partialValue).map(ClockDue.day)
        }
    }

    /// When a step at an offset from the due time fires.
    ///
    /// Relative to a day, steps in days fire as that day begins; steps in hours or minutes count from the
    /// end of the day that is due. Relative to a moment they are exact.
    public func fires(_ term: TermLength, relativeTo due: ClockDue) -> Timestamp? {
        switch (due, term.unit) {
        case (.day(let day), .minutes), (.day(let day), .hours):
            guard let end = day.adding(days: 1).flatMap(start(of:)) else { return nil }
            return fires(term, relativeTo: .moment(end))
        case (.moment, .minutes), (.moment, .hours):
            guard case .moment(let moment)? = self.due(from: due, after: term) else { return nil }
            return moment
        case (.day, _):
            guard case .day(let day)? = self.due(from: due, after: term) else { return nil }
            return start(of: day)
        case (.moment(let moment), _):
            guard term.amount != 0 else { return moment }
            guard case .day(let day)? = self.due(from: due, after: term) else { return nil }
            let second = moment.civil(offsetSeconds: offsetSeconds).secondOfDay
            return Timestamp(date: day, secondOfDay: second, offsetSeconds: offsetSeconds)
        }
    }

    /// The first moment that is too late.
    public func passes(_ due: ClockDue) -> Timestamp? {
        switch due {
        case .day(let day): day.adding(days: 1).flatMap(start(of:))
        case .moment(let moment): self.moment(moment, plusSeconds: 1)
        }
    }

    /// The civil day of a due time.
    public func day(of due: ClockDue) -> CivilDate {
        switch due {
        case .day(let day): day
        case .moment(let moment): day(of: moment)
        }
    }

    /// The moment of a due time: for a day, its beginning.
    func moment(of due: ClockDue) -> Timestamp? {
        switch due {
        case .day(let day): start(of: day)
        case .moment(let moment): moment
        }
    }

    /// A due time moved by what its clock stood still: seconds for a moment, else days of the clock's kind.
    func shifted(_ due: ClockDue, by units: Int64, inWorkingDays: Bool) -> ClockDue? {
        guard units != 0 else { return due }
        guard let count = Int(exactly: units) else { return nil }
        switch due {
        case .moment(let moment): return self.moment(moment, plusSeconds: units).map(ClockDue.moment)
        case .day(let day):
            let moved = inWorkingDays ? self.day(day, plusWorkingDays: count) : day.adding(days: count)
            return moved.map(ClockDue.day)
        }
    }

    /// How long a clock stood still, in the unit by which its due time moves.
    func units(from start: Timestamp, to end: Timestamp, due: ClockDue?, inWorkingDays: Bool) -> Int64 {
        if case .moment = due { return max(0, end.seconds - start.seconds) }
        let from = day(of: start)
        let until = day(of: end)
        guard inWorkingDays else { return Int64(max(0, from.days(until: until))) }
        return Int64(max(0, calendar.workdays(from: from, to: until)))
    }
}
