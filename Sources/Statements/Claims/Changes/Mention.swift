import Figures

/// One figure of a sentence with the part it plays there.
///
/// An object, because resolvers sort figures into many small arrays.
final class Mention: Sendable {
    /// Which way a change goes.
    enum Direction: Hashable, Sendable {
        case up, down
    }

    /// What a figure is in a comparison.
    enum Part: Hashable, Sendable {
        /// A level: how many there are or were in the period spoken of.
        case level
        /// A difference to another period.
        case delta(Direction)
        /// The level of the period compared with.
        case base
    }

    let quantity: Quantity
    let part: Part
    /// The text since the figure before it in its sentence, at most `MentionReader.reach` scalars.
    let lead: Range<Int>
    /// Where the bracket it stands in opens; `nil` outside brackets.
    let bracket: Int?
    /// Whether the sentence has spoken of a part of the whole (其中) before it.
    let isSubset: Bool
    /// The sentence's index.
    let sentence: Int
    /// Where the text that says what it counts begins: at most `MentionReader.context` scalars before it.
    let context: Int
    /// Its unit, for comparing.
    let unit: UnitKey
    /// Whether it counts whole things and stands for itself alone.
    let isExactCount: Bool

    init(
        quantity: Quantity, part: Part, lead: Range<Int>, bracket: Int?, isSubset: Bool, sentence: Int,
        context: Int
    ) {
        (self.quantity, self.part, self.lead, self.bracket) = (quantity, part, lead, bracket)
        (self.isSubset, self.sentence, self.context) = (isSubset, sentence, context)
        unit = UnitKey(quantity.unitCode)
        isExactCount = quantity.bound == .exact && WholeNumbers.areCounted(quantity)
    }

    var direction: Direction? {
        if case .delta(let direction) = part { direction } else { nil }
    }

    var isLevel: Bool { part == .level }
}

/// Reads the figures of a sentence into what they are in a comparison.
struct MentionReader {
    /// How far before a figure the words are read that say what it is.
    static let reach = 64
    /// How far before a figure the words are read that say what it counts.
    static let context = 64

    let text: ReadText
    private var scalars: [Unicode.Scalar] { text.source.scalars }

    init(_ text: ReadText) { self.text = text }

    /// The figures of a sentence that say how many or how much, in order.
    func mentions(of index: Int) -> [Mention] {
        guard text.sentences.indices.contains(index) else { return [] }
        let sentence = text.sentences[index]
        var found: [Mention] = []
        var brackets = BracketWalk(at: sentence.range.lowerBound)
        var previousEnd = sentence.range.lowerBound
        var isSubset = false
        let earlierYear = earlierYear(of: index)
        let quantities = text.quantities
        for place in sentence.quantities where quantities.indices.contains(place) {
            let quantity = quantities[place]
            guard Self.says(quantity) else { continue }
            brackets.advance(to: quantity.range.lowerBound, in: scalars)
            let start = max(previousEnd, quantity.range.lowerBound - Self.reach)
            let lead = min(start, quantity.range.lowerBound)..<quantity.range.lowerBound
            isSubset = isSubset || ChangeWords.subset.occurs(in: lead, of: scalars)
            var part = part(of: quantity, lead: lead, after: found.last)
            if part == .level, !found.isEmpty, let earlierYear, stands(earlierYear, in: lead) { part = .base }
            found.append(
                Mention(
                    quantity: quantity, part: part,
                    lead: lead, bracket: brackets.open, isSubset: isSubset, sentence: index,
                    context: max(sentence.range.lowerBound, quantity.range.lowerBound - Self.context)))
            previousEnd = quantity.range.upperBound
        }
        return found
    }

    /// The earlier of the two years that a sentence and the two before it compare, the later named first:
    /// 2023年38起，2022年31起.
    ///
    /// Three years are a row of years, of which none is compared by its place alone.
    private func earlierYear(of index: Int) -> Rational? {
        let paragraph = text.sentences[index].paragraph
        var years: [Rational] = []
        for sentence in text.sentences[max(0, index - 2)...index] where sentence.paragraph == paragraph {
            for place in sentence.quantities.prefix(SentenceView.window)
            where text.quantities.indices.contains(place) {
                let quantity = text.quantities[place]
                guard quantity.sort == .date, quantity.unit == "年", !years.contains(quantity.value) else {
                    continue
                }
                guard years.count < 2 else { return nil }
                years.append(quantity.value)
            }
        }
        guard years.count == 2, let later = years.first, let earlier = years.last, earlier < later,
            later < Rational(2200), Rational(1900) < earlier
        else { return nil }
        return earlier
    }

    /// Whether the clause of a figure names a year: 2022年为31起.
    private func stands(_ year: Rational, in lead: Range<Int>) -> Bool {
        var start = max(lead.lowerBound, lead.upperBound - 16)
        for place in start..<lead.upperBound where Self.parts(scalars[place]) { start = place + 1 }
        guard let first = MemberReader(text).firstQuantity(in: start..<max(start, lead.upperBound)) else {
            return false
        }
        let date = text.quantities[first]
        return date.sort == .date && date.unit == "年" && date.value == year
            && date.range.lowerBound - start < 2
    }

    /// Whether a figure says how many or how much, rather than when, which or in what order.
    static func says(_ quantity: Quantity) -> Bool {
        switch quantity.sort {
        case .amount, .percent, .percentagePoint, .times: true
        case .ordinal, .date, .label: false
        }
    }

    private func part(of quantity: Quantity, lead: Range<Int>, after before: Mention?) -> Mention.Part {
        if let direction = direction(before: lead.upperBound, notBefore: lead.lowerBound) {
            return .delta(direction)
        }
        if let before, !before.isLevel, isCoordinated(lead, quantity, before) { return before.part }
        return isBase(lead) ? .base : .level
    }

    /// Whether a figure continues the differences before it: 减少5起、9人; 减少13起14人; 减少5起、死亡9人.
    private func isCoordinated(_ lead: Range<Int>, _ quantity: Quantity, _ before: Mention) -> Bool {
        guard quantity.sort == .amount, before.quantity.sort == .amount, quantity.unit != before.quantity.unit
        else {
            return false
        }
        if lead.isEmpty { return true }
        guard lead.count <= 8, let first = lead.first else { return false }
        switch scalars[first] {
        case "、", "和", "及", "与": return true
        case "，", ",": return lead.count == 1
        default: return false
        }
    }

    /// The direction of the verb of change that governs the figure behind `end`, if one does.
    ///
    /// The verb may be parted from the figure by what changed (减少事故5起), but by nothing that makes the
    /// figure a level (下降到5起) or that belongs to something else.
    func direction(before end: Int, notBefore limit: Int) -> Mention.Direction? {
        var place = end
        while let length = ChangeWords.fillers.length(endingAt: place, notBefore: limit, in: scalars) {
            place -= length
        }
        if let direction = verb(endingAt: place, notBefore: limit) { return direction }
        // 减少事故5起: at most eight scalars of a noun between the verb and its figure.
        var back = end
        while back > max(limit, end - 9) {
            back -= 1
            guard back > limit, !Self.ends(scalars[back]) else { return nil }
            guard let direction = verb(endingAt: back, notBefore: limit) else { continue }
            guard isSingle(verbEndingAt: back, notBefore: limit) else { return direction }
            // 比上年少受理356件: one scalar is a verb only behind a comparison.
            let isVerb = scalars[back - 1] == "少" || scalars[back - 1] == "多"
            let before = max(limit, back - 12)..<(back - 1)
            return isVerb && ChangeWords.comparisons.occurs(in: before, of: scalars) ? direction : nil
        }
        return nil
    }

    private func verb(endingAt place: Int, notBefore limit: Int) -> Mention.Direction? {
        let up = ChangeWords.rising.length(endingAt: place, notBefore: limit, in: scalars) ?? 0
        let down = ChangeWords.falling.length(endingAt: place, notBefore: limit, in: scalars) ?? 0
        if up == 0, down == 0 { return nil }
        let length = max(up, down)
        // 新增 names something new, not a change, and so do 多 in 众多 and 高 in 最高.
        if length == 1, place - length > limit, Self.unlike.contains(scalars[place - length - 1]) {
            return nil
        }
        return up > down ? .up : .down
    }

    /// Whether the verb is one scalar alone, which before a noun is mostly part of another word.
    private func isSingle(verbEndingAt place: Int, notBefore limit: Int) -> Bool {
        let up = ChangeWords.rising.length(endingAt: place, notBefore: limit, in: scalars) ?? 0
        let down = ChangeWords.falling.length(endingAt: place, notBefore: limit, in: scalars) ?? 0
        return max(up, down) < 2
    }

    private static let unlike: ScalarSet = "新众最许很更较诸极至不提崇居繁过甚其逐"

    /// Scalars that part a verb of change from a figure that is not its own.
    private static func ends(_ scalar: Unicode.Scalar) -> Bool { ending.contains(scalar) }

    private static let ending: ScalarSet = "，、；：。的到至为后值率幅是有达速点（）()“”共占等在与和或力完中\n"

    /// Whether the words before a figure say that it is of the period compared with.
    private func isBase(_ lead: Range<Int>) -> Bool {
        let near = max(lead.lowerBound, lead.upperBound - 16)..<lead.upperBound
        var start = near.lowerBound
        for place in near where Self.parts(scalars[place]) { start = place + 1 }
        let clause = start..<near.upperBound
        // 与去年同期（103起、71人）相比.
        if clause.isEmpty, start > lead.lowerBound, Mark.opensBracket(scalars[start - 1]),
            ChangeWords.basePeriods.length(endingAt: start - 1, notBefore: lead.lowerBound, in: scalars)
                != nil
        {
            return true
        }
        if let period = ChangeWords.basePeriods.last(in: clause, of: scalars) {
            // 比去年同期事故起数增加4起 was found to be a change before; 去年以来 is this period.
            let behind = period.upperBound
            if behind < scalars.count, scalars[behind] == "以" || scalars[behind] == "至" { return false }
            // 全国同期 is the same period of another region.
            if period.count == 1, behind < scalars.count, Self.afterFormer.contains(scalars[behind]) {
                return false
            }
            return period.count > 2 || period.lowerBound == clause.lowerBound
                || scalars[period.lowerBound] != "同"
                || !Self.regions.contains(scalars[period.lowerBound - 1])
        }
        // 比2020年的10985件增加1371件: a figure behind 比 that no verb made a difference.
        if let first = clause.first, first + 1 < clause.upperBound {
            let opening = scalars[first]
            if opening == "比" || opening == "较", !Self.degrees.contains(scalars[first + 1]) { return true }
            // 环比2023年12月的2876起上升11.6%.
            let year = first + 2
            if scalars[first + 1] == "比", year < clause.upperBound, ("0"..."9").contains(scalars[year]) {
                return true
            }
            // 与2021年的21起、23人相比.
            if opening == "与" || opening == "同" || opening == "和" {
                return clause.count > 3 && scalars[clause.upperBound - 1] == "的"
            }
        }
        guard let first = clause.first(where: { scalars[$0] == "由" || scalars[$0] == "从" }) else {
            return false
        }
        return clause.upperBound - first <= 12
    }

    private static let degrees: ScalarSet = "大例重好多高低少为快强差较"
    /// Behind 原 in words that say nothing of a former period: 原因, 原料.
    private static let afterFormer: ScalarSet = "因则料油材煤告产始文"
    private static let regions: ScalarSet = "国省市县区州镇界球业"

    private static let clauseEnds: ScalarSet = "，、；：。（）到至"

    private static func parts(_ scalar: Unicode.Scalar) -> Bool {
        clauseEnds.contains(scalar)
    }
}

/// Follows the brackets of a sentence from figure to figure.
struct BracketWalk {
    private var place: Int
    /// Where the outermost open bracket stands.
    private(set) var open: Int?
    private var depth = 0

    init(at start: Int) { place = start }

    mutating func advance(to end: Int, in scalars: [Unicode.Scalar]) {
        while place < min(end, scalars.count) {
            let scalar = scalars[place]
            if scalar.value > 0x3015 && scalar.value < 0xFF08 {
                place += 1
                continue
            }
            switch scalar {
            case "（", "(", "〔", "[", "【":
                if depth == 0 { open = place }
                depth += 1
            case "）", ")", "〕", "]", "】":
                depth = max(0, depth - 1)
                if depth == 0 { open = nil }
            default: break
            }
            place += 1
        }
    }
}
