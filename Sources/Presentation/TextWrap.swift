/// Breaking text into lines by columns.
enum TextWrap {
    /// Marks that may not begin a line (the commonest of GB/T 15834 and of English).
    private static let closing: Set<Character> = Set("，。、；：？！）》”’】」』,.;:?!)]}%")

    /// Lines of at most so many columns. Breaks stand at spaces, beside Chinese characters, and inside a word
    /// only when it is longer than a line; a closing mark does not begin a line.
    static func lines(of text: String, columns: Int) -> [String] {
        let limit = max(2, columns)
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrap($0, limit) }
    }

    private static func wrap(_ text: Substring, _ limit: Int) -> [String] {
        var lines: [String] = []
        var rest = text
        while true {
            let fitting = rest.prefix(columns: limit)
            // Not by the width of all that is left: a paragraph may be as long as a book.
            if fitting.endIndex == rest.endIndex { break }
            var end = breakPlace(rest, fitting)
            if end == rest.startIndex { end = fitting.endIndex }
            if end == rest.startIndex { end = rest.index(after: end) }
            lines.append(rest[..<end].withoutEndSpaces)
            rest = rest[end...].drop { $0 == " " }
        }
        if !rest.isEmpty || lines.isEmpty { lines.append(rest.withoutEndSpaces) }
        return lines
    }

    /// The last place in the fitting part where a line may end.
    private static func breakPlace(_ text: Substring, _ fitting: Substring) -> Substring.Index {
        var place = fitting.endIndex
        while place > text.startIndex {
            if mayBreak(text, at: place) { return place }
            place = text.index(before: place)
        }
        return place
    }

    private static func mayBreak(_ text: Substring, at place: Substring.Index) -> Bool {
        guard place < text.endIndex else { return true }
        let next = text[place]
        let previous = text[text.index(before: place)]
        if next == " " || previous == " " { return true }
        if closing.contains(next) { return false }
        return previous == "-" || DisplayWidth.columns(of: previous) == 2
            || DisplayWidth.columns(of: next) == 2
    }
}

extension Substring {
    fileprivate var withoutEndSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
