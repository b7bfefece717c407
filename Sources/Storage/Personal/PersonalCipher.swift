import Crypto
import Foundation

/// Encrypts personal fields at rest and makes the keyed indexes by which they are found.
///
/// AES-256-GCM under a random nonce, bound to the kind, field and record, so that a value copied to another
/// place does not open there. The blind index is HMAC-SHA-256: it answers "is it equal" and nothing else.
public struct PersonalCipher: Sendable {
    /// The number of bytes of a key.
    public static let keyByteCount = 32

    private let encryptionKey: SymmetricKey
    private let indexKey: SymmetricKey

    /// Derives the keys for encryption and index; nil unless `key` has 32 bytes.
    public init?(key: [UInt8]) {
        guard key.count == Self.keyByteCount else { return nil }
        let master = SymmetricKey(data: key)
        encryptionKey = Self.derived(from: master, for: "zhiheng personal encryption")
        indexKey = Self.derived(from: master, for: "zhiheng personal index")
    }

    /// Nonce, ciphertext and tag, 28 bytes longer than the plain bytes.
    public func seal(_ plain: [UInt8], kind: String, field: String, record: Int64) throws -> [UInt8] {
        let place = Self.place(kind, field, record)
        guard let box = try AES.GCM.seal(plain, using: encryptionKey, authenticating: place).combined else {
            throw StoreProblem.unsuitable(kind: kind, column: field)
        }
        return Array(box)
    }

    /// The plain bytes; nil when the key or the place is another one, or a byte was changed.
    public func open(_ sealed: [UInt8], kind: String, field: String, record: Int64) -> [UInt8]? {
        let place = Self.place(kind, field, record)
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let plain = try? AES.GCM.open(box, using: encryptionKey, authenticating: place)
        else { return nil }
        return Array(plain)
    }

    /// The 32 bytes by which equal values of a field are found.
    public func blindIndex(_ plain: [UInt8], kind: String, field: String) -> [UInt8] {
        var message = Array("\(kind)/\(field)".utf8)
        message.append(0)
        message += plain
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: indexKey))
    }

    /// 32 bytes that tell whether two ciphers have the same key, and nothing about it.
    public var check: [UInt8] { blindIndex(Array("check".utf8), kind: "zhiheng", field: "key") }

    private static func place(_ kind: String, _ field: String, _ record: Int64) -> Data {
        Data("\(kind)/\(field)/\(record)".utf8)
    }

    private static func derived(from key: SymmetricKey, for purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Data(purpose.utf8), outputByteCount: keyByteCount)
    }
}
