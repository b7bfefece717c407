/// A length of time with nanosecond precision: the `google.protobuf.Duration` of CEL.
///
/// Both parts have the same sign. Limited to 315 576 000 000 seconds either way (10 000 years), as
/// Protocol Buffers limit it.
public struct Span: Hashable, Comparable, Sendable, CustomStringConvertible, Codable {
    /// Whole seconds, rounded towards zero.
    public let seconds: Int64
    /// The rest in nanoseconds, of the same sign as `seconds`.
    public let nanoseconds: Int32

    static let maximumSeconds: Int64 = 315_576_000_000

    /// Makes a span of seconds and nanoseconds of any sign; nil outside the limits.
    public init?(seconds: Int64, nanoseconds: Int64 = 0) {
        let (whole, overflow) = seconds.addingReportingOverflow(nanoseconds / 1_000_000_000)
        guard !overflow else { return nil }
        var (carried, rest) = (whole, nanoseconds % 1_000_000_000)
        guard carried >= -Self.maximumSeconds - 1, carried <= Self.maximumSeconds + 1 else { return nil }
        if carried > 0, rest < 0 { (carried, rest) = (carried - 1, rest + 1_000_000_000) }
        if carried < 0, rest > 0 { (carried, rest) = (carried + 1, rest - 1_000_000_000) }
        guard carried >= -Self.maximumSeconds, carried <= Self.maximumSeconds else { return nil }
        (self.seconds, self.nanoseconds) = (carried, Int32(rest))
    }

    /// Reads `1h30m`, `-1.5s`, `250ms`, `0`: numbers with the units h, m, s, ms, us, µs, ns in a row.
    public init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == 0x2D
        if isNegative || rest.first == 0x2B { rest.removeFirst() }
        if rest.elementsEqual([0x30]) {
            self.init(seconds: 0)
            return
        }
        guard !rest.isEmpty else { return nil }
        var (seconds, nanoseconds): (Int64, Int64) = (0, 0)
        while !rest.isEmpty {
            guard let part = Self.readPart(&rest) else { return nil }
            let (sum, overflow) = seconds.addingReportingOverflow(part.seconds)
            guard !overflow, sum <= Self.maximumSeconds + 1 else { return nil }
            seconds = sum
            nanoseconds += part.nanoseconds
            if nanoseconds >= 1_000_000_000 {
                (seconds, nanoseconds) = (seconds + 1, nanoseconds - 1_000_000_000)
            }
        }
        self.init(
            seconds: isNegative ? -seconds : seconds, nanoseconds: isNegative ? -nanoseconds : nanoseconds)
    }

    /// The span in seconds with the unit, such as `5400s` or `-0.25s`.
    public var description: String {
        let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
        return "\(sign)\(seconds.magnitude)\(Self.fraction(nanoseconds.magnitude))s"
    }

    /// The shorter span goes first; negative spans are shorter than none.
    public static func < (left: Span, right: Span) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// Reads a text such as `90s`; throws `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let span = Span(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a duration such as 90s")
        }
        self = span
    }

    /// Writes the seconds with their unit.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The sum, or nil outside the limits.
    public func adding(_ other: Span) -> Span? {
        Span(seconds: seconds + other.seconds, nanoseconds: Int64(nanoseconds) + Int64(other.nanoseconds))
    }

    /// The same length the other way.
    public var negated: Span { Span(exactly: -seconds, -nanoseconds) }

    private init(exactly seconds: Int64, _ nanoseconds: Int32) {
        (self.seconds, self.nanoseconds) = (seconds, nanoseconds)
    }

    /// One number with its unit, taken off the front of the text.
    private static func readPart(_ rest: inout ArraySlice<UInt8>) -> (seconds: Int64, nanoseconds: Int64)? {
        let whole = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
        rest = rest.dropFirst(whole.count)
        var decimals = whole[whole.endIndex...]
        if rest.first == 0x2E {
            rest.removeFirst()
            decimals = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            rest = rest.dropFirst(decimals.count)
        }
        guard whole.count + decimals.count > 0, whole.count <= 15 else { return nil }
        let unit = String(decoding: rest.prefix { $0 != 0x2E && !($0 >= 0x30 && $0 <= 0x39) }, as: UTF8.self)
        guard let unitNanoseconds = unitLengths[unit] else { return nil }
        rest = rest.dropFirst(unit.utf8.count)
        let count = whole.isEmpty ? 0 : CivilDate.number(whole) ?? 0
        let product = unitNanoseconds.multipliedFullWidth(by: Int64(count))
        guard product.high < 500_000_000 else { return nil }
        let division = Int64(1_000_000_000).dividingFullWidth(product)
        var fraction: Int64 = 0
        var weight = unitNanoseconds
        for digit in decimals.prefix(15) {
            weight = weight / 10
            fraction += Int64(digit - 0x30) * weight
        }
        return (
            division.quotient + fraction / 1_000_000_000,
            division.remainder % 1_000_000_000
                + fraction % 1_000_000_000
        )
    }

    private static let unitLengths: [String: Int64] = [
        "h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000,
        "us": 1000, "µs": 1000, "μs": 1000, "ns": 1,
    ]

    /// `.5`, `.000001` or nothing: a fraction of a second without trailing zeros.
    static func fraction(_ nanoseconds: UInt32) -> String {
        guard nanoseconds > 0 else { return "" }
        var digits = CivilDate.padded(Int(nanoseconds), 9)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }
}
