/// Text from outside made harmless to a terminal.
public enum SafeText {
    /// The text on one line: white space controls become a space, and other controls, which could move the
    /// cursor, change colours or turn the reading direction (Unicode Technical Report 36), become U+FFFD.
    public static func oneLine(_ text: String) -> String { clean(text, keepsLineBreaks: false) }

    /// As ``oneLine(_:)``, but line breaks stay, all as LF.
    public static func lines(_ text: String) -> String { clean(text, keepsLineBreaks: true) }

    private static func clean(_ text: String, keepsLineBreaks: Bool) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar {
            case "\n" where previous == "\r": continue
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": result.append(keepsLineBreaks ? "\n" : " ")
            case "\t", "\u{B}", "\u{C}": result.append(" ")
            default: result.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar)
            }
        }
        return String(result)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x61C: true
        default: false
        }
    }
}
