/// Reads stored tiles, from a table, a folder or a server.
public protocol TileReader {
    /// The tile's hashes one after another: at least `tile.width` × 32 bytes.
    ///
    /// More bytes are accepted, since a stored tile may have grown beyond the size asked about; a hash
    /// once written never changes.
    func bytes(of tile: Tile) throws -> [UInt8]
}

/// A ``TileReader`` made of a closure.
public struct ClosureTileReader: TileReader {
    private let read: (Tile) throws -> [UInt8]

    /// A reader that answers with what the closure returns or throws.
    public init(_ read: @escaping (Tile) throws -> [UInt8]) {
        self.read = read
    }

    /// What the closure returns for this tile.
    public func bytes(of tile: Tile) throws -> [UInt8] { try read(tile) }
}

/// Answers for roots and proofs of a tree of one size out of its stored tiles, reading each tile once.
public struct TiledTree<Reader: TileReader> {
    /// The number of leaves of the tree.
    public let size: UInt64
    private let reader: Reader
    private var tiles: [Tile: [Hash]] = [:]

    /// The tree of `size` leaves whose tiles the reader gives.
    public init(size: UInt64, reader: Reader) {
        self.size = size
        self.reader = reader
    }

    /// The root of the perfect subtree of `1 << level` leaves from `index << level` on.
    ///
    /// Throws ``LedgerProblem/outsideTree(index:size:)``, ``LedgerProblem/tileTooShort(level:index:)``
    /// and whatever the reader throws.
    public mutating func node(level: Int, index: UInt64) throws -> Hash {
        let heightInTile = level % Tile.height
        guard level >= 0, level < 64, index <= UInt64.max >> UInt64(heightInTile),
            let tile = Tile.holding(
                level: level / Tile.height, hashIndex: index << UInt64(heightInTile), size: size)
        else { throw LedgerProblem.outsideTree(index: index, size: size) }
        let start = Int((index << UInt64(heightInTile)) % UInt64(Tile.fullWidth))
        guard start + 1 << heightInTile <= tile.width else {
            throw LedgerProblem.outsideTree(index: index, size: size)
        }
        let hashes = try hashes(of: tile)
        return MerkleTree.root(of: hashes[start..<start + 1 << heightInTile])
    }

    /// The leaf hash at an index.
    public mutating func leafHash(at index: UInt64) throws -> Hash {
        try node(level: 0, index: index)
    }

    /// The root of the tree.
    public mutating func root() throws -> Hash {
        try ProofRanges.root(of: 0..<size) { try node(level: $0, index: $1) }
    }

    /// The edge from which the tree can be continued.
    public mutating func frontier() throws -> MerkleFrontier {
        var roots: [Hash] = []
        var start: UInt64 = 0
        for level in (0..<64).reversed() where size >> UInt64(level) & 1 == 1 {
            roots.append(try node(level: level, index: start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        return try MerkleFrontier(size: size, subtreeRoots: roots)
    }

    /// The proof that the leaf at an index belongs to the tree.
    public mutating func inclusionProof(index: UInt64) throws -> InclusionProof {
        try InclusionProof(index: index, size: size) { try node(level: $0, index: $1) }
    }

    /// The proof that the tree continues the tree of its first `oldSize` leaves.
    public mutating func consistencyProof(from oldSize: UInt64) throws -> ConsistencyProof {
        try ConsistencyProof(oldSize: oldSize, newSize: size) { try node(level: $0, index: $1) }
    }

    private mutating func hashes(of tile: Tile) throws -> [Hash] {
        if let known = tiles[tile] { return known }
        let bytes = try reader.bytes(of: tile)
        guard bytes.count >= tile.width * Hash.byteCount else {
            throw LedgerProblem.tileTooShort(level: tile.level, index: tile.index)
        }
        let hashes = try Hash.hashes(in: Array(bytes.prefix(tile.width * Hash.byteCount)))
        tiles[tile] = hashes
        return hashes
    }
}

extension TiledTree: Sendable where Reader: Sendable {}
