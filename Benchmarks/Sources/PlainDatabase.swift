import Foundation
import GRDBSQLite

/// A database reached through SQLite's own functions, as bare as can be.
final class PlainDatabase {
    /// A cell as SQLite holds it.
    enum Cell {
        case null
        case integer(Int64)
        case text([UInt8])
        case blob([UInt8])
    }

    struct Failure: Error {
        let message: String
    }

    private var handle: OpaquePointer?

    init(_ file: URL) throws {
        try check(sqlite3_open(file.path, &handle))
    }

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements that give no rows.
    func execute(_ sql: String) throws { try check(sqlite3_exec(handle, sql, nil, nil, nil)) }

    /// All rows that a question gives.
    func rows(_ sql: String) throws -> [[Cell]] {
        let statement = try prepare(sql)
        var rows: [[Cell]] = []
        while try statement.step() { rows.append(statement.row()) }
        return rows
    }

    func prepare(_ sql: String) throws -> PlainStatement {
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
        return PlainStatement(statement)
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw Failure(message: String(cString: sqlite3_errmsg(handle))) }
    }
}

/// A prepared statement of a `PlainDatabase`.
final class PlainStatement {
    private let handle: OpaquePointer?
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ handle: OpaquePointer?) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    /// Runs it with values for its parameters from the first on.
    func run(_ cells: [PlainDatabase.Cell]) throws {
        for (index, cell) in cells.enumerated() { bind(Int32(index + 1), cell) }
        while try step() {}
    }

    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        default:
            defer { sqlite3_reset(handle) }
            throw PlainDatabase.Failure(message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
        }
    }

    func row() -> [PlainDatabase.Cell] {
        (0..<sqlite3_column_count(handle)).map { column in
            switch sqlite3_column_type(handle, column) {
            case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
            case SQLITE_TEXT: .text(bytes(column))
            case SQLITE_BLOB: .blob(bytes(column))
            default: .null
            }
        }
    }

    private func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    private func bind(_ index: Int32, _ cell: PlainDatabase.Cell) {
        switch cell {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .text(let bytes):
            bytes.withUnsafeBytes { buffer in
                let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                _ = sqlite3_bind_text(
                    handle, index, start ?? UnsafePointer(bitPattern: 1), Int32(bytes.count), Self.transient)
            }
        case .blob(let bytes):
            _ = sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), Self.transient)
        }
    }
}
