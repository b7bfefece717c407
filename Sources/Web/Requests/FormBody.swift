import Hummingbird
import Rulebooks

/// The fields of a form or of a query, in the order sent; a name may stand several times.
struct FormFields: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    /// The most fields taken, far more than any page sends.
    static let limit = 2_000

    init() {}

    /// Reads `application/x-www-form-urlencoded`; nil when it is not UTF-8, badly escaped or has too many fields.
    init?(urlEncoded text: some StringProtocol) {
        for part in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.limit else { return nil }
            let halves = part.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = halves.first, let name = Self.decoded(first) else { return nil }
            guard let value = halves.count > 1 ? Self.decoded(halves[1]) : "" else { return nil }
            pairs.append((name, value))
        }
    }

    mutating func append(_ name: String, _ value: String) { pairs.append((name, value)) }

    /// The first value of a name.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value of a name, in order.
    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The fields again, with one changed, or left out when the value is nil; for links that keep the rest.
    func replacing(_ name: String, with value: String?) -> FormFields {
        var copy = self
        copy.pairs.removeAll { $0.name == name }
        if let value { copy.pairs.append((name, value)) }
        return copy
    }

    /// The fields as a query, without a question mark.
    var encoded: String {
        pairs.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    }

    /// A text with everything escaped but letters, digits and `-._~`.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }

    /// The bytes with `+` as a space and `%XX` unescaped; nil unless they are UTF-8 without a NUL.
    private static func decoded(_ bytes: some Sequence<UInt8>) -> String? {
        var result: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit)
                else {
                    return nil
                }
                result.append(high << 4 | low)
            default: result.append(byte)
            }
        }
        guard !result.contains(0) else { return nil }
        return String(validating: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Request {
    /// The fields of the query.
    ///
    /// - Throws: `PageProblem.malformed`.
    func query() throws(PageProblem) -> FormFields {
        guard let fields = FormFields(urlEncoded: uri.query ?? "") else { throw .malformed }
        return fields
    }

    /// The fields of a form that was sent, read to its end.
    ///
    /// - Throws: `PageProblem.malformed`, `.unsupportedForm`, `.tooLarge`.
    func form(upTo limit: Int = 1 << 20) async throws -> FormFields {
        let type = headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
        guard type == "application/x-www-form-urlencoded" else { throw PageProblem.unsupportedForm }
        let buffer: ByteBuffer
        do {
            buffer = try await body.collect(upTo: limit)
        } catch {
            throw PageProblem.tooLarge
        }
        guard let text = String(validating: Array(buffer.readableBytesView), as: UTF8.self),
            let fields = FormFields(urlEncoded: text)
        else { throw PageProblem.malformed }
        return fields
    }
}
