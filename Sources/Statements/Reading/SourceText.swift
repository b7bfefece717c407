/// A text as it came, and the same text as it is read.
///
/// What is read is repaired: simplified characters, half-width figures, no pinyin left behind by scraping, no
/// remains of HTML, no doubled spaces. Every scalar that is read remembers which scalar of the original it
/// stands for, so that whatever is said about the text points into the text as it came.
public struct SourceText: Sendable {
    /// Whoever judges a figure holds the text; sharing one object makes that cost one reference, not five.
    private let parts: Parts

    private final class Parts: Sendable {
        let name: String
        let original: String
        let scalars: [Unicode.Scalar]
        let origins: [Int32]
        let lineStarts: [Int32]

        init(
            name: String, original: String, scalars: [Unicode.Scalar], origins: [Int32], lineStarts: [Int32]
        ) {
            (self.name, self.original, self.scalars) = (name, original, scalars)
            (self.origins, self.lineStarts) = (origins, lineStarts)
        }
    }

    init(name: String, original: String, scalars: [Unicode.Scalar], origins: [Int32], lineStarts: [Int32]) {
        parts = Parts(
            name: name, original: original, scalars: scalars, origins: origins, lineStarts: lineStarts)
    }

    /// What the text is called: a file's name, or `-` for standard input.
    public var name: String { parts.name }
    /// The text as it came.
    public var original: String { parts.original }
    /// The scalars that are read.
    public var scalars: [Unicode.Scalar] { parts.scalars }
    /// For each scalar that is read, and for the end, the offset in scalars of the original it stands for;
    /// ascending, with one entry more than there are scalars.
    public var origins: [Int32] { parts.origins }
    /// For each line of the original, the offset in scalars at which it begins; never empty.
    public var lineStarts: [Int32] { parts.lineStarts }

    /// The text that is read between two offsets; offsets outside the text are brought inside it.
    public func text(_ range: Range<Int>) -> String {
        let scalars = scalars
        let range = range.clamped(to: 0..<scalars.count)
        // The exact number of bytes keeps short texts, as units and names are, off the heap.
        var length = 0
        for place in range { length += UTF8.width(scalars[place]) }
        return String(unsafeUninitializedCapacity: length) { bytes in
            var end = 0
            for place in range { Self.encode(scalars[place].value, into: bytes, at: &end) }
            return end
        }
    }

    /// Writes a scalar in UTF-8 (RFC 3629).
    private static func encode(
        _ value: UInt32, into bytes: UnsafeMutableBufferPointer<UInt8>, at end: inout Int
    ) {
        func add(_ byte: UInt32) {
            bytes[end] = UInt8(truncatingIfNeeded: byte)
            end += 1
        }
        switch value {
        case ..<0x80: add(value)
        case ..<0x800:
            add(0xC0 | value >> 6)
            add(0x80 | value & 0x3F)
        case ..<0x10000:
            add(0xE0 | value >> 12)
            add(0x80 | value >> 6 & 0x3F)
            add(0x80 | value & 0x3F)
        default:
            add(0xF0 | value >> 18)
            add(0x80 | value >> 12 & 0x3F)
            add(0x80 | value >> 6 & 0x3F)
            add(0x80 | value & 0x3F)
        }
    }

    /// Where a stretch of what is read stands in the original: offsets in scalars.
    public func originalRange(_ range: Range<Int>) -> Range<Int> {
        let range = range.clamped(to: 0..<scalars.count)
        guard !range.isEmpty else {
            let place = Int(origins[range.lowerBound])
            return place..<place
        }
        // The end is one behind the last scalar that is read, not where the next one begins: what a repair
        // left out behind the stretch does not belong to it.
        return Int(origins[range.lowerBound])..<(Int(origins[range.upperBound - 1]) + 1)
    }

    /// The number of the original's line, counted from 1, in which an offset of what is read stands.
    public func line(at offset: Int) -> Int {
        let place = origins[min(max(offset, 0), scalars.count)]
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= place { low = middle } else { high = middle }
        }
        return low + 1
    }
}
