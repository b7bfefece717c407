import Expressions

/// What somebody asks to be done: the only way a record comes to be or changes.
public struct Action: Hashable, Sendable {
    /// What is to be done with the record.
    public enum Verb: Hashable, Sendable {
        case create
        case amend
        /// A move of the lifecycle, by its id.
        case move(String)
        case void
        /// The next thing a clock wants: its due time noticed, a step fired.
        case runClock(String)
        /// Erases the personal data of a record; the ledger's proofs stay valid.
        case erasePersonalData

        /// How the ledger names it.
        public var identifier: String {
            switch self {
            case .create: "create"
            case .amend: "amend"
            case .move(let id): id
            case .void: "void"
            case .runClock(let clock): "clock." + clock
            case .erasePersonalData: "erase-personal-data"
            }
        }
    }

    /// The id of the kind.
    public var kind: String
    /// The record; nil for a creation.
    public var record: Int64?
    /// The version the actor saw. When given, a record that has changed since refuses the action.
    public var expectedVersion: Int64?
    public var verb: Verb
    /// Values by field. `.null` takes a value off the file where the action accepts the field.
    public var values: [String: Value]
    /// Why: asked for voiding and erasing, kept with any action.
    public var reason: String?

    public init(
        _ verb: Verb, kind: String, record: Int64? = nil, expectedVersion: Int64? = nil,
        values: [String: Value] = [:], reason: String? = nil
    ) {
        self.verb = verb
        self.kind = kind
        self.record = record
        self.expectedVersion = expectedVersion
        self.values = values
        self.reason = reason
    }
}
