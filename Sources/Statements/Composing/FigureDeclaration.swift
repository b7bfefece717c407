import Figures
import Rulebooks

/// Which rows of a table a report keeps.
public enum RowCondition: String, Hashable, Sendable, CaseIterable {
    /// Those where every measure is less than what it is compared with.
    case falling
    /// Those where every measure is more.
    case rising
    /// Those where every measure is zero now.
    case zero
    /// Those where a measure is not zero now.
    case nonzero

    func holds(for row: FigureRow) -> Bool {
        switch self {
        case .falling: row.figures.allSatisfy { ($0.difference ?? 0) < 0 }
        case .rising: row.figures.allSatisfy { ($0.difference ?? 0) > 0 }
        case .zero: row.figures.allSatisfy { $0.value == 0 }
        case .nonzero: row.figures.contains { $0.value != 0 }
        }
    }

    var needsComparison: Bool { self == .falling || self == .rising }
}

/// The order of a table's rows. Ties go by the next measure, then by the natural order.
public enum RowOrder: String, Hashable, Sendable, CaseIterable {
    /// The largest value first.
    case value
    /// The largest difference first, up or down.
    case change
    /// The steepest rate of change first, up or down; a rise from zero is the steepest.
    case rate

    var needsComparison: Bool { self != .value }

    func sorted(_ rows: [FigureRow]) -> [FigureRow] {
        rows.enumerated().sorted { left, right in
            for (first, second) in zip(left.element.figures, right.element.figures) {
                if let isFirst = precedes(first, second) { return isFirst }
            }
            return left.offset < right.offset
        }.map(\.element)
    }

    private func precedes(_ left: MeasuredFigure, _ right: MeasuredFigure) -> Bool? {
        switch self {
        case .value: return left.value == right.value ? nil : left.value > right.value
        case .change:
            let (first, second) = ((left.difference ?? 0).magnitude, (right.difference ?? 0).magnitude)
            return first == second ? nil : first > second
        case .rate:
            let (first, second) = (left.change?.rational?.magnitude, right.change?.rational?.magnitude)
            guard let first else { return second == nil ? nil : true }
            guard let second else { return false }
            return first == second ? nil : first > second
        }
    }
}

/// A figure, or a table of figures, that a report is composed of.
public struct FigureDeclaration: Hashable, Sendable {
    /// The name in the template.
    public let name: String
    /// The measures, one for a single figure.
    public let measures: [String]
    /// The indicator instead of measures.
    public let indicator: String?
    /// For a dimension, the values counted.
    public let restrictions: [String: [String]]
    /// With what it is compared.
    public let comparison: Comparison
    /// The figure of the same report that it is a share of.
    public let shareOf: String?
    /// The dimension of a table, `region.LEVEL`, `region` for the level just below, or `month`; nil for a single figure.
    public let by: String?
    /// The rows kept; nil keeps all.
    public let only: [RowCondition]
    /// The order of the rows; nil for the natural one.
    public let sort: RowOrder?
    /// How many rows are kept at most, after sorting.
    public let limit: Int?

    /// Makes a declaration.
    public init(
        name: String, measures: [String] = [], indicator: String? = nil,
        where restrictions: [String: [String]] = [:],
        compare comparison: Comparison = .none, shareOf: String? = nil, by: String? = nil,
        only: [RowCondition] = [],
        sort: RowOrder? = nil, limit: Int? = nil
    ) {
        (self.name, self.measures, self.indicator) = (name, measures, indicator)
        (self.restrictions, self.comparison, self.shareOf) = (restrictions, comparison, shareOf)
        (self.by, self.only, self.sort, self.limit) = (by, only, sort, limit)
    }

    /// What the table is broken down by.
    public var breakdown: Breakdown {
        guard let by else { return .none }
        if by == "month" { return .month }
        return by.hasPrefix("region.") ? .regionLevel(String(by.dropFirst(7))) : .dimension(by)
    }

    func query(region: String, period: Period) -> FigureQuery {
        FigureQuery(
            measures: measures, region: region, period: period, where: restrictions, by: breakdown,
            compare: comparison)
    }
}
