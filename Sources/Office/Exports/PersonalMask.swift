import Expressions
import Rulebooks

/// Hides personal data while leaving enough to tell two apart.
public enum PersonalMask {
    /// A value as its field is masked: identity numbers 3301**********1234, names 张*, all else as `masked(_:)`.
    ///
    /// Of files and tables nothing is left.
    public static func masked(_ value: Value, of field: Field) -> String {
        switch value {
        case .null: return ""
        case .list, .map: return "****"
        default: break
        }
        let text = ImportedRow.text(value)
        if case .person = field.type, text.count >= 15 {
            return text.prefix(4) + String(repeating: "*", count: text.count - 8) + text.suffix(4)
        }
        return masked(text)
    }

    /// The first three and the last two characters of nine or more, 138******78; the first of two to four
    /// Chinese characters, 张*; only stars of anything else.
    public static func masked(_ text: String) -> String {
        guard text.count >= 9 else {
            if (2...4).contains(text.count), text.unicodeScalars.allSatisfy(isChinese) {
                return text.prefix(1) + String(repeating: "*", count: text.count - 1)
            }
            return String(repeating: "*", count: min(text.count, 8))
        }
        return text.prefix(3) + String(repeating: "*", count: text.count - 5) + text.suffix(2)
    }

    /// Whether a character is a unified ideograph: the base block, extension A, or beyond the first plane.
    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x2_0000...0x3_FFFF: true
        default: false
        }
    }
}
