import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Storage

extension Auditor {
    /// Rewinds every record of a kind through its entries, and counts it.
    func checkRecords(
        of kind: Kind, _ reader: any StoreReading, _ report: inout Report, _ index: EntryIndex,
        _ recount: inout Recount
    ) throws {
        var missing = index.created.filter { $0.kind == kind.id }
        var hashes = RowHashes(reader: reader)
        try reader.eachRecord(of: kind, from: 0) { record in
            report.records += 1
            missing.remove(Facts.Key(kind: kind.id, id: record.id))
            try check(record, kind: kind, reader, &report, &hashes)
            if let origin = record.origin { recount.importedRows[origin.importID, default: 0] += 1 }
            for (key, value) in office.cells(of: record, kind: kind) {
                recount.cells[key, default: 0] &+= value
            }
            try checkDocuments(of: record, reader, &report, index)
        }
        for key in missing.sorted(by: { $0.id < $1.id }) {
            report.add("\(kind.id) \(key.id)", "日志中有这条记录，表中没有", "the ledger has this record, the table does not")
        }
    }

    private func check(
        _ record: Record, kind: Kind, _ reader: any StoreReading, _ report: inout Report, _ hashes: inout RowHashes
    ) throws {
        let subject = "\(kind.id) \(record.number)"
        let salts = kind.fields.contains { $0.personal } ? try reader.salts(kind: kind.id, record: record.id) : [:]
        var members = try RecordImage(of: record, kind: kind) { field, value in
            try Commitments.commitment(field, value, salts: salts)
        }.members
        let entries = try reader.entries(kind: kind.id, record: record.id)
        var version = record.version
        for entry in entries.reversed() {
            guard let leaf = try? CanonicalJSON(canonical: entry.leaf) else { return }
            if leaf["version"]?.number != version || leaf["number"]?.text != record.number {
                report.add(subject, "版本或编号与日志不符", "its version or number differs from the ledger")
                return
            }
            for name in rewind(&members, through: leaf) {
                report.add(
                    subject, "“\(kind.field(name)?.name.zh ?? name)”与日志不符（第\(version)版）",
                    "`\(name)` differs from what the ledger says (version \(version))")
            }
            version -= 1
        }
        if let last = entries.last.flatMap({ try? CanonicalJSON(canonical: $0.leaf) }) {
            checkMoments(of: record, last: last, subject: subject, &report)
        }
        if let origin = record.origin {
            report.importedRows += 1
            let cells = ImportedRow.cells(rewound: members, number: record.number, kind: kind)
            let imported = try hashes.hash(of: origin)
            if version != 1 || imported != RowTree.rowHash(cells: cells) {
                report.add(subject, "与导入时的内容不符", "it differs from what was imported")
            }
        } else if version != 0 || !members.isEmpty {
            report.add(subject, "日志没有完整说明其由来", "the ledger does not fully account for it")
        }
    }

    /// Takes an entry's changes back; the names of members that are not as the entry left them.
    private func rewind(_ members: inout [String: CanonicalJSON], through leaf: CanonicalJSON) -> [String] {
        guard case .object(let changes)? = leaf["changes"] else { return ["changes"] }
        var wrong: [String] = []
        for (name, value) in changes {
            if (members[name] ?? .null) != value { wrong.append(name) }
            if let was = leaf["was"]?[name], was != .null {
                members[name] = was
            } else {
                members.removeValue(forKey: name)
            }
        }
        return wrong
    }

    private func checkMoments(of record: Record, last: CanonicalJSON, subject: String, _ report: inout Report) {
        if last["at"]?.text != record.updatedAt.description {
            report.add(subject, "更新时间与日志不符", "the moment of its last change differs from the ledger")
        }
    }

    private func checkDocuments(
        of record: Record, _ reader: any StoreReading, _ report: inout Report, _ index: EntryIndex
    ) throws {
        for document in try reader.documents(kind: record.kind, record: record.id) {
            report.documents += 1
            let digest = Digest.hexadecimal(of: Array((document.text + "\u{0}" + document.textEnglish).utf8))
            if index.documents[document.number] != digest {
                report.add("document \(document.number)", "文书内容与日志不符", "the document differs from what was issued")
            }
        }
    }

    func checkImports(
        _ reader: any StoreReading, _ report: inout Report, _ index: EntryIndex, _ recount: Recount
    ) throws {
        var seen: Set<Int64> = []
        for run in try reader.importRuns() {
            seen.insert(run.id)
            let subject = "import \(run.id)"
            guard let leaf = index.imports[run.id] else {
                report.add(subject, "日志中没有这次导入", "the ledger has no such import")
                continue
            }
            let agrees =
                leaf["root"]?.text == run.root.hexadecimal && leaf["file_digest"]?.text == run.fileDigest
                && leaf["rows"]?.number == run.rows && leaf["kind"]?.text == run.kind
                && leaf["refused"]?.number == run.refused
            if !agrees { report.add(subject, "导入登记与日志不符", "the import differs from the ledger") }
            if recount.importedRows[run.id, default: 0] != run.rows {
                report.add(subject, "导入的记录有缺失或多余", "records of the import are missing or too many")
            }
            var frontier = MerkleFrontier()
            var hashes = RowHashes(reader: reader)
            for row in 0..<max(0, run.rows) {
                guard let hash = try hashes.hash(of: ImportOrigin(importID: run.id, row: row)) else { break }
                frontier.append(hash)
            }
            if frontier.root != run.root {
                report.add(subject, "行哈希与导入的根哈希不符", "the row hashes do not give the root of the import")
            }
            if let archive, !archive.isIntact(run.fileDigest) {
                report.add(subject, "归档文件缺失或被改动", "the archived file is missing or was changed")
            }
        }
        for id in index.imports.keys.sorted() where !seen.contains(id) {
            report.add("import \(id)", "日志中有这次导入，登记中没有", "the ledger has this import, the store does not")
        }
    }

    func checkTallies(_ reader: any StoreReading, _ report: inout Report, _ recount: Recount) throws {
        var expected = recount.cells.filter { $0.value != 0 }
        try reader.eachTallyCell { key, value in
            report.cells += 1
            let right = expected.removeValue(forKey: key) ?? 0
            if right != value {
                report.add(TallyText.subject(key), "计数为\(value)，应为\(right)", "it holds \(value) and should hold \(right)")
            }
        }
        for (key, right) in expected.sorted(by: { TallyText.subject($0.key) < TallyText.subject($1.key) }) {
            report.add(TallyText.subject(key), "计数缺失，应为\(right)", "the cell is missing and should hold \(right)")
        }
    }
}

/// How a tally cell is called in a finding.
enum TallyText {
    static func subject(_ key: TallyKey) -> String {
        let month = key.month == Months.none ? "" : " " + Months.text(key.month)
        let dimensions = key.dimensions.isEmpty ? "" : " [" + key.dimensions.joined(separator: ", ") + "]"
        return "tally \(key.measure)\(month) \(key.region)\(dimensions)"
    }
}

/// Reads the stored row hashes of imports, one block at a time.
struct RowHashes {
    /// Rows in a block.
    static let blockRows: Int64 = 8_192

    let reader: any StoreReading
    private var importID: Int64 = -1
    private var block: Int64 = -1
    private var bytes: [UInt8] = []

    init(reader: any StoreReading) {
        self.reader = reader
    }

    /// The hash a row had when it was imported; nil when it is not on file.
    mutating func hash(of origin: ImportOrigin) throws -> Hash? {
        let wanted = origin.row / Self.blockRows
        if origin.importID != importID || wanted != block {
            bytes = try reader.importHashes(origin.importID, block: wanted) ?? []
            importID = origin.importID
            block = wanted
        }
        let offset = Int(origin.row % Self.blockRows) * Hash.byteCount
        guard offset >= 0, offset + Hash.byteCount <= bytes.count else { return nil }
        return try? Hash(bytes: bytes[offset..<(offset + Hash.byteCount)])
    }
}
