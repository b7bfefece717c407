import GRDB

/// The tables that every database has, whatever the rulebook.
///
/// Their names begin with `zhiheng_`, which no kind's table may. Migrations are numbered from 1 and never
/// changed once released; `user_version` holds the number of the last one applied.
enum SystemSchema {
    /// Marks our files: "ZHHG" in ASCII.
    static let applicationID: Int64 = 0x5A48_4847

    /// The beginning of all our own table names.
    static let prefix = "zhiheng_"

    static let migrations = [
        firstTables, signInTables, receiptTable, administrationTables, adoptionIndex, apiTables, wordTables,
        deskTables,
    ]

    static var version: Int64 { Int64(migrations.count) }

    /// Brings the tables to the newest version, within the caller's transaction.
    static func migrate(_ db: Database, from version: Int64) throws {
        for (number, sql) in zip(1..., migrations) where Int64(number) > version {
            try db.execute(sql: sql)
        }
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(Self.version)")
    }

    private static let firstTables = """
        CREATE TABLE zhiheng_column (
            kind TEXT NOT NULL, field TEXT NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL,
            in_use INTEGER NOT NULL CHECK (in_use IN (0, 1)),
            PRIMARY KEY (kind, field)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE zhiheng_tally (
            measure TEXT NOT NULL, month INTEGER NOT NULL, region TEXT NOT NULL,
            dimensions INTEGER NOT NULL,
            d1 TEXT NOT NULL, d2 TEXT NOT NULL, d3 TEXT NOT NULL, d4 TEXT NOT NULL,
            d5 TEXT NOT NULL, d6 TEXT NOT NULL, d7 TEXT NOT NULL, d8 TEXT NOT NULL,
            value INTEGER NOT NULL,
            PRIMARY KEY (measure, month, region, dimensions, d1, d2, d3, d4, d5, d6, d7, d8)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE zhiheng_entry (
            position INTEGER PRIMARY KEY, kind TEXT, record INTEGER, version INTEGER,
            action TEXT NOT NULL, actor TEXT NOT NULL, leaf BLOB NOT NULL
        ) STRICT;
        CREATE INDEX zhiheng_entry_record ON zhiheng_entry (kind, record) WHERE record IS NOT NULL;
        CREATE TABLE zhiheng_tile (
            level INTEGER NOT NULL, position INTEGER NOT NULL, hashes BLOB NOT NULL,
            PRIMARY KEY (level, position)
        ) STRICT;
        CREATE TABLE zhiheng_checkpoint (
            size INTEGER PRIMARY KEY, note TEXT NOT NULL, signed_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE zhiheng_clock (
            kind TEXT NOT NULL, record INTEGER NOT NULL, clock TEXT NOT NULL, started_at INTEGER NOT NULL,
            due_on TEXT, due_at INTEGER, suspended_at INTEGER, suspended_units INTEGER NOT NULL,
            next_step INTEGER NOT NULL, overdue INTEGER NOT NULL CHECK (overdue IN (0, 1)), next_at INTEGER,
            PRIMARY KEY (kind, record, clock), CHECK (due_on IS NULL OR due_at IS NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX zhiheng_clock_next ON zhiheng_clock (next_at, kind, record,
            clock) WHERE next_at IS NOT NULL;
        CREATE TABLE zhiheng_counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE zhiheng_identity (kind TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE zhiheng_document (
            number TEXT PRIMARY KEY, document TEXT NOT NULL, kind TEXT NOT NULL, record INTEGER NOT NULL,
            version INTEGER NOT NULL, issued_at INTEGER NOT NULL, text TEXT NOT NULL,
                text_english TEXT NOT NULL
        ) STRICT;
        CREATE INDEX zhiheng_document_record ON zhiheng_document (kind, record);
        CREATE TABLE zhiheng_notice (
            id INTEGER PRIMARY KEY, addressee TEXT NOT NULL, topic TEXT NOT NULL, kind TEXT NOT NULL,
            record INTEGER NOT NULL, document TEXT, text TEXT NOT NULL, text_english TEXT NOT NULL,
            created_at INTEGER NOT NULL, delivered_at INTEGER
        ) STRICT;
        CREATE INDEX zhiheng_notice_waiting ON zhiheng_notice (id) WHERE delivered_at IS NULL;
        CREATE TABLE zhiheng_import_run (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, map TEXT, file_name TEXT NOT NULL,
            file_digest TEXT NOT NULL, rows INTEGER NOT NULL, refused INTEGER NOT NULL, root BLOB NOT NULL,
            imported_at INTEGER NOT NULL, first_record INTEGER NOT NULL, last_record INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE zhiheng_import_hash (
            import_id INTEGER NOT NULL, block INTEGER NOT NULL, hashes BLOB NOT NULL,
            PRIMARY KEY (import_id, block)
        ) STRICT;
        CREATE TABLE zhiheng_archive (digest TEXT PRIMARY KEY, name TEXT NOT NULL,
            bytes BLOB NOT NULL) STRICT;
        CREATE TABLE zhiheng_setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
        CREATE TABLE zhiheng_salt (
            kind TEXT NOT NULL, record INTEGER NOT NULL, field TEXT NOT NULL, version INTEGER NOT NULL,
            salt BLOB NOT NULL, PRIMARY KEY (kind, record, field, version)
        ) STRICT, WITHOUT ROWID;
        """

    /// What signing in rests on.
    private static let signInTables = """
        CREATE TABLE zhiheng_credential (
            login TEXT PRIMARY KEY, account INTEGER NOT NULL,
            rounds INTEGER NOT NULL, block_size INTEGER NOT NULL, parallelism INTEGER NOT NULL,
            salt BLOB NOT NULL, hash BLOB NOT NULL, password_set_at INTEGER NOT NULL,
            code_secret BLOB, code_confirmed_at INTEGER, last_code_step INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE zhiheng_session (
            id INTEGER PRIMARY KEY AUTOINCREMENT, token_digest BLOB NOT NULL UNIQUE, login TEXT NOT NULL,
            account INTEGER NOT NULL, began_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,
            address TEXT NOT NULL, user_agent TEXT NOT NULL
        ) STRICT;
        CREATE INDEX zhiheng_session_login ON zhiheng_session (login);
        CREATE TABLE zhiheng_sign_in (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, login TEXT NOT NULL,
            address TEXT NOT NULL, outcome TEXT NOT NULL, user_agent TEXT NOT NULL, performer TEXT
        ) STRICT;
        CREATE INDEX zhiheng_sign_in_login ON zhiheng_sign_in (login, id);
        CREATE TABLE zhiheng_sign_in_guard (
            subject TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_failed_at INTEGER NOT NULL,
            locked_until INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX zhiheng_sign_in_guard_failed ON zhiheng_sign_in_guard (last_failed_at);
        -- Files lie in the archive folder; nothing ever stood here.
        DROP TABLE zhiheng_archive;
        """
}
