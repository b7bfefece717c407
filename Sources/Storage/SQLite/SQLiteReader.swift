import Expressions
import GRDB
import Ledger
import Records
import Rulebooks

// GRDB has a class of the same name.
import struct Records.Record

/// Reading from one connection, whose transaction is the snapshot.
class SQLiteReader: StoreReading {
    let db: Database
    let cipher: PersonalCipher
    let catalog: TableCatalog

    init(_ db: Database, cipher: PersonalCipher, catalog: TableCatalog) {
        (self.db, self.cipher, self.catalog) = (db, cipher, catalog)
    }

    func cached(_ sql: String) throws -> PreparedStatement { try .cached(sql, in: db) }

    func coding(of kind: Kind) -> RecordCoding {
        RecordCoding(kind: kind, table: catalog.table(of: kind), cipher: cipher, time: catalog.time)
    }

    func record(_ kind: Kind, id: Int64) throws -> Record? {
        let coding = coding(of: kind)
        let statement = try cached(coding.table.selectSQL + " WHERE \"id\" = ?1")
        statement.bind(1, id)
        return try only(of: statement, coding)
    }

    func record(_ kind: Kind, number: String) throws -> Record? {
        let coding = coding(of: kind)
        let statement = try cached(coding.table.selectSQL + " WHERE \"number\" = ?1")
        statement.bind(1, number)
        return try only(of: statement, coding)
    }

    func record(_ kind: Kind, key: [Value]) throws -> Record? {
        guard !kind.key.isEmpty, key.count == kind.key.count, !key.contains(where: \.isNull) else {
            return nil
        }
        var query = RecordQuery()
        query.conditions = zip(kind.key, key).map { field, value in
            RecordQuery.Condition(column: "field.\(field)", comparison: .equal, value: value)
        }
        query.limit = 1
        return try records(query, of: kind).first
    }

    func recordID(_ kind: Kind, reference: String) throws -> Int64? {
        let table = catalog.table(of: kind)
        let byNumber = try cached("SELECT \"id\" FROM \(SQLText.name(table.name)) WHERE \"number\" = ?1")
        byNumber.bind(1, reference)
        if try byNumber.step() {
            defer { byNumber.reset() }
            return byNumber.integer(0)
        }
        guard let key = ReferenceText.key(reference, of: kind) else { return nil }
        var query = RecordQuery()
        query.conditions = zip(kind.key, key).map { field, value in
            RecordQuery.Condition(column: "field.\(field)", comparison: .equal, value: value)
        }
        var translation = QueryTranslation(kind: kind, table: table, cipher: cipher)
        let filter = try translation.filter(query)
        let statement = try cached("SELECT \"id\" FROM \(SQLText.name(table.name))\(filter) LIMIT 1")
        translation.bind(to: statement)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.integer(0)
    }

    func eachRecord(of kind: Kind, from firstID: Int64, _ body: (Record) throws -> Void) throws {
        let coding = coding(of: kind)
        let statement = try PreparedStatement.fresh(
            coding.table.selectSQL + " WHERE \"id\" >= ?1 ORDER BY \"id\"", in: db)
        statement.bind(1, firstID)
        defer { statement.reset() }
        var clocks = kind.clocks.isEmpty ? nil : try ClockCursor(of: kind, from: firstID, reader: self)
        defer { clocks?.reset() }
        while try statement.step() {
            var record = try coding.record(in: statement)
            if let found = try clocks?.take(record: record.id) { record.clocks = found }
            try body(record)
        }
    }

    private func only(of statement: PreparedStatement, _ coding: RecordCoding) throws -> Record? {
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        var record = try coding.record(in: statement)
        if !coding.kind.clocks.isEmpty { record.clocks = try clocks(of: coding.kind, record: record.id) }
        return record
    }
}
