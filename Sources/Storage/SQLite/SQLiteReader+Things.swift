import Expressions
import Ledger
import Rulebooks

/// Documents, notices, imports, settings and salts.
extension SQLiteReader {
    private static let documentSQL =
        "SELECT number, document, kind, record, version, issued_at, text, text_english FROM zhiheng_document"

    func documents(kind: String, record: Int64) throws -> [StoredDocument] {
        let statement = try cached(Self.documentSQL + " WHERE kind = ?1 AND record = ?2 ORDER BY rowid")
        statement.bind(1, kind)
        statement.bind(2, record)
        var documents: [StoredDocument] = []
        defer { statement.reset() }
        while try statement.step() { documents.append(try document(in: statement)) }
        return documents
    }

    func document(number: String) throws -> StoredDocument? {
        let statement = try cached(Self.documentSQL + " WHERE number = ?1")
        statement.bind(1, number)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try document(in: statement)
    }

    private func document(in row: PreparedStatement) throws -> StoredDocument {
        let (kind, record) = (row.text(2), row.integer(3))
        return StoredDocument(
            number: row.text(0), document: row.text(1), kind: kind, record: record, version: row.integer(4),
            issuedAt: try moment(in: row, 5, kind: kind, record: record), text: row.text(6),
            textEnglish: row.text(7))
    }

    func outbox(limit: Int) throws -> [StoredNotice] {
        let statement = try cached(
            """
            SELECT id, addressee, topic, kind, record, document, text, text_english, created_at
            FROM zhiheng_notice WHERE delivered_at IS NULL ORDER BY id LIMIT ?1
            """)
        statement.bind(1, Int64(max(0, limit)))
        var notices: [StoredNotice] = []
        defer { statement.reset() }
        while try statement.step() {
            let (kind, record) = (statement.text(3), statement.integer(4))
            notices.append(
                StoredNotice(
                    id: statement.integer(0), addressee: statement.text(1), topic: statement.text(2),
                    kind: kind,
                    record: record, document: statement.textOrNil(5), text: statement.text(6),
                    textEnglish: statement.text(7),
                    createdAt: try moment(in: statement, 8, kind: kind, record: record)))
        }
        return notices
    }

    private static let importSQL = """
        SELECT id, kind, map, file_name, file_digest, rows, refused, root, imported_at, first_record,
            last_record
        FROM zhiheng_import_run
        """

    func importRun(_ id: Int64) throws -> ImportRun? {
        let statement = try cached(Self.importSQL + " WHERE id = ?1")
        statement.bind(1, id)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try importRun(in: statement)
    }

    func importRuns() throws -> [ImportRun] {
        let statement = try cached(Self.importSQL + " ORDER BY id")
        var runs: [ImportRun] = []
        defer { statement.reset() }
        while try statement.step() { runs.append(try importRun(in: statement)) }
        return runs
    }

    private func importRun(in row: PreparedStatement) throws -> ImportRun {
        let id = row.integer(0)
        guard let root = try? Hash(bytes: row.bytes(7)) else {
            throw StoreProblem.damaged(kind: "import", record: id, column: "root")
        }
        return ImportRun(
            id: id, kind: row.text(1), map: row.textOrNil(2), fileName: row.text(3), fileDigest: row.text(4),
            rows: row.integer(5), refused: row.integer(6), root: root,
            importedAt: try moment(in: row, 8, kind: "import", record: id), firstRecord: row.integer(9),
            lastRecord: row.integer(10))
    }

    func importHashes(_ id: Int64, block: Int64) throws -> [UInt8]? {
        let statement = try cached(
            "SELECT hashes FROM zhiheng_import_hash WHERE import_id = ?1 AND block = ?2")
        statement.bind(1, id)
        statement.bind(2, block)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.bytes(0)
    }

    func setting(_ name: String) throws -> [UInt8]? {
        try bytes("SELECT value FROM zhiheng_setting WHERE name = ?1", name)
    }

    private func bytes(_ sql: String, _ name: String) throws -> [UInt8]? {
        let statement = try cached(sql)
        statement.bind(1, name)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return statement.bytes(0)
    }

    func salts(kind: String, record: Int64) throws -> [SaltKey: [UInt8]] {
        let statement = try cached(
            "SELECT field, version, salt FROM zhiheng_salt WHERE kind = ?1 AND record = ?2")
        statement.bind(1, kind)
        statement.bind(2, record)
        var salts: [SaltKey: [UInt8]] = [:]
        defer { statement.reset() }
        while try statement.step() {
            salts[SaltKey(field: statement.text(0), version: statement.integer(1))] = statement.bytes(2)
        }
        return salts
    }

    func counters() throws -> [String: Int64] {
        let statement = try cached("SELECT name, value FROM zhiheng_counter")
        var counters: [String: Int64] = [:]
        defer { statement.reset() }
        while try statement.step() { counters[statement.text(0)] = statement.integer(1) }
        return counters
    }

    func damagedTables() throws -> [String] {
        let tables = try texts(of: "SELECT name FROM sqlite_schema WHERE type = 'table'")
        let indexes = try PreparedStatement.fresh(
            "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index'", in: db)
        var owners = Dictionary(tables.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
        defer { indexes.reset() }
        while try indexes.step() { owners[indexes.text(0)] = indexes.text(1) }
        var found: Set<String> = []
        // Each message is a sentence of the engine's, of which no more than the name in it is told.
        for message in try texts(of: "PRAGMA integrity_check(1000)") where message != "ok" {
            let words = message.split { !($0.isLetter || $0.isNumber || "_.-".contains($0)) }.map(String.init)
            let named = words.lazy.compactMap { owners[$0] ?? owners[String($0.prefix { $0 != "." })] }.first
            found.insert(named ?? "")
        }
        return found.sorted()
    }

    func misdue(_ kind: Kind, limit: Int) throws -> [String] {
        let table = catalog.table(of: kind)
        let due = SchemaSteps.firstDue(of: table, offsetSeconds: catalog.time.offsetSeconds)
        return try texts(
            of: """
                SELECT "number" FROM \(SQLText.name(table.name))
                WHERE \(SQLText.name(KindTable.dueColumn)) IS NOT \(due) LIMIT \(max(0, limit))
                """)
    }

    private func texts(of sql: String) throws -> [String] {
        let statement = try PreparedStatement.fresh(sql, in: db)
        var texts: [String] = []
        defer { statement.reset() }
        while try statement.step() { texts.append(statement.text(0)) }
        return texts
    }
}
