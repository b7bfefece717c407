import Ledger
import Records
import Storage

/// What an entry says of a document it issued, in one spelling for leaf and store.
enum IssuedDocument {
    /// As the leaf has it.
    static func image(_ document: CanonicalJSON, in leaf: CanonicalJSON) -> CanonicalJSON {
        .object(
            .init([
                "document": document["document"] ?? .null, "digest": document["digest"] ?? .null,
                "kind": leaf["kind"] ?? .null, "record": leaf["record"] ?? .null,
                "version": leaf["version"] ?? .null, "at": leaf["at"] ?? .null,
            ]))
    }

    /// As it is on file.
    static func image(_ document: StoredDocument) -> CanonicalJSON {
        let texts = Array((document.text + "\u{0}" + document.textEnglish).utf8)
        return .object(
            .init([
                "document": .string(document.document), "digest": .string(Digest.hexadecimal(of: texts)),
                "kind": .string(document.kind), "record": .integer(document.record),
                "version": .integer(document.version), "at": .string(document.issuedAt.description),
            ]))
    }
}

extension Auditor {
    func checkDocuments(
        of record: Record, _ reader: any StoreReading, _ report: inout Report, _ index: EntryIndex,
        _ recount: inout Recount
    ) throws {
        for document in try reader.documents(kind: record.kind, record: record.id) {
            report.documents += 1
            recount.documents.insert(document.number)
            if let pattern = office.rulebook.documents[document.document]?.numbering {
                recount.note(document.number, pattern, owner: "document/" + document.document)
            }
            if index.documents[document.number] != IssuedDocument.image(document) {
                report.add(
                    "document \(document.number)", "文书与日志不符", "the document differs from what was issued")
            }
        }
    }

    /// Names the documents that were issued and are not on file under their record.
    func checkMissingDocuments(_ report: inout Report, _ index: EntryIndex, _ recount: Recount) {
        for number in index.documents.keys.sorted() where !recount.documents.contains(number) {
            guard let kind = index.documents[number]?["kind"]?.text, office.rulebook.kind(kind) != nil else {
                continue
            }
            report.add(
                "document \(number)", "日志中有这份文书，表中没有", "the ledger has this document, the store does not")
        }
    }
}
