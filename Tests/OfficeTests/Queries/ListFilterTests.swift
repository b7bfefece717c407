import Expressions
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("What people write to find records becomes a query")
struct ListFilterTests {
    private func numbers(
        _ test: TestOffice, _ filters: [String], region: String? = nil, sort: String? = nil
    ) throws -> [String] {
        let kind = try test.kind("hazard")
        let query = try ListFilter(test.office, kind: kind).query(
            filters: filters, region: region, sort: sort)
        return try test.office.store.read { try $0.records(query, of: kind) }.map(\.number)
    }

    @Test("Fields, names, days, states, texts and regions")
    func filters() throws {
        let test = try TestOffice()
        let first = try test.hazard(at: try test.project(), grade: "major").number
        let second = try test.hazard(at: try test.project(region: "330102000000"), foundOn: "2026-02-20")
            .number
        #expect(try numbers(test, []) == [first, second])
        #expect(try numbers(test, ["grade=major"]) == [first])
        #expect(try numbers(test, ["等级=重大"]) == [first])
        #expect(try numbers(test, ["grade!=major"]) == [second])
        #expect(try numbers(test, ["found_on>=2026-03-01"]) == [first])
        #expect(try numbers(test, ["found_on < 2026-03-01"]) == [second])
        #expect(try numbers(test, ["state=found", "created_at=2026-03-02"]) == [first, second])
        #expect(try numbers(test, ["created_at<=2026-03-01"]).isEmpty)
        #expect(try numbers(test, ["closed_on="]) == [first, second])
        #expect(try numbers(test, ["due_on!="]).isEmpty)
        #expect(try numbers(test, ["region=330106"]) == [first])
        #expect(try numbers(test, [], region: "330102") == [second])
        #expect(try numbers(test, [], sort: "-found_on") == [first, second])
        #expect(try numbers(test, [], sort: "found_on") == [second, first])
    }

    @Test(
        "What cannot be read is refused, all of it at once",
        arguments: [
            "", "=", "grade", "grad=major", "grade=enormous", "found_on>=soon", "state=nowhere",
            "overdue=perhaps",
            "region=000001", "id=x", "site=GC-NONE",
        ])
    func garbage(filter: String) throws {
        let test = try TestOffice()
        let kind = try test.kind("hazard")
        #expect(throws: Refusal.self) { try ListFilter(test.office, kind: kind).query(filters: [filter]) }
        let refusal = try test.refusal {
            _ = try ListFilter(test.office, kind: kind).query(
                filters: [filter, "grade=enormous"], sort: "-nothing")
        }
        #expect(refusal.reasons.count == 3)
    }

    @Test("An actor sees its region, an enterprise what it is responsible for")
    func visibility() throws {
        let test = try TestOffice()
        let record = try test.hazard(at: try test.project())
        let near = Actor(
            login: "a", name: "a", role: "inspector", region: "330106000000", permissions: [.read])
        let far = Actor(
            login: "b", name: "b", role: "inspector", region: "330102000000", permissions: [.read])
        let party = Actor(
            login: "c", name: "c", role: "enterprise", region: "330102000000", party: TestOffice.contractor,
            permissions: [.read])
        let finder = RecordFinder(test.office)
        #expect(try finder.find(record.number, as: near).record.id == record.id)
        #expect(try finder.find("hazard:" + record.number, as: party).record.id == record.id)
        #expect(try test.refusal { _ = try finder.find(record.number, as: far) }.has(.recordNotFound))
        #expect(try test.refusal { _ = try finder.find("", as: near) }.has(.recordNotFound))
        var query = RecordQuery()
        query.regionPrefix = "330106"
        let hazards = try test.kind("hazard")
        #expect(throws: Refusal.self) { try Sight(of: far, in: test.rulebook).narrow(query, of: hazards) }
    }
}
