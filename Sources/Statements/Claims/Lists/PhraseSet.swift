/// A set of fixed words that can be looked for at a place in a text.
///
/// Most places are passed over by one look at a bit; elsewhere the few words that begin (or end) with the
/// scalar there are compared, so that a whole text is searched in time linear in its length.
final class PhraseSet: Sendable {
    private let beginning: Index
    private let ending: Index

    /// The words by their first or their last scalar.
    private struct Index: Sendable {
        /// One bit for each value that the lowest ten bits of a scalar take.
        private var bits = [UInt64](repeating: 0, count: 16)
        /// An open hash table: the scalar, and where its words stand among `words`; 0 is a free place.
        private var slots: [(scalar: UInt32, start: Int32, end: Int32)]
        /// Where each word's scalars stand, the longest word first among those of one scalar.
        private(set) var words: [(start: Int32, count: Int32, number: Int32)] = []
        private(set) var letters: [UInt32] = []
        private let mask: Int

        init(_ all: [(number: Int, scalars: [UInt32])], by key: ([UInt32]) -> UInt32?) {
            var groups: [(key: UInt32, members: [(number: Int, scalars: [UInt32])])] = []
            for word in all {
                guard let scalar = key(word.scalars) else { continue }
                if let index = groups.firstIndex(where: { $0.key == scalar }) {
                    groups[index].members.append(word)
                } else {
                    groups.append((scalar, [word]))
                }
            }
            var size = 4
            while size < groups.count * 3 { size *= 2 }
            mask = size - 1
            slots = Array(repeating: (0, 0, 0), count: size)
            for group in groups {
                let start = Int32(words.count)
                for word in group.members {
                    words.append((Int32(letters.count), Int32(word.scalars.count), Int32(word.number)))
                    letters += word.scalars
                }
                bits[Int(group.key >> 6) & 15] |= 1 << UInt64(group.key & 63)
                var place = Self.hash(group.key) & mask
                while slots[place].scalar != 0 { place = (place + 1) & mask }
                slots[place] = (group.key, start, Int32(words.count))
            }
        }

        private static func hash(_ scalar: UInt32) -> Int { Int(scalar &* 0x9E37_79B1 >> 12) }

        /// Where the words of a scalar stand.
        @inline(__always)
        func words(of scalar: UInt32) -> Range<Int>? {
            guard bits[Int(scalar >> 6) & 15] & (1 << UInt64(scalar & 63)) != 0 else { return nil }
            var place = Self.hash(scalar) & mask
            while slots[place].scalar != 0 {
                if slots[place].scalar == scalar {
                    return Int(slots[place].start)..<Int(slots[place].end)
                }
                place = (place + 1) & mask
            }
            return nil
        }

        /// Whether a word's scalars stand from a place on.
        @inline(__always)
        func stands(_ start: Int32, _ count: Int, at place: Int, in scalars: [Unicode.Scalar]) -> Bool {
            for offset in 0..<count where letters[Int(start) + offset] != scalars[place + offset].value {
                return false
            }
            return true
        }
    }

    /// Takes the words separated by spaces.
    convenience init(_ words: String) {
        self.init(words.split(separator: " ").map(String.init))
    }

    /// Takes a list of words; of a word that is listed twice the first counts.
    init(_ words: [String]) {
        let all = words.enumerated().map { (number: $0, scalars: $1.unicodeScalars.map(\.value)) }
            .sorted { ($0.scalars.count, -$0.number) > ($1.scalars.count, -$1.number) }
        beginning = Index(all) { $0.first }
        ending = Index(all) { $0.last }
    }

    /// The number in the list and the length of the longest word that begins at the place and ends within the
    /// limit; `nil` when none does.
    func match(
        at place: Int, before limit: Int, in scalars: [Unicode.Scalar]
    ) -> (number: Int, length: Int)? {
        guard place >= 0, place < limit, limit <= scalars.count,
            let words = beginning.words(of: scalars[place].value)
        else { return nil }
        for index in words {
            let word = beginning.words[index]
            let count = Int(word.count)
            if count <= limit - place, beginning.stands(word.start, count, at: place, in: scalars) {
                return (Int(word.number), count)
            }
        }
        return nil
    }

    /// The number in the list and the length of the longest word that ends just before the place and begins at
    /// the limit or behind it.
    func match(
        endingAt place: Int, notBefore limit: Int, in scalars: [Unicode.Scalar]
    ) -> (number: Int, length: Int)? {
        guard place <= scalars.count, limit >= 0, place > limit,
            let words = ending.words(of: scalars[place - 1].value)
        else { return nil }
        for index in words {
            let word = ending.words[index]
            let count = Int(word.count)
            if count <= place - limit, ending.stands(word.start, count, at: place - count, in: scalars) {
                return (Int(word.number), count)
            }
        }
        return nil
    }

    /// The length of the longest word that begins at the place and ends within the limit; `nil` when none does.
    func length(at place: Int, before limit: Int, in scalars: [Unicode.Scalar]) -> Int? {
        match(at: place, before: limit, in: scalars)?.length
    }

    /// The length of the longest word that ends just before the place and begins at the limit or behind it.
    func length(endingAt place: Int, notBefore limit: Int, in scalars: [Unicode.Scalar]) -> Int? {
        match(endingAt: place, notBefore: limit, in: scalars)?.length
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
        var place = range.upperBound
        while place > range.lowerBound {
            place -= 1
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

extension Sequence<PhraseSet> {
    /// The length of the longest word of any of the sets that begins at the place; `nil` when none does.
    func length(at place: Int, before limit: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var longest = 0
        for words in self {
            longest = Swift.max(longest, words.length(at: place, before: limit, in: scalars) ?? 0)
        }
        return longest > 0 ? longest : nil
    }
}
