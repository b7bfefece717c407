import Expressions
import Records
import Rulebooks
import Storage

/// An account with how it signs in.
public struct AccountState: Sendable {
    public let record: Record
    public let login: String
    public let name: String
    public let role: String
    public let hasPassword: Bool
    /// Whether a password that somebody else gave is still to be changed.
    public let mustChange: Bool
    public let wantsCodes: Bool
    public let recoveryCodes: Int
    /// Until when it is locked after failures; nil when it is not.
    public let lockedUntil: Timestamp?
    public let lastSignedInAt: Timestamp?
    /// How many sessions are good now.
    public let sessions: Int
}

/// The accounts for whoever administers them.
public struct AccountList: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// Which accounts to list.
    public struct Query: Sendable {
        /// A part of the login or the name.
        public var text = ""
        public var role: String?
        public var state: String?
        public var limit = 50
        public var offset = 0

        public init() {}
    }

    /// A page of accounts that the actor may see, in the order they were opened, and how many there are.
    ///
    /// - Throws: `Refusal` without the permission `administer`, or where the rulebook has no accounts.
    public func accounts(
        _ asked: Query, as actor: Actor
    ) throws -> (accounts: [AccountState], count: Int) {
        let kind = try kind(for: actor)
        var query = RecordQuery()
        if let role = asked.role {
            query.conditions.append(.init(column: "field.role", comparison: .equal, value: .string(role)))
        }
        if let state = asked.state {
            query.conditions.append(.init(column: "state", comparison: .equal, value: .string(state)))
        }
        if !asked.text.isEmpty {
            query.alternatives.append(
                ["field.login", "field.name"].map {
                    .init(column: $0, comparison: .contains, value: .string(asked.text))
                })
        }
        guard var limited = Sight(of: actor, in: office.rulebook).limit(query, of: kind) else {
            return ([], 0)
        }
        limited.limit = min(max(0, asked.limit), 1_000)
        limited.offset = max(0, asked.offset)
        return try office.store.read { reader in
            let records = try reader.records(limited, of: kind)
            return (
                try records.map { try state(of: $0, kind, reader) }, try reader.count(limited, of: kind)
            )
        }
    }

    /// One account by its login.
    ///
    /// - Throws: `Refusal`: not permitted, or no such account that the actor may see.
    public func account(_ login: String, as actor: Actor) throws -> AccountState {
        let kind = try kind(for: actor)
        let sight = Sight(of: actor, in: office.rulebook)
        return try office.store.read { reader in
            guard let record = try reader.record(kind, key: [.string(login)]), sight.sees(record, of: kind)
            else {
                throw Refusal(
                    RefusalReason(
                        .recordNotFound, "没有登录名为“\(login)”的账号。",
                        "There is no account with the login `\(login)`."))
            }
            return try state(of: record, kind, reader)
        }
    }

    private func kind(for actor: Actor) throws(Refusal) -> Kind {
        guard actor.permissions.contains(.administer), let kind = office.rulebook.kind(Accounts.kindID) else {
            throw Refusal(
                RefusalReason(.notPermitted, "您的角色不能管理账号。", "Your role may not administer accounts."))
        }
        return kind
    }

    private func state(
        of record: Record, _ kind: Kind, _ reader: any StoreReading
    ) throws -> AccountState {
        func text(_ field: String) -> String {
            if case .string(let text)? = record.value(field, in: kind) { return text }
            return ""
        }
        let login = text("login")
        let credential = try reader.credential(login: login).flatMap {
            $0.account == record.id ? $0 : nil
        }
        let locked = try reader.signInGuard(subject: "login:" + login)?.lockedUntil
        var signedIn = LogQuery()
        (signedIn.login, signedIn.outcomes, signedIn.limit) = (login, [SignInEvent.signedIn.rawValue], 1)
        let moment = office.moment
        let policy = SignInPolicy(office.rulebook, on: office.time.day(of: moment))
        return AccountState(
            record: record, login: login, name: text("name"), role: text("role"),
            hasPassword: credential != nil, mustChange: credential?.mustChange ?? false,
            wantsCodes: credential?.codeConfirmedAt != nil,
            recoveryCodes: try reader.recoveryCodeCount(login: login),
            lockedUntil: locked.flatMap { $0 > moment ? $0 : nil },
            lastSignedInAt: try reader.signIns(signedIn).first?.at,
            sessions: try reader.sessions(login: login).count {
                moment < $0.seenAt.plus(policy.idleMinutes * 60)
                    && moment < $0.beganAt.plus(policy.absoluteHours * 3_600)
            })
    }
}
