import Expressions
import Office
import Records
import Rulebooks
import Testing

/// What the law makes public is public from its day to its last day, and no longer once it is repaired or undone.
@Suite("Publication ends by itself, by repair and by withdrawal")
struct PublicityTests {
    /// A record on its way, from a sample in some state.
    private struct Course {
        let kind: Kind
        let decider: Decider
        var record: Record
        var facts: Facts

        init(_ id: String, in state: String, with values: [String: Value]) throws {
            let rulebook = try Books.national.get()
            kind = try #require(rulebook.kind(id))
            decider = Decider(rulebook)
            let sample = try ExampleRunner(rulebook).sample(of: kind, in: state)
            (record, facts) = (sample.record, sample.facts)
            for (name, value) in values { record.values[try #require(kind.fieldIndex[name])] = value }
        }

        mutating func act(_ action: String, _ values: [String: Value] = [:], on day: String, by role: String)
            throws
        {
            let actor = Actor(
                login: "\(role)-\(action)", name: role, role: role, region: "",
                party: role == "enterprise" ? record.responsible : nil,
                permissions: Set(Permission.allCases))
            record = try decider.decide(
                Action(.move(action), kind: kind.id, record: record.id, values: values), on: record,
                by: actor, at: try Self.morning(of: day), given: facts
            ).after
        }

        /// Runs every clock that is due by nine in the morning of a day; the steps taken.
        mutating func runClocks(on day: String) throws -> [String] {
            let end = try Self.morning(of: day)
            var steps: [String] = []
            while let clock = record.clocks.first(where: { $0.nextAt.map { $0 <= end } ?? false }) {
                let decision = try decider.decide(
                    Action(.runClock(clock.clock), kind: kind.id, record: record.id), on: record, by: .system,
                    at: clock.nextAt ?? end, given: facts)
                record = decision.after
                steps.append(decision.action)
            }
            return steps
        }

        static func date(_ text: String) throws -> Value { .date(try #require(CivilDate(text))) }

        private static func morning(of day: String) throws -> Timestamp {
            let date = try #require(CivilDate(day))
            return try #require(Timestamp(date: date, secondOfDay: 9 * 3600, offsetSeconds: 8 * 3600))
        }
    }

    private func publishedSanction() throws -> Course {
        let day = try Course.date("2026-04-07")
        var course = try Course(
            "sanction", in: "performed",
            with: [
                "decided_on": day, "served_on": day, "performed_on": day, "filed_on": day,
                "publication_class": .string("general"), "publication_months": .int(6),
            ])
        #expect(!course.record.isPublic)
        try course.act("publish", on: "2026-04-10", by: "inspector")
        try course.act("close", on: "2026-04-13", by: "county-officer")
        #expect(course.record.isPublic)
        return course
    }

    @Test("A sanction is public to the last day, then no more, and nothing is overdue by that")
    func sanctionRunsOut() throws {
        var course = try publishedSanction()
        #expect(try course.runClocks(on: "2026-10-07") == [])
        #expect(course.record.isPublic)
        #expect(try course.runClocks(on: "2026-10-08") == ["clock.publication-end.expire"])
        #expect(!course.record.isPublic)
        #expect(!course.record.overdue)
        #expect(course.record.clocks.isEmpty)
    }

    @Test("A sanction is public no more when credit repair is granted, and remains so while it is refused")
    func sanctionRepaired() throws {
        var course = try publishedSanction()
        let application: [String: Value] = [
            "repair_grounds": .string("已缴清罚款"), "repair_commitment": .string("承诺守法诚信经营"),
        ]
        let opinion: [String: Value] = ["repair_opinion": .string("已核实")]
        try course.act("apply-repair", application, on: "2026-07-07", by: "enterprise")
        try course.act("refuse-repair", opinion, on: "2026-07-09", by: "county-officer")
        #expect(course.record.isPublic)
        try course.act("apply-repair", application, on: "2026-08-07", by: "enterprise")
        try course.act("grant-repair", opinion, on: "2026-08-10", by: "county-officer")
        #expect(!course.record.isPublic)
        #expect(throws: Refusal.self, "it cannot be refused after it was granted") {
            try course.act("refuse-repair", opinion, on: "2026-08-11", by: "county-officer")
        }
        #expect(course.record.clocks.isEmpty)
    }

    @Test("A sanction is hidden as soon as it is undone")
    func sanctionUndone() throws {
        var course = try publishedSanction()
        try course.act(
            "reverse",
            [
                "reversal_kind": .string("revoked"), "reversed_on": try Course.date("2026-05-06"),
                "reason": .string("行政复议决定撤销"),
            ], on: "2026-05-06", by: "county-officer")
        #expect(!course.record.isPublic)
        try course.act(
            "withdraw", ["withdrawal_explanation": .string("事实不清")], on: "2026-05-07", by: "county-officer")
        #expect(!course.record.isPublic)
    }

    @Test("What is done to an individual is not public")
    func individual() throws {
        let day = try Course.date("2026-04-07")
        var course = try Course(
            "sanction", in: "served",
            with: [
                "party_type": .string("individual"), "person_name": .string("张某"), "decided_on": day,
                "served_on": day, "publication_class": .string("general"), "publication_months": .int(6),
            ])
        try course.act("publish", on: "2026-04-10", by: "inspector")
        #expect(!course.record.isPublic)
    }

    private func recordedConduct() throws -> Course {
        let day = try Course.date("2026-04-07")
        var course = try Course(
            "bad-conduct", in: "notified", with: ["determined_on": day, "notice_served_on": day])
        try course.act(
            "confirm",
            [
                "conduct": .string("false-materials"), "severity": .string("general"),
                "publication_months": .int(6),
            ], on: "2026-04-20", by: "county-officer")
        #expect(course.record.isPublic)
        return course
    }

    @Test("Bad conduct is public until its term is over")
    func conductRunsOut() throws {
        var course = try recordedConduct()
        #expect(try course.runClocks(on: "2026-10-08") == ["clock.publication-end.expire"])
        #expect(!course.record.isPublic)
        #expect(!course.record.overdue)
        #expect(course.record.state == "expired")
    }

    @Test("Bad conduct that is repaired is public no more")
    func conductRepaired() throws {
        var course = try recordedConduct()
        try course.act(
            "apply-repair",
            ["repair_grounds": .string("已整改"), "repair_commitment": .string("承诺守信")], on: "2026-07-07",
            by: "enterprise")
        #expect(course.record.isPublic)
        try course.act(
            "grant-repair", ["repair_opinion": .string("符合条件")], on: "2026-07-10", by: "county-officer")
        #expect(course.record.state == "repaired")
        #expect(!course.record.isPublic)
    }

    @Test("A blacklisting is public to its last day; then the party is removed, with a decision")
    func blacklistingRunsOut() throws {
        var course = try Course(
            "blacklisting", in: "notified",
            with: [
                "list": .string("construction-market"), "ground": .string("construction-market-4"),
                "notice_served_on": try Course.date("2026-03-03"),
            ])
        try course.act(
            "list", ["listed_on": try Course.date("2026-03-11")], on: "2026-03-11", by: "county-officer")
        #expect(course.record.isPublic)
        #expect(try course.runClocks(on: "2027-03-11") == ["clock.term.remind"])
        #expect(course.record.isPublic)
        #expect(try course.runClocks(on: "2027-03-12") == ["clock.term.expire"])
        #expect(!course.record.isPublic)
        #expect(!course.record.overdue)
        #expect(course.record.state == "removed")
        #expect(course.record.clocks.isEmpty)
    }
}
