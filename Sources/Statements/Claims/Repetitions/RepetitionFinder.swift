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

    /// The claims of all repeated totals, in the order of the text, and those of cumulative totals.
    public func claims(in text: ReadText) -> [Claim] {
        var repeated = RepeatedTotals(text)
        ListScan.visit(text) { _, _, _, statements in repeated.add(statements) }
        return repeated.claims
    }
}

/// The totals that a document has stated so far, with the claims of those that it repeats.
struct RepeatedTotals {
    private let text: ReadText
    private var stated: [Fact: [Int]] = [:]
    private var cumulative: CumulativeTotals
    private(set) var claims: [Claim] = []

    private struct Fact: Hashable {
        let subject: WordCode
        let period: UnitCode
        let scope: UnitCode
        let unit: UnitCode
        let order: Int
    }

    init(_ text: ReadText) {
        self.text = text
        cumulative = CumulativeTotals(text)
    }

    /// Takes in the statements of the next sentence.
    mutating func add(_ statements: [StatedTotals.Found]) {
        for found in statements where isTotal(found) { add(found) }
    }

    private mutating func add(_ found: StatedTotals.Found) {
        let subject = WordCode(found.subject, of: text.source.scalars)
        let (period, scope) = (UnitCode(found.total.period), UnitCode(found.total.scope))
        for (place, index) in found.total.figures.enumerated() {
            let quantity = text.quantities[index]
            guard isStated(quantity) else { continue }
            let order = found.total.figures[..<place].count {
                isStated(text.quantities[$0]) && text.quantities[$0].unitCode == quantity.unitCode
            }
            let fact = Fact(
                subject: subject, period: period, scope: scope, unit: quantity.unitCode, order: order)
            let series = CumulativeTotals.Series(
                subject: subject, scope: scope, unit: quantity.unitCode, order: order)
            if let claim = cumulative.add(index, to: series, period: found.total.period) {
                claims.append(claim)
            }
            let earlier = stated[fact] ?? []
            if let claim = claim(index, earlier) { claims.append(claim) }
            if earlier.count < 8 { stated[fact] = earlier + [index] }
        }
    }

    private func isStated(_ quantity: Quantity) -> Bool { quantity.upper == nil && !quantity.unit.isEmpty }

    private static let totalWords = PhraseSet("共 累计 合计 总计")

    /// Whether a statement says that it is a total of a named region in a named period.
    private func isTotal(_ found: StatedTotals.Found) -> Bool {
        guard !found.total.period.isEmpty, !found.total.scope.isEmpty, found.subject.count > 3 else {
            return false
        }
        return Self.totalWords.occurs(in: found.cue, of: text.source.scalars)
    }

    private func claim(_ index: Int, _ earlier: [Int]) -> Claim? {
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
        let source = text.source
        let printed = source.text(quantity.range)
        return Claim(
            kind: .repetition, stated: printed, range: quantity.range, quote: quantity.range,
            operands: [
                Claim.Operand(role: Self.role, value: other.value, step: other.step, range: other.range)
            ],
            recomputed: other.value, verdict: verdict
        ) {
            let before = source.text(other.range)
            let line = source.line(at: other.range.lowerBound)
            let explanation =
                verdict == .wrong
                ? Phrase(
                    "同一数字在第\(line)行写作\(before)，此处写作\(printed)，前后不一致；请核对哪一处有误。",
                    "The same figure is \(before) in line \(line) and \(printed) here. Check which of them is wrong."
                )
                : Phrase(
                    "与第\(line)行的\(before)\(isSame ? "一致" : "在四舍五入的范围内一致")。",
                    "It agrees with \(before) in line \(line)\(isSame ? "" : " within rounding").")
            return Claim.Texts(recomputed: before, explanation: explanation)
        }
    }

    private static let role = Phrase("前文的同一数字", "the same figure before")

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
