import Expressions
import Records
import Rulebooks
import Storage

/// What a line of the sign-in log tells.
public enum SignInEvent: String, CaseIterable, Hashable, Sendable {
    case signedIn = "signed-in"
    case refused
    case locked
    case codeNeeded = "code-needed"
    case signedOut = "signed-out"
    /// A session was ended: by somebody, by time, or with its account.
    case ended
    case passwordSet = "password-set"
    case passwordChanged = "password-changed"
    case codeAdded = "code-added"
    case codeRemoved = "code-removed"
    /// A recovery code stood for a one-time code, and is spent.
    case recoveryCodeUsed = "recovery-code-used"
    case recoveryCodesMade = "recovery-codes-made"
    /// The failures of an account were forgotten by an administrator.
    case unlocked
    case tokenCreated = "token-created"
    case tokenRevoked = "token-revoked"

    /// The name people read.
    public var name: Bilingual {
        switch self {
        case .signedIn: Bilingual(zh: "登录成功", en: "signed in")
        case .refused: Bilingual(zh: "登录失败", en: "refused")
        case .locked: Bilingual(zh: "锁定中", en: "locked out")
        case .codeNeeded: Bilingual(zh: "待输动态码", en: "code asked for")
        case .signedOut: Bilingual(zh: "退出", en: "signed out")
        case .ended: Bilingual(zh: "会话结束", en: "session ended")
        case .passwordSet: Bilingual(zh: "重设口令", en: "password set")
        case .passwordChanged: Bilingual(zh: "修改口令", en: "password changed")
        case .codeAdded: Bilingual(zh: "启用动态码", en: "codes turned on")
        case .codeRemoved: Bilingual(zh: "停用动态码", en: "codes turned off")
        case .recoveryCodeUsed: Bilingual(zh: "使用恢复码", en: "recovery code used")
        case .recoveryCodesMade: Bilingual(zh: "生成恢复码", en: "recovery codes made")
        case .unlocked: Bilingual(zh: "解锁", en: "unlocked")
        case .tokenCreated: Bilingual(zh: "建立访问令牌", en: "token made")
        case .tokenRevoked: Bilingual(zh: "撤销访问令牌", en: "token revoked")
        }
    }
}

extension SignIn {
    /// A page of the sign-in log, newest first.
    ///
    /// - Parameters:
    ///   - login: one account's lines; nil for all that the actor may know of.
    ///   - actor: sees its own; those of accounts it may see, with the permission `audit` or `administer`.
    ///     Lines of logins that no account has are for those who see everything.
    ///   - before: the id of the last line of the page before.
    ///   - limit: the most lines, at most 1,000.
    /// - Throws: `Refusal` when the actor may not know of them.
    public func signIns(
        of login: String? = nil, as actor: Actor, before: Int64? = nil, limit: Int = 50
    ) throws -> [StoredSignIn] {
        var query = LogQuery()
        (query.login, query.before, query.limit) = (login, before, limit)
        return try signIns(query, as: actor)
    }

    /// A page of the sign-in log by any of its columns, newest first; see `signIns(of:as:before:limit:)`.
    public func signIns(_ query: LogQuery, as actor: Actor) throws -> [StoredSignIn] {
        try office.store.read { reader in
            var overseer = Overseer(office, actor, anyOf: [.audit, .administer])
            try overseer.require(query.login, reader)
            return try overseer.overseen(
                query, id: \.id, reading: { try reader.signIns($0).map { ($0.login, $0) } }, reader)
        }
    }

    /// Enters what came of an attempt.
    ///
    /// Of a login that no account has only the beginning is kept: people type passwords there by mistake.
    func log(
        _ event: SignInEvent, of visitor: Visitor, _ writer: any StoreWriting, at moment: Timestamp
    ) throws {
        let isKnown = try account(visitor.login, writer) != nil
        try writer.append(
            StoredSignIn(
                at: moment, login: isKnown ? visitor.login : Self.beginning(of: visitor.login),
                address: visitor.address, outcome: event.rawValue, userAgent: visitor.userAgent))
    }

    /// Enters what became of a session.
    func log(
        _ event: SignInEvent, of session: StoredSession, by actor: Actor?, _ writer: any StoreWriting,
        at moment: Timestamp
    ) throws {
        try writer.append(
            StoredSignIn(
                at: moment, login: session.login, address: session.address, outcome: event.rawValue,
                userAgent: session.userAgent,
                performer: actor.flatMap { $0.login == session.login ? nil : $0.login }))
    }

    /// Enters what was done to an account's credential.
    func log(
        _ event: SignInEvent, of login: String, by actor: Actor, _ writer: any StoreWriting,
        at moment: Timestamp
    ) throws {
        try writer.append(
            StoredSignIn(
                at: moment, login: login, address: "", outcome: event.rawValue, userAgent: "",
                performer: actor.login == login ? nil : actor.login))
    }

    private static func beginning(of login: String) -> String {
        String(login.prefix(2)) + String(repeating: "*", count: 6)
    }

    /// The id of the account of a login, active or not; 0 for the operator of a rulebook without accounts.
    func account(_ login: String, _ reader: any StoreReading) throws -> Int64? {
        guard let kind = office.rulebook.kind(Accounts.kindID) else {
            return login == Accounts.operatorLogin ? 0 : nil
        }
        return try reader.record(kind, key: [.string(login)])?.id
    }
}
