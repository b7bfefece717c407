import Figures

/// A total stated somewhere in a document: 2011年1月，全国共发生房屋市政工程生产安全事故17起、死亡41人.
struct StatedTotal {
    /// The period named at the head of its sentence, as printed; empty when none is.
    let period: String
    /// The region or body it speaks of, as printed; empty when none is named.
    let scope: String
    /// The indexes of the figures stated together.
    let figures: [Int]
    /// Where its sentence ends.
    let sentenceEnd: Int
}

/// The totals of a document by what they count, so that a list further down finds its own.
final class StatedTotals {
    private var bySubject: [WordCode: [StatedTotal]] = [:]
    /// The scalars that subjects end with: most clauses are passed over by looking at them alone.
    private var lastScalars: Set<Unicode.Scalar> = []
    /// How many statements of one subject are looked through for the one that fits.
    private static let searched = 24

    private let text: ReadText
    private let scalars: [Unicode.Scalar]

    init(_ text: ReadText) {
        self.text = text
        scalars = text.source.scalars
    }

    /// The latest statement before a place that counts the subject in the same period and scope.
    ///
    /// A list that names no period or scope takes those of the statement it follows.
    private func total(subject: WordCode, period: String, scope: String, before place: Int) -> StatedTotal? {
        guard let found = bySubject[subject] else { return nil }
        for total in found.suffix(Self.searched).reversed() where total.sentenceEnd <= place {
            let samePeriod = period.isEmpty || PeriodWords.agree(total.period, period)
            let sameScope = scope.isEmpty || total.scope.isEmpty || scope == total.scope
            if samePeriod && sameScope { return total }
        }
        return nil
    }

    /// The statement that a clause about the same thing stands under: the clause ends with its subject.
    func total(
        clause: Range<Int>, period: String, scope: String, before place: Int
    ) -> StatedTotal? {
        guard let last = clause.last, lastScalars.contains(scalars[last]) else { return nil }
        let clause = max(clause.lowerBound, clause.upperBound - 40)..<clause.upperBound
        var codes: [WordCode] = []
        codes.reserveCapacity(clause.count)
        var code = WordCode()
        for start in clause.reversed() {
            code.extend(by: scalars[start])
            codes.append(code)
        }
        for start in clause where clause.upperBound - start >= 2 {
            let subject = codes[clause.upperBound - start - 1]
            guard let total = total(subject: subject, period: period, scope: scope, before: place) else {
                continue
            }
            // 较大事故 is not 事故: what stands before the subject must end a clause's verb or its noun.
            if start == clause.lowerBound || isBoundary(before: start) { return total }
        }
        return nil
    }

    private func isBoundary(before start: Int) -> Bool {
        PhraseSet.boundaries.length(endingAt: start, notBefore: max(0, start - 3), in: scalars) != nil
    }

    /// A statement of a sentence with what it counts.
    struct Found {
        let subject: Range<Int>
        /// The short name that the sentence gives it: 以下简称“…”.
        let alias: Range<Int>?
        /// Where the word stands that says it is a total.
        let cue: Range<Int>
        let total: StatedTotal
    }

    /// Takes in the statements of one sentence.
    func add(_ statements: [Found]) {
        for found in statements {
            add(found.total, to: found.subject)
            if let alias = found.alias { add(found.total, to: alias) }
        }
    }

    private func add(_ total: StatedTotal, to subject: Range<Int>) {
        guard let last = subject.last else { return }
        bySubject[WordCode(subject, of: scalars), default: []].append(total)
        lastScalars.insert(scalars[last])
    }

    /// The statements of totals in one sentence.
    func statements(_ sentence: FullSentence, segments: [Segment]) -> [Found] {
        var (period, scope) = ("", "")
        var part = sentence.range.lowerBound
        var statements: [Found] = []
        for (index, segment) in segments.enumerated() {
            if index == 0 || segments[index - 1].mark == Mark.semicolon {
                part = segment.range.lowerBound
                let found = PeriodWords.leading(part..<segment.range.upperBound, of: scalars)
                if let found { period = text.source.text(found) }
                let behind = (found?.upperBound ?? part)..<sentence.range.upperBound
                scope = PeriodWords.scope(behind, of: text)
            }
            guard let first = segment.figures.first else { continue }
            let lead = segment.range.lowerBound..<text.quantities[first].range.lowerBound
            guard !lead.isEmpty, lead.count <= 80, let subject = subject(lead) else { continue }
            let figures = chain(segments, from: index)
            guard !figures.isEmpty else { continue }
            let total = StatedTotal(
                period: period, scope: scope, figures: figures, sentenceEnd: sentence.range.upperBound)
            statements.append(
                Found(subject: subject.range, alias: subject.alias, cue: subject.cue, total: total))
        }
        return statements
    }

    /// What is counted, behind 共 and 发生; and its short name when the sentence gives one.
    private func subject(_ lead: Range<Int>) -> (
        range: Range<Int>, alias: Range<Int>?, cue: Range<Int>
    )? {
        var end = lead.upperBound
        var alias: Range<Int>?
        if end > lead.lowerBound, scalars[end - 1] == "）" {
            guard let open = lead.last(where: { scalars[$0] == "（" }) else { return nil }
            let inside = (open + 1)..<(end - 1)
            if let from = inside.first(where: { scalars[$0] == "“" }),
                let to = inside.last(where: { scalars[$0] == "”" }), from + 1 < to
            {
                alias = (from + 1)..<to
            }
            end = open
        }
        let cues = PhraseSet.cues
        guard let cue = cues.last(in: lead.lowerBound..<end, of: scalars) else { return nil }
        var start = cue.upperBound
        while start < end, scalars[start] == "了" || scalars[start] == "有" {
            start += 1
        }
        guard end - start >= 2 else { return nil }
        let before = PhraseSet.totalCues.length(
            endingAt: cue.lowerBound, notBefore: lead.lowerBound, in: scalars)
        return (start..<end, alias, (cue.lowerBound - (before ?? 0))..<cue.upperBound)
    }

    /// The figures stated together with the first of a segment: 17起、死亡41人.
    private func chain(_ segments: [Segment], from index: Int) -> [Int] {
        var figures = segments[index].figures
        var next = index + 1
        while next < segments.count, figures.count < 6 {
            let mark = segments[next - 1].mark
            guard mark == Mark.enumeration || mark == Mark.comma, segments[next].figures.count == 1,
                let figure = segments[next].figures.first
            else { break }
            let lead = segments[next].range.lowerBound..<text.quantities[figure].range.lowerBound
            guard
                lead.isEmpty
                    || PhraseSet.harm.length(
                        at: lead.lowerBound, before: lead.upperBound, in: scalars) != nil,
                MemberReader(text).tone(of: text.quantities[figure]) == .level
            else { break }
            figures.append(figure)
            next += 1
        }
        return figures.filter { text.quantities[$0].sort == .amount && text.quantities[$0].bound == .exact }
    }
}

extension PhraseSet {
    /// Words behind which what is counted is named.
    static let cues = PhraseSet("共发生 共查处 共检查 共受理 共排查 共完成 共 发生 累计 合计 总计")
    /// Words just before 发生 that make it a total.
    static let totalCues = PhraseSet("共 累计 合计 总计 总共 一共 共计")
    /// Words that add what an accident did: 死亡41人.
    static let harm = PhraseSet("死亡 造成 受伤 重伤 轻伤 失踪 伤亡 直接经济损失")
    /// Words in front of what is counted that do not narrow it.
    static let boundaries = PhraseSet("发生 发生了 发生过 查处 查处了 受理 排查 完成 发现 立案 办理 检查 开展 实施 建成 新建")
}
