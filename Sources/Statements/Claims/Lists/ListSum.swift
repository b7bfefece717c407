import Figures

/// The sum of one kind of a list's figures, each as often as members have it.
struct ListSum {
    let key: FigureKey
    let figures: [ListFigure]
    let terms: [Term]
    let value: Rational
    /// How far rounding of the figures may put the sum off.
    let leeway: Rational

    /// Adds up; `nil` when a figure is not exactly said or the sum outgrows exact arithmetic.
    init?(_ figures: [ListFigure], key: FigureKey, in text: ReadText) {
        var (sum, leeway) = (Rational.zero, Rational.zero)
        var terms: [Term] = []
        for figure in figures {
            let term = Term(text.quantities[figure.quantity], role: Self.memberRole, in: text.source)
            guard term.bound == .exact,
                let product = try? term.value.multiplied(by: Rational(Int64(figure.times))),
                let next = try? sum.adding(product),
                let slack = try? Self.slack(term, figure.times), let wider = try? leeway.adding(slack)
            else { return nil }
            (sum, leeway) = (next, wider)
            terms.append(term)
        }
        self.key = key
        self.figures = figures
        self.terms = terms
        value = sum
        self.leeway = leeway
    }

    static let memberRole = Phrase("所列一项", "one of the list")

    private static func slack(_ term: Term, _ times: Int) throws(ArithmeticProblem) -> Rational {
        guard !term.isCount else { return .zero }
        return try term.step.divided(by: Rational(2)).multiplied(by: Rational(Int64(times)))
    }

    /// How a stated total stands to the sum.
    func verdict(_ total: Quantity) -> Verdict {
        if total.value == value { return .holds }
        let half = WholeNumbers.areCounted(total) ? .zero : (try? total.step.divided(by: Rational(2)))
        guard let half, let allowed = try? leeway.adding(half),
            let distance = try? total.value.subtracting(value)
        else { return .unverifiable }
        return distance.magnitude <= allowed ? .explained : .wrong
    }

    /// The sum written out: 7+5+3×2+…+1, shortened when it is long.
    var written: String {
        let parts = zip(terms, figures).map { $1.times > 1 ? "\($0.text)×\($1.times)" : $0.text }
        guard parts.count > 14 else { return parts.joined(separator: "+") }
        return parts.prefix(8).joined(separator: "+") + "+…+" + parts.suffix(3).joined(separator: "+")
    }

    /// How many members the sum runs over.
    var count: Int { figures.reduce(0) { $0 &+ $1.times } }
}

/// A number written in the measure of a figure of the text: 25人 for 41人, 2918.8亿元 for 2920亿元.
enum Measure {
    static func text(_ value: Rational, as quantity: Quantity, in source: SourceText) -> String {
        let digits = source.text(quantity.digits)
        let suffix = source.text(
            min(quantity.digits.upperBound, quantity.range.upperBound)..<quantity.range.upperBound)
        guard let printed = PrintedNumber.parsed(digits), !printed.isZero,
            let factor = try? quantity.value.divided(by: printed),
            let scaled = try? value.divided(by: factor)
        else { return PrintedNumber.decimal(value) + quantity.unit }
        return PrintedNumber.decimal(scaled) + suffix
    }
}
