extension SystemSchema {
    /// What accounts keep for themselves at the site: views of lists, forms begun, and files sent with forms that no
    /// record holds yet.
    static let deskTables = """
        CREATE TABLE zhiheng_view (
            id INTEGER PRIMARY KEY, login TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            query TEXT NOT NULL, is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
            saved_at INTEGER NOT NULL, UNIQUE (login, kind, name)
        ) STRICT;
        CREATE TABLE zhiheng_draft (
            id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, form TEXT NOT NULL, sealed BLOB NOT NULL,
            saved_at INTEGER NOT NULL, UNIQUE (login, form)
        ) STRICT;
        CREATE INDEX zhiheng_draft_saved ON zhiheng_draft (saved_at);
        CREATE TABLE zhiheng_upload (
            digest TEXT NOT NULL, login TEXT NOT NULL, sent_at INTEGER NOT NULL,
            was_new INTEGER NOT NULL CHECK (was_new IN (0, 1)), PRIMARY KEY (digest, login)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX zhiheng_upload_sent ON zhiheng_upload (sent_at);
        """
}
