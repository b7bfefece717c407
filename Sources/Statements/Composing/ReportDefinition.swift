import Figures
import Rulebooks

/// A report to compose: its figures and its templates.
public struct ReportDefinition: Hashable, Sendable {
    /// The id.
    public let id: String
    /// The length of the periods it is composed for.
    public let period: ReportPeriod
    /// The figures in order of declaration.
    public let figures: [FigureDeclaration]
    /// The text of the Mustache template in each language.
    public let template: Bilingual

    /// Makes a report.
    public init(
        id: String, period: ReportPeriod = .any, figures: [FigureDeclaration], template: Bilingual
    ) {
        (self.id, self.period, self.figures, self.template) = (id, period, figures, template)
    }

    /// Whether the report can be composed for a period: by its months, whatever shape it was written in.
    public func covers(_ other: Period) -> Bool {
        let (first, count) = (Months.month(other.months.lowerBound), other.monthCount)
        return switch period {
        case .any: true
        case .month: count == 1
        case .quarter: count == 3 && first % 3 == 1
        case .half: count == 6 && first % 6 == 1
        case .year: count == 12 && first == 1
        }
    }
}

/// What a composed report says and what it rests on.
public struct Statement: Hashable, Sendable {
    /// The text, as the template gives it: plain, nothing is escaped.
    public let text: String
    /// The language of the text.
    public let language: Language
    /// The figures printed in it, each once, in the order of their declaration.
    public let figures: [UsedFigure]
    /// The region, as asked for.
    public let region: String
    /// The period.
    public let period: Period
    /// The ledger checkpoint the figures were computed at.
    public let checkpoint: String
}

/// A figure printed in a statement, with what it was computed from.
public struct UsedFigure: Hashable, Sendable {
    /// What of a figure is printed.
    public enum Aspect: String, Hashable, Sendable, CaseIterable {
        /// The amount itself.
        case value
        /// The amount compared with.
        case previous
        /// The amount less the one compared with.
        case difference
        /// The difference divided by the amount compared with.
        case rate
        /// The amount divided by that of the whole.
        case share
    }

    /// The name of the figure in the report.
    public let name: String
    /// The row of a table: a region's code, a value, a month; nil for a single figure.
    public let row: String?
    /// The measure or indicator.
    public let measure: String
    /// What of it is printed.
    public let aspect: Aspect
    /// The exact value; nil when there is none, as for a rate from zero.
    public let value: Rational?
    /// The number above the line, in the measure's smallest unit.
    public let numerator: Int128
    /// The number below the line; 1 for amounts, 0 for a rate from zero.
    public let denominator: Int128
    /// The figure as printed.
    public let printed: String
}
