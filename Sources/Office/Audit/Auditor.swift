import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Storage

/// Replays the ledger and compares it with everything that is on file.
///
/// The ledger's leaves are hashed anew and compared with the tiles and every signed checkpoint; each record
/// is rewound through its entries to its beginning, so that any member that differs from what the ledger says
/// names the record; imported rows are compared with the row hashes of their import; tallies are counted
/// anew from the records. Nothing is mended.
public struct Auditor: Sendable {
    let office: Office
    let keys: [VerifierKey]
    let archive: FileArchive?

    public init(_ office: Office, keys: [VerifierKey], archive: FileArchive? = nil) {
        self.office = office
        self.keys = keys
        self.archive = archive
    }

    /// One thing that is not as the ledger says.
    public struct Finding: Hashable, Sendable {
        /// What is concerned: `entry 17`, `hazard ZG-330106-2026-00003`, `tally hazards_found`…
        public var subject: String
        public var text: String
        public var textEnglish: String
    }

    /// What an audit looked at, and what it found.
    public struct Report: Sendable {
        public var entries: UInt64 = 0
        public var records: Int64 = 0
        public var importedRows: Int64 = 0
        public var cells: Int = 0
        public var checkpoints = 0
        public var documents = 0
        public var findings: [Finding] = []
        /// The root of the tree over all leaves as they are on file.
        public var root: Hash?
        /// Findings beyond this many are counted, not listed.
        public static let listed = 1_000
        public var further = 0

        public var isClean: Bool { findings.isEmpty }

        mutating func add(_ subject: String, _ text: String, _ textEnglish: String) {
            if findings.count < Self.listed {
                findings.append(Finding(subject: subject, text: text, textEnglish: textEnglish))
            } else {
                further += 1
            }
        }
    }

    /// Audits everything, against one snapshot.
    public func run() throws -> Report {
        try office.store.read { reader in
            var report = Report()
            var index = EntryIndex()
            guarded("ledger", &report) { report in try self.checkEntries(reader, &report, &index) }
            guarded("tiles", &report) { report in try self.checkTiles(reader, &report) }
            guarded("checkpoints", &report) { report in try self.checkCheckpoints(reader, &report, index) }
            var recount = Recount()
            for id in office.rulebook.kindOrder {
                guard let kind = office.rulebook.kind(id) else { continue }
                guarded(id, &report) { report in
                    try self.checkRecords(of: kind, reader, &report, index, &recount)
                }
            }
            guarded("import", &report) { report in try self.checkImports(reader, &report, index, recount) }
            guarded("tally", &report) { report in try self.checkTallies(reader, &report, recount) }
            return report
        }
    }

    /// Runs one part; what cannot be read is a finding, not the end of the audit.
    private func guarded(_ subject: String, _ report: inout Report, _ body: (inout Report) throws -> Void) {
        do {
            try body(&report)
        } catch let problem as StoreProblem {
            if case .damaged(let kind, let record, let column) = problem {
                report.add(
                    "\(kind) \(record)", "“\(column)”列的内容无法读出", "the content of column `\(column)` cannot be read")
            } else {
                report.add(subject, "无法读出", "cannot be read")
            }
        } catch {
            report.add(subject, "无法读出", "cannot be read")
        }
    }
}

/// What a pass over the entries leaves for the rest of the audit.
struct EntryIndex {
    /// How many entries each record has, and whether it was created by one.
    var creations: [String: Int64] = [:]
    /// Import entries by import id.
    var imports: [Int64: CanonicalJSON] = [:]
    /// Roots at the sizes of stored checkpoints.
    var roots: [UInt64: Hash] = [:]
    /// Records created by an entry: compared with the rows that are there.
    var created: Set<Facts.Key> = []
    /// The digests that entries name for documents, by number.
    var documents: [String: String] = [:]
}

/// What a pass over the records leaves.
struct Recount {
    var cells: [TallyKey: Int64] = [:]
    /// Imported rows by import: hash of each row by its place.
    var importedRows: [Int64: Int64] = [:]
}

// MARK: - Ledger

extension Auditor {
    private func checkEntries(
        _ reader: any StoreReading, _ report: inout Report, _ index: inout EntryIndex
    ) throws {
        let sizes = Set(try reader.checkpoints().map(\.size))
        var frontier = MerkleFrontier()
        var level: [UInt8] = []
        var expected: UInt64 = 0
        if sizes.contains(0) { index.roots[0] = frontier.root }
        try reader.eachEntry(from: 0) { entry in
            if entry.position != expected {
                report.add("entry \(expected)", "日志条目缺失", "the entry is missing")
                expected = entry.position
            }
            let hash = MerkleTree.leafHash(entry.leaf)
            frontier.append(hash)
            if sizes.contains(frontier.size) { index.roots[frontier.size] = frontier.root }
            try compareTile(reader, hash: hash, position: entry.position, cache: &level, report: &report)
            note(entry, &report, &index)
            expected += 1
        }
        report.entries = frontier.size
        report.root = frontier.root
    }

    /// Compares a leaf's hash with the one in its tile of level 0.
    private func compareTile(
        _ reader: any StoreReading, hash: Hash, position: UInt64, cache: inout [UInt8], report: inout Report
    ) throws {
        let width = UInt64(Tile.fullWidth)
        let offset = Int(position % width) * Hash.byteCount
        if offset == 0 || cache.isEmpty {
            cache = try reader.tile(level: 0, index: position / width) ?? []
        }
        let stored = cache.dropFirst(offset).prefix(Hash.byteCount)
        if !stored.elementsEqual(hash.bytes) {
            report.add(
                "entry \(position)", "条目内容与台账日志中的哈希不符", "the entry does not have the hash that the ledger recorded")
        }
    }

    private func note(_ entry: StoredEntry, _ report: inout Report, _ index: inout EntryIndex) {
        guard let leaf = try? CanonicalJSON(canonical: entry.leaf) else {
            report.add("entry \(entry.position)", "条目不是规范的 JSON", "the entry is not canonical JSON")
            return
        }
        let agrees =
            leaf["action"]?.text == entry.action && leaf["actor"]?.text == entry.actor
            && leaf["kind"]?.text == entry.kind && leaf["record"]?.number == entry.record
            && leaf["version"]?.number == entry.version
        if !agrees {
            report.add(
                "entry \(entry.position)", "条目的索引列与内容不符", "the look-up columns of the entry differ from its content")
        }
        if case .array(let documents)? = leaf["documents"] {
            for document in documents {
                if let number = document["number"]?.text, let digest = document["digest"]?.text {
                    index.documents[number] = digest
                }
            }
        }
        if leaf["action"]?.text == "import", let id = leaf["import"]?.number { index.imports[id] = leaf }
        if leaf["action"]?.text == "create", let kind = leaf["kind"]?.text, let id = leaf["record"]?.number {
            index.created.insert(Facts.Key(kind: kind, id: id))
        }
    }

    private func checkTiles(_ reader: any StoreReading, _ report: inout Report) throws {
        let size = report.entries
        if try reader.ledgerSize() != size {
            report.add("ledger", "日志条数与记录的规模不符", "the number of entries differs from the ledger's size")
        }
        guard let root = report.root else { return }
        var tree = TiledTree(size: size, reader: StoreTiles(reader: reader))
        let stored = try? tree.root()
        if stored != root {
            report.add("tiles", "由瓦片算出的根哈希与条目不符", "the root computed from the tiles differs from the entries")
        }
        var above: [UInt8] = []
        try reader.eachTile { level, index, hashes in
            guard level > 0 else { return }
            for position in 0..<(hashes.count / Hash.byteCount) {
                let child = index * UInt64(Tile.fullWidth) + UInt64(position)
                above = try reader.tile(level: level - 1, index: child) ?? []
                guard above.count == Tile.fullWidth * Hash.byteCount,
                    let children = try? Hash.hashes(in: above)
                else {
                    report.add("tile \(level - 1)/\(child)", "瓦片不完整", "the tile is incomplete")
                    continue
                }
                let expected = MerkleTree.root(of: children)
                let found = hashes.dropFirst(position * Hash.byteCount).prefix(Hash.byteCount)
                if !found.elementsEqual(expected.bytes) {
                    report.add("tile \(level)/\(index)", "瓦片中的哈希与下层不符", "a hash in the tile differs from the level below")
                }
            }
        }
    }

    private func checkCheckpoints(_ reader: any StoreReading, _ report: inout Report, _ index: EntryIndex) throws {
        for stored in try reader.checkpoints() {
            report.checkpoints += 1
            let subject = "checkpoint \(stored.size)"
            guard let note = try? SignedNote(stored.note),
                let checkpoint = try? Checkpoint(opening: note, trusting: keys)
            else {
                report.add(subject, "检查点签名无效", "the checkpoint's signature does not verify")
                continue
            }
            if checkpoint.size != stored.size || index.roots[stored.size] != checkpoint.root {
                report.add(
                    subject, "签过的检查点与现有日志不符：历史被改过", "the signed checkpoint does not fit the ledger: history was changed")
            }
        }
    }
}

extension CanonicalJSON {
    /// The number of an integer value.
    var number: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}
