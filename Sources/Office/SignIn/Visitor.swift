import Foundation

/// Where an attempt comes from, cut to what is kept of it.
struct Visitor {
    let login: String
    let code: String?
    let address: String
    let userAgent: String

    init(_ attempt: SignIn.Attempt) {
        login = Self.cleaned(attempt.login, longest: 64)
        let code = attempt.code.map { Self.cleaned($0, longest: 40) } ?? ""
        self.code = code.isEmpty ? nil : code
        address = Self.cleaned(attempt.address, longest: 64)
        userAgent = Self.cleaned(attempt.userAgent, longest: 200)
    }

    /// The guard of the account, whether there is one of that login or not.
    var loginSubject: String { "login:" + login }

    /// The guard of the address; nil for an attempt that came from none.
    var addressSubject: String? { address.isEmpty ? nil : "address:" + Self.network(of: address) }

    var subjects: [Subject] {
        [Subject(name: loginSubject, isAddress: false)]
            + (addressSubject.map { [Subject(name: $0, isAddress: true)] } ?? [])
    }

    /// What failures are counted for.
    struct Subject {
        let name: String
        let isAddress: Bool
    }

    /// A text on one line without spaces around it, of at most so many code points.
    static func cleaned(_ text: String, longest: Int) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(4 * longest) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: continue
            default: if scalars.count < longest { scalars.append(scalar) }
            }
        }
        var cleaned = Substring(String(scalars))
        while cleaned.first?.isWhitespace == true { cleaned.removeFirst() }
        while cleaned.last?.isWhitespace == true { cleaned.removeLast() }
        return String(cleaned)
    }

    /// The part of an address that one subscriber has to itself: of IPv6 the first 64 bits, else all of it.
    static func network(of address: String) -> String {
        let plain = address.lowercased()
        guard plain.contains(":"), !plain.contains(".") else {
            // An IPv4 address may be written as ::ffff:192.0.2.1.
            return plain.split(separator: ":").last.map(String.init) ?? plain
        }
        guard let gap = plain.range(of: "::") else { return network(plain.split(separator: ":"), []) }
        return network(
            plain[..<gap.lowerBound].split(separator: ":"), plain[gap.upperBound...].split(separator: ":"))
    }

    private static func network(_ head: [Substring], _ tail: [Substring]) -> String {
        let zeros = [Substring](repeating: "0", count: max(0, 8 - head.count - tail.count))
        let groups = (head + (tail.isEmpty && head.count >= 8 ? [] : zeros) + tail).prefix(4).map { group in
            let digits = group.prefix { $0 != "%" }.drop { $0 == "0" }
            return digits.isEmpty ? "0" : String(digits)
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
