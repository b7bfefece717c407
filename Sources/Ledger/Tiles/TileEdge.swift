/// A tile to store: its place and all of its hashes so far.
public struct TileWrite: Hashable, Sendable {
    /// The level, index and width after the append.
    public let tile: Tile
    /// The hashes one after another, `tile.width` × 32 bytes.
    public let bytes: [UInt8]
}

/// The partial tiles on the right edge of a tree: says which tiles an append writes.
///
/// It holds at most eight partial tiles of 255 hashes, 64 KiB. Appending costs one node hash a leaf.
public struct TileEdge: Hashable, Sendable {
    /// The edge of the tree, for its size and root.
    public private(set) var frontier: MerkleFrontier
    private var partial: [[Hash]]

    /// The edge of an empty tree.
    public init() {
        frontier = MerkleFrontier()
        partial = Array(repeating: [], count: Tile.highestLevel + 1)
    }

    /// The edge of a stored tree, read from its partial tiles.
    ///
    /// Throws what ``TiledTree/frontier()`` throws. Compare ``root`` with the latest checkpoint before
    /// appending: it is computed from the partial tiles alone.
    public init(size: UInt64, reader: some TileReader) throws {
        self.init()
        for tile in Tile.partialTiles(ofTreeSize: size) {
            let bytes = try reader.bytes(of: tile)
            guard bytes.count >= tile.width * Hash.byteCount else {
                throw LedgerProblem.tileTooShort(level: tile.level, index: tile.index)
            }
            partial[tile.level] = try Hash.hashes(in: Array(bytes.prefix(tile.width * Hash.byteCount)))
        }
        var roots: [Hash] = []
        for hashes in partial.reversed() {
            var edge = MerkleFrontier()
            edge.append(contentsOf: hashes)
            roots += edge.subtreeRoots
        }
        frontier = try MerkleFrontier(size: size, subtreeRoots: roots)
    }

    /// The number of leaves.
    public var size: UInt64 { frontier.size }

    /// The root of the tree as it stands.
    public var root: Hash { frontier.root }

    /// Appends leaf hashes in order and says which tiles are to be stored, each once in its last form.
    ///
    /// A tile already stored under the same level and index is replaced by a wider one; hashes in it never
    /// change. The writes are ordered by level, then index.
    public mutating func append(_ leafHashes: some Collection<Hash>) -> [TileWrite] {
        var writes: [TileWrite] = []
        var arriving = Array(leafHashes)
        frontier.append(contentsOf: arriving)
        var hashCount = size - UInt64(arriving.count)
        var level = 0
        while !arriving.isEmpty, level <= Tile.highestLevel {
            var completed: [Hash] = []
            var index = hashCount >> UInt64(Tile.height)
            var held = partial[level]
            var remaining = arriving[...]
            while !remaining.isEmpty {
                let taken = remaining.prefix(Tile.fullWidth - held.count)
                remaining = remaining.dropFirst(taken.count)
                held += taken
                let tile = Tile(checkedLevel: level, index: index, width: held.count)
                writes.append(TileWrite(tile: tile, bytes: Hash.bytes(of: held)))
                if tile.isFull {
                    completed.append(MerkleTree.root(of: held))
                    held.removeAll(keepingCapacity: true)
                    index += 1
                }
            }
            partial[level] = held
            arriving = completed
            hashCount >>= UInt64(Tile.height)
            level += 1
        }
        return writes
    }

    /// The tiles that an append to a stored tree writes, together with the new edge.
    ///
    /// Throws what ``init(size:reader:)`` throws.
    public static func writes(
        appending leafHashes: some Collection<Hash>, toSize size: UInt64, reader: some TileReader
    ) throws -> (writes: [TileWrite], edge: TileEdge) {
        var edge = try TileEdge(size: size, reader: reader)
        let writes = edge.append(leafHashes)
        return (writes, edge)
    }
}
