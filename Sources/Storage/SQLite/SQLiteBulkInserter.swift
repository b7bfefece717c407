import GRDB
import Records

// GRDB has a class of the same name.
import struct Records.Record

/// Inserts records one after another with two prepared statements and one buffer.
///
/// Once many have come, the indexes that only serve questions are dropped and made anew at the end: sorting
/// once is several times as fast as a million insertions here and there. What keeps numbers, keys and
/// references right stays in force all the time.
final class SQLiteBulkInserter: BulkInserting {
    /// So many records, and a quarter of those on file, make it worth while to rebuild the indexes.
    static let rebuildThreshold: Int64 = 20_000

    private struct Index {
        let name: String
        let sql: String
    }

    private let coding: RecordCoding
    private let db: Database
    private let rows: PreparedStatement
    private let clocks: PreparedStatement
    private var cells = RowCells()
    private var insertedCount: Int64 = 0
    private var rebuildCount: Int64
    private var dropped: [Index] = []

    init(coding: RecordCoding, db: Database) throws {
        (self.coding, self.db) = (coding, db)
        rows = try .fresh(coding.table.insertSQL, in: db)
        clocks = try .fresh(ClockCoding.insertSQL, in: db)
        let last = try PreparedStatement.fresh(
            "SELECT coalesce(max(\"id\"), 0) FROM \(SQLText.name(coding.table.name))", in: db)
        rebuildCount = try last.step() ? max(Self.rebuildThreshold, last.integer(0) / 4) : .max
        last.reset()
    }

    func insert(_ record: Record) throws {
        do {
            try coding.fill(&cells, with: record)
            try cells.run(rows)
        } catch let problem as StoreProblem {
            throw problem.naming(coding.table, record: record.id)
        }
        for clock in record.clocks {
            ClockCoding.fill(&cells, with: clock, kind: record.kind, record: record.id)
            try cells.run(clocks)
        }
        insertedCount += 1
        if insertedCount == rebuildCount { try dropIndexes() }
    }

    func finish() throws {
        guard !dropped.isEmpty else { return }
        // A savepoint undone in between has brought the indexes back already.
        let present = Set(try questionIndexes().map(\.name))
        for index in dropped where !present.contains(index.name) {
            try PreparedStatement.fresh(index.sql, in: db).run()
        }
        dropped = []
        rebuildCount = .max
        // Lets SQLite choose between indexes by what is on file; looks at a sample only.
        try PreparedStatement.fresh("ANALYZE \(SQLText.name(coding.table.name))", in: db).run()
    }

    private func dropIndexes() throws {
        dropped = try questionIndexes()
        for index in dropped {
            try PreparedStatement.fresh("DROP INDEX \(SQLText.name(index.name))", in: db).run()
        }
    }

    /// The indexes that are not unique.
    private func questionIndexes() throws -> [Index] {
        let statement = try PreparedStatement.fresh(
            """
            SELECT name, sql FROM sqlite_schema
            WHERE type = 'index' AND tbl_name = ?1 AND sql LIKE 'CREATE INDEX %' ORDER BY name
            """, in: db)
        statement.bind(1, coding.table.name)
        var indexes: [Index] = []
        while try statement.step() { indexes.append(Index(name: statement.text(0), sql: statement.text(1))) }
        return indexes
    }
}
