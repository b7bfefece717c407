/// What a ledger says of itself at a moment: its name, size and root (C2SP tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// The ledger's unique name, such as `example.org/zhiheng`; also the name of its signing key.
    public let origin: String
    /// The number of entries.
    public let size: UInt64
    /// The Merkle root of the entries.
    public let root: Hash
    /// Further lines without agreed meaning; normally none.
    public let extensions: [String]

    /// A checkpoint to sign.
    ///
    /// Throws ``LedgerProblem/malformedNote(_:)`` for an empty origin, an empty extension line or a line
    /// break within either.
    public init(origin: String, size: UInt64, root: Hash, extensions: [String] = []) throws(LedgerProblem) {
        guard !origin.isEmpty, !Self.hasControl(origin) else { throw .malformedNote(.origin) }
        guard !extensions.contains(where: { $0.isEmpty }) else { throw .malformedNote(.emptyLine) }
        guard !extensions.contains(where: Self.hasControl) else { throw .malformedNote(.controlCharacter) }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Reads the text of a checkpoint, which ends in a newline.
    ///
    /// Throws ``LedgerProblem/malformedNote(_:)``.
    public init(text: String) throws(LedgerProblem) {
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
        guard lines.popLast()?.isEmpty == true, lines.count >= 3 else { throw .malformedNote(.tooFewLines) }
        guard !lines.contains(where: \.isEmpty) else { throw .malformedNote(.emptyLine) }
        guard let size = try? Decimal64.decode(lines[1]) else { throw .malformedNote(.size) }
        guard let root = try? Hash(base64: lines[2]) else { throw .malformedNote(.rootHash) }
        try self.init(
            origin: String(lines[0]), size: size, root: root, extensions: lines.dropFirst(3).map(String.init))
    }

    /// The text that is signed.
    public var text: String {
        ([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined()
    }

    /// The checkpoint signed by the ledger's key and any others.
    public func signed(by keys: [SigningKey]) throws(LedgerProblem) -> SignedNote {
        try SignedNote(text: text, signedBy: keys)
    }

    /// Reads a signed checkpoint and checks that its own ledger's key, one of those trusted, signed it.
    ///
    /// The ledger's key is the one whose name equals the origin. Throws what ``SignedNote`` throws and
    /// ``LedgerProblem/originMismatch(origin:)``.
    public init(opening note: SignedNote, trusting keys: [VerifierKey]) throws(LedgerProblem) {
        let signers = try note.verify(trusting: keys)
        try self.init(text: note.text)
        let origin = self.origin
        guard signers.contains(where: { $0.name.hasSameCodePoints(as: origin) }) else {
            throw .originMismatch(origin: origin)
        }
    }

    private static func hasControl(_ line: String) -> Bool {
        line.utf8.contains { $0 < 0x20 }
    }
}
