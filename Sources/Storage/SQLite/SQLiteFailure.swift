import GRDB
import GRDBSQLite

/// Says in the store's own words what SQLite reports; its messages never leave this file.
enum SQLiteFailure {
    /// Runs a body and turns the database's errors into the store's.
    static func mapped<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw problem(code: error.extendedResultCode.rawValue, message: error.message ?? "")
        }
    }

    /// The problem that an extended result code and its message mean.
    ///
    /// A violated constraint names table and columns as SQLite does; the writer turns them into kind and
    /// fields.
    static func problem(code: Int32, message: String) -> StoreProblem {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: constraint(code: code, message: message)
        case SQLITE_FULL: .unavailable(reason: .diskFull)
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: .unavailable(reason: .readOnly)
        case SQLITE_CANTOPEN: .unavailable(reason: .cannotOpen)
        case SQLITE_NOTADB: .unavailable(reason: .notADatabase)
        case SQLITE_CORRUPT: .unavailable(reason: .fileDamaged)
        case SQLITE_BUSY, SQLITE_LOCKED: .unavailable(reason: .locked)
        case SQLITE_IOERR: .unavailable(reason: .diskError)
        case SQLITE_NOMEM: .unavailable(reason: .outOfMemory)
        case SQLITE_SCHEMA: .schemaOutdated
        case SQLITE_ERROR where namesMissingSchema(message): .schemaOutdated
        default: .unavailable(reason: .failed)
        }
    }

    private static func constraint(code: Int32, message: String) -> StoreProblem {
        let details = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
        switch ResultCode(rawValue: code) {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            let columns = details.split(separator: ",").map { column(in: $0) }
            return .duplicate(kind: columns.first?.table ?? "", fields: columns.map(\.name))
        case .SQLITE_CONSTRAINT_FOREIGNKEY:
            return .missingReference(kind: "", record: 0)
        default:
            let place = details.split(separator: " ").last.map { column(in: $0) }
            return .unsuitable(kind: place?.table ?? "", column: place?.name ?? "")
        }
    }

    private static func column(in text: Substring) -> (table: String, name: String) {
        let parts = text.drop { $0 == " " }.split(separator: ".", maxSplits: 1)
        guard parts.count == 2 else { return ("", parts.first.map(String.init) ?? "") }
        return (String(parts[0]), String(parts[1]))
    }

    private static func namesMissingSchema(_ message: String) -> Bool {
        message.hasPrefix("no such table") || message.hasPrefix("no such column")
            || message.contains("has no column named")
    }
}
