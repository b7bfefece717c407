import Figures

/// One figure that a formula is made of, with the values it may stand for.
struct Term: Hashable, Sendable {
    /// What it is in the arithmetic: 上年同期, 部分, 总数.
    let role: Phrase
    /// The figure.
    let value: Rational
    /// The distance between neighbouring figures printed this way; zero for an exact one.
    let step: Rational
    /// What a word beside the figure does to it.
    let bound: Quantity.Bound
    /// Whether it counts whole things, so that it stands for itself alone.
    let isCount: Bool
    /// Where it stands in what is read; `nil` when it was computed.
    let range: Range<Int>?
    /// Its unit as printed; empty when it was computed.
    private let unit: String

    /// A figure as the text prints it.
    init(_ quantity: Quantity, role: Phrase) {
        self.role = role
        value = quantity.value
        step = quantity.step
        bound = quantity.bound
        isCount = WholeNumbers.areCounted(quantity)
        range = quantity.range
        unit = quantity.unit
    }

    /// A figure that was computed or deduced: exact.
    init(exactly value: Rational, role: Phrase) {
        self.role = role
        self.value = value
        step = .zero
        bound = .exact
        isCount = value.denominator == 1
        range = nil
        unit = ""
    }

    /// How it is written in an explanation.
    func text(in source: SourceText) -> String {
        range.map { PrintedNumber.text(at: $0, unit: unit, in: source) } ?? PrintedNumber.decimal(value)
    }

    /// The least and the greatest value it stands for: half a step around a rounded figure, itself for a
    /// count, and a tenth more or less where a word makes it inexact.
    func values() throws(ArithmeticProblem) -> (low: Rational, high: Rational) {
        let half = isCount ? .zero : try step.divided(by: Rational(2))
        let tenth = try value.divided(by: Rational(10))
        let (low, high) = (try value.subtracting(half), try value.adding(half))
        return switch bound {
        case .exact: (low, high)
        case .about: (try value.subtracting(tenth), try value.adding(tenth))
        case .atLeast, .above: (low, try value.adding(tenth))
        case .atMost, .below: (try value.subtracting(tenth), high)
        }
    }

    /// The figure as an operand of a claim.
    var operand: Claim.Operand {
        Claim.Operand(role: role, value: value, step: step, range: range)
    }
}
