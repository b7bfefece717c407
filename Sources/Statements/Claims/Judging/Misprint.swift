import Figures

/// One operand that alone, printed otherwise, would make a wrong claim right.
struct Misprint: Hashable, Sendable {
    /// The operand's index in the formula.
    let index: Int
    /// Where it stands.
    let range: Range<Int>
    /// How it is printed.
    let printed: String
    /// What it would have to be.
    let value: Rational

    /// The operands whose change would mend a figure: to the only whole number that does, or to the only one
    /// that differs in one digit.
    static func candidates(
        _ stated: Quantity, _ formula: Formula, in source: SourceText
    ) throws(ArithmeticProblem) -> [Misprint] {
        guard stated.bound == .exact, stated.upper == nil else { return [] }
        let half = try stated.step.divided(by: Rational(2))
        var found: [Misprint] = []
        for (index, term) in formula.terms.enumerated() {
            guard let range = term.range, !term.step.isZero,
                let first = try formula.solve(index, for: try stated.value.subtracting(half)),
                let second = try formula.solve(index, for: try stated.value.adding(half)),
                let value = try mended(term, between: min(first, second), and: max(first, second))
            else { continue }
            found.append(Misprint(index: index, range: range, printed: term.text(in: source), value: value))
        }
        return found
    }

    /// The only value of the term's precision in an interval, or the only one there that differs in a digit.
    private static func mended(
        _ term: Term, between low: Rational, and high: Rational
    ) throws(ArithmeticProblem) -> Rational? {
        let (bottom, top) = (try low.divided(by: term.step), try high.divided(by: term.step))
        guard !top.isNegative, bottom <= top else { return nil }
        let first = max(PrintedNumber.floor(bottom.negated).negated.numerator, 0)
        let last = PrintedNumber.floor(top).numerator
        let printed = PrintedNumber.floor(try term.value.divided(by: term.step)).numerator
        guard first <= last, last - first < 2000 else { return nil }
        // The only value possible, when a slip could turn it into what is printed: so could any of few digits.
        let areSmall = max(first, printed) < 1000 && first <= 10 * max(printed, 1)
        if first == last, first > 0, areSmall || isSlip(first, printed) {
            return try Rational(first, over: 1).multiplied(by: term.step)
        }
        let near = (first...last).filter { isSlip($0, printed) }
        guard near.count == 1, let only = near.first else { return nil }
        return try Rational(only, over: 1).multiplied(by: term.step)
    }

    /// Whether two whole numbers of equally many digits differ in one of them, or in two that changed places.
    static func isSlip(_ left: Int128, _ right: Int128) -> Bool {
        let (first, second) = (Array(String(left).utf8), Array(String(right).utf8))
        guard first.count == second.count else { return false }
        let different = first.indices.filter { first[$0] != second[$0] }
        switch different.count {
        case 1: return true
        case 2:
            return different[1] == different[0] + 1 && first[different[0]] == second[different[1]]
                && first[different[1]] == second[different[0]]
        default: return false
        }
    }

    /// Whether a stated percentage is one slip away from what it should be: 15.48% for 12.48%.
    static func isSlip(_ stated: Quantity, of exact: Rational) -> Bool {
        guard !stated.step.isZero, let should = try? exact.divided(by: stated.step),
            let printed = try? stated.value.divided(by: stated.step),
            let whole = try? PrintedNumber.nearest(should)
        else { return false }
        return isSlip(whole.numerator, PrintedNumber.floor(printed).numerator)
    }
}
