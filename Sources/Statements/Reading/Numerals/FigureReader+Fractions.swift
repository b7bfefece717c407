import Figures

extension FigureReader {
    /// Reads 百分之八, 百分之95, 千分之三, 三分之一; `nil` when none begins here.
    mutating func fraction(at place: Int) -> Int? {
        guard let whole = denominator(at: place) else { return nil }
        return fraction(from: place, whole)
    }

    /// The number above the line, and the fraction added in hundredths.
    private mutating func fraction(from place: Int, _ whole: (value: Int64, end: Int)) -> Int? {
        guard let part = part(at: whole.end), var high = part.value,
            let scale = try? Rational(100).divided(by: Rational(whole.value)),
            var value = try? high.multiplied(by: scale)
        else { return nil }
        var (end, upper): (Int, Rational?) = (part.end, nil)
        if let second = secondPart(at: end, whole.value), let limit = second.value, high < limit {
            high = limit
            upper = try? limit.multiplied(by: scale)
            end = second.end
        }
        if let neighbour = part.upper { upper = try? neighbour.multiplied(by: scale) }
        // What is said in hundredths or thousandths was rounded; a third is a third.
        let isDecimal = whole.value >= 100
        let step = isDecimal ? (try? part.step.multiplied(by: scale)) ?? .zero : .zero
        if value.isZero { value = .zero }
        let (bound, behind) = bound(
            before: place, after: end, isTime: false, isAbout: part.upper != nil || at(end) == "强")
        let goesOn = add(
            Quantity(
                sort: .percent, value: value, step: step, upper: upper, bound: bound, unit: "%",
                range: place..<end, digits: place..<end))
        return max(goesOn, behind)
    }

    /// The denominator before 分之: 百, 千, 万, or a number from 2.
    private func denominator(at place: Int) -> (value: Int64, end: Int)? {
        let fixed: Int64? =
            switch at(place) {
            case "百": 100
            case "千": 1000
            case "万": 10_000
            default: nil
            }
        if let fixed { return isOver(place + 1) ? (fixed, place + 3) : nil }
        let numeral =
            kind(place) == .digit
            ? ArabicNumeral.read(scalars, at: place) : ChineseNumeral.read(scalars, at: place)
        guard let numeral, isOver(numeral.end), let value = numeral.whole, value >= 2 else { return nil }
        return (value, numeral.end + 2)
    }

    private func isOver(_ place: Int) -> Bool { at(place) == "分" && at(place + 1) == "之" }

    private func part(at place: Int) -> Numeral? {
        if at(place) == "百", ChineseNumeral.runEnd(scalars, place) == place + 1 {
            return Numeral(unscaled: 100, digits: place..<place + 1, end: place + 1, isChinese: true)
        }
        return kind(place) == .digit
            ? ArabicNumeral.read(scalars, at: place) : ChineseNumeral.read(scalars, at: place)
    }

    /// The upper end: 百分之五至百分之八, 百分之五至八.
    private func secondPart(at place: Int, _ whole: Int64) -> Numeral? {
        guard let start = connected(at: place) else { return nil }
        if let second = denominator(at: start) { return second.value == whole ? part(at: second.end) : nil }
        guard let numeral = part(at: start), Unit.read(scalars, at: numeral.end) == nil else { return nil }
        return numeral
    }

    /// Reads 3分之1 in Arabic digits, and 1/3.
    mutating func simpleFraction(at place: Int) -> Int? {
        if let end = fraction(at: place) { return end }
        guard at(place + 1) == "/", let upper = ArabicNumeral.digit(at(place)),
            let lower = ArabicNumeral.digit(at(place + 2)), upper > 0, upper < lower,
            kind(place + 3) != .digit, kind(place + 3) != .letter, at(place + 3) != "/",
            let value = try? Rational(Int128(upper) * 100, over: Int128(lower))
        else { return nil }
        let (bound, behind) = bound(before: place, after: place + 3, isTime: false, isAbout: false)
        let goesOn = add(
            Quantity(
                sort: .percent, value: value, step: .zero, bound: bound, unit: "%", range: place..<place + 3,
                digits: place..<place + 3))
        return max(goesOn, behind)
    }
}
