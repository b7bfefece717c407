import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// What scripts ask while somebody types: records to refer to, and regions. They tell no more than the pages do.
extension Site {
    func addLookups(to pages: RouterGroup<SiteContext>) {
        pages.get("/lookup/records/:kind") { [self] request, context in
            let sight = try signedIn(context)
            let kind = try self.kind(context.parameters.require("kind"), sight)
            let query = String((try request.query()["q"] ?? "").prefix(100))
            let reading = RecordReading(office, language: context.language, sight: sight)
            let records = try RecordSearch(office, sight).records(matching: query, of: kind, limit: 8)
            return try Self.json(
                LookedUp(
                    matches: records.map {
                        .init(
                            value: $0.number, label: reading.title(of: $0, kind: kind), detail: $0.number)
                    }))
        }
        pages.get("/lookup/regions") { [self] request, context in
            _ = try signedIn(context)
            let query = try request.query()
            return try Self.json(
                regions(
                    named: String((query["q"] ?? "").prefix(40)), under: query["under"],
                    within: query["within"] ?? "", context.language))
        }
    }

    /// Scripts are told by the status that nobody is signed in, and not led to another page.
    private func signedIn(_ context: SiteContext) throws(PageProblem) -> Sight {
        guard context.visitor.isSignedIn, let sight = context.visitor.sight else { throw .forbidden }
        return sight
    }

    struct LookedUp: Encodable {
        struct Match: Encodable {
            var value: String
            var label: String
            var detail: String
        }
        var matches: [Match]
    }

    static func json(_ content: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let bytes = [UInt8](try encoder.encode(content))
        return Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// So many regions are told at once.
    private static let mostRegions = 12

    /// Regions right below one, or whose name contains a text, the coarser first.
    private func regions(
        named text: String, under: String?, within base: String, _ language: Language
    ) -> LookedUp {
        let table = rulebook.regions
        func match(_ code: String) -> LookedUp.Match {
            .init(
                value: code, label: table.name(code)?.text(language) ?? code,
                detail: table.fullName(code)?.text(language) ?? code)
        }
        if let under, table.region(under) != nil {
            return LookedUp(matches: table.children(under).map(match))
        }
        guard !text.isEmpty else { return LookedUp(matches: []) }
        let codes = table.codes(containing: text, within: base, limit: Self.mostRegions)
        return LookedUp(matches: codes.map(match))
    }
}
