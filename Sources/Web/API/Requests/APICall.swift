import Crypto
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Office
import Records
import Rulebooks
import Storage

/// One request of a program: what it asks, who it is, and how it is answered.
struct APICall: Sendable {
    let site: Site
    let request: Request
    let context: SiteContext

    var office: Office { site.office }
    var rulebook: Rulebook { site.office.rulebook }
    var language: Language { context.language }

    /// The longest body of JSON taken, in bytes.
    static let longestBody = 1 << 20

    // MARK: Who

    /// The caller, whose token must be for this.
    func caller(_ scope: TokenScope? = nil) throws -> TokenCaller {
        guard let caller = context.caller else { throw APIProblem.tokenNeeded }
        if let scope, !caller.scopes.contains(scope) { throw APIProblem.scopeMissing(scope.rawValue) }
        return caller
    }

    /// What the caller may see.
    func sight() throws -> Sight { Sight(of: try caller().actor, in: rulebook) }

    /// A kind that the caller may see records of and whose token is for it.
    func kind(_ id: String, _ sight: Sight) throws -> Kind {
        guard let kind = rulebook.kind(id), sight.sees(kind) else {
            throw Refusal(
                RefusalReason(
                    .unknownKind, "没有“\(id.prefix(80))”这一类别，或您无权查看。",
                    "There is no kind `\(id.prefix(80))`, or none that you may see."))
        }
        try checkKind(kind.id)
        return kind
    }

    func checkKind(_ id: String) throws {
        guard try caller().mayUse(id) else { throw APIProblem.kindNotAllowed(id) }
    }

    // MARK: What is asked

    /// A part of the path, unescaped.
    func part(_ name: String) throws -> String {
        guard let text = try context.parameters.require(name).removingPercentEncoding, !text.contains("\0"),
            text.utf8.count <= 500
        else { throw APIProblem.notFound }
        return text
    }

    /// The record that the path names.
    func record(_ sight: Sight) throws -> FoundRecord {
        let kind = try kind(part("kind"), sight)
        let number = try part("number")
        return try office.store.read { reader in
            guard let record = try reader.record(kind, number: number), sight.sees(record, of: kind) else {
                throw Refusal(
                    RefusalReason(
                        .recordNotFound, "没有编号为“\(number)”的\(kind.name.zh)，或您无权查看。",
                        "There is no \(kind.name.en) with the number `\(number)`, or none that you may see."))
            }
            return FoundRecord(kind: kind, record: record)
        }
    }

    /// The parameters of the query; one that means nothing here is refused rather than passed over.
    func query(_ known: [String], many: Set<String> = []) throws -> FormFields {
        guard let fields = FormFields(urlEncoded: request.uri.query ?? "") else {
            throw APIProblem.malformed(
                "", Bilingual(zh: "地址中的参数无法读取。", en: "The parameters of the address cannot be read."))
        }
        var seen: Set<String> = []
        for (name, _) in fields.pairs {
            guard known.contains(name) else { throw APIProblem.unknown(name) }
            guard seen.insert(name).inserted || many.contains(name) else {
                throw APIProblem.invalid(name, "只能给出一次", "may stand once only")
            }
        }
        return fields
    }

    /// A whole number of the query within a range.
    static func number(
        _ fields: FormFields, _ name: String, _ range: ClosedRange<Int>, usually: Int
    ) throws -> Int {
        guard let text = fields[name] else { return usually }
        guard text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else {
            throw APIProblem.invalid(
                name, "须为 \(range.lowerBound) 至 \(range.upperBound) 的整数",
                "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// `true` or `false` of the query.
    static func flag(_ fields: FormFields, _ name: String) throws -> Bool {
        switch fields[name] {
        case nil, "false": return false
        case "true": return true
        default: throw APIProblem.invalid(name, "须为 true 或 false", "must be true or false")
        }
    }

    /// The bytes of the body.
    func body(upTo limit: Int) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: limit).readableBytesView)
        } catch {
            throw APIProblem.tooLarge(limit)
        }
    }

    /// The media type that the body claims to be.
    var contentType: String {
        (request.headers[.contentType] ?? "").split(separator: ";").first
            .map { $0.filter { !$0.isWhitespace }.lowercased() } ?? ""
    }

    /// The members of a body of JSON; one that means nothing here is refused.
    func object(_ bytes: [UInt8], _ known: [String]) throws -> JSONValue {
        guard contentType == "application/json" else { throw APIProblem.unsupportedType("application/json") }
        guard let json = JSONReader.value(of: bytes), case .object(let members) = json else {
            throw APIProblem.malformed(
                "", Bilingual(zh: "请求内容须为一个 JSON 对象。", en: "The body must be an object of JSON."))
        }
        for member in members where !known.contains(member.name) { throw APIProblem.unknown(member.name) }
        return json
    }

    /// Whether a media type is wanted rather than another that is given otherwise.
    func prefers(_ type: String, over other: String) throws -> Bool {
        guard let accept = request.headers[.accept], !accept.allSatisfy(\.isWhitespace) else { return false }
        let wanted = accept.split(separator: ",").compactMap {
            $0.split(separator: ";").first.map { $0.filter { !$0.isWhitespace }.lowercased() }
        }
        let family = type.prefix { $0 != "/" } + "/*"
        let otherFamily = other.prefix { $0 != "/" } + "/*"
        for entry in wanted {
            if entry == other || entry == otherFamily || entry == "*/*" { return false }
            if entry == type || entry == family { return true }
        }
        throw APIProblem.notAcceptable
    }

    // MARK: RequestKeys

    /// By what the request is known again, when it carries a key.
    func requestKey(_ body: [UInt8]) throws -> RequestKey? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.headers[name] else {
            return nil
        }
        guard (1...RequestKey.longestKey).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw APIProblem.invalid(
                "Idempotency-Key", "须为 1 至 \(RequestKey.longestKey) 个可见的 ASCII 字符",
                "must have 1 to \(RequestKey.longestKey) visible ASCII characters")
        }
        return RequestKey(
            subject: try caller().subject, key: key,
            parts: [
                Array(request.method.rawValue.utf8), Array(request.uri.path.utf8), Array(contentType.utf8),
                Array((request.headers[.ifMatch] ?? "").utf8), body,
            ])
    }

    // MARK: Answers

    static let json = "application/json"

    func answer(
        _ json: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        answer(bytes: json.encoded, type: Self.json, status: status, headers: headers)
    }

    func answer(
        bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = type
        if type == Self.json || type.hasPrefix("text/") {
            headers[.contentLanguage] = language == .zh ? "zh-CN" : "en"
        }
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// An answer with a tag; 304 without a body when the caller has it already.
    func answer(_ json: JSONValue, tag: (String) -> String) throws -> Response {
        let bytes = json.encoded
        let tag = "\"" + tag(Hexadecimal.encode(Array(SHA256.hash(data: bytes)).prefix(8))) + "\""
        if try isKnown(tag) { return Response(status: .notModified, headers: [.eTag: tag]) }
        return answer(bytes: bytes, type: Self.json, headers: [.eTag: tag])
    }

    /// Whether `If-None-Match` names a tag.
    func isKnown(_ tag: String) throws -> Bool {
        guard let header = request.headers[.ifNoneMatch] else { return false }
        guard let tags = EntityTags(header) else { throw Self.noTag("If-None-Match") }
        return tags.matches(tag)
    }

    static func noTag(_ header: String) -> APIProblem {
        .invalid(header, "须为加引号的 ETag", "must be an ETag in its quotation marks")
    }
}

/// The tags in `If-Match` or `If-None-Match` (RFC 9110).
struct EntityTags {
    let isAny: Bool
    let tags: [String]

    /// - Returns: nil unless the header is `*` or a list of tags in quotation marks.
    init?(_ header: String) {
        let parts = header.split(separator: ",", omittingEmptySubsequences: false).map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        isAny = parts == ["*"]
        tags = parts
        guard header.utf8.count <= 4_000, isAny || parts.allSatisfy(Self.isTag) else { return nil }
    }

    private static func isTag(_ text: String) -> Bool {
        let bare = text.hasPrefix("W/") ? text.dropFirst(2) : text[...]
        return bare.utf8.count >= 2 && bare.hasPrefix("\"") && bare.hasSuffix("\"")
            && bare.utf8.dropFirst().dropLast().allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }
    }

    /// By weak comparison.
    func matches(_ tag: String) -> Bool {
        isAny || tags.contains { ($0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0) == tag }
    }

    /// The versions of a record that strong tags name: `"3"`, or `"3-…"` as the record's answer gives it.
    var versions: [Int64] {
        tags.compactMap { $0.hasPrefix("\"") ? Int64($0.dropFirst().dropLast().prefix { $0 != "-" }) : nil }
    }
}
