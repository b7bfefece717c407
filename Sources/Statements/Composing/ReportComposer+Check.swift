import Expressions
import Figures
import Rulebooks

extension ReportComposer {
    /// Names in templates that are not figures.
    static let reservedNames: Set<String> = ["region", "period", "checkpoint"]

    /// Everything that is wrong with a report, without reading any cell: its figures and the tags of both templates.
    ///
    /// - Parameter extraNames: The names of the variables that callers will add.
    public func check(_ report: ReportDefinition, extraNames: [String] = []) -> [StatementProblem] {
        var problems = figureProblems(report)
        // Tags can be followed only through figures that can be computed.
        guard problems.isEmpty else { return problems }
        for language in Language.allCases {
            do {
                let variables = try probe(report, language, extra: extraNames)
                let template = report.template.text(language)
                problems += TemplateWalk(template, variables: variables, language: language).problems
            } catch let problem as FigureProblem {
                problems.append(.figure(name: report.id, problem))
            } catch {
                problems.append(.malformedTemplate(language: language, line: 1))
            }
        }
        return problems
    }

    /// The variables as they would be if every table had a row.
    func probe(
        _ report: ReportDefinition, _ language: Language, extra: [String], region: String = ""
    ) throws -> [String: TemplateValue] {
        guard let period = Period.year(2000) else { return [:] }
        let figures = try variables(
            of: report, region: region, period: period, language: language, isProbe: true)
        var members = Dictionary(extra.map { ($0, TemplateValue.text("")) }) { first, _ in first }
        members.merge(figures.mapValues { .object($0.members) }) { _, own in own }
        members.merge(frame(region: "", period: period, language, "")) { _, own in own }
        return members
    }

    func figureProblems(_ report: ReportDefinition) -> [StatementProblem] {
        var problems: [StatementProblem] = []
        var names = Self.reservedNames
        let known = report.figures.map(\.name)
        for figure in report.figures {
            if !names.insert(figure.name).inserted { problems.append(.takenName(figure.name)) }
            if let share = figure.shareOf, !known.contains(share) {
                let suggestion = Suggestion.closest(to: share, among: known)
                problems.append(.unknownShare(name: figure.name, of: share, suggestion: suggestion))
            }
            let isByChange =
                figure.only.contains(where: \.needsComparison) || (figure.sort?.needsComparison ?? false)
            if isByChange, figure.comparison == .none { problems.append(.needsComparison(name: figure.name)) }
            if figure.by == nil, !figure.only.isEmpty || figure.sort != nil || figure.limit != nil {
                problems.append(.needsTable(name: figure.name))
            }
            problems += questionProblems(figure)
        }
        return problems
    }

    private func questionProblems(_ figure: FigureDeclaration) -> [StatementProblem] {
        guard let period = Period.year(2000) else { return [] }
        let engine = FigureEngine(catalogue: catalogue, source: ProbeCells())
        var query = query(of: figure, region: "", period: period)
        if let id = figure.indicator {
            guard let indicator = indicators[id] else {
                let suggestion = Suggestion.closest(to: id, among: indicators.keys)
                return [.unknownIndicator(name: figure.name, id, suggestion: suggestion)]
            }
            query.measures = indicator.terms.values.map(\.measure).sorted()
            query.restrictions = [:]
        } else if figure.measures.isEmpty {
            return [.emptyFigure(name: figure.name)]
        }
        return engine.problems(of: query).map { .figure(name: figure.name, $0) }
    }
}

/// Cells that have one of everything: they show which variables a figure has.
struct ProbeCells: CellSource {
    func sums(_ request: CellRequest) throws -> [CellSum] {
        let prefix = request.regionPrefixes.first ?? ""
        let digits = request.grouping.regionDigits ?? 0
        let region = prefix + String(repeating: "0", count: max(0, digits - prefix.utf8.count))
        let month = request.grouping.byMonth ? request.months?.lowerBound ?? Months.none : Months.none
        return request.measures.filter { !Tally.isShadow($0) }.map { measure in
            CellSum(measure: measure, month: month, region: String(region.prefix(digits)), value: 1)
        }
    }
}
