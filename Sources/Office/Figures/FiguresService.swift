import Expressions
import Figures
import Records
import Rulebooks
import Storage

/// Answers questions to the tallies, and counts them anew.
public struct FiguresService: Sendable {
    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// The answer to a query, from one snapshot.
    public func figures(_ query: FigureQuery) throws -> FigureResult {
        try office.store.read { reader in
            try FigureEngine(catalogue: office.catalogue, source: StoredCells(reader)).evaluate(query)
        }
    }

    /// An indicator, from one snapshot.
    public func indicator(_ indicator: Indicator, _ query: FigureQuery) throws -> IndicatorResult {
        try office.store.read { reader in
            try FigureEngine(catalogue: office.catalogue, source: StoredCells(reader))
                .evaluate(indicator, query)
        }
    }

    /// The answer to a query, no wider than the region that a sight's actor belongs to.
    ///
    /// - Throws: `Refusal` when the actor may not see figures of that region, `FigureProblem`, `StoreProblem`.
    public func figures(_ query: FigureQuery, as sight: Sight) throws -> FigureResult {
        try figures(limited(query, sight))
    }

    /// An indicator, no wider than the region that a sight's actor belongs to.
    ///
    /// - Throws: `Refusal` when the actor may not see figures of that region, `FigureProblem`, `StoreProblem`.
    public func indicator(
        _ indicator: Indicator, _ query: FigureQuery, as sight: Sight
    ) throws -> IndicatorResult {
        try self.indicator(indicator, limited(query, sight))
    }

    private func limited(_ query: FigureQuery, _ sight: Sight) throws(Refusal) -> FigureQuery {
        var query = query
        query.region = try sight.figureRegion(query.region)
        return query
    }

    /// What counting anew found.
    public struct RebuildReport: Hashable, Sendable {
        public var records: Int64 = 0
        public var cells = 0
        /// Cells that were not as the records say.
        public var differences: [Difference] = []
        /// Whether the cells were replaced.
        public var isReplaced = false
    }

    /// A cell that is not as the records say.
    public struct Difference: Hashable, Sendable {
        public var cell: TallyKey
        public var stored: Int64
        public var counted: Int64
    }

    /// Counts all cells anew and compares; replaces them unless only to check.
    public func rebuild(checkOnly: Bool = false) throws -> RebuildReport {
        try checkOnly
            ? office.store.read { try recount($0).report }
            : office.store.write { writer in
                var (cells, report) = try recount(writer)
                if !report.differences.isEmpty {
                    try writer.replaceTallies(cells)
                    report.isReplaced = true
                }
                return report
            }
    }

    private func recount(_ reader: any StoreReading) throws -> (
        cells: [TallyKey: Int64], report: RebuildReport
    ) {
        var cells: [TallyKey: Int64] = [:]
        var report = RebuildReport()
        for id in office.rulebook.kindOrder {
            guard let kind = office.rulebook.kind(id) else { continue }
            try reader.eachRecord(of: kind, from: 0) { record in
                report.records += 1
                for (key, value) in office.cells(of: record, kind: kind) {
                    let (sum, overflow) = cells[key, default: 0].addingReportingOverflow(value)
                    guard !overflow else { throw FigureProblem.overflow(measure: key.measure) }
                    cells[key] = sum
                }
            }
        }
        cells = cells.filter { $0.value != 0 }
        report.cells = cells.count
        var rest = cells
        try reader.eachTallyCell { key, value in
            let counted = rest.removeValue(forKey: key) ?? 0
            if counted != value {
                report.differences.append(Difference(cell: key, stored: value, counted: counted))
            }
        }
        report.differences += rest.map { Difference(cell: $0.key, stored: 0, counted: $0.value) }
            .sorted { TallyText.subject($0.cell) < TallyText.subject($1.cell) }
        return (cells, report)
    }
}
