import Expressions

/// A dated number, text or truth value that expressions read as `policy.NAME`.
public struct Policy: Sendable {
    /// The id, such as `pit-depth`.
    public let id: String
    /// The name in expressions, such as `pit_depth`.
    public let expressionName: String
    /// The name people read.
    public let name: Bilingual
    /// The type of its values: int, decimal, string or bool.
    public let type: ValueType
    /// The unit.
    public let unit: String?
    /// The versions in order of time.
    public let versions: [Dated<Value>]
    /// Where it is declared.
    public let position: SourcePosition
}

/// What a role lets its holders do with the machine.
public enum Permission: String, Sendable, CaseIterable {
    /// See records of the region.
    case read
    /// Create records, within what the kinds allow.
    case create
    /// Perform actions, within what the kinds allow.
    case act
    /// Import files.
    case `import`
    /// Adopt a rulebook.
    case adopt
    /// Administer accounts.
    case administer
    /// See personal data unmasked.
    case unmask
    /// Keep the machine running: back up, see its state.
    case operate
    /// Take records and figures out as files.
    case export
    /// Read the trail of who did and saw what.
    case audit
}

/// A part that people act in.
public struct Role: Hashable, Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// What its holders may do.
    public let permissions: Set<Permission>
    /// The level of region it belongs to; nil means any.
    public let level: String?
    /// The roles that nobody who holds this one may hold as well; told of both sides.
    public let separateFrom: Set<String>
    /// So many active accounts of the role there must always be, once there have been.
    public let atLeast: Int
}
