/// Gives half-width punctuation the one form that the grammar knows.
enum PunctuationRepair {
    /// Unifies the marks at some places: full-width beside Chinese, as they are within numbers and Latin
    /// words. A letter O between Chinese numerals, as in 二O一三, is their zero.
    static func unify(_ scalars: inout [Unicode.Scalar], at places: [Int]) {
        var isQuoting = false
        var checked = 0
        for place in places {
            let mark = scalars[place]
            if mark == "\"" {
                // A quotation ends at the latest with its paragraph.
                if isQuoting { isQuoting = !scalars[checked..<place].contains("\n") }
                checked = place
                isQuoting.toggle()
                scalars[place] = isQuoting ? "“" : "”"
                continue
            }
            if let full = fullWidth(mark, scalars, place) { scalars[place] = full }
        }
    }

    private static func fullWidth(
        _ mark: Unicode.Scalar, _ scalars: [Unicode.Scalar], _ place: Int
    ) -> Unicode.Scalar? {
        let before = place > 0 ? scalars[place - 1] : "\n"
        let after = place + 1 < scalars.count ? scalars[place + 1] : "\n"
        switch mark {
        case ",": return isLatin(before) && isLatin(after) && !isSpaced(after) ? nil : "，"
        case ";": return isLatin(before) && isLatin(after) && !isSpaced(after) ? nil : "；"
        case ":": return isLatin(before) && isLatin(after) && !isSpaced(after) ? nil : "："
        case "?": return isWide(before) && !isDigit(after) ? "？" : nil
        case "!": return isWide(before) ? "！" : nil
        case "O", "o": return isNumeral(before) && isNumeral(after) ? "〇" : nil
        case ".":
            guard isWide(before) || before == "%", !isDigit(after), after.value > 0x7F || after == "\n" else {
                return nil
            }
            return isLabel(scalars, endingAt: place) ? nil : "。"
        default: return nil
        }
    }

    /// Whether a line holds nothing before a place but a few numerals: 一. 十二.
    private static func isLabel(_ scalars: [Unicode.Scalar], endingAt place: Int) -> Bool {
        var start = place
        while start > 0, place - start < 4, ScalarClasses.shared[scalars[start - 1]] == .chineseNumeral {
            start -= 1
        }
        return start < place && (start == 0 || scalars[start - 1] == "\n")
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x80 && scalar != "\n" && scalar != "%" && scalar != "]"
    }

    private static func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
        ScalarClasses.shared[scalar] == .chineseNumeral
    }
    private static func isSpaced(_ scalar: Unicode.Scalar) -> Bool { scalar == " " }
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool { scalar.value > 0x2E7F || scalar == "”" }
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
