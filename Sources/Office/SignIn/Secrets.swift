import Crypto

/// What secrets have in common: comparing without telling, and texts that stand for bytes.
public enum Secrets {
    /// Whether two secrets are equal, in a time that depends on their lengths alone.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The bytes in the letters of RFC 4648 section 5 without padding, fit for cookies and forms.
    static func text(_ bytes: [UInt8]) -> String {
        spelled(
            bytes, bits: 6,
            alphabet: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
    }

    /// The bytes in the letters of RFC 4648 section 6 without padding, as authenticators take secrets.
    static func base32(_ bytes: [UInt8]) -> String {
        spelled(bytes, bits: 5, alphabet: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    }

    private static func spelled(_ bytes: [UInt8], bits: Int, alphabet: [Character]) -> String {
        var text = ""
        var (buffer, held) = (0, 0)
        let mask = (1 << bits) - 1
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            held += 8
            while held >= bits {
                held -= bits
                text.append(alphabet[buffer >> held & mask])
            }
        }
        if held > 0 { text.append(alphabet[buffer << (bits - held) & mask]) }
        return text
    }

    /// The bytes that `text(_:)` stands for; nil for anything else, also for another spelling of the same.
    static func bytes(_ text: String, count: Int) -> [UInt8]? {
        guard text.utf8.count == (count * 8 + 5) / 6 else { return nil }
        var bytes: [UInt8] = []
        var (buffer, held) = (0, 0)
        for byte in text.utf8 {
            guard let value = value(of: byte) else { return nil }
            buffer = (buffer << 6 | value) & 0xFFFF
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> held))
            }
        }
        return bytes.count == count && Self.text(bytes) == text ? bytes : nil
    }

    private static func value(of byte: UInt8) -> Int? {
        switch byte {
        case 0x41...0x5A: Int(byte) - 0x41
        case 0x61...0x7A: Int(byte) - 0x61 + 26
        case 0x30...0x39: Int(byte) - 0x30 + 52
        case 0x2D: 62
        case 0x5F: 63
        default: nil
        }
    }
}
