import Expressions
import Figures
import Foundation
import Ledger
import Office
import Records
import Rulebooks
import Testing

@Suite("A hazard goes round its loop")
struct HazardLoopTests {
    private let inspector = TestOffice.person("wang", "inspector")
    private let second = TestOffice.person("li", "inspector")
    private let enterprise = TestOffice.person("builder", "enterprise", party: TestOffice.contractor)

    private func due(_ text: String) throws -> [String: Value] {
        ["due_on": .date(try #require(CivilDate(text)))]
    }

    private let evidence: [String: Value] = [
        "measures_taken": .string("已加设防护栏杆"), "photos_after": .list([.string(TestOffice.digest)]),
    ]

    @Test("from found to closed, by three people, every figure following")
    func closes() throws {
        let test = try TestOffice()
        let project = try test.project()
        let hazard = try test.hazard(at: project)
        #expect(hazard.state == "found")
        #expect(hazard.region == "330106000000")
        #expect(hazard.responsible == TestOffice.contractor)
        #expect(hazard.number == "ZG-330106-2026-00001")
        let notice = try test.act("notify", on: hazard, due("2026-03-06"), by: inspector)
        #expect(notice.record.state == "notified")
        #expect(notice.documents.count == 1)
        #expect(notice.documents.first?.text.contains("西溪医院二期") == true)
        try test.act("submit", on: hazard, evidence, by: enterprise)
        let refused = try test.refusal { try test.act("submit", on: hazard, self.evidence, by: enterprise) }
        #expect(refused.has(.wrongState))
        try test.act("accept", on: hazard, by: second)
        let closed = try test.record(hazard)
        #expect(closed.state == "closed")
        #expect(closed.clocks.isEmpty)
        #expect(closed.version == 4)

        let figures = try FiguresService(test.office).figures(
            FigureQuery(
                measures: ["hazards_found", "hazards_closed"], region: "330000", period: Period("2026H1")))
        #expect(figures.total["hazards_found"]?.value == 1)
        #expect(figures.total["hazards_closed"]?.value == 1)
        let report = try FiguresService(test.office).rebuild(checkOnly: true)
        #expect(report.differences.isEmpty)
        try test.expectCleanAudit()
    }

    @Test("and nobody accepts what they submitted, nobody acts outside their region or for another party")
    func refusals() throws {
        let test = try TestOffice()
        let hazard = try test.hazard(at: test.project())
        let elsewhere = TestOffice.person("zhou", "inspector", region: "330200000000")
        #expect(
            try test.refusal { try test.act("notify", on: hazard, due("2026-03-06"), by: elsewhere) }.has(
                .regionNotAllowed))
        #expect(
            try test.refusal { try test.act("notify", on: hazard, due("2026-03-06"), by: enterprise) }.has(
                .roleNotAllowed))
        #expect(try test.refusal { try test.act("notify", on: hazard, by: inspector) }.has(.fieldMissing))
        #expect(try test.refusal { try test.act("nonsense", on: hazard, by: inspector) }.has(.unknownAction))
        try test.act("notify", on: hazard, due("2026-03-06"), by: inspector)
        let stranger = TestOffice.person("other", "enterprise", party: "9144030071526726XG")
        #expect(
            try test.refusal { try test.act("submit", on: hazard, evidence, by: stranger) }.has(
                .partyNotResponsible))
        try test.act("submit", on: hazard, evidence, by: enterprise)
        let sameLogin = TestOffice.person("builder", "inspector")
        #expect(
            try test.refusal { try test.act("accept", on: hazard, by: sameLogin) }.has(.separatePersonNeeded))
        let stale = Action(.move("accept"), kind: "hazard", record: hazard.id, expectedVersion: 1)
        #expect(try test.refusal { try test.registrar.perform(stale, by: second) }.has(.versionConflict))
    }

    @Test("and what stays open is urged, supervised and publicly listed, each step with its document")
    func escalates() throws {
        let test = try TestOffice()
        let hazard = try test.hazard(at: test.project(), grade: "major")
        try test.act("notify", on: hazard, due("2026-03-06"), by: inspector)
        test.clock.set("2026-03-07T03:00:00Z")
        try Sweep(test.office).run()
        #expect(try test.record(hazard).overdue)
        test.clock.set("2026-03-21T03:00:00Z")
        let report = try Sweep(test.office).run()
        let listed = try test.record(hazard)
        #expect(listed.stage == "list")
        #expect(listed.isPublic)
        #expect(
            report.events.map(\.action).filter { $0.hasPrefix("clock.rectify.") } == [
                "clock.rectify.urge", "clock.rectify.supervise", "clock.rectify.list",
            ])
        #expect(report.events.flatMap(\.documents).count >= 3)
        #expect(try Sweep(test.office).run().events.isEmpty)
        let overdue = try FiguresService(test.office).figures(
            FigureQuery(measures: ["hazards_overdue"], region: "33"))
        #expect(overdue.total["hazards_overdue"]?.value == 1)
        try test.expectCleanAudit()
    }

    @Test("and every action leaves a proof that needs no database")
    func proofs() throws {
        let test = try TestOffice()
        let hazard = try test.hazard(at: test.project())
        try test.act("notify", on: hazard, due("2026-03-06"), by: inspector)
        var generator = SystemRandomNumberGenerator()
        let key = try SigningKey(name: "zhiheng.test", using: &generator)
        let bundle = try LedgerService(test.office, key: key).prove(kind: "hazard", record: hazard.id)
        let read = try ProofBundle(bytes: Array(bundle.encoded.utf8))
        #expect(read.verify(trusting: [key.verifier]).isValid)
        let other = try SigningKey(name: "zhiheng.test", using: &generator)
        #expect(!read.verify(trusting: [other.verifier]).isValid)
        try test.expectCleanAudit([key.verifier])
    }
}
