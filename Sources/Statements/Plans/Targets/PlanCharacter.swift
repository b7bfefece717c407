/// What a document's head says about it: whether it sets targets or tells what happened, and for which years.
struct PlanCharacter: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A plan, a programme, a letter of responsibility: what it says is to come.
        case plan
        /// A speech, a report: what it says has happened, unless it promises.
        case report
        /// A text without a telling head.
        case unknown
    }

    let kind: Kind
    /// The first year the document speaks for.
    let firstYear: Int?
    /// The deadline its title states, as printed: 2013年, or 2025年 of 2021—2025年.
    let deadline: String?
    /// Where the title stands from which all this was read.
    let title: Range<Int>?

    /// The longest line that can be a title, in scalars.
    private static let longestTitle = 80
    /// How many lines of the head are looked at.
    private static let headLines = 30

    /// Reads the head of a text.
    init(_ text: ReadText, outline: Outline) {
        var best: (score: Int, range: Range<Int>)?
        var isReport = false
        for index in outline.preamble.prefix(Self.headLines) {
            let range = text.source.scalars.trimmed(text.paragraphs[index])
            guard range.count >= 4, range.count <= Self.longestTitle else { continue }
            let scalars = text.source.scalars
            guard let last = range.last, !PlanScalar.isClauseMark(scalars[last]) else { continue }
            let tail = max(range.lowerBound, range.upperBound - 14)..<range.upperBound
            let tells = PlanVocabulary.reportTitles.occurs(in: tail, of: scalars)
            let isPlan =
                PlanVocabulary.planTitles.occurs(in: tail, of: scalars)
                || (!tells && PlanVocabulary.noticeTitles.occurs(in: tail, of: scalars))
            if tells, !isPlan { isReport = true }
            guard isPlan else { continue }
            let score = Self.years(in: range, of: scalars).isEmpty ? 1 : 2
            if score > (best?.score ?? 0) { best = (score, range) }
        }
        title = best?.range
        if best != nil {
            kind = .plan
        } else {
            kind = isReport ? .report : Self.promises(text) ? .plan : .unknown
        }
        let years = title.map { Self.years(in: $0, of: text.source.scalars) } ?? []
        firstYear = years.first?.number
        deadline = years.last.flatMap { $0.isExplicit ? "\($0.number)年" : nil }
    }

    /// Whether a text without a telling title promises far more than it tells of the past.
    private static func promises(_ text: ReadText) -> Bool {
        let end = min(text.source.scalars.count, 200_000)
        let balance = PlanClause.balance(in: 0..<end, of: text.source.scalars)
        return balance.promises > 3 * balance.tells
    }

    /// The years a title names: 2013年, 2021—2025年, “十四五” (2021 to 2025, which is not explicit).
    private static func years(
        in range: Range<Int>, of scalars: [Unicode.Scalar]
    ) -> [(number: Int, isExplicit: Bool)] {
        var years: [(number: Int, isExplicit: Bool)] = []
        var shallowest = Int.max
        var offset = range.lowerBound
        var depth = 0
        // The years of another document that a title names in deeper quotation marks are not its own.
        func add(_ new: [(number: Int, isExplicit: Bool)]) {
            if depth < shallowest { (shallowest, years) = (depth, []) }
            if depth == shallowest { years += new }
        }
        while offset < range.upperBound {
            if PlanScalar.isOpeningQuote(scalars[offset]), scalars[offset] != "“" { depth += 1 }
            if PlanScalar.isClosingQuote(scalars[offset]), scalars[offset] != "”" {
                depth = max(0, depth - 1)
            }
            var (end, number) = (offset, 0)
            while end < range.upperBound, PlanScalar.isDigit(scalars[end]), end - offset < 5 {
                number = number * 10 + Int(scalars[end].value - 0x30)
                end += 1
            }
            if end - offset == 4, (1949...2100).contains(number), end < range.upperBound,
                "年-—－–~～至到".unicodeScalars.contains(scalars[end])
            {
                add([(number, true)])
            } else if let first = fiveYearPlan(at: offset, in: scalars, until: range.upperBound) {
                let both = [(number: first, isExplicit: false), (number: first + 4, isExplicit: false)]
                add(both)
            }
            offset = max(end, offset + 1)
        }
        return years
    }

    /// The first year of the plan whose number stands at an offset: 十四五 began in 2021, 十五五 begins in 2026.
    private static func fiveYearPlan(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> Int? {
        guard offset + 2 < limit, scalars[offset] == "十", scalars[offset + 2] == "五" else { return nil }
        guard let digit = PlanScalar.chineseDigit(scalars[offset + 1]), digit > 0 else { return nil }
        return 2001 + 5 * digit
    }
}
