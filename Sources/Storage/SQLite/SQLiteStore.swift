import Foundation
import GRDB
import Ledger
import Records
import Rulebooks
import Synchronization

/// The embedded engine: one SQLite file in write-ahead mode, flushed to disk before a write returns.
///
/// One write at a time; readers see the last committed state and never wait for it. `read` and `write` may
/// not be called from within a body given to them, except `read` within `write`, which sees the state before.
public final class SQLiteStore: Store {
    /// How a database is opened.
    public enum Access: Hashable, Sendable {
        /// Reading and writing; the file is created when there is none.
        case readWrite
        /// Reading only; a missing file is refused, nothing is ever written.
        case readOnly
    }

    /// What is done on opening about tables that are not as the rulebook needs them.
    public enum SchemaHandling: Hashable, Sendable {
        /// A new database gets its tables; an existing one that differs is refused with `schemaOutdated`.
        case require
        /// Nothing, so that a plan can be made, shown and applied.
        case leave
        /// Whatever is missing is created at once.
        case apply
    }

    let pool: DatabasePool
    private let isReadOnly: Bool
    let cipher: PersonalCipher
    let catalog: TableCatalog
    private let knownEdge = Mutex<KnownEdge?>(nil)

    /// The longest wait for another process that holds the database, in seconds.
    static let busySeconds: Double = 10

    /// Opens or creates the database in a file.
    ///
    /// Throws `foreignDatabase` for a file of another program or a newer version, `wrongKey` for another
    /// key than before, `schemaOutdated` as `schema` says, `unavailable` when the file cannot be used.
    public init(
        path: String, cipher: PersonalCipher, rulebook: Rulebook, access: Access = .readWrite,
        schema: SchemaHandling = .require
    ) throws {
        let isNew = try DatabaseFile.inspect(path: path, access: access)
        self.cipher = cipher
        catalog = TableCatalog(time: CivilTime(of: rulebook))
        isReadOnly = access == .readOnly
        pool = try DatabaseFile.open(path: path, access: access)
        if access == .readWrite {
            try SQLiteFailure.mapped { try DatabaseFile.prepare(pool, cipher: cipher) }
        }
        try checkKey()
        guard schema != .leave else { return }
        let plan = try planSchema(for: rulebook)
        if plan.isEmpty { return }
        guard access == .readWrite, schema == .apply || isNew else { throw StoreProblem.schemaOutdated }
        try apply(plan, for: rulebook)
    }

    /// Waits for what is under way, moves the journal into the file and closes it. The store cannot be used
    /// afterwards.
    public func close() throws {
        try SQLiteFailure.mapped {
            // Others who still read only keep the journal from being emptied; nothing is lost by that.
            if !isReadOnly { _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
            try pool.close()
        }
    }

    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        try SQLiteFailure.mapped {
            try pool.read { db in try body(SQLiteReader(db, cipher: cipher, catalog: catalog)) }
        }
    }

    public func write<Result>(_ body: (any StoreWriting) throws -> Result) throws -> Result {
        try SQLiteFailure.mapped {
            try pool.writeWithoutTransaction { db in
                let writer = SQLiteWriter(
                    db, cipher: cipher, catalog: catalog, edge: knownEdge.withLock(\.self))
                try PreparedStatement.cached("BEGIN IMMEDIATE", in: db).run()
                do {
                    let result = try body(writer)
                    try writer.finishBulkInserters()
                    try PreparedStatement.cached("COMMIT", in: db).run()
                    if let edge = writer.knownEdge { knownEdge.withLock { $0 = edge } }
                    return result
                } catch {
                    // The first error says what happened; a failed rollback adds nothing to it.
                    if db.isInsideTransaction { try? db.rollback() }
                    throw error
                }
            }
        }
    }

    public func planSchema(for rulebook: Rulebook) throws -> SchemaPlan {
        try SQLiteFailure.mapped {
            try pool.read { db in try SchemaPlanner(rulebook: rulebook).plan(for: db) }
        }
    }

    public func apply(_ plan: SchemaPlan, for rulebook: Rulebook) throws {
        try write { writer in
            guard let writer = writer as? SQLiteWriter else { return }
            try SchemaPlanner(rulebook: rulebook).apply(plan, to: writer.db)
        }
    }

    /// The journal mode and `synchronous` setting of the writing connection.
    func durability() throws -> (journal: String, synchronous: Int) {
        try pool.writeWithoutTransaction { db in
            let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
            return (journal, try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1)
        }
    }

    private func checkKey() throws {
        let stored = try read { try $0.setting(DatabaseFile.keyCheckSetting) }
        guard stored == nil || stored == cipher.check else { throw StoreProblem.wrongKey }
    }
}
