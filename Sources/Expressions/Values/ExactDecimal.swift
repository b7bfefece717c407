/// A decimal number held exactly: a 64-bit integer and the count of its decimal places, at most 18.
///
/// 3.5 and 3.50 are equal and hash alike. Arithmetic is exact or nil, never rounded.
public struct ExactDecimal: Hashable, Comparable, Sendable, CustomStringConvertible, Codable {
    /// The number without its decimal point: 350 for 3.50.
    public let unscaled: Int64
    /// How many of the digits are decimal places: 2 for 3.50.
    public let scale: UInt8

    static let maximumScale = 18

    /// Makes `unscaled` divided by ten to the power `scale`; a scale above 18 is brought down to 18.
    public init(unscaled: Int64, scale: UInt8) {
        (self.unscaled, self.scale) = (unscaled, min(scale, UInt8(Self.maximumScale)))
    }

    /// Reads `-12.50` or `1.2e3`; nil for anything that is no number or does not fit exactly.
    public init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == 0x2D
        if isNegative || rest.first == 0x2B { rest.removeFirst() }
        let mantissa = rest.prefix { $0 != 0x65 && $0 != 0x45 }
        var exponent = 0
        if mantissa.count < rest.count {
            var digits = rest.dropFirst(mantissa.count + 1)
            let isReduction = digits.first == 0x2D
            if isReduction || digits.first == 0x2B { digits.removeFirst() }
            guard digits.count <= 4, let number = CivilDate.number(digits) else { return nil }
            exponent = isReduction ? -number : number
        }
        let parts = mantissa.split(separator: 0x2E, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }), let whole = parts.first else { return nil }
        let decimals = parts.count == 2 ? parts[1] : []
        var digits = Array(whole + decimals)
        guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        var places = decimals.count - exponent
        while places > Self.maximumScale, digits.last == 0x30 {
            digits.removeLast()
            places -= 1
        }
        let significant = digits.drop { $0 == 0x30 }
        if significant.isEmpty {
            self.init(unscaled: 0, scale: UInt8(min(max(places, 0), Self.maximumScale)))
            return
        }
        let zeros = max(0, -places)
        guard places <= Self.maximumScale, significant.count + zeros <= 19 else { return nil }
        var value: Int64 = 0
        for digit in significant + repeatElement(0x30, count: zeros) {
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let step = Int64(digit - 0x30)
            let (sum, overflow) = product.addingReportingOverflow(isNegative ? -step : step)
            guard !tooLarge, !overflow else { return nil }
            value = sum
        }
        self.init(unscaled: value, scale: UInt8(max(0, places)))
    }

    /// The same number with so many decimal places, or nil when digits would be lost or it does not fit.
    public func rescaled(to places: UInt8) -> ExactDecimal? {
        guard places <= UInt8(Self.maximumScale) else { return nil }
        if places >= scale {
            guard let grown = Self.shifted(unscaled, by: Int(places - scale)) else { return nil }
            return ExactDecimal(unscaled: grown, scale: places)
        }
        let divisor = Self.power(Int(scale - places))
        guard unscaled % divisor == 0 else { return nil }
        return ExactDecimal(unscaled: unscaled / divisor, scale: places)
    }

    /// The number written out with all its decimal places, such as `3.50`.
    public var description: String {
        guard scale > 0 else { return String(unscaled) }
        let digits = String(unscaled.magnitude)
        let padded = String(repeating: "0", count: max(0, Int(scale) + 1 - digits.utf8.count)) + digits
        return "\(unscaled < 0 ? "-" : "")\(padded.dropLast(Int(scale))).\(padded.suffix(Int(scale)))"
    }

    /// The nearest double.
    public var doubleValue: Double {
        // Both are exact in a double up to 2^53 and 10^22, so one division rounds once; text does the rest.
        if unscaled.magnitude < 1 << 53 { return Double(unscaled) / Double(Self.power(Int(scale))) }
        return Double(description) ?? Double(unscaled)
    }

    /// By value: 3.5 is 3.50.
    public static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.compare(right) == 0
    }

    /// By value, whatever the scales.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.compare(right) < 0
    }

    /// Equal numbers hash alike, whatever their scales.
    public func hash(into hasher: inout Hasher) {
        var (value, places) = (unscaled, scale)
        while places > 0, value % 10 == 0 { (value, places) = (value / 10, places - 1) }
        hasher.combine(value)
        hasher.combine(places)
    }

    /// Reads the number from text; throws `DecodingError` when it is none or does not fit.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = ExactDecimal(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a decimal number")
        }
        self = number
    }

    /// Writes the number as text, so that no reader rounds it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ExactDecimal {
    /// The shortest decimal text of a double, read exactly; nil for infinities and numbers that do not fit.
    init?(shortest double: Double) {
        guard double.isFinite else { return nil }
        self.init(double.description)
    }

    /// -1, 0 or 1, exactly.
    func compare(_ other: ExactDecimal) -> Int {
        if scale == other.scale { return unscaled == other.unscaled ? 0 : unscaled < other.unscaled ? -1 : 1 }
        let places = max(scale, other.scale)
        let left = unscaled.multipliedFullWidth(by: Self.power(Int(places - scale)))
        let right = other.unscaled.multipliedFullWidth(by: Self.power(Int(places - other.scale)))
        if left.high != right.high { return left.high < right.high ? -1 : 1 }
        return left.low == right.low ? 0 : left.low < right.low ? -1 : 1
    }

    /// The exact sum, or nil when it does not fit.
    public func adding(_ other: ExactDecimal) -> ExactDecimal? {
        let places = max(scale, other.scale)
        guard let left = Self.shifted(unscaled, by: Int(places - scale)),
            let right = Self.shifted(other.unscaled, by: Int(places - other.scale))
        else { return nil }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : ExactDecimal(unscaled: sum, scale: places)
    }

    /// The exact difference, or nil when it does not fit.
    public func subtracting(_ other: ExactDecimal) -> ExactDecimal? {
        guard let opposite = other.negated else { return nil }
        return adding(opposite)
    }

    /// The exact product, or nil when it does not fit.
    public func multiplied(by other: ExactDecimal) -> ExactDecimal? {
        let (product, overflow) = unscaled.multipliedReportingOverflow(by: other.unscaled)
        guard !overflow else { return nil }
        var (value, places) = (product, Int(scale) + Int(other.scale))
        while places > Self.maximumScale, value % 10 == 0 { (value, places) = (value / 10, places - 1) }
        return places > Self.maximumScale ? nil : ExactDecimal(unscaled: value, scale: UInt8(places))
    }

    /// The opposite number, or nil for the one that has none.
    public var negated: ExactDecimal? {
        unscaled == .min ? nil : ExactDecimal(unscaled: -unscaled, scale: scale)
    }

    static func power(_ exponent: Int) -> Int64 {
        var result: Int64 = 1
        for _ in 0..<min(exponent, maximumScale) { result *= 10 }
        return result
    }

    private static func shifted(_ value: Int64, by places: Int) -> Int64? {
        if value == 0 || places == 0 { return value }
        guard places <= maximumScale else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: power(places))
        return overflow ? nil : product
    }
}
