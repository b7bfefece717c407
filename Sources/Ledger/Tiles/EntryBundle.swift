/// Leaves as C2SP tlog-tiles serves them: each preceded by its length in two big-endian bytes.
public enum EntryBundle {
    /// The longest leaf a bundle can carry, in bytes; the ledger accepts no longer one.
    public static let leafByteLimit = 65_535

    /// The leaves of one bundle, in order; callers pass at most 256.
    ///
    /// Throws ``LedgerProblem/leafTooLong(count:)``.
    public static func encode(_ leaves: some Sequence<[UInt8]>) throws(LedgerProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        for leaf in leaves {
            guard leaf.count <= leafByteLimit else { throw .leafTooLong(count: leaf.count) }
            bytes.append(UInt8(leaf.count >> 8))
            bytes.append(UInt8(leaf.count & 255))
            bytes += leaf
        }
        return bytes
    }

    /// The leaves in a bundle.
    ///
    /// Throws ``LedgerProblem/malformedEntryBundle`` when the bytes end within an entry or hold more than
    /// 256 entries.
    public static func decode(_ bytes: [UInt8]) throws(LedgerProblem) -> [[UInt8]] {
        var leaves: [[UInt8]] = []
        var rest = bytes[...]
        while let high = rest.popFirst() {
            guard let low = rest.popFirst(), leaves.count < Tile.fullWidth else {
                throw .malformedEntryBundle
            }
            let count = Int(high) << 8 | Int(low)
            guard rest.count >= count else { throw .malformedEntryBundle }
            leaves.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return leaves
    }
}
