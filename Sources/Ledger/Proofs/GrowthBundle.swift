/// The proof, as one file, that a newer checkpoint continues an older one that the reader already holds.
///
/// The text is the body by which C2SP tlog-witness asks for a cosignature: old size, consistency proof,
/// newer checkpoint.
public struct GrowthBundle: Hashable, Sendable {
    /// The size of the older checkpoint.
    public let oldSize: UInt64
    /// The hashes of the consistency proof.
    public let path: [Hash]
    /// The newer checkpoint with its signatures.
    public let checkpoint: SignedNote

    /// A bundle for a consistency proof; the checkpoint must be of the proof's new size.
    public init(proof: ConsistencyProof, checkpoint: SignedNote) {
        oldSize = proof.oldSize
        path = proof.path
        self.checkpoint = checkpoint
    }

    /// The file's text.
    public var encoded: String {
        let lines = ["old \(oldSize)"] + path.map(\.base64)
        return lines.map { $0 + "\n" }.joined() + "\n" + checkpoint.encoded
    }

    /// Reads the file strictly.
    ///
    /// Throws ``LedgerProblem/malformedBundle(line:)`` with the line counted from one, or
    /// ``LedgerProblem/malformedNote(_:)``.
    public init(bytes: [UInt8]) throws(LedgerProblem) {
        guard bytes.count <= ProofBundle.byteLimit, let text = String(validating: bytes, as: UTF8.self)
        else { throw .malformedBundle(line: 1) }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { Substring($0) }[...]
        guard let first = lines.popFirst(), first.hasPrefix("old "),
            let oldSize = try? Decimal64.decode(first.dropFirst(4))
        else { throw .malformedBundle(line: 1) }
        self.oldSize = oldSize
        (path, checkpoint) = try ProofBundle.readPathAndCheckpoint(lines, of: text, firstLine: 2)
    }

    /// Checks that the newer checkpoint is signed by its ledger's key and continues the older one.
    ///
    /// Returns the newer checkpoint. Throws what opening it and verifying the proof throw, and
    /// ``LedgerProblem/originMismatch(origin:)`` when the two are of different ledgers, and
    /// ``LedgerProblem/proofLength`` when the proof starts from another size than the older one's.
    public func verify(
        from old: Checkpoint, trusting keys: [VerifierKey]
    ) throws(LedgerProblem) -> Checkpoint {
        let new = try Checkpoint(opening: checkpoint, trusting: keys)
        guard new.origin.hasSameCodePoints(as: old.origin) else { throw .originMismatch(origin: new.origin) }
        guard old.size == oldSize else { throw .proofLength }
        try ConsistencyProof(oldSize: oldSize, newSize: new.size, path: path)
            .verify(oldRoot: old.root, newRoot: new.root)
        return new
    }
}
