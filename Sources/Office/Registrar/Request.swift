import Records
import Storage

/// An action and who asks for it.
public struct Request: Sendable {
    /// By what the actor is known.
    public enum Identity: Hashable, Sendable {
        /// The login of an account on file.
        case account(String)
        /// The machine itself.
        case system
        /// An actor established by other means (tests, a rulebook without accounts).
        case actor(Actor)
    }

    public var action: Action
    public var by: Identity
    /// The digest of the receipt by which whoever files without an account follows the new record.
    public var receiptDigest: [UInt8]?
    /// Keeps the action from being performed again when it is asked for twice.
    public var requestKey: RequestKey?

    public init(
        _ action: Action, by identity: Identity, receiptDigest: [UInt8]? = nil, requestKey: RequestKey? = nil
    ) {
        self.action = action
        self.by = identity
        self.receiptDigest = receiptDigest
        self.requestKey = requestKey
    }
}

/// What became of an action that was performed.
public struct Outcome: Sendable {
    /// How the ledger names what was done.
    public var action: String
    public var record: Record
    /// The documents it issued.
    public var documents: [StoredDocument]
    /// The records it brought with it, for example one hazard for every finding.
    public var spawned: [Record]
    public var warnings: [Warning]
    /// The position of its entry in the ledger.
    public var position: UInt64

    public init(
        action: String, record: Record, documents: [StoredDocument], spawned: [Record], warnings: [Warning],
        position: UInt64
    ) {
        (self.action, self.record, self.documents) = (action, record, documents)
        (self.spawned, self.warnings, self.position) = (spawned, warnings, position)
    }
}
