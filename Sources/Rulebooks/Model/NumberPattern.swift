import Expressions

/// How records or documents are numbered: `ZG-{region.county}-{year}-{sequence:5}`.
///
/// The sequence counts separately for every rendering of what stands before it.
public struct NumberPattern: Hashable, Sendable {
    /// A part of a pattern.
    public enum Part: Hashable, Sendable {
        /// Characters as they stand.
        case literal(String)
        /// The significant digits of the region: of a level's ancestor, or of the region itself.
        case region(level: String?)
        /// The year, four digits.
        case year
        /// The month, two digits.
        case month
        /// The running number, padded with zeros to a width; width 1 pads nothing.
        case sequence(width: Int)
        /// The value of a field as text.
        case field(String)
    }

    /// The pattern as written.
    public let source: String
    /// Its parts in order.
    public let parts: [Part]

    /// Whether the pattern has a running number.
    public var hasSequence: Bool { prefixLength < parts.count }

    /// The text before the running number: numbers that share it share a sequence.
    ///
    /// `region` answers the significant digits for a level (nil: the record's own), `field` a field as text.
    public func prefix(
        on date: CivilDate, region: (String?) -> String, field: (String) -> String
    ) -> String {
        parts.prefix(prefixLength).map { rendered($0, on: date, region, field, sequence: nil) }.joined()
    }

    /// The whole number.
    public func number(
        on date: CivilDate, sequence: Int, region: (String?) -> String, field: (String) -> String
    ) -> String {
        parts.map { rendered($0, on: date, region, field, sequence: sequence) }.joined()
    }

    private var prefixLength: Int {
        parts.firstIndex { if case .sequence = $0 { true } else { false } } ?? parts.count
    }

    private func rendered(
        _ part: Part, on date: CivilDate, _ region: (String?) -> String, _ field: (String) -> String,
        sequence: Int?
    ) -> String {
        switch part {
        case .literal(let text): text
        case .region(let level): region(level)
        case .year: Self.padded(date.year, 4)
        case .month: Self.padded(date.month, 2)
        case .sequence(let width): sequence.map { Self.padded($0, width) } ?? ""
        case .field(let name): field(name)
        }
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
