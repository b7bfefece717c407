import Expressions

/// What a program proves with that it acts for an account. The token itself is not kept.
public struct StoredToken: Hashable, Sendable {
    /// 0 before it is stored.
    public var id: Int64
    /// The SHA-256 of the token's bytes.
    public var digest: [UInt8]
    public var login: String
    /// The id of the account's record; 0 for the one operator of a rulebook without accounts.
    public var account: Int64
    /// What its owner calls it.
    public var name: String
    /// What it may be used for, as words of the office's.
    public var scopes: [String]
    /// The kinds it may be used for; nil for all.
    public var kinds: [String]?
    public var createdAt: Timestamp
    /// The login of who made it.
    public var createdBy: String
    public var expiresAt: Timestamp
    /// When it was last used, to the minute or so.
    public var lastUsedAt: Timestamp?
    public var revokedAt: Timestamp?
    public var revokedBy: String?

    public init(
        id: Int64 = 0, digest: [UInt8], login: String, account: Int64, name: String, scopes: [String],
        kinds: [String]?, createdAt: Timestamp, createdBy: String, expiresAt: Timestamp,
        lastUsedAt: Timestamp? = nil, revokedAt: Timestamp? = nil, revokedBy: String? = nil
    ) {
        (self.id, self.digest, self.login, self.account) = (id, digest, login, account)
        (self.name, self.scopes, self.kinds) = (name, scopes, kinds)
        (self.createdAt, self.createdBy, self.expiresAt) = (createdAt, createdBy, expiresAt)
        (self.lastUsedAt, self.revokedAt, self.revokedBy) = (lastUsedAt, revokedAt, revokedBy)
    }
}

/// What is left of a request that was done once and may be sent again: by which key, what it was, what came of it.
public struct StoredRequestKey: Hashable, Sendable {
    /// Whose key it is.
    public var subject: String
    public var key: String
    /// The SHA-256 of the request.
    public var request: [UInt8]
    public var at: Timestamp
    /// The record it made or changed, and its version afterwards.
    public var kind: String?
    public var record: Int64?
    public var version: Int64?
    /// The answer; nil until it was given.
    public var answer: Answer?

    /// An answer as it was given.
    public struct Answer: Hashable, Sendable {
        public var status: Int
        /// Lines of `name: value`.
        public var headers: String
        public var body: [UInt8]

        public init(status: Int, headers: String, body: [UInt8]) {
            (self.status, self.headers, self.body) = (status, headers, body)
        }
    }

    public init(
        subject: String, key: String, request: [UInt8], at: Timestamp, kind: String? = nil,
        record: Int64? = nil, version: Int64? = nil, answer: Answer? = nil
    ) {
        (self.subject, self.key, self.request, self.at) = (subject, key, request, at)
        (self.kind, self.record, self.version, self.answer) = (kind, record, version, answer)
    }
}

/// An address that wants to be told what happens.
public struct StoredWebhook: Hashable, Sendable {
    /// 0 before it is stored.
    public var id: Int64
    public var login: String
    /// The id of the account's record; 0 for the one operator of a rulebook without accounts.
    public var account: Int64
    public var address: String
    /// The topics it wants, as patterns of the office's.
    public var topics: [String]
    /// The kinds it wants; nil for all.
    public var kinds: [String]?
    /// The secret in clear by which deliveries are signed; engines keep it sealed by the cipher of personal data.
    public var secret: [UInt8]
    public var createdAt: Timestamp
    /// A word of the office's.
    public var state: String
    /// The ledger entry it has not been told of yet, the first.
    public var position: UInt64
    /// How many deliveries in a row were given up.
    public var failures: Int64

    public init(
        id: Int64 = 0, login: String, account: Int64, address: String, topics: [String], kinds: [String]?,
        secret: [UInt8], createdAt: Timestamp, state: String, position: UInt64, failures: Int64 = 0
    ) {
        (self.id, self.login, self.account, self.address) = (id, login, account, address)
        (self.topics, self.kinds, self.secret, self.createdAt) = (topics, kinds, secret, createdAt)
        (self.state, self.position, self.failures) = (state, position, failures)
    }
}

/// One event on its way to a webhook.
public struct StoredDelivery: Hashable, Sendable {
    /// 0 before it is stored.
    public var id: Int64
    public var webhook: Int64
    /// The ledger entry it tells of.
    public var position: UInt64
    public var topic: String
    /// A word of the office's.
    public var state: String
    public var attempts: Int64
    /// When it is to be tried next; nil when never again.
    public var nextAt: Timestamp?
    public var attemptedAt: Timestamp?
    /// What the receiver answered last.
    public var status: Int64?
    /// What kept it from being delivered, as a word of the office's.
    public var problem: String?
    public var createdAt: Timestamp

    public init(
        id: Int64 = 0, webhook: Int64, position: UInt64, topic: String, state: String, attempts: Int64 = 0,
        nextAt: Timestamp?, attemptedAt: Timestamp? = nil, status: Int64? = nil, problem: String? = nil,
        createdAt: Timestamp
    ) {
        (self.id, self.webhook, self.position, self.topic) = (id, webhook, position, topic)
        (self.state, self.attempts, self.nextAt, self.attemptedAt) = (state, attempts, nextAt, attemptedAt)
        (self.status, self.problem, self.createdAt) = (status, problem, createdAt)
    }
}
