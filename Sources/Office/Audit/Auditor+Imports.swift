import Ledger
import Records
import Rulebooks
import Storage

extension Auditor {
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
            if !agrees(run, leaf) { report.add(subject, "导入登记与日志不符", "the import differs from the ledger") }
            let kind = leaf["kind"]?.text.flatMap(office.rulebook.kind)
            if let kind, recount.importedRows[run.id, default: 0] != leaf["rows"]?.number {
                report.add(subject, "导入的记录有缺失或多余", "records of the import are missing or too many")
                try nameMissing(of: leaf, kind: kind, reader, &report)
            }
            try checkHashes(of: run, reader, &report)
            if let archive, !archive.isIntact(run.fileDigest) {
                report.add(subject, "归档文件缺失或被改动", "the archived file is missing or was changed")
            }
        }
        for id in index.imports.keys.sorted() where !seen.contains(id) {
            report.add("import \(id)", "日志中有这次导入，登记中没有", "the ledger has this import, the store does not")
        }
    }

    private func agrees(_ run: ImportRun, _ leaf: CanonicalJSON) -> Bool {
        leaf["root"].isText(run.root.hexadecimal) && leaf["file_digest"].isText(run.fileDigest)
            && leaf["file"].isText(run.fileName) && leaf["map"].isText(run.map)
            && leaf["at"].isText(run.importedAt.description) && leaf["kind"].isText(run.kind)
            && leaf["rows"]?.number == run.rows && leaf["refused"]?.number == run.refused
            && leaf["first_record"]?.number == run.firstRecord
            && leaf["last_record"]?.number == run.lastRecord
    }

    /// Names the records that an import brought and that are no longer there.
    private func nameMissing(
        of leaf: CanonicalJSON, kind: Kind, _ reader: any StoreReading, _ report: inout Report
    ) throws {
        guard let first = leaf["first_record"]?.number, let last = leaf["last_record"]?.number else { return }
        var expected = first
        var named = 0
        func name(before end: Int64) {
            while expected < end, expected <= last, named < Report.listed {
                report.add(
                    "\(kind.id) \(expected)", "导入的这条记录已不在表中", "it came with an import and is no longer there")
                expected += 1
                named += 1
            }
        }
        try reader.eachRecord(of: kind, from: first) { record in
            name(before: record.id)
            if expected == record.id, expected <= last { expected += 1 }
        }
        name(before: .max)
    }

    /// Compares the kept hashes of the rows with the root over them.
    private func checkHashes(of run: ImportRun, _ reader: any StoreReading, _ report: inout Report) throws {
        var frontier = MerkleFrontier()
        var hashes = RowHashes(reader: reader)
        for row in 0..<max(0, run.rows) {
            guard let hash = try hashes.hash(of: ImportOrigin(importID: run.id, row: row)) else { break }
            frontier.append(hash)
        }
        let lastBlock = run.rows / RowHashes.blockRows
        let rest = try reader.importHashes(run.id, block: lastBlock)?.count ?? 0
        let isLonger = rest != Int(run.rows % RowHashes.blockRows) * Hash.byteCount
        if frontier.root != run.root || isLonger {
            report.add(
                "import \(run.id)", "行哈希与导入的根哈希不符", "the row hashes do not give the root of the import")
        }
    }
}

/// Reads the stored row hashes of imports, one block at a time.
struct RowHashes {
    /// Rows in a block.
    static let blockRows: Int64 = 8_192

    let reader: any StoreReading
    private var importID: Int64?
    private var block: Int64 = 0
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
