/// Words that are looked up at a place of a text; the longest that fits wins.
///
/// A look-up costs no more than the number of words that share their first (or last) scalar, so that a pass
/// over a text stays linear in its length.
struct PlanWordList: Sendable {
    private var byFirst: [Unicode.Scalar: [[Unicode.Scalar]]] = [:]
    private var byLast: [Unicode.Scalar: [[Unicode.Scalar]]] = [:]

    /// Takes words separated by spaces or line breaks.
    init(_ words: String) {
        for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let scalars = Array(word.unicodeScalars)
            guard let first = scalars.first, let last = scalars.last else { continue }
            byFirst[first, default: []].append(scalars)
            byLast[last, default: []].append(scalars)
        }
        byFirst = byFirst.mapValues { $0.sorted { $0.count > $1.count } }
        byLast = byLast.mapValues { $0.sorted { $0.count > $1.count } }
    }

    /// The length of the longest word that begins at an offset and ends by a limit.
    func length(at offset: Int, in scalars: [Unicode.Scalar], until limit: Int) -> Int? {
        let limit = min(limit, scalars.count)
        guard offset >= 0, offset < limit, let words = byFirst[scalars[offset]] else { return nil }
        for word in words where offset + word.count <= limit {
            if scalars[offset..<(offset + word.count)].elementsEqual(word) { return word.count }
        }
        return nil
    }

    /// The length of the longest word that ends at an offset and begins no earlier than a limit.
    func length(before end: Int, in scalars: [Unicode.Scalar], from limit: Int) -> Int? {
        let limit = max(limit, 0)
        guard end > limit, end <= scalars.count, let words = byLast[scalars[end - 1]] else { return nil }
        for word in words where end - word.count >= limit {
            if scalars[(end - word.count)..<end].elementsEqual(word) { return word.count }
        }
        return nil
    }

    /// Where the first of the words stands in a stretch of text.
    func first(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> Range<Int>? {
        let range = range.clamped(to: 0..<scalars.count)
        for offset in range {
            if let length = length(at: offset, in: scalars, until: range.upperBound) {
                return offset..<(offset + length)
            }
        }
        return nil
    }

    /// Whether one of the words stands in a stretch of text.
    func occurs(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> Bool {
        first(in: range, of: scalars) != nil
    }
}

/// The sorts of scalars that the grammar of a plan tells apart.
enum PlanScalar {
    /// White space inside a line, with the ideographic and the non-breaking space.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\u{3000}" || scalar == "\u{A0}"
    }

    /// What ends a full sentence.
    static func isStop(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "。" || scalar == "！" || scalar == "？" || scalar == "!" || scalar == "?"
    }

    /// What ends a clause.
    static func isClauseMark(_ scalar: Unicode.Scalar) -> Bool {
        isStop(scalar) || scalar == "，" || scalar == "；" || scalar == "：" || scalar == "," || scalar == ";"
            || scalar == ":" || scalar == "\n"
    }

    static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "（" || scalar == "(" || scalar == "〔" || scalar == "[" || scalar == "【"
    }

    static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "）" || scalar == ")" || scalar == "〕" || scalar == "]" || scalar == "】"
    }

    static func isOpeningQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "“" || scalar == "《" || scalar == "「" || scalar == "〈"
    }

    static func isClosingQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "”" || scalar == "》" || scalar == "」" || scalar == "〉"
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x30 && scalar.value <= 0x39
    }

    /// A character of the CJK ideographs, with 〇.
    static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// The value of a Chinese numeral from 一 to 九; 〇 and 零 are 0.
    static func chineseDigit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "〇", "零", "○": 0
        case "一": 1
        case "二": 2
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
}

extension [Unicode.Scalar] {
    /// The stretch without white space around it, brought inside the text.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        let inside = range.clamped(to: 0..<count)
        var (start, end) = (inside.lowerBound, inside.upperBound)
        while start < end, PlanScalar.isSpace(self[start]) || self[start] == "\n" { start += 1 }
        while end > start, PlanScalar.isSpace(self[end - 1]) || self[end - 1] == "\n" { end -= 1 }
        return start..<end
    }

    /// A stretch as text, without white space beside anything but Latin letters and digits.
    func compactText(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        let range = trimmed(range)
        for offset in range {
            let scalar = self[offset]
            guard PlanScalar.isSpace(scalar) || scalar == "\n" else {
                view.append(scalar)
                continue
            }
            guard offset > range.lowerBound, offset + 1 < range.upperBound else { continue }
            if self[offset - 1].isASCII, !PlanScalar.isSpace(self[offset - 1]), self[offset + 1].isASCII {
                view.append(" ")
            }
        }
        return String(view)
    }
}
