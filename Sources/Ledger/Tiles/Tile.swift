/// The place and width of one tile of a tree: up to 256 consecutive hashes of one level (C2SP tlog-tiles).
///
/// Level 0 holds leaf hashes; each hash of a higher level is the root of a full tile of the level below.
public struct Tile: Hashable, Sendable {
    /// The most hashes a tile holds.
    public static let fullWidth = 256
    /// Tree levels in one tile: 2^8 hashes wide.
    static let height = 8
    /// The highest level that a tree of fewer than 2^64 leaves has.
    static let highestLevel = 7

    /// The level, 0 for leaf hashes.
    public let level: Int
    /// The zero-based position among the tiles of its level.
    public let index: UInt64
    /// How many hashes the tile holds, 1 to 256.
    public let width: Int

    /// A tile's place.
    ///
    /// Throws ``LedgerProblem/malformedTile`` unless the level is 0 to 63 and the width 1 to 256.
    public init(level: Int, index: UInt64, width: Int = Tile.fullWidth) throws(LedgerProblem) {
        guard (0...63).contains(level), (1...Tile.fullWidth).contains(width) else { throw .malformedTile }
        self.init(checkedLevel: level, index: index, width: width)
    }

    init(checkedLevel level: Int, index: UInt64, width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// Whether the tile holds all of its 256 hashes and can no longer change.
    public var isFull: Bool { width == Tile.fullWidth }

    /// The path of the tile, such as `tile/0/x001/x234/067` or `tile/1/000.p/17`.
    public var path: String { "tile/\(level)/\(Tile.number(index, width: width))" }

    /// The path of the entry bundle with the leaves of this level-0 tile, such as `tile/entries/000.p/17`.
    public var entriesPath: String { "tile/entries/\(Tile.number(index, width: width))" }

    /// Reads a tile's path, strictly.
    ///
    /// Throws ``LedgerProblem/malformedTile`` when the text is not exactly what ``path`` writes.
    public init(path: String) throws(LedgerProblem) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        guard parts.popFirst() == "tile", let levelText = parts.popFirst(),
            let level = try? Decimal64.decode(levelText), level <= 63
        else { throw .malformedTile }
        var width = Tile.fullWidth
        if parts.count >= 2, let parent = parts.dropLast().last, parent.hasSuffix(".p") {
            guard let last = parts.popLast(), let partial = try? Decimal64.decode(last), partial < 256
            else { throw .malformedTile }
            width = Int(partial)
            parts = parts.dropLast() + [parent.dropLast(2)]
        }
        var index: UInt64 = 0
        for part in parts {
            guard let group = UInt64(part.hasPrefix("x") ? part.dropFirst() : part), group < 1000,
                case (let scaled, let tooLarge) = index.multipliedReportingOverflow(by: 1000), !tooLarge,
                case (let sum, let overflows) = scaled.addingReportingOverflow(group), !overflows
            else { throw .malformedTile }
            index = sum
        }
        try self.init(level: Int(level), index: index, width: width)
        guard self.path.utf8.elementsEqual(path.utf8) else { throw .malformedTile }
    }

    /// The index in groups of three digits, all but the last marked with x, then the partial width.
    private static func number(_ index: UInt64, width: Int) -> String {
        var groups: [String] = []
        var remaining = index
        repeat {
            let group = String(remaining % 1000)
            let padded = String(repeating: "0", count: 3 - group.count) + group
            groups.append(groups.isEmpty ? padded : "x" + padded)
            remaining /= 1000
        } while remaining > 0
        let text = groups.reversed().joined(separator: "/")
        return width == fullWidth ? text : "\(text).p/\(width)"
    }
}

extension Tile {
    /// The tile that holds the hash at an index of a tile level, as wide as a tree of this size makes it;
    /// nil when the tree has no such hash.
    static func holding(level: Int, hashIndex: UInt64, size: UInt64) -> Tile? {
        guard (0...highestLevel).contains(level) else { return nil }
        let hashCount = size >> UInt64(level * height)
        guard hashIndex < hashCount else { return nil }
        let index = hashIndex >> UInt64(height)
        let width = min(hashCount - index << UInt64(height), UInt64(fullWidth))
        return Tile(checkedLevel: level, index: index, width: Int(width))
    }

    /// The partial tiles on the right edge of a tree, lowest level first; at most eight.
    public static func partialTiles(ofTreeSize size: UInt64) -> [Tile] {
        (0...highestLevel).compactMap { level in
            let hashCount = size >> UInt64(level * height)
            let width = Int(hashCount % UInt64(fullWidth))
            guard width > 0 else { return nil }
            return Tile(checkedLevel: level, index: hashCount / UInt64(fullWidth), width: width)
        }
    }
}
