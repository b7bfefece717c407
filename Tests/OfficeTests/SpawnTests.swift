import Expressions
import Foundation
import Office
import Records
import Testing

@Suite("An inspection that is completed brings its findings as hazards")
struct SpawnTests {
    private let filled: FilledOffice

    init() throws {
        filled = try FilledOffice()
    }

    @Test("one for each, linked to it, each with its own entry after that of the inspection")
    func spawned() throws {
        let test = filled.test
        let kind = try test.kind("hazard")
        var linked: [Record] = []
        try test.office.store.read { reader in
            try reader.eachRecord(of: kind, from: 0) { record in
                if record.value("inspection", in: kind) == .int(1) { linked.append(record) }
            }
        }
        #expect(linked.count == 2)
        #expect(linked.map { $0.value("description", in: kind) } == [.string("临边无防护"), .string("脚手架缺连墙件")])
        #expect(linked.allSatisfy { $0.region == "330106000000" && $0.responsible == TestOffice.contractor })
        let positions = try test.office.store.read { reader in
            let completed = try reader.entries(kind: "inspection", record: 1).last { $0.action == "complete" }
            let created = try linked.map { try reader.entries(kind: "hazard", record: $0.id).first }
            return ([completed] + created).compactMap { $0?.position }
        }
        #expect(positions.count == 3)
        #expect(positions == positions.indices.map { (positions.first ?? 0) + UInt64($0) })
        #expect(try filled.audit().isClean)
    }

    @Test("all or none: when one of them cannot be created, the inspection is not completed")
    func refused() throws {
        let test = try TestOffice()
        let project = try test.project()
        let day = Value.date(try #require(CivilDate("2026-03-02")))
        let inspection = try test.create(
            "inspection",
            ["site": .int(project.id), "inspection_type": .string("routine"), "planned_on": day],
            by: FilledOffice.inspector)
        let officers = try ["甲", "乙"].map { name in
            try table(["name": .string(name), "certificate": .string("3301060"), "interested": .bool(false)])
        }
        try test.act(
            "begin", on: inspection, ["inspected_on": day, "inspectors": .list(officers)],
            by: FilledOffice.inspector)
        // The project is voided meanwhile: a hazard cannot refer to it any more.
        let void = Action(.void, kind: "project", record: project.id, reason: "重复登记")
        let voided = Result { try test.registrar.perform(void, by: FilledOffice.officer) }
        let before = try test.office.store.read { try $0.ledgerSize() }
        let finding = try table([
            "category": .string(try test.firstCode("hazard-category")), "grade": .string("general"),
            "description": .string("临边无防护"), "due_on": day,
        ])
        let complete = Result {
            try test.act(
                "complete", on: inspection,
                ["completed_on": day, "result": .string("rectify"), "findings": .list([finding])],
                by: FilledOffice.inspector)
        }
        if case .success = voided {
            #expect(throws: Refusal.self) { try complete.get() }
            #expect(try test.record(inspection).state == "under-way")
            #expect(try test.office.store.read { try $0.ledgerSize() } == before)
            #expect(try test.office.store.read { try $0.count(.init(), of: test.kind("hazard")) } == 0)
        }
        try test.expectCleanAudit()
    }

    private func table(_ members: [String: Value]) throws -> Value {
        var map = ValueMap()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let isNew = map.insert(.string(name), value)
            try #require(isNew)
        }
        return .map(map)
    }
}
