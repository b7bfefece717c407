import Expressions
import Ledger

extension SQLiteReader {
    private static let entrySQL =
        "SELECT position, kind, record, version, action, actor, leaf FROM zhiheng_entry"

    func ledgerSize() throws -> UInt64 {
        let statement = try cached("SELECT max(position) FROM zhiheng_entry")
        guard try statement.step() else { return 0 }
        defer { statement.reset() }
        return statement.isNull(0) ? 0 : UInt64(bitPattern: statement.integer(0)) + 1
    }

    func entry(at position: UInt64) throws -> StoredEntry? {
        guard let position = Int64(exactly: position) else { return nil }
        let statement = try cached(Self.entrySQL + " WHERE position = ?1")
        statement.bind(1, position)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return entry(in: statement)
    }

    func eachEntry(from position: UInt64, _ body: (StoredEntry) throws -> Void) throws {
        guard let position = Int64(exactly: position) else { return }
        let statement = try PreparedStatement.fresh(
            Self.entrySQL + " WHERE position >= ?1 ORDER BY position", in: db)
        statement.bind(1, position)
        defer { statement.reset() }
        while try statement.step() { try body(entry(in: statement)) }
    }

    func entries(kind: String, record: Int64) throws -> [StoredEntry] {
        let statement = try cached(Self.entrySQL + " WHERE kind = ?1 AND record = ?2 ORDER BY position")
        statement.bind(1, kind)
        statement.bind(2, record)
        var entries: [StoredEntry] = []
        defer { statement.reset() }
        while try statement.step() { entries.append(entry(in: statement)) }
        return entries
    }

    func adoptions(limit: Int) throws -> [StoredEntry] {
        let statement = try cached(
            Self.entrySQL + " WHERE action = 'adopt-rulebook' ORDER BY position DESC LIMIT ?1")
        statement.bind(1, Int64(clamping: max(0, limit)))
        var entries: [StoredEntry] = []
        defer { statement.reset() }
        while try statement.step() { entries.append(entry(in: statement)) }
        return entries
    }

    func lastEntry(kind: String, record: Int64) throws -> UInt64? {
        let statement = try cached("SELECT max(position) FROM zhiheng_entry WHERE kind = ?1 AND record = ?2")
        statement.bind(1, kind)
        statement.bind(2, record)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.integerOrNil(0).map(UInt64.init(bitPattern:))
    }

    func tile(level: Int, index: UInt64) throws -> [UInt8]? {
        guard let index = Int64(exactly: index) else { return nil }
        let statement = try cached("SELECT hashes FROM zhiheng_tile WHERE level = ?1 AND position = ?2")
        statement.bind(1, Int64(level))
        statement.bind(2, index)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.bytes(0)
    }

    func eachTile(_ body: (_ level: Int, _ index: UInt64, _ hashes: [UInt8]) throws -> Void) throws {
        let statement = try PreparedStatement.fresh(
            "SELECT level, position, hashes FROM zhiheng_tile ORDER BY level, position", in: db)
        defer { statement.reset() }
        while try statement.step() {
            try body(Int(statement.integer(0)), UInt64(bitPattern: statement.integer(1)), statement.bytes(2))
        }
    }

    func checkpoints() throws -> [StoredCheckpoint] {
        let statement = try cached("SELECT size, note, signed_at FROM zhiheng_checkpoint ORDER BY size")
        var checkpoints: [StoredCheckpoint] = []
        defer { statement.reset() }
        while try statement.step() {
            let size = UInt64(bitPattern: statement.integer(0))
            let signedAt = try moment(in: statement, 2, kind: "checkpoint", record: statement.integer(0))
            checkpoints.append(StoredCheckpoint(size: size, note: statement.text(1), signedAt: signedAt))
        }
        return checkpoints
    }

    func entry(in row: PreparedStatement) -> StoredEntry {
        StoredEntry(
            position: UInt64(bitPattern: row.integer(0)), kind: row.textOrNil(1), record: row.integerOrNil(2),
            version: row.integerOrNil(3), action: row.text(4), actor: row.text(5), leaf: row.bytes(6))
    }
}
