import Crypto
import Foundation
import Storage
import _CryptoExtras

/// Turns passwords into hashes by scrypt (RFC 7914), with parameters that are stored beside each hash.
///
/// Hashes made with weaker parameters stay valid and are made anew when their holder next signs in.
public struct PasswordHashing: Hashable, Sendable {
    /// The parameters of new hashes.
    public let parameters: StoredCredential.Hashing

    /// 32 MiB and three passes: what the OWASP cheat sheet on password storage calls for.
    public static let standard = PasswordHashing(.init(rounds: 1 << 15, blockSize: 8, parallelism: 3))

    /// - Parameter parameters: falls back to the standard ones where they are out of bounds.
    public init(_ parameters: StoredCredential.Hashing) {
        let fallback = StoredCredential.Hashing(rounds: 1 << 15, blockSize: 8, parallelism: 3)
        self.parameters = Self.areUsable(parameters) ? parameters : fallback
    }

    static let saltBytes = 16
    static let hashBytes = 32

    /// The hash of a password; nil for parameters or a salt that cannot be used.
    ///
    /// The password is taken in Unicode's compatibility composition (NFKC), so that however a keyboard spells a
    /// character it is the same one.
    static func hash(
        _ password: String, salt: [UInt8], parameters: StoredCredential.Hashing
    ) -> [UInt8]? {
        guard areUsable(parameters), !salt.isEmpty else { return nil }
        // A byte behind keeps an empty password from being no bytes at all, and zeros at the end from being
        // lost: HMAC, on which scrypt rests, fills its key up with zeros.
        let bytes = Array(password.precomposedStringWithCompatibilityMapping.utf8) + [1]
        let key = try? KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: hashBytes, rounds: Int(parameters.rounds),
            blockSize: Int(parameters.blockSize), parallelism: Int(parameters.parallelism))
        return key?.withUnsafeBytes { Array($0) }
    }

    /// The hash of a new password with the present parameters.
    func hash(_ password: String, salt: [UInt8]) -> [UInt8]? {
        Self.hash(password, salt: salt, parameters: parameters)
    }

    /// Whether a password is the one of a credential.
    ///
    /// Without a credential the same work is done for nothing, so that the time tells nothing.
    func verifies(_ password: String, _ credential: StoredCredential?) -> Bool {
        let salt = credential?.salt ?? [UInt8](repeating: 0, count: Self.saltBytes)
        let found = Self.hash(password, salt: salt, parameters: credential?.hashing ?? parameters)
        guard let found, let credential, credential.hash.count == Self.hashBytes else { return false }
        return Secrets.areEqual(found, credential.hash)
    }

    /// Bounds that keep a damaged database from taking all memory or no time.
    private static func areUsable(_ parameters: StoredCredential.Hashing) -> Bool {
        let rounds = parameters.rounds
        return (1 << 10...1 << 20).contains(rounds) && rounds & (rounds - 1) == 0
            && (8...16).contains(parameters.blockSize) && (1...8).contains(parameters.parallelism)
    }
}
