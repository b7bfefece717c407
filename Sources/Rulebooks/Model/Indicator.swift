import Expressions

/// Arithmetic over measures: a rate, a share, an amount per output.
public struct Indicator: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The measures it is made of, by the names used in `value`.
    public let terms: [String: IndicatorTerm]
    /// The arithmetic.
    public let value: IndicatorExpression
    /// The arithmetic as written.
    public let source: String
    /// The unit.
    public let unit: String?
    /// The decimal places it is printed with, rounded once, half up.
    public let places: Int
    /// Whether more is better or less; nil when neither is.
    public let better: Better?
    /// Whether its figures are for everybody, by region and period; without this they are for staff.
    public let isPublic: Bool
    /// What the indicator rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition
}

/// The direction in which an indicator improves.
public enum Better: String, Sendable, CaseIterable {
    /// More is better.
    case higher
    /// Less is better.
    case lower
}

/// A measure in an indicator or report, restricted to some items of its dimensions.
public struct IndicatorTerm: Hashable, Sendable {
    /// The measure's name.
    public let measure: String
    /// For a dimension, the items counted; a dimension that is absent is not restricted.
    public let restrictions: [String: [String]]

    /// Makes a term.
    public init(measure: String, restrictions: [String: [String]] = [:]) {
        (self.measure, self.restrictions) = (measure, restrictions)
    }
}

/// The arithmetic of an indicator.
public indirect enum IndicatorExpression: Hashable, Sendable {
    /// A number.
    case number(ExactDecimal)
    /// A term by name.
    case term(String)
    /// The opposite.
    case negated(IndicatorExpression)
    /// Two operands and what is done with them.
    case operation(IndicatorOperator, IndicatorExpression, IndicatorExpression)

    /// The names of the terms used.
    public var termNames: Set<String> {
        switch self {
        case .number: []
        case .term(let name): [name]
        case .negated(let inner): inner.termNames
        case .operation(_, let left, let right): left.termNames.union(right.termNames)
        }
    }
}

/// What an indicator may do with two numbers.
public enum IndicatorOperator: Character, Sendable, CaseIterable {
    /// Addition.
    case plus = "+"
    /// Subtraction.
    case minus = "-"
    /// Multiplication.
    case times = "*"
    /// Exact division.
    case divided = "/"
}
