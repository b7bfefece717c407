/// Hexadecimal text as the ledger writes it: lower case, two digits a byte.
public enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// The bytes in lower-case hexadecimal.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.underestimatedCount * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that lower-case hexadecimal text stands for; upper case is refused so that every value
    /// has one spelling.
    public static func decode(_ text: some StringProtocol) throws(LedgerProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case 0x30...0x39: digit = character - 0x30
            case 0x61...0x66: digit = character - 0x61 + 10
            default: throw .malformedText(what: .hexadecimal)
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { throw .malformedText(what: .hexadecimal) }
        return bytes
    }
}

/// Standard base64 with padding (RFC 4648 section 4), one spelling for every value.
public enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The bytes in base64 with padding.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group: UInt32 = 0
        var held = 0
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            held += 1
            if held == 3 {
                for shift in [18, 12, 6, 0] as [UInt32] { text.append(digits[Int(group >> shift & 63)]) }
                group = 0
                held = 0
            }
        }
        if held > 0 {
            group <<= UInt32(8 * (3 - held))
            for position in 0..<4 {
                let digit = digits[Int(group >> UInt32(18 - 6 * position) & 63)]
                text.append(position <= held ? digit : 0x3D)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that base64 text stands for; missing padding, line breaks and non-zero spare bits are
    /// refused (RFC 4648 section 3.5).
    public static func decode(_ text: some StringProtocol) throws(LedgerProblem) -> [UInt8] {
        let characters = Array(text.utf8)
        guard characters.count % 4 == 0 else { throw .malformedText(what: .base64) }
        var padding = 0
        while padding < 2, padding < characters.count, characters[characters.count - 1 - padding] == 0x3D {
            padding += 1
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        var group: UInt32 = 0
        var held = 0
        for character in characters.dropLast(padding) {
            group = group << 6 | UInt32(try value(of: character))
            held += 1
            if held == 4 {
                for shift in [16, 8, 0] as [UInt32] { bytes.append(UInt8(group >> shift & 255)) }
                group = 0
                held = 0
            }
        }
        switch held {
        case 0: break
        case 2 where group & 15 == 0: bytes.append(UInt8(group >> 4))
        case 3 where group & 3 == 0:
            bytes.append(UInt8(group >> 10))
            bytes.append(UInt8(group >> 2 & 255))
        default: throw .malformedText(what: .base64)
        }
        return bytes
    }

    private static func value(of character: UInt8) throws(LedgerProblem) -> UInt8 {
        switch character {
        case 0x41...0x5A: character - 0x41
        case 0x61...0x7A: character - 0x61 + 26
        case 0x30...0x39: character - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: throw .malformedText(what: .base64)
        }
    }
}

/// Decimal numbers as C2SP writes them: ASCII digits, no sign, no leading zero.
enum Decimal64 {
    static func decode(_ text: some StringProtocol) throws(LedgerProblem) -> UInt64 {
        let digits = text.utf8
        guard let first = digits.first, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            first != 0x30 || digits.count == 1, let value = UInt64(text)
        else { throw .malformedText(what: .decimal) }
        return value
    }
}
