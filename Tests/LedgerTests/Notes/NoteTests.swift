import Testing

@testable import Ledger

@Suite struct NoteTests {
    private let name = "zhiheng.example/ledger"
    // Signed by an independent Ed25519 implementation with the seed 00 01 … 1f.
    private let checkpointNote = """
        zhiheng.example/ledger
        8
        XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

        — zhiheng.example/ledger 95rtRoAB5tJ+Aka1MSGL1skcmF3p5gApUtPWpFbRIF5B\
        sh91hWtOzuK222f8XxvAlHq7hhngaj+AVqZ5BjZw2r+SoQM=

        """
    // Published with the signed note format's first implementation.
    private let neumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private let neumannNote = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8\
        pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """

    @Test func verifiesThePublishedNote() throws {
        let key = try VerifierKey(text: neumann)
        #expect(key.description == neumann)
        let note = try SignedNote(neumannNote)
        #expect(try note.verify(trusting: [key]) == [key])
        #expect(note.encoded == neumannNote)
    }

    @Test func keysAgreeWithAnIndependentImplementation() throws {
        let key = try testKey()
        #expect(
            key.verifier.description
                == "zhiheng.example/ledger+f79aed46+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")
        #expect(key.secretText.hasPrefix("PRIVATE+KEY+zhiheng.example/ledger+f79aed46+AQABAgME"))
        #expect(try SigningKey(text: key.secretText).verifier == key.verifier)
        #expect(!"\(key)".contains("AQABAgME"))
        var generator = SeededGenerator(seed: 11)
        let random = try SigningKey(name: "a", using: &generator)
        #expect(random.verifier != (try SigningKey(name: "a", using: &generator)).verifier)
    }

    @Test func signsTheSameCheckpointAsAnIndependentImplementation() throws {
        let root = MerkleTree.root(of: standardLeaves.map { MerkleTree.leafHash($0) })
        let checkpoint = try Checkpoint(origin: name, size: 8, root: root)
        let note = try SignedNote(checkpointNote)
        #expect(try checkpoint.signed(by: [testKey()]).text == note.text)
        #expect(try Checkpoint(opening: note, trusting: [testKey().verifier]) == checkpoint)
    }

    @Test(arguments: [
        "", "a", "a+b", "a+f79aed46+", "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
    ])
    func refusesOtherKeyTexts(_ text: String) {
        #expect(throws: LedgerProblem.malformedKey) { try VerifierKey(text: text) }
        #expect(throws: LedgerProblem.malformedKey) { try SigningKey(text: text) }
        #expect(throws: LedgerProblem.malformedKey) { try SigningKey(text: "PRIVATE+KEY+" + text) }
    }

    @Test func cosignaturesAreKeptAndIgnored() throws {
        var note = try SignedNote(checkpointNote)
        let witness = try NoteSignature(
            keyName: "witness.example", keyID: KeyID(value: 7), signature: Array(0..<72))
        note.add(witness)
        let read = try SignedNote(note.encoded)
        #expect(read == note)
        #expect(read.signatures.last == witness)
        #expect(try read.verify(trusting: [testKey().verifier]).map(\.name) == [name])
    }

    @Test func severalTrustedKeysVerify() throws {
        let other = try SigningKey(name: "other.example", seed: Array(1...32))
        let checkpoint = try Checkpoint(
            origin: name, size: 0, root: MerkleTree.emptyRoot, extensions: ["x", "y z"])
        let note = try checkpoint.signed(by: [other, testKey()])
        let keys = try [testKey().verifier, other.verifier]
        #expect(try note.verify(trusting: keys).map(\.name) == ["other.example", name])
        #expect(try Checkpoint(opening: SignedNote(note.encoded), trusting: keys) == checkpoint)
        #expect(throws: LedgerProblem.originMismatch(origin: name)) {
            try Checkpoint(opening: note, trusting: [other.verifier])
        }
    }

    @Test func wrongSignaturesAreRefused() throws {
        let note = try SignedNote(checkpointNote)
        #expect(throws: LedgerProblem.noTrustedSignature) { try note.verify(trusting: []) }
        #expect(throws: LedgerProblem.noTrustedSignature) {
            try note.verify(trusting: [VerifierKey(text: neumann)])
        }
        let sameNameOtherKey = try SigningKey(name: name, seed: Array(1...32)).verifier
        #expect(throws: LedgerProblem.noTrustedSignature) { try note.verify(trusting: [sameNameOtherKey]) }
        let changed = try SignedNote(checkpointNote.replacing("\n8\n", with: "\n9\n"))
        #expect(throws: LedgerProblem.badSignature(keyName: name)) {
            try changed.verify(trusting: [testKey().verifier])
        }
    }

    @Test func noChangedCheckpointOpens() throws {
        var generator = SeededGenerator(seed: 12)
        let original = Array(checkpointNote.utf8)
        let honest = try SignedNote(bytes: original).text
        for _ in 0..<3000 {
            let bytes = damaged(original, using: &generator)
            guard let note = try? SignedNote(bytes: bytes) else { continue }
            #expect(Array(note.encoded.utf8) == bytes)
            if let opened = try? Checkpoint(opening: note, trusting: [testKey().verifier]) {
                #expect(opened.text == honest)
            }
        }
    }

    @Test(arguments: [
        ("", LedgerProblem.NoteReason.noSignatures), ("\n", .noSignatures), ("a\n", .noSignatures),
        ("a\n\n", .noSignatures),
        ("\n— a AAAAAAA=\n", .noSignatures), ("a\n\nb\n", .signatureLine), ("a\n\n— a\n", .signatureLine),
        ("a\n\n— a AAAA\n", .signatureLine), ("a\n\n- a AAAAAAA=\n", .signatureLine),
        ("a\n\n— a AAAAAAA=", .noSignatures),
        ("a\n\n—  AAAAAAA=\n", .keyName), ("a\n\n— a+b AAAAAAA=\n", .keyName),
        ("a\n\n— a\u{3000} AAAAAAA=\n", .keyName),
        ("a\r\n\n— a AAAAAAA=\n", .controlCharacter), ("a\tb\n\n— a AAAAAAA=\n", .controlCharacter),
    ])
    func refusesOtherNotes(_ note: String, _ reason: LedgerProblem.NoteReason) {
        #expect(throws: LedgerProblem.malformedNote(reason)) { try SignedNote(note) }
    }

    @Test func refusesNotesThatAreTooLargeOrNotUTF8() throws {
        let line = "— a AAAAAAA=\n"
        _ = try SignedNote("a\n\n" + String(repeating: line, count: 100))
        for note in ["a\n\n" + String(repeating: line, count: 101), String(repeating: "a", count: 1_000_001)]
        {
            #expect(throws: LedgerProblem.malformedNote(.tooLarge)) { try SignedNote(note) }
        }
        #expect(throws: LedgerProblem.malformedNote(.invalidUTF8)) { try SignedNote(bytes: [0xFF, 0x0A]) }
    }

    @Test(arguments: [
        ("", LedgerProblem.NoteReason.tooFewLines), ("a\n1\n", .tooFewLines), ("a\n1\nx", .tooFewLines),
        ("a\n01\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n", .size),
        ("a\n-1\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n", .size),
        ("a\n1\nXcna\n", .rootHash), ("\n1\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n", .emptyLine),
        ("a\n1\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\nb\n", .emptyLine),
    ])
    func refusesOtherCheckpoints(_ text: String, _ reason: LedgerProblem.NoteReason) {
        #expect(throws: LedgerProblem.malformedNote(reason)) { try Checkpoint(text: text) }
    }

    @Test func refusesToMakeMalformedCheckpoints() {
        let root = MerkleTree.emptyRoot
        #expect(throws: LedgerProblem.self) { try Checkpoint(origin: "", size: 0, root: root) }
        #expect(throws: LedgerProblem.self) { try Checkpoint(origin: "a\nb", size: 0, root: root) }
        #expect(throws: LedgerProblem.self) {
            try Checkpoint(origin: "a", size: 0, root: root, extensions: [""])
        }
        #expect(throws: LedgerProblem.self) {
            try Checkpoint(origin: "a", size: 0, root: root, extensions: ["b\n"])
        }
        #expect(throws: LedgerProblem.self) { try SignedNote(text: "a", signedBy: [testKey()]) }
        #expect(throws: LedgerProblem.self) { try SignedNote(text: "a\n", signedBy: []) }
        #expect(throws: LedgerProblem.self) { try SigningKey(name: "a b", seed: Array(0..<32)) }
        #expect(throws: LedgerProblem.self) { try SigningKey(name: "a", seed: []) }
    }
}
