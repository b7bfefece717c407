import Expressions

/// Jobs, the log of refusals, the age of logs, and recovery codes.
extension SQLiteWriter {
    func insert(_ job: StoredJob) throws -> Int64? {
        let statement = try cached(
            """
            INSERT INTO zhiheng_job (sort, login, subject, request, state, queued_at, began_at, ended_at,
                result, follows)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (follows) DO NOTHING
            """)
        statement.bind(1, job.sort)
        statement.bind(2, job.login)
        statement.bind(3, job.subject)
        statement.bind(4, job.request)
        statement.bind(5, job.state.rawValue)
        statement.bind(6, job.queuedAt.seconds)
        statement.bind(7, job.beganAt?.seconds)
        statement.bind(8, job.endedAt?.seconds)
        statement.bind(9, job.result)
        statement.bind(10, job.follows)
        try statement.run()
        return db.changesCount > 0 ? db.lastInsertedRowID : nil
    }

    func save(_ job: StoredJob) throws {
        let statement = try cached(
            """
            UPDATE zhiheng_job SET state = ?2, began_at = ?3, ended_at = ?4, result = ?5 WHERE id = ?1
            """)
        statement.bind(1, job.id)
        statement.bind(2, job.state.rawValue)
        statement.bind(3, job.beganAt?.seconds)
        statement.bind(4, job.endedAt?.seconds)
        statement.bind(5, job.result)
        try statement.run()
    }

    func removeJobs(sorts: [String], endedBefore moment: Timestamp) throws {
        for sort in sorts {
            let statement = try cached("DELETE FROM zhiheng_job WHERE sort = ?1 AND ended_at < ?2")
            statement.bind(1, sort)
            statement.bind(2, moment.seconds)
            try statement.run()
        }
    }

    func append(_ denials: [StoredDenial]) throws {
        for denial in denials {
            let statement = try cached(
                """
                INSERT INTO zhiheng_denial (at, login, role, address, method, target, code, times)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """)
            statement.bind(1, denial.at.seconds)
            statement.bind(2, denial.login)
            statement.bind(3, denial.role)
            statement.bind(4, denial.address)
            statement.bind(5, denial.method)
            statement.bind(6, denial.target)
            statement.bind(7, denial.code)
            statement.bind(8, denial.times)
            try statement.run()
        }
    }

    func removeSignIns(before moment: Timestamp) throws -> Int {
        try remove("DELETE FROM zhiheng_sign_in WHERE at < ?1", before: moment)
    }

    func removeDenials(before moment: Timestamp) throws -> Int {
        try remove("DELETE FROM zhiheng_denial WHERE at < ?1", before: moment)
    }

    private func remove(_ sql: String, before moment: Timestamp) throws -> Int {
        let statement = try cached(sql)
        statement.bind(1, moment.seconds)
        try statement.run()
        return db.changesCount
    }

    func replaceRecoveryCodes(login: String, digests: [[UInt8]]) throws {
        let removal = try cached("DELETE FROM zhiheng_recovery_code WHERE login = ?1")
        removal.bind(1, login)
        try removal.run()
        for digest in digests {
            let statement = try cached(
                "INSERT INTO zhiheng_recovery_code (login, digest) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
            statement.bind(1, login)
            statement.bind(2, digest)
            try statement.run()
        }
    }

    func removeRecoveryCode(login: String, digest: [UInt8]) throws -> Bool {
        let statement = try cached("DELETE FROM zhiheng_recovery_code WHERE login = ?1 AND digest = ?2")
        statement.bind(1, login)
        statement.bind(2, digest)
        try statement.run()
        return db.changesCount > 0
    }

    func markChanged(session id: Int64) throws {
        let statement = try cached("UPDATE zhiheng_session SET must_change = 0 WHERE id = ?1")
        statement.bind(1, id)
        try statement.run()
    }
}
