import Expressions
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("A record tells what happened to it and what can be done")
struct HistoryTests {
    private func actor(_ identity: Request.Identity) throws -> Actor {
        guard case .actor(let actor) = identity else { throw TestOffice.Unexpected.noRefusal }
        return actor
    }

    @Test("Every step in words, in both languages")
    func history() throws {
        let test = try TestOffice()
        let inspector = TestOffice.person("wang", "inspector")
        let record = try test.hazard(at: try test.project())
        let due = try #require(CivilDate("2026-03-06"))
        try test.act("notify", on: record, ["due_on": .date(due)], by: inspector)
        let found = FoundRecord(kind: try test.kind("hazard"), record: try test.record(record))
        let steps = try test.office.store.read {
            try HistoryService(test.office, language: .zh).steps(of: found, reader: $0)
        }
        #expect(steps.map(\.actionName) == ["登记", "下达整改通知"])
        #expect(steps.map(\.version) == [1, 2])
        #expect(steps.last?.actor == "wang")
        #expect(steps.last?.documents.count == 1)
        let state = try #require(steps.last?.changes.first)
        #expect((state.name, state.before, state.after) == ("状态", "已发现", "整改中"))
        #expect(steps.last?.changes.contains { $0.name == "整改期限" && $0.after == "2026-03-06" } == true)
        #expect(steps.first?.changes.contains { $0.name == "等级" && $0.after == "一般" } == true)
        let english = try test.office.store.read {
            try HistoryService(test.office, language: .en).steps(of: found, reader: $0)
        }
        #expect(english.last?.actionName == "Issue rectification notice")
    }

    @Test("What can be done depends on who asks and on the state, not on what is still to be filled in")
    func actions() throws {
        let test = try TestOffice()
        let found = FoundRecord(
            kind: try test.kind("hazard"), record: try test.hazard(at: try test.project()))
        func possible(_ identity: Request.Identity) throws -> Set<String> {
            let actor = try actor(identity)
            let actions = try test.office.store.read {
                try ActionGuide(test.office).actions(on: found, by: actor, reader: $0)
            }
            #expect(actions.count == found.kind.lifecycle.actions.count)
            return Set(actions.filter(\.isPossible).map(\.rule.id))
        }
        #expect(try possible(TestOffice.person("wang", "inspector")).isSuperset(of: ["notify", "stop"]))
        #expect(try !possible(TestOffice.person("wang", "inspector")).contains("accept"))
        #expect(try possible(TestOffice.person("reader", "leader")).isEmpty)
        #expect(try possible(TestOffice.person("far", "inspector", region: "110000000000")).isEmpty)
    }
}
