import Rulebooks

/// Why a figure cannot be given. Every case has a stable code and a sentence in both languages.
public enum FigureProblem: Error, Hashable, Sendable {
    /// No measure has the name.
    case unknownMeasure(String, suggestion: String?)
    /// The measure has no such dimension.
    case unknownDimension(String, measure: String, suggestion: String?)
    /// No level of regions has the name.
    case unknownLevel(String, suggestion: String?)
    /// No region has the code.
    case unknownRegion(String)
    /// No measure was asked for.
    case nothingAsked
    /// A comparison was asked for without a period.
    case comparisonWithoutPeriod
    /// A text is no period.
    case unreadablePeriod(String)
    /// A sum does not fit 64 bits.
    case overflow(measure: String)

    /// The stable code.
    public var code: String {
        switch self {
        case .unknownMeasure: "FIG-0101"
        case .unknownDimension: "FIG-0102"
        case .unknownLevel: "FIG-0103"
        case .unknownRegion: "FIG-0104"
        case .nothingAsked: "FIG-0105"
        case .comparisonWithoutPeriod: "FIG-0106"
        case .unreadablePeriod: "FIG-0107"
        case .overflow: "FIG-0201"
        }
    }

    /// What is wrong and what to do, in both languages.
    public var message: Bilingual {
        switch self {
        case .unknownMeasure(let name, let suggestion):
            Self.unknown("没有名为“\(name)”的计量", "There is no measure named `\(name)`", suggestion)
        case .unknownDimension(let name, let measure, let suggestion):
            Self.unknown(
                "计量“\(measure)”没有维度“\(name)”", "The measure `\(measure)` has no dimension `\(name)`",
                suggestion)
        case .unknownLevel(let name, let suggestion):
            Self.unknown("没有名为“\(name)”的区划级别", "There is no level of regions named `\(name)`", suggestion)
        case .unknownRegion(let code):
            Bilingual(zh: "没有代码为“\(code)”的行政区划。", en: "There is no region with the code `\(code)`.")
        case .nothingAsked:
            Bilingual(zh: "没有指定计量，请至少指定一个。", en: "No measure is named; name at least one.")
        case .comparisonWithoutPeriod:
            Bilingual(
                zh: "要作比较，须指定期间，例如 2009H1。", en: "A comparison needs a period; give one, such as 2009H1.")
        case .unreadablePeriod(let text):
            Bilingual(
                zh: "期间“\(text)”看不懂，请写成 2026、2026H1、2026Q1、2026-03、2026YTD-03 或 2026-01..2026-03。",
                en:
                    "The period `\(text)` cannot be read; write 2026, 2026H1, 2026Q1, 2026-03, 2026YTD-03 or 2026-01..2026-03."
            )
        case .overflow(let measure):
            Bilingual(
                zh: "计量“\(measure)”的合计超出 64 位整数的范围，请缩小范围或减少小数位数。",
                en:
                    "The sum of `\(measure)` does not fit 64 bits; narrow the question or keep fewer decimal places."
            )
        }
    }

    private static func unknown(_ zh: String, _ en: String, _ suggestion: String?) -> Bilingual {
        guard let suggestion else { return Bilingual(zh: zh + "。", en: en + ".") }
        return Bilingual(zh: "\(zh)，是否指“\(suggestion)”？", en: "\(en); is `\(suggestion)` meant?")
    }
}
