/// The title of an item: its heading where it has one, else its first sentence.
struct HeadingTitle {
    let text: String
    /// The title, cut at its first clause when it is running text or long.
    let short: String
    let isHeading: Bool
    /// Where the title stands.
    let range: Range<Int>

    /// The longest heading, in scalars; what is longer is running text.
    private static let longestHeading = 60
    /// The longest heading that stands in a path with all its clauses.
    private static let longestInPath = 36
    /// The longest title before a colon: 产品质量目标：.
    private static let longestBeforeColon = 24
    /// The longest title of running text that is kept.
    private static let longestTitle = 160

    /// Reads the title of an item from its text behind the number.
    init(of body: Range<Int>, in scalars: [Unicode.Scalar]) {
        let line = Self.firstLine(of: scalars.trimmed(body), in: scalars)
        if let heading = Self.heading(of: line, in: scalars), !Self.holdsFigures(heading, in: scalars) {
            let whole = scalars.compactText(heading)
            let comma = heading.first { scalars[$0] == "，" || scalars[$0] == "," }
            let isLong = heading.count > Self.longestInPath
            (text, isHeading, range) = (whole, true, heading)
            short = comma.map { isLong ? scalars.compactText(heading.lowerBound..<$0) : whole } ?? whole
            return
        }
        var end = line.lowerBound
        var clauseEnd: Int?
        while end < line.upperBound, end - line.lowerBound < Self.longestTitle {
            let scalar = scalars[end]
            if PlanScalar.isStop(scalar) || scalar == "；" { break }
            if clauseEnd == nil, PlanScalar.isClauseMark(scalar), end > line.lowerBound { clauseEnd = end }
            end += 1
        }
        text = scalars.compactText(line.lowerBound..<end)
        let shortEnd = min(clauseEnd ?? end, line.lowerBound + Self.longestHeading, end)
        short = scalars.compactText(line.lowerBound..<shortEnd)
        (isHeading, range) = (false, line.lowerBound..<end)
    }

    /// Whether what looks like a heading is a sentence with figures: 整改率达到100%，较大事故不超过2起.
    private static func holdsFigures(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Bool {
        if scalars[range].contains("%") { return true }
        let hasComma = scalars[range].contains { $0 == "，" || $0 == "," }
        return hasComma && scalars[range].contains(where: PlanScalar.isDigit)
    }

    private static func firstLine(of range: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int> {
        var end = range.lowerBound
        while end < range.upperBound, scalars[end] != "\n" { end += 1 }
        return scalars.trimmed(range.lowerBound..<end)
    }

    /// The heading at the beginning of a line: up to 。 or ：, up to a space, or the line as a whole.
    private static func heading(of line: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int>? {
        var commas = 0
        var offset = line.lowerBound
        while offset < line.upperBound, offset - line.lowerBound <= longestHeading {
            let scalar = scalars[offset]
            let length = offset - line.lowerBound
            if PlanScalar.isOpening(scalar), length > 1,
                PlanVocabulary.responsibilities.occurs(
                    in: offset..<min(offset + 40, line.upperBound), of: scalars)
            {
                return commas == 0 ? line.lowerBound..<offset : nil
            }
            if PlanScalar.isStop(scalar) { return line.lowerBound..<offset }
            if scalar == "：" || scalar == ":" {
                return commas == 0 && length <= longestBeforeColon ? line.lowerBound..<offset : nil
            }
            if scalar == "；" || scalar == ";" { return nil }
            if scalar == "，" || scalar == "," { commas += 1 }
            if length >= 4, PlanScalar.isSpace(scalar), isBetweenWords(offset, line, scalars) {
                return line.lowerBound..<offset
            }
            offset += 1
        }
        return offset == line.upperBound && !line.isEmpty ? line : nil
    }

    /// Whether the space stands between a title and running text, not inside the title.
    private static func isBetweenWords(
        _ offset: Int, _ line: Range<Int>, _ scalars: [Unicode.Scalar]
    ) -> Bool {
        guard offset + 1 < line.upperBound else { return false }
        guard PlanScalar.isIdeograph(scalars[offset - 1]), PlanScalar.isIdeograph(scalars[offset + 1]) else {
            return false
        }
        return scalars[offset..<line.upperBound].contains { PlanScalar.isStop($0) || $0 == "，" }
    }
}
