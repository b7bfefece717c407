/// The proof that a newer tree only appended to an older one (RFC 9162 section 2.1.4).
public struct ConsistencyProof: Hashable, Sendable {
    /// The number of leaves of the older tree.
    public let oldSize: UInt64
    /// The number of leaves of the newer tree.
    public let newSize: UInt64
    /// The hashes of the proof; none when the old size is zero or the sizes are equal.
    public let path: [Hash]

    /// A proof as received; nothing is checked before ``verify(oldRoot:newRoot:)``.
    public init(oldSize: UInt64, newSize: UInt64, path: [Hash]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Builds the proof from the hashes of subtrees, given as for ``InclusionProof``.
    ///
    /// Throws ``LedgerProblem/sizesReversed(old:new:)`` and whatever `node` throws.
    public init(oldSize: UInt64, newSize: UInt64, node: (Int, UInt64) throws -> Hash) throws {
        guard oldSize <= newSize else { throw LedgerProblem.sizesReversed(old: oldSize, new: newSize) }
        let ranges = ProofRanges.consistency(old: oldSize, new: newSize)
        let path = try ranges.map { try ProofRanges.root(of: $0, node: node) }
        self.init(oldSize: oldSize, newSize: newSize, path: path)
    }

    /// Builds the proof from all leaf hashes of the newer tree, held in memory.
    public init(oldSize: UInt64, leafHashes: [Hash]) throws(LedgerProblem) {
        let newSize = UInt64(leafHashes.count)
        guard oldSize <= newSize else { throw .sizesReversed(old: oldSize, new: newSize) }
        let path = ProofRanges.consistency(old: oldSize, new: newSize).map { range in
            MerkleTree.root(of: leafHashes[Int(range.lowerBound)..<Int(range.upperBound)])
        }
        self.init(oldSize: oldSize, newSize: newSize, path: path)
    }

    /// Checks that the tree with the new root continues the tree with the old root.
    ///
    /// An old tree without leaves is continued by every tree, with an empty proof. Throws
    /// ``LedgerProblem/sizesReversed(old:new:)``, ``LedgerProblem/proofLength`` or
    /// ``LedgerProblem/notConsistent``.
    public func verify(oldRoot: Hash, newRoot: Hash) throws(LedgerProblem) {
        guard oldSize <= newSize else { throw .sizesReversed(old: oldSize, new: newSize) }
        if oldSize == 0 || oldSize == newSize {
            guard path.isEmpty else { throw .proofLength }
            guard oldSize == newSize ? oldRoot == newRoot : oldRoot == MerkleTree.emptyRoot,
                newSize > 0 || newRoot == MerkleTree.emptyRoot
            else { throw .notConsistent }
            return
        }
        try verifyGrowth(oldRoot: oldRoot, newRoot: newRoot)
    }

    /// The algorithm of RFC 9162 section 2.1.4.2 for 0 < old size < new size.
    private func verifyGrowth(oldRoot: Hash, newRoot: Hash) throws(LedgerProblem) {
        var position = oldSize - 1
        var last = newSize - 1
        while position & 1 == 1 {
            position >>= 1
            last >>= 1
        }
        // When the old size is a power of two, the old root itself is the first hash.
        var hashes = path[...]
        guard let start = oldSize & (oldSize - 1) == 0 ? oldRoot : hashes.popFirst() else {
            throw .proofLength
        }
        var old = start
        var new = start
        for hash in hashes {
            guard last > 0 else { throw .proofLength }
            if position & 1 == 1 || position == last {
                old = MerkleTree.nodeHash(hash, old)
                new = MerkleTree.nodeHash(hash, new)
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleTree.nodeHash(new, hash)
            }
            position >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .proofLength }
        guard old == oldRoot, new == newRoot else { throw .notConsistent }
    }
}
