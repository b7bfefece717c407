import Foundation
import Storage

/// Codes on paper for whoever lost the device that gives one-time codes: each is good once.
///
/// A code is 80 bits in base32, so that its SHA-256, which is all that is kept, tells nothing of it.
enum RecoveryCode {
    /// How many are made at once.
    static let count = 10
    private static let bytes = 10
    private static let letters = 16

    /// New codes, in groups of four letters.
    static func fresh(_ randomBytes: (Int) -> [UInt8]) -> [String] {
        (0..<count).map { _ in
            let text = Array(Secrets.base32(randomBytes(bytes)))
            return stride(from: 0, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }
                .joined(separator: "-")
        }
    }

    /// What is kept of a code; nil for a text that cannot be one.
    static func digest(_ code: String) -> [UInt8]? {
        let plain = code.precomposedStringWithCompatibilityMapping.uppercased().filter {
            $0.isLetter || $0.isNumber
        }
        guard plain.utf8.count == letters else { return nil }
        return Secrets.digest(Array(plain.utf8))
    }

    /// Spends a code of an account; false when it has no such code.
    static func take(_ code: String, of login: String, _ writer: any StoreWriting) throws -> Bool {
        guard let digest = digest(code) else { return false }
        return try writer.removeRecoveryCode(login: login, digest: digest)
    }
}
