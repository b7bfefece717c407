import Expressions
import Records
import Rulebooks
import Storage

/// The same questions asked of an array.
private enum Model {
    static func value(_ column: String, of record: Record, _ kind: Kind) -> Value? {
        switch column {
        case "id": .int(record.id)
        case "number": .string(record.number)
        case "region": .string(record.region)
        case "responsible": record.responsible.map(Value.string) ?? .null
        case "state": .string(record.state)
        case "overdue": .bool(record.overdue)
        case "voided": .bool(record.voided)
        case "version": .int(record.version)
        case "created_at": .timestamp(record.createdAt)
        default: record.value(column, in: kind)
        }
    }

    /// Below zero, zero or above it; nil when the two cannot be compared.
    static func order(_ left: Value, _ right: Value) -> Int? {
        switch (left, right) {
        case (.int(let left), .int(let right)): left < right ? -1 : left == right ? 0 : 1
        case (.bool(let left), .bool(let right)): (left ? 1 : 0) - (right ? 1 : 0)
        case (.decimal(let left), .decimal(let right)): left < right ? -1 : left == right ? 0 : 1
        case (.date(let left), .date(let right)): left < right ? -1 : left == right ? 0 : 1
        case (.timestamp(let left), .timestamp(let right)): left < right ? -1 : left == right ? 0 : 1
        case (.string(let left), .string(let right)):
            left.utf8.elementsEqual(right.utf8) ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        default: nil
        }
    }

    static func holds(_ condition: RecordQuery.Condition, _ value: Value) -> Bool {
        switch condition.comparison {
        case .isMissing: return value.isNull
        case .isPresent: return !value.isNull
        default: break
        }
        if case .string(let part) = condition.value, case .string(let text) = value {
            if condition.comparison == .startsWith { return text.utf8.starts(with: part.utf8) }
            if condition.comparison == .contains { return contains(Array(text.utf8), Array(part.utf8)) }
        }
        guard let order = order(value, condition.value) else { return false }
        switch condition.comparison {
        case .equal: return order == 0
        case .notEqual: return order != 0
        case .less: return order < 0
        case .lessOrEqual: return order <= 0
        case .greater: return order > 0
        case .greaterOrEqual: return order >= 0
        default: return false
        }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        part.isEmpty || text.indices.contains { text[$0...].starts(with: part) }
    }

    static func answer(_ query: RecordQuery, _ records: [Record], _ kind: Kind) -> [Int64] {
        var found = records.filter { record in
            (query.includesVoided || !record.voided)
                && (query.regionPrefix.map { record.region.hasPrefix($0) } ?? true)
                && query.conditions.allSatisfy { holds($0, value($0.column, of: record, kind) ?? .null) }
        }
        if let sort = query.sort {
            found.sort { left, right in
                let (a, b) = (
                    value(sort.column, of: left, kind) ?? .null, value(sort.column, of: right, kind) ?? .null
                )
                if a.isNull != b.isNull { return b.isNull }
                let order = order(a, b) ?? 0
                if order != 0 { return sort.descending ? order > 0 : order < 0 }
                return sort.descending ? left.id > right.id : left.id < right.id
            }
        }
        return found.dropFirst(query.offset).prefix(query.limit).map(\.id)
    }
}

private enum Questions {
    static let texts = [
        "", "a", "A", "ab", "a%", "a_b", "甲", "甲乙", "😀", "é", "e\u{301}", "'", "\u{10FFFF}", "\u{D7FF}",
    ]

    static func records(_ hazard: Kind) throws -> [Record] {
        var numbers = SeededNumbers(11)
        return try (1...300 as ClosedRange<Int64>).map { id in
            var fields: [String: Value] = ["series": .string("\(id)"), "serial": .int(id)]
            let text = texts[Int(numbers.next() % UInt64(texts.count))]
            fields["note"] = numbers.pick(.null, .string(text), .string(text + "b甲"))
            fields["telephone"] = numbers.pick(.null, .string("1"), .string("2"))
            fields["order"] = numbers.pick(.null, .int(-1), .int(0), .int(7), .int(.max))
            fields["area"] = .decimal(ExactDecimal(unscaled: Int64(numbers.next() % 9) - 4, scale: 3))
            fields["loss"] = numbers.pick(.null, .decimal(ExactDecimal(unscaled: 150, scale: 2)))
            fields["serious"] = numbers.pick(.null, .bool(true), .bool(false))
            fields["found_on"] = .date(CivilDate(daysSinceEpoch: Int32(numbers.next() % 5)))
            fields["noticed_at"] = .timestamp(try Samples.moment(Int64(numbers.next() % 5)))
            fields["photos"] = numbers.pick(.null, .list([]))
            fields["site"] = numbers.pick(.null, .int(1), .int(2))
            let region = numbers.pick("330106000000", "330108000000", "110000000000")
            var record = try Samples.record(hazard, id: id, fields: fields, region: region)
            record.state = numbers.pick("found", "closed")
            record.voided = numbers.pick(false, false, true)
            record.overdue = numbers.pick(false, true)
            record.responsible = numbers.pick(nil, "91330100799655058B")
            return record
        }
    }

    static func conditions() throws -> [RecordQuery.Condition] {
        var all: [RecordQuery.Condition] = []
        let comparisons: [RecordQuery.Condition.Comparison] = [
            .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isMissing, .isPresent,
        ]
        var values: [(String, Value)] = [
            ("order", .int(0)), ("order", .int(.max)), ("serious", .bool(true)), ("overdue", .bool(false)),
            ("found_on", .date(CivilDate(daysSinceEpoch: 2))),
            ("noticed_at", .timestamp(try Samples.moment(2))),
            ("created_at", .timestamp(try Samples.moment(1_700_000_100))), ("version", .int(1)),
            ("site", .int(1)),
            ("id", .int(20)), ("loss", .decimal(ExactDecimal(unscaled: 15, scale: 1))),
            ("responsible", .string("91330100799655058B")), ("number", .string("hazard-2")),
            ("area", .decimal(ExactDecimal(unscaled: .max, scale: 0))),
            ("area", .decimal(ExactDecimal(unscaled: .min, scale: 0))),
        ]
        for unscaled in [-15, -10, 0, 5, 12, 20] as [Int64] {
            values.append(("area", .decimal(ExactDecimal(unscaled: unscaled, scale: 4))))
        }
        for (column, value) in values + texts.map({ ("note", .string($0)) }) {
            for comparison in comparisons {
                all.append(.init(column: column, comparison: comparison, value: value))
            }
        }
        for text in texts + ["%", "_", "\\"] {
            for comparison in [RecordQuery.Condition.Comparison.startsWith, .contains] {
                all.append(.init(column: "note", comparison: comparison, value: .string(text)))
            }
        }
        for value in [Value.string("1"), .string("3")] {
            for comparison in [RecordQuery.Condition.Comparison.equal, .notEqual, .isMissing, .isPresent] {
                all.append(.init(column: "telephone", comparison: comparison, value: value))
            }
        }
        all.append(.init(column: "photos", comparison: .isMissing, value: .null))
        return all
    }
}

extension StoreContract {
    static let queryClauses: [Clause] = [
        clause("every comparison on every type answers as a filter over all records does") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let records = try Questions.records(hazard)
            try store.write { for record in records { try $0.insert(record, of: hazard) } }
            try store.read { reader in
                for condition in try Questions.conditions() {
                    var query = RecordQuery()
                    query.conditions = [condition]
                    query.limit = 1000
                    query.includesVoided = true
                    let wanted = Model.answer(query, records, hazard)
                    try expectEqual(try reader.records(query, of: hazard).map(\.id), wanted, "\(condition)")
                    try expectEqual(try reader.count(query, of: hazard), wanted.count)
                }
            }
        },
        clause("order, page, region and several conditions together answer as a filter does") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let records = try Questions.records(hazard)
            try store.write { for record in records { try $0.insert(record, of: hazard) } }
            let conditions = try Questions.conditions()
            var numbers = SeededNumbers(3)
            try store.read { reader in
                for _ in 0..<300 {
                    var query = RecordQuery()
                    for _ in 0..<numbers.pick(0, 1, 2) {
                        query.conditions.append(conditions[Int(numbers.next() % UInt64(conditions.count))])
                    }
                    query.regionPrefix = numbers.pick(nil, "33", "330106", "", "9")
                    query.includesVoided = numbers.pick(false, true)
                    let column = numbers.pick(
                        "", "order", "note", "area", "state", "created_at", "id", "serious")
                    query.sort = column.isEmpty ? nil : (column, numbers.pick(false, true))
                    (query.limit, query.offset) = (numbers.pick(10, 1000, 0), numbers.pick(0, 7, 5000))
                    let wanted = Model.answer(query, records, hazard)
                    try expectEqual(try reader.records(query, of: hazard).map(\.id), wanted, "\(query)")
                }
            }
        },
        clause("pages behind the last record of the page before are the whole list, cut in pieces") {
            harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let records = try Questions.records(hazard)
            try store.write { for record in records { try $0.insert(record, of: hazard) } }
            let columns = [
                "", "id", "number", "region", "responsible", "state", "stage", "overdue", "version",
                "entered_at", "created_at", "updated_at", "import_id", "order", "note", "field.area", "loss",
                "serious", "found_on", "noticed_at", "site",
            ]
            try store.read { reader in
                for (column, descending) in columns.flatMap({ [($0, false), ($0, true)] }) {
                    var query = RecordQuery()
                    query.sort = column.isEmpty ? nil : (column, descending)
                    query.regionPrefix = "33"
                    query.limit = 1000
                    let whole = try reader.records(query, of: hazard).map(\.id)
                    query.limit = 7
                    var pages: [Int64] = []
                    while true {
                        let page = try reader.records(query, of: hazard)
                        guard let last = page.last else { break }
                        pages += page.map(\.id)
                        query.after = try unwrap(RecordCursor(behind: last, of: hazard, in: query))
                        query.offset = 5
                        try expect(pages.count <= whole.count, column)
                    }
                    try expectEqual(pages, whole, "\(column) \(descending)")
                }
            }
        },
        clause("a page behind a record that went, and among records that came, skips and repeats none") {
            harness in
            let (store, _, hazard) = try Samples.opened(harness)
            for id in stride(from: 2, through: 40, by: 2) as StrideThrough<Int64> {
                let fields: [String: Value] = ["serial": .int(id), "order": .int(id / 6)]
                try store.write { try $0.insert(Samples.record(hazard, id: id, fields: fields), of: hazard) }
            }
            var query = RecordQuery()
            (query.sort, query.limit) = (("order", false), 4)
            var seen: [Int64] = []
            var added: Int64 = 101
            while true {
                let page = try store.read { try $0.records(query, of: hazard) }
                guard let last = page.last else { break }
                seen += page.map(\.id)
                query.after = RecordCursor(behind: last, of: hazard, in: query)
                try store.write { writer in
                    // One that belongs before the cursor, and the one the cursor names goes out of sight.
                    let early: [String: Value] = ["serial": .int(added), "order": .int(0)]
                    try writer.insert(Samples.record(hazard, id: added, fields: early), of: hazard)
                    var gone = last
                    (gone.voided, gone.version) = (true, last.version + 1)
                    try writer.update(gone, of: hazard)
                }
                added += 1
            }
            let old = seen.filter { $0 <= 100 }
            try expectEqual(old, Array(stride(from: 2, through: 40, by: 2)))
            try expectEqual(Set(seen).count, seen.count)
        },
        clause("a place in the order that the column cannot hold is refused") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            var query = RecordQuery()
            query.sort = ("order", false)
            query.after = RecordCursor(value: .string("1"), id: 1)
            try expectProblem(.unsuitable(kind: "hazard", column: "order")) {
                _ = try store.read { try $0.records(query, of: hazard) }
            }
        },
        clause("a question that a column cannot answer is refused") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let refused: [(String, RecordQuery.Condition.Comparison, Value)] = [
                ("nothing", .equal, .int(1)), ("id; DROP TABLE hazard", .equal, .int(1)),
                ("note", .equal, .int(1)),
                ("order", .contains, .string("1")), ("telephone", .less, .string("1")),
                ("telephone", .contains, .string("1")), ("crew", .equal, .string("1")),
                ("works", .equal, .list([])),
                ("found_on", .equal, .string("2026-01-01")), ("import_row", .equal, .int(1)),
            ]
            for (column, comparison, value) in refused {
                var query = RecordQuery()
                query.conditions = [.init(column: column, comparison: comparison, value: value)]
                try expectProblem(.unsuitable(kind: "hazard", column: column)) {
                    _ = try store.read { try $0.records(query, of: hazard) }
                }
            }
            for column in ["nothing", "telephone", "works", "telephone_index_"] {
                var query = RecordQuery()
                query.sort = (column, false)
                try expectProblem(.unsuitable(kind: "hazard", column: column)) {
                    _ = try store.read { try $0.records(query, of: hazard) }
                }
            }
        },
        clause("a field named like a system column is asked for as field.NAME") { harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            let project = try Samples.kind("project", in: rulebook)
            let fields: [String: Value] = ["code": .string("B"), "region": .string("110000000000")]
            try store.write { try $0.insert(Samples.record(project, id: 9, fields: fields), of: project) }
            try store.read { reader in
                for (column, wanted) in [("region", 0), ("field.region", 1)] {
                    var query = RecordQuery()
                    query.conditions = [
                        .init(column: column, comparison: .equal, value: .string("110000000000"))
                    ]
                    try expectEqual(try reader.count(query, of: project), wanted)
                }
            }
        },
    ]
}
