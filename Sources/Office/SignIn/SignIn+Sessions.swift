import Expressions
import Records
import Rulebooks
import Storage

extension SignIn {
    /// How much later than last noted a session must be used for it to be noted again, in seconds.
    static let notingSeconds: Int64 = 60

    /// The session of a token, which this use keeps from falling idle.
    ///
    /// - Returns: nil for anything that is no token, a session that ended, and one whose account is no longer
    ///   active; such a session is removed.
    ///
    /// - Parameter isNoted: false leaves the database as it is, for when something else writes for long.
    public func session(
        _ token: String, at moment: Timestamp, isNoted: Bool = true
    ) throws -> ActiveSession? {
        guard let bytes = Secrets.bytes(token, count: ActiveSession.tokenBytes) else { return nil }
        let digest = Secrets.digest(bytes)
        let policy = policy(at: moment)
        let found = try office.store.read { reader in
            try reader.session(tokenDigest: digest).map { ($0, try living($0, policy, reader, at: moment)) }
        }
        guard let (found, holder) = found else { return nil }
        var stored = found
        guard let holder else {
            guard isNoted else { return nil }
            try office.store.write { writer in
                if try writer.removeSession(stored.id) {
                    try log(.ended, of: stored, by: nil, writer, at: moment)
                }
            }
            return nil
        }
        if isNoted, moment.seconds - stored.seenAt.seconds >= Self.notingSeconds {
            try office.store.write { try $0.markSeen(session: stored.id, at: moment) }
            stored.seenAt = moment
        }
        return ActiveSession(stored, token: bytes, actor: holder.actor, policy: policy)
    }

    /// Who a session stands for; nil when it fell idle, came to its end, or its account is not active.
    private func living(
        _ session: StoredSession, _ policy: SignInPolicy, _ reader: any StoreReading, at moment: Timestamp
    ) throws -> Holder? {
        guard moment < session.seenAt.plus(policy.idleMinutes * 60),
            moment < session.beganAt.plus(policy.absoluteHours * 3_600),
            let holder = try holder(session.login, reader: reader), holder.account == session.account
        else { return nil }
        return holder
    }

    /// Ends the session of a token. Nothing happens when there is none.
    public func signOut(_ token: String, at moment: Timestamp) throws {
        try office.store.write { writer in
            guard let session = try remove(token, writer) else { return }
            try log(.signedOut, of: session, by: nil, writer, at: moment)
        }
    }

    /// Removes the session of a token and returns it.
    func remove(_ token: String, _ writer: any StoreWriting) throws -> StoredSession? {
        guard let bytes = Secrets.bytes(token, count: ActiveSession.tokenBytes),
            let session = try writer.session(tokenDigest: Secrets.digest(bytes))
        else { return nil }
        return try writer.removeSession(session.id) ? session : nil
    }

    /// The sessions that are good now, the one used last first.
    ///
    /// - Parameters:
    ///   - login: one account's; nil for all that the actor may know of.
    ///   - actor: sees its own; those of accounts it may see, with the permission `administer` or `audit`.
    /// - Throws: `Refusal` when the actor may not know of them.
    public func sessions(
        of login: String? = nil, as actor: Actor, at moment: Timestamp
    ) throws -> [SessionSummary] {
        let policy = policy(at: moment)
        return try office.store.read { reader in
            var overseer = Overseer(office, actor, anyOf: [.administer, .audit])
            try overseer.require(login, reader)
            return try reader.sessions(login: login).filter { session in
                try overseer.oversees(session.login, reader)
                    && living(session, policy, reader, at: moment) != nil
            }.map(SessionSummary.init)
        }
    }

    /// Ends a session: one's own, or with the permission `administer` one of an account that may be seen.
    ///
    /// - Throws: `Refusal` when there is none, or the actor may not.
    public func end(session id: Int64, by actor: Actor, at moment: Timestamp) throws {
        try office.store.write { writer in
            var overseer = Overseer(office, actor, anyOf: [.administer])
            guard let session = try writer.sessions(login: nil).first(where: { $0.id == id }),
                try overseer.oversees(session.login, writer)
            else {
                throw Refusal(
                    RefusalReason(
                        .recordNotFound, "没有编号为 \(id) 的会话，它可能已经结束。",
                        "There is no session \(id); it may have ended already."))
            }
            _ = try writer.removeSession(id)
            try log(.ended, of: session, by: actor, writer, at: moment)
        }
    }

    /// Ends every session of an account but one's own present one: one's own sessions, or with the permission
    /// `administer` those of an account that may be seen.
    ///
    /// - Returns: how many there were.
    /// - Throws: `Refusal` when the actor may not.
    @discardableResult
    public func endSessions(
        of login: String, except own: ActiveSession? = nil, by actor: Actor, at moment: Timestamp
    ) throws -> Int {
        try office.store.write { writer in
            var overseer = Overseer(office, actor, anyOf: [.administer])
            try overseer.require(login, writer)
            let ended = try writer.sessions(login: login).filter { $0.id != own?.id }
            for session in ended {
                _ = try writer.removeSession(session.id)
                try log(.ended, of: session, by: actor, writer, at: moment)
            }
            return ended.count
        }
    }
}

/// Whether an actor may know of the passwords, sessions and sign-ins of a login.
struct Overseer {
    private let office: Office
    private let actor: Actor
    private let isPermitted: Bool
    private let sight: Sight
    private var known: [String: Bool] = [:]

    init(_ office: Office, _ actor: Actor, anyOf permissions: Set<Permission>) {
        self.office = office
        self.actor = actor
        isPermitted = !actor.permissions.isDisjoint(with: permissions)
        sight = Sight(of: actor, in: office.rulebook)
    }

    /// One's own; with the permission those of accounts that may be seen; to whoever sees all, everything.
    mutating func oversees(_ login: String, _ reader: any StoreReading) throws -> Bool {
        if let known = known[login] { return known }
        let answer = try (!actor.isPublic && login == actor.login) || isPermitted && sees(login, reader)
        known[login] = answer
        return answer
    }

    private func sees(_ login: String, _ reader: any StoreReading) throws -> Bool {
        if sight.isUnlimited { return true }
        guard let kind = office.rulebook.kind(Accounts.kindID),
            let record = try reader.record(kind, key: [.string(login)])
        else { return false }
        return sight.sees(record, of: kind)
    }

    /// The lines of a log that the actor may know of, newest first, at most 1,000.
    ///
    /// At most fifty thousand are looked at for them.
    mutating func overseen<Line>(
        _ query: LogQuery, id: (Line) -> Int64, reading: (LogQuery) throws -> [(login: String, line: Line)],
        _ reader: any StoreReading
    ) throws -> [Line] {
        let limit = min(max(0, query.limit), 1_000)
        var query = query
        var lines: [Line] = []
        query.limit = Self.batch
        for _ in 0..<Self.batches where lines.count < limit {
            let batch = try reading(query)
            for (login, line) in batch where lines.count < limit {
                if try oversees(login, reader) { lines.append(line) }
            }
            guard batch.count == Self.batch, let last = batch.last else { break }
            query.before = id(last.line)
        }
        return lines
    }

    private static let batch = 1_000
    private static let batches = 50

    /// Throws `Refusal` unless the actor may know of a login, or, for nil, of any but its own.
    mutating func require(_ login: String?, _ reader: any StoreReading) throws {
        if try login.map({ try oversees($0, reader) }) ?? isPermitted { return }
        throw Refusal(
            RefusalReason(
                .notPermitted, "您的角色不能查看或管理他人的登录情况。",
                "Your role may not see or manage how others sign in."))
    }
}
