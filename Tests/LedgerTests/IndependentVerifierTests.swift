import Foundation
import Testing

@testable import Ledger

/// The verifier in Python that was written from docs/ledger.md alone.
enum IndependentVerifier {
    static let folder = packageRoot.appendingPathComponent("Tests/LedgerTests/Fixtures")

    static let isAvailable: Bool = {
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        probe.arguments = ["python3", "--version"]
        probe.standardOutput = FileHandle.nullDevice
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    static func text(of fixture: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(fixture), encoding: .utf8)
    }

    /// The exit status for a proof file: 0 valid, 1 not valid, 2 malformed.
    static func status(of proof: [UInt8], key: VerifierKey) throws -> Int32 {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).tlog-proof")
        try Data(proof).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-B", folder.appendingPathComponent("verify.py").path, file.path, "--key",
            key.description,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

@Suite(.enabled(if: IndependentVerifier.isAvailable, "python3 is not installed"))
struct IndependentVerifierTests {
    @Test func acceptsTheExampleAndRefusesItsChanges() throws {
        let proof = try IndependentVerifier.text(of: "example.tlog-proof")
        let key = try testKey().verifier
        #expect(try IndependentVerifier.status(of: Array(proof.utf8), key: key) == 0)
        let otherIndex = proof.replacing("\nindex 1\n", with: "\nindex 2\n")
        #expect(try IndependentVerifier.status(of: Array(otherIndex.utf8), key: key) == 1)
        let otherSize = proof.replacing("\n3\n", with: "\n4\n")
        #expect(try IndependentVerifier.status(of: Array(otherSize.utf8), key: key) == 1)
        #expect(try IndependentVerifier.status(of: Array(proof.utf8.prefix(300)), key: key) == 2)
        let otherKey = try SigningKey(name: key.name, seed: Array(1...32)).verifier
        #expect(try IndependentVerifier.status(of: Array(proof.utf8), key: otherKey) == 1)
    }

    @Test func agreesOnRandomAndDamagedProofs() throws {
        var generator = SeededGenerator(seed: 15)
        let signer = try testKey()
        for round in 0..<24 {
            let size = Int.random(in: 1...400, using: &generator)
            let index = Int.random(in: 0..<size, using: &generator)
            let salt = Salt(using: &generator)
            let value: CanonicalJSON = ["名": "\"\\\n\u{1}😀\u{FB33}", "n": .integer(Int64(round) - 9)]
            let commitment = try Commitment(field: "who", value: value, salt: salt)
            let leaf = CanonicalJSON.object(
                .init(["changes": ["who": commitment.json], "round": .integer(1)]))
            var hashes = numberedHashes(size)
            hashes[index] = MerkleTree.leafHash(leaf.encoded())
            let note = try Checkpoint(
                origin: signer.verifier.name, size: UInt64(size), root: MerkleTree.root(of: hashes)
            ).signed(by: [signer])
            let bundle = try ProofBundle(
                leaf: leaf.encoded(), proof: InclusionProof(index: UInt64(index), leafHashes: hashes),
                checkpoint: note, openings: [Opening(field: "who", value: value, salt: salt)])
            var bytes = Array(bundle.encoded.utf8)
            if round % 2 == 1 { bytes = damaged(bytes, using: &generator) }
            var expected: Int32 = 2
            if let read = try? ProofBundle(bytes: bytes) {
                expected = read.verify(trusting: [signer.verifier]).isValid ? 0 : 1
            }
            let status = try IndependentVerifier.status(of: bytes, key: signer.verifier)
            #expect((status == 0) == (expected == 0), "round \(round)")
            if round % 2 == 0 { #expect(status == 0) }
        }
    }
}
