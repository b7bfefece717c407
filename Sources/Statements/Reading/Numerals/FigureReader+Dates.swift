import Figures

extension FigureReader {
    /// Reads a date in Arabic digits, or a part of one.
    mutating func date(at place: Int) -> Int? {
        if let end = numericDate(at: place) ?? clock(at: place) { return end }
        guard let first = digits(at: place) else { return nil }
        if let end = years(first, from: place) { return end }
        return dayOrMonth(first, from: place)
    }

    private func digits(at place: Int) -> (value: Int64, end: Int)? {
        guard kind(place) == .digit, let numeral = ArabicNumeral.read(scalars, at: place),
            let value = numeral.whole,
            numeral.digits.count <= 4
        else { return nil }
        return (value, numeral.end)
    }

    /// 2013-04-30, 2013/4/30, 2013.4.30, with a time of day behind it or not.
    private mutating func numericDate(at place: Int) -> Int? {
        guard let year = digits(at: separated(place + 4) ? place : -1, count: 4), isYear(year) else {
            return nil
        }
        let mark = at(place + 4)
        guard let (month, behind) = short(at: place + 5), (1...12).contains(month) else { return nil }
        guard at(behind) == mark, let (day, end) = short(at: behind + 1), (1...31).contains(day) else {
            return nil
        }
        return addDate(place..<end, digits: place..<end, value: year)
    }

    private func separated(_ place: Int) -> Bool { Marks.dateSeparators.contains(at(place)) }

    /// Exactly so many digits.
    private func digits(at place: Int, count: Int) -> Int64? {
        guard place >= 0, kind(place + count) != .digit else { return nil }
        var value: Int64 = 0
        for next in place..<place + count {
            guard let digit = ArabicNumeral.digit(at(next)) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// One or two digits.
    private func short(at place: Int) -> (value: Int64, end: Int)? {
        if let two = digits(at: place, count: 2) { return (two, place + 2) }
        return digits(at: place, count: 1).map { ($0, place + 1) }
    }

    private func isYear(_ value: Int64) -> Bool { (1800...2199).contains(value) }

    /// 14:31, 14:31:00.
    private mutating func clock(at place: Int) -> Int? {
        guard let (hour, behind) = short(at: place), hour <= 24, at(behind) == ":",
            let minute = digits(at: behind + 1, count: 2), minute < 60
        else { return nil }
        var end = behind + 3
        if at(end) == ":", let second = digits(at: end + 1, count: 2), second < 60 { end += 3 }
        return addDate(place..<end, digits: place..<end, value: hour)
    }

    /// 2009年, 2009年6月30日, 2011-2015年, 09年; a bare 2015 too.
    private mutating func years(_ first: (value: Int64, end: Int), from place: Int) -> Int? {
        let count = first.end - place
        if at(first.end) == "年", at(first.end + 1) != "级",
            count == 4 ? isYear(first.value) : isShortYear(place, first)
        {
            if at(first.end + 1) == "代" {
                return addDate(
                    place..<first.end + 2, digits: place..<first.end, value: first.value, unit: "年代")
            }
            let end = monthAndDay(at: first.end + 1) ?? first.end + 1
            return addDate(place..<end, digits: place..<first.end, value: first.value, unit: "年")
        }
        guard count == 4, isYear(first.value) else { return era(first, from: place) }
        if let start = connected(at: first.end), let last = digits(at: start), last.end - start == 4,
            isYear(last.value), last.value > first.value
        {
            let end = at(last.end) == "年" ? last.end + 1 : last.end
            return addDate(
                place..<end, digits: place..<last.end, value: first.value, upper: last.value,
                unit: end > last.end ? "年" : "")
        }
        // A bare 2015 is a year unless something says what there are 2015 of.
        let isBare =
            (1949...2060).contains(first.value) && Unit.read(scalars, at: first.end) == nil
            && Factor.read(scalars, at: first.end).power == 0 && connected(at: first.end) == nil
            && !Marks.notBehindYear.contains(at(first.end)) && kind(first.end) != .letter
        return isBare ? addDate(place..<first.end, digits: place..<first.end, value: first.value) : nil
    }

    /// 09年, and 98年6月.
    private func isShortYear(_ place: Int, _ first: (value: Int64, end: Int)) -> Bool {
        guard first.end - place == 2 else { return false }
        return at(place) == "0" || monthAndDay(at: first.end + 1) != nil
    }

    /// 21世纪, 80年代.
    private mutating func era(_ first: (value: Int64, end: Int), from place: Int) -> Int? {
        for word in ["世纪", "年代"] where at(first.end) == word.unicodeScalars.first {
            guard at(first.end + 1) == word.unicodeScalars.dropFirst().first else { continue }
            return addDate(place..<first.end + 2, digits: place..<first.end, value: first.value, unit: word)
        }
        return nil
    }

    /// Where 6月, 1-6月, 6月30日 or 6月30日10时 ends that begins at a place; `nil` when none does.
    private func monthAndDay(at place: Int) -> Int? {
        guard let (month, behind) = short(at: place), (1...12).contains(month) else { return nil }
        var end = behind
        if let start = connected(at: behind), let last = short(at: start), (1...12).contains(last.value) {
            end = last.end
        }
        guard at(end) == "月" else { return nil }
        end += 1
        if at(end) == "份" { return end + 1 }
        guard let (day, after) = short(at: end), (1...31).contains(day), at(after) == "日" || at(after) == "号"
        else {
            return end
        }
        return hour(at: after + 1) ?? after + 1
    }

    /// Where 10时30分 ends.
    private func hour(at place: Int) -> Int? {
        guard let (hour, behind) = short(at: place), hour <= 24, at(behind) == "时" || at(behind) == "点" else {
            return nil
        }
        guard let (minute, after) = short(at: behind + 1), minute < 60, at(after) == "分" else {
            return behind + 1
        }
        return after + 1
    }

    /// 6月, 1-6月份, 6月30日, 13日, 10时30分, 1季度.
    private mutating func dayOrMonth(_ first: (value: Int64, end: Int), from place: Int) -> Int? {
        if let end = monthAndDay(at: place) {
            return addDate(place..<end, digits: place..<first.end, value: first.value, unit: "月")
        }
        if let end = hour(at: place), at(end - 1) == "分" || at(end - 1) == "时" {
            return addDate(place..<end, digits: place..<first.end, value: first.value, unit: "时")
        }
        if at(first.end) == "季", at(first.end + 1) == "度", (1...4).contains(first.value) {
            return addDate(place..<first.end + 2, digits: place..<first.end, value: first.value, unit: "季度")
        }
        var (end, upper): (Int, Int64?) = (first.end, nil)
        if let start = connected(at: end), let last = digits(at: start), at(last.end) == "日",
            last.value <= 31,
            first.value < last.value
        {
            (end, upper) = (last.end, last.value)
        }
        guard at(end) == "日", (1...31).contains(first.value), at(end + 1) != "内", at(end + 1) != "均",
            BoundWords.after(scalars, end + 1, isTime: true) == nil
        else { return nil }
        return addDate(place..<end + 1, digits: place..<end, value: first.value, upper: upper, unit: "日")
    }

    /// 二〇一三年四月一日, 四月, 一季度, 前三季度, 九十年代.
    mutating func chineseDate(_ numeral: Numeral) -> Int? {
        let (start, end) = (numeral.digits.lowerBound, numeral.end)
        if numeral.isPositional, numeral.digitCount == 4 || numeral.digitCount == 2, at(end) == "年" {
            let behind = chineseMonth(at: end + 1) ?? end + 1
            return addDate(start..<behind, digits: numeral.digits, value: numeral.unscaled, unit: "年")
        }
        if at(end) == "季", at(end + 1) == "度" {
            return addDate(start..<end + 2, digits: numeral.digits, value: numeral.unscaled, unit: "季度")
        }
        if (at(end) == "世" && at(end + 1) == "纪") || (at(end) == "年" && at(end + 1) == "代") {
            return addDate(
                start..<end + 2, digits: numeral.digits, value: numeral.unscaled, unit: text(end..<end + 2))
        }
        guard let behind = chineseMonth(at: start) else { return nil }
        return addDate(start..<behind, digits: numeral.digits, value: numeral.unscaled, unit: "月")
    }

    /// Where 四月 or 四月一日 ends that begins at a place.
    private func chineseMonth(at place: Int) -> Int? {
        guard let month = ChineseNumeral.read(scalars, at: place), let value = month.whole,
            (1...12).contains(value),
            month.neighbour == nil, at(month.end) == "月"
        else { return nil }
        let end = month.end + 1
        if at(end) == "份" { return end + 1 }
        guard let day = ChineseNumeral.read(scalars, at: end), let number = day.whole,
            (1...31).contains(number),
            at(day.end) == "日" || at(day.end) == "号"
        else { return end }
        return day.end + 1
    }
}
