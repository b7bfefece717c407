import Foundation
import Records

/// Which passwords are taken: long enough, and none that everybody tries first.
///
/// Nothing is asked of the kinds of characters: length keeps guessers out, and such rules make people write
/// passwords down (NIST SP 800-63B, section 5.1.1.2).
public enum PasswordRules {
    /// The fewest characters.
    public static let shortest = 10
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
        if common.contains(plain) || Set(plain).count < 2 {
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

    /// Of the passwords that are met most in published leaks, those long enough to be refused here only.
    private static let common: Set<String> = Set(
        """
        1234567890 0123456789 0987654321 9876543210 12345678910 1234567891 12345678901 123456789012
        123456789a 123456789q 123456789z 123456789qq 123456789abc 1234567890a 1234567890q a123456789
        a1234567890 q123456789 z123456789 aa123456789 abc123456 abc1234567 abc123456789 abcd123456
        abcd1234567 abcd12345678 abcde12345 abcdefghij abcdef123456 asd123456789 qwe123456789 qwer123456
        qwerty1234 qwerty12345 qwerty123456 qwerty123456789 qwertyuiop qwertyuiop123 qwertyuiop[] asdfghjkl;
        asdfghjkl1 asdfghjkl123 zxcvbnm123 zxcvbnm1234 zxcvbnm123456 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4t5
        q1w2e3r4t5y6 1qaz2wsx3edc 1qazxsw23edc qazwsx123456 qazwsxedcrfv zaq12wsxcde3 123qweasdzxc
        qweasdzxc123 1a2b3c4d5e a1b2c3d4e5 1122334455 11223344556 1231231231 123123123123 123321123321
        1234554321 1234512345 1234567899 1357924680 2468013579 1472583690 147258369a 7894561230 0147258369
        1314520520 5201314520 5201314123 woaini1314 woaini520520 woaini1314520 woaini123456 iloveyou123
        iloveyou1234 iloveyou520 password01 password12 password123 password1234 password12345 p@ssw0rd123
        p@ssword123 passw0rd123 passw0rd1234 pa55word123 admin12345 admin123456 admin1234567 admin@12345
        administrator administrator1 adminadmin root123456 rootroot123 user123456 test123456 guest12345
        letmein123 welcome123 welcome1234 welcome@123 changeme123 default123 qwerty!@#$ 1qaz@wsx3edc
        !qaz2wsx3edc 1qaz!qaz2wsx sunshine123 princess123 football123 baseball123 superman123 monkey1234
        dragon1234 master1234 michael123 computer123 internet123 china12345 china123456 beijing2008
        zhejiang123 hangzhou123 zhiheng123 zhiheng1234 wang123456 zhang123456 liuliu123456 chenchen123
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
