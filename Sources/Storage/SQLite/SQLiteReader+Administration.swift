import Expressions

/// Jobs, logs, entries by who and what, and what the engine says of itself.
extension SQLiteReader {
    private static let jobSQL = """
        SELECT id, sort, login, subject, request, state, queued_at, began_at, ended_at, result, follows
        FROM zhiheng_job
        """

    func job(_ id: Int64) throws -> StoredJob? {
        try jobs(where: "id = ?1", limit: 1) { $0.bind(1, id) }.first
    }

    func job(following id: Int64) throws -> StoredJob? {
        try jobs(where: "follows = ?1", limit: 1) { $0.bind(1, id) }.first
    }

    func jobs(sorts: [String], login: String?, before: Int64?, limit: Int) throws -> [StoredJob] {
        guard !sorts.isEmpty else { return [] }
        let places = sorts.indices.map { "?\($0 + 3)" }.joined(separator: ", ")
        return try jobs(
            where: "sort IN (\(places)) AND id < ?1 AND (?2 IS NULL OR login = ?2)", limit: limit
        ) { statement in
            statement.bind(1, before ?? Int64.max)
            statement.bind(2, login)
            for (index, sort) in sorts.enumerated() { statement.bind(index + 3, sort) }
        }
    }

    private func jobs(
        where condition: String, limit: Int, bind: (PreparedStatement) -> Void
    ) throws -> [StoredJob] {
        let statement = try PreparedStatement.fresh(
            Self.jobSQL + " WHERE \(condition) ORDER BY id DESC LIMIT \(max(0, limit))", in: db)
        bind(statement)
        var jobs: [StoredJob] = []
        defer { statement.reset() }
        while try statement.step() {
            let id = statement.integer(0)
            func moment(_ column: Int) throws -> Timestamp? {
                statement.isNull(column)
                    ? nil : try self.moment(in: statement, column, kind: "zhiheng_job", record: id)
            }
            guard let state = StoredJob.State(rawValue: statement.text(5)) else {
                throw StoreProblem.damaged(kind: "zhiheng_job", record: id, column: "state")
            }
            jobs.append(
                StoredJob(
                    id: id, sort: statement.text(1), login: statement.text(2), subject: statement.text(3),
                    request: statement.text(4), result: statement.text(9), state: state,
                    queuedAt: try self.moment(in: statement, 6, kind: "zhiheng_job", record: id),
                    beganAt: try moment(7), endedAt: try moment(8), follows: statement.integerOrNil(10)))
        }
        return jobs
    }

    // MARK: Logs

    func signIns(_ query: LogQuery) throws -> [StoredSignIn] {
        let statement = try log(
            "id, at, login, address, outcome, user_agent, performer", of: "zhiheng_sign_in",
            outcome: "outcome", query)
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

    func denials(_ query: LogQuery) throws -> [StoredDenial] {
        let statement = try log(
            "id, at, login, role, address, method, target, code, times", of: "zhiheng_denial",
            outcome: "code", query)
        var lines: [StoredDenial] = []
        defer { statement.reset() }
        while try statement.step() {
            let id = statement.integer(0)
            lines.append(
                StoredDenial(
                    id: id, at: try moment(in: statement, 1, kind: "zhiheng_denial", record: id),
                    login: statement.text(2), role: statement.text(3), address: statement.text(4),
                    method: statement.text(5), target: statement.text(6), code: statement.text(7),
                    times: statement.integer(8)))
        }
        return lines
    }

    /// A statement for the lines of a log that a query asks for.
    private func log(
        _ columns: String, of table: String, outcome: String, _ query: LogQuery
    ) throws -> PreparedStatement {
        var conditions = ["id < ?1", "(?2 IS NULL OR login = ?2)", "(?3 IS NULL OR address = ?3)"]
        // Bounds of an index where they are given, and no term at all where they are not.
        if query.from != nil { conditions.append("at >= ?4") }
        if query.until != nil { conditions.append("at < ?5") }
        if !query.outcomes.isEmpty {
            let places = query.outcomes.indices.map { "?\($0 + 6)" }.joined(separator: ", ")
            conditions.append("\(outcome) IN (\(places))")
        }
        let statement = try PreparedStatement.fresh(
            "SELECT \(columns) FROM \(table) WHERE \(conditions.joined(separator: " AND "))"
                + " ORDER BY id DESC LIMIT \(max(0, query.limit))", in: db)
        statement.bind(1, query.before ?? Int64.max)
        statement.bind(2, query.login)
        statement.bind(3, query.address)
        if let from = query.from { statement.bind(4, from.seconds) }
        if let until = query.until { statement.bind(5, until.seconds) }
        for (index, outcome) in query.outcomes.enumerated() { statement.bind(index + 6, outcome) }
        return statement
    }

    // MARK: Entries

    func entries(_ query: EntryQuery) throws -> (entries: [StoredEntry], lookedDownTo: UInt64) {
        let below = min(query.below, try ledgerSize())
        let depth = UInt64(max(0, query.depth))
        let floor = max(query.from, below > depth ? below - depth : 0)
        guard below > floor, query.limit > 0 else { return ([], min(floor, below)) }
        let statement = try PreparedStatement.fresh(
            """
            SELECT position, kind, record, version, action, actor, leaf FROM zhiheng_entry
            WHERE position >= ?1 AND position < ?2 AND (?3 IS NULL OR actor = ?3)
                AND (?4 IS NULL OR kind = ?4) AND (?5 IS NULL OR action = ?5)
            ORDER BY position DESC LIMIT \(query.limit)
            """, in: db)
        statement.bind(1, Int64(clamping: floor))
        statement.bind(2, Int64(clamping: below))
        statement.bind(3, query.actor)
        statement.bind(4, query.kind)
        statement.bind(5, query.action)
        var entries: [StoredEntry] = []
        defer { statement.reset() }
        while try statement.step() { entries.append(entry(in: statement)) }
        let isFull = entries.count == query.limit
        return (entries, isFull ? entries.last?.position ?? floor : floor)
    }

    // MARK: The machine

    func outboxStatus() throws -> OutboxStatus {
        // The partial index holds what waits; the rest is the difference, so that nothing is read through.
        let waiting = try PreparedStatement.fresh(
            "SELECT count(*), min(created_at) FROM zhiheng_notice WHERE delivered_at IS NULL", in: db)
        defer { waiting.reset() }
        _ = try waiting.step()
        let all = try PreparedStatement.fresh("SELECT count(*) FROM zhiheng_notice", in: db)
        defer { all.reset() }
        _ = try all.step()
        return OutboxStatus(
            waiting: waiting.integer(0), delivered: all.integer(0) - waiting.integer(0),
            oldest: waiting.isNull(1)
                ? nil : try moment(in: waiting, 1, kind: "zhiheng_notice", record: 0))
    }

    func engineStatus() throws -> EngineStatus {
        func number(_ sql: String) throws -> Int64 {
            let statement = try PreparedStatement.fresh(sql, in: db)
            defer { statement.reset() }
            return try statement.step() ? statement.integer(0) : 0
        }
        let version = try PreparedStatement.fresh("SELECT sqlite_version()", in: db)
        defer { version.reset() }
        _ = try version.step()
        let page = try number("PRAGMA page_size")
        return EngineStatus(
            engine: "SQLite " + version.text(0), schemaVersion: try number("PRAGMA user_version"),
            bytes: try number("PRAGMA page_count") * page,
            freeBytes: try number("PRAGMA freelist_count") * page)
    }

    func recoveryCodeCount(login: String) throws -> Int {
        let statement = try cached("SELECT count(*) FROM zhiheng_recovery_code WHERE login = ?1")
        statement.bind(1, login)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.integer(0)) : 0
    }
}
