import GRDB
import Records
// GRDB has a class of the same name.
import struct Records.Record

/// Inserts records one after another with two prepared statements and one buffer.
final class SQLiteBulkInserter: BulkInserting {
    private let coding: RecordCoding
    private let rows: PreparedStatement
    private let clocks: PreparedStatement
    private var cells = RowCells()

    init(coding: RecordCoding, db: Database) throws {
        self.coding = coding
        rows = try .fresh(coding.table.insertSQL, in: db)
        clocks = try .fresh(ClockCoding.insertSQL, in: db)
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
    }

    func finish() throws {}
}
