import Foundation
import GRDB

/// One row of a database, whatever its table, to be changed behind the office's back and put back.
struct RawRow {
    let table: String
    let columns: [String]
    var cells: [DatabaseValue]

    static func all(of table: String, in db: Database) throws -> [RawRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { row in
            RawRow(table: table, columns: Array(row.columnNames), cells: Array(row.databaseValues))
        }
    }

    subscript(column: String) -> DatabaseValue {
        get { columns.firstIndex(of: column).map { cells[$0] } ?? .null }
        set { if let place = columns.firstIndex(of: column) { cells[place] = newValue } }
    }

    /// The cell as text, to recognise it in a finding.
    func text(_ column: String) -> String {
        String.fromDatabaseValue(self[column]) ?? integer(column).map(String.init) ?? ""
    }

    func integer(_ column: String) -> Int64? { Int64.fromDatabaseValue(self[column]) }

    func delete(in db: Database) throws {
        let conditions = columns.map { "\"\($0)\" IS ?" }.joined(separator: " AND ")
        try db.execute(
            sql: "DELETE FROM \"\(table)\" WHERE \(conditions)", arguments: StatementArguments(cells))
    }

    func insert(in db: Database) throws {
        let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let marks = Array(repeating: "?", count: cells.count).joined(separator: ", ")
        try db.execute(
            sql: "INSERT INTO \"\(table)\" (\(names)) VALUES (\(marks))", arguments: StatementArguments(cells)
        )
    }
}

/// A connection that obeys no rule of the office: no foreign keys, no checks.
func intruder(_ file: URL) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA ignore_check_constraints = ON") }
    return try DatabaseQueue(path: file.path, configuration: configuration)
}
