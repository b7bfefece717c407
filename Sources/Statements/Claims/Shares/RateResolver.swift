import Figures

/// Ties rates to what was counted and judges them: 排查隐患18293条，完成整改18027条，整改率98%.
///
/// The numerator is the count that the rate's own word stands beside (整改 for 整改率); the denominator is a
/// count of the same unit before it, in the sentence or the two before. A count of what failed (不合格12批次)
/// is taken from the denominator or added to the numerator. A rate beside which nothing was counted is a level
/// that somebody measured and claims nothing here.
struct RateResolver {
    let view: SentenceView
    let group: FigureGroup
    let stem: Range<Int>
    /// The figures of the sentences just before, in order.
    let before: [Mention]

    private var scalars: [Unicode.Scalar] { view.scalars }

    /// A reading of the rate with how well the words tie it.
    private struct Reading {
        let formula: Formula
        let mentions: [Mention]
        let isTied: Bool
    }

    func drafts() -> [ClaimDraft] {
        let drafts = ungated()
        return isAim ? drafts.filter(\.judgement.verdict.isKind) : drafts
    }

    private func ungated() -> [ClaimDraft] {
        let figures = group.members.map { view.mentions[$0].quantity }
        if figures.count == 1, let figure = figures.first {
            return draft(figure, candidates()).map { [$0] } ?? []
        }
        return series(figures)
    }

    // MARK: Counts

    /// The counts before the rate in its sentence and paragraph, in order.
    private func candidates() -> [Mention] {
        if bracketBehind.count > 1 { return bracketBehind }
        let inside = view.visible(before: group).filter { $0.quantity.sort == .amount }
        let earlier =
            view.mentions.indices.contains(group.members.lowerBound)
                && view.mentions[group.members.lowerBound].bracket != nil && !inside.isEmpty ? [] : before
        let said = earlier.filter { $0.quantity.sort == .amount }.suffix(12) + inside.suffix(12)
        return (said + bracketBehind + failingBehind).filter { $0.direction == nil }
    }

    /// A count of what failed right behind the rate: 抽检500批次，合格率97.6%，不合格12批次.
    private var failingBehind: [Mention] {
        let end = group.members.upperBound
        guard view.mentions.indices.contains(end) else { return [] }
        let next = view.mentions[end]
        return next.quantity.sort == .amount && next.bracket == nil && saysFailing(next) ? [next] : []
    }

    /// The counts of a bracket right behind the rate: 整改率91.2%（68项中完成62项）.
    private var bracketBehind: [Mention] {
        let end = group.members.upperBound
        guard view.mentions.indices.contains(end - 1) else { return [] }
        let place = view.mentions[end - 1].quantity.range.upperBound
        return view.mentions[end..<min(end + 4, view.mentions.count)].filter {
            $0.bracket == place && $0.quantity.sort == .amount
        }
    }

    /// Whether the sentence sets an aim: 确保合格率达95%以上.
    private var isAim: Bool {
        let sentence = view.text.sentences[view.index].range
        let near = max(sentence.lowerBound, stem.lowerBound - 30)..<group.lead.upperBound
        return ChangeWords.aims.occurs(in: near, of: scalars) && !near.contains { scalars[$0] == "已" }
    }

    // MARK: Readings

    private func draft(_ stated: Quantity, _ counts: [Mention]) -> ClaimDraft? {
        let readings = readings(counts)
        let agreeing = readings.prefix(24).first { view.judge.agrees(stated, with: $0.formula) }
        if let reading = agreeing ?? readings.first(where: \.isTied) {
            return make(stated, reading, view.judge.judge(stated, against: reading.formula))
        }
        guard
            let last = counts.last(where: {
                $0.sentence == view.index && $0.quantity.range.lowerBound < stem.lowerBound
            }),
            isBeside(last)
        else { return nil }
        return ClaimDraft(
            kind: .rate, stated: stated, formula: nil,
            judgement: view.judge.missing([
                stands(last) || readings.isEmpty ? Roles.denominator : Roles.numerator
            ]),
            quote: view.quote(group, operands: [last]))
    }

    /// Numerators nearest first, each with the denominators before it, nearest first; then what is computed
    /// from a count of what failed.
    private func readings(_ counts: [Mention]) -> [Reading] {
        var (direct, indirect): ([Reading], [Reading]) = ([], [])
        let isFailing = stem.contains { Self.negations.contains(scalars[$0]) }
        for (place, top) in counts.enumerated().reversed()
        where top.sentence == view.index || place == counts.count - 1 {
            let others = counts[..<place].reversed().filter { UnitNouns.agree($0.unit, top.unit) }
            // A count in a bracket behind the rate is the rate's own: 不合格率0.48%（17组）.
            let isOwn = top.quantity.range.lowerBound > group.lead.upperBound && top.bracket != nil
            if saysFailing(top) == isFailing || (isOwn && isFailing) {
                direct += directReadings(top, others)
                for other in others where saysFailing(other) != isFailing && stands(top) {
                    indirect.append(reading([top, other], [1, 0], [1, 1], isTied: false))
                }
            } else {
                for other in others {
                    // 合格45批次，不合格5批次 adds up; 抽检500批次，不合格12批次 takes away.
                    let adds = stands(other) && saysFailing(other) == isFailing
                    guard adds || !other.quantity.value.isLess(than: top.quantity.value) else { continue }
                    indirect.append(
                        adds
                            ? reading([other, top], [1, 0], [1, 1], isTied: false)
                            : reading([other, top], [1, -1], [1, 0], isTied: false))
                }
            }
        }
        return direct + indirect
    }

    private func directReadings(_ top: Mention, _ others: [Mention]) -> [Reading] {
        let standing = stands(top) && top.sentence == view.index
        return others.filter { !$0.quantity.value.isLess(than: top.quantity.value) }.map { bottom in
            let isTied =
                standing && bottom.sentence >= view.index - 2 && !saysFailing(bottom)
                && isNearest(bottom, of: top, others) && (isTask(bottom) || isTested(bottom, top))
                && !isParted(bottom, top)
                && !isOfPart(top) && (isBehind(bottom) || !hasOwnSubject(bottom))
            let isNamed = standing && !isOfPart(top) && isNamed(bottom, beside: top)
            return reading([top, bottom], [1, 0], [0, 1], isTied: isTied || isNamed)
        }
    }

    /// Whether a count stands in the bracket right behind the rate, which speaks of the rate alone.
    private func isBehind(_ mention: Mention) -> Bool {
        bracketBehind.contains { $0.quantity.range == mention.quantity.range }
    }

    /// Whether a denominator is of exactly what its numerator is of: 丙县1905处, …, 丙县整改1824处，整改率95.7%.
    private func isNamed(_ bottom: Mention, beside top: Mention) -> Bool {
        let word = max(stem.lowerBound, stem.upperBound - 2)..<stem.upperBound
        var start = top.lead.lowerBound
        for place in top.lead where Mark.parts(scalars[place]) { start = place + 1 }
        let end = top.lead.upperBound - word.count
        guard end - start >= 2, end - start <= 10, contains(word, in: end..<top.lead.upperBound) else {
            return false
        }
        let place = bottom.lead.upperBound - (end - start)
        guard place >= bottom.lead.lowerBound,
            scalars[place..<bottom.lead.upperBound].elementsEqual(scalars[start..<end])
        else { return false }
        // 其中甲区3126处 and 、甲区3126处, not 新甲区3126处.
        return place == bottom.lead.lowerBound || Mark.parts(scalars[place - 1]) || scalars[place - 1] == "中"
    }

    /// Whether a denominator is the nearest greater count of exactly its numerator's unit.
    private func isNearest(_ bottom: Mention, of top: Mention, _ others: [Mention]) -> Bool {
        let greater = others.filter {
            $0.unit == top.unit && !$0.quantity.value.isLess(than: top.quantity.value)
        }
        return greater.first?.quantity.range == bottom.quantity.range
    }

    /// Whether the words beside a count say that it is what was to be done.
    private func isTask(_ bottom: Mention) -> Bool {
        let place = bottom.quantity.range.lowerBound
        let behind = bottom.quantity.range.upperBound
        let end = min(behind + 8, scalars.count)
        return ShareVocabulary.tasks.occurs(in: max(bottom.context, place - 32)..<place, of: scalars)
            || ShareVocabulary.tasks.occurs(in: clause(behind, end), of: scalars)
    }

    /// Whether two counts that stand together are of what was tested and how it came out: 小微企业5689家，不合格856家.
    private func isTested(_ bottom: Mention, _ top: Mention) -> Bool {
        top.lead.lowerBound == bottom.quantity.range.upperBound && top.lead.count <= 8
            && ShareVocabulary.results.length(
                endingAt: stem.upperBound, notBefore: stem.lowerBound, in: scalars) != nil
    }

    /// Whether the sentence goes on from a count to a part of it before the rate: 整改352条，其中重大隐患12条，整改率100%.
    private func isOfPart(_ top: Mention) -> Bool {
        let span = top.quantity.range.upperBound..<max(top.quantity.range.upperBound, stem.lowerBound)
        return ChangeWords.subset.occurs(in: span.clamped(to: 0..<scalars.count), of: scalars)
    }

    /// Whether the rate is of something that the counts do not name: 蔬菜合格率, 按期办结率.
    private func hasOwnSubject(_ bottom: Mention) -> Bool {
        var start = max(group.lead.lowerBound, stem.upperBound - 24)
        for place in start..<max(start, stem.upperBound) where Mark.parts(scalars[place]) {
            start = place + 1
        }
        let kept = WordContent.scalars(
            in: start..<max(start, stem.upperBound - 2), of: scalars, without: WordContent.ofRates)
        let said = min(bottom.context, start)..<start
        return WordContent.missing(kept, from: said, of: scalars) > 0
    }

    /// Whether a percentage stands between two counts: what was counted before it is done with.
    private func isParted(_ bottom: Mention, _ top: Mention) -> Bool {
        let span =
            bottom.quantity.range
            .upperBound..<max(
                bottom.quantity.range.upperBound, top.quantity.range.lowerBound)
        let end = group.members.lowerBound
        let inside = view.mentions[max(0, end - SentenceView.window)..<end]
        return (before + inside).contains {
            $0.quantity.sort == .percent && span.contains($0.quantity.range.lowerBound)
        }
    }

    private func reading(
        _ mentions: [Mention], _ above: [Int], _ below: [Int], isTied: Bool
    ) -> Reading {
        let roles = [Roles.numerator, Roles.denominator]
        let terms = zip(mentions, roles).map { view.term($0, $1) }
        return Reading(
            formula: Formula(terms, above: above, below: below), mentions: mentions, isTied: isTied)
    }

    // MARK: Words

    private static let negations: ScalarSet = "不未非"

    /// Whether the rate's own word stands beside a count: 完成90家 for 完成率, 10264条已整改完毕 for 整改率.
    private func stands(_ mention: Mention) -> Bool {
        let word = max(stem.lowerBound, stem.upperBound - 2)..<stem.upperBound
        guard word.count == 2 else { return false }
        let around = max(mention.lead.lowerBound, mention.quantity.range.lowerBound - 10)
        let behind = mention.quantity.range.upperBound
        let limit = min(behind + 10, word.lowerBound, scalars.count)
        return contains(word, in: around..<mention.quantity.range.lowerBound)
            || (behind < limit && contains(word, in: clause(behind, limit)))
            || (isCompletion
                && ShareVocabulary.done.occurs(
                    in: around..<mention.quantity.range.lowerBound, of: scalars))
    }

    /// 完成率 and 达标率 take whatever is said to have been done for their numerator.
    private var isCompletion: Bool {
        ShareVocabulary.completions.length(endingAt: stem.upperBound, notBefore: stem.lowerBound, in: scalars)
            != nil
    }

    private func clause(_ start: Int, _ limit: Int) -> Range<Int> {
        let end = (start..<limit).first { Mark.parts(scalars[$0]) } ?? limit
        return start..<end
    }

    private func contains(_ word: Range<Int>, in range: Range<Int>) -> Bool {
        guard range.count >= word.count else { return false }
        for start in range.lowerBound...(range.upperBound - word.count)
        where scalars[start..<(start + word.count)].elementsEqual(scalars[word]) { return true }
        return false
    }

    /// Whether a count is of what failed: 不合格12批次, 其中12批次不合格.
    private func saysFailing(_ mention: Mention) -> Bool {
        let start = max(mention.lead.lowerBound, mention.quantity.range.lowerBound - 8)
        let before = start..<mention.quantity.range.lowerBound
        if before.contains(where: { Self.negations.contains(scalars[$0]) }) { return true }
        let behind = mention.quantity.range.upperBound
        let limit = min(behind + 4, scalars.count)
        return behind < limit
            && clause(behind, limit).contains { Self.negations.contains(scalars[$0]) }
    }

    /// Whether a count stands in the clause just before the rate, or its own word beside it.
    private func isBeside(_ mention: Mention) -> Bool {
        if stands(mention) { return true }
        let gap = mention.quantity.range.upperBound..<max(mention.quantity.range.upperBound, stem.upperBound)
        return gap.count <= 12 && gap.count { scalars[$0] == "，" } == 1
    }

    // MARK: Drafts

    /// 合格率分别为98.5%和97.2%: as many numerators and denominators in turn.
    private func series(_ figures: [Quantity]) -> [ClaimDraft] {
        let counts = candidates().filter { $0.sentence == view.index }
        guard counts.count >= 2 * figures.count else { return [] }
        let chosen = Array(counts.suffix(2 * figures.count))
        let count = figures.count
        // 抽检500、300批次，合格490、291批次, or 抽检500批次，合格490批次；抽检300批次，….
        let apart = (0..<count).map { (top: chosen[count + $0], bottom: chosen[$0]) }
        let inTurn = (0..<count).map { (top: chosen[2 * $0 + 1], bottom: chosen[2 * $0]) }
        for order in [apart, inTurn] {
            let judged: [(stated: Quantity, reading: Reading, judgement: Judgement)] = figures.indices.map {
                let reading = reading([order[$0].top, order[$0].bottom], [1, 0], [0, 1], isTied: false)
                return (figures[$0], reading, view.judge.judge(figures[$0], against: reading.formula))
            }
            guard judged.contains(where: { $0.judgement.verdict.isKind }) else { continue }
            return judged.filter { $0.judgement.verdict.isKind || stands($0.reading.mentions[0]) }
                .map { make($0.stated, $0.reading, $0.judgement) }
        }
        return []
    }

    private func make(_ stated: Quantity, _ reading: Reading, _ judgement: Judgement) -> ClaimDraft {
        ClaimDraft(
            kind: .rate, stated: stated, formula: reading.formula, judgement: judgement,
            quote: view.quote(group, operands: reading.mentions))
    }
}
