import Testing

@testable import Ledger

@Suite struct GrowthBundleTests {
    private let hashes = numberedHashes(50)

    private func checkpoint(_ size: Int, origin: String = "zhiheng.example/ledger") throws -> Checkpoint {
        try Checkpoint(
            origin: origin, size: UInt64(size), root: MerkleTree.root(of: hashes.prefix(size)))
    }

    private func bundle(from old: Int, to new: Int) throws -> GrowthBundle {
        let proof = try ConsistencyProof(oldSize: UInt64(old), leafHashes: Array(hashes.prefix(new)))
        return GrowthBundle(proof: proof, checkpoint: try checkpoint(new).signed(by: [testKey()]))
    }

    @Test func showsThatALedgerGrew() throws {
        let key = try testKey().verifier
        for (old, new) in [(0, 0), (0, 9), (1, 2), (8, 9), (33, 50), (50, 50)] {
            let read = try GrowthBundle(bytes: Array(try bundle(from: old, to: new).encoded.utf8))
            #expect(try read == bundle(from: old, to: new))
            #expect(try read.verify(from: checkpoint(old), trusting: [key]) == checkpoint(new))
        }
    }

    @Test func refusesOtherCheckpoints() throws {
        let key = try testKey().verifier
        let growth = try bundle(from: 33, to: 50)
        #expect(throws: LedgerProblem.proofLength) {
            try growth.verify(from: checkpoint(32), trusting: [key])
        }
        #expect(throws: LedgerProblem.noTrustedSignature) {
            try growth.verify(from: checkpoint(33), trusting: [])
        }
        #expect(throws: LedgerProblem.originMismatch(origin: "zhiheng.example/ledger")) {
            try growth.verify(from: checkpoint(33, origin: "other"), trusting: [key])
        }
        let forged = try Checkpoint(origin: key.name, size: 33, root: MerkleTree.emptyRoot)
        #expect(throws: LedgerProblem.notConsistent) { try growth.verify(from: forged, trusting: [key]) }
    }

    @Test func noDamagedFilePassesUnlessItSaysTheSame() throws {
        var generator = SeededGenerator(seed: 16)
        let key = try testKey().verifier
        let original = Array(try bundle(from: 33, to: 50).encoded.utf8)
        for _ in 0..<1500 {
            let bytes = damaged(original, using: &generator)
            guard let growth = try? GrowthBundle(bytes: bytes) else { continue }
            #expect(Array(growth.encoded.utf8) == bytes)
            if let new = try? growth.verify(from: checkpoint(33), trusting: [key]) {
                #expect(try new == checkpoint(50))
            }
        }
    }

    @Test(arguments: ["", "old", "old x\n", "old 01\n\n", "new 1\n\n", "old 1\nAAAA\n\n", "old 1\n"])
    func refusesOtherFiles(_ text: String) {
        #expect(throws: LedgerProblem.self) { try GrowthBundle(bytes: Array(text.utf8)) }
    }
}
