import Expressions

/// A field of a kind, or a column of a table field.
///
/// Immutable, and a class only so that handing it on costs one reference rather than a copy of all its parts.
public final class Field: Sendable {
    /// The name in expressions, in lower_snake_case.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// A sentence of help beside the field.
    public let help: Bilingual?
    /// What it holds.
    public let type: FieldType
    /// Whether a record cannot be without it.
    public let required: Bool
    /// The value of a new record unless another is given.
    public let defaultValue: Value?
    /// The unit printed behind the value.
    public let unit: Bilingual?
    /// Whether the value is personal: encrypted, masked and committed to rather than logged.
    public let personal: Bool
    /// How the machine derives it; nil when people enter it.
    public let derivation: Derivation?
    /// What the field rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition

    init(
        id: String, name: Bilingual, help: Bilingual?, type: FieldType, required: Bool,
        defaultValue: Value?, unit: Bilingual?, personal: Bool, derivation: Derivation?,
        citations: [Citation], position: SourcePosition
    ) {
        self.id = id
        self.name = name
        self.help = help
        self.type = type
        self.required = required
        self.defaultValue = defaultValue
        self.unit = unit
        self.personal = personal
        self.derivation = derivation
        self.citations = citations
        self.position = position
    }
}

/// The limits of a text field.
public struct TextLimits: Sendable {
    /// The fewest characters; nil means none.
    public let minimum: Int?
    /// The most characters; nil means the machine's own limit.
    public let maximum: Int?
    /// A regular expression in RE2 syntax that the whole text must match.
    public let pattern: String?
    /// Whether the text may have several lines.
    public let multiline: Bool
    /// Whether the text is the id of a role of the rulebook.
    public let namesRole: Bool
    /// The pattern ready to be matched.
    let matcher: TextPattern?

    /// Makes limits; none by default. A pattern that is no regular expression limits nothing.
    public init(
        minimum: Int? = nil, maximum: Int? = nil, pattern: String? = nil, multiline: Bool = false,
        namesRole: Bool = false
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.pattern = pattern
        self.multiline = multiline
        self.namesRole = namesRole
        matcher = pattern.flatMap { TextPattern($0) }
    }
}

/// What a field holds, with its limits.
public indirect enum FieldType: Sendable {
    /// Characters.
    case text(TextLimits)
    /// A whole number.
    case integer(min: Int64?, max: Int64?)
    /// A number with a fixed count of decimal places.
    case decimal(places: Int, min: ExactDecimal?, max: ExactDecimal?)
    /// An amount of yuan, exact to the fen; limits in fen.
    case money(minFen: Int64?, maxFen: Int64?)
    /// Yes or no.
    case boolean
    /// A day.
    case date
    /// A moment, kept in UTC to the second.
    case moment
    /// An entry of a code list.
    case code(list: String)
    /// A region, at least as fine as `level` when given; kept as a padded code.
    case region(level: String?)
    /// A unified social credit code (GB 32100).
    case party
    /// A citizen's identity number (GB 11643).
    case person
    /// A record of another kind.
    case reference(kind: String)
    /// A place: `lon,lat` in decimal degrees.
    case geo
    /// Digests of files of the accepted media types, at most `max` of them.
    case files(accept: [String], max: Int)
    /// Rows of columns.
    case table(columns: [Field], maxRows: Int)
}

extension FieldType {
    /// The type of the field in expressions.
    ///
    /// Money is a decimal of yuan; a table is a list of maps from column to value.
    public var valueType: ValueType {
        switch self {
        case .text, .code, .region, .party, .person, .geo: .string
        case .integer: .int
        case .decimal, .money: .decimal
        case .boolean: .bool
        case .date: .date
        case .moment: .timestamp
        case .reference(let kind): .object(kind)
        case .files: .list(.string)
        case .table: .list(.map(.string, .dynamic))
        }
    }

    /// The word by which YAML names the type.
    public var keyword: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .decimal: "decimal"
        case .money: "money"
        case .boolean: "boolean"
        case .date: "date"
        case .moment: "moment"
        case .code: "code"
        case .region: "region"
        case .party: "party"
        case .person: "person"
        case .reference: "reference"
        case .geo: "geo"
        case .files: "files"
        case .table: "table"
        }
    }
}

/// How the machine derives a field.
public enum Derivation: Sendable {
    /// By a formula, the version in force on the governing date.
    case formula([Dated<Formula>])
    /// By a judgement table: the field holds the item given.
    case judged(judgement: String)
    /// True when the judgement that fills the named field was settled.
    case settledOf(field: String)
    /// The clause by which the judgement filled the named field.
    case clauseOf(field: String)
}
