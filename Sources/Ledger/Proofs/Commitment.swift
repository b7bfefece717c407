import Crypto
import Foundation

/// The secret that hides a committed value: 32 random bytes, kept apart from the ledger.
///
/// Erasing the salt makes the value unrecoverable from the ledger while every proof stays valid.
public struct Salt: Hashable, Sendable {
    /// The number of bytes in a salt.
    public static let byteCount = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// A salt as kept; throws ``LedgerProblem/malformedText(what:)`` for another count than 32.
    public init(bytes: [UInt8]) throws(LedgerProblem) {
        guard bytes.count == Salt.byteCount else { throw .malformedText(what: .salt) }
        self.bytes = bytes
    }

    /// A new salt; pass a cryptographically secure generator, and never use a salt twice.
    public init(using generator: inout some RandomNumberGenerator) {
        bytes = generator.bytes(count: Salt.byteCount)
    }
}

/// A salted commitment to one field's value, as it stands in a leaf instead of a personal value.
///
/// It is HMAC-SHA-256 (RFC 2104) with the salt as key over the canonical JSON of
/// `{"field":…,"value":…}`: without the salt it tells nothing of the value, and no second value opens it.
public struct Commitment: Hashable, Sendable {
    /// The HMAC.
    public let hash: Hash

    /// A commitment as found in a leaf.
    public init(hash: Hash) {
        self.hash = hash
    }

    /// Commits to a field's value.
    public init(field: String, value: CanonicalJSON, salt: Salt) throws(LedgerProblem) {
        let message = CanonicalJSON.object(.init(["field": .string(field), "value": value])).encoded()
        let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: salt.bytes))
        hash = try Hash(bytes: Array(code))
    }

    /// The member that stands in a leaf's `changes`: `{"commitment":"…64 hexadecimal digits…"}`.
    public var json: CanonicalJSON { .object(.init(["commitment": .string(hash.hexadecimal)])) }

    /// The commitment in such a member; nil for any other value.
    public init?(json: CanonicalJSON) {
        guard case .object(let members) = json, members.count == 1,
            let text = members["commitment"]?.text, let hash = try? Hash(hexadecimal: text)
        else { return nil }
        self.hash = hash
    }
}

/// A field's value with the salt that opens its commitment.
public struct Opening: Equatable, Sendable {
    /// The name of the field in the leaf's `changes`.
    public let field: String
    /// The value that was committed to.
    public let value: CanonicalJSON
    /// The salt it was committed with.
    public let salt: Salt

    /// An opening to show to someone.
    public init(field: String, value: CanonicalJSON, salt: Salt) {
        self.field = field
        self.value = value
        self.salt = salt
    }

    /// Checks the opening against a leaf.
    ///
    /// Throws ``LedgerProblem/notCommitted(field:)`` when the leaf's `changes` hold no commitment for the
    /// field, and ``LedgerProblem/wrongOpening(field:)`` when value or salt is not the one committed to.
    public func verify(leaf: CanonicalJSON) throws(LedgerProblem) {
        guard let member = leaf["changes"]?[field], let recorded = Commitment(json: member) else {
            throw .notCommitted(field: field)
        }
        guard try Commitment(field: field, value: value, salt: salt) == recorded else {
            throw .wrongOpening(field: field)
        }
    }

    /// The opening as canonical JSON: `{"field":…,"salt":"…hexadecimal…","value":…}`.
    var json: CanonicalJSON {
        .object(
            .init([
                "field": .string(field), "salt": .string(Hexadecimal.encode(salt.bytes)), "value": value,
            ]))
    }

    /// Reads what ``json`` wrote; nil for any other shape.
    init?(json: CanonicalJSON) {
        guard case .object(let members) = json, members.count == 3, let field = members["field"]?.text,
            let saltText = members["salt"]?.text, let bytes = try? Hexadecimal.decode(saltText),
            let salt = try? Salt(bytes: bytes), let value = members["value"]
        else { return nil }
        self.init(field: field, value: value, salt: salt)
    }
}
