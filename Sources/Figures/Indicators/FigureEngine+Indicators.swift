import Rulebooks

extension FigureEngine {
    /// Works out an indicator from the sums of its terms.
    ///
    /// The measures and restrictions of `question` are ignored: the indicator has its own. Restrictions of the
    /// question are added to those of the terms where the term's measure has the dimension.
    ///
    /// - Throws: `FigureProblem`, or whatever keeps the source from being read.
    public func evaluate(_ indicator: Indicator, _ question: FigureQuery) throws -> IndicatorResult {
        try evaluate(
            IndicatorOutline(
                id: indicator.id, terms: indicator.terms, value: indicator.value, unit: indicator.unit,
                places: indicator.places, better: indicator.better),
            question)
    }

    func evaluate(_ outline: IndicatorOutline, _ question: FigureQuery) throws -> IndicatorResult {
        var results: [String: FigureResult] = [:]
        for (name, term) in outline.terms.sorted(by: { $0.key < $1.key }) {
            var query = question
            query.measures = [term.measure]
            let dimensions = Set(catalogue.measure(term.measure)?.dimensions ?? [])
            query.restrictions = question.restrictions.filter { dimensions.contains($0.key) }
            query.restrictions.merge(term.restrictions) { _, own in own }
            results[name] = try evaluate(query)
        }
        var rows: [IndicatorRow] = []
        var seen: Set<FigureKey> = []
        let ordered = results.sorted { $0.key < $1.key }
        for row in ordered.flatMap(\.value.rows) where seen.insert(row.key).inserted {
            let figure = outline.figure(
                results.mapValues { $0.row(row.key)?.figures.first }, question.comparison)
            rows.append(IndicatorRow(key: row.key, label: row.label, figure: figure, rank: nil))
        }
        if case .dimension = question.breakdown {} else { rows.sort { $0.key.text < $1.key.text } }
        IndicatorRanking.fill(&rows, better: outline.better)
        let total = outline.figure(results.mapValues { $0.total.figures.first }, question.comparison)
        return IndicatorResult(indicatorID: outline.id, rows: rows, total: total)
    }
}

/// What an indicator is to the engine.
struct IndicatorOutline {
    let id: String
    let terms: [String: IndicatorTerm]
    let value: IndicatorExpression
    let unit: String?
    let places: Int
    let better: Better?

    /// The indicator of one row; a term without a row there counts as nothing.
    func figure(_ sums: [String: MeasuredFigure?], _ comparison: Comparison) -> IndicatorFigure {
        let figures = sums.compactMapValues { $0 }
        let now = terms.keys.map { ($0, figures[$0]?.exact ?? .zero) }
        var before: IndicatorValue?
        if comparison != .none {
            // A stock has no figure of an earlier period: the indicator then has none either.
            var known: [String: Rational] = [:]
            for name in terms.keys {
                guard let figure = figures[name] else {
                    known[name] = .zero
                    continue
                }
                known[name] = figure.previous.map { Rational(unscaled: $0, places: figure.places) }
            }
            before = value.evaluate(known)
        }
        return IndicatorFigure(
            unit: unit, places: places, value: value.evaluate(Dictionary(now) { first, _ in first }),
            previous: before,
            undetermined: figures.values.reduce(0) { sum, figure in
                let (total, overflow) = sum.addingReportingOverflow(figure.undetermined)
                return overflow ? .max : total
            })
    }
}

private enum IndicatorRanking {
    static func fill(_ rows: inout [IndicatorRow], better: Better?) {
        let values = rows.compactMap(\.figure.value.rational)
        let sorted = better == .lower ? values.sorted() : values.sorted(by: >)
        for index in rows.indices {
            guard let value = rows[index].figure.value.rational else { continue }
            rows[index].rank = sorted.firstIndex(of: value).map { $0 + 1 }
        }
    }
}
