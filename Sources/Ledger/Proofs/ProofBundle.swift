/// Everything needed to check one ledger entry offline, given the ledger's public key: a C2SP tlog-proof.
///
/// Its `extra` line carries the leaf and, after it, any openings of personal fields and, for the entry of an
/// import, at most one of its rows.
public struct ProofBundle: Equatable, Sendable {
    /// The first line of the file.
    static let header = "c2sp.org/tlog-proof@v1"
    /// The longest proof file accepted, in bytes.
    public static let byteLimit = 4_000_000

    /// The bytes of the leaf, canonical JSON.
    public let leaf: [UInt8]
    /// Values and salts of personal fields that the holder chose to show.
    public let openings: [Opening]
    /// A row of the import that the entry records, for a record that has no entry of its own.
    public let row: RowOpening?
    /// The zero-based index of the entry.
    public let index: UInt64
    /// The hashes of the inclusion proof, lowest first.
    public let path: [Hash]
    /// The checkpoint with its signatures, as it was issued.
    public let checkpoint: SignedNote

    /// A bundle for an entry; the proof must be for the size in the checkpoint.
    ///
    /// Nothing is verified here; call ``verify(trusting:)`` before handing the bundle out. Throws
    /// ``LedgerProblem/leafTooLong(count:)`` for a leaf of more than 65535 bytes, and
    /// ``LedgerProblem/notCanonical`` or what parsing throws when the leaf is not canonical JSON.
    public init(
        leaf: [UInt8], proof: InclusionProof, checkpoint: SignedNote, openings: [Opening] = [],
        row: RowOpening? = nil
    ) throws(LedgerProblem) {
        try Self.checkLeaf(leaf)
        self.leaf = leaf
        self.openings = openings
        self.row = row
        index = proof.index
        path = proof.path
        self.checkpoint = checkpoint
    }

    /// The file's text.
    public var encoded: String {
        var extra = leaf
        for shown in openings.map(\.json) + (row.map { [$0.json] } ?? []) {
            extra.append(0x0A)
            shown.encode(into: &extra)
        }
        var lines = [Self.header, "extra " + Base64.encode(extra), "index \(index)"]
        lines += path.map(\.base64)
        return lines.map { $0 + "\n" }.joined() + "\n" + checkpoint.encoded
    }

    /// Reads a proof file strictly.
    ///
    /// Throws ``LedgerProblem/malformedBundle(line:)`` with the line counted from one, or the problem of
    /// the checkpoint, leaf, opening or row that is malformed.
    public init(bytes: [UInt8]) throws(LedgerProblem) {
        guard bytes.count <= Self.byteLimit, let text = String(validating: bytes, as: UTF8.self) else {
            throw .malformedBundle(line: 1)
        }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { Substring($0) }[...]
        guard lines.popFirst() == Self.header[...] else { throw .malformedBundle(line: 1) }
        guard let extraLine = lines.popFirst(), extraLine.hasPrefix("extra "),
            let extra = try? Base64.decode(extraLine.dropFirst(6))
        else { throw .malformedBundle(line: 2) }
        guard let indexLine = lines.popFirst(), indexLine.hasPrefix("index "),
            let index = try? Decimal64.decode(indexLine.dropFirst(6))
        else { throw .malformedBundle(line: 3) }
        (leaf, openings, row) = try Self.readExtra(extra)
        self.index = index
        (path, checkpoint) = try Self.readPathAndCheckpoint(lines, of: text, firstLine: 4)
    }

    /// Reads a proof file from text, as ``init(bytes:)`` does.
    public init(_ text: String) throws(LedgerProblem) {
        try self.init(bytes: Array(text.utf8))
    }

    /// The lines of hashes up to an empty line, then the checkpoint up to the end of the text.
    static func readPathAndCheckpoint(
        _ lines: ArraySlice<Substring>, of text: String, firstLine: Int
    ) throws(LedgerProblem) -> ([Hash], SignedNote) {
        var rest = lines
        var path: [Hash] = []
        while let line = rest.popFirst(), !line.isEmpty {
            // No proof in a tree of fewer than 2^64 leaves is longer.
            guard path.count < 65, let hash = try? Hash(base64: line) else {
                throw .malformedBundle(line: firstLine + path.count)
            }
            path.append(hash)
        }
        guard let noteStart = rest.first?.startIndex else {
            throw .malformedBundle(line: firstLine + path.count)
        }
        return (path, try SignedNote(String(text[noteStart...])))
    }

    /// The leaf, then the openings, then a row, each on a line of its own; canonical JSON has no line breaks.
    private static func readExtra(
        _ extra: [UInt8]
    ) throws(LedgerProblem) -> ([UInt8], [Opening], RowOpening?) {
        let lines = extra.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let leaf = lines.first else { throw .malformedBundle(line: 2) }
        try checkLeaf(Array(leaf))
        var openings: [Opening] = []
        var row: RowOpening?
        for line in lines.dropFirst() {
            let json = try CanonicalJSON(canonical: Array(line))
            // Nothing follows a row, so that a bundle has one spelling.
            guard row == nil else { throw .malformedBundle(line: 2) }
            if let opening = Opening(json: json) {
                openings.append(opening)
            } else if let shown = RowOpening(json: json) {
                row = shown
            } else {
                throw .malformedBundle(line: 2)
            }
        }
        return (Array(leaf), openings, row)
    }

    private static func checkLeaf(_ leaf: [UInt8]) throws(LedgerProblem) {
        guard leaf.count <= EntryBundle.leafByteLimit else { throw .leafTooLong(count: leaf.count) }
        _ = try CanonicalJSON(canonical: leaf)
    }
}
