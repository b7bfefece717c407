import Expressions

/// Unified social credit codes (GB 32100-2015).
public enum CreditCode {
    /// The characters, each standing for its position as a number.
    private static let characters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    /// Whether it has 18 of the standard's characters, the third to eighth digits.
    public static func isWellFormed(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        guard bytes.count == 18, bytes.allSatisfy(characters.contains) else { return false }
        return bytes[2..<8].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// Whether the last character is the one that the others call for.
    public static func hasRightCheckDigit(_ code: String) -> Bool {
        let values = code.utf8.compactMap { characters.firstIndex(of: $0) }
        guard values.count == 18, code.utf8.count == 18 else { return false }
        let sum = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return (31 - sum % 31) % 31 == values[17]
    }
}

/// Citizens' identity numbers (GB 11643-1999).
public enum IdentityNumber {
    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkDigits = Array("10X98765432".utf8)

    /// Whether it has 17 digits with a day of birth among them, and a digit or X.
    public static func isWellFormed(_ number: String) -> Bool {
        let bytes = Array(number.utf8)
        guard bytes.count == 18, bytes[..<17].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            bytes[17] == 0x58 || bytes[17] >= 0x30 && bytes[17] <= 0x39
        else { return false }
        let birth = String(decoding: bytes[6..<14], as: UTF8.self)
        return birth >= "1800" && TextForms.date(birth) != nil
    }

    /// Whether the last character is the one that the others call for.
    public static func hasRightCheckDigit(_ number: String) -> Bool {
        let bytes = Array(number.utf8)
        guard bytes.count == 18, bytes[..<17].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
        let sum = zip(bytes, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return checkDigits[sum % 11] == bytes[17]
    }
}
