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
        RecordCoding(kind: kind, table: catalog.table(of: kind), cipher: cipher)
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

    func records(_ query: RecordQuery, of kind: Kind) throws -> [Record] {
        let coding = coding(of: kind)
        var translation = QueryTranslation(kind: kind, table: coding.table, cipher: cipher)
        translation.avoidsIndexes = try walksInOrder(query, translation, coding.table)
        var records: [Record] = []
        if let cursor = query.after {
            for stretch in try translation.stretches(behind: cursor, query) where records.count < query.limit
            {
                var rest = query
                rest.limit -= records.count
                records += try self.records(rest, translation, coding, only: stretch)
            }
        } else {
            records = try self.records(query, translation, coding)
        }
        guard !kind.clocks.isEmpty else { return records }
        for position in records.indices {
            records[position].clocks = try clocks(of: kind, record: records[position].id)
        }
        return records
    }

    private func records(
        _ query: RecordQuery, _ translation: QueryTranslation, _ coding: RecordCoding,
        only stretch: QueryTranslation.Stretch? = nil
    ) throws -> [Record] {
        var translation = translation
        let filter = try translation.filter(query, only: stretch)
        let order = try translation.order(query, only: stretch)
        let page = translation.page(query)
        let statement = try PreparedStatement.fresh(coding.table.selectSQL + filter + order + page, in: db)
        translation.bind(to: statement)
        defer { statement.reset() }
        var records: [Record] = []
        while try statement.step() { records.append(try coding.record(in: statement)) }
        return records
    }

    /// Whether a page is found sooner by walking along the order than by finding and sorting all that match.
    ///
    /// Walking passes on average (all / matching) × page rows, sorting handles all that match: the two are
    /// equal at the square root of all × page, and no more matches than that are counted here.
    private func walksInOrder(
        _ query: RecordQuery, _ translation: QueryTranslation, _ table: KindTable
    ) throws -> Bool {
        guard query.limit > 0, translation.hasIndexedOrder(query) else { return false }
        let name = SQLText.name(table.name)
        let last = try cached("SELECT coalesce(max(\"id\"), 0) FROM \(name)")
        guard try last.step() else { return false }
        let page = Double(query.limit) + Double(query.after == nil ? max(0, query.offset) : 0)
        let bound = Int64(min(1_000_000, (Double(last.integer(0)) * page).squareRoot()))
        last.reset()
        var translation = translation
        let filter = try translation.filter(query)
        let statement = try PreparedStatement.fresh(
            "SELECT count(*) FROM (SELECT 1 FROM \(name)\(filter) LIMIT \(bound + 1))", in: db)
        translation.bind(to: statement)
        guard try statement.step() else { return false }
        return statement.integer(0) > bound
    }

    func count(_ query: RecordQuery, of kind: Kind) throws -> Int {
        let table = catalog.table(of: kind)
        var translation = QueryTranslation(kind: kind, table: table, cipher: cipher)
        let filter = try translation.filter(query)
        let statement = try PreparedStatement.fresh(
            "SELECT count(*) FROM \(SQLText.name(table.name))\(filter)", in: db)
        translation.bind(to: statement)
        guard try statement.step() else { return 0 }
        return Int(statement.integer(0))
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
