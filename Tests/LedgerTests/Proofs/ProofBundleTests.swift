import Testing

@testable import Ledger

@Suite struct ProofBundleTests {
    private struct Fixture {
        let bundle: ProofBundle
        let key: VerifierKey
    }

    private static let salt = try? Salt(bytes: Array(32..<64))

    private func fixture(index: Int = 5, size: Int = 20) throws -> Fixture {
        let salt = try #require(Self.salt)
        let commitment = try Commitment(field: "phone", value: "13800000000", salt: salt)
        let leaf = CanonicalJSON.object(
            .init(["changes": ["phone": commitment.json, "note": "x"], "version": 2]))
        var leaves = numberedHashes(size)
        leaves[index] = MerkleTree.leafHash(leaf.encoded())
        let key = try testKey()
        let checkpoint = try Checkpoint(
            origin: key.verifier.name, size: UInt64(size), root: MerkleTree.root(of: leaves))
        let bundle = try ProofBundle(
            leaf: leaf.encoded(), proof: InclusionProof(index: UInt64(index), leafHashes: leaves),
            checkpoint: checkpoint.signed(by: [key]),
            openings: [Opening(field: "phone", value: "13800000000", salt: salt)])
        return Fixture(bundle: bundle, key: key.verifier)
    }

    /// The expected code was computed with an independent HMAC.
    @Test func commitmentAgreesWithAnIndependentImplementation() throws {
        let salt = try #require(Self.salt)
        #expect(
            try Commitment(field: "phone", value: "13800000000", salt: salt).hash.hexadecimal
                == "e5ee5d296b2add14c6853206384bbd81a811c532ea13ff31cabe466089424f4d")
    }

    @Test func aCommitmentOpensOnlyWithItsOwnFieldValueAndSalt() throws {
        var generator = SeededGenerator(seed: 13)
        let (salt, other) = (Salt(using: &generator), Salt(using: &generator))
        let leaf: CanonicalJSON = [
            "changes": ["phone": try Commitment(field: "phone", value: "1", salt: salt).json, "plain": "1"]
        ]
        try Opening(field: "phone", value: "1", salt: salt).verify(leaf: leaf)
        #expect(throws: LedgerProblem.wrongOpening(field: "phone")) {
            try Opening(field: "phone", value: "2", salt: salt).verify(leaf: leaf)
        }
        #expect(throws: LedgerProblem.wrongOpening(field: "phone")) {
            try Opening(field: "phone", value: 1, salt: salt).verify(leaf: leaf)
        }
        #expect(throws: LedgerProblem.wrongOpening(field: "phone")) {
            try Opening(field: "phone", value: "1", salt: other).verify(leaf: leaf)
        }
        for field in ["plain", "absent", ""] {
            #expect(throws: LedgerProblem.notCommitted(field: field)) {
                try Opening(field: field, value: "1", salt: salt).verify(leaf: leaf)
            }
        }
        #expect(throws: LedgerProblem.notCommitted(field: "phone")) {
            try Opening(field: "phone", value: "1", salt: salt).verify(leaf: "not an object")
        }
        #expect(throws: LedgerProblem.malformedText(what: .salt)) { try Salt(bytes: [1]) }
    }

    @Test func aBundleReadsBackAndPassesEveryCheck() throws {
        let fixture = try fixture()
        let read = try ProofBundle(fixture.bundle.encoded)
        #expect(read == fixture.bundle)
        #expect(read.encoded == fixture.bundle.encoded)
        let report = read.verify(trusting: [fixture.key])
        #expect(report.isValid)
        #expect(report.firstProblem == nil)
        #expect(report.steps.map(\.check) == [.leaf, .signature, .inclusion, .opening(field: "phone")])
        #expect(report.signers == [fixture.key])
        #expect(report.checkpoint?.size == 20)
        #expect(report.leaf?["version"] == 2)
        #expect(Set(report.steps.map(\.check.english)).count == 4)
        #expect(Set(report.steps.map(\.check.chinese)).count == 4)
    }

    @Test func aLedgerOfOneEntryHasAProofWithoutHashes() throws {
        let fixture = try fixture(index: 0, size: 1)
        let read = try ProofBundle(fixture.bundle.encoded)
        #expect(read.path.isEmpty)
        #expect(read.verify(trusting: [fixture.key]).isValid)
    }

    @Test func everyStepCanFail() throws {
        let fixture = try fixture()
        let bundle = fixture.bundle
        let proof = InclusionProof(index: bundle.index, size: 20, path: bundle.path)
        let unsigned = bundle.verify(trusting: [])
        #expect(
            unsigned.steps.map(\.outcome) == [.passed, .failed(.noTrustedSignature), .notReached, .passed])
        #expect(!unsigned.isValid)
        let otherLeaf = try ProofBundle(leaf: Array("{}".utf8), proof: proof, checkpoint: bundle.checkpoint)
        #expect(
            otherLeaf.verify(trusting: [fixture.key]).steps.map(\.outcome) == [
                .passed, .passed, .failed(.notIncluded),
            ])
        let otherIndex = try ProofBundle(
            leaf: bundle.leaf, proof: InclusionProof(index: 20, size: 21, path: bundle.path),
            checkpoint: bundle.checkpoint)
        #expect(otherIndex.verify(trusting: [fixture.key]).firstProblem == .outsideTree(index: 20, size: 20))
        let salt = try #require(Self.salt)
        let lie = try ProofBundle(
            leaf: bundle.leaf, proof: proof, checkpoint: bundle.checkpoint,
            openings: [Opening(field: "phone", value: "13900000000", salt: salt)])
        #expect(lie.verify(trusting: [fixture.key]).firstProblem == .wrongOpening(field: "phone"))
        #expect(throws: LedgerProblem.notCanonical) {
            try ProofBundle(leaf: Array("{ }".utf8), proof: proof, checkpoint: bundle.checkpoint)
        }
    }

    @Test func noDamagedFilePassesUnlessItSaysTheSame() throws {
        var generator = SeededGenerator(seed: 14)
        let fixture = try fixture()
        let original = Array(fixture.bundle.encoded.utf8)
        for _ in 0..<1500 {
            let bytes = damaged(original, using: &generator)
            guard let bundle = try? ProofBundle(bytes: bytes) else { continue }
            #expect(Array(bundle.encoded.utf8) == bytes)
            if bundle.verify(trusting: [fixture.key]).isValid {
                #expect(bundle.leaf == fixture.bundle.leaf)
                #expect(bundle.index == fixture.bundle.index)
                #expect(bundle.checkpoint.text == fixture.bundle.checkpoint.text)
            }
        }
    }

    @Test(arguments: [
        ("", 1), ("c2sp.org/tlog-proof@v2\n", 1), ("c2sp.org/tlog-proof@v1", 2),
        ("c2sp.org/tlog-proof@v1\nindex 1\n", 2),
        ("c2sp.org/tlog-proof@v1\nextra ?\n", 2), ("c2sp.org/tlog-proof@v1\nextra e30=\nindex 01\n", 3),
        ("c2sp.org/tlog-proof@v1\nextra e30=\nindex 1\nAAAA\n", 4),
        ("c2sp.org/tlog-proof@v1\nextra e30=\nindex 1\n", 4),
        ("c2sp.org/tlog-proof@v1\nextra e30Ke30=\nindex 1\n\nx\n", 2),
    ])
    func refusesOtherFiles(_ text: String, _ line: Int) {
        #expect(throws: LedgerProblem.malformedBundle(line: line)) { try ProofBundle(text) }
    }

    /// The expected root was computed with an independent program.
    @Test func rowsOfAnImportHaveARootAndProofs() throws {
        let rows = [["工程", "区县"], ["a\"b", "330102"], ["", ""]]
        var tree = RowTree()
        let hashes = rows.map { tree.append(cells: $0) }
        #expect(tree.rowCount == 3)
        #expect(tree.root.hexadecimal == "1a08e012f79155b270e5c37235927f42abf5f3ba975af5d5f8b4f8a61d724e52")
        for (index, row) in rows.enumerated() {
            try InclusionProof(index: UInt64(index), leafHashes: hashes)
                .verify(leafHash: RowTree.rowHash(cells: row), root: tree.root)
        }
        #expect(RowTree().root == MerkleTree.emptyRoot)
        #expect(RowTree.rowHash(cells: []) == MerkleTree.leafHash(Array("[]".utf8)))
        #expect(RowTree.rowHash(cells: ["a", "b"]) != RowTree.rowHash(cells: ["a,b"]))
    }
}
