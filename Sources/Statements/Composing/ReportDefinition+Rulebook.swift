import Figures
import Rulebooks

extension ReportDefinition {
    /// Makes a report of a rulebook's template.
    ///
    /// - Throws: `StatementProblem` for a template file that is absent or not UTF-8, or a word in `keep:`, `sort:` or
    ///   `compare:` that means nothing. All of them are gathered.
    public init(_ report: ReportTemplate, in rulebook: Rulebook) throws(StatementProblems) {
        var problems: [StatementProblem] = []
        var texts: [Language: String] = [:]
        for language in Language.allCases {
            let path = report.template.text(language)
            if let bytes = rulebook.file(path), let text = String(validating: bytes, as: UTF8.self) {
                texts[language] = text
            } else {
                problems.append(.unreadableTemplate(path: path))
            }
        }
        var figures: [FigureDeclaration] = []
        for figure in report.figures {
            do {
                figures.append(try FigureDeclaration(figure))
            } catch {
                problems.append(error)
            }
        }
        guard problems.isEmpty else { throw StatementProblems(problems) }
        self.init(
            id: report.id, period: report.period, figures: figures,
            template: Bilingual(zh: texts[.zh] ?? "", en: texts[.en] ?? ""))
    }
}

extension FigureDeclaration {
    /// Makes a declaration of a rulebook's: `compare: year` is 同比, any other period 环比.
    ///
    /// - Throws: `StatementProblem.unknownWord` for a `keep:` or `sort:` that means nothing.
    public init(_ figure: ReportFigure) throws(StatementProblem) {
        let comparison: Comparison =
            switch figure.compare {
            case nil: .none
            case .year: .year
            default: .previous
            }
        self.init(
            name: figure.id, measures: figure.measures, indicator: figure.indicator,
            where: figure.restrictions,
            compare: comparison, shareOf: figure.shareOf, by: figure.by,
            only: try Self.words(figure.keep, key: "keep", figure: figure.id, RowCondition.self),
            sort: try Self.word(figure.sort, key: "sort", figure: figure.id, RowOrder.self))
    }

    /// Words with commas between them: rows must meet every one.
    private static func words<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String?, key: String, figure: String, _ type: Word.Type
    ) throws(StatementProblem) -> [Word] {
        var words: [Word] = []
        for part in text?.split(separator: ",") ?? [] {
            let trimmed = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            if let word = try word(trimmed, key: key, figure: figure, type) { words.append(word) }
        }
        return words
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String?, key: String, figure: String, _: Word.Type
    ) throws(StatementProblem) -> Word? {
        guard let text else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .unknownWord(text, key: key, figure: figure, known: Word.allCases.map(\.rawValue))
        }
        return word
    }
}
