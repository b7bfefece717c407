import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Testing

@Suite("Clocks that fill fields and move records")
struct ClockStepTests {
    /// The national rulebook with a register of notices that are published for ten days and then end by themselves.
    private static let overlay = """
        kind: publication
        name: 公示
        english: Publication
        family: matter
        number: "GS-{year}-{sequence:5}"
        source: { law: 测试 }
        fields:
          region: { name: 区划, english: Region, type: region, required: true }
          subject: { name: 事由, english: Subject, type: text, required: true, max: 100 }
          published_on: { name: 公示日期, english: Published on, type: date, required: true }
          ended_on: { name: 结束日期, english: Ended on, type: date }
          held: { name: 暂缓结束, english: Held, type: boolean, default: false }
        region: region
        public: "state == 'shown'"
        public_fields: [subject]
        rules:
          - { id: not-while-held, when: "!held || !has(ended_on)", say: 暂缓期间不能结束, say_english: It does not end while held }
        lifecycle:
          initial: shown
          states:
            shown: { name: 公示中, english: Shown }
            ended: { name: 已结束, english: Ended }
          closed: [ended]
          create: { by: [inspector], name: 公示, english: Publish }
          actions: {}
        clocks:
          period:
            name: 公示期
            english: Period
            in: [shown]
            within: 10 days
            from: "published_on"
            source: { law: 测试 }
            steps:
              - { at: -1 day, do: remind, to: office }
              - { at: 0 days, do: remind, to: office, sets: { ended_on: "today" }, enters: ended }
        """

    private func office(_ overlay: String = Self.overlay) throws -> TestOffice {
        var files = try RulebookFolder.files(at: Project.root.appendingPathComponent("rulebook"))
        files.append(RulebookFile(path: "publication.yaml", bytes: Array(overlay.utf8)))
        return try TestOffice(try Workspace.load([files]))
    }

    private func publication(_ test: TestOffice, held: Bool = false) throws -> Record {
        try test.create(
            "publication",
            [
                "region": .string("330106000000"), "subject": .string("评优公示"), "held": .bool(held),
                "published_on": .date(try #require(CivilDate("2026-03-02"))),
            ], by: FilledOffice.inspector)
    }

    @Test("a publication ends by itself, dated, and the public sees it no longer")
    func ends() throws {
        let test = try office()
        let kind = try test.kind("publication")
        let publication = try publication(test)
        #expect(publication.isPublic)
        test.clock.set("2026-03-20T03:00:00Z")
        let report = try Sweep(test.office).run()
        #expect(report.failures.isEmpty)
        let ended = try test.record(publication)
        #expect(ended.state == "ended" && !ended.isPublic && ended.clocks.isEmpty)
        #expect(ended.value("ended_on", in: kind) == .date(try #require(CivilDate("2026-03-20"))))
        #expect(try Sweep(test.office).run().events.isEmpty)
        try test.expectCleanAudit()
    }

    @Test("what the rules of its kind forbid is not done; the office is told once")
    func hindered() throws {
        let test = try office()
        let publication = try publication(test, held: true)
        test.clock.set("2026-03-20T03:00:00Z")
        let report = try Sweep(test.office).run()
        #expect(report.failures.isEmpty)
        #expect(report.events.map(\.action).last == "clock.period.undetermined")
        let record = try test.record(publication)
        #expect(record.state == "shown" && record.isPublic && record.overdue)
        #expect(record.value("ended_on", in: try test.kind("publication")) == .null)
        let notices = try test.office.store.read { try $0.outbox(limit: 100) }
        #expect(notices.contains { $0.topic == "undetermined" && $0.record == publication.id })
        #expect(try Sweep(test.office).run().events.isEmpty)
        try test.expectCleanAudit()
    }

    @Test("a state that only a clock leads to is reachable, and one that only a clock leaves is no dead end")
    func checked() throws {
        #expect(throws: Never.self) { _ = try office() }
        for (from, to) in [("enters: ended", "enters: gone"), (", enters: ended", "")] {
            #expect(throws: (any Error).self) {
                _ = try office(Self.overlay.replacing(from, with: to))
            }
        }
    }

    @Test("a listing by the clock is dated, and the date stays when it is acted on later")
    func listed() throws {
        let test = try TestOffice()
        let kind = try test.kind("hazard")
        let hazard = try test.hazard(at: test.project(), grade: "major")
        let due = Value.date(try #require(CivilDate("2026-03-06")))
        try test.act("notify", on: hazard, ["due_on": due], by: FilledOffice.inspector)
        test.clock.set("2026-03-21T03:00:00Z")
        try Sweep(test.office).run()
        let day = Value.date(try #require(CivilDate("2026-03-21")))
        #expect(try test.record(hazard).value("listed_on", in: kind) == day)
        test.clock.set("2026-03-25T03:00:00Z")
        let later = Value.date(try #require(CivilDate("2026-04-06")))
        try test.act(
            "extend", on: hazard, ["due_on": later, "extension_reason": .string("备料")],
            by: FilledOffice.officer)
        #expect(try test.record(hazard).value("listed_on", in: kind) == day)
        #expect(try test.record(hazard).isPublic)
        try test.expectCleanAudit()
    }
}
