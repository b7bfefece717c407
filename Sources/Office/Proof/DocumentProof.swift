import Ledger
import Storage

/// Says whether the text of a document is the one that the ledger holds the digest of.
public struct DocumentProof: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// Whether the entry of the action that issued a document names the document with the digest of both its texts.
    public func holds(_ document: StoredDocument, reader: any StoreReading) throws -> Bool {
        let expected = EntryLeaf.document(document)
        for entry in try reader.entries(kind: document.kind, record: document.record)
        where entry.version == document.version {
            guard let leaf = try? CanonicalJSON(canonical: entry.leaf),
                case .array(let documents)? = leaf["documents"]
            else { continue }
            if documents.contains(expected) { return true }
        }
        return false
    }
}
