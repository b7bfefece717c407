/// Joins lines that were cut at a page's width, as texts taken out of PDF files are.
///
/// A text counts as wrapped when its longest line is as short as a page is wide, and at least three lines
/// and two in five fill that width, and when a sentence ends within a line, which it does in prose and not
/// in lists. Then a full line that ends no sentence goes on in the next one, unless that one is indented or
/// begins as an item of a list. Every other text stays as it is.
struct WrappedLines {
    private struct Line {
        let range: Range<Int>
        /// The width in columns: two for a Chinese character, one for a letter or figure.
        let width: Int
    }

    /// From fifteen to sixty-five Chinese characters.
    private static let pageWidth = 30...130
    /// A line may stay this much short, because some marks may not begin a line.
    private static let slack = 6

    private let scalars: [Unicode.Scalar]
    private let origins: [Int32]

    /// Joins the lines of what is read, in place.
    static func join(_ scalars: inout [Unicode.Scalar], _ origins: inout [Int32]) {
        let breaks = WrappedLines(scalars: scalars, origins: origins).falseBreaks()
        guard var target = breaks.first else { return }
        var next = 0
        for place in target..<scalars.count {
            if next < breaks.count, breaks[next] == place {
                next += 1
                let isLatin =
                    place + 1 < scalars.count && isLetter(scalars[place - 1]) && isLetter(scalars[place + 1])
                guard isLatin else { continue }
                scalars[target] = " "
            } else {
                scalars[target] = scalars[place]
            }
            origins[target] = origins[place]
            target += 1
        }
        scalars.removeSubrange(target...)
        origins[target] = origins[origins.count - 1]
        origins.removeSubrange((target + 1)...)
    }

    /// Where the breaks stand that end no paragraph, ascending.
    private func falseBreaks() -> [Int] {
        guard let lines = lines() else { return [] }
        let width = lines.reduce(0) { max($0, $1.width) }
        let full = lines.count { $0.width + Self.slack >= width }
        guard full >= 3, full * 5 >= lines.count * 2, lines.contains(where: { isProse($0.range) }) else {
            return []
        }
        return zip(lines, lines.dropFirst()).compactMap { line, next in
            let isFull = line.width + Self.slack >= width
            let isNext = next.range.lowerBound == line.range.upperBound + 1
            return isFull && isNext && goesOn(line.range, in: next.range) ? line.range.upperBound : nil
        }
    }

    /// The lines that are not empty; `nil` as soon as one is too long for a page, or none is long enough.
    private func lines() -> [Line]? {
        var (lines, start, width, longest): ([Line], Int, Int, Int) = ([], 0, 0, 0)
        for place in 0...scalars.count {
            if place < scalars.count, scalars[place] != "\n" {
                width += scalars[place].value < 0x2E80 ? 1 : 2
                guard width <= Self.pageWidth.upperBound else { return nil }
                continue
            }
            if place > start { lines.append(Line(range: start..<place, width: width)) }
            longest = max(longest, width)
            (start, width) = (place + 1, 0)
        }
        return longest >= Self.pageWidth.lowerBound ? lines : nil
    }

    /// Whether a sentence ends before the line does.
    private func isProse(_ line: Range<Int>) -> Bool { scalars[line.dropLast()].contains("。") }

    private func goesOn(_ line: Range<Int>, in next: Range<Int>) -> Bool {
        let (last, first) = (scalars[line.upperBound - 1], scalars[next.lowerBound])
        if Marks.lineEnds.contains(last) || (isDigit(last) && isDigit(first)) { return false }
        let indentation = origins[next.lowerBound] - origins[line.upperBound]
        guard indentation <= 2 else { return false }
        return !isItem(next)
    }

    /// Whether a line begins with a label: 一、 （一） 1. 第三条 ①.
    private func isItem(_ line: Range<Int>) -> Bool {
        var place = line.lowerBound
        let kind = ScalarClasses.shared[scalars[place]]
        if kind == .listMark || kind == .ordinalMark { return true }
        if scalars[place] == "（" { place += 1 }
        let start = place
        while place < line.upperBound, place - start < 4, isNumeral(scalars[place]) { place += 1 }
        guard place > start, place < line.upperBound else { return false }
        if scalars[place] == "." { return place + 1 == line.upperBound || !isDigit(scalars[place + 1]) }
        return scalars[place] == "、" || scalars[place] == "）"
    }

    private func isNumeral(_ scalar: Unicode.Scalar) -> Bool {
        let kind = ScalarClasses.shared[scalar]
        return kind == .digit || kind == .chineseNumeral
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ScalarClasses.shared[scalar] == .digit }
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { ScalarClasses.shared[scalar] == .letter }
}
