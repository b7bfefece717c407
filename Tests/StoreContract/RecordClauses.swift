import Expressions
import Records
import Storage

extension StoreContract {
    static let recordClauses: [Clause] = [
        clause("a record comes back with every type of field as it was") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            var record = try Samples.record(hazard, id: 1, fields: Samples.everything(site: 2))
            record.responsible = "91330100799655058B"
            (record.stage, record.overdue, record.voided, record.isPublic) = ("urge", true, true, true)
            record.origin = ImportOrigin(importID: 7, row: 0)
            record.clocks = try Samples.clocks()
            try store.write { try $0.insert(record, of: hazard) }
            try expectEqual(try store.read { try $0.record(hazard, id: 1) }, record)
            try expectEqual(try store.read { try $0.record(hazard, number: "hazard-1") }, record)
            try expectEqual(
                try harness.open(ContractRulebook.load()).read { try $0.record(hazard, id: 1) }, record)
        },
        clause("what is missing stays missing, and empty stays empty") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let missing = try Samples.record(hazard, id: 1)
            let empty = try Samples.record(
                hazard, id: 2,
                fields: [
                    "note": .string(""), "telephone": .string(""), "photos": .list([]), "works": .list([]),
                    "order": .int(0), "serious": .bool(false), "crew": .list([]),
                ])
            let nulls = try Samples.record(
                hazard, id: 3, fields: ["works": .list([Samples.map(["what": .null, "people": .null])])])
            try store.write { for record in [missing, empty, nulls] { try $0.insert(record, of: hazard) } }
            for record in [missing, empty, nulls] {
                try expectEqual(try store.read { try $0.record(hazard, id: record.id) }, record)
            }
            try expect(try store.read { try $0.record(hazard, id: 99) } == nil)
        },
        clause("a value of another type than its field's is refused, and the field named") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let wrong: [(String, Value)] = [
                ("note", .int(1)), ("order", .string("1")), ("serious", .int(1)),
                ("found_on", .string("2026-01-01")),
                ("area", .decimal(ExactDecimal(unscaled: 12345, scale: 4))), ("loss", .double(1)),
                ("photos", .list([.int(1)])), ("works", .list([try Samples.map(["unknown": .int(1)])])),
                ("telephone", .bool(true)), ("noticed_at", .date(try Samples.date("2026-01-01"))),
            ]
            for (field, value) in wrong {
                let record = try Samples.record(hazard, id: 1, fields: [field: value])
                try expectProblem(.unsuitable(kind: "hazard", column: field)) {
                    try store.write { try $0.insert(record, of: hazard) }
                }
            }
            try expectEqual(try store.read { try $0.count(RecordQuery(), of: hazard) }, 0)
        },
        clause("a record is found by its key, and by its key as text") { harness in
            let (store, rulebook, hazard) = try Samples.opened(harness)
            let project = try Samples.kind("project", in: rulebook)
            let record = try Samples.record(
                hazard, id: 5, fields: ["series": .string("甲"), "serial": .int(-3)])
            try store.write { try $0.insert(record, of: hazard) }
            try store.read { reader in
                try expectEqual(try reader.record(hazard, key: [.string("甲"), .int(-3)])?.id, 5)
                try expect(try reader.record(hazard, key: [.string("甲"), .int(3)]) == nil)
                try expect(try reader.record(hazard, key: [.string("甲")]) == nil)
                try expect(try reader.record(hazard, key: [.null, .null]) == nil)
                try expectEqual(try reader.recordID(hazard, reference: "甲|-3"), 5)
                try expectEqual(try reader.recordID(hazard, reference: "hazard-5"), 5)
                try expectEqual(try reader.recordID(project, reference: "A|2"), 2)
                for text in ["甲", "甲|x", "", "|", "甲|-3|1"] {
                    try expect(try reader.recordID(hazard, reference: text) == nil, text)
                }
            }
        },
        clause("a second record with the same key or number is refused, and the fields named") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let key: [String: Value] = ["series": .string("a"), "serial": .int(1)]
            let first = try Samples.record(hazard, id: 1, fields: key)
            var second = try Samples.record(hazard, id: 2, fields: key)
            try store.write { try $0.insert(first, of: hazard) }
            try expectProblem(.duplicate(kind: "hazard", fields: ["series", "serial"])) {
                try store.write { try $0.insert(second, of: hazard) }
            }
            second.voided = true
            try store.write { try $0.insert(second, of: hazard) }
            var third = try Samples.record(hazard, id: 3)
            third.number = first.number
            try expectProblem(.duplicate(kind: "hazard", fields: ["number"])) {
                try store.write { try $0.insert(third, of: hazard) }
            }
        },
        clause("a reference to what is not on file is refused") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let record = try Samples.record(hazard, id: 1, fields: ["site": .int(99)])
            try expectProblem(.missingReference(kind: "hazard", record: 1)) {
                try store.write { try $0.insert(record, of: hazard) }
            }
        },
        clause("an update replaces fields and clocks, if nobody else was faster") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            var record = try Samples.record(hazard, id: 1, fields: Samples.everything(site: 1))
            record.clocks = try Samples.clocks()
            try store.write { try $0.insert(record, of: hazard) }
            record.version = 2
            record.state = "closed"
            record.clocks = [try unwrap(Samples.clocks().last)]
            record.values = record.values.map { _ in .null }
            try store.write { try $0.update(record, of: hazard) }
            try expectEqual(try store.read { try $0.record(hazard, id: 1) }, record)
            try expectProblem(.conflict(kind: "hazard", record: 1)) {
                try store.write { try $0.update(record, of: hazard) }
            }
            record.id = 9
            try expectProblem(.conflict(kind: "hazard", record: 9)) {
                try store.write { try $0.update(record, of: hazard) }
            }
        },
        clause("records inserted in bulk are the same as records inserted one by one") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            var records = try (1...200 as ClosedRange<Int64>).map { id -> Record in
                var record = try Samples.record(
                    hazard, id: id, fields: id % 3 == 0 ? Samples.everything(site: 1) : [:])
                let series = try unwrap(hazard.fieldIndex["series"])
                record.values[series] = .string("S\(id)")
                if id % 2 == 0 { record.clocks = try Samples.clocks() }
                return record
            }
            try store.write { writer in
                let inserter = try writer.bulkInserter(of: hazard)
                for record in records { try inserter.insert(record) }
                try inserter.finish()
            }
            var found: [Record] = []
            try store.read { try $0.eachRecord(of: hazard, from: 51) { found.append($0) } }
            try expectEqual(found, Array(records.dropFirst(50)))
            records[0].id = 201
            records[0].number = "hazard-201"
            try expectProblem(.duplicate(kind: "hazard", fields: ["series", "serial"])) {
                try store.write { writer in
                    let inserter = try writer.bulkInserter(of: hazard)
                    records[0].values = records[2].values
                    try inserter.insert(records[0])
                    try inserter.finish()
                }
            }
        },
        clause("identities are never given twice") { harness in
            let (store, rulebook, hazard) = try Samples.opened(harness)
            let project = try Samples.kind("project", in: rulebook)
            try store.write { writer in
                try expectEqual(try writer.nextRecordID(project), 4)
                try expectEqual(try writer.nextRecordID(hazard), 1)
                try expectEqual(try writer.reserveRecordIDs(hazard, count: 1000), 2)
                try expectEqual(try writer.nextRecordID(hazard), 1002)
                try writer.insert(Samples.record(hazard, id: 2000), of: hazard)
                try expectEqual(try writer.nextRecordID(hazard), 2001)
            }
        },
    ]
}
