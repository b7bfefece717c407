import Expressions

/// By what a figure is broken down.
public enum Breakdown: Hashable, Sendable {
    /// Not at all: one row.
    case none
    /// By the values of a dimension.
    case dimension(String)
    /// By the regions of a level, such as `city`.
    case regionLevel(String)
    /// By the months of the period.
    case month
}

/// With what a figure is compared.
public enum Comparison: String, Hashable, Sendable, CaseIterable {
    /// With nothing.
    case none
    /// With the same months a year earlier: 同比.
    case year
    /// With the period before: 环比.
    case previous

    /// The period compared with.
    public func period(before period: Period) -> Period? {
        switch self {
        case .none: nil
        case .year: period.previousYear
        case .previous: period.previous
        }
    }
}

/// A question to the tallies.
public struct FigureQuery: Hashable, Sendable {
    /// The measures, at least one.
    public var measures: [String]
    /// The region, by any of its codes; "" means everywhere.
    public var region: String
    /// The period; nil means all time. Stocks take no notice of it.
    public var period: Period?
    /// For a dimension, the values counted, each with all that lie under it in a tree of codes.
    public var restrictions: [String: [String]]
    /// By what the figure is broken down.
    public var breakdown: Breakdown
    /// With what it is compared; needs a period.
    public var comparison: Comparison
    /// The day as of which regions stand; the last day of the period when nil.
    public var asOf: CivilDate?

    /// Makes a query.
    public init(
        measures: [String], region: String = "", period: Period? = nil,
        where restrictions: [String: [String]] = [:],
        by breakdown: Breakdown = .none, compare comparison: Comparison = .none, asOf: CivilDate? = nil
    ) {
        (self.measures, self.region, self.period) = (measures, region, period)
        (self.restrictions, self.breakdown, self.comparison) = (restrictions, breakdown, comparison)
        self.asOf = asOf
    }
}
