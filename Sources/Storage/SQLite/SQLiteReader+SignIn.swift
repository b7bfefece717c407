import Expressions

/// Credentials, sessions, the sign-in log and its guards.
extension SQLiteReader {
    func credential(login: String) throws -> StoredCredential? {
        let statement = try cached(
            """
            SELECT account, rounds, block_size, parallelism, salt, hash, password_set_at, code_secret,
                code_confirmed_at, last_code_step, must_change
            FROM zhiheng_credential WHERE login = ?1
            """)
        statement.bind(1, login)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        let account = statement.integer(0)
        return StoredCredential(
            login: login, account: account,
            hashing: .init(
                rounds: statement.integer(1), blockSize: statement.integer(2),
                parallelism: statement.integer(3)),
            salt: statement.bytes(4), hash: statement.bytes(5),
            passwordSetAt: try moment(in: statement, 6, kind: CodeSecret.kind, record: account),
            codeSecret: try codeSecret(in: statement, 7, login: login, account: account),
            codeConfirmedAt: try optionalMoment(in: statement, 8, record: account),
            lastCodeStep: statement.integerOrNil(9), mustChange: statement.integer(10) != 0)
    }

    private func codeSecret(
        in row: PreparedStatement, _ column: Int, login: String, account: Int64
    ) throws -> [UInt8]? {
        guard !row.isNull(column) else { return nil }
        let place = CodeSecret.field(login)
        guard
            let secret = cipher.open(row.bytes(column), kind: CodeSecret.kind, field: place, record: account)
        else { throw StoreProblem.damaged(kind: CodeSecret.kind, record: account, column: "code_secret") }
        return secret
    }

    private func optionalMoment(
        in row: PreparedStatement, _ column: Int, record: Int64
    ) throws -> Timestamp? {
        row.isNull(column) ? nil : try moment(in: row, column, kind: CodeSecret.kind, record: record)
    }

    private static let sessionSQL =
        """
        SELECT id, token_digest, login, account, began_at, seen_at, address, user_agent, must_change
        FROM zhiheng_session
        """

    func session(tokenDigest: [UInt8]) throws -> StoredSession? {
        let statement = try cached(Self.sessionSQL + " WHERE token_digest = ?1")
        statement.bind(1, tokenDigest)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return try session(in: statement)
    }

    func sessions(login: String?) throws -> [StoredSession] {
        let condition = login == nil ? "" : " WHERE login = ?1"
        let statement = try cached(Self.sessionSQL + condition + " ORDER BY seen_at DESC, id DESC")
        if let login { statement.bind(1, login) }
        var sessions: [StoredSession] = []
        defer { statement.reset() }
        while try statement.step() { sessions.append(try session(in: statement)) }
        return sessions
    }

    private func session(in row: PreparedStatement) throws -> StoredSession {
        let id = row.integer(0)
        return StoredSession(
            id: id, tokenDigest: row.bytes(1), login: row.text(2), account: row.integer(3),
            beganAt: try moment(in: row, 4, kind: "zhiheng_session", record: id),
            seenAt: try moment(in: row, 5, kind: "zhiheng_session", record: id), address: row.text(6),
            userAgent: row.text(7), mustChange: row.integer(8) != 0)
    }

    func signIns(login: String?, before: Int64?, limit: Int) throws -> [StoredSignIn] {
        let condition = login == nil ? "" : " AND login = ?3"
        let statement = try cached(
            """
            SELECT id, at, login, address, outcome, user_agent, performer FROM zhiheng_sign_in
            WHERE id < ?1\(condition) ORDER BY id DESC LIMIT ?2
            """)
        statement.bind(1, before ?? Int64.max)
        statement.bind(2, Int64(max(0, limit)))
        if let login { statement.bind(3, login) }
        var lines: [StoredSignIn] = []
        defer { statement.reset() }
        while try statement.step() {
            let id = statement.integer(0)
            lines.append(
                StoredSignIn(
                    id: id, at: try moment(in: statement, 1, kind: "zhiheng_sign_in", record: id),
                    login: statement.text(2), address: statement.text(3), outcome: statement.text(4),
                    userAgent: statement.text(5), performer: statement.textOrNil(6)))
        }
        return lines
    }

    func signInGuard(subject: String) throws -> StoredSignInGuard? {
        let statement = try cached(
            "SELECT failures, last_failed_at, locked_until FROM zhiheng_sign_in_guard WHERE subject = ?1")
        statement.bind(1, subject)
        guard try statement.step() else { return nil }
        defer { statement.reset() }
        return StoredSignInGuard(
            subject: subject, failures: statement.integer(0),
            lastFailedAt: try moment(in: statement, 1, kind: "zhiheng_sign_in_guard", record: 0),
            lockedUntil: try optionalMoment(in: statement, 2, record: 0))
    }
}

/// Where the secret of one-time codes is sealed to: one copied to another account does not open.
enum CodeSecret {
    static let kind = "zhiheng_credential"

    static func field(_ login: String) -> String { "code_secret/" + login }
}
