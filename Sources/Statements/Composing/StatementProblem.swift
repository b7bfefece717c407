import Figures
import Rulebooks

/// What is wrong with a report. Every case has a stable code and a sentence in both languages.
public enum StatementProblem: Error, Hashable, Sendable {
    /// A question of a figure cannot be answered.
    case figure(name: String, FigureProblem)
    /// A figure has neither measures nor an indicator.
    case emptyFigure(name: String)
    /// Two figures have one name, or a figure has the name of something else in templates.
    case takenName(String)
    /// The figure is to be a share of one that the report does not have.
    case unknownShare(name: String, of: String, suggestion: String?)
    /// No indicator has the id.
    case unknownIndicator(name: String, String, suggestion: String?)
    /// Rows are to be kept or sorted by a change, but the figure is compared with nothing.
    case needsComparison(name: String)
    /// Rows are to be kept, sorted or limited in a figure that is no table.
    case needsTable(name: String)
    /// The report is not composed for periods of such a length.
    case wrongPeriod(Period, expected: ReportPeriod)
    /// A template uses a name that nothing has.
    case unknownTag(String, language: Language, line: Int, suggestion: String?)
    /// A template uses a tag of Mustache that reports do not have: partials, blocks, other delimiters.
    case unsupportedTag(String, language: Language, line: Int)
    /// A template is not closed, or closed where nothing is open.
    case malformedTemplate(language: Language, line: Int)
    /// A template's file is absent or not UTF-8.
    case unreadableTemplate(path: String)
    /// A word of a figure's declaration means nothing.
    case unknownWord(String, key: String, figure: String, known: [String])

    /// The stable code.
    public var code: String {
        switch self {
        case .figure(_, let problem): problem.code
        case .emptyFigure: "STM-0101"
        case .takenName: "STM-0102"
        case .unknownShare: "STM-0103"
        case .unknownIndicator: "STM-0104"
        case .needsComparison: "STM-0105"
        case .needsTable: "STM-0106"
        case .wrongPeriod: "STM-0108"
        case .unknownTag: "STM-0201"
        case .unsupportedTag: "STM-0202"
        case .malformedTemplate: "STM-0203"
        case .unreadableTemplate: "STM-0204"
        case .unknownWord: "STM-0107"
        }
    }

    /// What is wrong, where, and what to do, in both languages.
    public var message: Bilingual {
        switch self {
        case .figure(let name, let problem):
            Bilingual(zh: "数据“\(name)”：\(problem.message.zh)", en: "Figure `\(name)`: \(problem.message.en)")
        case .emptyFigure(let name):
            Bilingual(
                zh: "数据“\(name)”没有计量，也没有指标，请写明 measures 或 indicator。",
                en: "Figure `\(name)` has no measure and no indicator; give it `measures` or `indicator`.")
        case .takenName(let name):
            Bilingual(
                zh: "名称“\(name)”已被使用，请换一个。", en: "The name `\(name)` is taken; choose another.")
        case .unknownShare(let name, let of, let suggestion):
            Self.hinted(
                "数据“\(name)”要占“\(of)”的比重，但报告中没有它",
                "Figure `\(name)` is a share of `\(of)`, which the report lacks",
                suggestion)
        case .unknownIndicator(let name, let id, let suggestion):
            Self.hinted(
                "数据“\(name)”的指标“\(id)”不存在", "Figure `\(name)` has no such indicator: `\(id)`", suggestion)
        case .needsComparison(let name):
            Bilingual(
                zh: "数据“\(name)”按变化筛选或排序，须写明 compare。",
                en: "Figure `\(name)` keeps or sorts rows by their change; give it `compare`.")
        case .needsTable(let name):
            Bilingual(
                zh: "数据“\(name)”没有分组，不能筛选、排序或限制行数；请写明 by。",
                en:
                    "Figure `\(name)` is no table, so its rows cannot be kept, sorted or limited; give it `by`."
            )
        case .wrongPeriod(let period, let expected):
            Self.wrongPeriod(period, expected)
        default: templateMessage
        }
    }

    private var templateMessage: Bilingual {
        switch self {
        case .unknownTag(let tag, let language, let line, let suggestion):
            Self.hinted(
                "\(Self.template(language).zh)第 \(line) 行使用了“\(tag)”，没有这一变量",
                "Line \(line) of the \(Self.template(language).en) uses `\(tag)`, which is no variable",
                suggestion)
        case .unsupportedTag(let tag, let language, let line):
            Bilingual(
                zh: "\(Self.template(language).zh)第 \(line) 行的“\(tag)”不能用于报告，请删去。",
                en:
                    "Line \(line) of the \(Self.template(language).en) has `\(tag)`, which reports cannot use; remove it."
            )
        case .malformedTemplate(let language, let line):
            Bilingual(
                zh: "\(Self.template(language).zh)第 \(line) 行的标签没有正确开闭，请检查。",
                en:
                    "A tag on line \(line) of the \(Self.template(language).en) is not opened and closed properly; check it."
            )
        case .unreadableTemplate(let path):
            Bilingual(
                zh: "模板“\(path)”不存在或不是 UTF-8 编码。", en: "The template `\(path)` is absent or not UTF-8.")
        case .unknownWord(let word, let key, let figure, let known):
            Bilingual(
                zh: "数据“\(figure)”的 \(key) 不能是“\(word)”，可用：\(known.joined(separator: "、"))。",
                en:
                    "`\(key)` of figure `\(figure)` cannot be `\(word)`; use one of \(known.joined(separator: ", "))."
            )
        default: Bilingual(zh: "", en: "")
        }
    }

    private static func wrongPeriod(_ period: Period, _ expected: ReportPeriod) -> Bilingual {
        let (length, example): (Bilingual, String) =
            switch expected {
            case .month: (Bilingual(zh: "一个月", en: "a month"), "2009-05")
            case .quarter: (Bilingual(zh: "一个季度", en: "a quarter"), "2009Q3")
            case .half: (Bilingual(zh: "半年", en: "a half year"), "2009H1")
            case .year, .any: (Bilingual(zh: "一年", en: "a year"), "2009")
            }
        return Bilingual(
            zh: "报告的期间须为\(length.zh)，\(period.name.zh)不符，请改用例如 \(example) 的期间。",
            en:
                "The report covers \(length.en), which \(period.name.en) is not; use a period such as \(example)."
        )
    }

    private static func template(_ language: Language) -> Bilingual {
        language == .zh
            ? Bilingual(zh: "中文模板", en: "Chinese template") : Bilingual(zh: "英文模板", en: "English template")
    }

    private static func hinted(_ zh: String, _ en: String, _ suggestion: String?) -> Bilingual {
        guard let suggestion else { return Bilingual(zh: zh + "。", en: en + ".") }
        return Bilingual(zh: "\(zh)，是否指“\(suggestion)”？", en: "\(en); is `\(suggestion)` meant?")
    }
}

/// Everything that is wrong with a report.
public struct StatementProblems: Error, Hashable, Sendable {
    /// The problems, at least one.
    public let problems: [StatementProblem]

    /// Gathers problems.
    public init(_ problems: [StatementProblem]) { self.problems = problems }
}
