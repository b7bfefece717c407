import Figures

/// Ties percentages of change to the figures of their sentence and judges them.
///
/// 23起、26人，同比减少5起、9人，分别下降17.86%和25.71%: the differences since the last percentage give the
/// subjects, in their order or by the nouns beside the percentages; the level of the same unit before gives the
/// period's own figure; the two give the base. Where the base is stated it is used; where only one of the three
/// is stated and counts whole things, the other is looked for among the whole numbers.
struct ChangeResolver {
    let view: SentenceView
    let group: FigureGroup

    /// One percentage and the figures it may be computed from.
    private struct Pair {
        let stated: Quantity
        let direction: Mention.Direction?
        let delta: Mention?
        let level: Mention?
        let base: Mention?

        init(
            stated: Quantity, direction: Mention.Direction? = nil, delta: Mention? = nil,
            level: Mention? = nil, base: Mention? = nil
        ) {
            (self.stated, self.direction, self.delta) = (stated, direction, delta)
            (self.level, self.base) = (level, base)
        }
    }

    func drafts() -> [ClaimDraft] {
        let figures = group.members.map { view.mentions[$0].quantity }
        if figures.first?.sort == .percentagePoint { return points(figures) }
        // A yearly average over several years is not the change between its ends.
        if isAverage { return figures.map { missing(Pair(stated: $0), [Roles.yearly], []) } }
        let region = view.region(before: group)
        let deltas = region.filter { $0.direction != nil }
        return pairs(figures, region, deltas).map { draft(for: $0) }
    }

    private var isAverage: Bool {
        ChangeWords.averages.occurs(
            in: max(group.lead.lowerBound, group.lead.upperBound - 12)..<group.lead.upperBound,
            of: view.scalars)
    }

    // MARK: Pairing

    private func pairs(_ figures: [Quantity], _ region: [Mention], _ deltas: [Mention]) -> [Pair] {
        if !deltas.isEmpty, let paired = withDeltas(figures, deltas),
            !isOfAnother(region, deltas)
                || paired.contains(where: { draft(for: $0).judgement.verdict.isKind })
        {
            return paired
        }
        if let paired = withBasesBehind(figures) { return paired }
        let levels = region.filter(\.isLevel)
        var chosen = subjects(figures.count, among: levels)
        if chosen.isEmpty, figures.count == 1 { chosen = namedEarlier().map { [$0] } ?? [] }
        return figures.indices.map { index in
            let level: Mention? = chosen.indices.contains(index) ? chosen[index] : nil
            let base: Mention? = if let level { self.base(of: level.unit) } else { nil }
            return Pair(
                stated: figures[index], direction: direction(index), delta: nil, level: level, base: base)
        }
    }

    /// 死亡31人，受伤47人，…，分别下降13.9%、9.6%（上年为36人、52人）: as many bases behind as percentages, of
    /// which the last figures of their units are the levels, where each agrees.
    private func withBasesBehind(_ figures: [Quantity]) -> [Pair]? {
        let bases = view.basesBehind(group)
        guard bases.count == figures.count else { return nil }
        let units = Set(bases.map(\.unit))
        let levels = view.visible(before: group).filter {
            $0.isLevel && $0.quantity.sort == .amount && units.contains($0.unit)
        }
        guard levels.count >= bases.count else { return nil }
        for start in (0...(levels.count - bases.count)).reversed() {
            let pairs = figures.indices.map { index in
                Pair(
                    stated: figures[index], direction: direction(index), level: levels[start + index],
                    base: bases[index])
            }
            let agrees = pairs.allSatisfy { pair in
                guard let level = pair.level, let base = pair.base, level.unit == base.unit else {
                    return false
                }
                return view.judge.agrees(pair.stated, with: growth(pair, level, base))
            }
            if agrees { return pairs }
        }
        if units.count < bases.count {
            let isCertain = levels.count == bases.count
            return figures.indices.map { index in
                Pair(
                    stated: figures[index], direction: direction(index),
                    level: isCertain ? levels[index] : nil, base: isCertain ? bases[index] : nil)
            }
        }
        guard figures.count == 1, levels.count > 1 || levels.last.map({ isAdjacent($0) }) != true else {
            return nil
        }
        // One percentage: the level that its clause names, or the only one of the unit.
        guard let level = levels.count == 1 ? levels.first : namedEarlier(levels) else { return nil }
        return [Pair(stated: figures[0], direction: direction(0), level: level, base: bases[0])]
    }

    /// The only figure whose words the subject of the percentage repeats.
    private func namedEarlier(_ levels: [Mention]) -> Mention? {
        var start = group.lead.lowerBound
        for place in group.lead where Mark.parts(view.scalars[place]) { start = place + 1 }
        let named = levels.filter { mention in
            var near = max(mention.lead.lowerBound, mention.quantity.range.lowerBound - 12)
            for mark in near..<mention.quantity.range.lowerBound where Mark.parts(view.scalars[mark]) {
                near = mark + 1
            }
            let around = near..<mention.quantity.range.lowerBound
            return WholeSearch.overlap(around, start..<group.lead.upperBound, in: view.scalars) > 0
        }
        return named.count == 1 ? named.first : nil
    }

    /// 企业1256家，净增84家，实现利润268.4亿元，增长7.3%: the one percentage is of the level just before it.
    private func isOfAnother(_ region: [Mention], _ deltas: [Mention]) -> Bool {
        guard group.members.count == 1, let last = region.last, last.isLevel, isAdjacent(last) else {
            return false
        }
        return !deltas.contains { UnitNouns.agree($0.unit, last.unit) }
    }

    private func withDeltas(_ figures: [Quantity], _ deltas: [Mention]) -> [Pair]? {
        if figures.count == 1, let figure = figures.first {
            let chosen = group.isForEach ? Array(deltas.suffix(6)) : subjects(1, among: deltas)
            guard !chosen.isEmpty else { return nil }
            return chosen.map { delta in
                Pair(
                    stated: figure, direction: direction(0), delta: delta, level: nil,
                    base: base(of: delta.unit))
            }
        }
        let chosen = subjects(figures.count, among: deltas)
        guard chosen.count == figures.count else { return nil }
        return figures.indices.map { index in
            Pair(
                stated: figures[index], direction: direction(index), delta: chosen[index], level: nil,
                base: base(of: chosen[index].unit))
        }
    }

    private func direction(_ index: Int) -> Mention.Direction? {
        group.directions.indices.contains(index) ? group.directions[index] : nil
    }

    /// The figures that so many percentages speak of: by the nouns between, else the last ones in order.
    private func subjects(_ count: Int, among candidates: [Mention]) -> [Mention] {
        let units = UnitNouns.units(in: group.lead, of: view.scalars)
        if units.count == count {
            let named = units.compactMap { unit in candidates.last { UnitNouns.agree($0.unit, unit) } }
            if named.count == count { return named }
        }
        return candidates.count >= count ? Array(candidates.suffix(count)) : []
    }

    /// The level that the subject of the percentage names, before other percentages of the sentence: 死亡人数上升50%
    /// behind 造成3人死亡.
    private func namedEarlier() -> Mention? {
        var start = group.lead.lowerBound
        for place in group.lead where Mark.parts(view.scalars[place]) { start = place + 1 }
        let subject = start..<group.lead.upperBound
        guard let unit = UnitNouns.units(in: subject, of: view.scalars).last else { return nil }
        let named = view.visible(before: group).filter { mention in
            guard mention.isLevel, mention.quantity.sort == .amount, UnitNouns.agree(mention.unit, unit)
            else {
                return false
            }
            let (place, end) = (mention.quantity.range.lowerBound, mention.quantity.range.upperBound)
            var near = max(mention.lead.lowerBound, place - 8)
            for mark in near..<place where Mark.parts(view.scalars[mark]) { near = mark + 1 }
            let around = near..<place
            let behind = end..<min(end + 4, view.scalars.count)
            return WholeSearch.overlap(around, subject, in: view.scalars) > 0
                || WholeSearch.overlap(behind, subject, in: view.scalars) > 0
        }
        return named.count == 1 ? named.first : nil
    }

    /// The figure of the period compared with that the sentence states in a unit.
    private func base(of unit: UnitKey) -> Mention? {
        view.bases(around: group).last { $0.unit == unit }
    }

    /// Levels of a unit before a place in the sentence, nearest first.
    private func levels(of unit: UnitKey, before place: Int) -> [Mention] {
        view.visible(before: group).reversed().filter {
            $0.isLevel && $0.quantity.sort == .amount && $0.unit == unit
                && $0.quantity.range.lowerBound < place
        }
    }

    // MARK: Judging

    private func draft(for pair: Pair) -> ClaimDraft {
        if let delta = pair.delta { return withDelta(pair, delta) }
        guard let level = pair.level else { return missing(pair, [Roles.current, Roles.base], []) }
        if let base = pair.base, base.quantity.range != level.quantity.range {
            return best(pair, [growth(pair, level, base)], [level, base])
        }
        return withoutBase(pair, level)
    }

    /// The difference is stated.
    private func withDelta(_ pair: Pair, _ delta: Mention) -> ClaimDraft {
        if let stated = pair.direction, let direction = delta.direction, stated != direction {
            return contradiction(pair, delta)
        }
        if let base = pair.base {
            let formula = Formula(
                [view.term(delta, Roles.delta), view.term(base, Roles.base)], above: [1, 0], below: [0, 1],
                scale: scale(pair.stated))
            // 168起，比142起增加28起，增长18.3%: a misprinted difference is no error of the percentage.
            if !view.judge.agrees(pair.stated, with: formula),
                let level = levels(of: delta.unit, before: delta.quantity.range.lowerBound).first
            {
                let direct = growth(pair, level, base)
                if view.judge.agrees(pair.stated, with: direct) {
                    return best(pair, [direct], [level, base])
                }
            }
            return best(pair, [formula], [delta, base])
        }
        let said = levels(of: delta.unit, before: delta.quantity.range.lowerBound).prefix(4)
        // 为年度目标620亿元的57.5% says what was set; what happened comes first.
        let inside = said.filter { !isQuota($0) } + said.filter { isQuota($0) }
        let own = inside.map { difference(pair, delta, $0) }
        if let level = inside.first {
            let found = best(pair, own, [delta] + inside)
            // 较大事故减少1起 beside all incidents: the level of what decreased is not stated.
            guard found.judgement.verdict == .wrong, hasOwnSubject(delta, beside: level) else { return found }
            return withoutLevel(pair, delta)
        }
        let outside = view.memory.nearestFirst(delta.unit).map(\.mention).filter {
            $0.unit == delta.unit && view.text.sentences[$0.sentence].paragraph == view.paragraph
                && !$0.isSubset
        }
        for level in outside.prefix(2) {
            let formula = difference(pair, delta, level)
            guard view.judge.agrees(pair.stated, with: formula) else { continue }
            return make(pair, formula, view.judge.judge(pair.stated, against: formula), [delta, level])
        }
        return withoutLevel(pair, delta)
    }

    private func isQuota(_ level: Mention) -> Bool {
        ShareVocabulary.quotas.occurs(in: level.lead.suffix(8), of: view.scalars)
    }

    /// The base alone is open: 减少13起，下降52% wants a base of 25.
    private func withoutLevel(_ pair: Pair, _ delta: Mention) -> ClaimDraft {
        let open = Formula(
            [view.term(delta, Roles.delta), Term(exactly: .zero, role: Roles.base)], above: [1, 0],
            below: [0, 1], scale: scale(pair.stated))
        return existence(pair, open, index: 1, [delta], isTied: true)
    }

    /// Whether a difference is said to be of something that the words before a level do not name.
    private func hasOwnSubject(_ delta: Mention, beside level: Mention) -> Bool {
        var start = delta.lead.lowerBound
        for place in delta.lead where Mark.parts(view.scalars[place]) { start = place + 1 }
        // 比上年多查办205件: what follows 多 says what was done, not what it is of.
        var end = delta.lead.upperBound
        for place in start..<max(start, end)
        where place > start && "多少".unicodeScalars.contains(view.scalars[place]) {
            end = place
            break
        }
        let words = WordContent.scalars(
            in: start..<max(start, end), of: view.scalars, without: WordContent.ofChange)
        let place = level.quantity.range.lowerBound
        return WordContent.missing(words, from: min(level.context, place)..<place, of: view.scalars) > 0
    }

    /// Only the period's own figure is stated: 36起，增长9.1% wants a base of 33.
    private func withoutBase(_ pair: Pair, _ level: Mention) -> ClaimDraft {
        let others = levels(of: level.unit, before: level.quantity.range.lowerBound)
        let isTied = isAdjacent(level)
        let formula = growth(pair, level, nil)
        let first = existence(pair, formula, index: 1, [level], isTied: isTied && others.isEmpty)
        if first.judgement.verdict.isKind || others.isEmpty { return first }
        // 去年23起，今年28起，增长21.74%: an earlier figure of the same unit may be the base.
        if let other = others.first {
            let formula = growth(pair, level, other)
            if view.judge.agrees(pair.stated, with: formula) {
                let judgement = view.judge.judge(pair.stated, against: formula)
                return make(pair, formula, judgement, [level, other])
            }
        }
        return first
    }

    private static let adjoining = [
        ChangeWords.between, ChangeWords.rising, ChangeWords.falling, ChangeWords.fillers,
    ]

    /// Whether nothing but words of comparison stands between a figure and the group.
    private func isAdjacent(_ level: Mention) -> Bool {
        guard level.quantity.range.upperBound <= group.lead.upperBound,
            group.lead.upperBound - level.quantity.range.upperBound <= 40
        else { return false }
        var place = level.quantity.range.upperBound
        while place < group.lead.upperBound {
            let limit = group.lead.upperBound
            if let length = Self.adjoining.length(at: place, before: limit, in: view.scalars) {
                place += length
            } else if ("0"..."9").contains(view.scalars[place]) {
                place += 1
            } else {
                return false
            }
        }
        return true
    }

    private func existence(
        _ pair: Pair, _ formula: Formula, index: Int, _ mentions: [Mention], isTied: Bool
    ) -> ClaimDraft {
        let answer = view.judge.judge(pair.stated, against: formula, open: index, isTied: isTied)
        var terms = formula.terms
        if let found = answer.found, terms.indices.contains(index) {
            terms[index] = Term(exactly: found, role: terms[index].role)
        }
        let filled = Formula(terms, above: formula.above, below: formula.below, scale: formula.scale)
        return make(pair, filled, answer.judgement, mentions)
    }

    /// The first reading that agrees, else the first.
    private func best(
        _ pair: Pair, _ formulas: [Formula], _ mentions: [Mention]
    ) -> ClaimDraft {
        let agreeing = formulas.first { view.judge.agrees(pair.stated, with: $0) }
        guard let formula = agreeing ?? formulas.first else { return missing(pair, [Roles.base], mentions) }
        return make(pair, formula, view.judge.judge(pair.stated, against: formula), mentions)
    }

    // MARK: Formulas

    /// From the difference and the period's own figure: what the base was.
    private func difference(_ pair: Pair, _ delta: Mention, _ level: Mention) -> Formula {
        let sign = (delta.direction ?? pair.direction) == .down ? 1 : -1
        return Formula(
            [view.term(delta, Roles.delta), view.term(level, Roles.current)], above: [1, 0],
            below: [sign, 1], scale: scale(pair.stated))
    }

    /// From both levels, or with the base open.
    private func growth(_ pair: Pair, _ level: Mention, _ base: Mention?) -> Formula {
        let sign = pair.direction == .down ? -1 : 1
        let other = base.map { view.term($0, Roles.base) } ?? Term(exactly: .zero, role: Roles.base)
        return Formula(
            [view.term(level, Roles.current), other], above: [sign, -sign], below: [0, 1],
            scale: scale(pair.stated))
    }

    private func scale(_ stated: Quantity) -> Rational {
        stated.sort == .times ? .one : Rational(100)
    }

    // MARK: Drafts

    private func make(
        _ pair: Pair, _ formula: Formula?, _ judgement: Judgement, _ mentions: [Mention]
    ) -> ClaimDraft {
        ClaimDraft(
            kind: .change, stated: pair.stated, formula: formula, judgement: judgement,
            quote: view.quote(group, operands: mentions))
    }

    private func missing(_ pair: Pair, _ roles: [Phrase], _ mentions: [Mention]) -> ClaimDraft {
        make(pair, nil, view.judge.missing(roles), mentions)
    }

    /// 减少5起，上升17.86%.
    private func contradiction(_ pair: Pair, _ delta: Mention) -> ClaimDraft {
        let reason = Judgement.Reason.contradiction(delta.quantity.range, falls: delta.direction == .down)
        let judgement = Judgement(verdict: .wrong, recomputed: nil, reason: reason)
        return make(pair, nil, judgement, [delta])
    }

    /// 由97.3%提高到98.5%，提高1.2个百分点.
    private func points(_ figures: [Quantity]) -> [ClaimDraft] {
        let said = view.visible(before: group)
        let visible = said.filter { $0.quantity.sort == .percent }
        var level = visible.last { $0.isLevel }
        var base = view.rateBehind(group) ?? visible.last { $0.part == .base }
        // 由91.2%升到93.5%，提高2.3个百分点，又升到94.1%，提高0.6个百分点: the last level told of is the base.
        if let told = said.last(where: { $0.quantity.sort == .percentagePoint })?.quantity.range.lowerBound,
            let first = base, first.quantity.range.lowerBound < told
        {
            base = visible.last { $0.isLevel && $0.quantity.range.lowerBound < told }
            if let current = level, current.quantity.range.lowerBound < told { level = nil }
        }
        return figures.enumerated().map { index, figure in
            guard figures.count == 1, let base, let level else {
                let roles = level == nil ? [Roles.current, Roles.base] : [Roles.base]
                return ClaimDraft(
                    kind: .difference, stated: figure, formula: nil, judgement: view.judge.missing(roles),
                    quote: view.quote(group, operands: level.map { [$0] } ?? []))
            }
            let (current, before) = (view.term(level, Roles.current), view.term(base, Roles.base))
            let formula =
                direction(index) == .down
                ? Formula.sum([before], less: [current]) : Formula.sum([current], less: [before])
            return ClaimDraft(
                kind: .difference, stated: figure, formula: formula,
                judgement: view.judge.judge(figure, against: formula),
                quote: view.quote(group, operands: [base, level]))
        }
    }
}

extension Verdict {
    /// Whether the text is right in some reading.
    var isKind: Bool {
        switch self {
        case .holds, .truncated, .explained: true
        case .wrong, .unverifiable: false
        }
    }
}
