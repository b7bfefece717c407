import Figures
import Ledger
import Records
import Rulebooks
import Storage

/// Figures for everybody: those measures and indicators that the rulebook marks `public`, of any region and period.
public struct PublicFigures: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// A measure or indicator that is published.
    public struct Definition: Hashable, Sendable {
        public let id: String
        public let name: Bilingual
        public let unit: Bilingual?
        /// Whether it says what stands now, so that no period applies.
        public let isStock: Bool
        public let isIndicator: Bool
    }

    /// One figure in one row.
    public struct Figure: Hashable, Sendable {
        public let key: String
        public let label: Bilingual
        /// The value with its decimal places, without a unit; nil where there is none, as a rate of nothing.
        public let value: String?
        /// How many records could not be counted.
        public let undetermined: Int64
    }

    /// What is published, measures first, each in the order of the rulebook.
    public var definitions: [Definition] {
        let rulebook = office.rulebook
        let measures = rulebook.kindOrder.compactMap(rulebook.kind).flatMap(\.measures).filter(\.isPublic)
        let indicators = rulebook.indicators.values.filter(\.isPublic).sorted { $0.position < $1.position }
        return measures.map {
            Definition(id: $0.id, name: $0.name, unit: $0.unit, isStock: $0.isStock, isIndicator: false)
        }
            + indicators.map { indicator in
                Definition(
                    id: indicator.id, name: indicator.name,
                    unit: indicator.unit.map { Bilingual(zh: $0, en: $0) },
                    isStock: false, isIndicator: true)
            }
    }

    public func definition(_ id: String) -> Definition? { definitions.first { $0.id == id } }

    /// The rows of a figure.
    ///
    /// - Returns: nil when there is no published figure of that id.
    /// - Throws: `FigureProblem` for a region or level that does not exist.
    public func figures(
        _ id: String, region: String, period: Period?, by breakdown: Breakdown = .none,
        reader: any StoreReading
    ) throws -> [Figure]? {
        guard let definition = definition(id) else { return nil }
        let engine = FigureEngine(catalogue: office.catalogue, source: StoredCells(reader))
        var query = FigureQuery(measures: [], region: region, period: period, by: breakdown)
        if definition.isIndicator {
            guard let indicator = office.rulebook.indicators[id] else { return nil }
            return try engine.evaluate(indicator, query).rows.map { row in
                Figure(
                    key: row.key.text, label: row.label,
                    value: row.figure.value.rational?.text(places: row.figure.places),
                    undetermined: row.figure.undetermined)
            }
        }
        query.measures = [id]
        return try engine.evaluate(query).rows.compactMap { row in
            row[id].map {
                Figure(key: row.key.text, label: row.label, value: $0.text, undetermined: $0.undetermined)
            }
        }
    }

    /// The rows of a figure, from a snapshot of their own.
    public func figures(
        _ id: String, region: String, period: Period?, by breakdown: Breakdown = .none
    ) throws -> [Figure]? {
        try office.store.read {
            try figures(id, region: region, period: period, by: breakdown, reader: $0)
        }
    }
}
