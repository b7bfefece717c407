import Expressions
import GRDB
import Records
import Rulebooks
import StoreContract
import Testing

// GRDB has a class of the same name.
import struct Records.Record

@testable import Storage

/// What everybody may see is found without looking at what they may not.
@Suite struct PublicIndexTests {
    private static let kinds = """
        kind: finding
        name: 发现
        english: Finding
        family: matter
        number: "F-{sequence:5}"
        fields:
          region: { name: 区划, english: Region, type: region }
          note: { name: 说明, english: Note, type: text }
        region: region
        public: "state == 'closed'"
        public_fields: [note]
        lifecycle:
          initial: open
          states: { open: { name: 办理中, english: Open }, closed: { name: 已办结, english: Closed } }
          closed: [closed]
          create: { by: [inspector], name: 登记, english: Register }
          actions:
            close: { name: 办结, english: Close, from: [open], to: closed, by: [inspector] }
        """

    private func plan(_ query: RecordQuery) throws -> String {
        let rulebook = try ContractRulebook.load(kinds: Self.kinds)
        let kind = try #require(rulebook.kind("finding"))
        let folder = try TemporaryFolder()
        let store = try folder.sqlite(rulebook)
        let moment = try #require(Timestamp(seconds: 1000))
        try store.write { writer in
            for id in 1...500 as ClosedRange<Int64> {
                try writer.insert(
                    Record(
                        id: id, kind: kind.id, number: "F\(id)", region: "330106000000", responsible: nil,
                        state: "open", isPublic: id % 100 == 0, version: 1, enteredAt: moment,
                        createdAt: moment, updatedAt: moment, values: [.null, .null]), of: kind)
            }
        }
        #expect(try store.read { try $0.records(query, of: kind) }.map(\.id) == [500, 400, 300, 200, 100])
        #expect(try store.read { try $0.count(query, of: kind) } == 5)
        try store.close()
        let table = KindTable(kind)
        var translation = QueryTranslation(kind: kind, table: table, cipher: try TemporaryFolder.cipher())
        let filter = try translation.filter(query)
        let sql = table.selectSQL + filter + (try translation.order(query)) + " LIMIT \(query.limit)"
        let queue = try DatabaseQueue(path: folder.path)
        return try queue.read { db in
            let parameters = sql.matches(of: /\?[0-9]+/).count
            return try Row.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN " + sql,
                arguments: StatementArguments(Array(repeating: "33", count: parameters))
            ).map { $0["detail"] as String }.joined(separator: "\n")
        }
    }

    private func query() -> RecordQuery {
        var query = RecordQuery()
        query.conditions = [.init(column: "public", comparison: .equal, value: .bool(true))]
        query.sort = ("id", true)
        return query
    }

    @Test func theLatestAreFoundByTheIndexOverThePublic() throws {
        let plan = try plan(query())
        #expect(plan.contains("finding.public"), "\(plan)")
        #expect(!plan.contains("TEMP B-TREE"), "\(plan)")
    }

    @Test func thoseOfARegionAreFoundByAnIndexOverThePublic() throws {
        var query = query()
        query.regionPrefix = "33"
        let plan = try plan(query)
        #expect(plan.contains("finding.public"), "\(plan)")
    }
}
