import Crypto
import Expressions
import Records
import Storage

/// A session that is good at the moment it was asked for.
public struct ActiveSession: Sendable {
    /// The bytes of a token: 256 bits nobody guesses.
    static let tokenBytes = 32

    public let id: Int64
    /// Who it stands for, with the role and region the account has now.
    public let actor: Actor
    public let beganAt: Timestamp
    /// When it was last used, to the minute or so.
    public let seenAt: Timestamp
    /// When it ends even if it is used.
    public let endsAt: Timestamp
    public let address: String
    public let userAgent: String
    /// Whether it may do nothing before the password that somebody else gave was changed.
    public let mustChangePassword: Bool
    /// What every form of the session carries back, so that no other site's form does anything in its name.
    public let csrf: String
    let account: Int64

    /// The secret of the forms comes from the token: who has one has the other, and neither is on file.
    init(_ stored: StoredSession, token: [UInt8], actor: Actor, policy: SignInPolicy) {
        id = stored.id
        self.actor = actor
        beganAt = stored.beganAt
        seenAt = stored.seenAt
        endsAt = stored.beganAt.plus(policy.absoluteHours * 3_600)
        address = stored.address
        userAgent = stored.userAgent
        mustChangePassword = stored.mustChange
        account = stored.account
        let purpose = Array("zhiheng csrf".utf8)
        csrf = Secrets.text(
            Array(HMAC<SHA256>.authenticationCode(for: purpose, using: SymmetricKey(data: token))))
    }

    /// The login of the account.
    public var login: String { actor.login }

    /// Whether a form belongs to the session, compared in constant time.
    public func accepts(csrf given: String) -> Bool {
        Secrets.areEqual(Array(given.utf8), Array(csrf.utf8))
    }
}

/// A session as a list shows it.
public struct SessionSummary: Hashable, Sendable {
    public let id: Int64
    public let login: String
    public let beganAt: Timestamp
    /// When it was last used, to the minute or so.
    public let seenAt: Timestamp
    public let address: String
    public let userAgent: String

    init(_ stored: StoredSession) {
        id = stored.id
        login = stored.login
        beganAt = stored.beganAt
        seenAt = stored.seenAt
        address = stored.address
        userAgent = stored.userAgent
    }
}
