/// A moment, with nanosecond precision, in the years 0001 to 9999 UTC: the `google.protobuf.Timestamp` of CEL.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible, Codable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    public let seconds: Int64
    /// The rest in nanoseconds, 0 to 999 999 999.
    public let nanoseconds: Int32

    static let firstSecond: Int64 = -62_135_596_800
    static let lastSecond: Int64 = 253_402_300_799

    /// Makes a moment; nil outside the years 0001 to 9999 or when the nanoseconds are not below one second.
    public init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard seconds >= Self.firstSecond, seconds <= Self.lastSecond else { return nil }
        guard nanoseconds >= 0, nanoseconds < 1_000_000_000 else { return nil }
        (self.seconds, self.nanoseconds) = (seconds, nanoseconds)
    }

    /// The first moment of 1970 in UTC.
    public static let epoch = Timestamp()

    private init() { (seconds, nanoseconds) = (0, 0) }

    /// Reads RFC 3339, such as `2026-03-02T08:30:00+08:00`; a second of 60 and a missing zone are refused.
    public init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[10] == 0x54 || bytes[10] == 0x74, bytes[13] == 0x3A, bytes[16] == 0x3A,
            let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = CivilDate.number(bytes[11..<13]), hour < 24,
            let minute = CivilDate.number(bytes[14..<16]), minute < 60,
            let second = CivilDate.number(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        var nanoseconds: Int32 = 0
        if rest.first == 0x2E {
            let digits = rest.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty else { return nil }
            var padded = Array(digits.prefix(9))
            while padded.count < 9 { padded.append(0x30) }
            nanoseconds = Int32(CivilDate.number(padded) ?? 0)
            rest = rest.dropFirst(digits.count + 1)
        }
        guard let offset = Self.offset(rest) else { return nil }
        let secondOfDay = hour * 3600 + minute * 60 + second
        self.init(
            seconds: Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay - offset),
            nanoseconds: nanoseconds)
    }

    /// Makes the moment of a civil date and second of day in a zone so many seconds ahead of UTC.
    public init?(date: CivilDate, secondOfDay: Int, offsetSeconds: Int = 28_800) {
        guard (0..<86_400).contains(secondOfDay), (-86_400...86_400).contains(offsetSeconds) else {
            return nil
        }
        self.init(seconds: Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay - offsetSeconds))
    }

    /// The civil date and second of the day in a zone so many seconds ahead of UTC (default UTC+08:00).
    ///
    /// At the very ends of the range a date that would fall outside the years 1 to 9999 stays inside them.
    public func civil(offsetSeconds: Int = 28_800) -> (date: CivilDate, secondOfDay: Int) {
        let bounded = min(max(offsetSeconds, -86_400), 86_400)
        let local = Int(seconds) + bounded
        let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        return (CivilDate(daysSinceEpoch: Int32(days)), local - days * 86_400)
    }

    /// The moment in RFC 3339 in UTC, with as many decimals of the second as are needed.
    public var description: String {
        let (date, second) = civil(offsetSeconds: 0)
        let time = [second / 3600, second / 60 % 60, second % 60].map { CivilDate.padded($0, 2) }
        return "\(date)T\(time.joined(separator: ":"))\(Span.fraction(nanoseconds.magnitude))Z"
    }

    /// The earlier moment goes first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The moment so much later, or nil outside the years 0001 to 9999.
    public func adding(_ span: Span) -> Timestamp? {
        var (whole, rest) = (seconds + span.seconds, nanoseconds + span.nanoseconds)
        if rest < 0 { (whole, rest) = (whole - 1, rest + 1_000_000_000) }
        if rest >= 1_000_000_000 { (whole, rest) = (whole + 1, rest - 1_000_000_000) }
        return Timestamp(seconds: whole, nanoseconds: rest)
    }

    /// The time since `earlier`, or nil when it does not fit 64-bit nanoseconds (some 292 years), CEL's limit.
    public func span(since earlier: Timestamp) -> Span? {
        let whole = seconds - earlier.seconds
        guard whole.magnitude < 9_223_372_036 else { return nil }
        return Span(seconds: whole, nanoseconds: Int64(nanoseconds - earlier.nanoseconds))
    }

    /// Reads an RFC 3339 text; throws `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let moment = Timestamp(rfc3339: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 moment")
        }
        self = moment
    }

    /// Writes RFC 3339 in UTC.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
        let bytes = Array(text)
        if bytes == [0x5A] || bytes == [0x7A] { return 0 }
        guard bytes.count == 6, bytes[3] == 0x3A, bytes[0] == 0x2B || bytes[0] == 0x2D,
            let hours = CivilDate.number(bytes[1..<3]), hours < 24,
            let minutes = CivilDate.number(bytes[4..<6]), minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (bytes[0] == 0x2D ? -1 : 1)
    }
}
