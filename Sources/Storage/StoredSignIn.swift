import Expressions

/// By what an account proves who it is: a password's hash and, when it has one, the secret of its codes.
///
/// Operational state, not a business record: it never enters the ledger.
public struct StoredCredential: Hashable, Sendable {
    /// How a password was hashed: scrypt (RFC 7914) with these parameters.
    public struct Hashing: Hashable, Sendable {
        /// The cost N, a power of two.
        public var rounds: Int64
        /// The block size r.
        public var blockSize: Int64
        /// The parallelism p.
        public var parallelism: Int64

        public init(rounds: Int64, blockSize: Int64, parallelism: Int64) {
            (self.rounds, self.blockSize, self.parallelism) = (rounds, blockSize, parallelism)
        }
    }

    public var login: String
    /// The id of the account's record; 0 for the one operator of a rulebook without accounts.
    public var account: Int64
    public var hashing: Hashing
    public var salt: [UInt8]
    public var hash: [UInt8]
    public var passwordSetAt: Timestamp
    /// The secret of one-time codes in clear; engines keep it sealed by the cipher of personal data.
    public var codeSecret: [UInt8]?
    /// When the holder first gave a right code; until then codes are not asked for.
    public var codeConfirmedAt: Timestamp?
    /// The time step of the last code taken, so that none is taken twice.
    public var lastCodeStep: Int64?
    /// Whether somebody else gave the password, so that its holder must choose another before anything else.
    public var mustChange: Bool

    public init(
        login: String, account: Int64, hashing: Hashing, salt: [UInt8], hash: [UInt8],
        passwordSetAt: Timestamp, codeSecret: [UInt8]? = nil, codeConfirmedAt: Timestamp? = nil,
        lastCodeStep: Int64? = nil, mustChange: Bool = false
    ) {
        self.login = login
        self.account = account
        self.hashing = hashing
        self.salt = salt
        self.hash = hash
        self.passwordSetAt = passwordSetAt
        self.codeSecret = codeSecret
        self.codeConfirmedAt = codeConfirmedAt
        self.lastCodeStep = lastCodeStep
        self.mustChange = mustChange
    }
}

/// A session of somebody who signed in. The token itself is not kept.
public struct StoredSession: Hashable, Sendable {
    /// 0 before it is stored.
    public var id: Int64
    /// The SHA-256 of the token's bytes.
    public var tokenDigest: [UInt8]
    public var login: String
    /// The id of the account's record; 0 for the one operator of a rulebook without accounts.
    public var account: Int64
    public var beganAt: Timestamp
    /// When it was last used, to the minute or so.
    public var seenAt: Timestamp
    public var address: String
    public var userAgent: String
    /// Whether it may do nothing but change the password.
    public var mustChange: Bool

    public init(
        id: Int64 = 0, tokenDigest: [UInt8], login: String, account: Int64, beganAt: Timestamp,
        seenAt: Timestamp, address: String, userAgent: String, mustChange: Bool = false
    ) {
        self.id = id
        self.tokenDigest = tokenDigest
        self.login = login
        self.account = account
        self.beganAt = beganAt
        self.seenAt = seenAt
        self.address = address
        self.userAgent = userAgent
        self.mustChange = mustChange
    }
}

/// One line of the sign-in log.
public struct StoredSignIn: Hashable, Sendable {
    /// 0 before it is stored; later lines have greater ids.
    public var id: Int64
    public var at: Timestamp
    public var login: String
    public var address: String
    /// What came of it, by a word of the office's.
    public var outcome: String
    public var userAgent: String
    /// Who did it, when that was not the holder of the login.
    public var performer: String?

    public init(
        id: Int64 = 0, at: Timestamp, login: String, address: String, outcome: String, userAgent: String,
        performer: String? = nil
    ) {
        self.id = id
        self.at = at
        self.login = login
        self.address = address
        self.outcome = outcome
        self.userAgent = userAgent
        self.performer = performer
    }
}

/// How often signing in failed of late for an account or an address.
public struct StoredSignInGuard: Hashable, Sendable {
    /// `login:` or `address:` and what it is.
    public var subject: String
    public var failures: Int64
    public var lastFailedAt: Timestamp
    /// Until when nothing is tried for it.
    public var lockedUntil: Timestamp?

    public init(subject: String, failures: Int64, lastFailedAt: Timestamp, lockedUntil: Timestamp?) {
        self.subject = subject
        self.failures = failures
        self.lastFailedAt = lastFailedAt
        self.lockedUntil = lockedUntil
    }
}
