import Ledger
import Records
import Storage

extension Auditor {
    /// Hashes every leaf anew and compares it with its tile; notes what the entries say for the other parts.
    func checkEntries(
        _ reader: any StoreReading, _ report: inout Report, _ index: inout EntryIndex
    ) throws {
        let sizes = Set(try reader.checkpoints().map(\.size))
        var frontier = MerkleFrontier()
        var leaves = LeafHashes(reader: reader)
        var expected: UInt64 = 0
        if sizes.contains(0) { index.roots[0] = frontier.root }
        try reader.eachEntry(from: 0) { entry in
            if entry.position != expected {
                report.add("entry \(expected)", "日志条目缺失", "the entry is missing")
                expected = entry.position
            }
            let hash = MerkleTree.leafHash(entry.leaf)
            frontier.append(hash)
            if sizes.contains(frontier.size) { index.roots[frontier.size] = frontier.root }
            if try !leaves.has(hash, at: entry.position) {
                report.add(
                    "entry \(entry.position)", "条目内容与台账日志中的哈希不符",
                    "the entry does not have the hash that the ledger recorded")
            }
            note(entry, &report, &index)
            expected += 1
        }
        report.entries = frontier.size
        report.root = frontier.root
    }

    private func note(_ entry: StoredEntry, _ report: inout Report, _ index: inout EntryIndex) {
        guard let leaf = try? CanonicalJSON(canonical: entry.leaf) else {
            report.add("entry \(entry.position)", "条目不是规范的 JSON", "the entry is not canonical JSON")
            return
        }
        let agrees =
            leaf["action"].isText(entry.action) && leaf["actor"].isText(entry.actor)
            && leaf["kind"].isText(entry.kind) && leaf["record"]?.number == entry.record
            && leaf["version"]?.number == entry.version
        if !agrees {
            report.add(
                "entry \(entry.position)", "条目的索引列与内容不符",
                "the look-up columns of the entry differ from its content")
        }
        if case .array(let documents)? = leaf["documents"] {
            for document in documents {
                guard let number = document["number"]?.text else { continue }
                index.documents[number] = IssuedDocument.image(document, in: leaf)
            }
        }
        if leaf["action"]?.text == "import", let id = leaf["import"]?.number { index.imports[id] = leaf }
        if leaf["action"]?.text == "create", let kind = leaf["kind"]?.text, let id = leaf["record"]?.number {
            index.created[Facts.Key(kind: kind, id: id)] = leaf["number"]?.text ?? String(id)
        }
    }

    /// Compares the tiles with each other, level by level, and their widths with the number of entries.
    func checkTiles(_ reader: any StoreReading, _ report: inout Report) throws {
        let size = report.entries
        if try reader.ledgerSize() != size {
            report.add("ledger", "日志条数与记录的规模不符", "the number of entries differs from the ledger's size")
        }
        var tree = TiledTree(size: size, reader: StoreTiles(reader: reader))
        if let root = report.root, (try? tree.root()) != root {
            report.add("tiles", "由瓦片算出的根哈希与条目不符", "the root computed from the tiles differs from the entries")
        }
        var found: [Int: UInt64] = [:]
        try reader.eachTile { level, index, hashes in
            let width = Self.width(ofTile: index, level: level, size: size)
            if width > 0 { found[level, default: 0] += 1 }
            guard width > 0, hashes.count == width * Hash.byteCount else {
                let text = "the width of the tile does not fit the number of entries"
                report.add("tile \(level)/\(index)", "瓦片的宽度与条目数不符", text)
                return
            }
            guard level > 0 else { return }
            for position in 0..<width {
                let child = index * UInt64(Tile.fullWidth) + UInt64(position)
                let stored = hashes.dropFirst(position * Hash.byteCount).prefix(Hash.byteCount)
                try compare(stored, withTile: child, level: level - 1, reader, &report)
            }
        }
        for level in 0...Self.highestTileLevel {
            let count = Self.tileCount(level: level, size: size)
            guard found[level, default: 0] != count else { continue }
            for index in 0..<count where try reader.tile(level: level, index: index) == nil {
                report.add("tile \(level)/\(index)", "瓦片缺失", "the tile is missing")
            }
        }
    }

    /// Compares a hash in a tile with the root over the tile beneath.
    private func compare(
        _ hash: ArraySlice<UInt8>, withTile child: UInt64, level: Int, _ reader: any StoreReading,
        _ report: inout Report
    ) throws {
        let bytes = try reader.tile(level: level, index: child) ?? []
        guard bytes.count == Tile.fullWidth * Hash.byteCount, let children = try? Hash.hashes(in: bytes)
        else {
            report.add("tile \(level)/\(child)", "瓦片不完整", "the tile is incomplete")
            return
        }
        if !hash.elementsEqual(MerkleTree.root(of: children).bytes) {
            report.add(
                "tile \(level + 1)/\(child / UInt64(Tile.fullWidth))", "瓦片中的哈希与下层不符",
                "a hash in the tile differs from the level below")
        }
    }

    /// The highest level that a tree of fewer than 2^64 leaves has.
    private static let highestTileLevel = 7

    /// How many hashes a level has at a size.
    private static func hashCount(level: Int, size: UInt64) -> UInt64 {
        (0...highestTileLevel).contains(level) ? size >> UInt64(8 * level) : 0
    }

    private static func tileCount(level: Int, size: UInt64) -> UInt64 {
        let count = hashCount(level: level, size: size)
        let width = UInt64(Tile.fullWidth)
        return count / width + (count % width == 0 ? 0 : 1)
    }

    /// How wide a tile is at a size; 0 when there is none.
    private static func width(ofTile index: UInt64, level: Int, size: UInt64) -> Int {
        let count = hashCount(level: level, size: size)
        let width = UInt64(Tile.fullWidth)
        if index < count / width { return Tile.fullWidth }
        return index == count / width ? Int(count % width) : 0
    }

    func checkCheckpoints(_ reader: any StoreReading, _ report: inout Report, _ index: EntryIndex) throws {
        for stored in try reader.checkpoints() {
            report.checkpoints += 1
            let subject = "checkpoint \(stored.size)"
            guard let note = try? SignedNote(stored.note),
                let checkpoint = try? Checkpoint(opening: note, trusting: keys)
            else {
                report.add(subject, "检查点签名无效", "the checkpoint's signature does not verify")
                continue
            }
            if checkpoint.size != stored.size || index.roots[stored.size] != checkpoint.root {
                report.add(
                    subject, "签过的检查点与现有日志不符：历史被改过",
                    "the signed checkpoint does not fit the ledger: history was changed")
            }
        }
    }
}

/// Reads the recorded hashes of leaves, one tile at a time.
private struct LeafHashes {
    let reader: any StoreReading
    private var index: UInt64?
    private var bytes: [UInt8] = []

    init(reader: any StoreReading) {
        self.reader = reader
    }

    /// Whether the tiles hold this hash for the leaf at a position.
    mutating func has(_ hash: Hash, at position: UInt64) throws -> Bool {
        let width = UInt64(Tile.fullWidth)
        if index != position / width {
            bytes = try reader.tile(level: 0, index: position / width) ?? []
            index = position / width
        }
        let offset = Int(position % width) * Hash.byteCount
        return bytes.dropFirst(offset).prefix(Hash.byteCount).elementsEqual(hash.bytes)
    }
}
