import Figures

/// A number with its unit, before its bound is known.
struct MeasuredNumeral {
    var numeral: Numeral
    var unit: Unit?
    var unitRange: Range<Int>
    /// Where the number ends with its unit.
    var end: Int
    /// Whether 余, 多 or 半 makes it an approximation.
    var isAbout = false
    /// What stands behind 成: 5 for 七成半 and 七成五.
    var ones: Int64?
    /// How exact that is.
    var onesStep = Rational.one

    /// The unit as printed: the whole of 元/平方米.
    func unitName(in scalars: [Unicode.Scalar]) -> String {
        guard let unit else { return "" }
        if unit.scalarCount == unitRange.count { return unit.name }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[unitRange])
        return String(view)
    }
}

extension FigureReader {
    /// Reads what follows some digits, and adds the figure. Returns where the reading goes on.
    mutating func measured(_ numeral: Numeral) -> Int {
        guard let first = suffix(numeral) else { return numeral.end }
        if let range = range(from: first) { return addRange(first, range) }
        guard isFigure(first) else { return first.numeral.end }
        return addAmount(first)
    }

    /// The factor, unit and sign behind some digits.
    func suffix(_ numeral: Numeral) -> MeasuredNumeral? {
        var numeral = numeral
        var place = about(at: numeral.end, &numeral) ?? numeral.end
        if !numeral.isChinese { place = factors(at: place, &numeral) }
        if !numeral.isAbout { place = about(at: place, &numeral) ?? place }
        // 120多万: the factor may stand behind 多 even after Chinese digits.
        if numeral.isChinese, numeral.isAbout, numeral.power == 0 { place = factors(at: place, &numeral) }
        numeral.end = place
        var result = MeasuredNumeral(
            numeral: numeral, unit: nil, unitRange: place..<place, end: place, isAbout: numeral.isAbout)
        guard let (unit, range) = Unit.read(scalars, at: place), !Unit.isOtherWord(scalars, range) else {
            return result
        }
        result.unit = unit
        result.unitRange = range
        result.end = range.upperBound
        if unit.kind == .tenths { addOnes(&result) }
        if unit.kind == .times || unit.kind == .time || unit.kind == .tenths, at(result.end) == "多",
            !Marks.manyOf.contains(at(result.end + 1))
        {
            result.isAbout = true
            result.end += 1
        }
        if unit.kind == .time || unit.kind == .counter, at(result.end) == "半", at(result.end + 1) != "数" {
            result.isAbout = true
            result.end += 1
        }
        return result
    }

    /// Takes in 半 or the digit behind 成.
    private func addOnes(_ result: inout MeasuredNumeral) {
        if at(result.end) == "半" {
            (result.ones, result.onesStep) = (5, Rational(5))
        } else if let digit = ChineseNumeral.digit(at(result.end)), digit > 0,
            kind(result.end + 1) != .chineseNumeral, Unit.read(scalars, at: result.end + 1) == nil
        {
            result.ones = digit
        } else {
            return
        }
        result.end += 1
    }

    /// Steps over 余 多 几 when a factor or a unit follows.
    private func about(at place: Int, _ numeral: inout Numeral) -> Int? {
        switch at(place) {
        case "余", "多": break
        case "几": guard numeral.isChinese else { return nil }
        case "来": guard numeral.isChinese, numeral.unscaled % 10 == 0 else { return nil }
        default: return nil
        }
        guard numeral.isTooLong == false,
            Factor.read(scalars, at: place + 1).end > place + 1 || Unit.read(scalars, at: place + 1) != nil
        else { return nil }
        numeral.isAbout = true
        return place + 1
    }

    /// Steps over the factor, and over a second number with a smaller one: 1亿2000万, 3万5千.
    private func factors(at place: Int, _ numeral: inout Numeral) -> Int {
        let factor = Factor.read(scalars, at: place)
        guard factor.power > 0 else { return place }
        numeral.power = factor.power
        guard numeral.places == 0, !numeral.isTooLong,
            let second = ArabicNumeral.read(scalars, at: factor.end), second.places == 0, !second.isTooLong
        else { return factor.end }
        let less = Factor.read(scalars, at: second.end)
        guard less.power < factor.power, let limit = Numeral.powerOfTen(factor.power - less.power),
            second.unscaled < limit
        else { return factor.end }
        let (scaled, overflow) = numeral.unscaled.multipliedReportingOverflow(by: limit)
        guard !overflow, scaled <= .max - second.unscaled else { return factor.end }
        numeral.unscaled = scaled + second.unscaled
        numeral.power = less.power
        return less.end
    }

    /// Whether a number is one: Arabic digits always are, Chinese ones with a factor, a unit or a counter
    /// only.
    func isFigure(_ measured: MeasuredNumeral) -> Bool {
        guard measured.numeral.isChinese else { return true }
        if measured.numeral.isPositional { return false }
        guard let unit = measured.unit else {
            return measured.numeral.digits.count > 1
                && scalars[measured.numeral.digits].contains { $0 == "万" || $0 == "亿" }
        }
        guard measured.numeral.digits.count == 1, measured.numeral.power == 0 else { return true }
        return Idioms.mayCount(scalars, at: measured.numeral.digits.lowerBound, unit: unit.name)
    }

    /// Adds a number that is no range.
    private mutating func addAmount(_ measured: MeasuredNumeral) -> Int {
        let numeral = measured.numeral
        let start = numeral.digits.lowerBound
        guard let value = numeral.value else {
            return addLabel(start..<measured.end, digits: numeral.digits)
        }
        if let end = label(behind: measured, value) { return end }
        guard let (sort, amount, step, unit) = converted(measured, value) else {
            return addLabel(start..<measured.end, digits: numeral.digits)
        }
        let upper = numeral.upper
        let (bound, end) = self.bound(
            before: start, after: measured.end, isTime: measured.unit?.kind == .time,
            isAbout: measured.isAbout || upper != nil)
        return add(
            Quantity(
                sort: sort, value: amount, step: step, upper: upper, bound: bound, unit: unit,
                range: start..<measured.end, digits: numeral.digits)
        )
        .clamped(to: end)
    }

    /// What a number and its unit say together: 七成 is 70 percent, 2‰ a fifth of one.
    func converted(_ measured: MeasuredNumeral, _ value: Rational) -> (
        Quantity.Sort, Rational, Rational, String
    )? {
        let step = measured.numeral.step
        let name = measured.unitName(in: scalars)
        switch measured.unit?.kind {
        case nil, .counter, .measure, .time, .label: return (.amount, value, step, name)
        case .grade:
            let isOrdinal = measured.numeral.isChinese || measured.unit?.name == "级"
            return (isOrdinal ? .ordinal : .amount, value, step, name)
        case .percent: return (.percent, value, step, "%")
        case .point: return (.percentagePoint, value, step, name)
        case .times: return (.times, value, step, name)
        case .permille: return scaled(value, step, by: Rational(unscaled: 1, places: 1))
        case .tenths:
            guard let (_, tens, ten, unit) = scaled(value, step, by: Rational(10)) else { return nil }
            guard let ones = measured.ones, let sum = try? tens.adding(Rational(ones)) else {
                return (.percent, tens, ten, unit)
            }
            return (.percent, sum, measured.onesStep, unit)
        }
    }

    private func scaled(
        _ value: Rational, _ step: Rational, by factor: Rational
    ) -> (Quantity.Sort, Rational, Rational, String)? {
        guard let value = try? value.multiplied(by: factor), let step = try? step.multiplied(by: factor)
        else {
            return nil
        }
        return (.percent, value, step, "%")
    }

    /// The bound that the words on both sides make, and where those behind end.
    func bound(before: Int, after: Int, isTime: Bool, isAbout: Bool) -> (Quantity.Bound, Int) {
        let leading = BoundWords.before(scalars, before)
        let trailing = BoundWords.after(scalars, after, isTime: isTime)
        let end = trailing?.end ?? after
        // 近三年 are three years.
        let leadingBound = leading.flatMap {
            isTime && $0.bound == .about && at($0.start) == "近" ? nil : $0.bound
        }
        if let leadingBound, leadingBound != .about { return (leadingBound, end) }
        if let trailing { return (trailing.bound, end) }
        return (leadingBound != nil || isAbout ? .about : .exact, end)
    }

    func text(_ range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}

extension Int {
    /// The reading goes on behind the figure, or behind the words of its bound when those were read as well.
    fileprivate func clamped(to end: Int) -> Int { Swift.max(self, end) }
}
