import Crypto
import Expressions
import Foundation

/// One-time codes by the clock: TOTP (RFC 6238) with HMAC-SHA-1, steps of thirty seconds and six digits, which
/// is what every authenticator takes.
public struct OneTimeCode: Sendable {
    /// How long a code is good, in seconds.
    public static let stepSeconds: Int64 = 30
    /// The number of digits.
    public static let digits = 6
    /// The bytes of a new secret, as many as the hash has (RFC 4226, section 4).
    static let secretBytes = 20

    private let key: SymmetricKey

    init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// The time step that a moment falls into; never below zero.
    static func step(at moment: Timestamp) -> Int64 { max(0, moment.seconds / stepSeconds) }

    /// The code that a secret gives at a moment, as an authenticator shows it.
    public static func present(secret: [UInt8], at moment: Timestamp) -> String {
        OneTimeCode(secret: secret).code(step: step(at: moment))
    }

    /// The code of a time step.
    func code(step: Int64, digits: Int = Self.digits) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> Int64($0 * 8)) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
        let offset = Int((mac.last ?? 0) & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & 0x7FFF_FFFF
        let modulus = (0..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// The time step whose code was given: the present one, the one before or the one after.
    ///
    /// - Parameter last: the step of the last code taken; it and those before it are not taken again.
    /// - Returns: nil when the code is none of them. All three are compared, whatever the first gives.
    func step(of given: String, at moment: Timestamp, after last: Int64?) -> Int64? {
        let digits = given.precomposedStringWithCompatibilityMapping.filter { !$0.isWhitespace }
        let now = Self.step(at: moment)
        var found: Int64?
        for step in max(0, now - 1)...(now + 1) {
            let isEqual = Secrets.areEqual(Array(code(step: step).utf8), Array(digits.utf8))
            if isEqual, step > last ?? -1 { found = step }
        }
        return found
    }
}

/// What somebody enters into an authenticator.
public struct CodeEnrolment: Hashable, Sendable {
    /// The secret in base32, in groups of four to be typed.
    public let secret: String
    /// `otpauth://totp/…`, to be shown as a two-dimensional code.
    public let address: String

    init(secret: [UInt8], login: String, issuer: String) {
        let text = Secrets.base32(secret)
        var groups: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        self.secret = groups.joined(separator: " ")
        let allowed = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        func escaped(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        }
        address =
            "otpauth://totp/\(escaped(issuer)):\(escaped(login))?secret=\(text)&issuer=\(escaped(issuer))"
    }
}
