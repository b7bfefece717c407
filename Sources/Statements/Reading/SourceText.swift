/// A text as it came, and the same text as it is read.
///
/// What is read is repaired: simplified characters, half-width figures, no pinyin left behind by scraping, no
/// remains of HTML, no doubled spaces. Every scalar that is read remembers which scalar of the original it
/// stands for, so that whatever is said about the text points into the text as it came.
public struct SourceText: Sendable {
    /// What the text is called: a file's name, or `-` for standard input.
    public let name: String
    /// The text as it came.
    public let original: String
    /// The scalars that are read.
    public let scalars: [Unicode.Scalar]
    /// For each scalar that is read, and for the end, the offset in scalars of the original it stands for;
    /// ascending, with one entry more than there are scalars.
    public let origins: [Int32]
    /// For each line of the original, the offset in scalars at which it begins; never empty.
    public let lineStarts: [Int32]

    /// The text that is read between two offsets; offsets outside the text are brought inside it.
    public func text(_ range: Range<Int>) -> String {
        let range = range.clamped(to: 0..<scalars.count)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
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
