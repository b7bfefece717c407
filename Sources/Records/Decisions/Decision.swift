import Expressions
import Rulebooks

/// What an action comes to: the record as it will be, and all that goes with it.
///
/// A decision changes nothing. The Registrar writes it, in one transaction, or not at all.
public struct Decision: Sendable {
    /// How the ledger names the action: `create`, `notify`, `clock.rectify.urge`…
    public var action: String
    /// The record before; nil for a creation.
    public var before: Record?
    /// The record after. A creation's `id` is 0 and its `number` empty until the Registrar gives them.
    public var after: Record
    public var documents: [DocumentOrder]
    public var notices: [NoticeOrder]
    public var spawns: [Spawn]
    /// What was accepted although something is unusual; kept in the ledger.
    public var warnings: [Warning]
    public var reason: String?

    public init(action: String, before: Record?, after: Record, reason: String? = nil) {
        self.action = action
        self.before = before
        self.after = after
        self.documents = []
        self.notices = []
        self.spawns = []
        self.warnings = []
        self.reason = reason
    }
}

/// A document to be issued about the record.
public struct DocumentOrder: Hashable, Sendable {
    /// The id of the document template in the rulebook.
    public var document: String
    public var addressee: Addressee

    public init(document: String, addressee: Addressee) {
        self.document = document
        self.addressee = addressee
    }
}

/// A message to be put in the outbox.
public struct NoticeOrder: Hashable, Sendable {
    /// An action's id, a clock step, `overdue` or `undetermined`.
    public var topic: String
    public var addressee: Addressee
    public var text: String
    public var textEnglish: String
    public var document: String?

    public init(
        topic: String, addressee: Addressee, text: String, textEnglish: String, document: String? = nil
    ) {
        self.topic = topic
        self.addressee = addressee
        self.text = text
        self.textEnglish = textEnglish
        self.document = document
    }
}

/// A record of another kind to be created in the same transaction.
public struct Spawn: Hashable, Sendable {
    public var kind: String
    public var values: [String: Value]
    /// The reference field to be set to the record that spawns.
    public var link: String?

    public init(kind: String, values: [String: Value], link: String?) {
        self.kind = kind
        self.values = values
        self.link = link
    }
}

/// Something unusual that was accepted, for example a credit code that is legal but fails its check digit.
public struct Warning: Hashable, Sendable {
    public var field: String?
    public var text: String
    public var textEnglish: String

    public init(field: String?, text: String, textEnglish: String) {
        self.field = field
        self.text = text
        self.textEnglish = textEnglish
    }

    /// A warning about a value of a field.
    public init(_ problem: FieldProblem) {
        self.init(field: problem.field, text: problem.message.zh, textEnglish: problem.message.en)
    }
}

/// What the office found on file that a decision depends on.
public struct Facts: Sendable {
    /// Identifies a record of any kind.
    public struct Key: Hashable, Sendable {
        public var kind: String
        public var id: Int64

        public init(kind: String, id: Int64) {
            self.kind = kind
            self.id = id
        }
    }

    /// The records that references of the record point to.
    public var related: [Key: Record]
    /// Who last performed each action on the record, by the action's id.
    public var lastPerformers: [String: String]

    public init(related: [Key: Record] = [:], lastPerformers: [String: String] = [:]) {
        self.related = related
        self.lastPerformers = lastPerformers
    }
}
