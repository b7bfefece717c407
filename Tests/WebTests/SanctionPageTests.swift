import Expressions
import Office
import Records
import Testing

@testable import Web

@Suite("Sanctions: what the public is shown of them")
struct SanctionPageTests {
    private static let name = "处罚公示示例建设有限公司"

    private func rows(_ rows: [[String: Value]]) throws -> Value {
        .list(
            try rows.map { row in
                var map = ValueMap()
                for (name, value) in row.sorted(by: { $0.key < $1.key }) {
                    let isNew = map.insert(.string(name), value)
                    try #require(isNew)
                }
                return .map(map)
            })
    }

    private func sanction(in test: SiteTest) throws -> Record {
        let door = Registrar(test.office)
        let today = Value.date(try #require(CivilDate("2026-03-02")))
        let filed = try door.perform(
            Action(
                .create, kind: "sanction",
                values: [
                    "legal_field": .string("work-safety"), "region": .string("330106000000"),
                    "authority": .string("西湖区住房和城乡建设局"), "party": .string(SiteTest.contractor),
                    "party_name": .string(Self.name), "cause": .string("未悬挂警示标志"),
                ]), by: SiteTest.anybody
        ).record
        let officers = try rows(
            ["甲某某", "乙某某"].map { name -> [String: Value] in
                ["name": .string(name), "certificate": .string("3301060"), "interested": .bool(false)]
            })
        return try door.perform(
            Action(
                .move("punish-on-the-spot"), kind: "sanction", record: filed.id,
                values: [
                    "investigators": officers, "facts": .string("入口未悬挂警示标志"),
                    "clause_violated": .string("某条"), "basis_clause": .string("某条"),
                    "penalties": try rows([["kind": .string("fine"), "content": .string("罚款二千元")]]),
                    "fine": .decimal(ExactDecimal(unscaled: 200_000, scale: 2)), "decided_on": today,
                    "publication_class": .string("general"), "publication_months": .int(3),
                ]), by: SiteTest.anybody
        ).record
    }

    @Test("nothing before it is published, then what the law makes public, and nothing once it is undone")
    func published() async throws {
        let test = try SiteTest()
        let door = Registrar(test.office)
        let record = try sanction(in: test)
        let address = "/public/sanction/\(record.number)"
        try await test.run { browser in
            #expect(try await browser.get(address).status == 404)
            let home = try await browser.get("/").text
            #expect(!home.contains(Self.name))
        }
        try door.perform(
            Action(.move("publish"), kind: "sanction", record: record.id), by: SiteTest.anybody)
        try await test.run { browser in
            let page = try await browser.get(address)
            #expect(page.status == 200)
            #expect(page.text.contains(Self.name) && page.text.contains("罚款二千元"))
            #expect(!page.text.contains("甲某某"), "investigators are not public")
            #expect(try await browser.get("/").text.contains(Self.name))
        }
        try door.perform(
            Action(
                .move("reverse"), kind: "sanction", record: record.id,
                values: [
                    "reversal_kind": .string("revoked"), "reason": .string("复议撤销"),
                    "reversed_on": .date(try #require(CivilDate("2026-03-02"))),
                ]), by: SiteTest.anybody)
        try await test.run { browser in
            #expect(try await browser.get(address).status == 404)
            let home = try await browser.get("/").text
            #expect(!home.contains(Self.name))
        }
    }

    @Test("serving it enters a bad conduct record that refers to it and is not public yet")
    func entered() async throws {
        let test = try SiteTest()
        let record = try sanction(in: test)
        let kind = try #require(test.office.rulebook.kind("bad-conduct"))
        let conduct = try #require(try test.office.store.read { try $0.record(kind, id: 1) })
        #expect(conduct.value("sanction", in: kind) == .int(record.id))
        #expect(conduct.value("party_name", in: kind) == .string(Self.name))
        #expect(conduct.state == "proposed")
        #expect(!conduct.isPublic)
    }
}
