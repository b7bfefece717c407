import Expressions
import Foundation
import GRDB
import Records
import Rulebooks
import StoreContract
import Testing

// GRDB has a class of the same name.
import struct Records.Record

@testable import Storage

@Suite struct SchemaTests {
    private func record(_ kind: Kind, id: Int64) throws -> Record {
        let moment = try #require(Timestamp(seconds: 1000))
        return Record(
            id: id, kind: kind.id, number: "N\(id)", region: "330106000000", responsible: nil, state: "found",
            version: 1, enteredAt: moment, createdAt: moment, updatedAt: moment,
            values: Array(repeating: .null, count: kind.fields.count))
    }

    @Test func aPlanIsEmptyOnceApplied() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load(hasVisits: true)
        let store = try folder.sqlite(rulebook, schema: .leave)
        let plan = try store.planSchema(for: rulebook)
        #expect(!plan.isEmpty)
        #expect(plan.steps.allSatisfy { !$0.reason.isEmpty && !$0.reasonEnglish.isEmpty })
        #expect(try store.planSchema(for: rulebook) == plan)
        try store.apply(plan, for: rulebook)
        #expect(try store.planSchema(for: rulebook).isEmpty)
        #expect(throws: StoreProblem.schemaChanged) { try store.apply(plan, for: rulebook) }
    }

    @Test func anOutdatedSchemaIsRefusedUntilApplied() throws {
        let folder = try TemporaryFolder()
        try folder.sqlite(ContractRulebook.load()).close()
        let newer = try ContractRulebook.load(
            extraFields: "  weather: { name: 天气, english: Weather, type: text }")
        #expect(throws: StoreProblem.schemaOutdated) { try folder.sqlite(newer) }
        try folder.sqlite(newer, schema: .apply).close()
        try folder.sqlite(newer).close()
    }

    @Test func recordsOfBeforeAreReadUnderANewField() throws {
        let folder = try TemporaryFolder()
        let old = try ContractRulebook.load()
        let oldKind = try #require(old.kind("hazard"))
        var before = try record(oldKind, id: 1)
        before.values[try #require(oldKind.fieldIndex["note"])] = .string("旧")
        let store = try folder.sqlite(old)
        try store.write { try $0.insert(before, of: oldKind) }
        let new = try ContractRulebook.load(
            extraFields: """
                  weather: { name: 天气, english: Weather, type: text, personal: true }
                  since: { name: 起, english: Since, type: date }
                  other: { name: 另一工程, english: Other, type: reference, to: project }
                  windy: { name: 有风, english: Windy, type: boolean }
                """)
        let kind = try #require(new.kind("hazard"))
        try store.apply(store.planSchema(for: new), for: new)
        #expect(try store.planSchema(for: new).isEmpty)
        let weather = try #require(kind.fieldIndex["weather"])
        var read = try #require(try store.read { try $0.record(kind, id: 1) })
        #expect(read.value("note", in: kind) == .string("旧"))
        #expect(read.value("weather", in: kind) == .null)
        read.version = 2
        read.values[weather] = .string("雨")
        try store.write { try $0.update(read, of: kind) }
        #expect(try store.read { try $0.record(kind, id: 1) } == read)
    }

    @Test func aFieldThatIsGoneLeavesItsColumnAndMayReturn() throws {
        let folder = try TemporaryFolder()
        let with = try ContractRulebook.load(
            extraFields: "  weather: { name: 天气, english: Weather, type: text }")
        let without = try ContractRulebook.load(hasVisits: true)
        let store = try folder.sqlite(with)
        let kind = try #require(with.kind("hazard"))
        var kept = try record(kind, id: 1)
        kept.values[try #require(kind.fieldIndex["weather"])] = .string("雨")
        try store.write { try $0.insert(kept, of: kind) }
        let plan = try store.planSchema(for: without)
        #expect(plan.steps.contains { $0.reason.contains("weather") && $0.reason.contains("保留") })
        #expect(!plan.steps.contains { $0.sql.contains("DROP") })
        try store.apply(plan, for: without)
        #expect(try store.planSchema(for: without).isEmpty)
        let narrow = try #require(without.kind("hazard"))
        #expect(try store.read { try $0.record(narrow, id: 1) }?.values.count == narrow.fields.count)
        try store.apply(store.planSchema(for: with), for: with)
        #expect(try store.planSchema(for: with).isEmpty)
        #expect(try store.read { try $0.record(kind, id: 1) } == kept)
    }

    private func withField(_ type: String) throws -> Rulebook {
        try ContractRulebook.load(extraFields: "  depth: { name: 深度, english: Depth, \(type) }")
    }

    @Test(arguments: [
        ("type: text", "type: integer"), ("type: integer", "type: text"),
        ("type: decimal, places: 2", "type: integer"),
        ("type: date", "type: text"), ("type: text", "type: text, personal: true"),
        ("type: reference, to: project", "type: integer"), ("type: boolean", "type: integer"),
        ("type: decimal, places: 3", "type: money"),
    ])
    func aChangeThatWouldMisreadDataIsRefused(from old: String, to new: String) throws {
        let folder = try TemporaryFolder()
        let store = try folder.sqlite(try withField(old))
        let rulebook = try withField(new)
        do {
            _ = try store.planSchema(for: rulebook)
            Issue.record("nothing was refused")
        } catch StoreProblem.schemaRefused(let refusals) {
            #expect(refusals.map(\.field) == ["depth"])
            #expect(refusals.map(\.kind) == ["hazard"])
        }
    }

    @Test func decimalPlacesGrowWithTheirData() throws {
        let folder = try TemporaryFolder()
        let integers = try withField("type: integer")
        let store = try folder.sqlite(integers)
        let kind = try #require(integers.kind("hazard"))
        let depth = try #require(kind.fieldIndex["depth"])
        var kept = try record(kind, id: 1)
        kept.values[depth] = .int(-7)
        try store.write { try $0.insert(kept, of: kind) }
        for (type, wanted) in [("type: money", "-7"), ("type: decimal, places: 4", "-7")] {
            let rulebook = try withField(type)
            try store.apply(store.planSchema(for: rulebook), for: rulebook)
            let wider = try #require(rulebook.kind("hazard"))
            let read = try store.read { try $0.record(wider, id: 1) }
            #expect(read?.values[depth] == ExactDecimal(wanted).map(Value.decimal))
        }
    }

    @Test func decimalPlacesThatDoNotFitChangeNothing() throws {
        let folder = try TemporaryFolder()
        let integers = try withField("type: integer")
        let store = try folder.sqlite(integers)
        let kind = try #require(integers.kind("hazard"))
        var kept = try record(kind, id: 1)
        kept.values[try #require(kind.fieldIndex["depth"])] = .int(.max)
        try store.write { try $0.insert(kept, of: kind) }
        let rulebook = try withField("type: money")
        let plan = try store.planSchema(for: rulebook)
        #expect(throws: StoreProblem.self) { try store.apply(plan, for: rulebook) }
        #expect(try store.read { try $0.record(kind, id: 1) } == kept)
        #expect(try store.planSchema(for: rulebook) == plan)
    }

    @Test func aTableThatNoRulebookMadeIsNotTakenOver() throws {
        let folder = try TemporaryFolder()
        let store = try folder.sqlite(ContractRulebook.load())
        let queue = try DatabaseQueue(path: folder.path)
        try queue.write { try $0.execute(sql: "CREATE TABLE visit (id INTEGER)") }
        #expect(throws: StoreProblem.self) {
            try store.planSchema(for: ContractRulebook.load(hasVisits: true))
        }
    }

    @Test func aMissingTableIsReportedAsOutdated() throws {
        let folder = try TemporaryFolder()
        let store = try folder.sqlite(ContractRulebook.load())
        let visit = try #require(ContractRulebook.load(hasVisits: true).kind("visit"))
        #expect(throws: StoreProblem.schemaOutdated) { try store.read { try $0.record(visit, id: 1) } }
        #expect(throws: StoreProblem.schemaOutdated) {
            try store.write { try $0.insert(record(visit, id: 1), of: visit) }
        }
    }

    @Test func personalDataIsNotInTheFile() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        let kind = try #require(rulebook.kind("hazard"))
        var secret = try record(kind, id: 1)
        secret.values[try #require(kind.fieldIndex["telephone"])] = .string("13800001234")
        let store = try folder.sqlite(rulebook)
        try store.write { try $0.insert(secret, of: kind) }
        try store.close()
        let file = try Data(contentsOf: URL(fileURLWithPath: folder.path))
        #expect(file.range(of: Data("13800001234".utf8)) == nil)
        #expect(file.range(of: Data("330106000000".utf8)) != nil)
    }

    @Test func aSealedCellMovedToAnotherRecordIsDamaged() throws {
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        let kind = try #require(rulebook.kind("hazard"))
        let store = try folder.sqlite(rulebook)
        for id in [1, 2] as [Int64] {
            var secret = try record(kind, id: id)
            secret.values[try #require(kind.fieldIndex["telephone"])] = .string("1380000\(id)")
            try store.write { try $0.insert(secret, of: kind) }
        }
        let queue = try DatabaseQueue(path: folder.path)
        try queue.write { db in
            try db.execute(
                sql: "UPDATE hazard SET telephone = (SELECT telephone FROM hazard WHERE id = 2) WHERE id = 1")
            try db.execute(sql: "UPDATE hazard SET works = '[1.5]' WHERE id = 2")
        }
        #expect(throws: StoreProblem.damaged(kind: "hazard", record: 1, column: "telephone")) {
            try store.read { try $0.record(kind, id: 1) }
        }
        #expect(throws: StoreProblem.damaged(kind: "hazard", record: 2, column: "works")) {
            try store.read { try $0.record(kind, id: 2) }
        }
    }

    /// The indexes are dropped on the way; neither a forgotten `finish()` nor an undone savepoint loses them.
    @Test(arguments: ["finished", "forgotten", "undone", "thrown"])
    func bulkInsertionLeavesTheSchemaAsItWas(ending: String) throws {
        struct Stop: Error {}
        let folder = try TemporaryFolder()
        let rulebook = try ContractRulebook.load()
        let kind = try #require(rulebook.kind("hazard"))
        let store = try folder.sqlite(rulebook)
        let count = SQLiteBulkInserter.rebuildThreshold + 10
        func insertAll(_ writer: any StoreWriting) throws {
            let inserter = try writer.bulkInserter(of: kind)
            for id in 1...count { try inserter.insert(record(kind, id: id)) }
            if ending == "finished" { try inserter.finish() }
            if ending == "undone" || ending == "thrown" { throw Stop() }
        }
        do {
            try store.write { writer in
                guard ending == "undone" else { return try insertAll(writer) }
                do { try writer.savepoint { try insertAll(writer) } } catch is Stop {}
            }
        } catch is Stop {}
        let isKept = ending == "finished" || ending == "forgotten"
        #expect(try store.read { try $0.count(RecordQuery(), of: kind) } == (isKept ? Int(count) : 0))
        #expect(try store.planSchema(for: rulebook).isEmpty)
        try store.close()
        #expect(try folder.sqlite(rulebook).planSchema(for: rulebook).isEmpty)
    }
}
