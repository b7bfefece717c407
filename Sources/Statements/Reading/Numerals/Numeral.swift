import Figures

/// The digits of a figure with its factor: 1.14万, 一千二百, 1亿2000万.
struct Numeral {
    /// The digits without their decimal point.
    var unscaled: Int64
    /// How many of them stand behind the decimal point, from 0 to 18.
    var places = 0
    /// The power of ten of the factor: 4 for 万.
    var power = 0
    /// Where the digits stand, without the factor.
    let digits: Range<Int>
    /// The place behind the digits and the factor.
    var end: Int
    /// How many digits were printed.
    var digitCount = 0
    /// Whether 余 or 多 says that there are more.
    var isAbout = false
    /// Whether the digits are Chinese.
    var isChinese = false
    /// Whether every digit stands for itself: 二〇一三.
    var isPositional = false
    /// Whether there are more digits than exact arithmetic takes.
    var isTooLong = false
    /// The upper end of 三四 or 七八.
    var neighbour: Int64?

    /// The number; `nil` when it does not fit exact arithmetic.
    var value: Rational? { isTooLong ? nil : Self.rational(unscaled, exponent: power - places) }

    /// The upper end of 三四.
    var upper: Rational? { neighbour.flatMap { Self.rational($0, exponent: power) } }

    /// The distance to the next number printed this way.
    var step: Rational { Self.rational(1, exponent: power - places) ?? .one }

    /// A whole number without factor or decimal point; `nil` otherwise.
    var whole: Int64? { places == 0 && power == 0 && !isTooLong ? unscaled : nil }

    static func rational(_ unscaled: Int64, exponent: Int) -> Rational? {
        if exponent == 0 { return Rational(unscaled) }
        if exponent < 0 { return exponent < -18 ? nil : Rational(unscaled: unscaled, places: -exponent) }
        guard let scale = powerOfTen(exponent) else { return nil }
        let (product, overflow) = unscaled.multipliedReportingOverflow(by: scale)
        if !overflow { return Rational(product) }
        return try? Rational(unscaled).multiplied(by: Rational(scale))
    }

    static func powerOfTen(_ power: Int) -> Int64? {
        guard power >= 0, power <= 18 else { return nil }
        var result: Int64 = 1
        for _ in 0..<power { result *= 10 }
        return result
    }
}

/// The factors that may follow digits: 十百千万亿 and what is made of them.
enum Factor {
    /// The power of ten of the factor at a place, and where it ends; power 0 when there is none.
    static func read(_ scalars: [Unicode.Scalar], at place: Int) -> (power: Int, end: Int) {
        var (power, next) = (0, place)
        if next < scalars.count, let small = small(scalars[next]), !isUnit(scalars, next) {
            power = small
            next += 1
        }
        var (hasMyriad, hasHundredMillion) = (false, false)
        while next < scalars.count {
            if scalars[next] == "万", !hasMyriad, !hasHundredMillion {
                power += 4
                hasMyriad = true
            } else if scalars[next] == "亿", !hasHundredMillion {
                power += 8
                hasHundredMillion = true
            } else {
                break
            }
            next += 1
        }
        return (power, next)
    }

    private static func small(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "十": 1
        case "百": 2
        case "千": 3
        default: nil
        }
    }

    /// Whether 千 or 百 here begins a unit: 千克, 千瓦, 百分点.
    private static func isUnit(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
        guard let match = Unit.table.match(scalars, at: place) else { return false }
        return match.range.count > 1
    }
}
