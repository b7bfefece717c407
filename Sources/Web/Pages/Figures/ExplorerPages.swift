import Exchange
import Expressions
import Figures
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Rulebooks

extension Site {
    func explorer(_ request: Request, _ context: SiteContext) throws -> Response {
        let sight = try context.staffSight()
        let fields = try request.query()
        let reading = ExplorerQuestion(site: self, sight: sight, language: context.language)
        switch try reading.read(fields) {
        case .redirect(let rest): return Self.redirect(to: "/figures?" + rest.encoded)
        case .question(let question, let notes):
            let answer = try FiguresService(office).answer(question, as: sight)
            let page = ExplorerPage(
                site: self, answer: answer, asked: reading, notes: notes, language: context.language)
            return response(Page(template: "figures", values: page.values()), context)
        }
    }

    /// The figures of a question as a file that Excel opens: UTF-8 with a byte order mark, exact decimals.
    func explorerFile(_ request: Request, _ context: SiteContext) throws -> Response {
        let sight = try context.staffSight()
        guard sight.actor.permissions.contains(.export) else { throw PageProblem.forbidden }
        let fields = try request.query()
        let reading = ExplorerQuestion(site: self, sight: sight, language: context.language)
        switch try reading.read(fields) {
        case .redirect(let rest): return Self.redirect(to: "/figures.csv?" + rest.encoded)
        case .question(let question, _):
            let answer = try FiguresService(office).answer(question, as: sight)
            let file = FigureFile(site: self, answer: answer, language: context.language)
            var response = Response(
                status: .ok, headers: [.contentType: "text/csv; charset=utf-8", .cacheControl: "no-store"],
                body: .init(byteBuffer: ByteBuffer(bytes: try file.bytes())))
            if let name = HTTPField.Name("Content-Disposition") {
                response.headers[name] = "attachment; filename=\"\(file.name)\""
            }
            return response
        }
    }
}

/// Reads what an address asks of the explorer, and knows what else could be asked.
struct ExplorerQuestion {
    let site: Site
    let sight: Sight
    let language: Language

    enum Reading {
        case question(FigureQuestion, notes: [String])
        case redirect(FormFields)
    }

    private var rulebook: Rulebook { site.rulebook }

    /// - Throws: `FigureProblem` for a figure, region or period that there is not, `Refusal`.
    func read(_ fields: FormFields) throws -> Reading {
        let subject = try subject(fields["figure"])
        let region = try sight.figureRegion(String((fields["region"] ?? "").prefix(20)))
        guard region.isEmpty || rulebook.regions.region(region) != nil else {
            throw FigureProblem.unknownRegion(region)
        }
        let chooser = PeriodChooser(present: DashboardService(site.office).presentMonth)
        let period: Period
        switch try chooser.asked(fields) {
        case .redirect(let rest): return .redirect(rest)
        case .period(let asked): period = asked
        case .nothing:
            let month = chooser.present
            guard let present = Period.yearToDate(month: Months.month(month), of: Months.year(month)) else {
                throw PageProblem.malformed
            }
            period = present
        }
        var question = FigureQuestion(
            subject: subject, region: region, period: period,
            comparison: fields["compare"].flatMap(Comparison.init) ?? .none)
        var notes: [String] = []
        let isStock = measures(of: subject).allSatisfy(\.isStock)
        if isStock { question.comparison = .none }
        question.arrangement = arrangement(fields["by"], subject, region, isStock, &notes)
        question.restrictions = restrictions(fields, subject, &notes)
        return .question(question, notes: notes)
    }

    /// The figure asked for; the first of the rulebook where none is.
    private func subject(_ name: String?) throws -> FigureSubject {
        guard let name, !name.isEmpty else {
            if let first = DashboardService(site.office).dashboards(for: sight).first?.tiles.first?.subject {
                guard case .measure(let term) = first else { return first }
                return .measure(IndicatorTerm(measure: term.measure))
            }
            guard let first = rulebook.measures.keys.sorted().first else { throw PageProblem.notFound }
            return .measure(IndicatorTerm(measure: first))
        }
        if name.hasPrefix("measure.") {
            let id = String(name.dropFirst("measure.".count))
            guard rulebook.measures[id] != nil else {
                throw FigureProblem.unknownMeasure(
                    String(id.prefix(60)),
                    suggestion: Suggestion.closest(to: id, among: rulebook.measures.keys))
            }
            return .measure(IndicatorTerm(measure: id))
        }
        let id = name.hasPrefix("indicator.") ? String(name.dropFirst("indicator.".count)) : name
        guard rulebook.indicators[id] != nil else {
            throw FigureProblem.unknownMeasure(
                String(id.prefix(60)), suggestion: Suggestion.closest(to: id, among: rulebook.indicators.keys)
            )
        }
        return .indicator(id)
    }

    /// What was asked, as far as this figure can be told apart by it: changing the figure must not lead to
    /// an error.
    private func arrangement(
        _ name: String?, _ subject: FigureSubject, _ region: String, _ isStock: Bool, _ notes: inout [String]
    ) -> FigureQuestion.Arrangement {
        guard let name, !name.isEmpty, name != "none" else { return .whole }
        let choices = arrangements(subject, region, isStock)
        if let choice = choices.first(where: { FigureAddress.name(of: $0) == name }) { return choice }
        notes.append(site.renderer.text("note_not_by", language))
        return .whole
    }

    func arrangements(
        _ subject: FigureSubject, _ region: String, _ isStock: Bool
    ) -> [FigureQuestion.Arrangement] {
        var choices: [FigureQuestion.Arrangement] = [.whole]
        if !isStock { choices.append(.months) }
        if DashboardService(site.office).levelBelow(region) != nil {
            choices.append(.regions)
            if !isStock { choices.append(.regionsByMonth) }
        }
        return choices + dimensions(of: subject).map(FigureQuestion.Arrangement.dimension)
    }

    private func restrictions(
        _ fields: FormFields, _ subject: FigureSubject, _ notes: inout [String]
    ) -> [String: [String]] {
        var restrictions: [String: [String]] = [:]
        let known = Set(dimensions(of: subject))
        for (name, value) in fields.pairs where name.hasPrefix("where.") && !value.isEmpty {
            let dimension = String(name.dropFirst("where.".count))
            guard known.contains(dimension) else {
                notes.append(site.renderer.text("note_not_where", language))
                continue
            }
            var values = restrictions[dimension] ?? []
            if values.count < 20, value.utf8.count <= 200, !values.contains(value) { values.append(value) }
            restrictions[dimension] = values
        }
        return restrictions
    }

    // MARK: What there is

    func measures(of subject: FigureSubject) -> [Measure] {
        switch subject {
        case .measure(let term): return [rulebook.measures[term.measure]?.measure].compactMap { $0 }
        case .indicator(let id):
            let names = rulebook.indicators[id]?.terms.values.map(\.measure).sorted() ?? []
            return names.compactMap { rulebook.measures[$0]?.measure }
        }
    }

    /// The dimensions that all measures of a subject have.
    func dimensions(of subject: FigureSubject) -> [String] {
        let measures = measures(of: subject)
        guard let first = measures.first else { return [] }
        return first.dimensions.filter { name in measures.allSatisfy { $0.dimensions.contains(name) } }
    }
}

/// Figures as a file.
private struct FigureFile {
    let site: Site
    let answer: FigureAnswer
    let language: Language

    /// Letters, digits and hyphens only, so that no system stumbles over it.
    var name: String {
        let region = answer.region.isEmpty ? "all" : site.rulebook.regions.prefix(answer.region)
        let subject = answer.question.subject.id.replacing("_", with: "-")
        let period = answer.question.period.description.replacing("..", with: "-")
        return "\(subject)-\(region)-\(period).csv"
    }

    private func text(_ key: String) -> String { site.renderer.text(key, language) }

    /// A row for each row of the answer and one for the whole, each saying itself what it is about.
    func bytes() throws -> [UInt8] {
        let sink = MemoryByteSink()
        let writer = CSVWriter(sink, options: .excel)
        let isIndicator = if case .indicator = answer.question.subject { true } else { false }
        let isCompared = answer.question.comparison != .none
        var headings = [
            "column_figure", "column_region", "column_period", "column_key", "column_name", "column_amount",
            "column_unit",
        ].map(text)
        if isIndicator { headings += ["column_numerator", "column_denominator"].map(text) }
        if isCompared {
            headings += [
                text(answer.question.comparison == .previous ? "column_before" : "column_year_before"),
                text("column_difference"), text("column_change"),
            ]
        }
        headings += ["column_share", "column_place", "column_undetermined"].map(text)
        if !answer.months.isEmpty { headings += answer.months.map(Months.text) }
        try writer.write(headings)
        for row in answer.rows {
            try writer.write(
                cells(
                    key: row.key.text, label: row.label.text(language), row.figure, share: row.share,
                    place: row.place, isIndicator, isCompared)
                    + row.byMonth.map { $0.value?.text(places: $0.places) ?? "" })
        }
        if answer.question.arrangement != .whole {
            try writer.write(
                cells(
                    key: "", label: text(isIndicator ? "row_overall" : "row_total"), answer.total, share: nil,
                    place: nil, isIndicator, isCompared))
        }
        try writer.finish()
        return sink.bytes
    }

    private func cells(
        key: String, label: String, _ figure: SubjectFigure, share: Rational?, place: Int?,
        _ isIndicator: Bool, _ isCompared: Bool
    ) -> [String] {
        let words = FigureWords(renderer: site.renderer, language: language)
        func decimal(_ value: Rational?) -> String { value?.text(places: figure.places) ?? "" }
        var cells = [
            site.rulebook.name(of: answer.question.subject).text(language),
            site.regionName(answer.region, answer.question.period, language),
            answer.question.period.description, key, label, decimal(figure.value),
            figure.unit?.text(language) ?? "",
        ]
        if isIndicator {
            cells += [
                figure.value.map { "\($0.numerator)" } ?? "", figure.value.map { "\($0.denominator)" } ?? "",
            ]
        }
        if isCompared {
            cells += [
                decimal(figure.previous), decimal(figure.difference),
                figure.isCompared ? words.changeText(figure, answer.question.comparison) : "",
            ]
        }
        return cells + [
            share?.percentText() ?? "", place.map { String($0) } ?? "", String(figure.undetermined),
        ]
    }
}
