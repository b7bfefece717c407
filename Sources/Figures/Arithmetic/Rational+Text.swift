/// How a percentage is written.
public enum PercentStyle: Hashable, Sendable {
    /// As the housing ministry's communiqués write it: two places, and none that are exactly zero.
    ///
    /// 1/2 is 50%, 7/8 is 87.5%, 5/28 is 17.86%; 4/31 is 12.90%, whose last zero is a rounded digit and stays.
    case communique
    /// Always so many places, from 0 to 18: 50.00%.
    case fixed(Int)
}

extension Rational {
    /// The fraction with so many decimal places (0 to 18), rounded once, half away from zero.
    ///
    /// Statistical reports round half up; results of tests are rounded otherwise (GB/T 8170-2008) and do not
    /// use this. Never prints `-0`.
    public func text(places: Int) -> String {
        let rounded = roundedDigits(places: places)
        return Self.written(rounded.digits, places: rounded.places, isNegative: isNegative)
    }

    /// The fraction as a percentage with its sign `%`, rounded once, half away from zero.
    public func percentText(_ style: PercentStyle = .communique) -> String {
        percentNumber(style) + "%"
    }

    /// The fraction in hundredths, without the sign `%`: what stands before 百分点.
    public func percentNumber(_ style: PercentStyle = .communique) -> String {
        switch style {
        case .fixed(let places):
            let kept = min(max(places, 0), 18)
            let digits = roundedDigits(places: kept + 2).digits
            return Self.written(digits, places: kept, isNegative: isNegative)
        case .communique:
            let rounded = roundedDigits(places: 4)
            let full = Self.written(rounded.digits, places: 2, isNegative: isNegative)
            return rounded.isExact ? Self.withoutTrailingZeros(full) : full
        }
    }

    /// The decimal digits of the magnitude, whole part and places together, rounded half up.
    private func roundedDigits(places: Int) -> (digits: [UInt8], places: Int, isExact: Bool) {
        let kept = min(max(places, 0), 20)
        let divisor = denominator.magnitude
        var rest = numerator.magnitude % divisor
        var digits = String(numerator.magnitude / divisor).utf8.map { $0 - 0x30 }
        for _ in 0..<kept { digits.append(Self.nextDigit(&rest, divisor)) }
        let isExact = rest == 0
        if rest >= divisor - rest { Self.increment(&digits) }
        return (digits, kept, isExact)
    }

    /// The next digit of a long division. Ten times the rest may not fit, so it is added up ten times instead.
    private static func nextDigit(_ rest: inout UInt128, _ divisor: UInt128) -> UInt8 {
        var (digit, sum): (UInt8, UInt128) = (0, 0)
        for _ in 0..<10 {
            if sum >= divisor - rest {
                sum -= divisor - rest
                digit += 1
            } else {
                sum += rest
            }
        }
        rest = sum
        return digit
    }

    private static func increment(_ digits: inout [UInt8]) {
        for index in digits.indices.reversed() {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
        }
        digits.insert(1, at: 0)
    }

    private static func written(_ digits: [UInt8], places: Int, isNegative: Bool) -> String {
        let padding = [UInt8](repeating: 0, count: max(0, places + 1 - digits.count))
        let all = padding + digits
        let whole = all.dropLast(places).drop { $0 == 0 }
        var text = isNegative && all.contains { $0 != 0 } ? "-" : ""
        text += whole.isEmpty ? "0" : whole.map { String($0) }.joined()
        if places > 0 { text += "." + all.suffix(places).map { String($0) }.joined() }
        return text
    }

    private static func withoutTrailingZeros(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var shortened = Substring(text)
        while shortened.last == "0" { shortened.removeLast() }
        if shortened.last == "." { shortened.removeLast() }
        return String(shortened)
    }
}
