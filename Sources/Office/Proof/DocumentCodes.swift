import Ledger
import Storage

/// Signs the codes that papers carry.
public struct DocumentCodes: Sendable {
    let office: Office
    let key: SigningKey

    public init(_ office: Office, key: SigningKey) {
        (self.office, self.key) = (office, key)
    }

    /// The code of a document, with the first checkpoint that covers its issue, so that it stays the same for ever.
    /// Where there is none yet, one is signed.
    ///
    /// - Returns: nil when the ledger has no entry that issued this document with this text.
    public func code(of document: StoredDocument) throws -> DocumentCode? {
        let found = try office.store.read { reader -> (entry: StoredEntry, covering: [StoredCheckpoint])? in
            guard let entry = try DocumentProof(office).entry(of: document, reader: reader) else {
                return nil
            }
            let covering = try reader.checkpoints().filter { $0.size > entry.position }
            return (entry, covering)
        }
        guard let (entry, covering) = found else { return nil }
        // A checkpoint of a former key is of no use to whoever has the present one.
        for checkpoint in covering {
            if let code = try? code(of: document, entry, checkpoint) { return code }
        }
        return try code(of: document, entry, try LedgerService(office, key: key).checkpoint())
    }

    private func code(
        of document: StoredDocument, _ entry: StoredEntry, _ checkpoint: StoredCheckpoint
    ) throws -> DocumentCode {
        let proof = try office.store.read { reader in
            var tree = TiledTree(size: checkpoint.size, reader: StoreTiles(reader: reader))
            return try tree.inclusionProof(index: entry.position)
        }
        return try DocumentCode(
            number: document.number, digest: DocumentProof.digest(of: document),
            leafHash: MerkleTree.leafHash(entry.leaf), proof: proof,
            checkpoint: try SignedNote(checkpoint.note),
            key: key)
    }
}
