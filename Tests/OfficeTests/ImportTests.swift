import Expressions
import Figures
import Foundation
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("Files are taken in whole, or not at all")
struct ImportTests {
    static let incidents = Project.root.appendingPathComponent("examples/zhejiang-2009h1/incidents.csv")
    private let operatorIdentity = Request.Identity.actor(.operatorOfFolder)

    private func run(
        _ test: TestOffice, _ kind: String, _ file: URL, map: String? = nil, skip: Bool = false,
        dry: Bool = false
    )
        throws -> ImportReport
    {
        var request = ImportRequest(kind: kind, map: map, fileName: file.lastPathComponent)
        request.skipsBadRows = skip
        request.isDryRun = dry
        return try Importer(test.office, archive: test.workspace.archive).run(
            request, file: file, by: operatorIdentity)
    }

    private func file(_ test: TestOffice, _ bytes: [UInt8]) throws -> URL {
        let file = test.folder.appendingPathComponent(UUID().uuidString + ".csv")
        try Data(bytes).write(to: file)
        return file
    }

    private static let header = "occurred_at,region,category,deaths,serious_injuries\n"

    @Test("The incidents of 2008 and 2009 as they stand give the report of the first half of 2009")
    func golden() throws {
        let test = try TestOffice(at: "2026-11-21T01:00:00Z")
        let report = try run(test, "incident", Self.incidents)
        #expect(report.taken == 51)
        #expect(report.refused == 0)
        let statement = try ReportService(test.office).compose(
            "half-year", region: "330000", period: try #require(Period("2009H1")), language: .zh)
        let golden = Project.root.appendingPathComponent(
            "Tests/OfficeTests/Golden/half-year-330000-2009H1.txt")
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(statement.text == expected, "the report now reads:\n\(statement.text)")
        for figure in Self.figuresOfTheSpeech {
            #expect(statement.text.contains(figure), "the report does not say \(figure)")
        }
        try test.expectCleanAudit()
    }

    /// What the speech of 2009 says, in the words the report uses.
    static let figuresOfTheSpeech = [
        "23起、死亡26人", "减少5起、9人", "分别下降17.86%和25.71%", "分别下降75%和81.82%", "分别下降50%和75%",
        "分别下降66.67%和33.33%", "均下降40%", "52.17%", "50%", "上升600%", "26.92%", "57.69%",
        "17起、死亡18人，占死亡总人数的69.23%", "17起、死亡20人，占死亡总人数的76.92%", "42.31%", "34.62%", "宁波市", "衢州市",
    ]

    @Test("A bad row refuses the file, names row, column, value and reason, and changes nothing")
    func refusesWhole() throws {
        let test = try TestOffice()
        let text =
            Self.header + "2009-01-03T16:09,330900,高处坠落,1,0\n2009-13-03,330900,高处坠楼,-1,0\n,999999,触电,1,0\n"
        let report = try run(test, "incident", file(test, Array(text.utf8)))
        #expect(!report.isDone)
        #expect(report.rowsRead == 3)
        #expect(report.refused == 2)
        let row2 = report.errors.filter { $0.row == 2 }
        #expect(Set(row2.compactMap(\.column)) == ["occurred_at", "category", "deaths"])
        #expect(row2.contains { $0.value == "高处坠楼" && $0.line == 3 })
        #expect(report.errors.contains { $0.row == 3 && $0.column == "region" && $0.value == "999999" })
        #expect(report.errors.contains { $0.row == 3 && $0.column == "occurred_at" })
        let count = try test.office.store.read { try $0.count(RecordQuery(), of: test.kind("incident")) }
        #expect(count == 0)
        #expect(try test.office.store.read { try $0.ledgerSize() } == 0)
    }

    @Test("Skipping bad rows takes the rest and hands back the refused rows as they stood")
    func skips() throws {
        let test = try TestOffice()
        let text = Self.header + "2009-01-03T16:09,330900,高处坠落,1,0\n2009-13-03,\"330900\",高处坠落,1,0\n"
        var request = ImportRequest(kind: "incident", fileName: "x.csv")
        request.skipsBadRows = true
        var refused: [UInt8] = []
        let report = try Importer(test.office, archive: test.workspace.archive).run(
            request, file: file(test, Array(text.utf8)), by: operatorIdentity,
            refusedRows: { refused += Array($0) })
        #expect(report.taken == 1)
        #expect(String(decoding: refused, as: UTF8.self) == Self.header + "2009-13-03,\"330900\",高处坠落,1,0\n")
        try test.expectCleanAudit()
    }

    @Test("A dry run checks everything and changes nothing")
    func dryRun() throws {
        let test = try TestOffice()
        let report = try run(test, "incident", Self.incidents, dry: true)
        #expect(report.taken == 51)
        #expect(!report.isDone)
        #expect(try test.office.store.read { try $0.ledgerSize() } == 0)
    }

    @Test("GB18030 and a byte order mark read the same as UTF-8")
    func encodings() throws {
        let row = "2009-01-03T16:09,330900,触电,1,0\n"
        // 触电 in GB 18030.
        let gbk =
            Array((Self.header + "2009-01-03T16:09,330900,").utf8) + [0xB4, 0xA5, 0xB5, 0xE7]
            + Array(",1,0\n".utf8)
        for bytes in [
            Array((Self.header + row).utf8), [0xEF, 0xBB, 0xBF] + Array((Self.header + row).utf8), gbk,
        ] {
            let test = try TestOffice()
            let report = try run(test, "incident", file(test, bytes))
            #expect(report.taken == 1, "\(report.errors)")
        }
    }

    @Test("Unknown, repeated and missing columns are told before any row is read")
    func columns() throws {
        let test = try TestOffice()
        #expect(throws: ImportProblem.self) {
            try run(test, "incident", file(test, Array("occured_at,region\n1,2\n".utf8)))
        }
        #expect(throws: ImportProblem.repeatedColumn("deaths")) {
            try run(test, "incident", file(test, Array("deaths,deaths\n1,2\n".utf8)))
        }
        #expect(throws: ImportProblem.self) {
            try run(test, "incident", file(test, Array("deaths\n1\n".utf8)))
        }
        #expect(throws: (any Error).self) { try run(test, "incident", file(test, [])) }
        #expect(throws: ImportProblem.unknownKind("incidents", suggestion: "incident")) {
            try run(test, "incidents", Self.incidents)
        }
    }

    @Test("A file that ends in the middle of a row, or holds rubbish, is an error and not a crash")
    func rubbish() throws {
        let whole = Array(try Data(contentsOf: Self.incidents))
        for length in stride(from: 0, to: whole.count, by: 211) {
            let test = try TestOffice()
            _ = try? run(test, "incident", file(test, Array(whole.prefix(length))), skip: true)
            try test.expectCleanAudit()
        }
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            let test = try TestOffice()
            var bytes = whole
            for _ in 0..<40 {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                    in: .min ... .max, using: &generator)
            }
            _ = try? run(test, "incident", file(test, bytes), skip: true)
            try test.expectCleanAudit()
        }
    }
}

/// A generator whose sequence a seed decides (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
