import Expressions
import Rulebooks

/// Answers questions from the tallies.
///
/// A figure takes one request of the cells per measure and period, and a second one where a region's figures
/// follow its successor. Sums, shares and ranks are exact.
public struct FigureEngine {
    let catalogue: any FigureCatalogue
    let source: any CellSource

    /// Makes an engine over a catalogue of measures and a store of cells.
    public init(catalogue: any FigureCatalogue, source: any CellSource) {
        (self.catalogue, self.source) = (catalogue, source)
    }

    /// Answers a query.
    ///
    /// - Throws: `FigureProblem`, or whatever keeps the source from being read.
    public func evaluate(_ query: FigureQuery) throws -> FigureResult {
        let measures = try described(query)
        let scope = try scope(of: query)
        var tables: [MeasureTable] = []
        for measure in measures { tables.append(try table(of: measure, query, scope)) }
        var rows: [FigureRow] = []
        for key in keys(of: tables, query, scope) {
            let figures = try tables.map { table throws(FigureProblem) in try table.figure(for: key) }
            rows.append(FigureRow(key: key, label: label(of: key, query, scope), figures: figures))
        }
        rows.removeAll { row in
            guard case .region(let code) = row.key else { return false }
            return row.figures.allSatisfy(\.isEmpty)
                && RegionPlaceholder.isNamed(catalogue.regionName(code, on: scope.day))
        }
        let total = FigureRow(
            key: .whole, label: scope.label,
            figures: try tables.map { table throws(FigureProblem) in try table.total() })
        var result = rows
        Ranking.fill(&result, total: total)
        return FigureResult(query: query, measures: measures, rows: result, total: Ranking.whole(total))
    }

    /// Everything that is wrong with a query, without asking the cells.
    public func problems(of query: FigureQuery) -> [FigureProblem] {
        var problems: [FigureProblem] = query.measures.isEmpty ? [.nothingAsked] : []
        for id in query.measures {
            guard let measure = catalogue.measure(id) else {
                problems.append(
                    .unknownMeasure(id, suggestion: Suggestion.closest(to: id, among: catalogue.measureIDs)))
                continue
            }
            var names = query.restrictions.keys.sorted()
            if case .dimension(let name) = query.breakdown { names.append(name) }
            for name in names where !measure.dimensions.contains(name) {
                let suggestion = Suggestion.closest(to: name, among: measure.dimensions)
                problems.append(.unknownDimension(name, measure: id, suggestion: suggestion))
            }
        }
        let levels = catalogue.regionLevels.map(\.id)
        if case .regionLevel(let level) = query.breakdown, !levels.contains(level) {
            problems.append(.unknownLevel(level, suggestion: Suggestion.closest(to: level, among: levels)))
        }
        if catalogue.regionDigits(query.region) == nil { problems.append(.unknownRegion(query.region)) }
        if query.comparison != .none, query.period == nil { problems.append(.comparisonWithoutPeriod) }
        return problems
    }

    func described(_ query: FigureQuery) throws(FigureProblem) -> [MeasureDescription] {
        if let problem = problems(of: query).first { throw problem }
        return query.measures.compactMap(catalogue.measure)
    }
}

/// The region a query is about, and how its cells are told apart.
struct FigureScope {
    /// The significant digits of the region.
    let digits: String
    /// The name of the region.
    let label: Bilingual
    /// The digits that regions are told apart by; nil when they are not.
    let levelDigits: Int?
    /// The day as of which regions stand.
    let day: CivilDate?
    /// The regions whose cells count elsewhere than they lie.
    let movements: RegionMovements
}

extension FigureEngine {
    func scope(of query: FigureQuery) throws(FigureProblem) -> FigureScope {
        guard let digits = catalogue.regionDigits(query.region) else { throw .unknownRegion(query.region) }
        var levelDigits: Int?
        if case .regionLevel(let level) = query.breakdown {
            levelDigits = catalogue.regionLevels.first { $0.id == level }?.digits
        }
        let day = query.asOf ?? query.period?.lastDay
        let successions = day.map { catalogue.successions(on: $0) } ?? .empty
        let everywhere = Bilingual(zh: "全部", en: "All")
        return FigureScope(
            digits: digits, label: digits.isEmpty ? everywhere : regionLabel(query.region, day),
            levelDigits: levelDigits, day: day,
            movements: RegionMovements(successions, within: digits, levelDigits: levelDigits))
    }

    private func table(
        of measure: MeasureDescription, _ query: FigureQuery, _ scope: FigureScope
    ) throws -> MeasureTable {
        var table = MeasureTable(measure: measure)
        table.current = try groups(of: measure, over: query.period, query, scope)
        guard !measure.isStock, let period = query.period else { return table }
        if let before = query.comparison.period(before: period) {
            var earlier = try groups(of: measure, over: before, query, scope)
            if case .month = query.breakdown { earlier = earlier.shifted(from: before, to: period) }
            table.previous = earlier
        }
        return table
    }

    private func groups(
        of measure: MeasureDescription, over period: Period?, _ query: FigureQuery, _ scope: FigureScope
    ) throws -> MeasureGroups {
        var request = CellRequest(
            measures: [measure.id, Tally.shadow(of: measure.id)],
            months: measure.isStock ? nil : period?.months ?? 0...MonthIndex.max, includesUndated: true,
            regionPrefixes: [scope.digits], restrictions: restrictions(of: measure, query, scope),
            grouping: CellGrouping(regionDigits: scope.levelDigits))
        switch query.breakdown {
        case .none, .regionLevel: break
        case .dimension(let name): request.grouping.dimension = measure.dimensions.firstIndex(of: name)
        case .month: request.grouping.byMonth = true
        }
        var groups = MeasureGroups(measure: measure.id)
        for sum in try source.sums(request) { try groups.add(sum, query.breakdown) }
        if !scope.movements.isEmpty {
            request.regionPrefixes = scope.movements.formerPrefixes
            request.grouping.regionDigits = 12
            for sum in try source.sums(request) {
                for moved in scope.movements.corrections(of: sum) { try groups.add(moved, query.breakdown) }
            }
        }
        return groups
    }

    func restrictions(
        of measure: MeasureDescription, _ query: FigureQuery, _ scope: FigureScope
    ) -> [Int: [String]] {
        var result: [Int: [String]] = [:]
        for (name, values) in query.restrictions {
            guard let position = measure.dimensions.firstIndex(of: name) else { continue }
            let all = values.flatMap {
                catalogue.valuesUnder($0, dimension: name, of: measure.id, on: scope.day)
            }
            result[position] = Set(values + all).sorted()
        }
        return result
    }

    /// The keys of the rows in their natural order: those listed somewhere, then those only cells know.
    private func keys(of tables: [MeasureTable], _ query: FigureQuery, _ scope: FigureScope) -> [FigureKey] {
        var listed: [FigureKey]
        switch query.breakdown {
        case .none: return [.whole]
        case .month: listed = query.period.map { $0.months.map(FigureKey.month) } ?? []
        case .regionLevel(let level):
            listed = catalogue.regions(level: level, under: scope.digits, on: scope.day).map(FigureKey.region)
            listed.removeAll { key in
                guard case .region(let code) = key else { return false }
                return scope.movements.isFormer(code)
            }
        case .dimension(let name):
            let measure = query.measures.first ?? ""
            var values = catalogue.values(dimension: name, of: measure, on: scope.day)
            if let wanted = query.restrictions[name] {
                let kept = Set(
                    wanted.flatMap {
                        catalogue.valuesUnder($0, dimension: name, of: measure, on: scope.day)
                    })
                values.removeAll { !kept.contains($0) && !wanted.contains($0) }
            }
            listed = values.map(FigureKey.value)
        }
        var seen = Set(listed)
        let others = tables.flatMap(\.keys).filter { seen.insert($0).inserted }
        if case .dimension = query.breakdown { return listed + others.sorted { $0.text < $1.text } }
        return (listed + others).sorted { $0.text < $1.text }
    }

    func label(of key: FigureKey, _ query: FigureQuery, _ scope: FigureScope) -> Bilingual {
        switch key {
        case .whole: return scope.label
        case .month(let index):
            guard index >= 12 else { return Bilingual(zh: "未注明日期", en: "Without a date") }
            return Period.month(Months.month(index), of: Months.year(index))?.name
                ?? Bilingual(zh: Months.text(index), en: Months.text(index))
        case .region(let code): return regionLabel(code, scope.day, levelDigits: scope.levelDigits)
        case .value(let value):
            if value.isEmpty { return Bilingual(zh: "未填写", en: "Not given") }
            guard case .dimension(let name) = query.breakdown else { return Bilingual(zh: value, en: value) }
            return catalogue.valueName(
                value, dimension: name, of: query.measures.first ?? "", on: scope.day)
                ?? Bilingual(zh: value, en: value)
        }
    }

    private func regionLabel(_ code: String, _ day: CivilDate?, levelDigits: Int? = nil) -> Bilingual {
        guard let name = catalogue.regionName(code, on: day) else { return Bilingual(zh: code, en: code) }
        guard let levelDigits, let digits = catalogue.regionDigits(code), digits.utf8.count < levelDigits
        else { return name }
        // A record of the province itself lies in no city: it is shown as the province's own.
        return Bilingual(zh: name.zh + "本级", en: name.en + " itself")
    }
}
