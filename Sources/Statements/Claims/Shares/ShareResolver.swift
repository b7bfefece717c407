import Figures

/// Ties shares to a part and a whole and judges them: 死亡18人，占事故死亡总数的69.23%.
///
/// The part is the last figure before 占 that fits the noun of the whole; the whole is looked up by unit, noun
/// and region in the sentence, a bracket behind, and what was said before. Of the readings the words allow the
/// first that agrees counts; none is wrong unless the words tie both figures.
struct ShareResolver {
    let view: SentenceView
    let group: FigureGroup
    let words: ShareWords
    /// The words of the whole, for comparing.
    private let wordCode: WordCode
    private let search: WholeSearch
    /// The words between the last comma or figure before 占 and 占, without adverbs.
    private let subject: Range<Int>

    /// `parts` says where figures stand that the paragraph has said are parts of the same whole.
    init(view: SentenceView, group: FigureGroup, words: ShareWords, wordCode: WordCode, parts: Set<Int>) {
        (self.view, self.group, self.words, self.wordCode) = (view, group, words, wordCode)
        search = WholeSearch(view: view, group: group, words: words.whole, parts: parts)
        subject = Self.subject(of: words, in: group, view.scalars)
    }

    /// A share that no reading mends, kept until its neighbours say whether the whole is certain.
    struct Doubt {
        let draft: ClaimDraft
        /// The same claim if its whole is certain; `near` when that stands in the paragraph and is a total.
        let candidates: [(whole: Int, draft: ClaimDraft, isNear: Bool, isForeign: Bool)]
        let words: WordCode
    }

    /// What was found: a claim, with the whole it agrees with, or a doubt.
    enum Finding {
        case settled(ClaimDraft, whole: Int?, words: WordCode)
        case doubt(Doubt)
        /// A figure that claims nothing that could be told.
        case nothing
    }

    func findings() -> [Finding] {
        let figures = group.members.map { view.mentions[$0].quantity }
        let parts = parts(figures.count)
        if words.holdsFigure { return figures.map { ofFigure($0, parts.first ?? []) } }
        if figures.count > 1, parts.isEmpty, let together = together(figures) { return together }
        return figures.enumerated().map { index, figure in
            let own = parts.indices.contains(index) ? parts[index] : []
            return finding(figure, own, index: index, count: figures.count)
        }
    }

    // MARK: Parts

    /// For each figure the parts it may speak of, best first.
    private func parts(_ count: Int) -> [[Mention]] {
        let levels = view.visible(before: group).filter {
            $0.isLevel && $0.quantity.sort == .amount && !isWhole($0)
        }
        let unspent = levels.filter { !isBehindPercent($0) }
        // 起数、人数同比分别下降…，占…的24.3%和35.6%: the figures behind the change are spoken of again.
        let region = unspent.isEmpty ? levels : unspent
        if count > 1 {
            let chosen = region.suffix(count)
            return chosen.count == count ? chosen.map { [$0] } : []
        }
        let units = UnitNouns.units(in: words.whole, of: view.scalars)
        let fitting = units.last.map { unit in region.filter { UnitNouns.agree($0.unit, unit) } } ?? []
        let own = fitting.isEmpty ? Array(region.reversed().prefix(3)) : Array(fitting.reversed().prefix(3))
        return [own]
    }

    /// Whether the clause of 占 has a subject of its own, so that the figures before are not its part.
    private var hasOwnSubject: Bool { !subject.isEmpty }

    private static func subject(
        of words: ShareWords, in group: FigureGroup, _ scalars: [Unicode.Scalar]
    ) -> Range<Int> {
        var start = group.lead.lowerBound
        for place in group.lead where place < words.start && Mark.parts(scalars[place]) {
            start = place + 1
        }
        var end = max(start, words.start)
        while let length = ChangeWords.fillers.length(
            endingAt: end, notBefore: start, in: scalars)
        {
            end -= length
        }
        return start..<max(start, end)
    }

    /// Whether an earlier percentage stands between a figure and the group.
    private func isBehindPercent(_ mention: Mention) -> Bool {
        view.mentions[max(0, group.members.lowerBound - 8)..<group.members.lowerBound].contains {
            $0.quantity.sort == .percent && $0.bracket == mention.bracket
                && $0.quantity.range.lowerBound > mention.quantity.range.lowerBound
        }
    }

    /// Whether a figure is rather the whole: it names the region of the whole, and 占 has its own subject.
    private func isWhole(_ mention: Mention) -> Bool {
        hasOwnSubject && search.sharesScope(mention)
    }

    // MARK: Pairs

    private func finding(_ stated: Quantity, _ parts: [Mention], index: Int, count: Int) -> Finding {
        if words.isLoose, stated.sort == .times { return ratio(stated, parts) }
        guard let first = parts.first else { return withoutPart(stated, index: index, count: count) }
        if count == 1, let added = added(stated, first) { return added }
        var refused: [WholeSearch.Candidate] = []
        var named: ClaimDraft?
        for part in parts {
            let excluding = count > 1 ? [] : parts.filter { $0.quantity.value == part.quantity.value }
            let wholes = search.candidates(
                unit: part.unit, part: part, excluding: excluding, stated: stated)
            for (place, candidate) in wholes.enumerated() where candidate.score > -6 {
                if agrees(stated, part, candidate.mention) {
                    return .settled(
                        draft(stated, part, candidate.mention),
                        whole: candidate.mention.quantity.range.lowerBound, words: wordCode)
                }
                guard part.quantity.range == first.quantity.range, isTied(part) else { continue }
                refused.append(candidate)
                let next = wholes.indices.contains(place + 1) ? wholes[place + 1].score : .min / 2
                if place == 0, isCertain(candidate, next: next) {
                    named = draft(stated, part, candidate.mention)
                }
            }
        }
        if hasOwnSubject,
            case .settled(let draft, let whole, let words) =
                withoutPart(stated, index: index, count: count), draft.judgement.verdict.isKind
        {
            return .settled(draft, whole: whole, words: words)
        }
        if let named { return .settled(named, whole: nil, words: wordCode) }
        let doubt = open(stated, first)
        guard !refused.isEmpty else {
            return .settled(doubt, whole: nil, words: wordCode)
        }
        let drafts = refused.enumerated().map { place, candidate in
            let isNear =
                place == 0 && candidate.saysTotal && !candidate.isForeign
                && view.text.sentences[candidate.mention.sentence].paragraph == view.paragraph
            return (
                candidate.mention.quantity.range.lowerBound, draft(stated, first, candidate.mention), isNear,
                candidate.isForeign
            )
        }
        return .doubt(Doubt(draft: doubt, candidates: drafts, words: wordCode))
    }

    /// 分别为125起、118起、112起，…，合计占28.3%: the part is the sum of those before, where that agrees.
    private func added(_ stated: Quantity, _ last: Mention) -> Finding? {
        let near = max(group.lead.lowerBound, words.start - 4)..<words.start
        guard ShareVocabulary.sums.occurs(in: near, of: view.scalars) else { return nil }
        let levels = view.visible(before: group).filter { $0.isLevel && $0.unit == last.unit }
        let wholes = search.candidates(unit: last.unit, part: last, excluding: levels, stated: stated)
        for count in 2...8 where count <= levels.count {
            let parts = levels.suffix(count).map { view.term($0, Roles.part) }
            for whole in wholes.prefix(3) where whole.score > 0 {
                let formula = Formula(
                    parts + [view.term(whole.mention, Roles.whole)],
                    above: parts.map { _ in 1 } + [0], below: parts.map { _ in 0 } + [1])
                guard view.judge.agrees(stated, with: formula) else { continue }
                let draft = ClaimDraft(
                    kind: .share, stated: stated, formula: formula,
                    judgement: view.judge.judge(stated, against: formula),
                    quote: view.quote(group, operands: levels.suffix(count).filter { isNear($0) }))
                return .settled(draft, whole: nil, words: wordCode)
            }
        }
        return nil
    }

    /// Whether nothing but a comma and adverbs stand between a part and 占.
    private func isTied(_ part: Mention) -> Bool {
        guard subject.isEmpty else { return false }
        return part.quantity.range.upperBound >= group.lead.lowerBound
            || view.mentions[max(0, group.members.lowerBound - 2)..<group.members.lowerBound].contains {
                $0.quantity.range == part.quantity.range
            }
    }

    /// Whether the words leave no doubt which figure is the whole.
    private func isCertain(_ candidate: WholeSearch.Candidate, next: Int) -> Bool {
        guard candidate.score > 0, !candidate.mention.isSubset else { return false }
        if candidate.isForeign { return false }
        if candidate.isNamed { return candidate.score >= next + 3 }
        if words.whole.isEmpty {
            // 共有小区256个，其中…189个，占73.8%.
            return candidate.mention.sentence == view.index && candidate.saysTotal && isBehindSubset
                && candidate.score >= next + 3
        }
        return candidate.mention.sentence == view.index && candidate.score >= next + 3
            && ShareVocabulary.wholes.occurs(in: words.whole, of: view.scalars)
    }

    /// Whether the sentence has said 其中 before the group.
    private var isBehindSubset: Bool {
        let place = group.members.lowerBound
        return place > 0 && view.mentions[place - 1].isSubset
    }

    private func formula(_ stated: Quantity, _ part: Mention, _ whole: Mention) -> Formula {
        Formula(
            [view.term(part, Roles.part), view.term(whole, Roles.whole)], above: [1, 0], below: [0, 1],
            scale: stated.sort == .times ? .one : Rational(100))
    }

    /// Whether a figure is the share of a part in a whole, in some reading.
    private func agrees(_ stated: Quantity, _ part: Mention, _ whole: Mention) -> Bool {
        if part.isExactCount, whole.isExactCount,
            let quick = Judge.agrees(
                stated, part: part.quantity.value, whole: whole.quantity.value,
                scale: stated.sort == .times ? 1 : 100)
        {
            return quick
        }
        return view.judge.agrees(stated, with: formula(stated, part, whole))
    }

    private func draft(_ stated: Quantity, _ part: Mention, _ whole: Mention) -> ClaimDraft {
        let formula = formula(stated, part, whole)
        return ClaimDraft(
            kind: .share, stated: stated, formula: formula,
            judgement: view.judge.judge(stated, against: formula),
            quote: view.quote(group, operands: [part, whole].filter { isNear($0) }))
    }

    /// Whether a figure is near enough before the group to be quoted with it.
    private func isNear(_ mention: Mention) -> Bool {
        mention.sentence == view.index && mention.quantity.range.lowerBound < group.lead.upperBound
            && group.lead.upperBound - mention.quantity.range.lowerBound < 160
    }

    /// The whole is not in the text: 12起，占总数的9.1% wants one of 132.
    private func open(_ stated: Quantity, _ part: Mention) -> ClaimDraft {
        let formula = Formula(
            [view.term(part, Roles.part), Term(exactly: .zero, role: Roles.whole)], above: [1, 0],
            below: [0, 1])
        let answer = view.judge.judge(stated, against: formula, open: 1, isTied: false)
        return filled(formula, 1, stated, answer, [part])
    }

    private func filled(
        _ formula: Formula, _ index: Int, _ stated: Quantity,
        _ answer: (judgement: Judgement, found: Rational?), _ mentions: [Mention]
    ) -> ClaimDraft {
        var terms = formula.terms
        if let found = answer.found, terms.indices.contains(index) {
            terms[index] = Term(exactly: found, role: terms[index].role)
        }
        return ClaimDraft(
            kind: .share, stated: stated,
            formula: Formula(terms, above: formula.above, below: formula.below, scale: formula.scale),
            judgement: answer.judgement, quote: view.quote(group, operands: mentions.filter { isNear($0) }))
    }

    /// 占全部68家企业的17.6%: the whole is the figure inside the words.
    private func ofFigure(_ stated: Quantity, _ parts: [Mention]) -> Finding {
        let place = group.members.lowerBound - 1
        guard view.mentions.indices.contains(place) else { return .nothing }
        let whole = view.mentions[place]
        let fitting = parts.filter {
            $0.quantity.range != whole.quantity.range && UnitNouns.agree($0.unit, whole.unit)
        }
        let judged = fitting.map { draft(stated, $0, whole) }
        if let first = judged.first(where: { $0.judgement.verdict.isKind }) ?? judged.first {
            return .settled(first, whole: whole.quantity.range.lowerBound, words: wordCode)
        }
        let (formula, answer) = partOf(whole, stated)
        return .settled(
            filled(formula, 0, stated, answer, [whole]), whole: whole.quantity.range.lowerBound,
            words: wordCode)
    }

    // MARK: Without a part

    /// The sentence states no part: one that the subject names earlier, or a whole number of the whole.
    private func withoutPart(_ stated: Quantity, index: Int, count: Int) -> Finding {
        let subjects = UnitNouns.units(in: words.isLoose ? beforeVerb : group.lead, of: view.scalars)
        let named = UnitNouns.units(in: words.whole, of: view.scalars)
        let unit =
            count > 1 && subjects.count >= count
            ? subjects[max(0, subjects.count - count)...].dropFirst(index).first : named.last ?? subjects.last
        let wholes =
            unit.map {
                search.candidates(unit: $0, part: nil, excluding: [], stated: stated)
            } ?? unitless(stated)
        if let found = earlierPart(stated, wholes) { return found }
        for candidate in wholes.prefix(4) where candidate.score > 0 && candidate.mention.quantity.isCounted {
            let (formula, answer) = partOf(candidate.mention, stated)
            if answer.judgement.verdict.isKind {
                return .settled(
                    filled(formula, 0, stated, answer, [candidate.mention]),
                    whole: candidate.mention.quantity.range.lowerBound, words: wordCode)
            }
        }
        // 为…的27% without any figure it could be of is a level.
        if words.isLoose { return .nothing }
        let roles = wholes.isEmpty ? [Roles.part, Roles.whole] : [Roles.part]
        return .settled(
            ClaimDraft(
                kind: .share, stated: stated, formula: nil, judgement: view.judge.missing(roles),
                quote: view.quote(group, operands: [])), whole: nil, words: wordCode)
    }

    /// Whether some whole number is the part of a whole that the stated figure names.
    private func partOf(
        _ whole: Mention, _ stated: Quantity
    ) -> (Formula, (judgement: Judgement, found: Rational?)) {
        let formula = Formula(
            [Term(exactly: .zero, role: Roles.part), view.term(whole, Roles.whole)], above: [1, 0],
            below: [0, 1])
        return (formula, view.judge.judge(stated, against: formula, open: 0, isTied: false))
    }

    /// 起数和死亡人数分别占…的52.17%和50%: the wholes of several figures stand together in one sentence.
    private func together(_ figures: [Quantity]) -> [Finding]? {
        let subjects = UnitNouns.units(in: group.lead, of: view.scalars)
        guard subjects.count >= figures.count else { return nil }
        let units = Array(subjects.prefix(figures.count))
        let wholes = zip(figures, units).map {
            search.candidates(unit: $1, part: nil, excluding: [], stated: $0).filter {
                $0.score > 0 && $0.mention.quantity.isCounted
            }
        }
        for first in wholes.first ?? [] {
            let sentence = first.mention.sentence
            let chosen = wholes.compactMap { $0.first { $0.mention.sentence == sentence } }
            guard chosen.count == figures.count else { continue }
            let answers = zip(figures, chosen).map { ($0, $1.mention, partOf($1.mention, $0)) }
            guard answers.allSatisfy({ $0.2.1.judgement.verdict.isKind }) else { continue }
            return answers.map { stated, whole, answer in
                .settled(
                    filled(answer.0, 0, stated, answer.1, [whole]), whole: whole.quantity.range.lowerBound,
                    words: wordCode)
            }
        }
        return nil
    }

    /// The words of the clause before 占 or 为.
    private var beforeVerb: Range<Int> {
        min(group.lead.lowerBound, words.start)..<words.start
    }

    /// Wholes when neither subject nor whole has a noun with a unit: those the words name.
    private func unitless(_ stated: Quantity) -> [WholeSearch.Candidate] {
        guard group.members.lowerBound > 0 else { return [] }
        let unit = view.mentions[group.members.lowerBound - 1].unit
        return search.candidates(unit: unit, part: nil, excluding: [], stated: stated)
    }

    /// A part that the subject of 占 names, stated in an earlier sentence: 我省占全国总数的8.5%.
    private func earlierPart(_ stated: Quantity, _ wholes: [WholeSearch.Candidate]) -> Finding? {
        guard !subject.isEmpty else { return nil }
        let scope = WholeSearch.scope(in: subject, of: view.scalars)
        let end = group.members.lowerBound
        let inside = view.mentions[max(0, end - SentenceView.window)..<end].reversed()
        for candidate in wholes.prefix(3) where candidate.score > 0 {
            for part in inside + view.memory.nearestFirst(candidate.mention.unit).map(\.mention) {
                guard part.isLevel, part.unit == candidate.mention.unit,
                    part.quantity.range != candidate.mention.quantity.range,
                    view.text.sentences[part.sentence].paragraph == view.paragraph
                else { continue }
                let context = search.context(part)
                // A part of the whole is spoken of again only by its own name.
                guard !part.isSubset || WholeSearch.overlap(subject, part.lead, in: view.scalars) > 2 else {
                    continue
                }
                let isScope = scope != nil && WholeSearch.scope(in: context, of: view.scalars) == scope
                guard isScope || WholeSearch.overlap(subject, context, in: view.scalars) > 1 else { continue }
                if agrees(stated, part, candidate.mention) {
                    return .settled(
                        draft(stated, part, candidate.mention),
                        whole: candidate.mention.quantity.range.lowerBound, words: wordCode)
                }
            }
        }
        return nil
    }

    // MARK: Multiples

    /// 是去年的1.2倍, 为全国平均水平的1.3倍.
    private func ratio(_ stated: Quantity, _ parts: [Mention]) -> Finding {
        let bases = view.bases(around: group)
        for part in parts {
            guard let base = bases.last(where: { $0.unit == part.unit }) else { continue }
            return .settled(draft(stated, part, base), whole: nil, words: wordCode)
        }
        for part in parts.prefix(1) {
            let wholes = search.candidates(unit: part.unit, part: nil, excluding: [part], stated: stated)
            for candidate in wholes.prefix(3) where candidate.score > 2 {
                if agrees(stated, part, candidate.mention) {
                    let draft = draft(stated, part, candidate.mention)
                    return .settled(draft, whole: nil, words: wordCode)
                }
            }
        }
        return .settled(
            ClaimDraft(
                kind: .ratio, stated: stated, formula: nil, judgement: view.judge.missing([Roles.base]),
                quote: view.quote(group, operands: parts.prefix(1).map { $0 })), whole: nil,
            words: wordCode)
    }
}

extension Quantity {
    /// Whether it counts whole things.
    var isCounted: Bool { WholeNumbers.areCounted(self) }
}
