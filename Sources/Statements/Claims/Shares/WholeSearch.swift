import Figures

/// Finds the figures that the words of a share may mean by the whole, and scores how well they fit.
struct WholeSearch {
    let view: SentenceView
    let group: FigureGroup
    /// What is said to be the whole: 全省总产值.
    let words: Range<Int>
    /// Where figures stand that cannot be the whole, because they are parts of it.
    private let parts: Set<Int>
    /// The region that the words of the whole name.
    private let wanted: Unicode.Scalar?
    /// Whether the words mean what was set rather than what was counted.
    private let isQuota: Bool
    /// What the words say beyond 总数 and 全省.
    private let content: [Int]

    private var scalars: [Unicode.Scalar] { view.scalars }

    init(view: SentenceView, group: FigureGroup, words: Range<Int>, parts: Set<Int>) {
        (self.view, self.group, self.words, self.parts) = (view, group, words, parts)
        wanted = Self.scope(in: words, of: view.scalars)
        isQuota = ShareVocabulary.quotas.occurs(in: words, of: view.scalars)
        content = WordContent.scalars(in: words, of: view.scalars, without: WordContent.ofWholes)
    }

    /// A figure that may be the whole, with how well it fits.
    struct Candidate {
        let mention: Mention
        let score: Int
        /// Whether the words name it: its region, its noun, or it alone is there to be meant.
        let isNamed: Bool
        /// Whether its own words name another region than those of the whole, or lack what those name.
        let isForeign: Bool
        /// Whether the words before it say that it is a total.
        let saysTotal: Bool
    }

    /// The figures of a unit that may be the whole, best first, at most six.
    func candidates(unit: UnitKey, part: Mention?, excluding: [Mention], stated: Quantity) -> [Candidate] {
        var found: [Candidate] = []
        // A whole is not less than its part, unless the text says so.
        let isPartial = !Rational(100).isLess(than: stated.value)
        func consider(_ remembered: Remembered) {
            let place = remembered.mention.quantity.range.lowerBound
            guard !parts.contains(place), place != part?.quantity.range.lowerBound,
                !excluding.contains(where: { $0.quantity.range.lowerBound == place }),
                let candidate = candidate(remembered, unit: unit, part: part, isPartial: isPartial)
            else { return }
            found.append(candidate)
        }
        let end = group.members.lowerBound
        func considerOwn(_ place: Int) {
            let mention = view.mentions[place]
            guard mention.quantity.sort == .amount, mention.isLevel, UnitNouns.agree(mention.unit, unit)
            else {
                return
            }
            consider(view.remembered(place))
        }
        for place in (max(0, end - SentenceView.window)..<end).reversed() { considerOwn(place) }
        for place in bracketBehind { considerOwn(place) }
        for place in totalsBehind { considerOwn(place) }
        for remembered in view.memory.nearestFirst(unit) { consider(remembered) }
        return Self.best(found)
    }

    /// The six best; what stands nearer comes first among equals.
    private static func best(_ found: [Candidate]) -> [Candidate] {
        var best: [Candidate] = []
        for candidate in found {
            if best.count == 6 {
                guard let last = best.last, candidate.score > last.score else { continue }
                best.removeLast()
            }
            var place = best.count
            while place > 0, best[place - 1].score < candidate.score { place -= 1 }
            best.insert(candidate, at: place)
        }
        return best
    }

    /// Whether the figure's words name the same region as the words of the whole.
    func sharesScope(_ mention: Mention) -> Bool {
        guard let wanted else { return false }
        return Self.scope(in: context(mention), of: scalars) == wanted
    }

    /// The number of pairs of scalars of one stretch that stand in another, up to eight.
    static func overlap(_ first: Range<Int>, _ second: Range<Int>, in scalars: [Unicode.Scalar]) -> Int {
        guard first.count > 1, second.count > 1 else { return 0 }
        var count = 0
        for place in first.lowerBound..<(min(first.upperBound, first.lowerBound + 40) - 1) {
            let (left, right) = (scalars[place], scalars[place + 1])
            var other = second.lowerBound
            while other < second.upperBound - 1, scalars[other] != left || scalars[other + 1] != right {
                other += 1
            }
            if other < second.upperBound - 1 { count += 1 }
        }
        return min(count, 8)
    }

    /// The region named last in a stretch, by the second scalar of 全省 or 我省.
    static func scope(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> Unicode.Scalar? {
        guard let found = ShareVocabulary.scopes.last(in: range, of: scalars) else { return nil }
        return scalars[found.lowerBound + 1]
    }

    /// The words that say what a figure counts: up to `MentionReader.context` scalars before it.
    func context(_ mention: Mention) -> Range<Int> {
        let end = mention.quantity.range.lowerBound
        return min(mention.context, end)..<end
    }

    private func candidate(
        _ remembered: Remembered, unit: UnitKey, part: Mention?, isPartial: Bool
    ) -> Candidate? {
        let mention = remembered.mention
        let isInSentence = mention.sentence == view.index
        // A quota that stands elsewhere is somebody else's.
        guard remembered.saysQuota == isQuota || (isInSentence && !isQuota), !isQuota || isInSentence else {
            return nil
        }
        let distance = view.paragraph - view.text.sentences[mention.sentence].paragraph
        let common = Self.overlap(words, remembered.context, in: scalars)
        let own = remembered.scope
        var score = common * 2 - min(distance, 8) / 2
        if let wanted, own == wanted { score += 5 }
        if let wanted, let own, own != wanted { score -= 4 }
        if wanted == nil, own != nil { score += 3 }
        if remembered.saysTotal { score += 2 }
        if isInSentence { score += 3 } else if distance == 0 { score += 2 }
        if mention.isSubset { score -= 3 }
        if mention.unit != unit { score -= 3 }
        if let part, isPartial, mention.quantity.value.isLess(than: part.quantity.value) {
            score -= 12
        }
        let isForeign = wanted != nil && own != nil && own != wanted
        let isElse = WordContent.missing(content, from: remembered.context, of: scalars) > 0
        let isOwn = wanted != nil && own == wanted && (remembered.saysTotal || common > 1)
        return Candidate(
            mention: mention, score: score, isNamed: !isForeign && !isElse && (isOwn || common > 2),
            isForeign: isForeign || isElse, saysTotal: remembered.saysTotal)
    }

    /// Figures behind the group in its sentence that are said to be totals: 占62.5%，…，全年共受理2万件.
    private var totalsBehind: [Int] {
        let end = group.members.upperBound
        return (end..<min(end + 8, view.mentions.count)).filter { place in
            let mention = view.mentions[place]
            return mention.bracket == nil && mention.quantity.sort == .amount
                && ShareVocabulary.totals.occurs(in: mention.lead.suffix(8), of: scalars)
        }
    }

    /// The figures of a bracket that opens right behind the group: 27%（年考核指标为94人）.
    private var bracketBehind: [Int] {
        let end = group.members.upperBound
        guard view.mentions.indices.contains(end - 1) else { return [] }
        let place = view.mentions[end - 1].quantity.range.upperBound
        guard place < scalars.count, Mark.opensBracket(scalars[place]) else { return [] }
        return (end..<min(end + 3, view.mentions.count)).filter { view.mentions[$0].bracket == place }
    }
}
