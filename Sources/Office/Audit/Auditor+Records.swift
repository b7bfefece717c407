import Expressions
import Ledger
import Records
import Rulebooks
import Storage

extension Auditor {
    /// Rewinds every record of a kind through its entries, and counts it.
    ///
    /// A record that cannot be read is named, and does not keep the others from being audited.
    func checkRecords(
        of kind: Kind, _ reader: any StoreReading, _ report: inout Report, _ index: EntryIndex,
        _ recount: inout Recount
    ) throws {
        var missing = index.created.filter { $0.key.kind == kind.id }
        var pass = RecordPass(kind: kind, index: index, hashes: RowHashes(reader: reader))
        var first = Int64.min
        while true {
            let begun = first
            do {
                try reader.eachRecord(of: kind, from: first) { record in
                    first = record.id == .max ? record.id : record.id + 1
                    missing.removeValue(forKey: Facts.Key(kind: kind.id, id: record.id))
                    try check(record, reader, &report, &pass, &recount)
                }
                break
            } catch StoreProblem.damaged(let subject, let id, let column) {
                let number = missing.removeValue(forKey: Facts.Key(kind: kind.id, id: id))
                report.addUnreadable("\(subject) \(number ?? String(id))", column: column)
                recount.unreadable.insert(kind.id)
                if id >= first, id < .max { first = id + 1 }
                if first == begun { break }
            }
        }
        for (_, number) in missing.sorted(by: { $0.key.id < $1.key.id }) {
            report.add(
                "\(kind.id) \(number)", "日志中有这条记录，表中没有", "the ledger has this record, the table does not")
        }
    }

    private func check(
        _ record: Record, _ reader: any StoreReading, _ report: inout Report, _ pass: inout RecordPass,
        _ recount: inout Recount
    ) throws {
        let kind = pass.kind
        report.records += 1
        for (key, value) in office.cells(of: record, kind: kind) {
            recount.cells[key, default: 0] &+= value
        }
        recount.note(record.number, kind.numbering, owner: kind.id)
        if let origin = record.origin {
            report.importedRows += 1
            recount.importedRows[origin.importID, default: 0] += 1
        }
        try checkDocuments(of: record, reader, &report, pass.index, &recount)
        let history = try rewind(record, reader, &report, kind: kind)
        guard let history else { return }
        try checkPersonal(record, reader, &report, kind: kind, setAt: history.setAt)
        try checkBeginning(of: record, history, &report, &pass, &recount)
    }

    /// What is left of a record when all its entries are taken back.
    private struct History {
        var members: [String: CanonicalJSON]
        /// The version before the first entry: 0, or 1 for an imported record.
        var version: Int64
        /// When the first entry was made; nil when there is none.
        var begunAt: CanonicalJSON?
        /// The version at which each member was last changed by an entry.
        var setAt: [String: Int64] = [:]
    }

    private func rewind(
        _ record: Record, _ reader: any StoreReading, _ report: inout Report, kind: Kind
    ) throws -> History? {
        let subject = Self.subject(record)
        let salts = kind.hasPersonalFields ? try reader.salts(kind: kind.id, record: record.id) : [:]
        let image = try RecordImage(of: record, kind: kind) { field, value in
            try Commitments.commitment(field, value, salts: salts)
        }
        var history = History(members: image.members, version: record.version)
        var isLast = true
        for entry in try reader.entries(kind: kind.id, record: record.id).reversed() {
            guard let leaf = try? CanonicalJSON(canonical: entry.leaf) else { return nil }
            if leaf["version"]?.number != history.version || !leaf["number"].isText(record.number) {
                report.add(subject, "版本或编号与日志不符", "its version or number differs from the ledger")
                return nil
            }
            for name in takeBack(&history, leaf) {
                report.add(
                    subject, "“\(kind.field(name)?.name.zh ?? name)”与日志不符（第\(history.version)版）",
                    "`\(name)` differs from what the ledger says (version \(history.version))")
            }
            if isLast, !leaf["at"].isText(record.updatedAt.description) {
                report.add(subject, "更新时间与日志不符", "the moment of its last change differs from the ledger")
            }
            isLast = false
            history.begunAt = leaf["at"]
            history.version &-= 1
        }
        return history
    }

    /// Takes an entry's changes back; the names of members that are not as the entry left them.
    private func takeBack(_ history: inout History, _ leaf: CanonicalJSON) -> [String] {
        guard case .object(let changes)? = leaf["changes"] else { return ["changes"] }
        var wrong: [String] = []
        for (name, value) in changes {
            if (history.members[name] ?? .null) != value { wrong.append(name) }
            if history.setAt[name] == nil { history.setAt[name] = history.version }
            if let was = leaf["was"]?[name], was != .null {
                history.members[name] = was
            } else {
                history.members.removeValue(forKey: name)
            }
        }
        return wrong
    }

    /// Checks that a record began as its first entry, or the import that brought it, says.
    private func checkBeginning(
        of record: Record, _ history: History, _ report: inout Report, _ pass: inout RecordPass,
        _ recount: inout Recount
    ) throws {
        let subject = Self.subject(record)
        guard let origin = record.origin else {
            if history.version != 0 || !history.members.isEmpty {
                report.add(subject, "日志没有完整说明其由来", "the ledger does not fully account for it")
            } else if !history.begunAt.isText(record.createdAt.description) {
                report.add(subject, "登记时间与日志不符", "the moment it was put on file differs from the ledger")
            }
            return
        }
        let cells = ImportedRow.cells(rewound: history.members, number: record.number, kind: pass.kind)
        let imported = try pass.hashes.hash(of: origin)
        // What a row cannot bring, and only an entry of its own can have given it.
        let isPlain = ["@stage", "@overdue", "@voided"].allSatisfy { history.members[$0] == nil }
        if history.version != 1 || !isPlain || imported != RowTree.rowHash(cells: cells) {
            report.add(subject, "与导入时的内容不符", "it differs from what was imported")
        }
        let first = pass.index.imports[origin.importID]?["first_record"]?.number
        if first.map({ $0 &+ origin.row != record.id }) ?? false {
            report.add(subject, "其标识与导入中的行不符", "its identity is not that of its row in the import")
        }
        let moment = recount.importMoments[origin.importID] ?? record.createdAt
        recount.importMoments[origin.importID] = moment
        let isUntouched = history.begunAt == nil
        if record.createdAt != moment || !history.members["@entered_at"].isText(moment.description)
            || isUntouched && record.updatedAt != moment
        {
            report.add(subject, "其时间与导入的时间不符", "its moments are not that of its import")
        }
    }

    static func subject(_ record: Record) -> String { "\(record.kind) \(record.number)" }
}

/// What is kept while the records of one kind are passed.
struct RecordPass {
    let kind: Kind
    let index: EntryIndex
    var hashes: RowHashes
}

extension Kind {
    /// Whether some field is personal.
    var hasPersonalFields: Bool { fields.contains { $0.personal } }
}

// MARK: - Personal fields

extension Auditor {
    /// Checks that each personal value has its one salt and is found by its keyed index, and that nothing else
    /// is kept.
    private func checkPersonal(
        _ record: Record, _ reader: any StoreReading, _ report: inout Report, kind: Kind,
        setAt: [String: Int64]
    ) throws {
        guard kind.hasPersonalFields else { return }
        var salts = Set(try reader.salts(kind: kind.id, record: record.id).keys)
        for (field, value) in zip(kind.fields, record.values) where field.personal {
            if value != .null {
                let key = SaltKey(field: field.id, version: setAt[field.id] ?? 1)
                if salts.remove(key) == nil {
                    report.add(
                        Self.subject(record), "“\(field.name.zh)”的盐缺失", "the salt of `\(field.id)` is missing"
                    )
                }
            }
            if try !isIndexed(value, field, record, reader, kind: kind) {
                report.add(
                    Self.subject(record), "“\(field.name.zh)”的检索值与内容不符",
                    "`\(field.id)` is not found by its value")
            }
        }
        for key in salts.sorted(by: { ($0.field, $0.version) < ($1.field, $1.version) }) {
            report.add(
                Self.subject(record), "“\(key.field)”有多余的盐（第\(key.version)版）",
                "a salt of `\(key.field)` (version \(key.version)) belongs to no value on file")
        }
    }

    /// Whether a value is found where its index should be, and an absent one is found nowhere.
    private func isIndexed(
        _ value: Value, _ field: Field, _ record: Record, _ reader: any StoreReading, kind: Kind
    ) throws -> Bool {
        guard field.type.hasOneValue else { return true }
        var query = RecordQuery()
        query.includesVoided = true
        let probe = value == .null ? field.type.someValue : value
        query.conditions = [
            RecordQuery.Condition(column: "id", comparison: .equal, value: .int(record.id)),
            RecordQuery.Condition(column: "field.\(field.id)", comparison: .equal, value: probe),
        ]
        if value != .null { return try reader.count(query, of: kind) == 1 }
        if try reader.count(query, of: kind) != 0 { return false }
        query.conditions[1].comparison = .notEqual
        return try reader.count(query, of: kind) == 0
    }
}

extension FieldType {
    /// Whether a field of the type holds one value, which can be looked for.
    fileprivate var hasOneValue: Bool {
        switch self {
        case .files, .table: false
        default: true
        }
    }

    /// Any value of the type, to ask whether one is there.
    fileprivate var someValue: Value {
        switch self {
        case .integer, .reference: .int(0)
        case .decimal, .money: .decimal(ExactDecimal(unscaled: 0, scale: 0))
        case .boolean: .bool(false)
        case .date: CivilDate("2000-01-01").map(Value.date) ?? .null
        case .moment: .timestamp(.epoch)
        default: .string("")
        }
    }
}
