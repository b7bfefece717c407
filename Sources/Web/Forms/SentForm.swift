import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Rulebooks

/// A form as it was sent: its fields, and its files by the digests under which the archive keeps them.
struct SentForm: Sendable {
    var fields: FormFields
    /// By the name of the field: digest and name of each file.
    var files: [String: [(digest: String, name: String)]] = [:]
}

extension Site {
    /// A form with files, which are kept in the archive; what is no picture and no PDF is not taken.
    ///
    /// - Parameters:
    ///   - limit: the most bytes taken; nil for as many as any form may have.
    ///   - check: is shown the fields and how many files came, before any of them is kept.
    /// - Throws: `PageProblem`.
    func sentForm(
        _ request: Request, _ context: SiteContext, upTo limit: Int? = nil,
        checking check: (FormFields, Int) throws -> Void = { _, _ in }
    ) async throws -> SentForm {
        guard let type = request.headers[.contentType], let boundary = MultipartBody.boundary(of: type) else {
            let fields = try own(try await form(request, context), context)
            try check(fields, 0)
            return SentForm(fields: fields)
        }
        try checkSender(request, context)
        try await waitForDoor()
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: limit ?? context.maxUploadSize)
        } catch {
            throw PageProblem.tooLarge
        }
        guard let parts = MultipartBody.parts(of: Array(buffer.readableBytesView), boundary: boundary) else {
            throw PageProblem.malformed
        }
        var sent = SentForm(fields: FormFields())
        for part in parts where part.fileName == nil {
            guard let text = String(validating: part.bytes, as: UTF8.self), !text.utf8.contains(0) else {
                throw PageProblem.malformed
            }
            sent.fields.append(part.name, text)
        }
        try checkToken(sent.fields, context)
        try check(sent.fields, parts.count { $0.fileName != nil && !$0.bytes.isEmpty })
        sent.fields = try own(sent.fields, context)
        let uploads = Uploads(office, archive: archive)
        for part in parts where !part.bytes.isEmpty {
            guard let name = part.fileName else { continue }
            guard Self.mediaType(of: part.bytes) != nil else { throw PageProblem.fileNotTaken }
            let digest = try uploads.keep(Array(part.bytes), from: context.visitor.actor?.login ?? "")
            sent.files[part.name, default: []].append((digest, name))
        }
        return sent
    }

    /// The fields without files that somebody else sent: nobody takes over another's evidence by its digest.
    func own(_ fields: FormFields, _ context: SiteContext) throws -> FormFields {
        guard fields.pairs.contains(where: { $0.name.hasSuffix(".kept") }) else { return fields }
        let uploads = Uploads(office, archive: archive)
        let login = context.visitor.actor?.login ?? ""
        var own = FormFields()
        for (name, value) in fields.pairs {
            if try !name.hasSuffix(".kept") || uploads.isOwn(value, of: login) { own.append(name, value) }
        }
        return own
    }

    /// The media type of a picture or PDF, by its first bytes and not by what it calls itself; nil for anything else.
    static func mediaType(of bytes: ArraySlice<UInt8>) -> String? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: "%PDF-".utf8) { return "application/pdf" }
        let isWebP = bytes.starts(with: "RIFF".utf8) && bytes.dropFirst(8).starts(with: "WEBP".utf8)
        return isWebP ? "image/webp" : nil
    }
}
