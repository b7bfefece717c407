import GRDB
import GRDBSQLite

/// A prepared statement bound and read column by column, without values in between.
///
/// GRDB prepares and keeps the statement; binding goes to SQLite directly, which is several times as fast.
struct PreparedStatement {
    private let owner: Statement
    private let handle: SQLiteStatement

    /// A statement from the connection's cache. It must be read to its end before the same text is asked
    /// for again.
    static func cached(_ sql: String, in db: Database) throws -> PreparedStatement {
        let statement = try SQLiteFailure.mapped { try db.cachedStatement(sql: sql) }
        return PreparedStatement(statement)
    }

    /// A statement of its own, for visits during which anything else may be asked.
    static func fresh(_ sql: String, in db: Database) throws -> PreparedStatement {
        PreparedStatement(try SQLiteFailure.mapped { try db.makeStatement(sql: sql) })
    }

    private init(_ statement: Statement) {
        owner = statement
        handle = statement.sqliteStatement
        sqlite3_reset(handle)
    }

    // SQLite copies the bytes of text and blobs bound with this destructor.
    private static var transient: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    func bind(_ index: Int, _ value: Int64) { sqlite3_bind_int64(handle, Int32(index), value) }

    func bind(_ index: Int, _ value: Int64?) {
        guard let value else { return bindNull(index) }
        bind(index, value)
    }

    func bind(_ index: Int, _ value: Bool) { bind(index, value ? 1 as Int64 : 0) }

    func bindNull(_ index: Int) { sqlite3_bind_null(handle, Int32(index)) }

    func bind(_ index: Int, _ value: String) {
        var text = value
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) { characters in
                // An empty buffer may have no address, which would bind NULL.
                if let start = characters.baseAddress {
                    sqlite3_bind_text64(
                        handle, Int32(index), start, UInt64(characters.count), Self.transient,
                        UInt8(SQLITE_UTF8))
                } else {
                    sqlite3_bind_text(handle, Int32(index), "", 0, Self.transient)
                }
            }
        }
    }

    func bind(_ index: Int, _ value: String?) {
        guard let value else { return bindNull(index) }
        bind(index, value)
    }

    func bind(_ index: Int, _ value: [UInt8]) {
        if value.isEmpty {
            sqlite3_bind_zeroblob(handle, Int32(index), 0)
        } else {
            sqlite3_bind_blob64(handle, Int32(index), value, UInt64(value.count), Self.transient)
        }
    }

    /// Binds text or a blob that stays where it is until the statement was run; see `RowCells`.
    func bindStatic(_ index: Int, text start: UnsafePointer<UInt8>, count: Int) {
        _ = start.withMemoryRebound(to: CChar.self, capacity: count) { characters in
            sqlite3_bind_text64(handle, Int32(index), characters, UInt64(count), nil, UInt8(SQLITE_UTF8))
        }
    }

    func bindStatic(_ index: Int, blob start: UnsafePointer<UInt8>, count: Int) {
        sqlite3_bind_blob64(handle, Int32(index), start, UInt64(count), nil)
    }

    /// Goes to the next row; false, with the statement ready for the next use, when there is none.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        case SQLITE_INTERRUPT:
            sqlite3_reset(handle)
            throw EffortExhausted()
        default:
            let connection = sqlite3_db_handle(handle)
            let code = sqlite3_extended_errcode(connection)
            let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
            sqlite3_reset(handle)
            throw SQLiteFailure.problem(code: code, message: message)
        }
    }

    /// Runs a statement that gives no rows.
    func run() throws {
        while try step() {}
    }

    /// Ends a statement before its last row.
    func reset() { sqlite3_reset(handle) }

    /// Lets go of bound values; needed after static binding.
    func clear() { sqlite3_clear_bindings(handle) }

    /// How many rows the last statement of this connection changed.
    var changeCount: Int64 { sqlite3_changes64(sqlite3_db_handle(handle)) }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

    func isInteger(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_INTEGER }

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, Int32(column)) else { return [] }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A boolean; nil when the cell holds neither 0 nor 1.
    func flag(_ column: Int) -> Bool? {
        guard isInteger(column) else { return nil }
        switch integer(column) {
        case 0: return false
        case 1: return true
        default: return nil
        }
    }

    func integerOrNil(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }

    func textOrNil(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
}
