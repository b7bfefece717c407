import Figures

/// The operands of a claim as the text prints them.
enum OperandText {
    /// Numerator and denominator of a claim that is a quotient; nothing of other claims, or where an operand
    /// is not known.
    ///
    /// 3536.5亿元 of 27502亿元 are `3536.5` and `27502`: a factor that both have is left out. Where the
    /// factors differ, or a figure is in Chinese numerals, the whole values are given: `35000`, `120`.
    static func quotient(of claim: Claim, in source: SourceText) -> (numerator: String, denominator: String)?
    {
        switch claim.kind {
        case .change, .share, .rate, .ratio: break
        case .listCount, .listSum, .total, .difference, .repetition, .table: return nil
        }
        guard claim.operands.count > 1 else { return nil }
        let factor = commonFactor(claim.operands.prefix(2), in: source)
        return (text(claim.operands[0].value, factor), text(claim.operands[1].value, factor))
    }

    /// The number in decimals when it has finitely many (`18293`, `3536.5`), else as a fraction (`1/3`).
    static func exact(_ value: Rational) -> String {
        var rest = value.denominator
        var (twos, fives) = (0, 0)
        while rest.isMultiple(of: 2) { (rest, twos) = (rest / 2, twos + 1) }
        while rest.isMultiple(of: 5) { (rest, fives) = (rest / 5, fives + 1) }
        let places = max(twos, fives)
        return rest == 1 && places <= 18 ? value.text(places: places) : value.description
    }

    private static func text(_ value: Rational, _ factor: Rational) -> String {
        guard factor != .one, let scaled = try? value.divided(by: factor) else { return exact(value) }
        return exact(scaled)
    }

    /// By what the printed digits of all stated operands were multiplied, where it is the same for all.
    private static func commonFactor(_ operands: ArraySlice<Claim.Operand>, in source: SourceText) -> Rational
    {
        var common: Rational?
        for operand in operands {
            guard let range = operand.range else { continue }
            guard let digits = printed(source.scalars[range.clamped(to: 0..<source.scalars.count)]),
                !digits.isZero, let factor = try? operand.value.divided(by: digits),
                factor == common ?? factor
            else { return .one }
            common = factor
        }
        return common ?? .one
    }

    /// The number that a figure's digits alone are; nil for Chinese numerals and for too many digits.
    private static func printed(_ figure: ArraySlice<Unicode.Scalar>) -> Rational? {
        var (unscaled, places): (Int64, Int?) = (0, nil)
        var isBegun = false
        for scalar in figure {
            switch scalar {
            case "0"..."9":
                let (tenfold, overflow) = unscaled.multipliedReportingOverflow(by: 10)
                let (sum, second) = tenfold.addingReportingOverflow(Int64(scalar.value) - 0x30)
                guard !overflow, !second else { return nil }
                (unscaled, isBegun) = (sum, true)
                places = places.map { $0 + 1 }
            case ",": continue
            case "." where places == nil: places = 0
            default: if isBegun { return Rational(unscaled: unscaled, places: min(places ?? 0, 18)) }
            }
        }
        return isBegun ? Rational(unscaled: unscaled, places: min(places ?? 0, 18)) : nil
    }
}
