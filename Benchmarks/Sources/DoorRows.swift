import Foundation

/// What the door wrote, read back from its database, to be written again by bare statements.
struct DoorRows {
    /// The statements that made the tables and indexes.
    let schema: [String]
    let hazards: [[PlainDatabase.Cell]]
    let entries: [[PlainDatabase.Cell]]
    let documents: [[PlainDatabase.Cell]]
    let notices: [[PlainDatabase.Cell]]
    let clocks: [[PlainDatabase.Cell]]
    let tallies: [[PlainDatabase.Cell]]

    init(_ file: URL) throws {
        let database = try PlainDatabase(file)
        schema = try database.rows(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC"
        ).compactMap { row in
            if case .text(let bytes)? = row.first { return String(decoding: bytes, as: UTF8.self) }
            return nil
        }
        hazards = try database.rows("SELECT * FROM hazard ORDER BY id")
        entries = try database.rows("SELECT * FROM zhiheng_entry WHERE kind = 'hazard' ORDER BY position")
        documents = try database.rows("SELECT * FROM zhiheng_document ORDER BY rowid")
        notices = try database.rows("SELECT * FROM zhiheng_notice ORDER BY id")
        clocks = try database.rows("SELECT * FROM zhiheng_clock WHERE kind = 'hazard' ORDER BY record")
        tallies = try database.rows("SELECT * FROM zhiheng_tally WHERE measure LIKE 'hazard%'")
    }
}

/// Writes rows of the same tables with prepared statements and nothing else: no rule, no check, no proof.
final class BareWriter {
    private let rows: DoorRows
    private let database: PlainDatabase
    private let statements: [String: PlainStatement]
    private var position: Int64 = 0

    init(_ file: URL, rows: DoorRows) throws {
        self.rows = rows
        database = try PlainDatabase(file)
        try database.execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536")
        for sql in rows.schema { try database.execute(sql) }
        func width(_ table: [[PlainDatabase.Cell]]) -> String {
            (1...max(1, table.first?.count ?? 1)).map { "?\($0)" }.joined(separator: ", ")
        }
        let hazardColumns = try database.rows("SELECT name FROM pragma_table_info('hazard')").compactMap {
            row in
            if case .text(let bytes)? = row.first {
                return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
            }
            return nil
        }
        let assignments = hazardColumns.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: ", ")
        statements = try [
            "counter":
                "INSERT INTO zhiheng_counter VALUES (?1, 1) ON CONFLICT DO UPDATE SET value = value + 1",
            "insert": "INSERT INTO hazard VALUES (\(width(rows.hazards)))",
            "update": "UPDATE hazard SET \(assignments) WHERE id = ?1",
            "entry": "INSERT INTO zhiheng_entry VALUES (\(width(rows.entries)))",
            "document": "INSERT INTO zhiheng_document VALUES (\(width(rows.documents)))",
            "notice": "INSERT INTO zhiheng_notice VALUES (\(width(rows.notices)))",
            "unclock": "DELETE FROM zhiheng_clock WHERE kind = 'hazard' AND record = ?1",
            "clock": "INSERT INTO zhiheng_clock VALUES (\(width(rows.clocks)))",
            "tally":
                "INSERT INTO zhiheng_tally VALUES (\(width(rows.tallies))) ON CONFLICT DO UPDATE SET value = value + 1",
            "tile": """
            INSERT INTO zhiheng_tile VALUES (0, ?1, ?2) ON CONFLICT DO UPDATE SET hashes = excluded.hashes
            """,
        ].mapValues { [database] sql in try database.prepare(sql) }
    }

    private func run(_ name: String, _ cells: [PlainDatabase.Cell]) throws {
        try statements[name]?.run(cells)
    }

    /// Writes actions, each hazard found and then noticed, so many in a transaction.
    func write(actions: Int, inGroupsOf size: Int) throws {
        var done = 0
        while done < actions {
            let end = min(actions, done + max(1, size))
            try database.execute("BEGIN IMMEDIATE")
            for action in done..<end { try write(action) }
            try writeTile(upTo: end)
            // A finding touches every cell of a hazard, a notice those that depend on the state.
            for cell in rows.tallies.prefix(end - done > 1 || done % 2 == 0 ? .max : 2) {
                try run("tally", cell)
            }
            try database.execute("COMMIT")
            done = end
        }
    }

    private func write(_ action: Int) throws {
        let hazard = rows.hazards[action / 2 % rows.hazards.count]
        if action % 2 == 0 {
            try run("counter", [.text(Array("hazard".utf8))])
            try run("counter", [.text(Array("hazard/ZG-330106-2026-".utf8))])
            try run("insert", hazard)
        } else {
            try run("update", hazard)
            if let id = hazard.first { try run("unclock", [id]) }
            try run("counter", [.text(Array("document/rectification-notice/2026-".utf8))])
            try run("document", rows.documents[action / 2 % rows.documents.count])
            let perAction = rows.notices.count / rows.hazards.count
            for notice in 0..<perAction { try run("notice", rows.notices[(action / 2) * perAction + notice]) }
            let clocks = rows.clocks.count / rows.hazards.count
            for clock in 0..<clocks { try run("clock", rows.clocks[(action / 2) * clocks + clock]) }
        }
        try run("entry", rows.entries[action])
    }

    private func writeTile(upTo end: Int) throws {
        let hashes = [UInt8](repeating: 0xAB, count: ((end - 1) % 256 + 1) * 32)
        try run("tile", [.integer(Int64((end - 1) / 256)), .blob(hashes)])
    }
}
