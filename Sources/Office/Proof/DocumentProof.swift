import Ledger
import Storage

/// Says whether the text of a document is the one that the ledger holds the digest of.
public struct DocumentProof: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// Whether the entry of the action that issued a document names the document with the digest of both its texts.
    public func holds(_ document: StoredDocument, reader: any StoreReading) throws -> Bool {
        try entry(of: document, reader: reader) != nil
    }

    /// The entry that issued a document with these texts; nil when there is none.
    func entry(of document: StoredDocument, reader: any StoreReading) throws -> StoredEntry? {
        let expected = EntryLeaf.document(document)
        return try reader.entries(kind: document.kind, record: document.record).first { entry in
            guard entry.version == document.version, let leaf = try? CanonicalJSON(canonical: entry.leaf),
                case .array(let documents)? = leaf["documents"]
            else { return false }
            return documents.contains(expected)
        }
    }

    /// The digest of a document as its entry has it: of its Chinese text, a zero byte, and its English text.
    public static func digest(of document: StoredDocument) throws -> Hash {
        try Hash(
            hexadecimal: Digest.hexadecimal(of: Array((document.text + "\u{0}" + document.textEnglish).utf8)))
    }
}
