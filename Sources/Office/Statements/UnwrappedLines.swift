/// Puts the lines of a page together to the paragraphs they were broken from.
///
/// A PDF knows lines, not paragraphs. A line goes on in the next when it is about as wide as the page's text
/// and does not end a sentence, and the next line is neither empty nor the beginning of a numbered item.
enum UnwrappedLines {
    /// A line that reaches this part of the text's width, in hundredths, is full.
    private static let fullHundredths = 85
    private static let ends = Set("。！？：；:;!?".unicodeScalars)
    private static let numerals = Set("一二三四五六七八九十0123456789".unicodeScalars)
    private static let circled = Set("①②③④⑤⑥⑦⑧⑨⑩".unicodeScalars)

    /// The text with broken lines joined; between two Latin words a space is put.
    static func joined(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(trimmed)
        let width = usualWidth(lines)
        var result = String.UnicodeScalarView()
        for (index, line) in lines.enumerated() {
            result.append(contentsOf: line.text)
            guard index + 1 < lines.count else { break }
            let next = lines[index + 1]
            guard isBroken(line, before: next, width: width) else {
                result.append("\n")
                continue
            }
            if let last = line.text.last, let first = next.text.first, last.isASCII, first.isASCII,
                last.properties.isAlphabetic || first.properties.isAlphabetic
            {
                result.append(" ")
            }
        }
        return String(result)
    }

    private struct Line {
        let text: [Unicode.Scalar]
        /// Chinese characters count two, others one.
        let width: Int
    }

    private static func trimmed(_ line: Substring) -> Line {
        var text = Array(line.unicodeScalars)
        while text.last?.properties.isWhitespace == true { text.removeLast() }
        let margin = text.prefix { $0.properties.isWhitespace }.count
        let kept = Array(text.dropFirst(margin))
        return Line(text: kept, width: kept.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) })
    }

    /// The width of full lines: that of the nine-tenths widest among those that hold anything.
    private static func usualWidth(_ lines: [Line]) -> Int {
        let widths = lines.map(\.width).filter { $0 > 0 }.sorted()
        guard !widths.isEmpty else { return 0 }
        return widths[widths.count * 9 / 10]
    }

    private static func isBroken(_ line: Line, before next: Line, width: Int) -> Bool {
        guard let last = line.text.last, !next.text.isEmpty else { return false }
        guard line.width * 100 >= width * fullHundredths, !ends.contains(last) else { return false }
        return !isItem(next.text)
    }

    /// Whether a line begins as 一、 （一） 1、 1. ① 第一章 do.
    private static func isItem(_ text: [Unicode.Scalar]) -> Bool {
        guard let first = text.first else { return false }
        if circled.contains(first) { return true }
        let opening = first == "（" || first == "(" || first == "第" ? 1 : 0
        let digits = text.dropFirst(opening).prefix { numerals.contains($0) }.count
        let end = opening + digits
        guard digits > 0, digits <= 3, end < text.count else { return false }
        let mark = text[end]
        switch first {
        case "（", "(": return mark == "）" || mark == ")"
        case "第": return mark == "章" || mark == "条" || mark == "节"
        default: break
        }
        if mark == "、" || mark == "．" { return true }
        guard mark == ".", end + 1 < text.count else { return false }
        return !numerals.contains(text[end + 1])
    }
}
