/// Reads Chinese numerals: 一千二百, 二〇一三, 两, 廿, 三万五千, 三点五, 七八.
enum ChineseNumeral {
    /// No number of official texts is longer.
    private static let longest = 32

    /// The numeral that begins at a place with a digit or 十; `nil` for 百 千 万 亿 alone, which are no figures.
    static func read(_ scalars: [Unicode.Scalar], at place: Int) -> Numeral? {
        guard place < scalars.count, digit(scalars[place]) != nil || tens(scalars[place]) != nil else {
            return nil
        }
        let end = runEnd(scalars, place)
        guard end - place <= longest else { return nil }
        if let positional = positional(scalars, place, end) { return decimal(scalars, positional) }
        return counted(scalars, place, end).map { decimal(scalars, $0) }
    }

    /// Where a run of Chinese numerals ends.
    static func runEnd(_ scalars: [Unicode.Scalar], _ place: Int) -> Int {
        var end = place
        while end < scalars.count, ScalarClasses.shared[scalars[end]] == .chineseNumeral { end += 1 }
        return end
    }

    /// Digits that stand for themselves, at least two and without 十百千万亿: 二〇一三.
    private static func positional(_ scalars: [Unicode.Scalar], _ place: Int, _ end: Int) -> Numeral? {
        var (value, next): (Int64, Int) = (0, place)
        while next < end, let digit = digit(scalars[next]), next - place < 18 {
            value = value * 10 + digit
            next += 1
        }
        guard next - place >= 2 else { return nil }
        let followsFactor = next < end
        if next - place == 2, let first = digit(scalars[place]), let second = digit(scalars[place + 1]),
            first > 0, second == first + 1
        {
            var numeral = Numeral(unscaled: first, digits: place..<next, end: next)
            numeral.neighbour = second
            numeral.isChinese = true
            return followsFactor ? scaled(numeral, scalars, end) : numeral
        }
        guard !followsFactor else { return nil }
        var numeral = Numeral(unscaled: value, digits: place..<next, end: next)
        (numeral.isChinese, numeral.isPositional, numeral.digitCount) = (true, true, next - place)
        return numeral
    }

    /// 三四十, 七八百, 两三千.
    private static func scaled(_ numeral: Numeral, _ scalars: [Unicode.Scalar], _ end: Int) -> Numeral? {
        let factor = Factor.read(scalars, at: numeral.end)
        guard factor.end == end else { return nil }
        var numeral = numeral
        (numeral.power, numeral.end) = (factor.power, factor.end)
        return numeral
    }

    /// A numeral with 十百千万亿: sections below 万, each times its factor.
    private static func counted(_ scalars: [Unicode.Scalar], _ place: Int, _ end: Int) -> Numeral? {
        var sum = ChineseSum()
        var next = place
        while next < end, sum.add(scalars[next]) { next += 1 }
        guard next > place, let total = sum.total else { return nil }
        // What is said in whole 万 is as rough as it is in Arabic digits: 三百万 stands for 300万.
        let power = sum.lastIsGreatFactor ? sum.lastPower : 0
        let scale = Numeral.powerOfTen(power) ?? 1
        var numeral = Numeral(unscaled: total / scale, digits: place..<next, end: next)
        (numeral.power, numeral.isChinese, numeral.digitCount) = (power, true, next - place)
        return numeral
    }

    /// Adds 点五 or 点三五 when digits that stand for themselves follow.
    private static func decimal(_ scalars: [Unicode.Scalar], _ numeral: Numeral) -> Numeral {
        guard numeral.power == 0, numeral.neighbour == nil, numeral.end + 1 < scalars.count,
            scalars[numeral.end] == "点", digit(scalars[numeral.end + 1]) != nil
        else { return numeral }
        var (value, places, next) = (numeral.unscaled, 0, numeral.end + 1)
        while next < scalars.count, let digit = digit(scalars[next]), places < 9 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, product <= .max - digit else { return numeral }
            value = product + digit
            places += 1
            next += 1
        }
        var decimal = Numeral(unscaled: value, digits: numeral.digits.lowerBound..<next, end: next)
        (decimal.places, decimal.isChinese, decimal.digitCount) = (
            places, true, next - numeral.digits.lowerBound
        )
        return decimal
    }

    static func digit(_ scalar: Unicode.Scalar) -> Int64? {
        switch scalar {
        case "〇", "零": 0
        case "一": 1
        case "二", "两": 2
        case "三": 3
        case "四": 4
        case "五": 5
        case "六": 6
        case "七": 7
        case "八": 8
        case "九": 9
        default: nil
        }
    }

    static func tens(_ scalar: Unicode.Scalar) -> Int64? {
        switch scalar {
        case "十": 1
        case "廿": 2
        case "卅": 3
        default: nil
        }
    }
}

/// The sum that a Chinese numeral with 十百千万亿 says.
private struct ChineseSum {
    private var finished: Int64 = 0
    private var section: Int64 = 0
    private var current: Int64?
    private var hasZero = false
    private var isEmpty = true
    /// The factor read last within the section, and the last 万 or 亿.
    private var smallPower = 4
    private var greatPower = 16
    private var hasHundredMillion = false
    private(set) var lastPower = 0
    private(set) var lastIsGreatFactor = false

    /// Takes one more scalar; `false` when it does not belong to the number any more.
    mutating func add(_ scalar: Unicode.Scalar) -> Bool {
        defer { isEmpty = false }
        if let digit = ChineseNumeral.digit(scalar) { return add(digit: digit) }
        if let tens = ChineseNumeral.tens(scalar) { return add(times: tens, power: 1) }
        switch scalar {
        case "百": return add(times: 1, power: 2)
        case "千": return add(times: 1, power: 3)
        case "万": return close(power: 4)
        case "亿": return close(power: 8)
        default: return false
        }
    }

    private mutating func add(digit: Int64) -> Bool {
        if digit == 0 {
            guard !isEmpty, current == nil, !hasZero else { return false }
            hasZero = true
            return true
        }
        guard current == nil else { return false }
        current = digit
        lastIsGreatFactor = false
        return true
    }

    private mutating func add(times: Int64, power: Int) -> Bool {
        guard power < smallPower, current != nil || power == 1 else { return false }
        let scale = Numeral.powerOfTen(power) ?? 1
        section += (current ?? 1) * times * scale
        (current, hasZero, smallPower, lastPower, lastIsGreatFactor) = (nil, false, power, power, false)
        return true
    }

    private mutating func close(power: Int) -> Bool {
        let whole = section + (current ?? 0)
        guard power < greatPower || (power == 8 && greatPower == 4 && !hasHundredMillion) else {
            return false
        }
        defer { hasHundredMillion = hasHundredMillion || power == 8 }
        let scale = Numeral.powerOfTen(power) ?? 1
        if power == 8, greatPower == 4 {
            // 三万亿, 一万二千亿: the 万 before belongs under the 亿.
            finished = (finished + whole) * scale
            lastPower = whole == 0 ? 12 : 8
        } else {
            guard whole > 0 else { return false }
            finished += whole * scale
            lastPower = power
        }
        (section, current, hasZero, smallPower, greatPower, lastIsGreatFactor) = (
            0, nil, false, 4, power, true
        )
        return true
    }

    var total: Int64? {
        guard !isEmpty else { return nil }
        // 一万二 says 12000: a last digit right behind 百 千 万 亿 counts in tenths of it.
        if let current, !hasZero, lastPower >= 2, let scale = Numeral.powerOfTen(lastPower - 1) {
            return finished + section + current * scale
        }
        return finished + section + (current ?? 0)
    }
}
