/// Base32 (RFC 4648 section 6) in upper case without padding: what codes on paper carry, since the symbols of QR codes
/// hold it more densely than base64. Every value has one spelling.
public enum Base32 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The bytes in base32.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 8 + 4) / 5)
        var group: UInt32 = 0
        var held: UInt32 = 0
        for byte in bytes {
            group = (group << 8 | UInt32(byte)) & 0xFFFF
            held += 8
            while held >= 5 {
                held -= 5
                text.append(digits[Int(group >> held & 31)])
            }
        }
        if held > 0 { text.append(digits[Int(group << (5 - held) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that a text stands for; lower case, padding and spare bits that are not zero are refused.
    public static func decode(_ text: some StringProtocol) throws(LedgerProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var group: UInt32 = 0
        var held: UInt32 = 0
        for character in text.utf8 {
            switch character {
            case 0x41...0x5A: group = (group << 5 | UInt32(character - 0x41)) & 0xFFFF
            case 0x32...0x37: group = (group << 5 | UInt32(character - 0x32 + 26)) & 0xFFFF
            default: throw .malformedText(what: .base32)
            }
            held += 5
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(group >> held & 255))
            }
        }
        guard held < 5, group & (1 << held - 1) == 0 else { throw .malformedText(what: .base32) }
        return bytes
    }
}
