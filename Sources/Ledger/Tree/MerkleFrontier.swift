/// The right edge of a growing Merkle tree: enough to append leaves and know the root, in at most 64 hashes.
///
/// It holds the roots of the perfect subtrees that the size divides into, largest first (a compact range
/// that starts at zero). Appending costs one node hash on average.
public struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves were appended.
    public private(set) var size: UInt64
    /// The roots of the perfect subtrees, largest first: one for each set bit of ``size``.
    public private(set) var subtreeRoots: [Hash]

    /// The edge of an empty tree.
    public init() {
        size = 0
        subtreeRoots = []
    }

    /// The edge of a tree of this size with these perfect subtrees, largest first.
    ///
    /// Throws ``LedgerProblem/malformedText(what:)`` unless there is one root for each set bit of the size.
    public init(size: UInt64, subtreeRoots: [Hash]) throws(LedgerProblem) {
        guard subtreeRoots.count == size.nonzeroBitCount else { throw .malformedText(what: .frontier) }
        self.size = size
        self.subtreeRoots = subtreeRoots
    }

    /// Reads what ``bytes`` wrote.
    public init(bytes: [UInt8]) throws(LedgerProblem) {
        guard bytes.count >= 8 else { throw .malformedText(what: .frontier) }
        let size = bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard bytes.count == 8 + size.nonzeroBitCount * Hash.byteCount else {
            throw .malformedText(what: .frontier)
        }
        try self.init(size: size, subtreeRoots: try Hash.hashes(in: Array(bytes.dropFirst(8))))
    }

    /// The size as eight big-endian bytes, then the subtree roots, largest first.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        withUnsafeBytes(of: size.bigEndian) { result.append(contentsOf: $0) }
        for root in subtreeRoots { root.append(to: &result) }
        return result
    }

    /// Appends one leaf hash; a tree already holding 2^64 - 1 leaves is left as it is.
    public mutating func append(_ leafHash: Hash) {
        guard size < .max else { return }
        var carried = leafHash
        var remaining = size
        while remaining & 1 == 1, let left = subtreeRoots.popLast() {
            carried = MerkleTree.nodeHash(left, carried)
            remaining >>= 1
        }
        subtreeRoots.append(carried)
        size += 1
    }

    /// Appends leaf hashes in order.
    public mutating func append(contentsOf leafHashes: some Sequence<Hash>) {
        for hash in leafHashes { append(hash) }
    }

    /// The root of the tree as it stands; ``MerkleTree/emptyRoot`` when empty.
    public var root: Hash {
        guard var result = subtreeRoots.last else { return MerkleTree.emptyRoot }
        for left in subtreeRoots.dropLast().reversed() { result = MerkleTree.nodeHash(left, result) }
        return result
    }
}
