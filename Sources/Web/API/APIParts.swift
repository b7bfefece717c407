import HTTPTypes
import Hummingbird
import Office
import Rulebooks

/// What the API keeps beside the site: its limits, and its description.
final class APIParts: Sendable {
    /// Requests of one token.
    let tokenLimiter: RateLimiter
    /// Requests of one address, whatever its tokens.
    let addressLimiter: RateLimiter
    /// The description in each language, by which programs and people find their way.
    let descriptions: [Language: [UInt8]]

    init(_ office: Office, _ settings: Site.Settings) {
        tokenLimiter = RateLimiter(settings.requestsPerMinute, inSeconds: 60)
        addressLimiter = RateLimiter(settings.requestsPerMinute * 2, inSeconds: 60)
        descriptions = Dictionary(
            uniqueKeysWithValues: Language.allCases.map {
                ($0, OpenAPIDocument(office.rulebook, $0).json.encoded)
            })
    }
}

/// Addresses of the API.
enum APIAddress {
    static let base = "/api/v1"

    /// Whether a request is for the API, whatever is wrong with it.
    static func isOfAPI(_ request: Request) -> Bool {
        let path = request.uri.path
        return path == "/api" || path.hasPrefix("/api/")
    }

    static func problem(_ code: String) -> String { base + "/problems/" + code }

    static func records(_ kind: String) -> String { "\(base)/records/\(kind)" }

    static func record(_ kind: String, _ number: String) -> String {
        "\(records(kind))/\(FormFields.encoded(number))"
    }

    static func document(_ number: String) -> String { "\(base)/documents/\(FormFields.encoded(number))" }
}

/// The language a program wants to be answered in, by `Accept-Language` (RFC 9110) and nothing else.
enum AcceptedLanguage {
    static func of(_ request: Request) -> Language {
        var best: (language: Language, quality: Double)?
        for part in (request.headers[.acceptLanguage] ?? "").prefix(500).split(separator: ",").prefix(20) {
            let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let tag = pieces.first else { continue }
            let language: Language
            switch tag.prefix(2) {
            case "en": language = .en
            case "zh": language = .zh
            default: continue
            }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            let quality = min(max(weight ?? 1, 0), 1)
            if quality > (best?.quality ?? 0) { best = (language, quality) }
        }
        return best?.language ?? .zh
    }
}
