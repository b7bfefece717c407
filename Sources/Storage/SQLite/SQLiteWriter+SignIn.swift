import Expressions

/// Credentials, sessions, the sign-in log and its guards.
extension SQLiteWriter {
    func save(_ credential: StoredCredential) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_credential (login, account, rounds, block_size, parallelism, salt, hash,
                password_set_at, code_secret, code_confirmed_at, last_code_step, must_change)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT DO UPDATE SET account = excluded.account, rounds = excluded.rounds,
                block_size = excluded.block_size, parallelism = excluded.parallelism, salt = excluded.salt,
                hash = excluded.hash, password_set_at = excluded.password_set_at,
                code_secret = excluded.code_secret, code_confirmed_at = excluded.code_confirmed_at,
                last_code_step = excluded.last_code_step, must_change = excluded.must_change
            """)
        statement.bind(1, credential.login)
        statement.bind(2, credential.account)
        statement.bind(3, credential.hashing.rounds)
        statement.bind(4, credential.hashing.blockSize)
        statement.bind(5, credential.hashing.parallelism)
        statement.bind(6, credential.salt)
        statement.bind(7, credential.hash)
        statement.bind(8, credential.passwordSetAt.seconds)
        if let secret = credential.codeSecret {
            let place = CodeSecret.field(credential.login)
            statement.bind(
                9,
                try cipher.seal(secret, kind: CodeSecret.kind, field: place, record: credential.account))
        } else {
            statement.bindNull(9)
        }
        statement.bind(10, credential.codeConfirmedAt?.seconds)
        statement.bind(11, credential.lastCodeStep)
        statement.bind(12, credential.mustChange)
        try statement.run()
    }

    func removeCredential(login: String) throws {
        let statement = try cached("DELETE FROM zhiheng_credential WHERE login = ?1")
        statement.bind(1, login)
        try statement.run()
    }

    func insert(_ session: StoredSession) throws -> Int64 {
        let statement = try cached(
            """
            INSERT INTO zhiheng_session (token_digest, login, account, began_at, seen_at, address, user_agent,
                must_change)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        statement.bind(1, session.tokenDigest)
        statement.bind(2, session.login)
        statement.bind(3, session.account)
        statement.bind(4, session.beganAt.seconds)
        statement.bind(5, session.seenAt.seconds)
        statement.bind(6, session.address)
        statement.bind(7, session.userAgent)
        statement.bind(8, session.mustChange)
        try statement.run()
        return db.lastInsertedRowID
    }

    func markSeen(session id: Int64, at moment: Timestamp) throws {
        let statement = try cached("UPDATE zhiheng_session SET seen_at = ?2 WHERE id = ?1 AND seen_at < ?2")
        statement.bind(1, id)
        statement.bind(2, moment.seconds)
        try statement.run()
    }

    func removeSession(_ id: Int64) throws -> Bool {
        let statement = try cached("DELETE FROM zhiheng_session WHERE id = ?1")
        statement.bind(1, id)
        try statement.run()
        return db.changesCount > 0
    }

    func removeSessions(login: String, except id: Int64?) throws -> Int {
        let statement = try cached("DELETE FROM zhiheng_session WHERE login = ?1 AND id IS NOT ?2")
        statement.bind(1, login)
        statement.bind(2, id)
        try statement.run()
        return db.changesCount
    }

    func removeSessions(seenBefore: Timestamp, beganBefore: Timestamp) throws {
        let statement = try cached("DELETE FROM zhiheng_session WHERE seen_at < ?1 OR began_at < ?2")
        statement.bind(1, seenBefore.seconds)
        statement.bind(2, beganBefore.seconds)
        try statement.run()
    }

    func append(_ signIn: StoredSignIn) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_sign_in (at, login, address, outcome, user_agent, performer)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """)
        statement.bind(1, signIn.at.seconds)
        statement.bind(2, signIn.login)
        statement.bind(3, signIn.address)
        statement.bind(4, signIn.outcome)
        statement.bind(5, signIn.userAgent)
        statement.bind(6, signIn.performer)
        try statement.run()
    }

    func save(_ signInGuard: StoredSignInGuard) throws {
        let statement = try cached(
            """
            INSERT INTO zhiheng_sign_in_guard (subject, failures, last_failed_at, locked_until)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET failures = excluded.failures, last_failed_at = excluded.last_failed_at,
                locked_until = excluded.locked_until
            """)
        statement.bind(1, signInGuard.subject)
        statement.bind(2, signInGuard.failures)
        statement.bind(3, signInGuard.lastFailedAt.seconds)
        statement.bind(4, signInGuard.lockedUntil?.seconds)
        try statement.run()
    }

    func removeSignInGuard(subject: String) throws {
        let statement = try cached("DELETE FROM zhiheng_sign_in_guard WHERE subject = ?1")
        statement.bind(1, subject)
        try statement.run()
    }

    func removeSignInGuards(failedBefore moment: Timestamp) throws {
        let statement = try cached("DELETE FROM zhiheng_sign_in_guard WHERE last_failed_at < ?1")
        statement.bind(1, moment.seconds)
        try statement.run()
    }
}
