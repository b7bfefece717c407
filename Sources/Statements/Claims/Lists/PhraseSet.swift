/// A set of fixed words that can be looked for at a place in a text.
///
/// Looking costs one lookup of the scalar at the place and a comparison with the few words that begin (or
/// end) with it, so that a whole text is searched in time linear in its length.
struct PhraseSet: Sendable {
    private let byFirst: [Unicode.Scalar: [[Unicode.Scalar]]]
    private let byLast: [Unicode.Scalar: [[Unicode.Scalar]]]
    /// One bit for each value that the lowest ten bits of a first scalar take: most places of a text are
    /// passed over by looking at it alone.
    private let firstBits: [UInt64]

    /// Takes the words separated by spaces.
    init(_ words: String) {
        let all = words.split(separator: " ").map { Array($0.unicodeScalars) }
            .sorted { $0.count > $1.count }
        byFirst = Dictionary(grouping: all.filter { !$0.isEmpty }) { $0.first ?? " " }
        byLast = Dictionary(grouping: all.filter { !$0.isEmpty }) { $0.last ?? " " }
        var bits = [UInt64](repeating: 0, count: 16)
        for first in byFirst.keys {
            bits[Int(first.value >> 6) & 15] |= 1 << UInt64(first.value & 63)
        }
        firstBits = bits
    }

    /// The length of the longest word that begins at the place and ends within the limit; `nil` when none does.
    func length(at place: Int, before limit: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard place >= 0, place < limit, limit <= scalars.count else { return nil }
        let value = scalars[place].value
        guard firstBits[Int(value >> 6) & 15] & (1 << UInt64(value & 63)) != 0,
            let words = byFirst[scalars[place]]
        else { return nil }
        for word in words where word.count <= limit - place {
            if scalars[place..<(place + word.count)].elementsEqual(word) { return word.count }
        }
        return nil
    }

    /// The length of the longest word that ends just before the place and begins at the limit or behind it.
    func length(endingAt place: Int, notBefore limit: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard place <= scalars.count, limit >= 0, place > limit, let words = byLast[scalars[place - 1]]
        else { return nil }
        for word in words where word.count <= place - limit {
            if scalars[(place - word.count)..<place].elementsEqual(word) { return word.count }
        }
        return nil
    }

    /// Where the first of the words stands within a stretch.
    func first(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> Range<Int>? {
        let range = range.clamped(to: 0..<scalars.count)
        for place in range {
            if let length = length(at: place, before: range.upperBound, in: scalars) {
                return place..<(place + length)
            }
        }
        return nil
    }

    /// Where the last of the words that stand within a stretch stands.
    func last(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> Range<Int>? {
        let range = range.clamped(to: 0..<scalars.count)
        for place in range.reversed() {
            if let length = length(at: place, before: range.upperBound, in: scalars) {
                return place..<(place + length)
            }
        }
        return nil
    }

    /// Whether one of the words stands within a stretch.
    func occurs(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> Bool {
        first(in: range, of: scalars) != nil
    }
}
