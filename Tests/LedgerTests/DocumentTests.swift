import Foundation
import Testing

@testable import Ledger

/// Recomputes the worked example of docs/ledger.md from the page itself.
@Suite struct DocumentTests {
    private let page: String

    init() throws {
        page = try String(contentsOf: packageRoot.appendingPathComponent("docs/ledger.md"), encoding: .utf8)
    }

    /// The lines between the fence with this label and the next fence.
    private func lines(_ label: String) throws -> [String] {
        let all = page.components(separatedBy: "\n")
        let start = try #require(all.firstIndex { $0.hasPrefix("```") && $0.hasSuffix(" \(label)") })
        let end = try #require(all[(start + 1)...].firstIndex(of: "```"))
        return Array(all[(start + 1)..<end])
    }

    private func line(_ label: String) throws -> String { try #require(try lines(label).first) }

    private func file(_ label: String) throws -> String { try lines(label).map { $0 + "\n" }.joined() }

    @Test func leavesHashToTheTree() throws {
        let leaves = try lines("leaves").map { Array($0.utf8) }
        for leaf in leaves { _ = try CanonicalJSON(canonical: leaf) }
        let hashes = leaves.map { MerkleTree.leafHash($0) }
        #expect(try hashes.map(\.hexadecimal) == lines("leaf-hashes"))
        let roots = [MerkleTree.root(of: hashes.prefix(2)), MerkleTree.root(of: hashes)]
        #expect(try roots.map(\.hexadecimal) == lines("roots"))
        var edge = TileEdge()
        let write = try #require(edge.append(hashes).first)
        #expect(write.tile.path == "tile/0/000.p/3")
        #expect(write.bytes.count == 96)
        let consistency = try ConsistencyProof(oldSize: 2, leafHashes: hashes)
        #expect(consistency.path == [hashes[2]])
        let growth = try GrowthBundle(bytes: Array(try file("growth").utf8))
        #expect(growth.path == consistency.path)
        try consistency.verify(oldRoot: roots[0], newRoot: roots[1])
    }

    @Test func openingGivesTheCommitment() throws {
        let json = try CanonicalJSON(canonical: Array(try line("opening").utf8))
        let opening = try #require(Opening(json: json))
        let commitment = try Commitment(field: opening.field, value: opening.value, salt: opening.salt)
        #expect(try commitment.hash.hexadecimal == line("commitment"))
        try opening.verify(leaf: try CanonicalJSON(canonical: Array(try lines("leaves")[1].utf8)))
    }

    @Test func checkpointAndProofVerify() throws {
        let key = try VerifierKey(text: try line("key"))
        #expect(key == (try testKey().verifier))
        let checkpoint = try Checkpoint(opening: SignedNote(try file("checkpoint")), trusting: [key])
        #expect(try checkpoint.root.hexadecimal == lines("roots")[1])
        let bundle = try ProofBundle(try file("proof"))
        let leaf = try lines("leaves")[1]
        #expect(bundle.leaf == Array(leaf.utf8))
        #expect(try bundle.checkpoint.encoded == file("checkpoint"))
        let report = bundle.verify(trusting: [key])
        #expect(report.isValid)
        #expect(report.steps.map(\.check).last == .opening(field: "reporter_phone"))
    }

    @Test func rowsHashToTheRoot() throws {
        var tree = RowTree()
        for row in try lines("rows") {
            guard case .array(let cells) = try CanonicalJSON(canonical: Array(row.utf8)) else {
                Issue.record("a row is not an array")
                return
            }
            tree.append(cells: cells.compactMap(\.text))
            #expect(RowTree.rowHash(cells: cells.compactMap(\.text)) == MerkleTree.leafHash(Array(row.utf8)))
        }
        #expect(try tree.root.hexadecimal == line("row-root"))
    }

    @Test func theFixtureIsTheFileOnThePage() throws {
        #expect(try IndependentVerifier.text(of: "example.tlog-proof") == file("proof"))
    }
}
