import Testing

@testable import Ledger

@Suite struct TileTests {
    @Test func namesAsInTheSpecification() throws {
        #expect(try Tile(level: 0, index: 1_234_067).path == "tile/0/x001/x234/067")
        #expect(try Tile(level: 1, index: 0, width: 17).path == "tile/1/000.p/17")
        #expect(try Tile(level: 0, index: 273, width: 112).entriesPath == "tile/entries/273.p/112")
        #expect(try Tile(level: 63, index: .max).path == "tile/63/x018/x446/x744/x073/x709/x551/615")
    }

    @Test func readsNamesBack() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<500 {
            let index = generator.next() >> (generator.next() % 64)
            let tile = try Tile(
                level: Int(generator.next() % 64), index: index, width: Int(generator.next() % 256) + 1)
            #expect(try Tile(path: tile.path) == tile)
        }
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/64/000", "tile/00/000", "tile/0/0", "tile/0/0000",
        "tile/0/x001",
        "tile/0/001/002", "tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
        "tile/0/000.p",
        "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/+01", "tile/-1/000", "/tile/0/000", "tile/0/000/",
        "tile/0/.p/1", "tile/0//000",
    ])
    func refusesOtherNames(_ path: String) {
        #expect(throws: LedgerProblem.malformedTile) { try Tile(path: path) }
    }

    @Test func refusesImpossibleTiles() {
        #expect(throws: LedgerProblem.malformedTile) { try Tile(level: 64, index: 0) }
        #expect(throws: LedgerProblem.malformedTile) { try Tile(level: -1, index: 0) }
        #expect(throws: LedgerProblem.malformedTile) { try Tile(level: 0, index: 0, width: 0) }
        #expect(throws: LedgerProblem.malformedTile) { try Tile(level: 0, index: 0, width: 257) }
    }

    /// The specification's own example: 70,000 entries.
    @Test func partialTilesOfTheSpecificationsExample() throws {
        #expect(
            Tile.partialTiles(ofTreeSize: 70_000) == [
                try Tile(level: 0, index: 273, width: 112), try Tile(level: 1, index: 1, width: 17),
                try Tile(level: 2, index: 0, width: 1),
            ])
        #expect(Tile.partialTiles(ofTreeSize: 256) == [try Tile(level: 1, index: 0, width: 1)])
        #expect(Tile.partialTiles(ofTreeSize: 0).isEmpty)
        #expect(Tile.partialTiles(ofTreeSize: .max).count == 8)
    }

    @Test func bundlesCarryLeaves() throws {
        let leaves: [[UInt8]] = [[], [1], Array(repeating: 7, count: 65_535)]
        let bytes = try EntryBundle.encode(leaves)
        #expect(bytes.prefix(5) == [0, 0, 0, 1, 1])
        #expect(try EntryBundle.decode(bytes) == leaves)
        #expect(throws: LedgerProblem.leafTooLong(count: 65_536)) {
            try EntryBundle.encode([Array(repeating: 7, count: 65_536)])
        }
        for garbage in [[0], [0, 1], [0, 2, 1], [255, 255, 0], Array(repeating: 0, count: 514)] as [[UInt8]] {
            #expect(throws: LedgerProblem.malformedEntryBundle) { try EntryBundle.decode(garbage) }
        }
    }
}
