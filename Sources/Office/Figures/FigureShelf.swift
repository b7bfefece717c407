import Expressions
import Figures
import Rulebooks
import Storage

/// The tables a page of figures is made of: each measure is read once, however often the page uses it.
///
/// Lives within one read of the store and is never shared.
final class FigureShelf {
    private let office: Office
    private let engine: FigureEngine
    /// The region, its level below and the day as of which regions stand, without measures.
    let scope: FigureQuery
    /// The months that tables hold.
    let months: ClosedRange<MonthIndex>
    private var tables: [IndicatorTerm: RegionMonthTable] = [:]

    init(
        _ office: Office, _ reader: any StoreReading, region: String, level: String?, asOf: CivilDate,
        months: ClosedRange<MonthIndex>
    ) {
        self.office = office
        engine = FigureEngine(catalogue: office.catalogue, source: StoredCells(reader))
        scope = FigureQuery(
            measures: [], region: region, by: level.map(Breakdown.regionLevel) ?? .none, asOf: asOf)
        self.months = months
    }

    /// The figure of a subject over a run of months, compared with another where one is given.
    func figure(
        _ subject: FigureSubject, in region: String? = nil, over months: ClosedRange<MonthIndex>,
        comparedWith before: ClosedRange<MonthIndex>? = nil
    ) throws -> SubjectFigure {
        switch subject {
        case .measure(let term):
            let table = try table(term)
            return .measure(
                try table.figure(in: region, over: months, comparedWith: before), unit: table.measure.unit)
        case .indicator(let id):
            guard let indicator = office.rulebook.indicators[id] else {
                throw FigureProblem.unknownMeasure(id, suggestion: nil)
            }
            let sums = try indicator.terms.mapValues { term in
                try table(term).figure(in: region, over: months, comparedWith: before)
            }
            // What is compared with is in the sums; which comparison it was does not matter here.
            return .indicator(
                IndicatorFigure(indicator, sums: sums, comparison: before == nil ? .none : .year))
        }
    }

    /// The regions below, and those in which a subject counts something else.
    func regions(of subjects: [FigureSubject]) throws -> [NamedRegion] {
        let terms = subjects.flatMap(terms)
        return try engine.regions(of: scope, in: try terms.map(table))
    }

    /// A query with a breakdown of its own, from the same snapshot.
    func evaluate(_ query: FigureQuery) throws -> FigureResult { try engine.evaluate(query) }

    func evaluate(_ indicator: Indicator, _ query: FigureQuery) throws -> IndicatorResult {
        try engine.evaluate(indicator, query)
    }

    private func terms(_ subject: FigureSubject) -> [IndicatorTerm] {
        switch subject {
        case .measure(let term): [term]
        case .indicator(let id): office.rulebook.indicators[id].map { Array($0.terms.values) } ?? []
        }
    }

    private func table(_ term: IndicatorTerm) throws -> RegionMonthTable {
        if let known = tables[term] { return known }
        var query = scope
        query.measures = [term.measure]
        query.restrictions = term.restrictions
        let table = try engine.regionMonthTable(query, months: months)
        tables[term] = table
        return table
    }
}
