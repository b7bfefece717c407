import Expressions
import Ledger
import Records
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
        let checkpoint = try self.checkpoint()
        return try office.store.read { reader in
            guard position < checkpoint.size, let entry = try reader.entry(at: position) else {
                throw LedgerProblem.outsideTree(index: position, size: checkpoint.size)
            }
            var tree = TiledTree(size: checkpoint.size, reader: StoreTiles(reader: reader))
            let proof = try tree.inclusionProof(index: position)
            return try ProofBundle(
                leaf: entry.leaf, proof: proof, checkpoint: try SignedNote(checkpoint.note), openings: openings)
        }
    }

    /// The proof of the last action on a record.
    public func prove(kind: String, record: Int64) throws -> ProofBundle {
        guard let position = try office.store.read({ try $0.lastEntry(kind: kind, record: record) }) else {
            throw Refusal(
                RefusalReason(
                    .recordNotFound, "该记录由导入产生，尚无单独的日志条目；请证明其导入。",
                    "The record came with an import and has no entry of its own yet; prove the import instead."))
        }
        return try prove(position: position)
    }
}

/// Reads tiles out of the store.
struct StoreTiles: TileReader {
    let reader: any StoreReading

    func bytes(of tile: Tile) throws -> [UInt8] {
        try reader.tile(level: tile.level, index: tile.index) ?? []
    }
}
