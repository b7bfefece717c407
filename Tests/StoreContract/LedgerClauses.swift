import Ledger
import Storage

enum LedgerSamples {
    static func entry(_ number: Int, about record: Int64? = nil) -> NewEntry {
        let leaf = Array("{\"n\":\(number)}".utf8)
        return NewEntry(
            kind: record == nil ? nil : "hazard", record: record, version: record == nil ? nil : 1,
            action: "create",
            actor: "王", leaf: leaf, hash: MerkleTree.leafHash(leaf))
    }

    /// Reads the tree out of the stored tiles and compares it.
    static func compare(_ store: any Store, with frontier: MerkleFrontier) throws {
        try store.read { reader in
            try expectEqual(try reader.ledgerSize(), frontier.size)
            let tiles = ClosureTileReader { tile in
                try reader.tile(level: tile.level, index: tile.index) ?? []
            }
            var tree = TiledTree(size: frontier.size, reader: tiles)
            if frontier.size > 0 { try expectEqual(try tree.root(), frontier.root) }
            try expectEqual(try TileEdge(size: frontier.size, reader: tiles).frontier, frontier)
        }
    }
}

extension StoreContract {
    static let ledgerClauses: [Clause] = [
        clause("the stored tiles are those of the tree of all entries, however they were appended") {
            harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            let other = try harness.open(rulebook)
            var numbers = SeededNumbers(7)
            var edge = TileEdge()
            var tiles: [Tile: [UInt8]] = [:]
            var count = 0
            while count < 70_000 {
                let batch = numbers.pick(1, 2, 255, 256, 257, 5_000)
                let entries = (count..<count + batch).map { LedgerSamples.entry($0) }
                for write in edge.append(entries.map(\.hash)) {
                    if let place = try? Tile(level: write.tile.level, index: write.tile.index) {
                        tiles[place] = write.bytes
                    }
                }
                // Another process in between: what is remembered of the edge is no longer the end.
                try (numbers.pick(store, other)).write { try $0.append(entries) }
                count += batch
            }
            try LedgerSamples.compare(store, with: edge.frontier)
            var found: [Tile: [UInt8]] = [:]
            try store.read { reader in
                try reader.eachTile { level, index, hashes in
                    found[try Tile(level: level, index: index)] = hashes
                }
            }
            try expectEqual(found.count, tiles.count)
            try expect(found == tiles)
        },
        clause("adoptions of rulebooks are found, the latest first") { harness in
            let (store, _, _) = try Samples.opened(harness)
            func adoption(_ number: Int) -> NewEntry {
                var entry = LedgerSamples.entry(number)
                entry.action = "adopt-rulebook"
                return entry
            }
            try store.write {
                try $0.append([
                    adoption(0), LedgerSamples.entry(1, about: 1), adoption(2), LedgerSamples.entry(3),
                    adoption(4),
                ])
            }
            try store.read { reader in
                try expectEqual(try reader.adoptions(limit: 9).map(\.position), [4, 2, 0])
                try expectEqual(try reader.adoptions(limit: 2).map(\.position), [4, 2])
                try expectEqual(try reader.adoptions(limit: 0).count, 0)
            }
        },
        clause("entries are found by position and by record") { harness in
            let (store, _, _) = try Samples.opened(harness)
            try store.write { writer in
                for number in 0..<10 {
                    try writer.append([LedgerSamples.entry(number, about: Int64(number % 3))])
                }
                try writer.append([])
                try writer.append([LedgerSamples.entry(10)])
            }
            try store.read { reader in
                try expectEqual(try reader.ledgerSize(), 11)
                try expectEqual(try reader.entries(kind: "hazard", record: 1).map(\.position), [1, 4, 7])
                try expectEqual(try reader.lastEntry(kind: "hazard", record: 0), 9)
                try expect(try reader.lastEntry(kind: "project", record: 0) == nil)
                let last = try unwrap(try reader.entry(at: 10))
                try expectEqual(last.leaf, Array("{\"n\":10}".utf8))
                try expect(last.kind == nil && last.record == nil && last.version == nil && last.actor == "王")
                for position in [11, UInt64.max] { try expect(try reader.entry(at: position) == nil) }
                var positions: [UInt64] = []
                try reader.eachEntry(from: 8) { positions.append($0.position) }
                try expectEqual(positions, [8, 9, 10])
                try expect(try reader.tile(level: 1, index: 0) == nil)
            }
        },
        clause("checkpoints come back oldest first") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let checkpoints = try [1, 300, 20].map { size in
                StoredCheckpoint(size: size, note: "原点\n\(size)\n", signedAt: try Samples.moment(Int64(size)))
            }
            try store.write { for checkpoint in checkpoints { try $0.save(checkpoint) } }
            try expectEqual(try store.read { try $0.checkpoints() }.map(\.size), [1, 20, 300])
            try expect(try store.read { try $0.checkpoints() }.contains(checkpoints[1]))
        },
    ]
}
