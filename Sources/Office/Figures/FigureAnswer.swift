import Expressions
import Figures
import Records
import Rulebooks
import Storage

/// A question of the explorer: one measure or indicator, over a region and a period.
public struct FigureQuestion: Sendable {
    /// What is asked for.
    public var subject: FigureSubject
    /// By any of its codes; "" for as far as may be seen.
    public var region: String
    public var period: Period
    public var arrangement: Arrangement
    public var comparison: Comparison
    /// For a dimension, the values counted, beside those that the subject itself counts.
    public var restrictions: [String: [String]]

    /// By what the answer is told apart.
    public enum Arrangement: Hashable, Sendable {
        case whole, months, regions, regionsByMonth
        case dimension(String)
    }

    public init(
        subject: FigureSubject, region: String, period: Period, arrangement: Arrangement = .whole,
        comparison: Comparison = .none, restrictions: [String: [String]] = [:]
    ) {
        (self.subject, self.region, self.period) = (subject, region, period)
        (self.arrangement, self.comparison, self.restrictions) = (arrangement, comparison, restrictions)
    }
}

/// The answer to a question of the explorer, all of it from one snapshot.
public struct FigureAnswer: Sendable {
    public let question: FigureQuestion
    /// The padded code of the region; "" for everywhere.
    public let region: String
    public internal(set) var rows: [Row] = []
    public let total: SubjectFigure
    /// The months of the columns, where regions are told apart by month.
    public internal(set) var months: [MonthIndex] = []
    /// The moment the figures were read.
    public let asOf: Timestamp
    /// How many entries the ledger had then.
    public let ledgerSize: UInt64

    public struct Row: Sendable {
        public let key: FigureKey
        public let label: Bilingual
        public let figure: SubjectFigure
        /// The share of the total of all rows; of measures only.
        public let share: Rational?
        public let place: Int?
        /// The figure of each month, where regions are told apart by month.
        public internal(set) var byMonth: [SubjectFigure] = []
    }
}

extension FiguresService {
    /// The most columns of regions by month.
    public static let mostMonths = 36

    /// The answer to a question of the explorer, no wider than what whoever looks may see.
    ///
    /// - Throws: `Refusal` when figures of the region may not be seen, `FigureProblem`, `StoreProblem`.
    public func answer(_ question: FigureQuestion, as sight: Sight) throws -> FigureAnswer {
        let dashboards = DashboardService(office)
        let region = try dashboards.canonical(try sight.figureRegion(question.region))
        let level = dashboards.levelBelow(region)
        return try office.store.read { reader in
            var query = FigureQuery(
                measures: [], region: region, period: question.period, where: question.restrictions,
                compare: question.comparison)
            switch question.arrangement {
            case .whole: break
            case .months: query.breakdown = .month
            case .regions, .regionsByMonth: query.breakdown = level.map(Breakdown.regionLevel) ?? .none
            case .dimension(let name): query.breakdown = .dimension(name)
            }
            let (rows, total) = try evaluate(question.subject, query, reader)
            var answer = FigureAnswer(
                question: question, region: region, rows: rows, total: total, asOf: office.moment,
                ledgerSize: try reader.ledgerSize())
            if question.arrangement == .regionsByMonth { try fillMonths(&answer, level: level, reader) }
            return answer
        }
    }

    private func evaluate(
        _ subject: FigureSubject, _ query: FigureQuery, _ reader: any StoreReading
    ) throws -> (rows: [FigureAnswer.Row], total: SubjectFigure) {
        let engine = FigureEngine(catalogue: office.catalogue, source: StoredCells(reader))
        switch subject {
        case .measure(let term):
            var query = query
            query.measures = [term.measure]
            query.restrictions.merge(term.restrictions) { asked, _ in asked }
            let result = try engine.evaluate(query)
            let unit = result.measures.first?.unit
            let places = Places.of(result.rows.map { $0.figures.first?.exact }, better: nil)
            let rows = zip(result.rows, places).compactMap { row, place in
                row.figures.first.map {
                    FigureAnswer.Row(
                        key: row.key, label: row.label, figure: .measure($0, unit: unit), share: $0.share,
                        place: place)
                }
            }
            guard let total = result.total.figures.first else { throw FigureProblem.nothingAsked }
            return (rows, .measure(total, unit: unit))
        case .indicator(let id):
            guard let indicator = office.rulebook.indicators[id] else {
                throw FigureProblem.unknownMeasure(
                    id, suggestion: Suggestion.closest(to: id, among: office.rulebook.indicators.keys))
            }
            let result = try engine.evaluate(indicator, query)
            let rows = result.rows.map { row in
                FigureAnswer.Row(
                    key: row.key, label: row.label, figure: .indicator(row.figure), share: nil,
                    place: row.rank)
            }
            return (rows, .indicator(result.total))
        }
    }

    private func fillMonths(_ answer: inout FigureAnswer, level: String?, _ reader: any StoreReading) throws {
        let period = answer.question.period
        let last = period.months.upperBound
        let months = max(period.months.lowerBound, last - MonthIndex(Self.mostMonths) + 1)...last
        let shelf = FigureShelf(
            office, reader, region: answer.region, level: level, asOf: period.lastDay, months: months)
        var subject = answer.question.subject
        if case .measure(let term) = subject {
            subject = .measure(
                IndicatorTerm(
                    measure: term.measure,
                    restrictions: answer.question.restrictions.merging(term.restrictions) { asked, _ in asked
                    }))
        }
        answer.months = Array(months)
        for index in answer.rows.indices {
            guard case .region(let code) = answer.rows[index].key else { continue }
            answer.rows[index].byMonth = try months.map {
                try shelf.figure(subject, in: code, over: $0...$0)
            }
        }
    }
}
