import Crypto
import Foundation

/// The id by which a signature line names its key: the first four bytes of
/// SHA-256(name, 0x0A, 0x01, public key) (C2SP signed-note, Ed25519).
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
    /// The four bytes read as a big-endian number.
    public let value: UInt32

    /// An id as found in a signature line or key text.
    public init(value: UInt32) {
        self.value = value
    }

    init(name: String, publicKey: [UInt8]) {
        let digest = SHA256.hash(data: Array(name.utf8) + [0x0A, NoteKeyText.ed25519] + publicKey)
        value = digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The four bytes, most significant first.
    var bytes: [UInt8] { [24, 16, 8, 0].map { UInt8(value >> $0 & 255) } }

    /// Eight lower-case hexadecimal digits.
    public var description: String { Hexadecimal.encode(bytes) }
}

/// What verifier and signer key texts have in common.
enum NoteKeyText {
    static let ed25519: UInt8 = 0x01

    /// Whether a key may be called so: not empty, no white space, no plus sign, no control character.
    static func isKeyName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
            }
    }

    /// Reads `name+id+base64(0x01 || 32 bytes)`; the id is checked by the caller.
    static func parse(_ text: some StringProtocol) throws(LedgerProblem) -> (String, KeyID, [UInt8]) {
        // Base64 may itself contain plus signs, so only the first two divide.
        let parts = Substring(text).utf8.split(
            separator: 0x2B, maxSplits: 2, omittingEmptySubsequences: false
        )
        .map { Substring($0) }
        guard parts.count == 3, isKeyName(parts[0]),
            let id = try? Hexadecimal.decode(parts[1]), id.count == 4,
            let key = try? Base64.decode(parts[2]), key.count == 33, key.first == ed25519
        else { throw .malformedKey }
        let value = id.reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        return (String(parts[0]), KeyID(value: value), Array(key.dropFirst()))
    }

    static func write(name: String, id: KeyID, key: [UInt8]) -> String {
        "\(name)+\(id)+\(Base64.encode([ed25519] + key))"
    }
}

/// A public key that checks signatures on notes, with the name it signs under.
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// The key's name; for a ledger's own key the same as the origin of its checkpoints.
    public let name: String
    /// The id in signature lines.
    public let id: KeyID
    /// The Ed25519 public key, 32 bytes (RFC 8032).
    public let publicKey: [UInt8]

    /// The key with this name.
    ///
    /// Throws ``LedgerProblem/malformedKey`` for a name with spaces or plus signs or a key not of 32 bytes.
    public init(name: String, publicKey: [UInt8]) throws(LedgerProblem) {
        guard NoteKeyText.isKeyName(name), publicKey.count == 32 else { throw .malformedKey }
        self.name = name
        self.publicKey = publicKey
        id = KeyID(name: name, publicKey: publicKey)
    }

    /// Reads `name+id+base64(0x01 || public key)` and checks that the id is that of the key.
    public init(text: some StringProtocol) throws(LedgerProblem) {
        let (name, id, key) = try NoteKeyText.parse(text)
        try self.init(name: name, publicKey: key)
        guard self.id == id else { throw .malformedKey }
    }

    /// The key as text, for publishing.
    public var description: String { NoteKeyText.write(name: name, id: id, key: publicKey) }

    /// Whether the signature by this key over exactly these bytes is valid.
    public func isValid(signature: [UInt8], over message: [UInt8]) -> Bool {
        guard signature.count == 64,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

/// A private key that signs notes, with the name it signs under. Its description never shows the seed.
public struct SigningKey: Sendable, CustomStringConvertible {
    /// The public half.
    public let verifier: VerifierKey
    // The library's key type is not Sendable, so the seed is kept and the key grown from it when signing.
    private let seed: [UInt8]

    /// The key grown from a seed of 32 random bytes (RFC 8032 section 5.1.5).
    ///
    /// Throws ``LedgerProblem/malformedKey`` for a bad name or a seed not of 32 bytes.
    public init(name: String, seed: [UInt8]) throws(LedgerProblem) {
        guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else { throw .malformedKey }
        self.seed = seed
        verifier = try VerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// A new key; pass a cryptographically secure generator.
    public init(name: String, using generator: inout some RandomNumberGenerator) throws(LedgerProblem) {
        try self.init(name: name, seed: generator.bytes(count: 32))
    }

    /// Reads `PRIVATE+KEY+name+id+base64(0x01 || seed)` and checks that the id is that of the key.
    public init(text: some StringProtocol) throws(LedgerProblem) {
        let prefix = "PRIVATE+KEY+"
        guard text.hasPrefix(prefix) else { throw .malformedKey }
        let (name, id, seed) = try NoteKeyText.parse(text.dropFirst(prefix.count))
        try self.init(name: name, seed: seed)
        guard verifier.id == id else { throw .malformedKey }
    }

    /// The key as text, for keeping in a secret place.
    public var secretText: String {
        "PRIVATE+KEY+" + NoteKeyText.write(name: verifier.name, id: verifier.id, key: seed)
    }

    /// The name and id only.
    public var description: String { "SigningKey(\(verifier.name)+\(verifier.id))" }

    /// The 64 bytes of the Ed25519 signature over these bytes.
    ///
    /// Throws ``LedgerProblem/malformedKey`` if the cryptographic library refuses the key.
    public func signature(over message: [UInt8]) throws(LedgerProblem) -> [UInt8] {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let signature = try? key.signature(for: message)
        else { throw .malformedKey }
        return Array(signature)
    }
}

extension RandomNumberGenerator {
    /// The next `count` random bytes.
    mutating func bytes(count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
