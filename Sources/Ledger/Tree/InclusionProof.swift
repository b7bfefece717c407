/// The proof that a leaf stands at an index of a tree of a given size (RFC 9162 section 2.1.3).
public struct InclusionProof: Hashable, Sendable {
    /// The zero-based position of the leaf.
    public let index: UInt64
    /// The number of leaves of the tree.
    public let size: UInt64
    /// The sibling hashes from the leaf's own sibling up to the root's child.
    public let path: [Hash]

    /// A proof as received; nothing is checked before ``verify(leafHash:root:)``.
    public init(index: UInt64, size: UInt64, path: [Hash]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// Builds the proof from the hashes of subtrees; `node(level, index)` gives the root of the perfect
    /// subtree of `1 << level` leaves from `index << level` on, all of them below `size`.
    ///
    /// Throws ``LedgerProblem/outsideTree(index:size:)`` and whatever `node` throws.
    public init(index: UInt64, size: UInt64, node: (Int, UInt64) throws -> Hash) throws {
        guard index < size else { throw LedgerProblem.outsideTree(index: index, size: size) }
        let ranges = ProofRanges.inclusion(index: index, size: size)
        self.init(index: index, size: size, path: try ranges.map { try ProofRanges.root(of: $0, node: node) })
    }

    /// Builds the proof from all leaf hashes of a tree held in memory.
    public init(index: UInt64, leafHashes: [Hash]) throws(LedgerProblem) {
        let size = UInt64(leafHashes.count)
        guard index < size else { throw .outsideTree(index: index, size: size) }
        let path = ProofRanges.inclusion(index: index, size: size).map { range in
            MerkleTree.root(of: leafHashes[Int(range.lowerBound)..<Int(range.upperBound)])
        }
        self.init(index: index, size: size, path: path)
    }

    /// The root that the proof computes from a leaf hash.
    ///
    /// Throws ``LedgerProblem/outsideTree(index:size:)`` or ``LedgerProblem/proofLength``.
    public func root(leafHash: Hash) throws(LedgerProblem) -> Hash {
        guard index < size else { throw .outsideTree(index: index, size: size) }
        var position = index
        var last = size - 1
        var result = leafHash
        for sibling in path {
            guard last > 0 else { throw .proofLength }
            if position & 1 == 1 || position == last {
                result = MerkleTree.nodeHash(sibling, result)
                while position & 1 == 0, position > 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                result = MerkleTree.nodeHash(result, sibling)
            }
            position >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .proofLength }
        return result
    }

    /// Checks that the leaf stands at ``index`` of the tree with this root.
    ///
    /// Throws ``LedgerProblem/notIncluded`` when the root differs, and what ``root(leafHash:)`` throws.
    public func verify(leafHash: Hash, root: Hash) throws(LedgerProblem) {
        guard try self.root(leafHash: leafHash) == root else { throw .notIncluded }
    }
}
