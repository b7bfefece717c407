/// A sentence up to 。！？ or its paragraph's end, over the semicolons inside it: a list may run over them.
struct FullSentence {
    /// Where it stands.
    let range: Range<Int>
    /// The index of its paragraph.
    let paragraph: Int
    /// The indexes of its figures.
    let quantities: Range<Int>

    /// All full sentences of a text in order.
    static func all(in text: ReadText) -> [FullSentence] {
        var found: [FullSentence] = []
        var open: FullSentence?
        for sentence in text.sentences {
            var joined = FullSentence(
                range: sentence.range, paragraph: sentence.paragraph, quantities: sentence.quantities)
            if let before = open {
                if before.paragraph == sentence.paragraph {
                    joined = FullSentence(
                        range: before.range.lowerBound..<sentence.range.upperBound,
                        paragraph: sentence.paragraph,
                        quantities: before.quantities.lowerBound..<sentence.quantities.upperBound)
                } else {
                    found.append(before)
                }
            }
            open = nil
            if sentence.isFull { found.append(joined) } else { open = joined }
        }
        if let open { found.append(open) }
        return joiningLines(found, in: text)
    }

    /// The longest line that may be one member of a list written line by line.
    private static let longestMember = 60

    /// Joins a sentence that ends with a colon with the short lines behind it that hold one member each.
    private static func joiningLines(_ sentences: [FullSentence], in text: ReadText) -> [FullSentence] {
        var found: [FullSentence] = []
        var isJoining = false
        for sentence in sentences {
            if isJoining, let last = found.last, isMember(sentence, after: last, in: text) {
                found[found.count - 1] = FullSentence(
                    range: last.range.lowerBound..<sentence.range.upperBound, paragraph: sentence.paragraph,
                    quantities: last.quantities.lowerBound..<sentence.quantities.upperBound)
                continue
            }
            found.append(sentence)
            isJoining = sentence.range.last.map { text.source.scalars[$0] == Mark.colon } ?? false
        }
        return found
    }

    private static func isMember(
        _ sentence: FullSentence, after last: FullSentence, in text: ReadText
    ) -> Bool {
        guard sentence.range.count <= longestMember, !sentence.quantities.isEmpty,
            sentence.paragraph == last.paragraph + 1, let end = sentence.range.last
        else { return false }
        let scalar = text.source.scalars[end]
        return scalar != Mark.stop && scalar != Mark.colon
            && !ListWords.scope.occurs(in: sentence.range, of: text.source.scalars)
    }
}
