/// Hides personal data while leaving enough to tell two apart.
public enum PersonalMask {
    /// The first three and the last two characters of nine or more, only stars of less: 138******78.
    public static func masked(_ text: String) -> String {
        guard text.count >= 9 else { return String(repeating: "*", count: min(text.count, 8)) }
        return text.prefix(3) + String(repeating: "*", count: text.count - 5) + text.suffix(2)
    }
}
