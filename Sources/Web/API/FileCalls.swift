import Expressions
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

extension APICall {
    /// Who the token stands for.
    func me() throws -> Response {
        let caller = try caller()
        _ = try query([])
        let actor = caller.actor
        return answer(
            .object([
                ("login", .string(actor.login)), ("name", .string(actor.name)), ("role", .string(actor.role)),
                ("region", .string(actor.region)), ("party", .optional(actor.party)),
                ("permissions", .strings(actor.permissions.map(\.rawValue).sorted())),
                ("scopes", .strings(caller.scopes.map(\.rawValue).sorted())),
                ("kinds", caller.kinds.map { .strings($0.sorted()) } ?? .null),
                ("expires_at", .string(caller.expiresAt.description)),
            ]))
    }

    // MARK: Files

    /// Keeps a picture or PDF under the digest of its content, by which a record's field then names it.
    ///
    /// Kept twice it is kept once, so a key changes nothing.
    func keepFile() async throws -> Response {
        _ = try query([])
        let bytes = try await body(upTo: context.maxUploadSize)
        guard let type = Site.mediaType(of: bytes[...]) else {
            throw APIProblem.unsupportedType("image/jpeg, image/png, image/webp, application/pdf")
        }
        let digest = try site.archive.keep(bytes)
        return answer(
            .object([
                ("digest", .string(digest)), ("size", .integer(bytes.count)), ("media_type", .string(type)),
            ]), status: .created)
    }

    /// A file that a record holds, for whoever may see the field that names it.
    func file() throws -> Response {
        let sight = try sight()
        _ = try query([])
        let found = try record(sight)
        let digest = try part("digest")
        guard isHeld(digest, by: found, sight), let bytes = site.archive.bytes(digest) else {
            throw APIProblem.notFound
        }
        let type = Site.mediaType(of: bytes[...])
        var headers: HTTPFields = [.eTag: "\"\(digest)\""]
        headers[.contentDisposition] = type == nil ? "attachment" : "inline"
        if try isKnown("\"\(digest)\"") { return Response(status: .notModified, headers: headers) }
        return answer(bytes: bytes, type: type ?? "application/octet-stream", headers: headers)
    }

    private func isHeld(_ digest: String, by found: FoundRecord, _ sight: Sight) -> Bool {
        found.kind.fields.contains { field in
            guard case .clear(.list(let items)) = sight.value(field, of: found.record, kind: found.kind)
            else {
                return false
            }
            switch field.type {
            case .files: return items.contains(.string(digest))
            case .table(let columns, _):
                let names = columns.filter { if case .files = $0.type { true } else { false } }.map(\.id)
                return items.contains { row in
                    guard case .map(let map) = row else { return false }
                    return names.contains { name in
                        guard case .list(let files)? = map[.string(name)] else { return false }
                        return files.contains(.string(digest))
                    }
                }
            default: return false
            }
        }
    }

    // MARK: Documents

    func document() throws -> Response {
        let sight = try sight()
        _ = try query([])
        let number = try part("number")
        let found = try office.store.read { reader -> (StoredDocument, FoundRecord, Bool)? in
            guard let document = try reader.document(number: number),
                let kind = rulebook.kind(document.kind),
                let record = try reader.record(kind, id: document.record),
                sight.seesHistory(of: record, kind: kind)
            else { return nil }
            return (
                document, FoundRecord(kind: kind, record: record),
                try DocumentProof(office).holds(document, reader: reader)
            )
        }
        guard let (document, about, isProven) = found else { throw APIProblem.notFound }
        try checkKind(document.kind)
        let text = language == .zh ? document.text : document.textEnglish
        if try prefers("text/plain", over: Self.json) {
            return answer(bytes: Array(text.utf8), type: "text/plain; charset=utf-8")
        }
        let documents = RecordDocument(office, language, sight)
        return answer(
            documents.document(document)
                .setting("record", documents.mention(about)).setting("version", .integer(document.version))
                .setting("text", .string(document.text)).setting(
                    "text_english", .string(document.textEnglish)
                )
                .setting("proven", .bool(isProven)))
    }

    // MARK: The ledger

    /// The ledger as it stands, signed.
    func checkpoint() throws -> Response {
        _ = try query([])
        let checkpoint =
            try site.ledgerKey.map { try LedgerService(office, key: $0).checkpoint() }
            ?? office.store.read { try $0.checkpoints().last }
        guard let checkpoint else { throw APIProblem.notFound }
        if try prefers("text/plain", over: Self.json) {
            return answer(bytes: Array(checkpoint.note.utf8), type: "text/plain; charset=utf-8")
        }
        return answer(
            .object([
                ("size", .integer(checkpoint.size)), ("note", .string(checkpoint.note)),
                ("signed_at", .string(checkpoint.signedAt.description)),
            ]))
    }

    /// A proof of the last action on a record, checkable without a database.
    func proof() throws -> Response {
        let sight = try sight()
        _ = try query([])
        let found = try record(sight)
        guard let key = site.ledgerKey, sight.seesHistory(of: found.record, kind: found.kind) else {
            throw APIProblem.notFound
        }
        let bundle = try LedgerService(office, key: key).prove(kind: found.kind.id, record: found.record.id)
        return answer(bytes: Array(bundle.encoded.utf8), type: "text/plain; charset=utf-8")
    }
}
