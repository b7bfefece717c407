/// The sums of one measure and its shadow over one period, by row.
struct MeasureGroups {
    let measure: String
    private(set) var sums: [FigureKey: Int64] = [:]
    private(set) var undetermined: [FigureKey: Int64] = [:]

    init(measure: String) { self.measure = measure }

    mutating func add(_ sum: CellSum, _ breakdown: Breakdown) throws(FigureProblem) {
        let key = Self.key(of: sum, breakdown)
        let isShadow = sum.measure != measure
        let (total, overflow) = ((isShadow ? undetermined : sums)[key] ?? 0).addingReportingOverflow(
            sum.value)
        guard !overflow else { throw .overflow(measure: measure) }
        if isShadow { undetermined[key] = total } else { sums[key] = total }
    }

    /// The same groups with each month moved to where it lies in another period of the same length.
    func shifted(from period: Period, to other: Period) -> MeasureGroups {
        let distance = other.months.lowerBound - period.months.lowerBound
        func moved(_ groups: [FigureKey: Int64]) -> [FigureKey: Int64] {
            var result: [FigureKey: Int64] = [:]
            for (key, value) in groups {
                guard case .month(let month) = key, month >= 0 else {
                    result[key] = value
                    continue
                }
                result[.month(month + distance)] = value
            }
            return result
        }
        var copy = self
        copy.sums = moved(sums)
        copy.undetermined = moved(undetermined)
        return copy
    }

    /// Keys that have something; a group whose cells cancel out is as if it had none.
    var keys: Set<FigureKey> {
        Set(sums.filter { $0.value != 0 }.keys).union(undetermined.filter { $0.value != 0 }.keys)
    }

    func total(_ groups: [FigureKey: Int64]) throws(FigureProblem) -> Int64 {
        var total: Int64 = 0
        // In order of size, so that what fits is not refused because of the order.
        for value in groups.values.sorted(by: { $0.magnitude < $1.magnitude }) {
            let (sum, overflow) = total.addingReportingOverflow(value)
            guard !overflow else { throw .overflow(measure: measure) }
            total = sum
        }
        return total
    }

    private static func key(of sum: CellSum, _ breakdown: Breakdown) -> FigureKey {
        switch breakdown {
        case .none: .whole
        case .dimension: .value(sum.dimension)
        case .regionLevel: .region(RegionMovements.padded(sum.region))
        case .month: .month(sum.month)
        }
    }
}

/// The sums of one measure over the period and the one it is compared with.
struct MeasureTable {
    let measure: MeasureDescription
    var current: MeasureGroups
    var previous: MeasureGroups?

    init(measure: MeasureDescription) {
        self.measure = measure
        current = MeasureGroups(measure: measure.id)
    }

    var keys: Set<FigureKey> { current.keys.union(previous?.keys ?? []) }

    func figure(for key: FigureKey) throws(FigureProblem) -> MeasuredFigure {
        try MeasuredFigure(
            measure: measure, value: current.sums[key] ?? 0, undetermined: current.undetermined[key] ?? 0,
            previous: previous.map { $0.sums[key] ?? 0 },
            previousUndetermined: previous?.undetermined[key] ?? 0)
    }

    func total() throws(FigureProblem) -> MeasuredFigure {
        try MeasuredFigure(
            measure: measure, value: try current.total(current.sums),
            undetermined: try current.total(current.undetermined),
            previous: try previous.map { groups throws(FigureProblem) in try groups.total(groups.sums) },
            previousUndetermined: try previous.map { groups throws(FigureProblem) in
                try groups.total(groups.undetermined)
            } ?? 0)
    }
}

/// Shares and places of rows among each other.
enum Ranking {
    static func fill(_ rows: inout [FigureRow], total: FigureRow) {
        for column in total.figures.indices {
            let values = rows.map { $0.figures[column].value }.sorted(by: >)
            var places: [Int64: Int] = [:]
            for (position, value) in values.enumerated() where places[value] == nil {
                places[value] = position + 1
            }
            for row in rows.indices {
                let figure = rows[row].figures[column]
                rows[row].figures[column].rank = places[figure.value] ?? 1
                rows[row].figures[column].share = share(of: figure.value, in: total.figures[column].value)
            }
        }
    }

    static func whole(_ total: FigureRow) -> FigureRow {
        var result = total
        for column in result.figures.indices {
            let value = result.figures[column].value
            result.figures[column].share = share(of: value, in: value)
        }
        return result
    }

    static func share(of value: Int64, in total: Int64) -> Rational? {
        try? Rational(Int128(value), over: Int128(total))
    }
}
