/// A sentence whose percentages are being tied: its figures and what was said before it.
final class SentenceView {
    let text: ReadText
    let scalars: [Unicode.Scalar]
    let index: Int
    let mentions: [Mention]
    /// Figures of earlier sentences.
    let memory: FigureMemory

    init(text: ReadText, index: Int, mentions: [Mention], memory: FigureMemory) {
        (self.text, self.index, self.mentions, self.memory) = (text, index, mentions, memory)
        scalars = text.source.scalars
    }

    /// How many figures before a percentage are looked at.
    static let window = 32

    var source: SourceText { text.source }
    var judge: Judge { Judge() }

    /// The figures with what is said of them, as far as somebody has asked.
    private var known: [Remembered?] = []

    /// A figure of the sentence with what the words before it say of it.
    func remembered(_ place: Int) -> Remembered {
        if known.isEmpty { known = Array(repeating: nil, count: mentions.count) }
        if let found = known[place] { return found }
        let found = Remembered(mentions[place], in: scalars)
        known[place] = found
        return found
    }

    /// The figures before a group of percentages that may belong to it, in order, at most `window` of them.
    ///
    /// Inside a bracket only the bracket's own figures, and those directly before it: what is said of a region
    /// in brackets does not speak of the sentence's totals.
    func visible(before group: FigureGroup) -> [Mention] {
        let end = group.members.lowerBound
        let before = mentions[max(0, end - Self.window)..<end]
        guard mentions.indices.contains(end) else { return [] }
        let bracket = mentions[end].bracket
        guard let bracket else {
            return before.filter { $0.bracket == nil || $0.part == .base }
        }
        var visible = before.filter { $0.bracket == bracket }
        var edge = bracket
        for mention in before.reversed() where mention.bracket == nil {
            let gap = edge - mention.quantity.range.upperBound
            guard gap >= 0, gap <= 4,
                !(mention.quantity.range.upperBound..<edge).contains(where: { scalars[$0] == "，" })
            else { break }
            visible.insert(mention, at: 0)
            edge = mention.quantity.range.lowerBound
        }
        return visible
    }

    /// The figures of amounts since the last percentage before a group: those it most likely speaks of.
    func region(before group: FigureGroup) -> [Mention] {
        var region: [Mention] = []
        for mention in visible(before: group).reversed() {
            guard mention.quantity.sort == .amount else { break }
            region.append(mention)
        }
        return region.reversed()
    }

    /// The figures of the period compared with, before a group or in a bracket right behind it.
    func bases(around group: FigureGroup) -> [Mention] {
        return visible(before: group).filter { $0.part == .base && $0.quantity.sort == .amount }
            + basesBehind(group)
    }

    /// The figures of the period compared with in the bracket behind a group, or behind the percentages that
    /// it is listed with: 起数上升20%、死亡人数上升15.38%（去年同期170起、208人）; 下降18.1%（2020年642件）.
    func basesBehind(_ group: FigureGroup) -> [Mention] {
        var end = group.members.upperBound
        let limit = min(end + 4, mentions.count)
        while end < limit, mentions[end].quantity.sort == .percent, mentions[end].bracket == nil,
            mentions[end].lead.count <= 14, let first = mentions[end].lead.first,
            scalars[first] == "、" || scalars[first] == "，" || scalars[first] == "和"
        {
            end += 1
        }
        guard mentions.indices.contains(end - 1), end < mentions.count else { return [] }
        let place = mentions[end - 1].quantity.range.upperBound
        guard mentions[end].bracket == place else { return [] }
        let inside = mentions[end..<min(end + 4, mentions.count)].prefix { $0.bracket == place }
        // 上年为36人、52人: what the bracket opens with holds for all of it.
        let areBases = namesYear(place + 1) || inside.first?.part == .base
        return inside.filter { $0.quantity.sort == .amount && ($0.part == .base || (areBases && $0.isLevel)) }
    }

    /// The rate of the period compared with in a bracket right behind a group: 下降1.2个百分点（上年为10.7%）.
    func rateBehind(_ group: FigureGroup) -> Mention? {
        let end = group.members.upperBound
        guard mentions.indices.contains(end), mentions.indices.contains(end - 1) else { return nil }
        let next = mentions[end]
        let isBase = next.part == .base || (next.isLevel && namesYear((next.bracket ?? 0) + 1))
        let isBehind = next.bracket == mentions[end - 1].quantity.range.upperBound
        return next.quantity.sort == .percent && isBehind && isBase ? next : nil
    }

    /// Whether a year stands at a place: 2020年.
    private func namesYear(_ place: Int) -> Bool {
        guard place + 4 < scalars.count, scalars[place + 4] == "年" else { return false }
        return scalars[place..<(place + 4)].allSatisfy { ("0"..."9").contains($0) }
    }

    /// The stretch to quote: from the beginning of the clause of the first operand in this sentence to the end
    /// of the group.
    func quote(_ group: FigureGroup, operands: [Mention]) -> Range<Int> {
        let last = group.members.upperBound - 1
        let end =
            mentions.indices.contains(last) ? mentions[last].quantity.range.upperBound : group.lead.upperBound
        let first = operands.filter { $0.sentence == index }.map(\.quantity.range.lowerBound).min()
        let start = clauseStart(before: min(first ?? group.lead.upperBound, group.lead.upperBound))
        return start..<max(start, end)
    }

    /// Where the clause begins that a place of the sentence stands in.
    func clauseStart(before place: Int) -> Int {
        var start = place
        let limit = max(text.sentences[index].range.lowerBound, place - 80)
        while start > limit {
            let before = scalars[start - 1]
            if before == "、", start >= 2, scalars[start - 2] == "）" { break }
            if before == "，" || before == "；" || before == "。" || before == "：" || before == "\n" { break }
            start -= 1
        }
        return start
    }

    func term(_ mention: Mention, _ role: Phrase) -> Term {
        Term(mention.quantity, role: role)
    }

    /// The paragraph of this sentence.
    var paragraph: Int { text.sentences[index].paragraph }
}

/// A figure with what the words before it say of it as a whole.
final class Remembered: Sendable {
    let mention: Mention
    /// The words that say what it counts.
    let context: Range<Int>
    /// The region named last in them.
    let scope: Unicode.Scalar?
    /// Whether the nearest of them say that it is a total.
    let saysTotal: Bool
    /// Whether the nearest of them say that it was set, not counted.
    let saysQuota: Bool

    init(_ mention: Mention, in scalars: [Unicode.Scalar]) {
        self.mention = mention
        let end = mention.quantity.range.lowerBound
        context = min(mention.context, end)..<end
        scope = WholeSearch.scope(in: context, of: scalars)
        saysTotal = ShareVocabulary.totals.occurs(in: context.suffix(20), of: scalars)
        saysQuota = ShareVocabulary.quotas.occurs(in: mention.lead.suffix(24), of: scalars)
    }
}

/// Figures of earlier sentences that later ones may speak of; at most so many of each sort are kept.
final class FigureMemory {
    /// The last figures, newest last.
    private(set) var recent: [Remembered] = []
    /// The last figures that are said to be totals, newest last.
    private(set) var totals: [Remembered] = []
    static let capacity = 48

    /// Remembers the levels of a sentence; figures in brackets are not spoken of later.
    func remember(_ view: SentenceView) {
        for (place, mention) in view.mentions.enumerated() where mention.quantity.sort == .amount {
            guard mention.isLevel, mention.bracket == nil || mention.quantity.step > .one else { continue }
            let remembered = view.remembered(place)
            recent.append(remembered)
            let near = max(mention.context, mention.quantity.range.lowerBound - 40)
            if remembered.saysTotal
                || ShareVocabulary.totals.occurs(
                    in: near..<mention.quantity.range.lowerBound, of: view.scalars)
            {
                totals.append(remembered)
            }
        }
        if recent.count > 4 * Self.capacity { recent.removeFirst(recent.count - Self.capacity) }
        if totals.count > 4 * Self.capacity { totals.removeFirst(totals.count - Self.capacity) }
    }

    /// The remembered figures of a unit, nearest first, each once.
    func nearestFirst(_ unit: UnitKey) -> [Remembered] {
        var found: [Remembered] = []
        for remembered in recent.suffix(Self.capacity).reversed()
        where UnitNouns.agree(remembered.mention.unit, unit) {
            found.append(remembered)
        }
        let oldest = recent.suffix(Self.capacity).first?.mention.quantity.range.lowerBound ?? .max
        for remembered in totals.suffix(Self.capacity).reversed()
        where remembered.mention.quantity.range.lowerBound < oldest
            && UnitNouns.agree(remembered.mention.unit, unit)
        {
            found.append(remembered)
        }
        return found
    }
}
