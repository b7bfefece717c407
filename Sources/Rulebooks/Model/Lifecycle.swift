import Expressions

/// The states of a kind and the actions that lead from one to another.
///
/// Immutable, and a class only so that handing it on costs one reference rather than a copy of all its parts.
public final class Lifecycle: Sendable {
    /// The state of a new record.
    public let initial: String
    /// The state in which imported records arrive.
    public let imported: String
    /// The states in order of declaration.
    public let states: [State]
    /// The states in which nothing remains to be done.
    public let closed: Set<String>
    /// Who may create a record, and what is checked then.
    public let create: ActionRule
    /// Who may correct a record; nil means nobody.
    public let amend: AmendRule?
    /// Who may void a record (作废); nil means nobody.
    public let void: VoidRule?
    /// The actions in order of declaration.
    public let actions: [ActionRule]

    init(
        initial: String, imported: String, states: [State], closed: Set<String>, create: ActionRule,
        amend: AmendRule?, void: VoidRule?, actions: [ActionRule]
    ) {
        self.initial = initial
        self.imported = imported
        self.states = states
        self.closed = closed
        self.create = create
        self.amend = amend
        self.void = void
        self.actions = actions
    }

    /// The action of an id, or nil; `create` is not among them.
    public func action(_ id: String) -> ActionRule? { actions.first { $0.id == id } }

    /// The state of an id, or nil.
    public func state(_ id: String) -> State? { states.first { $0.id == id } }
}

/// A state of a lifecycle.
public struct State: Hashable, Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
}

/// Who may perform an action.
public enum Performer: Hashable, Sendable, CustomStringConvertible {
    /// Whoever holds the role.
    case role(String)
    /// Whoever acts for the party responsible for the record.
    case responsible
    /// The machine itself.
    case system

    /// The word by which YAML names the performer.
    public var description: String {
        switch self {
        case .role(let id): id
        case .responsible: "responsible"
        case .system: "system"
        }
    }
}

/// An action: who may perform it, from which states, what it asks, checks and changes.
///
/// Immutable, and a class only so that handing it on costs one reference rather than a copy of all its parts.
public final class ActionRule: Sendable {
    /// The id; `create` for creation.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The states it may be performed in; empty for creation.
    public let from: [String]
    /// The state it leads to; nil leaves the state as it is.
    public let to: String?
    /// Who may perform it.
    public let by: [Performer]
    /// Fields that must be given.
    public let asks: [String]
    /// Fields that may be given.
    public let may: [String]
    /// Rules checked in addition to the kind's.
    public let rules: [CheckedRule]
    /// The document it issues.
    public let issues: String?
    /// Actions whose performer may not perform this one.
    public let separateFrom: [String]
    /// Fields it sets.
    public let sets: [Assignment]
    /// The record it spawns.
    public let creates: SpawnRule?
    /// What it rests on.
    public let citations: [Citation]
    /// Where it is written.
    public let position: SourcePosition

    init(
        id: String, name: Bilingual, from: [String], to: String?, by: [Performer], asks: [String],
        may: [String], rules: [CheckedRule], issues: String?, separateFrom: [String], sets: [Assignment],
        creates: SpawnRule?, citations: [Citation], position: SourcePosition
    ) {
        self.id = id
        self.name = name
        self.from = from
        self.to = to
        self.by = by
        self.asks = asks
        self.may = may
        self.rules = rules
        self.issues = issues
        self.separateFrom = separateFrom
        self.sets = sets
        self.creates = creates
        self.citations = citations
        self.position = position
    }
}

/// A field and the formula that gives it its value.
public struct Assignment: Sendable {
    /// The field.
    public let field: String
    /// The value.
    public let formula: Formula
}

/// Who may correct which fields of a record, and in which states.
public struct AmendRule: Sendable {
    /// Who may.
    public let by: [Performer]
    /// In which states.
    public let states: [String]
    /// Which fields.
    public let fields: [String]
    /// Where it is written.
    public let position: SourcePosition
}

/// Who may void a record.
public struct VoidRule: Sendable {
    /// Who may.
    public let by: [Performer]
    /// In which states; empty means in all.
    public let states: [String]
    /// Where it is written.
    public let position: SourcePosition
}

/// Another record that an action creates in the same transaction.
public struct SpawnRule: Sendable {
    /// The kind of the new record.
    public let kind: String
    /// The values of its fields; formulas over the slots of the creating kind.
    ///
    /// With `forEach` the formulas have one more slot, `SlotLayout.rowSlot`, holding the row.
    public let assignments: [Assignment]
    /// The reference field of the new record that is set to the creating one.
    public let link: String?
    /// The table field of which every row creates a record; nil creates one.
    public let forEach: String?
}
