import Expressions
import Office
import Records
import Rulebooks

/// Puts states and clocks into the words and tones that templates show.
struct Describing: Sendable {
    let site: Site
    let language: Language

    init(_ site: Site, _ language: Language) { (self.site, self.language) = (site, language) }

    private func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    /// A record's state: colour and word.
    func state(of record: Record, kind: Kind) -> [String: Any] {
        let name = kind.lifecycle.state(record.state)?.name.text(language) ?? record.state
        if record.voided { return ["tone": "void", "label": text("voided")] }
        let tone: String
        if kind.lifecycle.closed.contains(record.state) {
            tone = "done"
        } else if record.overdue {
            tone = "late"
        } else {
            tone = kind.family == .register ? "done" : "open"
        }
        return ["tone": tone, "label": name]
    }

    /// The clock of a record that falls due first; nil when none runs.
    func clock(of record: Record, kind: Kind) -> [String: Any]? {
        let running = record.clocks.filter { $0.due != nil }
        let first = running.min { left, right in
            guard let left = left.due, let right = right.due else { return false }
            return site.office.time.day(of: left) < site.office.time.day(of: right)
        }
        return first.flatMap { clock($0, of: record, kind: kind) }
    }

    /// A clock: how much is left, counted as its law counts.
    func clock(_ clock: ClockState, of record: Record, kind: Kind) -> [String: Any]? {
        guard let due = clock.due else { return nil }
        let time = site.office.time
        let dueDay = time.day(of: due)
        let stage =
            record.stage.isEmpty ? nil : RecordReading(site.office, language: language).stepName(record.stage)
        var values: [String: Any] = [
            "dueISO": dueDay.description, "due": text("clock_due", ["date": day(dueDay)]),
        ]
        values["stage"] = stage
        if clock.suspendedAt != nil {
            values["tone"] = "draft"
            values["before"] = text("clock_suspended")
            return values
        }
        let today = site.office.today
        let inWorkingDays = kind.clock(clock.clock).map(countsWorkingDays) ?? false
        let isLate = time.passes(due).map { $0 <= site.office.moment } ?? (dueDay < today)
        let days =
            isLate
            ? count(from: dueDay, to: today, inWorkingDays) : count(from: today, to: dueDay, inWorkingDays)
        values["tone"] = isLate ? "late" : days <= 2 ? "soon" : "open"
        values["before"] = text(isLate ? "clock_over" : "clock_left")
        values["count"] = String(days)
        values["after"] = text(
            (inWorkingDays ? "clock_working_days" : "clock_days") + (isLate ? "_over" : ""))
        if !isLate, days == 0 {
            values["before"] = text("clock_today")
            values["count"] = nil
            values["after"] = nil
        }
        return values
    }

    private func countsWorkingDays(_ clock: ClockDefinition) -> Bool {
        if case .within(let terms, _) = clock.due { return terms.contains { $0.item.unit == .workingDays } }
        return true
    }

    /// The days after one and up to another.
    private func count(from: CivilDate, to: CivilDate, _ inWorkingDays: Bool) -> Int {
        if inWorkingDays { return max(0, site.rulebook.calendar.workdays(from: from, to: to)) }
        return max(0, Int(to.daysSinceEpoch) - Int(from.daysSinceEpoch))
    }

    /// A day as officials write it.
    func day(_ day: CivilDate) -> String {
        let parts = day.parts
        if language == .zh { return "\(parts.year)年\(parts.month)月\(parts.day)日" }
        return "\(parts.day) \(Self.months[max(0, min(11, parts.month - 1))]) \(parts.year)"
    }

    /// A day with its day of the week.
    func dayOfWeek(_ day: CivilDate) -> String {
        let index = (day.weekday + 6) % 7
        if language == .zh { return self.day(day) + " 星期" + ["一", "二", "三", "四", "五", "六", "日"][index] }
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        return names[index] + ", " + self.day(day)
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
}
