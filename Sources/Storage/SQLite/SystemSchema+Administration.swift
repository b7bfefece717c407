extension SystemSchema {
    /// What administering rests on: passwords to be changed, recovery codes, jobs and the log of refusals.
    static let administrationTables = """
        ALTER TABLE zhiheng_credential ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0
            CHECK (must_change IN (0, 1));
        ALTER TABLE zhiheng_session ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0
            CHECK (must_change IN (0, 1));
        CREATE INDEX zhiheng_sign_in_at ON zhiheng_sign_in (at);
        CREATE TABLE zhiheng_recovery_code (
            login TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (login, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE zhiheng_denial (
            id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, login TEXT NOT NULL,
            role TEXT NOT NULL, address TEXT NOT NULL, method TEXT NOT NULL, target TEXT NOT NULL,
            code TEXT NOT NULL, times INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX zhiheng_denial_at ON zhiheng_denial (at);
        CREATE INDEX zhiheng_denial_login ON zhiheng_denial (login, id);
        CREATE TABLE zhiheng_job (
            id INTEGER PRIMARY KEY AUTOINCREMENT, sort TEXT NOT NULL, login TEXT NOT NULL,
            subject TEXT NOT NULL, request TEXT NOT NULL, state TEXT NOT NULL,
            queued_at INTEGER NOT NULL, began_at INTEGER, ended_at INTEGER, result TEXT NOT NULL,
            follows INTEGER UNIQUE
        ) STRICT;
        CREATE INDEX zhiheng_job_sort ON zhiheng_job (sort, id);
        """
}
