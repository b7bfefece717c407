import Figures

/// The drafts of a paragraph, until its shares have said which wholes are certain.
struct ParagraphDrafts {
    let text: ReadText
    var index = -1
    private var drafts: [(draft: ClaimDraft, sentence: Int)] = []
    private var doubts: [(doubt: ShareResolver.Doubt, sentence: Int)] = []
    /// How often shares of the same words agree with a whole.
    private var confirmed: [WordCode: [Int: Int]] = [:]
    /// The words of the shares that agree with a whole, one for each: 占事故总数的54.5%；…，占27.3%.
    private var confirming: [Int: [WordCode]] = [:]
    private var sentence = 0
    /// Where figures stand that are parts of the whole of some words.
    private var parts: [WordCode: Set<Int>] = [:]

    init(text: ReadText, index: Int = -1) {
        self.text = text
        self.index = index
    }

    mutating func closeSentence() { sentence += 1 }

    mutating func add(_ group: FigureGroup, in view: SentenceView, after before: [Mention]) {
        switch group.trigger {
        case .change:
            guard !isAim(group, in: view) else { return }
            keep(ChangeResolver(view: view, group: group).drafts().filter { isClaimed($0, group, in: view) })
        case .rate(let stem):
            let drafts = RateResolver(view: view, group: group, stem: stem, before: before).drafts()
            keep(drafts.filter { isClaimed($0, group, in: view) })
        case .share(let words):
            guard !isAim(group, in: view) else { return }
            let code = WordCode(words.whole, of: view.scalars)
            let resolver = ShareResolver(
                view: view, group: group, words: words, wordCode: code, parts: parts[code] ?? [])
            for finding in resolver.findings() {
                keep(finding)
            }
        }
    }

    /// Whether the clause sets an aim: 力争同比下降5%以上.
    private func isAim(_ group: FigureGroup, in view: SentenceView) -> Bool {
        let start = max(
            text.sentences[view.index].range.lowerBound, group.lead.lowerBound, group.lead.upperBound - 30)
        return ChangeWords.aims.occurs(in: start..<group.lead.upperBound, of: view.scalars)
    }

    /// Whether a figure reports: what the sentence strives for is claimed only when it agrees with its figures.
    private func isClaimed(_ draft: ClaimDraft, _ group: FigureGroup, in view: SentenceView) -> Bool {
        if draft.judgement.verdict.isKind { return true }
        let place = draft.stated.range.lowerBound
        if draft.judgement.verdict == .unverifiable, isBesideTarget(place, group, in: view) { return false }
        let near = max(text.sentences[view.index].range.lowerBound, place - 60)..<place
        guard let aim = ChangeWords.strongAims.last(in: near, of: view.scalars) else { return true }
        // 为年度目标620亿元的57.5% measures what was done by it.
        if view.scalars[aim].elementsEqual(["目", "标"]), aim.lowerBound > 0,
            ["度", "年"].contains(view.scalars[aim.lowerBound - 1])
        {
            return true
        }
        // 为确保安全 gives a reason.
        return aim.lowerBound > 0 && view.scalars[aim.lowerBound - 1] == "为"
    }

    /// 合格率达到95%以上，比2010年提高3个百分点: a figure behind a target belongs to it.
    private func isBesideTarget(_ place: Int, _ group: FigureGroup, in view: SentenceView) -> Bool {
        let end = group.members.lowerBound
        return view.mentions[max(0, end - 3)..<end].contains {
            $0.quantity.sort == .percent && $0.quantity.bound == .atLeast
                && $0.quantity.range.lowerBound < place && place - $0.quantity.range.upperBound < 24
        }
    }

    private mutating func keep(_ found: [ClaimDraft]) {
        drafts += found.map { ($0, sentence) }
    }

    private mutating func keep(_ finding: ShareResolver.Finding) {
        switch finding {
        case .nothing: return
        case .settled(let draft, let whole, let words):
            drafts.append((draft, sentence))
            addPart(of: draft, words)
            if let whole, draft.judgement.verdict.isKind {
                confirmed[words, default: [:]][whole, default: 0] += 1
                confirming[whole, default: []].append(words)
            }
        case .doubt(let doubt):
            doubts.append((doubt, sentence))
            if let first = doubt.candidates.first { addPart(of: first.draft, doubt.words) }
        }
    }

    private mutating func addPart(of draft: ClaimDraft, _ words: WordCode) {
        guard let part = draft.formula?.terms.first?.range else { return }
        parts[words, default: []].insert(part.lowerBound)
    }

    /// Figures per unit.
    mutating func addAverages(in view: SentenceView, after before: [Mention]) {
        keep(AverageResolver(view: view, before: before).drafts())
    }

    /// Stated differences between two stated levels: 去年同期28起，今年23起，减少5起.
    mutating func addDifferences(in view: SentenceView) {
        for (place, delta) in view.mentions.enumerated() where delta.direction != nil {
            guard delta.quantity.sort == .amount, delta.quantity.bound == .exact, place > 0,
                let draft = difference(delta, view.mentions[max(0, place - 6)..<place], in: view)
            else { continue }
            drafts.append((draft, sentence))
        }
    }

    private static let left = PhraseSet("剩余 剩下 尚余 余下 尚有 未整改 未完成 未办结 未改造 尚未整改 未销号 未结 其余")

    /// What is left of a whole behind its part: 隐患1482处，已整改1397处，…，未整改的85处.
    mutating func addRemainders(in view: SentenceView) {
        for (place, rest) in view.mentions.enumerated() where rest.isLevel && rest.bracket == nil && place > 1
        {
            guard rest.quantity.sort == .amount, rest.quantity.bound == .exact, rest.quantity.upper == nil,
                Self.left.occurs(in: rest.lead.suffix(8), of: view.scalars)
            else { continue }
            let counts = view.mentions[max(0, place - 6)..<place].filter {
                $0.quantity.sort == .amount && $0.isLevel && $0.bracket == nil && $0.unit == rest.unit
            }
            guard let part = counts.last, let whole = counts.dropLast().last else { continue }
            let formula = Formula.sum([view.term(whole, Roles.whole)], less: [view.term(part, Roles.part)])
            let judgement = view.judge.judge(rest.quantity, against: formula)
            guard
                judgement.verdict == .holds
                    || (judgement.verdict == .wrong && isDone(part, whole, at: place, in: view))
            else { continue }
            let draft = ClaimDraft(
                kind: .total, stated: rest.quantity, formula: formula, judgement: judgement,
                quote: view.clauseStart(
                    before: whole.quantity.range.lowerBound)..<rest.quantity.range.upperBound)
            drafts.append((draft, sentence))
        }
    }

    /// Whether a part is said to be done, nothing but it stands between the whole and the rest, and the rest
    /// is less than the whole.
    private func isDone(_ part: Mention, _ whole: Mention, at place: Int, in view: SentenceView) -> Bool {
        let rest = view.mentions[place]
        let between = view.mentions[max(0, place - 6)..<place].filter {
            $0.quantity.sort == .amount && $0.quantity.range.lowerBound > whole.quantity.range.lowerBound
        }
        return between.count == 1 && rest.quantity.value < whole.quantity.value
            && part.lead.contains { view.scalars[$0] == "已" }
            && !rest.lead.contains { view.scalars[$0] == "其" || view.scalars[$0] == "有" }
    }

    private func difference(
        _ delta: Mention, _ before: ArraySlice<Mention>, in view: SentenceView
    ) -> ClaimDraft? {
        let same = before.filter { $0.unit == delta.unit && $0.bracket == delta.bracket }
        let bases = same.filter { $0.part == .base }
        let levels = same.filter(\.isLevel)
        guard bases.count == 1, levels.count == 1, let base = bases.first, let level = levels.first else {
            return nil
        }
        let (current, earlier) = (view.term(level, Roles.current), view.term(base, Roles.base))
        let formula =
            delta.direction == .down
            ? Formula.sum([earlier], less: [current]) : Formula.sum([current], less: [earlier])
        let first = min(base.quantity.range.lowerBound, level.quantity.range.lowerBound)
        return ClaimDraft(
            kind: .difference, stated: delta.quantity, formula: formula,
            judgement: view.judge.judge(delta.quantity, against: formula),
            quote: view.clauseStart(before: first)..<delta.quantity.range.upperBound)
    }

    /// The claims of the paragraph in the order of their figures.
    func claims() -> [Claim] {
        var all = drafts
        for (doubt, sentence) in doubts { all.append((settled(doubt), sentence)) }
        // Only an error may be one of a complete division, or a misprint that others speak against.
        guard all.contains(where: { $0.draft.judgement.verdict == .wrong }) else {
            return all.map { $0.draft.claim(in: text.source, agreeing: []) }
        }
        let divided = DividedWhole(all.map(\.draft))
        all = all.map { (divided.adjusted($0.draft), $0.sentence) }
        var agreeing: [Int: Set<Int>] = [:]
        for (draft, sentence) in all where draft.judgement.verdict == .holds {
            for term in draft.formula?.terms ?? [] {
                if let place = term.range?.lowerBound { agreeing[sentence, default: []].insert(place) }
            }
        }
        return all.map { $0.draft.claim(in: text.source, agreeing: agreeing[$0.sentence] ?? []) }
    }

    /// A doubt is an error when two shares of the same words agree with one of its wholes, or one does and that
    /// whole is the nearest total. Where one of them does not name its whole, those of other words count too.
    private func settled(_ doubt: ShareResolver.Doubt) -> ClaimDraft {
        let counts = confirmed[doubt.words] ?? [:]
        let certain = doubt.candidates.first { (counts[$0.whole] ?? 0) >= ($0.isNear ? 1 : 2) }
        let beside = doubt.candidates.first { candidate in
            let words = confirming[candidate.whole] ?? []
            let isAlike = doubt.words == WordCode() || words.contains(WordCode())
            return !candidate.isForeign && words.count > 1 && isAlike
        }
        return (certain ?? beside)?.draft ?? doubt.draft
    }
}
