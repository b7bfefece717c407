import Testing

@testable import Ledger

@Suite("A row of an import is proved by the entry of the import")
struct RowOpeningTests {
    private static func cells(_ row: Int) -> [String] {
        ["A-\(row)", "330106", "", "filed", "public", "", "note=\"\\\n\u{1}😀=\(row)", "place=é"]
    }

    private static let hashes = (0..<300).map { RowTree.rowHash(cells: cells($0)) }

    private static func leaf(rows: Int) -> CanonicalJSON {
        [
            "action": "import", "import": 1,
            "root": .string(MerkleTree.root(of: hashes.prefix(rows)).hexadecimal),
            "rows": .integer(Int64(rows)),
        ]
    }

    private static func row(_ index: Int, of rows: Int) throws -> RowOpening {
        RowOpening(
            cells: cells(index),
            proof: try InclusionProof(index: UInt64(index), leafHashes: Array(hashes.prefix(rows))))
    }

    /// A row with parts of it put in place of its own.
    private static func altered(
        _ row: RowOpening, cells: [String]? = nil, index: UInt64? = nil, path: [Hash]? = nil
    ) -> RowOpening {
        RowOpening(
            cells: cells ?? row.cells,
            proof: InclusionProof(index: index ?? row.index, size: 1, path: path ?? row.path))
    }

    private static func bundle(
        _ row: RowOpening?, leaf: CanonicalJSON, among size: Int = 7, openings: [Opening] = []
    ) throws -> ProofBundle {
        var leaves = numberedHashes(size)
        leaves[size / 2] = MerkleTree.leafHash(leaf.encoded())
        let key = try testKey()
        let checkpoint = try Checkpoint(
            origin: key.verifier.name, size: UInt64(size), root: MerkleTree.root(of: leaves))
        return try ProofBundle(
            leaf: leaf.encoded(), proof: InclusionProof(index: UInt64(size / 2), leafHashes: leaves),
            checkpoint: checkpoint.signed(by: [key]), openings: openings, row: row)
    }

    private static func extra(_ lines: [String]) throws -> ProofBundle {
        let text = try bundle(nil, leaf: leaf(rows: 3)).encoded
        let old = try #require(text.split(separator: "\n").dropFirst().first)
        let bytes = Array(lines.joined(separator: "\n").utf8)
        return try ProofBundle(text.replacing(old, with: "extra " + Base64.encode(bytes)))
    }

    @Test func readsBackAndPassesAsALastStep() throws {
        let bundle = try Self.bundle(try Self.row(16, of: 51), leaf: Self.leaf(rows: 51))
        let read = try ProofBundle(bundle.encoded)
        #expect(read == bundle)
        #expect(read.encoded == bundle.encoded)
        #expect(read.row?.index == 16)
        #expect(read.row?.cells == Self.cells(16))
        let report = read.verify(trusting: [try testKey().verifier])
        #expect(report.isValid)
        #expect(report.steps.map(\.check) == [.leaf, .signature, .inclusion, .row])
        #expect(report.steps.allSatisfy { $0.english == nil && $0.chinese == nil })
        #expect(Set(report.steps.map(\.check.english)).count == 4)
        #expect(Set(report.steps.map(\.check.chinese)).count == 4)
    }

    @Test(arguments: Array(1...40) + [63, 64, 65, 127, 128, 129, 255, 256, 257, 300])
    func everyRowVerifiesAtItsOwnPlaceOnly(_ rows: Int) throws {
        let leaf = Self.leaf(rows: rows)
        for index in Set([0, rows / 3, rows / 2, rows - 1]) {
            let row = try Self.row(index, of: rows)
            try row.verify(leaf: leaf)
            for other in [index - 1, index + 1, rows - 1 - index] where other != index && other >= 0 {
                #expect(throws: LedgerProblem.self) {
                    try Self.altered(row, index: UInt64(other)).verify(leaf: leaf)
                }
            }
            #expect(throws: LedgerProblem.outsideTree(index: UInt64(rows), size: UInt64(rows))) {
                try Self.altered(row, index: UInt64(rows)).verify(leaf: leaf)
            }
        }
    }

    @Test func noAlteredCellOrHashPasses() throws {
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<60 {
            let rows = Int.random(in: 2...300, using: &generator)
            let leaf = Self.leaf(rows: rows)
            let row = try Self.row(Int.random(in: 0..<rows, using: &generator), of: rows)
            for place in row.cells.indices {
                var cells = row.cells
                cells[place] += " "
                #expect(throws: LedgerProblem.notIncluded) {
                    try Self.altered(row, cells: cells).verify(leaf: leaf)
                }
            }
            var decomposed = row.cells
            decomposed[7] = "place=e\u{301}"
            for cells in [row.cells.dropLast(), row.cells + [""], decomposed, row.cells.reversed(), []] {
                #expect(throws: LedgerProblem.notIncluded) {
                    try Self.altered(row, cells: cells).verify(leaf: leaf)
                }
            }
            #expect(Self.altered(row, cells: decomposed) != row)
            for place in row.path.indices {
                var path = row.path
                path[place] = try flipped(path[place], bit: Int.random(in: 0..<256, using: &generator))
                #expect(throws: LedgerProblem.notIncluded) {
                    try Self.altered(row, path: path).verify(leaf: leaf)
                }
            }
            for path in [Array(row.path.dropLast()), row.path + [MerkleTree.emptyRoot]] {
                #expect(throws: LedgerProblem.proofLength) {
                    try Self.altered(row, path: path).verify(leaf: leaf)
                }
            }
        }
    }

    @Test func onlyTheEntryOfAnImportProvesRows() throws {
        let row = try Self.row(1, of: 3)
        let root = CanonicalJSON.string(MerkleTree.root(of: Self.hashes.prefix(3)).hexadecimal)
        let others: [CanonicalJSON] = [
            nil, [], "import", ["action": "import"], ["action": "create", "rows": 3, "root": root],
            ["action": "import", "root": root], ["action": "import", "rows": 3],
            ["action": "import", "rows": "3", "root": root], ["action": "import", "rows": -3, "root": root],
            ["action": "import", "rows": 3, "root": .string(root.text?.uppercased() ?? "")],
        ]
        for leaf in others {
            #expect(throws: LedgerProblem.notCommitted(field: "root"), "\(leaf)") {
                try row.verify(leaf: leaf)
            }
        }
        #expect(throws: LedgerProblem.outsideTree(index: 1, size: 0)) {
            try row.verify(leaf: ["action": "import", "rows": 0, "root": root])
        }
    }

    @Test func aFailedRowIsToldAsARow() throws {
        let row = try Self.row(1, of: 3)
        let damaged: [(RowOpening, CanonicalJSON)] = [
            (Self.altered(row, cells: ["x"]), Self.leaf(rows: 3)),
            (Self.altered(row, index: 3), Self.leaf(rows: 3)),
            (Self.altered(row, path: []), Self.leaf(rows: 3)), (row, ["action": "create"]),
        ]
        for (row, leaf) in damaged {
            let report = try Self.bundle(row, leaf: leaf).verify(trusting: [try testKey().verifier])
            #expect(report.steps.map(\.check) == [.leaf, .signature, .inclusion, .row])
            #expect(report.steps.dropLast().allSatisfy { $0.outcome == .passed })
            #expect(!report.isValid)
            let english = try #require(report.steps.last?.english)
            #expect(english.hasSuffix(".") && !english.contains("ledger"))
            let chinese = try #require(report.steps.last?.chinese)
            #expect(chinese.hasSuffix("。") && !chinese.contains("日志"))
        }
    }

    @Test func refusesEveryOtherLine() throws {
        let leaf = Self.leaf(rows: 3).canonicalText
        let row = try Self.row(1, of: 3).json.canonicalText
        let hash = MerkleTree.emptyRoot.hexadecimal
        let opening = "{\"field\":\"a\",\"salt\":\"\(hash)\",\"value\":1}"
        let full = try Self.extra([leaf, opening, row])
        #expect(full.openings.count == 1 && full.row != nil)
        let bad = [
            [row, row], [row, opening], [row, "{}"], ["{\"cells\":[],\"path\":[]}"],
            ["{\"cells\":[],\"path\":[],\"row\":-1}"], ["{\"cells\":[],\"path\":[],\"row\":\"0\"}"],
            ["{\"cells\":[1],\"path\":[],\"row\":0}"], ["{\"cells\":[],\"path\":[1],\"row\":0}"],
            ["{\"cells\":[],\"path\":[\"ab\"],\"row\":0}"], ["{\"cells\":\"\",\"path\":[],\"row\":0}"],
            ["{\"cells\":[],\"path\":[\"\(hash.uppercased())\"],\"row\":0}"],
            ["{\"cells\":[],\"path\":{},\"row\":0}"], ["{\"cells\":[],\"more\":0,\"path\":[],\"row\":0}"],
        ]
        for lines in bad {
            #expect(throws: LedgerProblem.malformedBundle(line: 2), "\(lines)") {
                try Self.extra([leaf] + lines)
            }
        }
        #expect(throws: LedgerProblem.notCanonical) {
            try Self.extra([leaf, "{\"row\":0,\"cells\":[],\"path\":[]}"])
        }
    }

    @Test func noDamagedFilePassesUnlessItSaysTheSame() throws {
        var generator = SeededGenerator(seed: 32)
        let bundle = try Self.bundle(try Self.row(16, of: 51), leaf: Self.leaf(rows: 51))
        let key = try testKey().verifier
        for _ in 0..<1000 {
            let bytes = damaged(Array(bundle.encoded.utf8), using: &generator)
            guard let read = try? ProofBundle(bytes: bytes) else { continue }
            #expect(Array(read.encoded.utf8) == bytes)
            if read.verify(trusting: [key]).isValid {
                #expect(read.leaf == bundle.leaf && read.row == bundle.row)
            }
        }
    }

    @Test(.enabled(if: IndependentVerifier.isAvailable, "python3 is not installed"))
    func theIndependentVerifierAgrees() throws {
        let key = try testKey().verifier
        let leaf = Self.leaf(rows: 51)
        let row = try Self.row(16, of: 51)
        var path = row.path
        path[2] = try flipped(path[2], bit: 5)
        let cases: [(RowOpening, CanonicalJSON)] = [
            (row, leaf), (try Self.row(0, of: 1), Self.leaf(rows: 1)),
            (try Self.row(299, of: 300), Self.leaf(rows: 300)),
            (Self.altered(row, cells: row.cells + [""]), leaf), (Self.altered(row, index: 17), leaf),
            (Self.altered(row, index: 51), leaf), (Self.altered(row, path: path), leaf),
            (Self.altered(row, path: row.path.dropLast()), leaf), (row, Self.leaf(rows: 52)),
            (row, ["action": "create"]),
            (row, []),
        ]
        for (place, (row, leaf)) in cases.enumerated() {
            let bundle = try Self.bundle(row, leaf: leaf)
            let isValid = bundle.verify(trusting: [key]).isValid
            #expect(isValid == (place < 3), "case \(place)")
            let status = try IndependentVerifier.status(of: Array(bundle.encoded.utf8), key: key)
            #expect(status == (isValid ? 0 : 1), "case \(place)")
        }
        let twice = try Self.bundle(row, leaf: leaf).encoded
        let line = try #require(twice.split(separator: "\n").dropFirst().first)
        let doubled = try Base64.decode(line.dropFirst(6)) + [0x0A] + row.json.encoded()
        let malformed = twice.replacing(line, with: "extra " + Base64.encode(doubled))
        #expect(try IndependentVerifier.status(of: Array(malformed.utf8), key: key) == 2)
    }
}
