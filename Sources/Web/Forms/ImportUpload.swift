import Hummingbird
import NIOCore
import Office

/// A form with a table to be imported, put aside while it came in.
struct ImportUpload: Sendable {
    var fields = FormFields()
    var upload = ""
    var fileName = ""
    var digest = ""
    var bytes: Int64 = 0
}

extension Site {
    /// Receives a form with one file, which goes to a file of its own and never lies in memory as a whole.
    ///
    /// The form's own fields come before the file, so that nothing is kept for whoever does not carry the token.
    /// - Throws: `PageProblem`; then nothing is kept.
    func importUpload(
        _ request: Hummingbird.Request, _ context: SiteContext
    ) async throws -> ImportUpload {
        guard let type = request.headers[.contentType], let boundary = MultipartBody.boundary(of: type) else {
            throw PageProblem.unsupportedForm
        }
        try checkSender(request, context)
        try await waitForDoor()
        if let length = request.headers[.contentLength].flatMap({ Int64($0) }),
            length > settings.largestImport + Self.largestFields
        {
            throw PageProblem.tooLarge
        }
        let receiver = ImportReceiver(self, context, boundary: boundary)
        do {
            for try await buffer in request.body { try receiver.take(buffer) }
            return try receiver.finish()
        } catch {
            receiver.abandon()
            if error is PageProblem || error is WorkspaceProblem { throw error }
            // The visitor went away, or sent what is no body.
            throw PageProblem.malformed
        }
    }

    /// The most bytes of a form's fields.
    fileprivate static let largestFields: Int64 = 1 << 16
}

/// Deals with the pieces of a form with a file as they come in. Belongs to the task of one request.
private final class ImportReceiver {
    private let site: Site
    private let context: SiteContext
    private let desk: ImportDesk
    private var stream: MultipartStream
    private var sent = ImportUpload()
    private var field: (name: String, bytes: [UInt8])?
    private var sink: UploadSink?
    private var isInFile = false
    private var fieldBytes: Int64 = 0

    init(_ site: Site, _ context: SiteContext, boundary: String) {
        (self.site, self.context) = (site, context)
        desk = ImportDesk(site.office, workspace: site.workspace)
        stream = MultipartStream(boundary: boundary)
    }

    func take(_ buffer: ByteBuffer) throws {
        for event in try stream.take(buffer.readableBytesView) {
            switch event {
            case .part(let name, let fileName): try begin(name, fileName)
            case .data(let bytes): try add(bytes)
            case .end: try end()
            }
        }
    }

    private func begin(_ name: String, _ fileName: String?) throws {
        guard let fileName, name == "file" else {
            field = (name, [])
            isInFile = false
            return
        }
        // Two files at once would leave one of them behind.
        guard sink == nil else { throw PageProblem.malformed }
        try site.checkToken(sent.fields, context)
        sent.upload = try desk.newUpload()
        sink = try UploadSink(desk, upload: sent.upload)
        sent.fileName = String((fileName.split { $0 == "/" || $0 == "\\" }.last ?? "").prefix(200))
        isInFile = true
    }

    private func add(_ bytes: ArraySlice<UInt8>) throws {
        if isInFile, let sink {
            guard sink.bytes + Int64(bytes.count) <= site.settings.largestImport else {
                throw PageProblem.tooLarge
            }
            return try sink.write(bytes)
        }
        fieldBytes += Int64(bytes.count)
        guard fieldBytes <= Site.largestFields else { throw PageProblem.tooLarge }
        field?.bytes += bytes
    }

    private func end() throws {
        defer {
            field = nil
            isInFile = false
        }
        guard !isInFile, let field else { return }
        guard let text = String(validating: field.bytes, as: UTF8.self), !field.bytes.contains(0) else {
            throw PageProblem.malformed
        }
        sent.fields.append(field.name, text)
    }

    func finish() throws -> ImportUpload {
        guard stream.isDone else { throw PageProblem.malformed }
        try site.checkToken(sent.fields, context)
        guard let sink, sink.bytes > 0, !sent.fileName.isEmpty else { throw PageProblem.tableNotTaken }
        sent.digest = sink.finish()
        sent.bytes = sink.bytes
        return sent
    }

    func abandon() {
        if !sent.upload.isEmpty { desk.remove(sent.upload) }
    }
}
