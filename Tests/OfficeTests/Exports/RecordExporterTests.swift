import Exchange
import Expressions
import Ledger
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("Records go out as CSV, personal data masked unless it may be seen")
struct RecordExporterTests {
    private static let telephone = "13812345678"

    private func office() throws -> TestOffice {
        let test = try TestOffice()
        try test.create(
            "account",
            [
                "login": .string("wang.li"), "name": .string("王莉, \"组长\""), "role": .string("inspector"),
                "region": .string("330106000000"), "phone": .string(Self.telephone),
            ], by: .system)
        return test
    }

    private func export(_ test: TestOffice, permissions: Set<Permission>, unmasks: Bool) throws -> String {
        let sink = MemoryByteSink()
        let actor = Actor(
            login: "zhou", name: "zhou", role: "city-officer", region: "330100000000",
            permissions: permissions)
        _ = try RecordExporter(test.office).export(
            try test.kind("account"), RecordQuery(), to: sink, options: CSVWriterOptions(), by: actor,
            unmasks: unmasks,
            reason: "核对")
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    @Test("Masked by default, and nothing is entered in the ledger")
    func masked() throws {
        let test = try office()
        let before = try test.office.store.read { try $0.ledgerSize() }
        let text = try export(test, permissions: Set(Permission.allCases), unmasks: false)
        #expect(text.hasPrefix("@number,@state,@region,@voided,login,name,"))
        #expect(text.contains("\"王莉, \"\"组长\"\"\""))
        #expect(text.contains("138******78"))
        #expect(!text.contains(Self.telephone))
        #expect(try test.office.store.read { try $0.ledgerSize() } == before)
    }

    @Test("In clear with the permission, and the ledger says so")
    func unmasked() throws {
        let test = try office()
        #expect(
            try export(test, permissions: Set(Permission.allCases), unmasks: true).contains(Self.telephone))
        let entry = try test.office.store.read { try $0.entry(at: try $0.ledgerSize() - 1) }
        let leaf = try CanonicalJSON(canonical: try #require(entry).leaf)
        #expect(leaf["action"]?.text == "unmask")
        #expect(leaf["actor"]?.text == "zhou")
        #expect(leaf["reason"]?.text == "核对")
        #expect(!String(decoding: try #require(entry).leaf, as: UTF8.self).contains(Self.telephone))
        try test.expectCleanAudit()
    }

    @Test("Without the permission it is refused before a byte is written")
    func refused() throws {
        let test = try office()
        let refusal = try test.refusal { _ = try export(test, permissions: [.read, .export], unmasks: true) }
        #expect(refusal.has(.notPermitted))
    }

    @Test("Thousands of records come out in order, each once")
    func many() throws {
        let test = try TestOffice()
        let project = try test.project()
        let inspector = TestOffice.person("wang", "inspector")
        let category = try test.firstCode("hazard-category")
        let day = try #require(CivilDate("2026-03-02"))
        let requests = (1...2_003).map { number in
            Request(
                Action(
                    .create, kind: "hazard",
                    values: [
                        "site": .int(project.id), "found_on": .date(day), "category": .string(category),
                        "description": .string("第 \(number) 条"),
                    ]), by: inspector)
        }
        for result in try test.registrar.perform(requests) { _ = try result.get() }
        let sink = MemoryByteSink()
        let report = try RecordExporter(test.office).export(
            try test.kind("hazard"), RecordQuery(), to: sink, options: CSVWriterOptions(),
            by: .operatorOfFolder)
        #expect(report.records == 2_003)
        let lines = String(decoding: sink.bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 2_004)
        #expect(Set(lines.map { $0.prefix { $0 != "," } }).count == 2_004)
        #expect(lines[1].contains(project.number))
    }

    @Test(arguments: [("", ""), ("12", "**"), ("12345678", "********"), ("13812345678", "138******78")])
    func mask(text: String, masked: String) {
        #expect(PersonalMask.masked(text) == masked)
    }
}
