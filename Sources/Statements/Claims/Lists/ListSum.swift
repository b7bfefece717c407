import Figures

/// The sum of one kind of a list's figures, each as often as members have it.
struct ListSum {
    let key: FigureKey
    let figures: [ListFigure]
    let value: Rational
    /// How far rounding of the figures may put the sum off.
    let leeway: Rational

    /// Adds up; `nil` when a figure is not exactly said or the sum outgrows exact arithmetic.
    init?(_ figures: [ListFigure], key: FigureKey, in text: ReadText) {
        var (sum, leeway) = (Rational.zero, Rational.zero)
        for figure in figures {
            guard text.quantities[figure.quantity].bound == .exact,
                let product = try? Self.product(text.quantities[figure.quantity].value, figure.times),
                let next = try? sum.adding(product),
                let slack = try? Self.slack(text.quantities[figure.quantity], figure.times),
                let wider = slack.isZero ? leeway : try? leeway.adding(slack)
            else { return nil }
            (sum, leeway) = (next, wider)
        }
        self.key = key
        self.figures = figures
        value = sum
        self.leeway = leeway
    }

    private static func product(_ value: Rational, _ times: Int) throws(ArithmeticProblem) -> Rational {
        times == 1 ? value : try value.multiplied(by: Rational(Int64(times)))
    }

    static let memberRole = Phrase("所列一项", "one of the list")

    private static func slack(_ figure: Quantity, _ times: Int) throws(ArithmeticProblem) -> Rational {
        guard !WholeNumbers.areCounted(figure) else { return .zero }
        return try figure.step.divided(by: Rational(2)).multiplied(by: Rational(Int64(times)))
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
    func written(in text: ReadText) -> String {
        let parts = figures.map { figure in
            let quantity = text.quantities[figure.quantity]
            let printed = PrintedNumber.text(at: quantity.range, unit: quantity.unit, in: text.source)
            return figure.times > 1 ? "\(printed)×\(figure.times)" : printed
        }
        guard parts.count > 14 else { return parts.joined(separator: "+") }
        return parts.prefix(8).joined(separator: "+") + "+…+" + parts.suffix(3).joined(separator: "+")
    }

    /// The figures as operands of a claim.
    func operands(in text: ReadText) -> [Claim.Operand] {
        figures.map { figure in
            let quantity = text.quantities[figure.quantity]
            return Claim.Operand(
                role: Self.memberRole, value: quantity.value, step: quantity.step, range: quantity.range)
        }
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
