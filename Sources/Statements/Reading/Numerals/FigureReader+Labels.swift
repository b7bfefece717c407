import Figures

extension FigureReader {
    /// Digits at a place that are a list's label, a document's number, or part of a name.
    mutating func digitLabel(at place: Int) -> Int? {
        var end = place
        while kind(end) == .digit { end += 1 }
        let count = end - place
        let numeral = ArabicNumeral.read(scalars, at: place)
        if let range = listLabel(from: place, to: end) {
            return addLabel(range, digits: place..<end, value: whole(place..<end))
        }
        let value = numeral?.value
        if let range = documentNumber(from: place, to: end) {
            return addLabel(range, digits: place..<end, value: value)
        }
        if count > 18 { return addLabel(place..<end, digits: place..<end) }
        let runEnd = nameEnd(at: end)
        if runEnd > end { return addLabel(place..<runEnd, digits: place..<end, value: value) }
        if count >= 3, at(place) == "0", at(end) == "-" || at(end) == "—", kind(end + 1) == .digit {
            return addLabel(place..<wordEnd(from: end), digits: place..<end)
        }
        let isCode = count >= 2 && at(place) == "0" && !isDatePart(end) && at(end) != "%"
        let isMobile =
            count == 11 && at(place) == "1" && Unit.read(scalars, at: end) == nil
            && Factor.read(scalars, at: end).power == 0
        if isCode || isMobile || isNamed(from: place, to: end) {
            let numberEnd = numeral?.end ?? end
            return addLabel(place..<numberEnd, digits: place..<numberEnd, value: value)
        }
        return nil
    }

    /// The number that at most eighteen digits say.
    private func whole(_ digits: Range<Int>) -> Rational? {
        guard digits.count <= 18 else { return nil }
        return Rational(scalars[digits].reduce(0) { $0 * 10 + (ArabicNumeral.digit($1) ?? 0) })
    }

    /// A label at the beginning of an item: 1、 1. 1） （1） 1.2.
    private func listLabel(from place: Int, to end: Int) -> Range<Int>? {
        guard end - place <= 3 else { return nil }
        if at(place - 1) == "（", at(end) == "）", isItemStart(place - 1) { return place - 1..<end + 1 }
        guard isItemStart(place) else { return nil }
        switch at(end) {
        case "、": return kind(end + 1) == .digit ? nil : place..<end + 1
        case "）": return place..<end + 1
        case ".":
            if kind(end + 1) != .digit { return kind(end + 1) == .letter ? nil : place..<end + 1 }
            if isYear(at: end + 1) { return place..<end + 1 }
            return sectionNumber(from: place, end + 1)
        default: return nil
        }
    }

    /// Whether four digits and 年 stand at a place: the date in 2.2011年2月 behind a label.
    private func isYear(at place: Int) -> Bool {
        (place..<place + 4).allSatisfy { kind($0) == .digit } && at(place + 4) == "年"
    }

    /// 1.2 and 1.2.3 before a heading: a space follows, or at least two points.
    private func sectionNumber(from place: Int, _ second: Int) -> Range<Int>? {
        guard isParagraphStart(place) else { return nil }
        var (end, points) = (second, 1)
        while kind(end) == .digit || (at(end) == "." && kind(end + 1) == .digit) {
            if at(end) == "." { points += 1 }
            end += 1
            guard end - place <= 12 else { return nil }
        }
        return points > 1 || at(end) == " " || at(end) == "、" ? place..<end : nil
    }

    /// 〔2013〕43号, [2013]43号, （2013）第43号: from the bracket to 号.
    private func documentNumber(from place: Int, to end: Int) -> Range<Int>? {
        guard end - place == 4, Marks.openingYears.contains(at(place - 1)),
            Marks.closingYears.contains(at(end))
        else { return nil }
        var next = end + 1
        if at(next) == "第" { next += 1 }
        let start = next
        while kind(next) == .digit, next - start < 8 { next += 1 }
        guard next > start else { return nil }
        if at(next) == "-" || at(next) == "—", kind(next + 1) == .digit { return nil }
        guard at(next) == "号" else { return nil }
        return place - 1..<next + 1
    }

    /// Where letters or marks end that stick to digits and make them a name: 3C, 20xx, 1+X, 3·15, 5×4.
    private func nameEnd(at end: Int) -> Int {
        if kind(end) == .letter {
            return Unit.read(scalars, at: end) == nil ? wordEnd(from: end) : end
        }
        let isJoined = Marks.joiners.contains(at(end))
        guard isJoined, kind(end + 1) == .digit || (at(end) == "+" && kind(end + 1) == .letter) else {
            return end
        }
        return wordEnd(from: end)
    }

    /// Where a run of letters, digits and marks between them ends.
    func wordEnd(from place: Int) -> Int {
        var end = place
        while true {
            let kind = kind(end)
            if kind == .letter || kind == .digit {
                end += 1
            } else if Marks.wordJoiners.contains(at(end)),
                self.kind(end + 1) == .letter || self.kind(end + 1) == .digit
            {
                end += 1
            } else {
                return end
            }
        }
    }

    private func isDatePart(_ place: Int) -> Bool { Marks.dateParts.contains(at(place)) }

    /// Digits that the words around them name: “12315”, 12345热线, 电话：88776655.
    private func isNamed(from place: Int, to end: Int) -> Bool {
        if at(place - 1) == "“", at(ArabicNumeral.read(scalars, at: place)?.end ?? end) == "”" { return true }
        if end - place >= 3, NameWords.behind.match(scalars, at: end) != nil { return true }
        guard Unit.read(scalars, at: end) == nil, Factor.read(scalars, at: end).power == 0 else {
            return false
        }
        if NameWords.figures.match(scalars, endingAt: place) != nil, at(end) != "." { return true }
        guard end - place >= 3 else { return false }
        var start = place
        while start > 0, place - start < 2, Marks.naming.contains(at(start - 1)) { start -= 1 }
        return NameWords.before.match(scalars, endingAt: start) != nil
    }

    /// A number that its unit makes a name: 43号, 7#楼, 3×4; or that stands in a ratio or a chain of figures.
    mutating func label(behind measured: MeasuredNumeral, _ value: Rational) -> Int? {
        let (start, digits) = (measured.numeral.digits.lowerBound, measured.numeral.digits)
        if measured.unit?.kind == .label {
            return addLabel(start..<measured.end, digits: digits, value: value)
        }
        if Marks.timesSigns.contains(at(measured.end)), kind(measured.end + 1) == .digit {
            return addLabel(start..<wordEnd(from: measured.end), digits: digits, value: value)
        }
        guard measured.unit == nil, !measured.numeral.isChinese else { return nil }
        if Marks.ratioSigns.contains(at(measured.end)), kind(measured.end + 1) == .digit {
            return addLabel(start..<wordEnd(from: measured.end), digits: digits, value: value)
        }
        let isChain = at(measured.end) == "." || at(measured.end) == "-"
        guard isChain, kind(measured.end + 1) == .digit || kind(measured.end + 1) == .letter else {
            return nil
        }
        let end = trailing(wordEnd(from: measured.end))
        return addLabel(start..<end, digits: digits, value: value)
    }

    /// Reads a word of Latin letters with what sticks to it: GB/T 19001, PM2.5, K24, but GDP and 5000亿元
    /// apart.
    mutating func latin(at place: Int) -> Int {
        var end = place
        while kind(end) == .letter { end += 1 }
        let letters = end - place
        if kind(end) == .digit, letters >= 2, isMeasure(at: end) { return end }
        let word = wordEnd(from: end)
        if word > end, let digit = scalars[end..<word].firstIndex(where: { ("0"..."9").contains($0) }) {
            return addLabel(place..<trailing(word), digits: digit..<word)
        }
        guard at(word) == " ", kind(word + 1) == .digit, isUpper(place..<word), !isMeasure(at: word + 1)
        else {
            return word
        }
        let number = wordEnd(from: word + 1)
        return addLabel(place..<trailing(number), digits: word + 1..<number)
    }

    /// Takes in the 号 or 版 behind a name.
    private func trailing(_ end: Int) -> Int { at(end) == "号" || at(end) == "#" ? end + 1 : end }

    private func isUpper(_ range: Range<Int>) -> Bool {
        scalars[range].contains { ("A"..."Z").contains($0) }
            && !scalars[range].contains { ("a"..."z").contains($0) }
    }

    /// Whether digits at a place carry a factor, a sign of percent or a unit.
    private func isMeasure(at place: Int) -> Bool {
        guard let numeral = ArabicNumeral.read(scalars, at: place) else { return false }
        if Factor.read(scalars, at: numeral.end).power > 0 { return true }
        guard let (unit, range) = Unit.read(scalars, at: numeral.end) else { return false }
        return unit.kind != .label && !Unit.isOtherWord(scalars, range) && unit.kind != .grade
    }

    /// A Chinese numeral at the beginning of an item: 一、 （一） 十二、.
    mutating func chineseLabel(_ numeral: Numeral) -> Int? {
        let (start, end) = (numeral.digits.lowerBound, numeral.end)
        guard numeral.digits.count <= 4 else { return nil }
        if at(start - 1) == "（", at(end) == "）", isItemStart(start - 1) {
            return addLabel(start - 1..<end + 1, digits: numeral.digits, value: numeral.value)
        }
        guard isParagraphStart(start) else { return nil }
        switch at(end) {
        case "、":
            // 一、二级 at a paragraph's beginning names two grades.
            if kind(end + 1) == .chineseNumeral, let next = ChineseNumeral.read(scalars, at: end + 1),
                Unit.read(scalars, at: next.end)?.unit.kind == .grade
            {
                return nil
            }
            return addLabel(start..<end + 1, digits: numeral.digits, value: numeral.value)
        case "）", ".": return addLabel(start..<end + 1, digits: numeral.digits, value: numeral.value)
        case " ": return addLabel(start..<end, digits: numeral.digits, value: numeral.value)
        default: return nil
        }
    }

    /// ① and its like.
    mutating func listMark(at place: Int) -> Int { addLabel(place..<place + 1, digits: place..<place + 1) }

    /// Reads 第三, 第18位, 第04期; 第43号 is a name.
    mutating func ordinal(at place: Int) -> Int {
        let numeral =
            kind(place + 1) == .digit
            ? ArabicNumeral.read(scalars, at: place + 1) : ChineseNumeral.read(scalars, at: place + 1)
        guard let numeral, let value = numeral.value, numeral.places == 0 else { return place + 1 }
        if at(numeral.end) == "季", at(numeral.end + 1) == "度" {
            return addDate(
                place..<numeral.end + 2, digits: numeral.digits, value: numeral.unscaled, unit: "季度")
        }
        let unit = Unit.read(scalars, at: numeral.end)
        if unit?.unit.kind == .label {
            return addLabel(place..<numeral.end + 1, digits: numeral.digits, value: value)
        }
        let isCounted = unit.map { !Unit.isOtherWord(scalars, $0.range) && $0.unit.kind != .percent } ?? false
        let range = isCounted ? unit?.range : nil
        return add(
            Quantity(
                sort: .ordinal, value: value, step: .one, unit: range.map(text) ?? "",
                range: place..<(range?.upperBound ?? numeral.end), digits: numeral.digits))
    }
}

/// Words beside digits that make them a telephone's or a document's number.
private enum NameWords {
    static let behind = WordTable([
        "热线", "电话", "专线", "投诉", "举报", "短号", "急救", "报警", "指挥中心", "平台", "便民", "政务服务",
    ])
    static let figures = WordTable(["图", "表", "附件", "附表", "附图", "附录", "专栏"])
    static let before = WordTable([
        "电话", "热线", "拨打", "手机", "传真", "邮编", "编号", "证号", "账号", "代码", "号码", "文号", "邮政编码",
        "联系方式", "备案号", "许可证", "编码", "信箱",
    ])
}
