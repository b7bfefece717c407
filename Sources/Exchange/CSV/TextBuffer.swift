/// A block of text that records point into.
///
/// - Note: `@unchecked Sendable` holds because only the reader that allocated a block writes to it, and only
///   while `isKnownUniquelyReferenced` says that no record shares it; once shared, it is never written again.
@usableFromInline
final class TextBuffer: @unchecked Sendable {
    /// The scanner reads whole words; so many bytes behind the text may be read though they mean nothing.
    static let paddingBytes = 16

    @usableFromInline let base: UnsafeMutablePointer<UInt8>
    let capacity: Int
    /// How many bytes of text are there.
    var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity + Self.paddingBytes)
        base.initialize(repeating: 0, count: capacity + Self.paddingBytes)
    }

    deinit { base.deallocate() }
}

/// Where one field lies, relative to the start of its row.
@usableFromInline
struct FieldSpan: Sendable {
    @usableFromInline let start: UInt32
    /// The length in the low 30 bits, then whether quotes inside are doubled, then whether it stands in
    /// quotes.
    @usableFromInline let lengthAndFlags: UInt32

    @inline(__always)
    init(start: Int, length: Int, isQuoted: Bool = false, hasDoubledQuotes: Bool = false) {
        // Rows are at most 2^28 bytes long (CSVOptions.maximumRowBytes), so nothing is cut off.
        self.start = UInt32(truncatingIfNeeded: start)
        lengthAndFlags =
            UInt32(truncatingIfNeeded: length) | (isQuoted ? 1 << 31 : 0)
            | (hasDoubledQuotes ? 1 << 30 : 0)
    }

    @inlinable var length: Int { Int(lengthAndFlags & 0x3FFF_FFFF) }
    @inlinable var isQuoted: Bool { lengthAndFlags & (1 << 31) != 0 }
    @inlinable var hasDoubledQuotes: Bool { lengthAndFlags & (1 << 30) != 0 }
}
