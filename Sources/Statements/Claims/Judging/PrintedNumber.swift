import Figures

/// How numbers are written in an explanation.
enum PrintedNumber {
    /// A figure as the text prints it, without its unit: `3536.5亿`, `1,200`, `26`.
    static func text(at range: Range<Int>, unit: String, in source: SourceText) -> String {
        let printed = source.text(range)
        guard !unit.isEmpty, printed.hasSuffix(unit) else { return printed }
        let shortened = String(printed.dropLast(unit.count))
        return shortened.isEmpty ? printed : shortened
    }

    /// How many decimal places a step means: 0 for 1 and above, 2 for 1/100.
    static func places(of step: Rational) -> Int {
        var (scaled, places) = (step, 0)
        while places < 12, !scaled.isZero, scaled.denominator != 1,
            let next = try? scaled.multiplied(by: Rational(10))
        {
            (scaled, places) = (next, places + 1)
        }
        return places
    }

    /// The number in decimals: all of them when they end within six, else three and an ellipsis.
    static func decimal(_ value: Rational) -> String {
        for places in 0...6 where isExact(value, places) { return value.text(places: places) }
        return cut(value, places: 3) + "…"
    }

    /// The number rounded half up to a step, as the text would print it: 82.5 for a step of 1/10.
    static func rounded(_ value: Rational, step: Rational) -> String {
        let places = places(of: step)
        guard step > .one, let parts = try? value.divided(by: step), let whole = try? nearest(parts),
            let product = try? whole.multiplied(by: step)
        else { return value.text(places: places) }
        return product.text(places: 0)
    }

    /// The number that Arabic digits with a point and thousands separators print; `nil` for anything else.
    static func parsed(_ digits: String) -> Rational? {
        var (unscaled, places): (Int64, Int?) = (0, nil)
        for scalar in digits.unicodeScalars {
            switch scalar {
            case "0"..."9":
                let (tenfold, overflow) = unscaled.multipliedReportingOverflow(by: 10)
                guard !overflow, tenfold < .max - 9 else { return nil }
                unscaled = tenfold + Int64(scalar.value) - 0x30
                places = places.map { $0 + 1 }
            case ",": continue
            case "." where places == nil: places = 0
            default: return nil
            }
        }
        return digits.isEmpty ? nil : Rational(unscaled: unscaled, places: min(places ?? 0, 18))
    }

    /// The nearest whole number, half away from zero.
    static func nearest(_ value: Rational) throws(ArithmeticProblem) -> Rational {
        let half = try Rational(1, over: 2)
        let magnitude = floor(try value.magnitude.adding(half))
        return value.isNegative ? magnitude.negated : magnitude
    }

    /// The greatest whole number not above a number.
    static func floor(_ value: Rational) -> Rational {
        let (quotient, rest) = value.numerator.quotientAndRemainder(dividingBy: value.denominator)
        let whole = rest < 0 ? quotient - 1 : quotient
        return (try? Rational(whole, over: 1)) ?? value
    }

    /// Whether so many decimal places hold the number exactly.
    private static func isExact(_ value: Rational, _ places: Int) -> Bool {
        var scale: Int128 = 1
        for _ in 0..<places { scale *= 10 }
        return scale.isMultiple(of: value.denominator)
    }

    /// The first decimal places of a number, without rounding.
    private static func cut(_ value: Rational, places: Int) -> String {
        let half = Rational(unscaled: 5, places: places + 1)
        let shifted = try? value.magnitude.subtracting(half)
        guard let shifted, !shifted.isNegative else { return value.text(places: places) }
        // Rounding what lies half a place lower cuts; an exact tie cannot stand here, because numbers with
        // few decimals are printed whole.
        return (value.isNegative ? "-" : "") + shifted.text(places: places)
    }
}
