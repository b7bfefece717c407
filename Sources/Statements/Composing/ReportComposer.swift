import Figures
import Mustache
import Rulebooks

/// Composes reports: asks the figures a report declares and fills its template with them.
///
/// In templates NAME is a figure: `{{NAME.value}} {{NAME.previous}} {{NAME.difference}} {{NAME.direction}}
/// {{NAME.trend}} {{NAME.rate}} {{NAME.share}} {{NAME.unit}} {{NAME.text}} {{NAME.sentence}}` for its first
/// measure, `{{NAME.MEASURE.value}}` and so on for each, and for tables `{{#NAME.rows}}{{name}} {{code}}
/// {{sentence}}{{/NAME.rows}}`, `{{NAME.names}}` and `{{NAME.count}}`. Beside them stand `region.name`,
/// `region.code`, `period.name`, `period.code`, `period.previousYear`, `checkpoint`, and whatever the caller adds.
public struct ReportComposer {
    let catalogue: any FigureCatalogue
    let source: any CellSource
    let indicators: [String: Indicator]

    /// Makes a composer over a catalogue of measures, a store of cells and the indicators reports may name.
    public init(
        catalogue: any FigureCatalogue, source: any CellSource, indicators: [String: Indicator] = [:]
    ) {
        (self.catalogue, self.source, self.indicators) = (catalogue, source, indicators)
    }

    /// Makes a composer of everything a rulebook declares.
    public init(rulebook: Rulebook, source: any CellSource) {
        self.init(catalogue: rulebook, source: source, indicators: rulebook.indicators)
    }

    /// Makes a composer of everything a rulebook declares, with what its catalogue remembers.
    public init(_ prepared: PreparedCatalogue, source: any CellSource) {
        self.init(catalogue: prepared, source: source, indicators: prepared.rulebook.indicators)
    }

    /// Composes a report.
    ///
    /// - Parameters:
    ///   - region: Any code of the region; "" for everything.
    ///   - checkpoint: The ledger checkpoint the cells are read at, printed as given.
    ///   - extra: More variables for the template. A name that is taken keeps its own meaning.
    /// - Throws: `StatementProblems` with everything that `check` finds, `FigureProblem`, or what keeps the source
    ///   from being read.
    public func compose(
        _ report: ReportDefinition, region: String, period: Period, language: Language,
        checkpoint: String = "",
        extra: [String: String] = [:]
    ) throws -> Statement {
        var problems = figureProblems(report)
        if !report.covers(period) { problems.append(.wrongPeriod(period, expected: report.period)) }
        guard problems.isEmpty else { throw StatementProblems(problems) }
        let variables = try variables(of: report, region: region, period: period, language: language)
        var members = extra.mapValues(TemplateValue.text)
        members.merge(variables.mapValues { .object($0.members) }) { _, own in own }
        members.merge(frame(region: region, period: period, language, checkpoint)) { _, own in own }
        let template = report.template.text(language)
        // Tables without rows would hide the names of their columns, so those are taken from a probe.
        let walk = TemplateWalk(
            template, variables: try probe(report, language, extra: Array(extra.keys), region: region),
            language: language)
        guard walk.problems.isEmpty else { throw StatementProblems(walk.problems) }
        return Statement(
            text: try Self.rendered(template, members, language), language: language,
            figures: Self.figures(used: walk.used, in: report, variables), region: region, period: period,
            checkpoint: checkpoint)
    }

    private static func rendered(
        _ template: String, _ members: [String: TemplateValue], _ language: Language
    ) throws -> String {
        // A report is plain text: escaping belongs to whoever puts it on a page.
        guard let compiled = try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + template) else {
            throw StatementProblems([.malformedTemplate(language: language, line: 1)])
        }
        return compiled.render(members.mapValues(\.rendered))
    }

    private static func figures(
        used: Set<String>, in report: ReportDefinition, _ variables: [String: FigureVariables]
    ) -> [UsedFigure] {
        var seen: Set<UsedFigure> = []
        var result: [UsedFigure] = []
        for figure in report.figures {
            let prints = variables[figure.name]?.prints ?? [:]
            for (path, figures) in prints.sorted(by: { $0.key < $1.key })
            where used.contains("\(figure.name).\(path)") {
                result += figures.filter { seen.insert($0).inserted }
            }
        }
        return result
    }
}

extension ReportComposer {
    func frame(
        region: String, period: Period, _ language: Language, _ checkpoint: String
    ) -> [String: TemplateValue] {
        let name = catalogue.regionName(region, on: period.lastDay) ?? Bilingual(zh: region, en: region)
        return [
            "region": .object(["name": .text(name.text(language)), "code": .text(region)]),
            "period": .object([
                "name": .text(period.name.text(language)), "code": .text(period.description),
                "previousYear": .text(period.previousYear.name.text(language)),
            ]),
            "checkpoint": .text(checkpoint),
        ]
    }

    /// The question of a figure; `by: region` means the level just below the region.
    func query(of figure: FigureDeclaration, region: String, period: Period) -> FigureQuery {
        var query = figure.query(region: region, period: period)
        guard figure.by == "region" else { return query }
        let own = catalogue.regionDigits(region)?.utf8.count ?? 0
        let levels = catalogue.regionLevels
        let level = levels.first { $0.digits > own } ?? levels.last
        query.breakdown = .regionLevel(level?.id ?? "")
        return query
    }

    /// The variables of every figure, by its name.
    func variables(
        of report: ReportDefinition, region: String, period: Period, language: Language, isProbe: Bool = false
    ) throws -> [String: FigureVariables] {
        let engine = FigureEngine(catalogue: catalogue, source: isProbe ? ProbeCells() : source)
        var totals: [String: FigureRow] = [:]
        var results: [String: FigureResult] = [:]
        var variables: [String: FigureVariables] = [:]
        for figure in report.figures {
            let query = query(of: figure, region: region, period: period)
            if let id = figure.indicator, let indicator = indicators[id] {
                let result = try engine.evaluate(indicator, query)
                let shown =
                    isProbe
                    ? result.replacing(rows: Array(result.rows.prefix(1))) : result.selected(by: figure)
                variables[figure.name] = FigureVariables(shown, figure, name: indicator.name, language)
                continue
            }
            let result = try engine.evaluate(query)
            totals[figure.name] = result.total
            results[figure.name] = isProbe ? result.keeping(1) : result.selected(by: figure)
        }
        for figure in report.figures {
            guard let result = results[figure.name] else { continue }
            let whole = figure.shareOf.flatMap { totals[$0] }
            variables[figure.name] = FigureVariables(result, figure, shareOf: whole, language)
        }
        return variables
    }
}

extension FigureResult {
    /// The rows that a report keeps, in its order. The total stays that of all rows.
    func selected(by figure: FigureDeclaration) -> FigureResult {
        var kept = rows.filter { row in figure.only.allSatisfy { $0.holds(for: row) } }
        if let sort = figure.sort { kept = sort.sorted(kept) }
        return replacing(rows: Array(kept.prefix(figure.limit.map { max(0, $0) } ?? kept.count)))
    }

    /// So many of the first rows.
    func keeping(_ count: Int) -> FigureResult { replacing(rows: Array(rows.prefix(count))) }
}

extension IndicatorResult {
    /// The rows that a report keeps, in its order: by rank for `value`, else the largest difference first.
    func selected(by figure: FigureDeclaration) -> IndicatorResult {
        var kept = rows.filter { row in
            let difference = row.figure.difference ?? .zero
            return figure.only.allSatisfy { condition in
                switch condition {
                case .falling: difference < .zero
                case .rising: difference > .zero
                case .zero: row.figure.value.rational?.isZero ?? false
                case .nonzero: !(row.figure.value.rational?.isZero ?? true)
                }
            }
        }
        if let sort = figure.sort {
            kept = kept.enumerated().sorted { left, right in
                let (first, second) = (left.element, right.element)
                if sort == .value {
                    let ranks = (first.rank ?? .max, second.rank ?? .max)
                    return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
                }
                let sizes = (
                    first.figure.difference?.magnitude ?? .zero, second.figure.difference?.magnitude ?? .zero
                )
                return sizes.0 == sizes.1 ? left.offset < right.offset : sizes.0 > sizes.1
            }.map(\.element)
        }
        return replacing(rows: Array(kept.prefix(figure.limit.map { max(0, $0) } ?? kept.count)))
    }
}
