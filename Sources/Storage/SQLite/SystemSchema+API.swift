extension SystemSchema {
    /// What programs that work with the API leave: their tokens, the keys of what was done once, and webhooks.
    static let apiTables = """
        CREATE TABLE zhiheng_token (
            id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, login TEXT NOT NULL,
            account INTEGER NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL, kinds TEXT,
            created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at INTEGER NOT NULL,
            last_used_at INTEGER, revoked_at INTEGER, revoked_by TEXT
        ) STRICT;
        CREATE INDEX zhiheng_token_login ON zhiheng_token (login, id);
        CREATE TABLE zhiheng_request_key (
            subject TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, at INTEGER NOT NULL,
            kind TEXT, record INTEGER, version INTEGER, status INTEGER, headers TEXT, body BLOB,
            PRIMARY KEY (subject, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX zhiheng_request_key_at ON zhiheng_request_key (at);
        CREATE TABLE zhiheng_webhook (
            id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, account INTEGER NOT NULL,
            address TEXT NOT NULL, topics TEXT NOT NULL, kinds TEXT, secret BLOB NOT NULL,
            created_at INTEGER NOT NULL, state TEXT NOT NULL, position INTEGER NOT NULL,
            failures INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX zhiheng_webhook_login ON zhiheng_webhook (login, id);
        CREATE TABLE zhiheng_delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT, webhook INTEGER NOT NULL, position INTEGER NOT NULL,
            topic TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_at INTEGER,
            attempted_at INTEGER, status INTEGER, problem TEXT, created_at INTEGER NOT NULL,
            UNIQUE (webhook, position)
        ) STRICT;
        CREATE INDEX zhiheng_delivery_next ON zhiheng_delivery (next_at) WHERE next_at IS NOT NULL;
        CREATE INDEX zhiheng_delivery_webhook ON zhiheng_delivery (webhook, id);
        """
}
