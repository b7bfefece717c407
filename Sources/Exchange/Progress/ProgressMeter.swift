/// How far the reading or writing of a file has come, as text; it is told the time and knows no clock.
public struct ProgressMeter: Hashable, Sendable {
    /// The size of the whole in bytes, if it is known.
    public let totalBytes: Int64?
    /// Bytes done.
    public private(set) var bytesDone: Int64 = 0
    /// Rows done.
    public private(set) var rowsDone: Int64 = 0
    /// The time since the beginning.
    public private(set) var elapsed: Duration = .zero

    /// Begins with nothing done.
    public init(totalBytes: Int64?) {
        self.totalBytes = totalBytes
    }

    /// Notes how far the work has come, counted from its beginning.
    public mutating func update(bytesDone: Int64, rowsDone: Int64, elapsed: Duration) {
        self.bytesDone = max(0, bytesDone)
        self.rowsDone = max(0, rowsDone)
        self.elapsed = max(.zero, elapsed)
    }

    /// The part done, from 0 to 1; nil when the whole is not known.
    public var fraction: Double? {
        guard let totalBytes else { return nil }
        guard totalBytes > 0 else { return 1 }
        return min(1, Double(bytesDone) / Double(totalBytes))
    }

    /// Rows done in a second, on average since the beginning; nil before any time has passed.
    public var rowsPerSecond: Int64? {
        let seconds = elapsed / .seconds(1)
        guard seconds > 0 else { return nil }
        return Int64(exactly: (Double(rowsDone) / seconds).rounded())
    }

    /// The time the rest will take at the average pace; nil while that cannot be told.
    public var remaining: Duration? {
        guard let fraction, fraction > 0, elapsed > .zero else { return nil }
        let seconds = elapsed / .seconds(1) * (1 - fraction) / fraction
        guard seconds < 1e9 else { return nil }
        return .milliseconds(Int64(seconds * 1000))
    }

    /// For instance `3,214,000 rows  44%  812,000 rows/s  4 s left`; parts that are not known are left out.
    public var english: String {
        var parts = [Self.grouped(rowsDone) + (rowsDone == 1 ? " row" : " rows")]
        if let fraction { parts.append(Self.percent(fraction)) }
        if let rowsPerSecond { parts.append(Self.grouped(rowsPerSecond) + " rows/s") }
        if let remaining, fraction != 1 {
            parts.append(Self.span(remaining, units: (" h ", " min ", " s")) + " left")
        }
        return parts.joined(separator: "  ")
    }

    /// For instance `3,214,000 行  44%  每秒 812,000 行  剩余 4 秒`; parts that are not known are left out.
    public var chinese: String {
        var parts = [Self.grouped(rowsDone) + " 行"]
        if let fraction { parts.append(Self.percent(fraction)) }
        if let rowsPerSecond { parts.append("每秒 " + Self.grouped(rowsPerSecond) + " 行") }
        if let remaining, fraction != 1 {
            parts.append("剩余 " + Self.span(remaining, units: (" 小时 ", " 分 ", " 秒")))
        }
        return parts.joined(separator: "  ")
    }

    /// Rounded down, so that 100% means done.
    private static func percent(_ fraction: Double) -> String { "\(Int(fraction * 100))%" }

    /// Seconds below 90, then minutes and seconds, then hours and minutes; rounded up.
    private static func span(_ duration: Duration, units: (hour: String, minute: String, second: String))
        -> String
    {
        let parts = duration.components
        let seconds = parts.seconds + (parts.attoseconds > 0 ? 1 : 0)
        if seconds < 90 { return "\(seconds)\(units.second)" }
        if seconds < 5400 { return "\(seconds / 60)\(units.minute)\(seconds % 60)\(units.second)" }
        let hourAndMinutes = "\(seconds / 3600)\(units.hour)\(seconds % 3600 / 60)\(units.minute)"
        return String(hourAndMinutes.dropLast())
    }

    private static func grouped(_ number: Int64) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
