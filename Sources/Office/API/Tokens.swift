import Expressions
import Records
import Rulebooks
import Storage

/// Tokens by which programs act for an account: made, listed, revoked, and recognised.
///
/// A token does what its account may do, within its scopes and kinds, until it expires, is revoked, or its account
/// is suspended or closed. Only the SHA-256 of its bytes is kept. Making and revoking stand in the sign-in log.
public struct Tokens: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// The bytes of a token: 256 bits nobody guesses.
    static let byteCount = 32
    /// What every token begins with, by which scanners find those that were published by mistake.
    public static let prefix = "zhiheng_"
    /// For how many days a token is good unless said otherwise, and at most.
    public static let usualDays: Int64 = 90
    public static let mostDays: Int64 = 366
    /// The most tokens of one account that are good at a time.
    public static let mostPerAccount = 50
    /// How much later than last noted a token must be used for it to be noted again, in seconds.
    static let notingSeconds: Int64 = 60

    /// What a new token is to be.
    public struct Wish: Sendable {
        public var login: String
        /// What its owner calls it; 1 to 80 characters.
        public var name: String
        public var scopes: Set<TokenScope>
        /// The kinds it may be used for; nil for all.
        public var kinds: [String]?
        public var days: Int64

        public init(
            login: String, name: String, scopes: Set<TokenScope> = [.read], kinds: [String]? = nil,
            days: Int64 = Tokens.usualDays
        ) {
            (self.login, self.name, self.scopes, self.kinds, self.days) = (login, name, scopes, kinds, days)
        }
    }

    /// Makes a token, for oneself or, with the permission `administer`, for an account that may be seen.
    ///
    /// - Returns: the token, which is kept nowhere else, and what is known of it.
    /// - Throws: `Refusal` with everything that is wrong with the wish; `StoreProblem`.
    public func create(
        _ wish: Wish, by actor: Actor, at moment: Timestamp
    ) throws -> (token: String, TokenSummary) {
        var wish = wish
        wish.name = Visitor.cleaned(wish.name, longest: 80)
        let reasons = problems(of: wish)
        guard reasons.isEmpty else { throw Refusal(reasons) }
        let bytes = office.randomBytes(Self.byteCount)
        let stored = try office.store.write { writer in
            var overseer = Overseer(office, actor, anyOf: [.administer])
            try overseer.require(wish.login, writer)
            guard let holder = try SignIn(office).holder(wish.login, reader: writer) else {
                throw Refusal(Self.noAccount(wish.login))
            }
            let living = try writer.tokens(login: wish.login, limit: 1_000).filter { $0.isGood(at: moment) }
            guard living.count < Self.mostPerAccount else { throw Refusal(Self.tooMany) }
            var stored = StoredToken(
                digest: Secrets.digest(bytes), login: wish.login, account: holder.account, name: wish.name,
                scopes: wish.scopes.map(\.rawValue).sorted(), kinds: wish.kinds, createdAt: moment,
                createdBy: actor.login, expiresAt: moment.plus(wish.days * 86_400))
            stored.id = try writer.insert(stored)
            try SignIn(office).log(.tokenCreated, of: wish.login, by: actor, writer, at: moment)
            return stored
        }
        return (Self.prefix + Secrets.text(bytes), TokenSummary(stored, at: moment))
    }

    /// The tokens of an account, or of all that the actor may know of, the newest first.
    public func tokens(
        of login: String? = nil, as actor: Actor, at moment: Timestamp
    ) throws -> [TokenSummary] {
        try office.store.read { reader in
            var overseer = Overseer(office, actor, anyOf: [.administer, .audit])
            try overseer.require(login, reader)
            return try reader.tokens(login: login, limit: 1_000).filter {
                try overseer.oversees($0.login, reader)
            }.map { TokenSummary($0, at: moment) }
        }
    }

    /// Takes a token's force: one's own, or with the permission `administer` one of an account that may be seen.
    ///
    /// - Throws: `Refusal` when there is none that is good, or the actor may not.
    public func revoke(_ id: Int64, by actor: Actor, at moment: Timestamp) throws {
        try office.store.write { writer in
            var overseer = Overseer(office, actor, anyOf: [.administer])
            guard let token = try writer.token(id: id), try overseer.oversees(token.login, writer),
                try writer.revoke(token: id, at: moment, by: actor.login)
            else {
                throw Refusal(
                    RefusalReason(
                        .recordNotFound, "没有编号为 \(id) 的有效访问令牌。", "There is no token \(id) in force."))
            }
            try SignIn(office).log(.tokenRevoked, of: token.login, by: actor, writer, at: moment)
        }
    }

    /// Who a token stands for.
    ///
    /// - Returns: nil for anything that is no token, one that expired or was revoked, and one whose account is no
    ///   longer active.
    public func caller(_ token: String, at moment: Timestamp) throws -> TokenCaller? {
        guard token.hasPrefix(Self.prefix),
            let bytes = Secrets.bytes(String(token.dropFirst(Self.prefix.count)), count: Self.byteCount)
        else { return nil }
        let digest = Secrets.digest(bytes)
        let found = try office.store.read { reader -> (StoredToken, SignIn.Holder)? in
            guard let stored = try reader.token(digest: digest), stored.isGood(at: moment),
                let holder = try SignIn(office).holder(stored.login, reader: reader),
                holder.account == stored.account
            else { return nil }
            return (stored, holder)
        }
        guard let (stored, holder) = found else { return nil }
        if moment.seconds - (stored.lastUsedAt?.seconds ?? .min / 2) >= Self.notingSeconds {
            try office.store.write { try $0.markUsed(token: stored.id, at: moment) }
        }
        return TokenCaller(stored, actor: holder.actor)
    }

    // MARK: What is wrong

    private func problems(of wish: Wish) -> [RefusalReason] {
        var reasons: [RefusalReason] = []
        func wrong(_ field: String, _ zh: String, _ en: String) {
            reasons.append(RefusalReason(.valueInvalid, field: field, zh, en))
        }
        if wish.name.isEmpty { wrong("name", "请给访问令牌起个名称。", "Give the token a name.") }
        if wish.scopes.isEmpty { wrong("scopes", "请至少选择一项用途。", "Choose at least one scope.") }
        if !(1...Self.mostDays).contains(wish.days) {
            wrong("days", "有效期为 1 至 \(Self.mostDays) 天。", "A token is good for 1 to \(Self.mostDays) days.")
        }
        for kind in wish.kinds ?? [] where office.rulebook.kind(kind) == nil {
            wrong("kinds", "规则书中没有“\(kind)”这一类别。", "The rulebook has no kind `\(kind)`.")
        }
        if wish.kinds?.isEmpty == true { wrong("kinds", "请至少选择一个类别。", "Choose at least one kind.") }
        return reasons
    }

    private static func noAccount(_ login: String) -> RefusalReason {
        RefusalReason(
            .accountUnknown, "没有登录名为“\(login)”的在用账号。",
            "There is no active account with the login `\(login)`.")
    }

    private static let tooMany = RefusalReason(
        .valueInvalid, field: "login", "该账号的有效访问令牌已达上限，请先撤销不用的。",
        "The account has as many tokens as it may; revoke those that are not used.")
}

extension StoredToken {
    func isGood(at moment: Timestamp) -> Bool { revokedAt == nil && moment < expiresAt }
}

/// A token as a list shows it.
public struct TokenSummary: Hashable, Sendable {
    /// Whether a token is in force.
    public enum State: String, Hashable, Sendable {
        case good, expired, revoked
    }

    public let id: Int64
    public let login: String
    public let name: String
    public let scopes: [TokenScope]
    /// The kinds it may be used for; nil for all.
    public let kinds: [String]?
    public let createdAt: Timestamp
    public let createdBy: String
    public let expiresAt: Timestamp
    /// When it was last used, to the minute or so.
    public let lastUsedAt: Timestamp?
    public let revokedAt: Timestamp?
    public let revokedBy: String?
    public let state: State

    init(_ stored: StoredToken, at moment: Timestamp) {
        (id, login, name, kinds) = (stored.id, stored.login, stored.name, stored.kinds)
        scopes = stored.scopes.compactMap(TokenScope.init)
        (createdAt, createdBy, expiresAt) = (stored.createdAt, stored.createdBy, stored.expiresAt)
        (lastUsedAt, revokedAt, revokedBy) = (stored.lastUsedAt, stored.revokedAt, stored.revokedBy)
        state = stored.revokedAt != nil ? .revoked : stored.isGood(at: moment) ? .good : .expired
    }
}

/// Who calls with a token, with the role and region the account has now.
public struct TokenCaller: Sendable {
    /// The token's id.
    public let id: Int64
    public let actor: Actor
    public let scopes: Set<TokenScope>
    /// The kinds it may be used for; nil for all.
    public let kinds: Set<String>?
    public let expiresAt: Timestamp
    let account: Int64

    init(_ stored: StoredToken, actor: Actor) {
        id = stored.id
        self.actor = actor
        scopes = Set(stored.scopes.compactMap(TokenScope.init))
        kinds = stored.kinds.map(Set.init)
        expiresAt = stored.expiresAt
        account = stored.account
    }

    /// Whether the token may be used for a kind.
    public func mayUse(_ kind: String) -> Bool { kinds?.contains(kind) ?? true }

    /// Whose keys of requests are told apart: the account's, whichever of its tokens it uses.
    public var subject: String { "account:\(account):\(actor.login)" }
}
