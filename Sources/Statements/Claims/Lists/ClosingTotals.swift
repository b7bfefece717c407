import Figures

/// Finds totals that stand behind their parts: 省级13个，县级5个，总计18个.
///
/// They hold when the figures just before them add up to them; they are wrong only when what stands before
/// is one list of three or more members of the same build with nothing else of the unit in the sentence.
struct ClosingTotals {
    let text: ReadText
    let segments: [Segment]

    /// How many figures before a total are looked through.
    private static let searched = 60

    func claims() -> [Claim] {
        var claims: [Claim] = []
        let reader = MemberReader(text)
        for (index, segment) in segments.enumerated() where index > 0 {
            guard let figure = segment.figures.first, let word = word(segment, figure) else { continue }
            let total = text.quantities[figure]
            guard total.sort == .amount, total.bound == .exact, total.upper == nil, !total.unit.isEmpty,
                reader.tone(of: total) == .level
            else { continue }
            if let claim = claim(figure, word, before: index) { claims.append(claim) }
        }
        return claims
    }

    /// The word for a total at the beginning of a segment, close to its figure.
    private func word(_ segment: Segment, _ figure: Int) -> Range<Int>? {
        let period = PeriodWords.leading(segment.range, of: text.source.scalars)
        let start = period?.upperBound ?? segment.range.lowerBound
        let end = text.quantities[figure].range.lowerBound
        if end - start <= 12,
            let length = ListWords.closingTotal.length(at: start, before: end, in: text.source.scalars)
        {
            return start..<(start + length)
        }
        // C、D级合计10.21万户: what is added up is named before the word.
        guard end - segment.range.lowerBound <= 16,
            let length = ListWords.closingTotal.length(
                endingAt: end, notBefore: segment.range.lowerBound, in: text.source.scalars)
        else { return nil }
        return (end - length)..<end
    }

    private func claim(_ index: Int, _ word: Range<Int>, before segment: Int) -> Claim? {
        let total = text.quantities[index]
        let key = FigureKey(unit: total.unitCode, tone: .level)
        let parts = parts(key, before: segment)
        var figures: [ListFigure] = []
        for part in parts {
            figures.insert(part, at: 0)
            guard figures.count > 1, let sum = ListSum(figures, key: key, in: text) else { continue }
            let verdict = sum.verdict(total)
            if verdict == .holds || verdict == .explained { return made(sum, index, verdict, word) }
            if total.value < sum.value { break }
        }
        guard let list = list(before: segment), list.isHomogeneous, list.count.lowerBound > 1, !list.isCut,
            list.nextSegment == segment, let common = list.commonKeys.first(where: key.mayTotal),
            let sum = ListSum(list.figures(common), key: key, in: text)
        else { return nil }
        let verdict = sum.verdict(total)
        guard
            verdict != .wrong
                || ((list.members.count > 2 || areTwins(list)) && list.figures(common).count == parts.count
                    && isNear(sum.value, total.value))
        else { return nil }
        return made(sum, index, verdict, word)
    }

    /// The figures of a kind before a total, the nearest first, back to another total.
    private func parts(_ key: FigureKey, before segment: Int) -> [ListFigure] {
        let reader = MemberReader(text)
        var parts: [ListFigure] = []
        for index in (max(0, segment - 2 * Self.searched)..<segment).reversed() {
            let found = reader.figures(segments[index], times: 1).filter { key.mayTotal($0.key) }
            parts += found.reversed()
            if parts.count > Self.searched { break }
            let range = segments[index].range
            if ListWords.closingTotal.length(
                at: range.lowerBound, before: range.upperBound, in: text.source.scalars) != nil
            {
                break
            }
        }
        return parts
    }

    /// The list that begins the sentence, behind its period.
    private func list(before segment: Int) -> MemberList? {
        guard let first = segments.first else { return nil }
        let period = PeriodWords.leading(first.range, of: text.source.scalars)
        // 1月发生3起 is a member; 2013年1月， only says when.
        let isAlone = period.map { $0.upperBound >= first.range.upperBound } ?? false
        // 较大事故中，道路运输8起、…: the first clause only says of what.
        let isHead =
            first.mark == Mark.comma && first.figures.isEmpty && first.bracketFigures.isEmpty
            && "中看分".unicodeScalars.contains(text.source.scalars[first.range.upperBound - 1])
        let start = isAlone || isHead ? first.range.upperBound : first.range.lowerBound
        let from = start >= first.range.upperBound ? 1 : 0
        guard from < segment, segment <= 200 else { return nil }
        return MemberReader(text).read(Array(segments[0..<segment]), from: from, at: start)
    }

    /// Whether two members end with the same noun: 职工医保参保人数、居民医保参保人数.
    private func areTwins(_ list: MemberList) -> Bool {
        guard list.members.count == 2, let first = list.members.first?.name,
            let last = list.members.last?.name
        else { return false }
        let scalars = text.source.scalars
        return first.count > 2 && last.count > 2
            && scalars[first].suffix(2).elementsEqual(scalars[last].suffix(2))
    }

    private func isNear(_ first: Rational, _ second: Rational) -> Bool {
        guard let distance = try? first.subtracting(second), let fifth = try? second.divided(by: Rational(5))
        else { return false }
        return distance.magnitude <= max(fifth, .one)
    }

    private func made(_ sum: ListSum, _ index: Int, _ verdict: Verdict, _ word: Range<Int>) -> Claim {
        let total = text.quantities[index]
        let printed = text.source.text(total.range)
        let first = sum.figures.first.map { text.quantities[$0.quantity].range.lowerBound } ?? word.lowerBound
        let quote = min(first, word.lowerBound)..<total.range.upperBound
        return Claim(
            kind: .total, stated: printed, range: total.range, quote: quote,
            operands: sum.operands(in: text), recomputed: sum.value, verdict: verdict
        ) { [text] in
            let should = Measure.text(sum.value, as: total, in: text.source)
            let written = "\(sum.written(in: text)) = \(should)"
            return Claim.Texts(
                recomputed: should, explanation: Self.explanation(verdict, written, printed))
        }
    }

    private static func explanation(_ verdict: Verdict, _ written: String, _ printed: String) -> Phrase {
        switch verdict {
        case .holds:
            Phrase(
                "前列各项相加：\(written)，与\(printed)相符。", "The figures before add up: \(written), which agrees."
            )
        case .explained:
            Phrase(
                "前列各项相加：\(written)，与\(printed)之差在四舍五入的范围之内。",
                "The figures before add up: \(written); the difference from \(printed) lies within rounding."
            )
        default:
            Phrase(
                "前列各项相加：\(written)，文中合计为\(printed)，两者不符。请核对合计数和各项。",
                "The figures before add up: \(written), but the total says \(printed). Check the total and its "
                    + "parts.")
        }
    }
}
