/// One signature line of a note: `— name base64(id || signature)`.
public struct NoteSignature: Hashable, Sendable {
    /// The name of the key.
    public let keyName: String
    /// The id of the key.
    public let keyID: KeyID
    /// What follows the id; 64 bytes for Ed25519, other lengths for other algorithms.
    public let signature: [UInt8]

    /// The line without its newline.
    public var line: String { "— \(keyName) \(Base64.encode(keyID.bytes + signature))" }

    /// A signature line's parts.
    ///
    /// Throws ``LedgerProblem/malformedNote(_:)`` for a name with spaces or plus signs.
    public init(keyName: String, keyID: KeyID, signature: [UInt8]) throws(LedgerProblem) {
        guard NoteKeyText.isKeyName(keyName) else { throw .malformedNote(.keyName) }
        self.keyName = keyName
        self.keyID = keyID
        self.signature = signature
    }

    init(line: Substring) throws(LedgerProblem) {
        let parts = line.utf8.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
            .map { Substring($0) }
        guard parts.count == 3, parts[0] == "—", let bytes = try? Base64.decode(parts[2]), bytes.count > 4
        else { throw .malformedNote(.signatureLine) }
        let id = bytes.prefix(4).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        try self.init(
            keyName: String(parts[1]), keyID: KeyID(value: id), signature: Array(bytes.dropFirst(4)))
    }
}

/// Text with signatures in the C2SP signed-note format.
public struct SignedNote: Hashable, Sendable {
    /// The longest note accepted, in bytes.
    public static let byteLimit = 1_000_000
    /// The most signature lines accepted.
    public static let signatureLimit = 100

    /// The signed text, ending in a newline.
    public let text: String
    /// The signature lines in their order, those of unknown keys and witnesses included.
    public private(set) var signatures: [NoteSignature]

    /// Signs a text.
    ///
    /// Throws ``LedgerProblem/malformedNote(_:)`` unless the text ends in a newline and has no other
    /// control characters.
    public init(text: String, signedBy keys: [SigningKey]) throws(LedgerProblem) {
        self.text = text
        signatures = []
        guard !keys.isEmpty else { throw .malformedNote(.noSignatures) }
        guard text.utf8.last == 0x0A else { throw .malformedNote(.tooFewLines) }
        for key in keys {
            let signature = try key.signature(over: Array(text.utf8))
            let line = try NoteSignature(
                keyName: key.verifier.name, keyID: key.verifier.id, signature: signature)
            signatures.append(line)
        }
        try Self.checkCharacters(Array(encoded.utf8))
    }

    /// Reads a note strictly; nothing in it may be trusted before ``verify(trusting:)``.
    ///
    /// Throws ``LedgerProblem/malformedNote(_:)``.
    public init(bytes: [UInt8]) throws(LedgerProblem) {
        try Self.checkCharacters(bytes)
        guard let whole = String(validating: bytes, as: UTF8.self) else { throw .malformedNote(.invalidUTF8) }
        let lines = whole.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        // A final newline leaves an empty piece; before it stands the last empty line, the divider.
        guard lines.last?.isEmpty == true,
            let divider = lines.dropLast().lastIndex(where: \.isEmpty), divider > 0,
            let textEnd = lines[..<divider].last?.endIndex
        else { throw .malformedNote(.noSignatures) }
        let signatureLines = lines[(divider + 1)..<(lines.count - 1)]
        guard !signatureLines.isEmpty else { throw .malformedNote(.noSignatures) }
        guard signatureLines.count <= Self.signatureLimit else { throw .malformedNote(.tooLarge) }
        var signatures: [NoteSignature] = []
        for line in signatureLines { signatures.append(try NoteSignature(line: Substring(line))) }
        self.text = String(whole[..<textEnd]) + "\n"
        self.signatures = signatures
    }

    /// Reads a note from text, as ``init(bytes:)`` does.
    public init(_ note: String) throws(LedgerProblem) {
        try self.init(bytes: Array(note.utf8))
    }

    /// The note as it is stored and sent.
    public var encoded: String {
        text + "\n" + signatures.map { $0.line + "\n" }.joined()
    }

    /// Adds a signature line, such as a witness's cosignature; it is kept, not checked.
    public mutating func add(_ signature: NoteSignature) {
        signatures.append(signature)
    }

    /// The trusted keys that signed the note, each once, in the order of their signatures.
    ///
    /// Signatures by other keys are ignored. Throws ``LedgerProblem/badSignature(keyName:)`` when a trusted
    /// key's signature is false and ``LedgerProblem/noTrustedSignature`` when there is none.
    public func verify(trusting keys: [VerifierKey]) throws(LedgerProblem) -> [VerifierKey] {
        let message = Array(text.utf8)
        var verified: [VerifierKey] = []
        for line in signatures {
            let known = keys.filter { $0.id == line.keyID && $0.name.hasSameCodePoints(as: line.keyName) }
            guard !known.isEmpty else { continue }
            guard let signer = known.first(where: { $0.isValid(signature: line.signature, over: message) })
            else { throw .badSignature(keyName: line.keyName) }
            if !verified.contains(signer) { verified.append(signer) }
        }
        guard !verified.isEmpty else { throw .noTrustedSignature }
        return verified
    }

    private static func checkCharacters(_ bytes: [UInt8]) throws(LedgerProblem) {
        guard bytes.count <= byteLimit else { throw .malformedNote(.tooLarge) }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else { throw .malformedNote(.controlCharacter) }
    }
}
