import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("Clocks run at the office")
struct SweepTests {
    private let inspector = FilledOffice.inspector
    private let officer = FilledOffice.officer
    private let enterprise = FilledOffice.enterprise

    private let evidence: [String: Value] = [
        "measures_taken": .string("已加设防护栏杆"), "photos_after": .list([.string(TestOffice.digest)]),
    ]

    private func day(_ text: String) throws -> ClockDue { .day(try #require(CivilDate(text))) }

    private func clock(_ id: String, of record: Record, _ test: TestOffice) throws -> ClockState? {
        try test.record(record).clocks.first { $0.clock == id }
    }

    /// The actions of the clocks on a record, as the ledger has them.
    private func fired(_ record: Record, _ test: TestOffice) throws -> [String] {
        try test.office.store.read { try $0.entries(kind: record.kind, record: record.id) }
            .map(\.action).filter { $0.hasPrefix("clock.") }
    }

    private func incident(_ test: TestOffice) throws -> Record {
        let occurred = try #require(Timestamp(rfc3339: "2026-03-02T02:00:00Z"))
        let incident = try test.create(
            "incident",
            [
                "occurred_at": .timestamp(occurred), "region": .string("330106000000"),
                "category": .string("fall"),
                "deaths": .int(1), "serious_injuries": .int(0),
            ], by: inspector)
        try test.act("report-to-city", on: incident, by: officer)
        try test.act("confirm", on: incident, by: officer)
        try test.act("investigate", on: incident, ["investigated_by": .string("county")], by: officer)
        return incident
    }

    @Test("An investigation stands still while there is a technical appraisal, and goes on where it stopped")
    func suspension() throws {
        let test = try TestOffice(at: "2026-03-02T03:00:00Z")
        let incident = try incident(test)
        #expect(try clock("investigation", of: incident, test)?.due == day("2026-05-01"))
        test.clock.set("2026-04-01T03:00:00Z")
        try test.act("appraise", on: incident, ["appraisal_subject": .string("钢管材质")], by: officer)
        test.clock.set("2026-06-30T03:00:00Z")
        try Sweep(test.office).run()
        #expect(try fired(incident, test).allSatisfy { !$0.hasPrefix("clock.investigation") })
        #expect(try test.record(incident).overdue == false)
        try test.act("conclude-appraisal", on: incident, ["appraisal_result": .string("壁厚不足")], by: officer)
        // 90 days, from 1 April to 30 June, do not count.
        let resumed = try #require(try clock("investigation", of: incident, test))
        #expect(resumed.due == (try day("2026-07-30")))
        #expect(resumed.suspendedUnits == 90)
        try test.act(
            "extend", on: incident,
            ["extension_days": .int(60), "extension_approval": .string("批〔2026〕1号")], by: officer)
        #expect(try clock("investigation", of: incident, test)?.due == day("2026-09-28"))
        test.clock.set("2026-09-29T03:00:00Z")
        try Sweep(test.office).run()
        #expect(
            try fired(incident, test).filter { $0.hasPrefix("clock.investigation") } == [
                "clock.investigation.remind", "clock.investigation.urge",
            ])
        #expect(try test.record(incident).overdue)
        try test.expectCleanAudit()
    }

    @Test("A deadline that a return moves, moves its steps; what fired for the old one fires for the new")
    func returned() throws {
        let test = try TestOffice()
        let hazard = try test.hazard(at: test.project())
        try test.act("notify", on: hazard, FilledOffice.due("2026-03-06"), by: inspector)
        test.clock.set("2026-03-09T03:00:00Z")
        try Sweep(test.office).run()
        #expect(try test.record(hazard).overdue)
        #expect(try test.record(hazard).stage == "urge")
        try test.act("submit", on: hazard, evidence, by: enterprise)
        #expect(try test.record(hazard).overdue == false)
        #expect(try test.record(hazard).stage == "")
        var values = try FilledOffice.due("2026-03-20")
        values["return_reason"] = .string("仍缺踢脚板")
        try test.act("return", on: hazard, values, by: inspector)
        #expect(try clock("rectify", of: hazard, test)?.due == day("2026-03-20"))
        #expect(try Sweep(test.office).run().events.isEmpty)
        test.clock.set("2026-03-23T03:00:00Z")
        let actions = try Sweep(test.office).run().events.map(\.action)
        #expect(actions == ["clock.rectify.remind", "clock.rectify.urge"])
        try test.expectCleanAudit()
    }

    @Test("After a long silence every step fires, in order, each with its own entry")
    func catchUp() throws {
        let test = try TestOffice()
        let project = try test.project()
        let major = try test.hazard(at: project, grade: "major")
        let general = try test.hazard(at: project)
        for hazard in [major, general] {
            try test.act("notify", on: hazard, FilledOffice.due("2026-03-06"), by: inspector)
        }
        let before = try test.office.store.read { try $0.ledgerSize() }
        test.clock.set("2026-06-01T03:00:00Z")
        let report = try Sweep(test.office).run()
        let steps = ["clock.rectify.remind", "clock.rectify.urge", "clock.rectify.supervise"]
        #expect(try fired(major, test) == steps + ["clock.rectify.list"])
        #expect(try fired(general, test) == steps + ["clock.rectify.pass"])
        #expect(report.failures.isEmpty)
        #expect(report.events.count == 8)
        #expect(try test.office.store.read { try $0.ledgerSize() } == before + 8)
        #expect(try test.record(general).stage == "supervise")
        #expect(try Sweep(test.office).run().events.isEmpty)
        let rebuilt = try FiguresService(test.office).rebuild(checkOnly: true)
        #expect(rebuilt.differences.isEmpty)
        try test.expectCleanAudit()
    }

    @Test(
        "Working days go round the Spring Festival of 2026: off on 15 to 23 February, not on the 14th and 28th"
    )
    func springFestival() throws {
        let test = try TestOffice(at: "2026-02-13T01:00:00Z")
        let project = try test.project()
        let waiting = try test.hazard(at: project, foundOn: "2026-02-13")
        #expect(try clock("disposal", of: waiting, test)?.due == day("2026-02-25"))
        let hazard = try test.hazard(at: project, grade: "major", foundOn: "2026-02-13")
        try test.act("notify", on: hazard, FilledOffice.due("2026-02-13"), by: inspector)
        let fires = [
            ("2026-02-13T15:59:59Z", "remind"), ("2026-02-13T16:00:00Z", "urge"),
            ("2026-02-26T15:59:59Z", "urge"),
            ("2026-02-26T16:00:00Z", "supervise"), ("2026-03-04T15:59:59Z", "supervise"),
            ("2026-03-04T16:00:00Z", "list"),
        ]
        for (moment, stage) in fires {
            test.clock.set(moment)
            try Sweep(test.office).run()
            #expect(try test.record(hazard).stage == stage, "at \(moment)")
        }
        try test.expectCleanAudit()
    }

    @Test("A voided record has no clocks, and none of its steps fires")
    func voided() throws {
        let test = try TestOffice()
        let hazard = try test.hazard(at: test.project())
        try test.act("notify", on: hazard, FilledOffice.due("2026-03-06"), by: inspector)
        test.clock.set("2026-03-09T03:00:00Z")
        try Sweep(test.office).run()
        try test.registrar.perform(
            Action(.void, kind: "hazard", record: hazard.id, reason: "重复登记"), by: officer)
        let voided = try test.record(hazard)
        #expect(voided.clocks.isEmpty && !voided.overdue && voided.stage.isEmpty)
        test.clock.set("2026-12-31T03:00:00Z")
        #expect(try Sweep(test.office).run().events.isEmpty)
        let overdue = try FiguresService(test.office).rebuild(checkOnly: true)
        #expect(overdue.differences.isEmpty)
        try test.expectCleanAudit()
    }

    @Test(
        "A clock whose fact is not on file waits for it; a step that cannot be decided is told to the office")
    func missingFacts() throws {
        let test = try TestOffice(Self.permits(), at: "2026-03-02T01:00:00Z")
        let start = Value.date(try #require(CivilDate("2026-03-02")))
        let silent = try test.create("permit", ["region": .string("330106000000")], by: inspector)
        #expect(try clock("renew", of: silent, test)?.due == nil)
        let undecided = try test.create(
            "permit", ["region": .string("330106000000"), "ends_on": start], by: inspector)
        test.clock.set("2026-03-09T03:00:00Z")
        let report = try Sweep(test.office).run()
        #expect(report.events.map(\.action) == ["clock.renew.undetermined"])
        #expect(try fired(silent, test).isEmpty)
        #expect(try test.record(undecided).overdue)
        let notices = try test.office.store.read { try $0.outbox(limit: 100) }
        let notice = try #require(notices.first { $0.topic == "undetermined" })
        #expect(notice.addressee == "office:330106000000")
        #expect(notice.text.contains("风险") && notice.textEnglish.contains("Risk"))
        try test.expectCleanAudit()
    }

    private static func permits() throws -> Rulebook {
        let files = [
            "rulebook.yaml": """
            rulebook: permits
            name: 许可
            english: Permits
            version: "1"
            time_zone_offset: "+08:00"
            """,
            "permit.yaml": """
            kind: permit
            name: 许可证
            english: Permit
            family: matter
            number: "P-{sequence:5}"
            fields:
              region: { name: 区划, english: Region, type: region, required: true }
              ends_on: { name: 到期日, english: Ends on, type: date }
              risk: { name: 风险, english: Risk, type: integer }
            region: region
            lifecycle:
              initial: open
              states: { open: { name: 有效, english: Open }, closed: { name: 注销, english: Closed } }
              closed: [closed]
              create: { by: [inspector], name: 登记, english: Register }
              actions:
                close:
                  name: 注销
                  english: Close
                  from: [open]
                  to: closed
                  by: [inspector]
                  source: { law: 平台约定, verified: true }
            clocks:
              renew:
                name: 延续
                english: Renewal
                in: [open]
                due: ends_on
                source: { law: 平台约定, verified: true }
                steps:
                  - { at: +1 day, do: urge, when: "risk > 3" }
            ---
            codes: clock-step
            name: 时限动作
            english: Clock steps
            items:
              urge: { name: 催办, english: Urge }
            ---
            role: inspector
            name: 监督员
            english: Inspector
            may: [read, create, act]
            """,
        ]
        let national = try Project.national.get()
        let regions = national.files.filter { $0.path.hasPrefix("base/regions") }
        let own = files.map { RulebookFile(path: $0.key, bytes: Array($0.value.utf8)) }
        return try RulebookLoader.load(files: (own + regions).sorted { $0.path < $1.path })
    }
}
