extension SourceText {
    /// The number of scalars that are read.
    public var count: Int { scalars.count }

    /// The scalar at an offset; `nil` outside the text.
    @inlinable
    public func scalar(at offset: Int) -> Unicode.Scalar? {
        offset >= 0 && offset < scalars.count ? scalars[offset] : nil
    }

    /// Whether a word begins at an offset.
    public func matches(_ word: String, at offset: Int) -> Bool {
        guard offset >= 0 else { return false }
        var place = offset
        for scalar in word.unicodeScalars {
            guard place < scalars.count, scalars[place] == scalar else { return false }
            place += 1
        }
        return true
    }

    /// Whether a word ends right before an offset.
    public func matches(_ word: String, endingAt offset: Int) -> Bool {
        guard offset <= scalars.count else { return false }
        return matches(word, at: offset - word.unicodeScalars.count)
    }

    /// Where a word stands first in a stretch; time linear in the stretch.
    public func firstRange(of word: String, in range: Range<Int>) -> Range<Int>? {
        let range = range.clamped(to: 0..<scalars.count)
        let length = word.unicodeScalars.count
        guard let first = word.unicodeScalars.first, length <= range.count else { return nil }
        for place in range.lowerBound...(range.upperBound - length)
        where scalars[place] == first && matches(word, at: place) {
            return place..<place + length
        }
        return nil
    }

    /// Whether a word stands in a stretch.
    public func contains(_ word: String, in range: Range<Int>) -> Bool {
        firstRange(of: word, in: range) != nil
    }

    /// Whether a figure's digits are Arabic rather than Chinese ones.
    public func isArabic(_ quantity: Quantity) -> Bool {
        scalar(at: quantity.digits.lowerBound).map { $0.value >= 0x30 && $0.value <= 0x39 } ?? false
    }
}
