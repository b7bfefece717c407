/// What is asked of stored cells: which of them, and how they are summed.
///
/// Shaped so that it is one statement of SQL over a table `tally(measure, month, region, dimensions…, value)`:
/// ```sql
/// select measure, month?, substr(region, 1, regionDigits)?, dimension?, sum(value) from tally
/// where measure in (measures) and (month between first and last or month = -1?)
///   and (region like 'prefix%' or …) and dimension_n in (…) group by 1, 2, 3, 4
/// ```
public struct CellRequest: Hashable, Sendable {
    /// The measures wanted, shadows among them; all have the same dimensions.
    public var measures: [String]
    /// The months wanted; nil for no dated cell at all.
    public var months: ClosedRange<MonthIndex>?
    /// Whether cells without a month are wanted too: stocks, and what has no date.
    public var includesUndated: Bool
    /// Cells of regions that begin with any of these digits; [""] means every region. None begins another.
    public var regionPrefixes: [String]
    /// For the position of a dimension, the values wanted; a dimension that is absent is not restricted.
    public var restrictions: [Int: [String]]
    /// How the cells are summed.
    public var grouping: CellGrouping

    /// Makes a request.
    public init(
        measures: [String], months: ClosedRange<MonthIndex>?, includesUndated: Bool = false,
        regionPrefixes: [String] = [""], restrictions: [Int: [String]] = [:], grouping: CellGrouping = .whole
    ) {
        (self.measures, self.months, self.includesUndated) = (measures, months, includesUndated)
        (self.regionPrefixes, self.restrictions, self.grouping) = (regionPrefixes, restrictions, grouping)
    }

    /// Whether a cell is among those wanted.
    public func includes(_ key: TallyKey) -> Bool {
        guard measures.contains(key.measure) else { return false }
        let isInMonths = months?.contains(key.month) ?? false
        guard isInMonths || (includesUndated && key.month == Months.none) else { return false }
        guard regionPrefixes.contains(where: { key.region.hasPrefix($0) }) else { return false }
        return restrictions.allSatisfy { position, values in
            key.dimensions.indices.contains(position) && values.contains(key.dimensions[position])
        }
    }
}

/// By what the cells of a request are summed, beside the measure.
public struct CellGrouping: Hashable, Sendable {
    /// One sum for each month.
    public var byMonth: Bool
    /// One sum for each region of so many digits: the first digits of the cell's region.
    public var regionDigits: Int?
    /// One sum for each value of the dimension at this position.
    public var dimension: Int?

    /// Makes a grouping.
    public init(byMonth: Bool = false, regionDigits: Int? = nil, dimension: Int? = nil) {
        (self.byMonth, self.regionDigits, self.dimension) = (byMonth, regionDigits, dimension)
    }

    /// One sum of everything.
    public static let whole = CellGrouping()
}

/// The sum of the cells of one group.
public struct CellSum: Hashable, Sendable {
    /// The measure or shadow.
    public let measure: String
    /// The month, or `Months.none` when not grouped by month and for what has none.
    public let month: MonthIndex
    /// The first digits of the region; "" when not grouped by region.
    public let region: String
    /// The value of the dimension; "" when not grouped by one.
    public let dimension: String
    /// The sum.
    public let value: Int64

    /// Makes a sum.
    public init(
        measure: String, month: MonthIndex = Months.none, region: String = "", dimension: String = "",
        value: Int64
    ) {
        (self.measure, self.month, self.region) = (measure, month, region)
        (self.dimension, self.value) = (dimension, value)
    }
}

/// Where cells are kept.
public protocol CellSource {
    /// The sums asked for, in any order; groups without cells are left out.
    ///
    /// - Throws: `FigureProblem.overflow` when a sum does not fit 64 bits, or whatever keeps the cells from being read.
    func sums(_ request: CellRequest) throws -> [CellSum]
}
