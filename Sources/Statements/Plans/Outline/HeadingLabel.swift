/// The number before a heading: 一、 （一） 1. ①, where it stands and which place in its row it gives.
struct HeadingLabel: Hashable, Sendable {
    /// The forms of numbers, from the outermost level to the innermost.
    ///
    /// The order is that of GB/T 9704-2012, 7.3.3 (一、（一）1.（1）) with the divisions of laws and long plans
    /// (篇 章 节 条) around it and the words that count inside a paragraph (第一， 一是) below it.
    enum Style: Int, Hashable, Sendable, Comparable {
        case part
        case chapter
        case section
        case chinese
        case article
        case chineseBracket
        case arabic
        case arabicTwo
        case arabicThree
        case arabicBracket
        case arabicHalfBracket
        case circled
        case ordinal
        case spoken

        static func < (left: Style, right: Style) -> Bool { left.rawValue < right.rawValue }
    }

    let style: Style
    let number: Int
    /// Where it stands, with its mark: 一、 whole, and of 一是 both scalars.
    let range: Range<Int>
}

extension HeadingLabel {
    /// The label that begins at an offset, if one does.
    static func read(at offset: Int, in scalars: [Unicode.Scalar], until limit: Int) -> HeadingLabel? {
        let limit = min(limit, scalars.count)
        guard offset >= 0, offset < limit else { return nil }
        let first = scalars[offset]
        if first == "第" { return division(at: offset, in: scalars, until: limit) }
        if PlanScalar.isOpening(first) { return bracketed(at: offset, in: scalars, until: limit) }
        if PlanScalar.isDigit(first) { return arabic(at: offset, in: scalars, until: limit) }
        if let circled = circledNumber(first) {
            return HeadingLabel(style: .circled, number: circled, range: offset..<(offset + 1))
        }
        if let (number, end) = chineseNumber(at: offset, in: scalars, until: limit), number > 0 {
            return chinese(number, from: offset, end: end, in: scalars, until: limit)
        }
        return nil
    }

    /// 一、 二． and 一是 二要.
    private static func chinese(
        _ number: Int, from start: Int, end: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> HeadingLabel? {
        var mark = end
        if mark < limit, PlanScalar.isSpace(scalars[mark]) { mark += 1 }
        guard mark < limit else { return nil }
        switch scalars[mark] {
        case "、":
            // 一、二级企业 and 一、二、三产业 count kinds; they are no headings.
            if mark + 1 < limit, PlanScalar.chineseDigit(scalars[mark + 1]) != nil,
                mark + 2 < limit, "级级类等、线型产期季次".unicodeScalars.contains(scalars[mark + 2])
            {
                return nil
            }
            return HeadingLabel(style: .chinese, number: number, range: start..<(mark + 1))
        case ".", "．":
            return HeadingLabel(style: .chinese, number: number, range: start..<(mark + 1))
        case "是", "要":
            guard mark == end, number <= 20 else { return nil }
            return HeadingLabel(style: .spoken, number: number, range: start..<(mark + 1))
        default:
            return nil
        }
    }

    /// 第一章 第二节 第三条 and 第一，.
    private static func division(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> HeadingLabel? {
        var read = chineseNumber(at: offset + 1, in: scalars, until: limit)
        if read == nil { read = arabicNumber(at: offset + 1, in: scalars, until: limit) }
        guard let (number, end) = read, number > 0, end < limit else { return nil }
        let style: Style
        switch scalars[end] {
        case "篇", "编": style = .part
        case "章": style = .chapter
        case "节": style = .section
        case "条": style = .article
        case "，", ",", "、", "：":
            return HeadingLabel(style: .ordinal, number: number, range: offset..<(end + 1))
        default: return nil
        }
        var stop = end + 1
        // 第一章、 and 第一章： carry a mark behind; 第三条第二款 and 第十条规定 are references.
        if stop < limit, "、：".unicodeScalars.contains(scalars[stop]) { stop += 1 }
        if stop < limit, "第的规之和及与至、".unicodeScalars.contains(scalars[stop]) { return nil }
        return HeadingLabel(style: style, number: number, range: offset..<stop)
    }

    /// （一） and （1）.
    private static func bracketed(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> HeadingLabel? {
        guard scalars[offset] == "（" || scalars[offset] == "(" || scalars[offset] == "〔" else { return nil }
        var start = offset + 1
        if start < limit, PlanScalar.isSpace(scalars[start]) { start += 1 }
        var style = Style.chineseBracket
        var read = chineseNumber(at: start, in: scalars, until: limit)
        if read == nil {
            style = .arabicBracket
            read = arabicNumber(at: start, in: scalars, until: limit)
        }
        guard let (number, end) = read, number > 0, number < 200 else { return nil }
        var stop = end
        if stop < limit, PlanScalar.isSpace(scalars[stop]) { stop += 1 }
        guard stop < limit, PlanScalar.isClosing(scalars[stop]) else { return nil }
        stop += 1
        if stop < limit, scalars[stop] == "、" { stop += 1 }
        return HeadingLabel(style: style, number: number, range: offset..<stop)
    }

    /// 1、 1. 1） and 1.1 1.1.1 before text.
    private static func arabic(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> HeadingLabel? {
        guard let (number, end) = arabicNumber(at: offset, in: scalars, until: limit), end - offset <= 3
        else { return nil }
        var mark = end
        if mark < limit, PlanScalar.isSpace(scalars[mark]) { mark += 1 }
        guard mark < limit else { return nil }
        let range = offset..<(mark + 1)
        switch scalars[mark] {
        case "、": return HeadingLabel(style: .arabic, number: number, range: range)
        case "）", ")": return HeadingLabel(style: .arabicHalfBracket, number: number, range: range)
        case ".", "．":
            if mark + 1 < limit, PlanScalar.isDigit(scalars[mark + 1]) {
                // 1．6月底前 was the first item, whose text begins with a date.
                if let (_, stop) = arabicNumber(at: mark + 1, in: scalars, until: limit), stop < limit,
                    scalars[stop] == "月" || (scalars[stop] == "年" && stop - mark == 5)
                {
                    return HeadingLabel(style: .arabic, number: number, range: range)
                }
                return mark == end ? dotted(at: offset, in: scalars, until: limit) : nil
            }
            return HeadingLabel(style: .arabic, number: number, range: range)
        default: return nil
        }
    }

    /// 1.1 and 1.1.1, which must not be the decimals of a figure.
    private static func dotted(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> HeadingLabel? {
        var (place, dots, last) = (offset, 0, 0)
        while let (number, end) = arabicNumber(at: place, in: scalars, until: limit), end - place <= 2 {
            (last, place) = (number, end)
            guard end + 1 < limit, scalars[end] == ".", PlanScalar.isDigit(scalars[end + 1]) else { break }
            dots += 1
            place = end + 1
        }
        guard dots == 1 || dots == 2, last > 0, place < limit else { return nil }
        let next = scalars[place]
        let isText = PlanScalar.isSpace(next) || PlanScalar.isIdeograph(next) || next == "、" || next == "."
        let isUnit = "万亿倍元个米公千吨年月日分家项人成至到多".unicodeScalars.contains(next)
        guard isText, !isUnit else { return nil }
        if next == "、" || next == "." { place += 1 }
        return HeadingLabel(
            style: dots == 1 ? .arabicTwo : .arabicThree, number: last, range: offset..<place)
    }

    /// ① to ⑳, ⑴ to ⒇ and ⒈ to ⒛.
    private static func circledNumber(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x2460...0x2473: Int(scalar.value - 0x2460) + 1
        case 0x2474...0x2487: Int(scalar.value - 0x2474) + 1
        case 0x2488...0x249B: Int(scalar.value - 0x2488) + 1
        default: nil
        }
    }

    /// A number written in digits, of at most four.
    private static func arabicNumber(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> (number: Int, end: Int)? {
        var (number, place) = (0, offset)
        while place < limit, place - offset < 4, PlanScalar.isDigit(scalars[place]) {
            number = number * 10 + Int(scalars[place].value - 0x30)
            place += 1
        }
        guard place > offset, place >= limit || !PlanScalar.isDigit(scalars[place]) else { return nil }
        return (number, place)
    }

    /// A number from 一 to 九百九十九 written in Chinese.
    private static func chineseNumber(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> (number: Int, end: Int)? {
        var (number, digit, place) = (0, 0, offset)
        while place < limit, place - offset < 6 {
            if let value = PlanScalar.chineseDigit(scalars[place]) {
                digit = value
            } else if scalars[place] == "十" {
                number += max(digit, 1) * 10
                digit = 0
            } else if scalars[place] == "百" {
                number += max(digit, 1) * 100
                digit = 0
            } else {
                break
            }
            place += 1
        }
        return place > offset ? (number + digit, place) : nil
    }
}
