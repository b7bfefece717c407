import Figures

/// A quotient of two sums of figures: 部分÷总数, (本期−基数)÷基数, 减少数÷(本期+减少数).
struct Formula: Hashable, Sendable {
    /// The figures, each once.
    let terms: [Term]
    /// By what each figure is multiplied above the line: −1, 0 or 1.
    let above: [Int]
    /// By what each figure is multiplied below the line; all zero for a divisor of one.
    let below: [Int]
    /// By what the quotient is multiplied: 100 for a percentage, else 1.
    let scale: Rational

    init(_ terms: [Term], above: [Int], below: [Int], scale: Rational = Rational(100)) {
        self.terms = terms
        self.above = above
        self.below = below
        self.scale = scale
    }

    /// Part over whole, in percent.
    static func share(_ part: Term, of whole: Term) -> Formula {
        Formula([part, whole], above: [1, 0], below: [0, 1])
    }

    /// The sum of some figures less the sum of others.
    static func sum(_ added: [Term], less subtracted: [Term] = []) -> Formula {
        Formula(
            added + subtracted,
            above: added.map { _ in 1 } + subtracted.map { _ in -1 },
            below: (added + subtracted).map { _ in 0 }, scale: .one)
    }

    /// Whether there is anything below the line.
    var isQuotient: Bool { below.contains { $0 != 0 } }

    /// What stands above the line for these values.
    func numerator(_ values: [Rational]) throws(ArithmeticProblem) -> Rational {
        try Self.total(values, above)
    }

    /// What stands below the line for these values.
    func denominator(_ values: [Rational]) throws(ArithmeticProblem) -> Rational {
        isQuotient ? try Self.total(values, below) : .one
    }

    /// The exact value for these values of the terms.
    func value(_ values: [Rational]) throws(ArithmeticProblem) -> Rational {
        try numerator(values).divided(by: try denominator(values)).multiplied(by: scale)
    }

    /// The exact value of the figures as printed.
    func value() throws(ArithmeticProblem) -> Rational {
        guard let whole = wholeSums else { return try value(terms.map(\.value)) }
        return try Rational(whole.above * scale.numerator, over: whole.below)
    }

    /// What stands above and below the line when all figures are whole numbers of at most forty bits, as nearly
    /// all are: these need no common denominators.
    private var wholeSums: (above: Int128, below: Int128)? {
        guard scale.denominator == 1, scale.numerator <= 100, above.count == terms.count,
            below.count == terms.count, terms.count < 1 << 20
        else { return nil }
        var (top, bottom): (Int128, Int128) = (0, isQuotient ? 0 : 1)
        for (index, term) in terms.enumerated() {
            let number = term.value.numerator
            guard term.value.denominator == 1, number.magnitude < 1 << 40 else { return nil }
            top += number * Int128(above[index].signum())
            bottom += number * Int128(below[index].signum())
        }
        return (top, bottom)
    }

    /// The least and greatest values that the rounding of the figures allows.
    ///
    /// A quotient with at most three figures takes its extremes at the corners, because it rises or falls
    /// steadily in each; a sum of any number takes them where every figure is extreme.
    func bounds() throws(ArithmeticProblem) -> (low: Rational, high: Rational) {
        var ranges: [(low: Rational, high: Rational)] = []
        for term in terms { ranges.append(try term.values()) }
        guard isQuotient else { return try sumBounds(ranges) }
        var (low, high): (Rational?, Rational?) = (nil, nil)
        guard terms.count <= 4 else { return try manyBounds(ranges) }
        for corner in 0..<(1 << terms.count) {
            let values = ranges.indices.map { index in
                corner & (1 << index) != 0 ? ranges[index].high : ranges[index].low
            }
            guard !(try denominator(values).isZero) else { continue }
            let value = try value(values)
            low = min(low ?? value, value)
            high = max(high ?? value, value)
        }
        let exact = try value()
        return (low ?? exact, high ?? exact)
    }

    /// For many terms, each only above or only below the line: the extremes of both sides.
    private func manyBounds(_ ranges: [(low: Rational, high: Rational)]) throws(ArithmeticProblem) -> (
        low: Rational, high: Rational
    ) {
        let small = zip(ranges, zip(above, below)).map { $1.0 > 0 || $1.1 < 0 ? $0.low : $0.high }
        let great = zip(ranges, zip(above, below)).map { $1.0 > 0 || $1.1 < 0 ? $0.high : $0.low }
        return (try value(small), try value(great))
    }

    private func sumBounds(_ ranges: [(low: Rational, high: Rational)]) throws(ArithmeticProblem) -> (
        low: Rational, high: Rational
    ) {
        let lows = zip(ranges, above).map { $1 < 0 ? $0.high : $0.low }
        let highs = zip(ranges, above).map { $1 < 0 ? $0.low : $0.high }
        return (try value(lows), try value(highs))
    }

    /// The value one figure must have for the whole to be `result`, the other figures as printed; `nil` when
    /// the figure does not matter.
    func solve(_ index: Int, for result: Rational) throws(ArithmeticProblem) -> Rational? {
        guard terms.indices.contains(index) else { return nil }
        var others = terms.map(\.value)
        others[index] = .zero
        let freeAbove = try numerator(others).multiplied(by: scale)
        let freeBelow = isQuotient ? try denominator(others) : .one
        let factor = try Rational(Int64(above[index])).multiplied(by: scale)
            .subtracting(try result.multiplied(by: Rational(Int64(below[index]))))
        guard !factor.isZero else { return nil }
        return try result.multiplied(by: freeBelow).subtracting(freeAbove).divided(by: factor)
    }

    /// The formula with one figure's value changed.
    func replacing(_ index: Int, with value: Rational) -> [Rational] {
        var values = terms.map(\.value)
        if values.indices.contains(index) { values[index] = value }
        return values
    }

    /// The formula in figures: `(35−26)÷35`.
    func text(in source: SourceText) -> String {
        let top = Self.text(terms, above, in: source)
        guard isQuotient else { return top }
        let bottom = Self.text(terms, below, in: source)
        return Self.bracketed(top) + "÷" + Self.bracketed(bottom)
    }

    private static func total(_ values: [Rational], _ factors: [Int]) throws(ArithmeticProblem) -> Rational {
        var sum = Rational.zero
        for (value, factor) in zip(values, factors) where factor != 0 {
            sum = factor > 0 ? try sum.adding(value) : try sum.subtracting(value)
        }
        return sum
    }

    private static func text(_ terms: [Term], _ factors: [Int], in source: SourceText) -> String {
        var text = ""
        let ordered = zip(terms, factors).filter { $1 > 0 } + zip(terms, factors).filter { $1 < 0 }
        for (term, factor) in ordered.prefix(60) {
            text += factor > 0 ? (text.isEmpty ? "" : "+") : "−"
            text += term.text(in: source)
        }
        return ordered.count > 60 ? text + "+…" : text
    }

    private static func bracketed(_ text: String) -> String {
        text.contains("+") || text.contains("−") ? "(" + text + ")" : text
    }
}
