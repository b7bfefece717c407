/// Reads Arabic digits with thousands separators and a decimal point.
enum ArabicNumeral {
    /// The digits that begin at a place, without a factor; `nil` when none does.
    static func read(_ scalars: [Unicode.Scalar], at place: Int) -> Numeral? {
        var digits = Digits()
        var next = place
        while next < scalars.count, let digit = digit(scalars[next]) {
            digits.add(digit)
            next += 1
        }
        guard next > place else { return nil }
        if next - place <= 3 { next = groups(scalars, next, &digits) }
        let wholeCount = digits.count
        if next + 1 < scalars.count, scalars[next] == ".", digit(scalars[next + 1]) != nil {
            next += 1
            while next < scalars.count, let digit = digit(scalars[next]) {
                digits.add(digit)
                next += 1
            }
        }
        var numeral = Numeral(unscaled: digits.value, digits: place..<next, end: next)
        numeral.digitCount = digits.count
        numeral.places = digits.count - wholeCount
        numeral.isTooLong = digits.isTooLong
        return numeral
    }

    /// Steps over groups of exactly three digits behind commas: 1,234,567.
    private static func groups(_ scalars: [Unicode.Scalar], _ place: Int, _ digits: inout Digits) -> Int {
        var next = place
        while next + 3 < scalars.count, scalars[next] == "," || scalars[next] == "'",
            let first = digit(scalars[next + 1]), let second = digit(scalars[next + 2]),
            let third = digit(scalars[next + 3]),
            !(next + 4 < scalars.count && digit(scalars[next + 4]) != nil)
        {
            for digit in [first, second, third] { digits.add(digit) }
            next += 4
        }
        return next
    }

    static func digit(_ scalar: Unicode.Scalar) -> Int64? {
        scalar.value >= 0x30 && scalar.value <= 0x39 ? Int64(scalar.value - 0x30) : nil
    }

    /// Adds up at most eighteen digits.
    private struct Digits {
        var value: Int64 = 0
        var count = 0
        var isTooLong: Bool { count > 18 }

        mutating func add(_ digit: Int64) {
            count += 1
            if count <= 18 { value = value * 10 + digit }
        }
    }
}
