/// Which subtrees a proof consists of, as ranges of leaves, in the order of the proof.
///
/// Every range starts at a multiple of the least power of two that is not below its length, so its hash is
/// a fold of perfect subtrees.
enum ProofRanges {
    /// The siblings on the way from a leaf to the root, lowest first (RFC 6962 section 2.1.1).
    ///
    /// The caller has made sure that `index` is below `size`.
    static func inclusion(index: UInt64, size: UInt64) -> [Range<UInt64>] {
        var ranges: [Range<UInt64>] = []
        var current = 0..<size
        while current.upperBound - current.lowerBound > 1 {
            let middle = split(current)
            if index < middle {
                ranges.append(middle..<current.upperBound)
                current = current.lowerBound..<middle
            } else {
                ranges.append(current.lowerBound..<middle)
                current = middle..<current.upperBound
            }
        }
        return ranges.reversed()
    }

    /// The subtrees that show that the tree of `old` leaves is a prefix of the tree of `new` leaves
    /// (RFC 6962 section 2.1.2); none when `old` is zero or equal to `new`.
    static func consistency(old: UInt64, new: UInt64) -> [Range<UInt64>] {
        guard old > 0, old < new else { return [] }
        var ranges: [Range<UInt64>] = []
        var current = 0..<new
        while current.upperBound != old {
            let middle = split(current)
            if old <= middle {
                ranges.append(middle..<current.upperBound)
                current = current.lowerBound..<middle
            } else {
                ranges.append(current.lowerBound..<middle)
                current = middle..<current.upperBound
            }
        }
        // A verifier who holds the old root needs no hash of it.
        if current.lowerBound > 0 { ranges.append(current) }
        return ranges.reversed()
    }

    /// Where RFC 6962 divides a range: after the largest power of two below its length.
    private static func split(_ range: Range<UInt64>) -> UInt64 {
        let length = range.upperBound - range.lowerBound
        return range.lowerBound + 1 << UInt64(63 - (length - 1).leadingZeroBitCount)
    }

    /// The root over a range, folded from its perfect subtrees; `node(level, index)` gives the root of the
    /// leaves from `index << level` on, `1 << level` of them.
    static func root(of range: Range<UInt64>, node: (Int, UInt64) throws -> Hash) rethrows -> Hash {
        var end = range.upperBound
        var result: Hash?
        while end > range.lowerBound {
            let level = min(end.trailingZeroBitCount, 63 - (end - range.lowerBound).leadingZeroBitCount)
            let start = end - 1 << UInt64(level)
            let left = try node(level, start >> UInt64(level))
            result = result.map { MerkleTree.nodeHash(left, $0) } ?? left
            end = start
        }
        return result ?? MerkleTree.emptyRoot
    }
}
