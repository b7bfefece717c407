import Figures

/// Finds one total named twice in a document and compares the two figures.
///
/// Two statements are of one fact only when the subject is the same word for word, both name the same region
/// or body and the same period, and both say that they are totals. Figures printed to different steps agree
/// when their intervals meet. What differs is wrong only when the repeated statement names its period itself,
/// and no other figure stated for the same subject and period agrees with it.
public struct RepetitionFinder: Sendable {
    /// Makes a finder; it has no settings.
    public init() {}

    private struct Fact: Hashable {
        let subject: String
        let period: String
        let scope: String
        let unit: String
        let order: Int
    }

    /// The claims of all repeated totals, in the order of the text, and those of cumulative totals.
    public func claims(in text: ReadText) -> [Claim] {
        var stated: [Fact: [Int]] = [:]
        var claims: [Claim] = []
        var cumulative = CumulativeTotals(text)
        let totals = StatedTotals(text)
        let reader = SegmentReader(text)
        for sentence in FullSentence.all(in: text) where !sentence.quantities.isEmpty {
            let segments = reader.segments(sentence.range, quantities: sentence.quantities)
            for found in totals.statements(sentence, segments: segments) where isTotal(found, in: text) {
                var orders: [String: Int] = [:]
                for index in found.total.figures {
                    let quantity = text.quantities[index]
                    guard quantity.upper == nil, !quantity.unit.isEmpty else { continue }
                    let fact = Fact(
                        subject: found.subject, period: found.total.period, scope: found.total.scope,
                        unit: quantity.unit, order: orders[quantity.unit, default: 0])
                    orders[quantity.unit, default: 0] += 1
                    let series = CumulativeTotals.Series(
                        subject: fact.subject, scope: fact.scope, unit: fact.unit, order: fact.order)
                    if let claim = cumulative.add(index, to: series, period: fact.period) {
                        claims.append(claim)
                    }
                    let earlier = stated[fact] ?? []
                    if let claim = claim(index, earlier, in: text) { claims.append(claim) }
                    if earlier.count < 8 { stated[fact] = earlier + [index] }
                }
            }
        }
        return claims
    }

    private static let totalWords = PhraseSet("共 累计 合计 总计")

    /// Whether a statement says that it is a total of a named region in a named period.
    private func isTotal(_ found: StatedTotals.Found, in text: ReadText) -> Bool {
        guard !found.total.period.isEmpty, !found.total.scope.isEmpty, found.subject.count > 3 else {
            return false
        }
        return Self.totalWords.occurs(in: found.cue, of: text.source.scalars)
    }

    private func claim(_ index: Int, _ earlier: [Int], in text: ReadText) -> Claim? {
        guard let first = earlier.first else { return nil }
        let quantity = text.quantities[index]
        let agreeing = earlier.first { Self.agree(text.quantities[$0], quantity) }
        let other = text.quantities[agreeing ?? first]
        let isSame = other.value == quantity.value
        let verdict: Verdict = agreeing == nil ? .wrong : (isSame ? .holds : .explained)
        // 元 and other measures may be of another accounting; only counted things must be the same.
        if verdict == .wrong, !WholeNumbers.areCounted(quantity) || !WholeNumbers.areCounted(other) {
            return nil
        }
        let (printed, before) = (text.source.text(quantity.range), text.source.text(other.range))
        let line = text.source.line(at: other.range.lowerBound)
        let explanation =
            verdict == .wrong
            ? Phrase(
                "同一数字在第\(line)行写作\(before)，此处写作\(printed)，前后不一致；请核对哪一处有误。",
                "The same figure is \(before) in line \(line) and \(printed) here. Check which of them is wrong."
            )
            : Phrase(
                "与第\(line)行的\(before)\(isSame ? "一致" : "在四舍五入的范围内一致")。",
                "It agrees with \(before) in line \(line)\(isSame ? "" : " within rounding").")
        return Claim(
            kind: .repetition, stated: printed, range: quantity.range, quote: quantity.range,
            operands: [
                Claim.Operand(
                    role: Phrase("前文的同一数字", "the same figure before"), value: other.value, step: other.step,
                    range: other.range)
            ],
            recomputed: other.value, recomputedText: before, verdict: verdict, explanation: explanation)
    }

    /// Whether the intervals that two figures stand for meet.
    private static func agree(_ first: Quantity, _ second: Quantity) -> Bool {
        if first.value == second.value { return true }
        guard let distance = try? first.value.subtracting(second.value),
            let steps = try? slack(first).adding(slack(second))
        else { return false }
        return distance.magnitude <= steps
    }

    private static func slack(_ quantity: Quantity) throws(ArithmeticProblem) -> Rational {
        WholeNumbers.areCounted(quantity) ? .zero : try quantity.step.divided(by: Rational(2))
    }
}
