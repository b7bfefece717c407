import Testing

@testable import Ledger

@Suite struct TiledTreeTests {
    @Test func proofsFromTilesEqualProofsFromMemory() throws {
        var generator = SeededGenerator(seed: 9)
        let leaves = numberedHashes(70_000)
        var tiles = MemoryTiles()
        var edge = TileEdge()
        while edge.size < 70_000 {
            let step = min(Int.random(in: 1...3000, using: &generator), 70_000 - Int(edge.size))
            tiles.store(edge.append(leaves[Int(edge.size)..<Int(edge.size) + step]))
        }
        #expect(edge.root.hexadecimal == "da0532ff7b2ee56f4067110fc964e9f27b5959f9527bfff3fa501aa7584deaf3")
        for size in [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 69_999, 70_000] {
            let prefix = Array(leaves.prefix(size))
            var tree = TiledTree(size: UInt64(size), reader: tiles)
            let root = MerkleTree.root(of: prefix)
            #expect(try tree.root() == root)
            #expect(try tree.frontier().root == root)
            for _ in 0..<3 {
                let index = UInt64.random(in: 0..<UInt64(size), using: &generator)
                let proof = try tree.inclusionProof(index: index)
                #expect(try proof == InclusionProof(index: index, leafHashes: prefix))
                try proof.verify(leafHash: try tree.leafHash(at: index), root: root)
                let old = UInt64.random(in: 0...UInt64(size), using: &generator)
                #expect(
                    try tree.consistencyProof(from: old) == ConsistencyProof(oldSize: old, leafHashes: prefix)
                )
            }
        }
    }

    @Test func appendsWriteExactlyTheTilesThatChange() throws {
        var edge = TileEdge()
        #expect(edge.append([]).isEmpty)
        let leaves = numberedHashes(600)
        let first = edge.append(leaves[0..<1])
        #expect(first.map(\.tile.path) == ["tile/0/000.p/1"])
        #expect(first[0].bytes == leaves[0].bytes)
        #expect(edge.append(leaves[1..<255]).map(\.tile.path) == ["tile/0/000.p/255"])
        let full = edge.append(leaves[255..<256])
        #expect(full.map(\.tile.path) == ["tile/0/000", "tile/1/000.p/1"])
        #expect(full[0].bytes == Hash.bytes(of: leaves[0..<256]))
        #expect(full[1].bytes == MerkleTree.root(of: leaves[0..<256]).bytes)
        let rest = edge.append(leaves[256..<600])
        #expect(rest.map(\.tile.path) == ["tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"])
    }

    @Test func anEdgeReadFromTilesContinuesTheTree() throws {
        var generator = SeededGenerator(seed: 10)
        let leaves = numberedHashes(3000)
        for size in [0, 1, 255, 256, 300, 2048, 2900] {
            var tiles = MemoryTiles()
            var edge = TileEdge()
            tiles.store(edge.append(leaves[0..<size]))
            let step = Int.random(in: 1...(3000 - size), using: &generator)
            let result = try TileEdge.writes(
                appending: leaves[size..<size + step], toSize: UInt64(size), reader: tiles)
            let direct = edge.append(leaves[size..<size + step])
            #expect(result.writes == direct)
            #expect(result.edge == edge)
            #expect(result.edge.root == MerkleTree.root(of: leaves.prefix(size + step)))
        }
    }

    @Test func damagedTilesAreReported() throws {
        var edge = TileEdge()
        _ = edge.append(numberedHashes(10))
        let short = ClosureTileReader { _ in [1, 2, 3] }
        #expect(throws: LedgerProblem.tileTooShort(level: 0, index: 0)) {
            try TileEdge(size: 10, reader: short)
        }
        var tree = TiledTree(size: 10, reader: short)
        #expect(throws: LedgerProblem.tileTooShort(level: 0, index: 0)) { try tree.root() }
        var absent = TiledTree(size: 10, reader: MemoryTiles())
        #expect(throws: MemoryTiles.Absent.self) { try absent.root() }
        #expect(throws: LedgerProblem.outsideTree(index: 10, size: 10)) {
            try absent.inclusionProof(index: 10)
        }
        #expect(throws: LedgerProblem.sizesReversed(old: 11, new: 10)) {
            try absent.consistencyProof(from: 11)
        }
        #expect(throws: LedgerProblem.self) { try absent.node(level: 64, index: 0) }
        #expect(throws: LedgerProblem.self) { try absent.node(level: -1, index: 0) }
        #expect(throws: LedgerProblem.self) { try absent.node(level: 7, index: .max) }
        #expect(throws: LedgerProblem.self) { try absent.node(level: 3, index: 1) }
    }
}
