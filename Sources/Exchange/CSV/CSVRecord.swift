/// One row as it stands in the file; its fields are read where they lie.
///
/// A record is a value and may be kept or sent elsewhere. One that is kept also keeps the block of text it
/// lies in (1 MiB or more), so whoever keeps many takes ``strings`` instead.
public struct CSVRecord: Sendable {
    /// The row, from 1, without the header and blank lines; 0 is the header.
    public let row: Int64
    /// The physical line in which the row begins, from 1.
    public let line: Int64
    /// The offset of the row's first byte in the text as UTF-8, from 0; in a UTF-8 file, its offset in the
    /// file.
    public let byteOffset: Int64
    /// The row's length in bytes without its line break.
    public let byteCount: Int
    /// How many fields the row has.
    public let count: Int

    @usableFromInline let buffer: TextBuffer
    @usableFromInline let start: Int
    @usableFromInline let spans: [FieldSpan]

    init(
        row: Int64, line: Int64, byteOffset: Int64, byteCount: Int, count: Int, buffer: TextBuffer,
        start: Int,
        spans: [FieldSpan]
    ) {
        self.row = row
        self.line = line
        self.byteOffset = byteOffset
        self.byteCount = byteCount
        self.count = count
        self.buffer = buffer
        self.start = start
        self.spans = spans
    }

    /// Lends the bytes of a field, without quotes and with doubled quotes made single; nil when the row has
    /// no such field. The pointer is good only inside `body`.
    ///
    /// Nothing is copied except for a field that holds doubled quotes.
    @inlinable
    public func withBytes<Result, Failure: Error>(
        at index: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard index >= 0, index < count, index < spans.count else { return nil }
        let span = spans[index]
        let stored = UnsafeBufferPointer(start: buffer.base + start + Int(span.start), count: span.length)
        guard span.hasDoubledQuotes else {
            defer { withExtendedLifetime(buffer) {} }
            return try body(stored)
        }
        return try Self.withSingleQuotes(stored, body)
    }

    /// The text of a field; nil when the row has no such field. Bytes that are not UTF-8, which only a
    /// refused row can hold, become U+FFFD.
    public func string(at index: Int) -> String? {
        withBytes(at: index) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a field is there and holds nothing.
    public func isEmpty(at index: Int) -> Bool {
        withBytes(at: index) { $0.isEmpty } ?? false
    }

    /// Whether a field stands in quotes, which some files use to tell an empty text from a missing one.
    public func isQuoted(at index: Int) -> Bool {
        index >= 0 && index < min(count, spans.count) && spans[index].isQuoted
    }

    /// The texts of all fields.
    public var strings: [String] { (0..<count).map { string(at: $0) ?? "" } }

    /// Lends the row as it stands in the text, quotes and all, without its line break.
    public func withRawBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(buffer) {} }
        return try body(UnsafeBufferPointer(start: buffer.base + start, count: byteCount))
    }

    @usableFromInline
    static func withSingleQuotes<Result, Failure: Error>(
        _ stored: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(stored.count)
        var skipsQuote = false
        for byte in stored {
            if byte == CSVByte.quote, skipsQuote {
                skipsQuote = false
                continue
            }
            skipsQuote = byte == CSVByte.quote
            bytes.append(byte)
        }
        return try bytes.withUnsafeBufferPointer { buffer throws(Failure) in try body(buffer) }
    }
}

/// The names of the columns, in order.
public struct CSVHeader: Hashable, Sendable {
    /// The names without white space round them; an unnamed column is an empty text.
    public let names: [String]
    /// Names that more than one column bears, in order of first appearance; unnamed columns do not count.
    public let repeatedNames: [String]
    private let places: [String: Int]

    /// Takes the names in order.
    public init(_ names: [String]) {
        self.names = names
        var places: [String: Int] = [:]
        var repeated: [String] = []
        for (index, name) in names.enumerated() where !name.isEmpty {
            if places[name] == nil {
                places[name] = index
            } else if !repeated.contains(name) {
                repeated.append(name)
            }
        }
        self.places = places
        repeatedNames = repeated
    }

    /// The place of the first column of a name, from 0.
    public func index(of name: String) -> Int? { places[name] }
}
