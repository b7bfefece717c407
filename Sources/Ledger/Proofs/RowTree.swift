/// The Merkle root over the rows of an import, taken as the rows stream by.
///
/// A row's leaf is the canonical JSON array of its cells, each a string as it was read, in the order of the
/// columns. The tree is the same as the ledger's; the leaf of the import records its root and row count.
public struct RowTree: Sendable {
    /// The edge of the tree so far.
    public private(set) var frontier = MerkleFrontier()
    private var buffer: [UInt8] = []

    /// A tree without rows.
    public init() {}

    /// How many rows were appended.
    public var rowCount: UInt64 { frontier.size }

    /// The root over the rows so far.
    public var root: Hash { frontier.root }

    /// Appends a row and returns its hash, which the caller keeps if rows are to be proven later.
    @discardableResult
    public mutating func append(cells: [String]) -> Hash {
        buffer.removeAll(keepingCapacity: true)
        RowTree.encode(cells, into: &buffer)
        return append(rowBytes: buffer)
    }

    /// Appends a row already encoded as ``encode(_:into:)`` would, and returns its hash.
    @discardableResult
    public mutating func append(rowBytes: [UInt8]) -> Hash {
        let hash = MerkleTree.leafHash(rowBytes)
        frontier.append(hash)
        return hash
    }

    /// Appends a row by its hash, as ``rowHash(cells:)`` gives it; hashes may be computed on several cores.
    public mutating func append(rowHash: Hash) {
        frontier.append(rowHash)
    }

    /// The hash of a row, to look it up among the hashes of an import.
    public static func rowHash(cells: [String]) -> Hash {
        var bytes: [UInt8] = []
        encode(cells, into: &bytes)
        return MerkleTree.leafHash(bytes)
    }

    /// Appends the leaf bytes of a row: `["cell","cell",…]`.
    public static func encode(_ cells: [String], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for cell in cells {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            CanonicalJSON.encode(cell, into: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
