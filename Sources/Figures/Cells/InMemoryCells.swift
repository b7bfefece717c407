/// Cells kept in memory: for rebuilding, comparing and testing, and for figures of a file that is not imported.
public struct InMemoryCells: CellSource, Sendable, Hashable {
    /// The cells, none of them zero.
    public private(set) var values: [TallyKey: Int64] = [:]

    /// Makes an empty store.
    public init() {}

    /// Makes a store of cells; cells of the same key are added.
    public init(_ cells: some Sequence<TallyCell>) throws(FigureProblem) {
        for cell in cells { try add(cell.value, to: cell.key) }
    }

    /// Adds what a change of a record contributes.
    ///
    /// - Throws: `FigureProblem.overflow`; what was added before it stays.
    public mutating func apply(_ delta: [TallyKey: Int64]) throws(FigureProblem) {
        for (key, value) in delta { try add(value, to: key) }
    }

    /// Adds to one cell.
    public mutating func add(_ value: Int64, to key: TallyKey) throws(FigureProblem) {
        let (sum, overflow) = (values[key] ?? 0).addingReportingOverflow(value)
        guard !overflow else { throw .overflow(measure: key.measure) }
        values[key] = sum == 0 ? nil : sum
    }

    public func sums(_ request: CellRequest) throws -> [CellSum] {
        struct Group: Hashable {
            let measure: String
            let month: MonthIndex
            let region: String
            let dimension: String
        }
        var totals: [Group: Int64] = [:]
        let grouping = request.grouping
        for (key, value) in values where request.includes(key) {
            let dimension = grouping.dimension.flatMap { index in
                key.dimensions.indices.contains(index) ? key.dimensions[index] : nil
            }
            let group = Group(
                measure: key.measure, month: grouping.byMonth ? key.month : Months.none,
                region: grouping.regionDigits.map { String(key.region.prefix($0)) } ?? "",
                dimension: dimension ?? "")
            let (sum, overflow) = (totals[group] ?? 0).addingReportingOverflow(value)
            guard !overflow else { throw FigureProblem.overflow(measure: key.measure) }
            totals[group] = sum
        }
        return totals.map { group, value in
            CellSum(
                measure: group.measure, month: group.month, region: group.region, dimension: group.dimension,
                value: value)
        }
    }
}
