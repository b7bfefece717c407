import Crypto
import Testing

@testable import Ledger

@Suite struct DocumentCodeTests {
    private let key: SigningKey
    private let leaves: [[UInt8]]
    private let digest: Hash
    private let code: DocumentCode

    init() throws {
        let key = try SigningKey(name: "zhiheng.example/ledger", seed: Array(0..<32))
        let digest = try Hash(hexadecimal: String(repeating: "ab", count: 32))
        let issued: CanonicalJSON = [
            "action": "notify",
            "documents": [
                [
                    "number": .string(Self.number), "document": "rectification-notice",
                    "digest": .string(digest.hexadecimal),
                ]
            ],
        ]
        let leaves = (0..<11).map { Array("leaf \($0)".utf8) } + [issued.encoded()]
        (self.key, self.leaves, self.digest) = (key, leaves, digest)
        code = try Self.code(leaves, key, digest)
    }

    private static let number = "330106责改〔2026〕1号"

    private static func code(
        _ leaves: [[UInt8]], _ key: SigningKey, _ digest: Hash
    ) throws -> DocumentCode {
        let hashes = leaves.map { MerkleTree.leafHash($0) }
        let note = try Checkpoint(
            origin: key.verifier.name, size: UInt64(hashes.count), root: MerkleTree.root(of: hashes[...])
        ).signed(by: [key])
        return try DocumentCode(
            number: number, digest: digest, leafHash: hashes[11],
            proof: InclusionProof(index: 11, leafHashes: hashes), checkpoint: note, key: key)
    }

    @Test func isReadAsItWasWritten() throws {
        for code in [code, code.shortened] {
            #expect(try DocumentCode(text: code.text) == code)
            #expect(try DocumentCode(text: "https://zhiheng.example/verify?" + code.text) == code)
            #expect(try DocumentCode(number: code.number, proof: code.proof) == code)
            #expect(code.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
        #expect(code.shortened.text.utf8.count < code.text.utf8.count)
    }

    @Test func holdsWithTheKeyAlone() throws {
        let report = code.verify(trusting: [key.verifier])
        #expect(report.isValid && report.isIncluded)
        #expect(report.origin == "zhiheng.example/ledger")
        #expect(report.steps.map(\.check) == [.statement, .inclusion, .signature])
        let short = code.shortened.verify(trusting: [key.verifier])
        #expect(short.isValid && !short.isIncluded)
        #expect(short.outcome(.inclusion) == .notReached)
    }

    @Test func entryAndTextAreComparedWhenGiven() throws {
        let full = code.verify(trusting: [key.verifier], leaf: leaves[11], textDigest: digest)
        #expect(full.isValid && full.steps.count == 5)
        let other = code.verify(trusting: [key.verifier], leaf: leaves[3])
        #expect(!other.isValid && other.firstProblem == .otherDocument)
        let wrong = code.verify(trusting: [key.verifier], textDigest: try flipped(digest, bit: 9))
        #expect(!wrong.isValid && wrong.outcome(.text) == .failed(.otherDocument))
    }

    @Test func anotherKeyIsNotTrusted() throws {
        let stranger = try SigningKey(name: "zhiheng.example/ledger", seed: Array(1...32))
        let report = code.verify(trusting: [stranger.verifier])
        #expect(!report.isValid && report.firstProblem == .noTrustedSignature)
        #expect(code.verify(trusting: []).isValid == false)
    }

    @Test func everyChangedByteIsNoticed() throws {
        for code in [code, code.shortened] {
            let bytes = try Base32.decode(code.proof)
            for position in bytes.indices {
                var spoilt = bytes
                spoilt[position] ^= 1
                guard
                    let read = try? DocumentCode(number: code.number, proof: Base32.encode(spoilt))
                else { continue }
                // The index is shown by the path; a code without the path does not claim it.
                if code.shortened == code, (69..<77).contains(position) { continue }
                #expect(!read.verify(trusting: [key.verifier]).isValid, "byte \(position)")
            }
        }
        let renamed = try DocumentCode(number: "330106责改〔2026〕2号", proof: code.proof)
        #expect(!renamed.verify(trusting: [key.verifier]).isValid)
    }

    @Test(arguments: [
        "", "number=", "number=a", "proof=AAAA", "number=a&proof=", "number=a&proof=aaaa",
        "number=%&proof=AA",
        "number=%FF&proof=AA", "number=a&number=a&proof=AA", "?", "number=a&proof=\u{0}",
        "number=%00&proof=AAAA", "x" + String(repeating: "y", count: 9_000),
    ])
    func garbageIsRefused(_ text: String) {
        #expect(throws: LedgerProblem.malformedCode) { try DocumentCode(text: text) }
    }

    @Test func aCheckpointOfAnotherSizeIsRefused() throws {
        let hashes = leaves.map { MerkleTree.leafHash($0) }
        let note = try Checkpoint(
            origin: key.verifier.name, size: 11, root: MerkleTree.root(of: hashes[..<11])
        ).signed(by: [key])
        #expect(throws: LedgerProblem.self) {
            try DocumentCode(
                number: Self.number, digest: digest, leafHash: hashes[11],
                proof: InclusionProof(index: 11, leafHashes: hashes), checkpoint: note, key: key)
        }
    }

    @Test func base32HasOneSpelling() throws {
        // The vectors of RFC 4648 section 10, without padding.
        let vectors = [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
        for (plain, text) in vectors {
            #expect(Base32.encode(Array(plain.utf8)) == text)
            #expect(try Base32.decode(text) == Array(plain.utf8))
        }
        for text in ["MZ", "my", "M", "MY======", "MZX", "0", "8", "MZXW6YTBA"] {
            #expect(throws: LedgerProblem.malformedText(what: .base32)) { try Base32.decode(text) }
        }
    }
}
