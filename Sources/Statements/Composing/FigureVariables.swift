import Figures
import Rulebooks

/// The variables of one figure, and what of the figures stands behind each.
///
/// The templates' own reference: NAME.value, NAME.MEASURE.value, NAME.rows with the same for each row.
struct FigureVariables {
    private(set) var members: [String: TemplateValue] = [:]
    /// For the path of a variable within the figure, the figures it prints.
    private(set) var prints: [String: [UsedFigure]] = [:]

    private let declaration: FigureDeclaration
    private let language: Language
    private let shareTotal: FigureRow?

    init(_ result: FigureResult, _ declaration: FigureDeclaration, shareOf: FigureRow?, _ language: Language)
    {
        (self.declaration, self.language, shareTotal) = (declaration, language, shareOf)
        var own: [String: TemplateValue] = [:]
        add(result.total, of: result, row: nil, to: &own, path: "")
        members = own
        guard declaration.by != nil else { return }
        var rows: [[String: TemplateValue]] = []
        for row in result.rows {
            var variables: [String: TemplateValue] = [:]
            add(row, of: result, row: row.key.text, to: &variables, path: "rows.", total: result.total)
            variables["name"] = .text(row.label.text(language))
            variables["code"] = .text(row.key.text)
            rows.append(variables)
        }
        addRows(rows, names: result.rows.map(\.label))
        prints["names"] = result.rows.flatMap { row in
            row.figures.map { used($0, .value, row: row.key.text, printed: $0.text) }
        }
    }

    init(_ result: IndicatorResult, _ declaration: FigureDeclaration, name: Bilingual, _ language: Language) {
        (self.declaration, self.language, shareTotal) = (declaration, language, nil)
        var own: [String: TemplateValue] = [:]
        add(result.total, of: result.indicatorID, row: nil, to: &own, path: "")
        members = own
        members["name"] = .text(name.text(language))
        guard declaration.by != nil else { return }
        var rows: [[String: TemplateValue]] = []
        for row in result.rows {
            var variables: [String: TemplateValue] = [:]
            add(row.figure, of: result.indicatorID, row: row.key.text, to: &variables, path: "rows.")
            variables["name"] = .text(row.label.text(language))
            variables["code"] = .text(row.key.text)
            variables["rank"] = .text(row.rank.map(String.init) ?? "—")
            rows.append(variables)
        }
        addRows(rows, names: result.rows.map(\.label))
    }

    private mutating func addRows(_ rows: [[String: TemplateValue]], names: [Bilingual]) {
        members["rows"] = .list(rows)
        members["count"] = .text(String(rows.count))
        let texts = names.map { $0.text(language) }
        members["names"] = .text(language == .zh ? texts.joined(separator: "、") : EnglishNouns.listed(texts))
    }
}

extension FigureVariables {
    private mutating func add(
        _ row: FigureRow, of result: FigureResult, row code: String?,
        to variables: inout [String: TemplateValue],
        path: String, total: FigureRow? = nil
    ) {
        var sentenceFigures: [UsedFigure] = []
        for (index, figure) in row.figures.enumerated() {
            guard result.measures.indices.contains(index) else { continue }
            let measure = result.measures[index]
            var own = values(of: figure, measure)
            var figures = printed(figure, row: code)
            if let whole = (shareTotal ?? total).flatMap({ $0[measure.id] ?? $0.figures.first }) {
                let share = share(of: figure, in: whole, row: code)
                own["share"] = .text(share.printed)
                figures["share"] = [share]
            }
            for (name, value) in figures {
                prints["\(path)\(measure.id).\(name)"] =
                    (prints["\(path)\(measure.id).\(name)"] ?? []) + value
                if index == 0 { prints[path + name] = (prints[path + name] ?? []) + value }
            }
            sentenceFigures += ["value", "difference", "rate"].flatMap { figures[$0] ?? [] }
            if index == 0 { variables.merge(own) { present, _ in present } }
            variables[measure.id] = .object(own)
        }
        addSentence(row, of: result, to: &variables)
        for name in ["sentence", "fullSentence", "figures", "comparison"] {
            prints[path + name] = (prints[path + name] ?? []) + sentenceFigures
        }
    }

    private func addSentence(
        _ row: FigureRow, of result: FigureResult, to variables: inout [String: TemplateValue]
    ) {
        let amounts = zip(result.measures, row.figures).map { ComparedAmount($0, $1) }
        let sentence = ComparisonSentence(amounts, comparison: declaration.comparison)
        variables["sentence"] = .text(sentence.text(language, leavesOutFirstPhrase: true))
        variables["fullSentence"] = .text(sentence.text(language))
        variables["figures"] = .text(sentence.amountsText(language, leavesOutFirstPhrase: true))
        if let change = sentence.comparisonText(language) { variables["comparison"] = .text(change) }
    }

    private func values(of figure: MeasuredFigure, _ measure: MeasureDescription) -> [String: TemplateValue] {
        let unit = measure.unit?.text(language) ?? ""
        let noun = EnglishNouns.lowercased(measure.name.en)
        var variables: [String: TemplateValue] = [
            "name": .text(measure.name.text(language)), "value": .text(figure.text), "unit": .text(unit),
            "text": .text(language == .zh ? figure.text + unit : EnglishNouns.counted(figure.text, noun)),
            "rank": .text(String(figure.rank)), "undetermined": .text(String(figure.undetermined)),
            "isZero": .flag(figure.value == 0), "hasUndetermined": .flag(figure.undetermined > 0),
        ]
        guard let change = figure.change, let previous = figure.previous else { return variables }
        let amount = ComparedAmount(measure, figure)
        let movement = amount.movement
        variables["previous"] = .text(
            Rational(unscaled: previous, places: figure.places).text(places: figure.places))
        variables["difference"] = .text(amount.differenceText)
        variables["rate"] = .text(change.text(language, declaration.comparison))
        variables["tableRate"] = .text(change.tableText(language))
        variables["falling"] = .flag(movement == .fall)
        variables["rising"] = .flag(movement == .rise || movement == .fromZero)
        variables["unchanged"] = .flag(movement == .unchanged)
        variables["fromZero"] = .flag(movement == .fromZero)
        let words = Self.words(movement)
        variables["direction"] = .text(words.amount.text(language))
        variables["trend"] = .text(words.rate.text(language))
        return variables
    }

    private static func words(_ movement: ComparedAmount.Movement?) -> (amount: Bilingual, rate: Bilingual) {
        switch movement {
        case .fall: (Bilingual(zh: "减少", en: "down"), Bilingual(zh: "下降", en: "down"))
        case .rise, .fromZero: (Bilingual(zh: "增加", en: "up"), Bilingual(zh: "上升", en: "up"))
        case .unchanged, nil: (Bilingual(zh: "持平", en: "unchanged"), Bilingual(zh: "持平", en: "unchanged"))
        }
    }

    private func printed(_ figure: MeasuredFigure, row: String?) -> [String: [UsedFigure]] {
        var result: [String: [UsedFigure]] = [:]
        let value = used(figure, .value, row: row, printed: figure.text)
        result["value"] = [value]
        result["text"] = [value]
        guard let previous = figure.previous, let difference = figure.difference, let change = figure.change
        else {
            return result
        }
        let before = Rational(unscaled: previous, places: figure.places)
        result["previous"] = [
            used(
                figure, .previous, row: row, value: before, numerator: previous,
                printed: before.text(places: figure.places))
        ]
        let step = Rational(unscaled: difference, places: figure.places)
        result["difference"] = [
            used(
                figure, .difference, row: row, value: step, numerator: difference,
                printed: step.magnitude.text(places: figure.places))
        ]
        let rate = used(
            figure, .rate, row: row, value: change.rational, numerator: difference, denominator: previous,
            printed: change.text(language, declaration.comparison))
        result["rate"] = [rate]
        result["tableRate"] = [rate]
        return result
    }

    private func share(of figure: MeasuredFigure, in whole: MeasuredFigure, row: String?) -> UsedFigure {
        let share = try? figure.exact.divided(by: whole.exact)
        return used(
            figure, .share, row: row, value: share, numerator: figure.value, denominator: whole.value,
            printed: share?.percentText() ?? "—")
    }

    private func used(_ figure: MeasuredFigure, _ aspect: UsedFigure.Aspect, row: String?, printed: String)
        -> UsedFigure
    {
        used(figure, aspect, row: row, value: figure.exact, numerator: figure.value, printed: printed)
    }

    private func used(
        _ figure: MeasuredFigure, _ aspect: UsedFigure.Aspect, row: String?, value: Rational?,
        numerator: Int64,
        denominator: Int64 = 1, printed: String
    ) -> UsedFigure {
        UsedFigure(
            name: declaration.name, row: row, measure: figure.measure, aspect: aspect, value: value,
            numerator: Int128(numerator), denominator: Int128(denominator), printed: printed)
    }
}

extension FigureVariables {
    private mutating func add(
        _ figure: IndicatorFigure, of indicator: String, row: String?,
        to variables: inout [String: TemplateValue],
        path: String
    ) {
        let number = figure.value.rational
        variables["value"] = .text(number?.text(places: figure.places) ?? "—")
        variables["text"] = .text(figure.text)
        variables["unit"] = .text(figure.unit ?? "")
        variables["undetermined"] = .text(String(figure.undetermined))
        variables["hasUndetermined"] = .flag(figure.undetermined > 0)
        variables["isDefined"] = .flag(number != nil)
        if case .undefined(let gap) = figure.value {
            variables["reason"] = .text(gap.reason.text(language))
        } else {
            variables["reason"] = .text("")
        }
        let value = UsedFigure(
            name: declaration.name, row: row, measure: indicator, aspect: .value, value: number,
            numerator: number?.numerator ?? 0, denominator: number?.denominator ?? 0, printed: figure.text)
        for name in ["value", "text"] { prints[path + name] = (prints[path + name] ?? []) + [value] }
        guard let change = figure.changeText(language) else { return }
        let before = figure.previous?.rational
        variables["previous"] = .text(before?.text(places: figure.places) ?? "—")
        variables["change"] = .text(change)
        let difference = figure.difference
        let step = UsedFigure(
            name: declaration.name, row: row, measure: indicator, aspect: .difference, value: difference,
            numerator: difference?.numerator ?? 0, denominator: difference?.denominator ?? 0, printed: change)
        prints[path + "change"] = (prints[path + "change"] ?? []) + [step]
    }
}
