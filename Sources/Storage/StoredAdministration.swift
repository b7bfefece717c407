import Expressions

/// Work that goes on while nobody waits for it, with what came of it: an import, an audit, a backup.
public struct StoredJob: Hashable, Sendable {
    /// Where it stands.
    public enum State: String, CaseIterable, Hashable, Sendable {
        case waiting, running, done, failed
        /// The process ended before the job did.
        case interrupted
        /// Its outcome is no longer wanted.
        case discarded

        /// Whether nothing more will happen to it by itself.
        public var isOver: Bool { self != .waiting && self != .running }
    }

    /// 0 before it is stored; later jobs have greater ids.
    public var id: Int64
    /// What is done, by a word of the office's.
    public var sort: String
    /// Who asked for it.
    public var login: String
    /// What it concerns, as people call it: a file, a kind.
    public var subject: String
    /// What was asked and what came of it, as JSON of the office's; empty when nothing.
    public var request: String
    public var result: String
    public var state: State
    public var queuedAt: Timestamp
    public var beganAt: Timestamp?
    public var endedAt: Timestamp?
    /// The job whose outcome it carries on; no two jobs follow one.
    public var follows: Int64?

    public init(
        id: Int64 = 0, sort: String, login: String, subject: String, request: String = "",
        result: String = "", state: State = .waiting, queuedAt: Timestamp, beganAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, follows: Int64? = nil
    ) {
        self.id = id
        self.sort = sort
        self.login = login
        self.subject = subject
        self.request = request
        self.result = result
        self.state = state
        self.queuedAt = queuedAt
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.follows = follows
    }
}

/// One line of the log of refusals: somebody wanted what was not allowed.
public struct StoredDenial: Hashable, Sendable {
    /// 0 before it is stored; later lines have greater ids.
    public var id: Int64
    /// When it was refused first.
    public var at: Timestamp
    /// Empty for whoever had not signed in.
    public var login: String
    public var role: String
    public var address: String
    /// How and what was asked for: `POST`, `/records/hazard/1/actions/accept`.
    public var method: String
    public var target: String
    /// The stable code of the refusal.
    public var code: String
    /// How often it was refused in a row.
    public var times: Int64

    public init(
        id: Int64 = 0, at: Timestamp, login: String, role: String, address: String, method: String,
        target: String, code: String, times: Int64 = 1
    ) {
        self.id = id
        self.at = at
        self.login = login
        self.role = role
        self.address = address
        self.method = method
        self.target = target
        self.code = code
        self.times = times
    }
}

/// Which lines of a log to read, newest first.
public struct LogQuery: Hashable, Sendable {
    /// Whose lines; nil for everybody's.
    public var login: String?
    /// The outcomes or codes; empty for all.
    public var outcomes: [String] = []
    public var address: String?
    /// From a moment on, and before one.
    public var from: Timestamp?
    public var until: Timestamp?
    /// Only lines with lower ids.
    public var before: Int64?
    /// The most lines.
    public var limit = 50

    public init() {}
}

/// Which entries of the ledger to read, newest first.
public struct EntryQuery: Hashable, Sendable {
    public var actor: String?
    public var kind: String?
    public var action: String?
    /// The positions looked at: from the first, and below the second.
    public var from: UInt64 = 0
    public var below: UInt64 = .max
    /// The most entries, and the most that are looked at for them.
    public var limit = 50
    public var depth = 200_000

    public init() {}
}

/// What waits in the outbox.
public struct OutboxStatus: Hashable, Sendable {
    public var waiting: Int64
    public var delivered: Int64
    /// When the notice that waits longest was written.
    public var oldest: Timestamp?

    public init(waiting: Int64, delivered: Int64, oldest: Timestamp?) {
        (self.waiting, self.delivered, self.oldest) = (waiting, delivered, oldest)
    }
}

/// What an engine says of itself.
public struct EngineStatus: Hashable, Sendable {
    /// The engine and its version: `SQLite 3.46.1`.
    public var engine: String
    /// The version of the system tables.
    public var schemaVersion: Int64
    /// The size of the database and how much of it is free for reuse, in bytes.
    public var bytes: Int64
    public var freeBytes: Int64

    public init(engine: String, schemaVersion: Int64, bytes: Int64, freeBytes: Int64) {
        (self.engine, self.schemaVersion) = (engine, schemaVersion)
        (self.bytes, self.freeBytes) = (bytes, freeBytes)
    }
}
