import Expressions
import GRDB
import Ledger
import Records
import Rulebooks

// GRDB has a class of the same name.
import struct Records.Record

/// The edge of the ledger as this process last wrote it.
struct KnownEdge: Sendable {
    var edge: TileEdge
    /// SQLite's `data_version` then: another one means that another process has written since.
    var dataVersion: Int64
}

/// Writing in the one open transaction.
final class SQLiteWriter: SQLiteReader, StoreWriting {
    /// The edge as of this point of the transaction; kept by the store when it is committed.
    private(set) var knownEdge: KnownEdge?
    private var cells = RowCells()
    private var bulkInserters: [SQLiteBulkInserter] = []

    init(_ db: Database, cipher: PersonalCipher, catalog: TableCatalog, edge: KnownEdge?) {
        knownEdge = edge
        super.init(db, cipher: cipher, catalog: catalog)
    }

    func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        let edgeBefore = knownEdge
        try cached("SAVEPOINT step").run()
        do {
            let result = try body()
            try cached("RELEASE step").run()
            return result
        } catch {
            knownEdge = edgeBefore
            // A full disk may have ended the whole transaction already; the first error says what happened.
            if db.isInsideTransaction {
                try? cached("ROLLBACK TO step").run()
                try? cached("RELEASE step").run()
            }
            throw error
        }
    }

    func next(counter name: String) throws -> Int64 {
        let statement = try cached(
            """
            INSERT INTO zhiheng_counter (name, value) VALUES (?1, 1)
            ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value
            """)
        statement.bind(1, name)
        return try number(from: statement)
    }

    func nextRecordID(_ kind: Kind) throws -> Int64 { try reserveRecordIDs(kind, count: 1) }

    func reserveRecordIDs(_ kind: Kind, count: Int64) throws -> Int64 {
        guard count > 0 else { throw StoreProblem.unsuitable(kind: kind.id, column: "id") }
        let table = SQLText.name(catalog.table(of: kind).name)
        let statement = try cached(
            """
            INSERT INTO zhiheng_identity (kind, last)
            VALUES (?1, (SELECT coalesce(max("id"), 0) FROM \(table)) + ?2)
            ON CONFLICT DO UPDATE SET last = max(last + ?2, excluded.last) RETURNING last
            """)
        statement.bind(1, kind.id)
        statement.bind(2, count)
        return try number(from: statement) - count + 1
    }

    private func number(from statement: PreparedStatement) throws -> Int64 {
        guard try statement.step() else { throw StoreProblem.unavailable(reason: .failed) }
        let number = statement.integer(0)
        try statement.run()
        return number
    }

    func insert(_ record: Record, of kind: Kind) throws {
        let coding = coding(of: kind)
        try coding.fill(&cells, with: record)
        let statement = try cached(coding.table.insertSQL)
        try naming(coding.table, record: record.id) { try cells.run(statement) }
        try insert(record.clocks, kind: kind.id, record: record.id)
    }

    func update(_ record: Record, of kind: Kind) throws {
        let coding = coding(of: kind)
        try coding.fill(&cells, with: record)
        let statement = try cached(coding.table.updateSQL)
        try naming(coding.table, record: record.id) { try cells.run(statement, extra: record.version - 1) }
        guard statement.changeCount == 1 else {
            throw StoreProblem.conflict(kind: kind.id, record: record.id)
        }
        let clearing = try cached("DELETE FROM zhiheng_clock WHERE kind = ?1 AND record = ?2")
        clearing.bind(1, kind.id)
        clearing.bind(2, record.id)
        try clearing.run()
        try insert(record.clocks, kind: kind.id, record: record.id)
    }

    private func insert(_ clocks: [ClockState], kind: String, record: Int64) throws {
        guard !clocks.isEmpty else { return }
        let statement = try cached(ClockCoding.insertSQL)
        for clock in clocks {
            ClockCoding.fill(&cells, with: clock, kind: kind, record: record)
            try cells.run(statement)
        }
    }

    /// Runs a body, and names kind and fields in what it throws instead of table and columns.
    func naming(_ table: KindTable, record: Int64, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let problem as StoreProblem {
            throw problem.naming(table, record: record)
        }
    }

    func bulkInserter(of kind: Kind) throws -> any BulkInserting {
        let inserter = try SQLiteBulkInserter(coding: coding(of: kind), db: db)
        bulkInserters.append(inserter)
        return inserter
    }

    /// Brings back indexes that bulk inserters not finished by their user have dropped.
    func finishBulkInserters() throws {
        for inserter in bulkInserters { try inserter.finish() }
    }

    func append(_ entries: [NewEntry]) throws {
        guard !entries.isEmpty else { return }
        var known = try currentEdge()
        let statement = try cached(
            """
            INSERT INTO zhiheng_entry (position, kind, record, version, action, actor, leaf)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """)
        for (offset, entry) in entries.enumerated() {
            cells.removeAll()
            cells.append(Int64(bitPattern: known.edge.size) + Int64(offset))
            cells.append(entry.kind)
            cells.append(entry.record)
            cells.append(entry.version)
            cells.append(entry.action)
            cells.append(entry.actor)
            cells.append(blob: entry.leaf)
            try cells.run(statement)
        }
        let tile = try cached(
            """
            INSERT INTO zhiheng_tile (level, position, hashes) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET hashes = excluded.hashes
            """)
        for write in known.edge.append(entries.map(\.hash)) {
            tile.bind(1, Int64(write.tile.level))
            tile.bind(2, Int64(bitPattern: write.tile.index))
            tile.bind(3, write.bytes)
            try tile.run()
        }
        knownEdge = known
    }

    func frontier() throws -> MerkleFrontier { try currentEdge().edge.frontier }

    /// The edge in memory when nobody else has written since, else as the stored tiles give it.
    private func currentEdge() throws -> KnownEdge {
        let statement = try cached("PRAGMA data_version")
        guard try statement.step() else { throw StoreProblem.unavailable(reason: .failed) }
        let dataVersion = statement.integer(0)
        try statement.run()
        if let knownEdge, knownEdge.dataVersion == dataVersion { return knownEdge }
        let reader = ClosureTileReader { tile in
            try self.tile(level: tile.level, index: tile.index) ?? []
        }
        do {
            let edge = try TileEdge(size: try ledgerSize(), reader: reader)
            let known = KnownEdge(edge: edge, dataVersion: dataVersion)
            knownEdge = known
            return known
        } catch is LedgerProblem {
            throw StoreProblem.damaged(kind: "ledger", record: 0, column: "tile")
        }
    }
}

extension StoreProblem {
    /// The same problem with the kind and its fields in the place of the table and its columns.
    func naming(_ table: KindTable, record: Int64) -> StoreProblem {
        switch self {
        case .duplicate(_, let columns):
            .duplicate(kind: table.kind, fields: columns.map { table.field(ofColumn: $0) })
        case .unsuitable(let kind, let column) where kind != table.kind || column.isEmpty:
            .unsuitable(kind: table.kind, column: table.field(ofColumn: column))
        case .missingReference: .missingReference(kind: table.kind, record: record)
        default: self
        }
    }
}
