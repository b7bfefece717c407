import Crypto
import Ledger

/// Marks a form with the moment it was given out, so that one which comes back at once, or never was given out, is
/// known for a machine's.
///
/// The marks are good for the life of one process, which alone has the key.
public struct FormStamp: Sendable {
    /// Whether a mark is good.
    public enum Verdict: Hashable, Sendable {
        case good
        /// The form came back sooner than anybody fills it in.
        case tooSoon
        /// The mark is another form's, too old, or made up.
        case unknown
    }

    private let key: SymmetricKey
    /// No person fills in a form faster than this.
    private let leastSeconds: Int64
    private let mostSeconds: Int64

    /// - Parameter random: at least 32 unpredictable bytes.
    public init(random: [UInt8], leastSeconds: Int64 = 3, mostSeconds: Int64 = 43_200) {
        key = SymmetricKey(data: random)
        (self.leastSeconds, self.mostSeconds) = (leastSeconds, mostSeconds)
    }

    /// The mark of a form given out now.
    ///
    /// - Parameters:
    ///   - subject: what the mark is bound to, such as the form and the visitor's token.
    ///   - second: of a clock that only ever runs on, such as the seconds since the process began.
    ///   - nonce: random bytes that set the mark apart from others of the same second.
    public func mark(_ subject: String, at second: Int64, nonce: [UInt8]) -> String {
        let head = "\(second).\(Hexadecimal.encode(nonce))"
        return head + "." + code(subject, head)
    }

    /// Whether a form that comes back now bears a mark given out for its subject.
    public func verdict(_ mark: String, _ subject: String, at second: Int64) -> Verdict {
        let parts = mark.split(separator: ".", omittingEmptySubsequences: false)
        guard mark.utf8.count <= 200, parts.count == 3, let seconds = Int64(parts[0]),
            let given = try? Hexadecimal.decode(String(parts[2])),
            HMAC<SHA256>.isValidAuthenticationCode(
                given, authenticating: Self.text(subject, "\(parts[0]).\(parts[1])"), using: key)
        else { return .unknown }
        let (age, overflow) = second.subtractingReportingOverflow(seconds)
        guard !overflow, age >= 0, age <= mostSeconds else { return .unknown }
        return age < leastSeconds ? .tooSoon : .good
    }

    private func code(_ subject: String, _ head: String) -> String {
        Hexadecimal.encode(HMAC<SHA256>.authenticationCode(for: Self.text(subject, head), using: key))
    }

    private static func text(_ subject: String, _ head: String) -> [UInt8] {
        Array("\(head)\u{0}\(subject)".utf8)
    }
}
