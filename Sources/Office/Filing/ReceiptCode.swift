import Crypto

/// The code by which somebody without an account follows what was filed: `7KQ4-9F2M-XW3C-0HTD-8NPA`.
///
/// Nineteen characters of 95 random bits and one to check them, in an alphabet without I, L, O and U. Whoever has
/// the code sees what the rulebook lets it show; nobody else does, for only its SHA-256 is kept.
public struct ReceiptCode: Hashable, Sendable {
    /// Crockford's base 32: no letter in it is taken for a digit.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    static let length = 20
    /// The bytes of randomness that a code takes.
    static let randomByteCount = 19

    /// The twenty characters, by their places in the alphabet.
    private let digits: [UInt8]

    /// A new code from random bytes, of each of which five bits are used.
    ///
    /// - Parameter random: at least `randomByteCount` bytes; nil when there are fewer.
    init?(random: [UInt8]) {
        guard random.count >= Self.randomByteCount else { return nil }
        let body = random.prefix(Self.randomByteCount).map { $0 & 31 }
        digits = body + [Self.check(of: body)]
    }

    /// A code as somebody typed it: small letters, spaces and hyphens do not matter, O is read as 0, I and L as 1.
    ///
    /// - Returns: nil unless it has twenty characters of the alphabet of which the last fits the others.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 100 else { return nil }
        var digits: [UInt8] = []
        for byte in text.uppercased().utf8 {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "\t"), UInt8(ascii: "\r"),
                UInt8(ascii: "\n"):
                continue
            case UInt8(ascii: "O"): digits.append(0)
            case UInt8(ascii: "I"), UInt8(ascii: "L"): digits.append(1)
            default:
                guard let place = Self.alphabet.firstIndex(of: byte) else { return nil }
                digits.append(UInt8(place))
            }
        }
        guard digits.count == Self.length, digits.last == Self.check(of: Array(digits.dropLast())) else {
            return nil
        }
        self.digits = digits
    }

    /// The code in groups of four.
    public var text: String {
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, place % 4 == 0 { text += "-" }
            text.unicodeScalars.append(Unicode.Scalar(Self.alphabet[Int(digit) % Self.alphabet.count]))
        }
        return text
    }

    /// What is kept of the code, and looked up: an index over digests tells a guesser nothing by its speed.
    public var digest: [UInt8] {
        Array(SHA256.hash(data: Array("zhiheng receipt ".utf8) + digits))
    }

    /// The sum of the digits, each times another power of x, in the field of 32 elements: whatever one digit is
    /// mistyped, and whatever two are exchanged, gives another.
    private static func check(of body: [UInt8]) -> UInt8 {
        var sum: UInt8 = 0
        var power: UInt8 = 1
        for digit in body {
            power = multiply(power, 2)
            sum ^= multiply(digit, power)
        }
        return sum
    }

    /// A product modulo x⁵ + x² + 1.
    private static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var (left, right, product) = (left & 31, right & 31, UInt8(0))
        while right > 0 {
            if right & 1 == 1 { product ^= left }
            left <<= 1
            if left & 32 != 0 { left ^= 0b10_0101 }
            right >>= 1
        }
        return product
    }
}
