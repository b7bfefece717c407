import Expressions

/// The three families of kinds.
public enum Family: String, Sendable, CaseIterable {
    /// Things supervised: 台账.
    case register
    /// Things that happen and must be closed: 事项.
    case matter
    /// Figures a unit reports for a period: 报表.
    case `return`
}

/// A type of record that the rulebook declares: its fields, lifecycle, clocks and measures.
///
/// Immutable, and a class only so that handing it on costs one reference rather than a copy of all its parts.
public final class Kind: Sendable {
    /// The id, lower-case words with hyphens.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The family.
    public let family: Family
    /// How records are numbered.
    public let numbering: NumberPattern
    /// The fields whose values together are unique, by which references and imports find a record.
    public let key: [String]
    /// The text by which a record is called in lists; nil means its number.
    public let title: Formula?
    /// What the kind rests on.
    public let citations: [Citation]
    /// The fields in the order of their declaration, which is also that of their slots.
    public let fields: [Field]
    /// The position of each field in `fields`.
    public let fieldIndex: [String: Int]
    /// The path to the region a record belongs to.
    public let region: FieldPath
    /// The path to the party that must act and may see, if any.
    public let responsible: FieldPath?
    /// The date or moment field that decides which versions are in force; nil means the day of creation.
    public let governedBy: String?
    /// Rules checked on every action.
    public let rules: [CheckedRule]
    /// States and actions.
    public let lifecycle: Lifecycle
    /// Deadlines.
    public let clocks: [ClockDefinition]
    /// What is counted.
    public let measures: [Measure]
    /// Cases that `rulebook test` plays.
    public let examples: [Example]
    /// When true of a record, the public may see it; nil means never.
    public let publicWhen: Formula?
    /// The fields the public may then see.
    public let publicFields: [String]
    /// What the public may file without an account; nil when it may not.
    public let filing: Filing?
    /// The fields that are derived, each after all it is derived from.
    public let computationOrder: [String]
    /// Where the kind is declared.
    public let position: SourcePosition
    /// How a record lies in the slots of the formulas.
    public let layout: SlotLayout
    /// The fields that refer to records of other kinds, and to which.
    public let references: [(index: Int, kind: String)]

    init(
        id: String, name: Bilingual, family: Family, numbering: NumberPattern, key: [String],
        title: Formula?, citations: [Citation], fields: [Field], fieldIndex: [String: Int],
        region: FieldPath, responsible: FieldPath?, governedBy: String?, rules: [CheckedRule],
        lifecycle: Lifecycle, clocks: [ClockDefinition], measures: [Measure], examples: [Example],
        publicWhen: Formula?, publicFields: [String], filing: Filing?, computationOrder: [String],
        position: SourcePosition,
        layout: SlotLayout
    ) {
        self.id = id
        self.name = name
        self.family = family
        self.numbering = numbering
        self.key = key
        self.title = title
        self.citations = citations
        self.fields = fields
        self.fieldIndex = fieldIndex
        self.region = region
        self.responsible = responsible
        self.governedBy = governedBy
        self.rules = rules
        self.lifecycle = lifecycle
        self.clocks = clocks
        self.measures = measures
        self.examples = examples
        self.publicWhen = publicWhen
        self.publicFields = publicFields
        self.filing = filing
        self.computationOrder = computationOrder
        self.position = position
        self.layout = layout
        references = fields.enumerated().compactMap { index, field in
            if case .reference(let target) = field.type { return (index, target) }
            return nil
        }
    }

    /// The field of an id, or nil.
    public func field(_ id: String) -> Field? { fieldIndex[id].map { fields[$0] } }

    /// The clock of an id, or nil.
    public func clock(_ id: String) -> ClockDefinition? { clocks.first { $0.id == id } }
}

/// A path to a value: a field of the record, or a field of the record that it refers to.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
    /// The field of the record itself.
    public let field: String
    /// The field of the referenced record; nil when the value is the record's own.
    public let target: String?

    /// Makes a path.
    public init(field: String, target: String? = nil) {
        self.field = field
        self.target = target
    }

    /// `field` or `field.target`.
    public var description: String { target.map { "\(field).\($0)" } ?? field }
}

/// A condition that must hold, and the sentence said when it does not.
public struct CheckedRule: Sendable {
    /// A stable id: `hazard/rules/1`, or as given.
    public let id: String
    /// The condition.
    public let formula: Formula
    /// What is said when it does not hold.
    public let say: Bilingual
    /// The first governing date the rule applies to; nil from the beginning.
    public let since: CivilDate?
    /// The last governing date it applies to; nil without end.
    public let until: CivilDate?
    /// What the rule rests on.
    public let citations: [Citation]
    /// Where it is written.
    public let position: SourcePosition

    /// Whether the rule applies to a matter of a governing date.
    public func applies(on date: CivilDate) -> Bool {
        if let since, date < since { return false }
        if let until, date > until { return false }
        return true
    }
}
