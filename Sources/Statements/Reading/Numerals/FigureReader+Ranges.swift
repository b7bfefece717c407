import Figures

extension FigureReader {
    /// The second number of a range that begins with a number: 1至2家, 3-5个百分点, 10%至15%, 1-5万平方米.
    func range(from first: MeasuredNumeral) -> MeasuredNumeral? {
        guard first.numeral.neighbour == nil, first.numeral.value != nil, !first.isAbout,
            let start = connected(at: first.end), let second = number(at: start),
            !(kind(second.end) == .letter && second.unit == nil)
        else { return nil }
        if first.unit != nil, second.unit != nil, first.unitName(in: scalars) != second.unitName(in: scalars)
        {
            return nil
        }
        if first.unit != nil, second.unit == nil { return nil }
        if first.numeral.isChinese || second.numeral.isChinese, second.unit == nil { return nil }
        if Marks.fromWords.contains(at(first.numeral.digits.lowerBound - 1)) { return nil }
        guard second.unit?.kind != .label, at(second.end) != "月", at(second.end) != "-" else { return nil }
        guard let low = first.numeral.value, let high = second.numeral.value else { return nil }
        return shared(first, second) != nil || low < high ? second : nil
    }

    /// Where a second number may begin behind a dash or 至.
    func connected(at place: Int) -> Int? {
        switch at(place) {
        case "至", "到", "-", "~": place + 1
        case "—": at(place + 1) == "—" ? place + 2 : place + 1
        default: nil
        }
    }

    private func number(at place: Int) -> MeasuredNumeral? {
        switch kind(place) {
        case .digit: ArabicNumeral.read(scalars, at: place).flatMap(suffix)
        case .chineseNumeral: ChineseNumeral.read(scalars, at: place).flatMap(suffix)
        default: nil
        }
    }

    /// The first number with the second one's factor, when it has none of its own: 1 of 1-5万.
    private func shared(_ first: MeasuredNumeral, _ second: MeasuredNumeral) -> Rational? {
        guard first.numeral.power == 0, first.unit == nil, second.numeral.power > 0,
            var plain = Optional(second.numeral)
        else { return nil }
        plain.power = 0
        guard let low = first.numeral.value, let high = plain.value, low < high else { return nil }
        var scaled = first.numeral
        scaled.power = second.numeral.power
        return scaled.value
    }

    /// Adds a range: its lower figure, with the upper one beside it.
    mutating func addRange(_ first: MeasuredNumeral, _ second: MeasuredNumeral) -> Int {
        var lower = first
        (lower.unit, lower.unitRange) = (second.unit, second.unitRange)
        if shared(first, second) != nil { lower.numeral.power = second.numeral.power }
        let start = first.numeral.digits.lowerBound
        let digits = start..<second.numeral.digits.upperBound
        guard let low = lower.numeral.value, let high = second.numeral.value,
            let (sort, value, step, unit) = converted(lower, low), let upper = converted(second, high)?.1
        else { return addLabel(start..<second.end, digits: digits) }
        if Marks.timesSigns.contains(at(second.end)), kind(second.end + 1) == .digit {
            return addLabel(start..<wordEnd(from: second.end), digits: digits, value: low)
        }
        let (bound, end) = self.bound(
            before: start, after: second.end, isTime: second.unit?.kind == .time, isAbout: second.isAbout)
        let goesOn = add(
            Quantity(
                sort: sort, value: value, step: step, upper: upper, bound: bound, unit: unit,
                range: start..<second.end, digits: digits))
        return max(goesOn, end)
    }
}
