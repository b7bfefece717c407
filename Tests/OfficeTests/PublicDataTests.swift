import Exchange
import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

@Suite("What everybody may look up, take and check")
struct PublicDataTests {
    private static let phone = "057188886666"

    private func filled() throws -> (test: TestOffice, hazard: Record) {
        let test = try TestOffice()
        let inspector = TestOffice.person("wang", "inspector")
        try test.create(
            "enterprise",
            [
                "credit_code": .string(TestOffice.contractor), "name": .string("示例建设集团有限公司"),
                "type": .string("contractor"), "region": .string("330106000000"),
                "phone": .string(Self.phone),
            ], by: inspector)
        let project = try test.project()
        let hazard = try test.hazard(at: project, grade: "major")
        _ = try test.hazard(at: project)
        try test.act("notify", on: hazard, try FilledOffice.due("2026-03-06"), by: inspector)
        return (test, hazard)
    }

    private func list(_ test: TestOffice, _ hazard: Record) throws {
        test.clock.set("2026-03-21T16:00:00Z")
        try Sweep(test.office).run()
        #expect(try test.record(hazard).isPublic)
    }

    @Test(
        "A party's records are those that name it where everybody may read, and lead there through what is public"
    )
    func parties() throws {
        let (test, hazard) = try filled()
        let parties = PartyRecords(test.office)
        let kind = try test.kind("hazard")
        #expect(parties.publishesResponsible(kind))
        #expect(try parties.name(of: TestOffice.contractor)?.name == "示例建设集团有限公司")
        #expect(try parties.records(of: TestOffice.contractor, kind: kind, limit: 10).isEmpty)
        try list(test, hazard)
        // The project is not public yet, so whose it is does not show through the hazard.
        #expect(try parties.records(of: TestOffice.contractor, kind: kind, limit: 10).isEmpty)
        #expect(try parties.isUnknown("91330000142918701X"))
        #expect(try !parties.isUnknown(TestOffice.contractor))
        #expect(!parties.publishesResponsible(try test.kind("account")))
        for garbage in ["", "1", "9133010079965505８B", "91330100799655058B0"] {
            #expect(!PartyRecords.isCode(garbage))
        }
    }

    @Test("A data set holds public records with public fields, page after page, and nothing personal")
    func dataSets() throws {
        let (test, hazard) = try filled()
        let data = OpenData(test.office)
        let kind = try test.kind("hazard")
        #expect(try data.summary(of: kind).count == 0)
        try list(test, hazard)
        #expect(try data.summary(of: kind).count == 1)
        let options = CSVWriterOptions()
        let heading = String(decoding: try data.heading(of: kind, options: options), as: UTF8.self)
        #expect(heading == "@number,@state,@region,site,category,grade,major_item,part,due_on,listed_on\r\n")
        let rows = try data.rows(of: kind, after: 0, options: options)
        #expect(
            String(decoding: rows.bytes, as: UTF8.self).hasPrefix("\(hazard.number),notified,330106000000,"))
        #expect(rows.last == nil)
        for kind in data.kinds {
            #expect(data.fields(of: kind).allSatisfy { !$0.personal && kind.publicFields.contains($0.id) })
            let bytes = try data.rows(of: kind, after: 0, options: .excel).bytes
            #expect(!String(decoding: bytes, as: UTF8.self).contains(Self.phone))
            #expect(!bytes.starts(with: [0xEF]))
        }
        #expect(!data.kinds.contains { $0.id == "complaint" || $0.id == "account" })
        let dictionary = String(decoding: try data.dictionaryCSV(.excel), as: UTF8.self)
        #expect(dictionary.contains("hazard,grade,等级,Grade,code,,,hazard-grade"))
        #expect(
            String(decoding: try data.codesCSV(options), as: UTF8.self).contains(
                "hazard-grade,major,重大,Major"))
    }

    @Test("A data set of more than a page comes whole, each record once")
    func pages() throws {
        let test = try TestOffice()
        let requests = (0..<1_234).map { number in
            Request(
                Action(
                    .create, kind: "enterprise",
                    values: [
                        "credit_code": .string(Self.code(number)), "name": .string("企业\(number)"),
                        "type": .string("contractor"), "region": .string("330106000000"),
                    ]), by: TestOffice.person("wang", "inspector"))
        }
        for result in try test.registrar.perform(requests) { _ = try result.get() }
        let data = OpenData(test.office)
        let kind = try test.kind("enterprise")
        var rows = 0
        var last: Int64? = 0
        while let after = last {
            let page = try data.rows(of: kind, after: after, options: CSVWriterOptions())
            let count = page.bytes.count { $0 == 0x0A }
            #expect(count <= OpenData.page)
            rows += count
            last = page.last
        }
        #expect(rows == 1_234)
    }

    /// A credit code of the old form, whose check digits are worked out.
    private static func code(_ number: Int) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
        let digits = String(number)
        let organisation = String(repeating: "0", count: 8 - digits.count) + digits
        let own = [3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(organisation, own).reduce(0) { $0 + (($1.0.wholeNumberValue ?? 0) * $1.1) }
        let check = (11 - sum % 11) % 11
        let body = "91330100" + organisation + (check == 10 ? "X" : String(check))
        let total = zip(body, weights).reduce(0) { $0 + (alphabet.firstIndex(of: $1.0) ?? 0) * $1.1 }
        return body + String(alphabet[(31 - total % 31) % 31])
    }

    @Test("Figures are public where the rulebook says so, and nowhere else")
    func figures() throws {
        let (test, _) = try filled()
        let figures = PublicFigures(test.office)
        let ids = Set(figures.definitions.map(\.id))
        #expect(ids.contains("hazards_found") && ids.contains("hazard-closure-rate"))
        #expect(!ids.contains("hazards_overdue"))
        #expect(
            try figures.figures("hazards_found", region: "33", period: Period("2026"))?.first?.value == "2")
        let cities = try figures.figures(
            "hazards_found", region: "330000", period: Period("2026"), by: .regionLevel("city"))
        #expect(cities?.first { $0.key == "330100000000" }?.value == "2")
        #expect(try figures.figures("hazards_overdue", region: "", period: nil) == nil)
        #expect(throws: FigureProblem.self) {
            try figures.figures("hazards_found", region: "99", period: nil)
        }
    }

    @Test(
        "A proof is compared with the ledger as it stands, a text with the document on file, a figure with the cells"
    )
    func proofs() throws {
        let (test, hazard) = try filled()
        let key = try SigningKey(name: "zhiheng.test", seed: Array(1...32))
        let bundle = try LedgerService(test.office, key: key).prove(kind: "hazard", record: hazard.id)
        let report = bundle.verify(trusting: [key.verifier])
        let proof = PublicProof(test.office)
        let live = try proof.check(bundle, report.checkpoint)
        #expect(live.holdsEntry && live.rootAgrees == true)
        let elsewhere = try PublicProof(TestOffice().office).check(bundle, report.checkpoint)
        #expect(!elsewhere.holdsEntry && elsewhere.rootAgrees == nil)

        let document = try #require(
            try test.office.store.read { try $0.documents(kind: "hazard", record: hazard.id) }.first)
        for text in [document.text, document.textEnglish, document.text.replacing("\n", with: "\r\n  ")] {
            let check = try #require(try proof.check(text: text))
            #expect(check.isSame && check.isProven && check.document.number == document.number)
        }
        let altered = try #require(try proof.check(text: document.text.replacing("整改", with: "整顿")))
        #expect(!altered.isSame && altered.isProven)
        #expect(try proof.check(text: "") == nil)
        #expect(try proof.check(text: String(repeating: "长", count: 100_000)) == nil)

        let figure = try #require(
            try proof.check(figure: "hazards_found", region: "33", period: Period("2026"), checkpoint: 1))
        #expect(figure.value == "2" && figure.isKnownCheckpoint == false)
        #expect(figure.checkpoint?.size == figure.size)
        #expect(try proof.check(figure: "hazards_overdue", region: "", period: nil, checkpoint: nil) == nil)
    }
}
