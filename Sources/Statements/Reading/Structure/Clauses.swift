/// A stretch of a sentence between two marks.
public struct Clause: Hashable, Sendable {
    /// Where it stands, without the mark that ends it.
    public let range: Range<Int>
    /// The mark that ends it; `nil` at the sentence's end.
    public let mark: Unicode.Scalar?
}

extension ReadText {
    /// Cuts a stretch at marks that stand outside brackets and quotation marks; marks inside numbers are
    /// figures' own.
    ///
    /// The marks are ， unless told otherwise; 、 ； ： may be named too. Never gives an empty clause.
    public func clauses(in range: Range<Int>, at marks: Set<Unicode.Scalar> = ["，"]) -> [Clause] {
        let range = range.clamped(to: 0..<source.count)
        var clauses: [Clause] = []
        var (start, place) = (range.lowerBound, range.lowerBound)
        var pair = firstBracket(from: range.lowerBound)
        while place < range.upperBound {
            while pair < brackets.count, brackets[pair].range.lowerBound < place { pair += 1 }
            if pair < brackets.count, brackets[pair].range.lowerBound == place,
                brackets[pair].range.upperBound <= range.upperBound
            {
                place = brackets[pair].range.upperBound
            } else if marks.contains(source.scalars[place]) {
                if place > start { clauses.append(Clause(range: start..<place, mark: source.scalars[place])) }
                place += 1
                start = place
            } else {
                place += 1
            }
        }
        if place > start { clauses.append(Clause(range: start..<place, mark: nil)) }
        return clauses
    }

    /// The pairs of brackets that open in a stretch.
    public func brackets(in range: Range<Int>) -> ArraySlice<BracketPair> {
        let first = firstBracket(from: range.lowerBound)
        let end = firstBracket(from: max(range.upperBound, range.lowerBound))
        return brackets[first..<max(first, end)]
    }

    /// The pair of brackets that opens at an offset.
    public func bracket(at offset: Int) -> BracketPair? {
        let index = firstBracket(from: offset)
        return index < brackets.count && brackets[index].range.lowerBound == offset ? brackets[index] : nil
    }

    /// The indexes of the figures that begin in a stretch.
    public func quantityIndexes(in range: Range<Int>) -> Range<Int> {
        let first = quantities.firstIndex(from: range.lowerBound) { $0.range.lowerBound }
        let end = quantities.firstIndex(from: max(range.upperBound, range.lowerBound)) { $0.range.lowerBound }
        return first..<max(first, end)
    }

    /// The index of the sentence that an offset stands in; `nil` between sentences.
    public func sentenceIndex(at offset: Int) -> Int? {
        let index = sentences.firstIndex(from: offset + 1) { $0.range.lowerBound } - 1
        return index >= 0 && sentences[index].range.contains(offset) ? index : nil
    }

    private func firstBracket(from offset: Int) -> Int {
        brackets.firstIndex(from: offset) { $0.range.lowerBound }
    }
}

extension Array {
    /// The first index whose place is not before an offset, in an array ascending by place.
    func firstIndex(from offset: Int, _ place: (Element) -> Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if place(self[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
