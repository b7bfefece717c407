import Foundation
import Records

/// Which passwords are taken: long enough, and none that everybody tries first.
///
/// Nothing is asked of the kinds of characters: length keeps guessers out, and such rules make people write
/// passwords down (NIST SP 800-63B, section 5.1.1.2).
public enum PasswordRules {
    /// The fewest characters (ASVS 4.0.3, 2.1.1).
    public static let shortest = 12
    /// The most characters.
    public static let longest = 128

    /// Why a password is not taken; nil when it is.
    ///
    /// - Parameters:
    ///   - login: of the account; the password may not be like it.
    ///   - name: of the person, likewise.
    public static func objection(to password: String, login: String, name: String) -> RefusalReason? {
        let password = password.precomposedStringWithCompatibilityMapping
        // Counted in code points: a long run of marks on one letter is not one character to a guesser.
        let count = password.unicodeScalars.count
        if count < shortest {
            return unsuitable("口令至少 \(shortest) 个字符。", "A password has at least \(shortest) characters.")
        }
        if count > longest {
            return unsuitable("口令最多 \(longest) 个字符。", "A password has at most \(longest) characters.")
        }
        let plain = plain(password)
        for taken in [login, name].map(self.plain) where !taken.isEmpty {
            if plain == taken || plain == taken + taken || stem(plain) == taken {
                return unsuitable(
                    "口令不能与登录名或姓名相同。", "A password may not be the login or the name.")
            }
        }
        if GuessablePasswords.contains(plain) {
            return unsuitable(
                "该口令太常见，请另选一个。", "That password is too common; choose another.")
        }
        return nil
    }

    private static func unsuitable(_ zh: String, _ en: String) -> RefusalReason {
        RefusalReason(.passwordUnsuitable, field: "password", zh, en)
    }

    /// Small letters without spaces.
    private static func plain(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace }
    }

    /// A password without the digits at its end.
    private static func stem(_ text: String) -> String {
        var text = text
        while let last = text.last, ("0"..."9").contains(last) { text.removeLast() }
        return text
    }
}
