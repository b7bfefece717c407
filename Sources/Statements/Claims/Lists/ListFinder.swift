import Figures

/// Finds stated counts and totals and the lists that follow them, and judges the one against the other.
///
/// A count of members (有22个地区…，分别是…) makes a claim of kind `listCount`; a total of a unit that every member
/// has a figure of (34起 against 7起、5起、…) makes one of kind `listSum`. A list that says it is a selection makes
/// none. A list that may be whole or not (其中…) makes one only when the figures agree, or when another figure
/// of the same list shows that it is whole. Totals are looked for in the list's own sentence and then where
/// the document states the same subject for the same period and region.
public struct ListFinder: Sendable {
    /// Makes a finder; it has no settings.
    public init() {}

    /// The claims of all lists in a text, in the order of their sentences.
    public func claims(in text: ReadText) -> [Claim] {
        Self.claims(in: text) { _ in }
    }

    /// The claims of lists; calls for the statements of totals of every sentence, in order.
    static func claims(in text: ReadText, _ body: ([StatedTotals.Found]) -> Void) -> [Claim] {
        var claims: [Claim] = []
        ListScan.visit(text) { lists, segments, _, statements in
            body(statements)
            let counted = lists.flatMap { $0.claims() }
            claims += counted
            claims += NamedCounts(text: text, segments: segments).claims().filter { named in
                !counted.contains { $0.range == named.range && $0.kind == named.kind }
            }
            claims += ClosingTotals(text: text, segments: segments).claims()
            claims += BracketSums(text: text, segments: segments).claims()
        }
        return claims + NumberedLines(text: text).claims()
    }
}

/// One sentence searched for lists.
struct ListScan {
    let text: ReadText
    let sentence: FullSentence
    let segments: [Segment]
    /// The segments of the sentence before in the same paragraph.
    let before: [Segment]
    let totals: StatedTotals

    private var scalars: [Unicode.Scalar] { text.source.scalars }

    /// Calls for every sentence with figures, in order, with its lists, its segments, where it stands,
    /// and the totals it states.
    static func visit(
        _ text: ReadText, _ body: ([ListJudge], [Segment], FullSentence, [StatedTotals.Found]) -> Void
    ) {
        let totals = StatedTotals(text)
        let reader = SegmentReader(text)
        var before: [Segment] = []
        var paragraph = -1
        for sentence in FullSentence.all(in: text) {
            if sentence.quantities.isEmpty {
                before = []
                continue
            }
            let segments = reader.segments(sentence.range, quantities: sentence.quantities)
            if sentence.paragraph != paragraph { before = [] }
            let scan = ListScan(
                text: text, sentence: sentence, segments: segments, before: before, totals: totals)
            let statements = totals.statements(sentence, segments: segments)
            body(scan.lists(), segments, sentence, statements)
            totals.add(statements)
            before = segments
            paragraph = sentence.paragraph
        }
    }

    /// The sentence's lists from left to right; a list ends where the next head begins.
    func lists() -> [ListJudge] {
        var lists: [ListJudge] = []
        var (index, headStart) = (0, 0)
        while index < segments.count {
            guard let found = opening(in: index) else {
                index += 1
                continue
            }
            let start = found.word.upperBound
            let first = start >= segments[index].range.upperBound ? index + 1 : index
            let flat = MemberReader(text).read(segments, from: first, at: start)
            let chunked = chunked(first, at: start, flat: flat)
            // Without a list the words only looked like an opening: the head goes on behind them.
            if let list = ListJudge.main(flat, chunked) {
                lists.append(
                    ListJudge(
                        text: text, head: head(found, from: headStart, to: index), flat: flat,
                        chunked: chunked, main: list, totals: totals))
                headStart = max(index, min(list.nextSegment, segments.count))
                index = max(index + 1, headStart)
            } else {
                index += 1
            }
        }
        return lists
    }

    /// The other reading of a list, whole clauses as members.
    private func chunked(_ first: Int, at start: Int, flat: MemberList) -> MemberList? {
        if let list = ChunkReader(text, separator: Mark.semicolon).read(segments, from: first, at: start) {
            return list
        }
        guard !flat.hasCommonKeys,
            let list = ChunkReader(text, separator: Mark.comma).read(segments, from: first, at: start),
            list.commonKeys.count > 1
        else { return nil }
        return list
    }

    private func head(
        _ found: (opening: ListHead.Opening, word: Range<Int>), from first: Int, to index: Int
    ) -> ListHead {
        let own = ListHead(
            found.opening, introducer: found.word, segments: segments, from: min(first, index), to: index,
            in: text)
        let mayGoOn = found.opening == .partial || found.opening == .complete
        guard own.allFigures.isEmpty, mayGoOn, !before.isEmpty, index == 0,
            found.word.lowerBound - segments[0].range.lowerBound < 6
        else { return own }
        return ListHead(
            found.opening, introducer: found.word, segments: before, from: 0, to: before.count - 1, in: text)
    }

    /// The introducing word in a segment.
    private func opening(in index: Int) -> (opening: ListHead.Opening, word: Range<Int>)? {
        let segment = segments[index]
        if let word = outside(segment, ListWords.complete), !isRespectiveFigures(word, index) {
            return (.complete, word)
        }
        if let word = outside(segment, ListWords.partial) { return (.partial, word) }
        let end = segment.range.upperBound
        if segment.mark == Mark.colon { return (.colon, end..<end) }
        if segment.mark == Mark.comma,
            ListWords.divided.length(endingAt: end, notBefore: segment.range.lowerBound, in: scalars) != nil
        {
            return (.divided, end..<end)
        }
        // 在所有投诉中，商品类…；服务类…
        let first = scalars[segment.range.lowerBound]
        let isWithin = first == "在" || first == "从" || !segment.figures.isEmpty
        if segment.mark == Mark.comma, scalars[end - 1] == "中", isWithin {
            return (.divided, end..<end)
        }
        return nil
    }

    private func outside(_ segment: Segment, _ words: PhraseSet) -> Range<Int>? {
        var start = segment.range.lowerBound
        while let word = words.first(in: start..<segment.range.upperBound, of: scalars) {
            guard let bracket = segment.brackets.first(where: { $0.contains(word.lowerBound) }) else {
                // 即 inside 立即 or 即将 introduces nothing.
                if scalars[word.lowerBound] != "即" || word.lowerBound == segment.range.lowerBound {
                    return word
                }
                start = word.upperBound
                continue
            }
            start = bracket.upperBound
        }
        return nil
    }

    /// 分别为3起和2起 gives figures to names that stand before it; it opens no list.
    private func isRespectiveFigures(_ word: Range<Int>, _ index: Int) -> Bool {
        guard let figure = MemberReader(text).firstQuantity(in: word.upperBound..<word.upperBound + 3) else {
            return false
        }
        return text.quantities[figure].range.lowerBound <= word.upperBound
            && text.quantities[figure].sort != .date
    }
}
