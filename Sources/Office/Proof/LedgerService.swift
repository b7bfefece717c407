import Expressions
import Ledger
import Records
import Rulebooks
import Storage

/// Signs checkpoints of the ledger and hands out proofs.
public struct LedgerService: Sendable {
    let office: Office
    let key: SigningKey

    public init(_ office: Office, key: SigningKey) {
        self.office = office
        self.key = key
    }

    /// Signs the ledger as it stands, and keeps the checkpoint. Signing twice without an entry between is once.
    public func checkpoint() throws -> StoredCheckpoint {
        let (size, root, last) = try office.store.read { reader in
            let size = try reader.ledgerSize()
            var tree = TiledTree(size: size, reader: StoreTiles(reader: reader))
            return (size, try tree.root(), try reader.checkpoints().last)
        }
        if let last, last.size == size, let note = try? SignedNote(last.note),
            let known = try? Checkpoint(opening: note, trusting: [key.verifier]), known.root == root
        {
            return last
        }
        let checkpoint = try Checkpoint(origin: key.verifier.name, size: size, root: root)
        let stored = StoredCheckpoint(
            size: size, note: try checkpoint.signed(by: [key]).encoded, signedAt: office.moment)
        try office.store.write { try $0.save(stored) }
        return stored
    }

    /// A proof that an entry is in the ledger, checkable without a database.
    ///
    /// - Parameters:
    ///   - position: the entry.
    ///   - openings: values and salts of personal fields to be shown to the holder of the proof.
    public func prove(position: UInt64, openings: [Opening] = []) throws -> ProofBundle {
        try prove(position: position, openings: openings, row: nil)
    }

    /// The proof of the last action on a record; for one that came with an import and has seen no action
    /// since, the proof of its row and of the entry of the import.
    ///
    /// Personal cells of a row are commitments and stay closed.
    ///
    /// - Throws: `Refusal` when there is no such record, when the ledger has no entry of its import, and when
    ///   the record as it is on file is not what was imported: then nothing is handed out.
    public func prove(kind: String, record: Int64) throws -> ProofBundle {
        let (position, row) = try office.store.read { reader -> (UInt64, RowOpening?) in
            if let position = try reader.lastEntry(kind: kind, record: record) { return (position, nil) }
            let found = try ImportedRecord(reader, office.rulebook, kind: kind, record: record)
            return (found.position, try found.opening())
        }
        guard let row else { return try prove(position: position) }
        let bundle = try prove(position: position, openings: [], row: row)
        let read = try? ProofBundle(bytes: Array(bundle.encoded.utf8))
        guard let read, read == bundle, read.verify(trusting: [key.verifier]).isValid else {
            throw ImportedRecord.refusal(
                "该记录与导入时的内容不符，不能证明。请运行 zhiheng ledger audit 查明。",
                "The record differs from what was imported and cannot be proved. "
                    + "Run zhiheng ledger audit to see what is wrong.")
        }
        return bundle
    }

    private func prove(position: UInt64, openings: [Opening], row: RowOpening?) throws -> ProofBundle {
        let checkpoint = try self.checkpoint()
        return try office.store.read { reader in
            guard position < checkpoint.size, let entry = try reader.entry(at: position) else {
                throw LedgerProblem.outsideTree(index: position, size: checkpoint.size)
            }
            var tree = TiledTree(size: checkpoint.size, reader: StoreTiles(reader: reader))
            let proof = try tree.inclusionProof(index: position)
            return try ProofBundle(
                leaf: entry.leaf, proof: proof, checkpoint: try SignedNote(checkpoint.note),
                openings: openings, row: row)
        }
    }
}

/// A record that came with an import and has no entry of its own, with the entry of the import.
private struct ImportedRecord {
    let reader: any StoreReading
    let kind: Kind
    let record: Record
    let origin: ImportOrigin
    /// Where the entry of the import stands.
    let position: UInt64
    /// How many rows the entry says there are.
    let rows: UInt64

    init(_ reader: any StoreReading, _ rulebook: Rulebook, kind id: String, record: Int64) throws {
        guard let kind = rulebook.kind(id), let record = try reader.record(kind, id: record),
            let origin = record.origin
        else {
            throw Self.refusal(
                "日志中没有该记录的条目，请核对编号。",
                "The ledger has no entry of this record; check the number.")
        }
        guard let (position, rows) = try Self.entry(of: origin.importID, reader) else {
            throw Self.refusal(
                "日志中没有该记录的导入。请运行 zhiheng ledger audit 查明。",
                "The ledger has no entry of the record's import. "
                    + "Run zhiheng ledger audit to see what is wrong.")
        }
        (self.reader, self.kind, self.record, self.origin) = (reader, kind, record, origin)
        (self.position, self.rows) = (position, rows)
    }

    static func refusal(_ chinese: String, _ english: String) -> Refusal {
        Refusal(RefusalReason(.recordNotFound, chinese, english))
    }

    /// Where the entry of an import stands, and how many rows it says there are.
    private static func entry(
        of importID: Int64, _ reader: any StoreReading
    ) throws -> (position: UInt64, rows: UInt64)? {
        var found: (position: UInt64, rows: UInt64)?
        do {
            try reader.eachEntry(from: 0) { entry in
                guard entry.action == "import", let leaf = try? CanonicalJSON(canonical: entry.leaf),
                    leaf["import"]?.number == importID, let rows = leaf["rows"]?.number
                else { return }
                found = (entry.position, UInt64(clamping: rows))
                throw Found()
            }
        } catch is Found {}
        return found
    }

    /// Ends a scan early.
    private struct Found: Error {}

    /// The row as it was hashed when it came, with its path in the tree over the rows of the import.
    func opening() throws -> RowOpening {
        let salts = kind.hasPersonalFields ? try reader.salts(kind: kind.id, record: record.id) : [:]
        let cells = try ImportedRow.cells(of: record, kind: kind) { field, value in
            try Commitments.commitment(field, value, salts: salts)["commitment"]?.text ?? ""
        }
        let proof = try InclusionProof(index: UInt64(clamping: origin.row), size: rows, node: node)
        return RowOpening(cells: cells, proof: proof)
    }

    /// The root over `1 << level` rows; no more than one block of hashes is held at a time.
    private func node(level: Int, index: UInt64) throws -> Hash {
        let blockRows = UInt64(RowHashes.blockRows)
        guard 1 << UInt64(level) <= blockRows else {
            return MerkleTree.nodeHash(
                try node(level: level - 1, index: 2 * index),
                try node(level: level - 1, index: 2 * index + 1))
        }
        let first = index << UInt64(level)
        let block = try reader.importHashes(origin.importID, block: Int64(clamping: first / blockRows)) ?? []
        let bytes = block.dropFirst(Int(first % blockRows) * Hash.byteCount).prefix(Hash.byteCount << level)
        guard bytes.count == Hash.byteCount << level else {
            throw Self.refusal(
                "导入的行哈希不完整，不能证明。请运行 zhiheng ledger audit 查明。",
                "The row hashes of the import are incomplete. "
                    + "Run zhiheng ledger audit to see what is wrong.")
        }
        return MerkleTree.root(of: try Hash.hashes(in: Array(bytes)))
    }
}

/// Reads tiles out of the store.
struct StoreTiles: TileReader {
    let reader: any StoreReading

    func bytes(of tile: Tile) throws -> [UInt8] {
        try reader.tile(level: tile.level, index: tile.index) ?? []
    }
}
