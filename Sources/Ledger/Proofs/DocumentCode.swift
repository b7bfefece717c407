/// What the code on a paper carries: which document it is, and that its issue stands in the ledger.
///
/// `docs/ledger.md` fixes its bytes, so that whoever has the paper and the ledger's public key can check it without our
/// software and without the network.
public struct DocumentCode: Hashable, Sendable {
    /// How the entry is tied to the checkpoint.
    public enum Evidence: Hashable, Sendable {
        /// The hashes of the inclusion proof, lowest first.
        case path([Hash])
        /// The root alone, where the hashes would not fit the paper: the proof is then asked of the ledger.
        case root(Hash)
    }

    /// The document's number as printed.
    public let number: String
    /// SHA-256 of the document's texts, as its entry in the ledger has it.
    public let digest: Hash
    /// The key that signed, which is the ledger's own.
    public let keyID: KeyID
    /// The hash of the entry that issued the document.
    public let leafHash: Hash
    /// The zero-based index of that entry.
    public let index: UInt64
    /// The number of entries in the checkpoint.
    public let size: UInt64
    public let evidence: Evidence
    /// The ledger's signature on ``statement(origin:)``, 64 bytes.
    public let statementSignature: [UInt8]
    /// The ledger's signature on the checkpoint, 64 bytes.
    public let checkpointSignature: [UInt8]

    /// Signs a code for a document.
    ///
    /// - Parameters:
    ///   - checkpoint: a checkpoint of the ledger that the key signed, and that covers the entry.
    ///   - proof: the inclusion proof of the entry in it.
    /// - Throws: `LedgerProblem.malformedCode` for a number that cannot be printed; what signing and opening the checkpoint throw.
    public init(
        number: String, digest: Hash, leafHash: Hash, proof: InclusionProof, checkpoint note: SignedNote,
        key: SigningKey
    ) throws(LedgerProblem) {
        let checkpoint = try Checkpoint(opening: note, trusting: [key.verifier])
        let signature = note.signatures.first {
            $0.keyID == key.verifier.id && $0.keyName.hasSameCodePoints(as: key.verifier.name)
        }
        guard Self.isNumber(number), checkpoint.extensions.isEmpty, checkpoint.size == proof.size,
            let signature, signature.signature.count == 64
        else { throw .malformedCode }
        try proof.verify(leafHash: leafHash, root: checkpoint.root)
        (self.number, self.digest, self.leafHash) = (number, digest, leafHash)
        (index, size, evidence) = (proof.index, proof.size, .path(proof.path))
        keyID = key.verifier.id
        checkpointSignature = signature.signature
        statementSignature = try key.signature(
            over: Array(
                Self.statement(
                    origin: key.verifier.name, number: number, digest: digest, leafHash: leafHash
                ).utf8))
    }

    private init(_ other: DocumentCode, evidence: Evidence) {
        (number, digest, leafHash) = (other.number, other.digest, other.leafHash)
        (index, size, keyID) = (other.index, other.size, other.keyID)
        self.evidence = evidence
        statementSignature = other.statementSignature
        checkpointSignature = other.checkpointSignature
    }

    /// The same without the hashes of the proof, for a paper that has no room for them.
    public var shortened: DocumentCode {
        guard let root = root else { return self }
        return DocumentCode(self, evidence: .root(root))
    }

    /// The root of the checkpoint; nil when the path does not lead to one.
    var root: Hash? {
        switch evidence {
        case .root(let root): root
        case .path(let path):
            try? InclusionProof(index: index, size: size, path: path).root(leafHash: leafHash)
        }
    }

    /// What the ledger's key signs beside the checkpoint. Its second line is no number, so that it is never taken for a
    /// checkpoint.
    public func statement(origin: String) -> String {
        Self.statement(origin: origin, number: number, digest: digest, leafHash: leafHash)
    }

    private static func statement(origin: String, number: String, digest: Hash, leafHash: Hash) -> String {
        "\(origin)\ndocument \(number)\ndigest \(digest.hexadecimal)\nentry \(leafHash.hexadecimal)\n"
    }

    private static func isNumber(_ number: String) -> Bool {
        !number.isEmpty && number.utf8.count <= 200 && number.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

extension DocumentCode {
    private static let headByteCount = 1 + 4 + 32 + 32 + 8 + 8 + 64 + 64

    /// The proof as the code spells it: bytes in base32.
    public var proof: String {
        var bytes: [UInt8] = []
        switch evidence {
        case .path: bytes.append(1)
        case .root: bytes.append(2)
        }
        bytes += keyID.bytes + digest.bytes + leafHash.bytes
        for number in [index, size] {
            bytes += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
        }
        bytes += statementSignature + checkpointSignature
        switch evidence {
        case .path(let path): bytes += Hash.bytes(of: path)
        case .root(let root): bytes += root.bytes
        }
        return Base32.encode(bytes)
    }

    /// The code as text: `number=…&proof=…`, to be put behind the address of a verification page and `?`.
    public var text: String { "number=\(Self.escaped(number))&proof=\(proof)" }

    /// Reads a code from its two parts.
    ///
    /// - Throws: `LedgerProblem.malformedCode`.
    public init(number: String, proof: some StringProtocol) throws(LedgerProblem) {
        guard proof.utf8.count <= 4_000, Self.isNumber(number), let bytes = try? Base32.decode(proof),
            bytes.count >= Self.headByteCount
        else { throw .malformedCode }
        var rest = bytes[...]
        func take(_ count: Int) -> [UInt8] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        func bigEndian(_ count: Int) -> UInt64 { take(count).reduce(0) { $0 << 8 | UInt64($1) } }
        self.number = number
        let form = bigEndian(1)
        keyID = KeyID(value: UInt32(truncatingIfNeeded: bigEndian(4)))
        guard let digest = try? Hash(bytes: take(32)), let leafHash = try? Hash(bytes: take(32)) else {
            throw .malformedCode
        }
        (self.digest, self.leafHash) = (digest, leafHash)
        index = bigEndian(8)
        size = bigEndian(8)
        statementSignature = take(64)
        checkpointSignature = take(64)
        guard index < size, let hashes = try? Hash.hashes(in: Array(rest)), hashes.count <= 64 else {
            throw .malformedCode
        }
        switch (form, hashes.count) {
        case (1, _): evidence = .path(hashes)
        case (2, 1): evidence = .root(hashes[0])
        default: throw .malformedCode
        }
    }

    /// Reads a code from what a scanner reads: an address with `?`, or what stands behind it.
    ///
    /// - Throws: `LedgerProblem.malformedCode`.
    public init(text: String) throws(LedgerProblem) {
        guard text.utf8.count <= 8_000 else { throw .malformedCode }
        let query = text.firstIndex(of: "?").map { text[text.index(after: $0)...] } ?? text[...]
        var parts: [Substring: String] = [:]
        for part in query.split(separator: "&") {
            guard let equals = part.firstIndex(of: "=") else { throw .malformedCode }
            let name = part[..<equals]
            guard parts[name] == nil, let value = Self.unescaped(part[part.index(after: equals)...]) else {
                throw .malformedCode
            }
            parts[name] = value
        }
        guard let number = parts["number"], let proof = parts["proof"] else { throw .malformedCode }
        try self.init(number: number, proof: proof)
    }

    /// UTF-8 with `%` and two digits for all but letters, digits, `-`, `.`, `_` and `~` (RFC 3986 section 2.3).
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: escaped.append(byte)
            default: escaped += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func unescaped(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
