import Testing

@testable import Ledger

@Suite struct MerkleProofTests {
    private let standard = standardLeaves.map { MerkleTree.leafHash($0) }

    @Test func inclusionProofsOfTheStandardLeaves() throws {
        #expect(
            try InclusionProof(index: 5, leafHashes: standard).path.map(\.hexadecimal) == [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
        #expect(
            try InclusionProof(index: 2, leafHashes: Array(standard.prefix(3))).path.map(\.hexadecimal) == [
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
            ])
    }

    @Test func consistencyProofsOfTheStandardLeaves() throws {
        #expect(
            try ConsistencyProof(oldSize: 6, leafHashes: standard).path.map(\.hexadecimal) == [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
        #expect(
            try ConsistencyProof(oldSize: 2, leafHashes: Array(standard.prefix(5))).path.map(\.hexadecimal)
                == [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ])
    }

    @Test func everyProofOfSmallTreesVerifies() throws {
        let hashes = numberedHashes(70)
        for size in 1...70 {
            let leaves = Array(hashes.prefix(size))
            let root = MerkleTree.root(of: leaves)
            for index in 0..<size {
                try InclusionProof(index: UInt64(index), leafHashes: leaves).verify(
                    leafHash: leaves[index], root: root)
            }
            for old in 0...size {
                try ConsistencyProof(oldSize: UInt64(old), leafHashes: leaves)
                    .verify(oldRoot: MerkleTree.root(of: leaves.prefix(old)), newRoot: root)
            }
        }
    }

    @Test func noChangedInclusionProofVerifies() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<150 {
            let size = Int.random(in: 1...300, using: &generator)
            let leaves = numberedHashes(size)
            let root = MerkleTree.root(of: leaves)
            let index = Int.random(in: 0..<size, using: &generator)
            let proof = try InclusionProof(index: UInt64(index), leafHashes: leaves)
            let leaf = leaves[index]
            func refuses(_ changed: InclusionProof, leaf: Hash, root: Hash) {
                #expect(throws: LedgerProblem.self) { try changed.verify(leafHash: leaf, root: root) }
            }
            let bit = Int(generator.next() % 256)
            refuses(proof, leaf: try flipped(leaf, bit: bit), root: root)
            refuses(proof, leaf: leaf, root: try flipped(root, bit: bit))
            for path in try changedPaths(proof.path, bit: bit) {
                refuses(.init(index: proof.index, size: proof.size, path: path), leaf: leaf, root: root)
            }
            for other in 0..<UInt64(size) where other != proof.index {
                refuses(.init(index: other, size: proof.size, path: proof.path), leaf: leaf, root: root)
            }
            refuses(.init(index: UInt64(size), size: proof.size, path: proof.path), leaf: leaf, root: root)
            refuses(.init(index: .max, size: proof.size, path: proof.path), leaf: leaf, root: root)
        }
    }

    @Test func noChangedConsistencyProofVerifies() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<150 {
            let size = Int.random(in: 2...300, using: &generator)
            let leaves = numberedHashes(size)
            let old = Int.random(in: 1..<size, using: &generator)
            let (oldRoot, newRoot) = (MerkleTree.root(of: leaves.prefix(old)), MerkleTree.root(of: leaves))
            let proof = try ConsistencyProof(oldSize: UInt64(old), leafHashes: leaves)
            let bit = Int(generator.next() % 256)
            #expect(throws: LedgerProblem.self) {
                try proof.verify(oldRoot: flipped(oldRoot, bit: bit), newRoot: newRoot)
            }
            #expect(throws: LedgerProblem.self) {
                try proof.verify(oldRoot: oldRoot, newRoot: flipped(newRoot, bit: bit))
            }
            for path in try changedPaths(proof.path, bit: bit) {
                let changed = ConsistencyProof(oldSize: proof.oldSize, newSize: proof.newSize, path: path)
                #expect(throws: LedgerProblem.self) { try changed.verify(oldRoot: oldRoot, newRoot: newRoot) }
            }
            for other in 0...UInt64(size) where other != proof.oldSize {
                let changed = ConsistencyProof(oldSize: other, newSize: proof.newSize, path: proof.path)
                #expect(throws: LedgerProblem.self) { try changed.verify(oldRoot: oldRoot, newRoot: newRoot) }
            }
        }
    }

    @Test func aRewrittenHistoryIsNotConsistent() throws {
        let honest = numberedHashes(100)
        var rewritten = honest
        rewritten[41] = try flipped(honest[41], bit: 3)
        let proof = try ConsistencyProof(oldSize: 60, leafHashes: rewritten)
        #expect(throws: LedgerProblem.notConsistent) {
            try proof.verify(
                oldRoot: MerkleTree.root(of: honest.prefix(60)), newRoot: MerkleTree.root(of: rewritten))
        }
    }

    @Test func edgesOfSizes() throws {
        let root = MerkleTree.emptyRoot
        try ConsistencyProof(oldSize: 0, newSize: 0, path: []).verify(oldRoot: root, newRoot: root)
        try ConsistencyProof(oldSize: 0, newSize: 5, path: []).verify(oldRoot: root, newRoot: standard[0])
        #expect(throws: LedgerProblem.notConsistent) {
            try ConsistencyProof(oldSize: 0, newSize: 5, path: []).verify(oldRoot: standard[0], newRoot: root)
        }
        #expect(throws: LedgerProblem.proofLength) {
            try ConsistencyProof(oldSize: 5, newSize: 5, path: [root]).verify(oldRoot: root, newRoot: root)
        }
        #expect(throws: LedgerProblem.sizesReversed(old: 6, new: 5)) {
            try ConsistencyProof(oldSize: 6, newSize: 5, path: []).verify(oldRoot: root, newRoot: root)
        }
        #expect(throws: LedgerProblem.sizesReversed(old: 9, new: 8)) {
            try ConsistencyProof(oldSize: 9, leafHashes: standard)
        }
        #expect(throws: LedgerProblem.outsideTree(index: 8, size: 8)) {
            try InclusionProof(index: 8, leafHashes: standard)
        }
        #expect(throws: LedgerProblem.outsideTree(index: 0, size: 0)) {
            try InclusionProof(index: 0, size: 0, path: []).verify(leafHash: root, root: root)
        }
        #expect(throws: LedgerProblem.proofLength) {
            try InclusionProof(index: .max - 1, size: .max, path: []).verify(leafHash: root, root: root)
        }
        let endless = Array(repeating: root, count: 500)
        #expect(throws: LedgerProblem.self) {
            try ConsistencyProof(oldSize: .max - 1, newSize: .max, path: endless).verify(
                oldRoot: root, newRoot: root)
        }
        #expect(throws: LedgerProblem.proofLength) {
            try InclusionProof(index: .max - 1, size: .max, path: endless).verify(leafHash: root, root: root)
        }
    }

    /// The path with a bit changed in each hash, without its first or last, with one more, and reversed.
    private func changedPaths(_ path: [Hash], bit: Int) throws -> [[Hash]] {
        var changed = [path + [MerkleTree.emptyRoot], [MerkleTree.emptyRoot] + path]
        for position in path.indices {
            var other = path
            other[position] = try flipped(path[position], bit: bit)
            changed.append(other)
        }
        if !path.isEmpty { changed += [Array(path.dropFirst()), Array(path.dropLast())] }
        if path.count > 1 { changed.append(path.reversed()) }
        return changed
    }
}
