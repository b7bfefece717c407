import Testing

@testable import Ledger

@Suite struct MerkleTreeTests {
    @Test func rootsOfTheCertificateTransparencyVectors() throws {
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        for (size, root) in roots.enumerated() {
            #expect(
                MerkleTree.root(of: standardLeaves.prefix(size).map { MerkleTree.leafHash($0) }).hexadecimal
                    == root)
        }
    }

    /// The expected roots were computed with an independent recursive program.
    @Test func rootsOfLargerTrees() {
        #expect(
            MerkleTree.root(of: numberedHashes(1000)).hexadecimal
                == "2ff33fb9d8f14f89ca306289633336a168ff3f4532e8f741a0019dcb4c1d60a1")
        #expect(
            MerkleTree.root(of: numberedHashes(70_000)).hexadecimal
                == "da0532ff7b2ee56f4067110fc964e9f27b5959f9527bfff3fa501aa7584deaf3")
    }

    @Test func frontierIsSmallAndCanBeStored() throws {
        var frontier = MerkleFrontier()
        for hash in numberedHashes(600) {
            frontier.append(hash)
            #expect(frontier.subtreeRoots.count == frontier.size.nonzeroBitCount)
        }
        let restored = try MerkleFrontier(bytes: frontier.bytes)
        #expect(restored == frontier)
        #expect(restored.root == MerkleTree.root(of: numberedHashes(600)))
        for bytes in [[], [0], Array(frontier.bytes.dropLast()), frontier.bytes + [0]] as [[UInt8]] {
            #expect(throws: LedgerProblem.malformedText(what: .frontier)) { try MerkleFrontier(bytes: bytes) }
        }
        #expect(throws: LedgerProblem.self) { try MerkleFrontier(size: 3, subtreeRoots: []) }
    }

    @Test func aFullFrontierStaysAsItIs() throws {
        let hash = MerkleTree.emptyRoot
        var frontier = try MerkleFrontier(size: .max, subtreeRoots: Array(repeating: hash, count: 64))
        let before = frontier
        frontier.append(hash)
        #expect(frontier == before)
    }
}
