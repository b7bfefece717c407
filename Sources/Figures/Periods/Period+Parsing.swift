/// How periods are written in addresses, commands and rulebooks.
///
/// | written | means |
/// |---|---|
/// | `2009` | the year |
/// | `2009H1`, `2009-H1` | the first half |
/// | `2009Q3`, `2009-Q3` | the third quarter |
/// | `2009-05` | May |
/// | `2009YTD-11`, `2009-11 ytd` | January to November |
/// | `2009-01..2009-06`, `2009-01/2009-06` | any run of months, at most a century long |
///
/// Letters may be of either case; the year has four digits and is 1000 or later. `description` writes the first form.
extension Period: CustomStringConvertible, LosslessStringConvertible {
    /// Reads a period; nil for anything that is none.
    public init?(_ text: String) {
        let bytes = text.utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        guard bytes.count >= 4, bytes.count <= 16, let year = Self.year(bytes[0..<4]) else { return nil }
        guard let period = Self.period(of: year, rest: bytes[4...]) else { return nil }
        self = period
    }

    public var description: String {
        let (first, last) = (months.lowerBound, months.upperBound)
        let year = Months.padded(Months.year(first), 4)
        return switch shape {
        case .year: year
        case .half: "\(year)H\(Months.month(first) / 6 + 1)"
        case .quarter: "\(year)Q\(Months.month(first) / 3 + 1)"
        case .month: Months.text(first)
        case .yearToDate: "\(year)YTD-\(Months.padded(Months.month(last), 2))"
        case .range: "\(Months.text(first))..\(Months.text(last))"
        }
    }

    private static func period(of year: Int, rest: ArraySlice<UInt8>) -> Period? {
        let tail = String(decoding: rest, as: UTF8.self)
        if tail.isEmpty { return .year(year) }
        if tail.hasPrefix("YTD-") {
            return number(tail.dropFirst(4)).flatMap { .yearToDate(month: $0, of: year) }
        }
        let compact = tail.hasPrefix("-") ? tail.dropFirst() : tail[...]
        if compact.utf8.count == 2, let digit = compact.utf8.last, (0x31...0x34).contains(digit) {
            if compact.hasPrefix("H") { return .half(Int(digit) - 0x30, of: year) }
            if compact.hasPrefix("Q") { return .quarter(Int(digit) - 0x30, of: year) }
        }
        guard tail.hasPrefix("-"), let month = number(tail.dropFirst().prefix(2)) else { return nil }
        let end = tail.dropFirst(3)
        if end.isEmpty { return .month(month, of: year) }
        if end == " YTD" { return .yearToDate(month: month, of: year) }
        guard let first = Months.index(year: year, month: month) else { return nil }
        let second = end.hasPrefix("..") ? end.dropFirst(2) : end.hasPrefix("/") ? end.dropFirst() : ""
        guard let last = monthIndex(second) else { return nil }
        return .range(from: first, through: last)
    }

    private static func monthIndex(_ text: Substring) -> MonthIndex? {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == 0x2D, let year = year(bytes[0..<4]),
            let month = number(text.suffix(2))
        else { return nil }
        return Months.index(year: year, month: month)
    }

    private static func year(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let year = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return year >= 1000 ? year : nil
    }

    /// Two ASCII digits as a number.
    private static func number(_ text: Substring) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 2, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(bytes[0] - 0x30) * 10 + Int(bytes[1] - 0x30)
    }
}

extension Period: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let period = Period(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a period")
        }
        self = period
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
