/// The lines of a table of contents, whose numbers begin no items.
enum ContentsLines {
    /// For every paragraph, whether it belongs to a table of contents.
    static func find(in text: ReadText) -> [Bool] {
        var skipped = [Bool](repeating: false, count: text.paragraphs.count)
        let scalars = text.source.scalars
        var firstEntry: String?
        var isInside = false
        for (index, paragraph) in text.paragraphs.enumerated() {
            let range = scalars.trimmed(paragraph)
            if range.count <= 8, scalars.compactText(range) == "目录" {
                (isInside, firstEntry) = (true, nil)
                skipped[index] = true
                continue
            }
            let entryEnd = endWithoutPage(range, in: scalars)
            if isInside, range.count > 100 || range.last.map({ PlanScalar.isStop(scalars[$0]) }) == true {
                isInside = false
            }
            if isInside {
                let entry = scalars.compactText(range.lowerBound..<entryEnd.offset)
                if entry == firstEntry {
                    isInside = false
                } else {
                    if firstEntry == nil { firstEntry = entry }
                    skipped[index] = true
                }
            } else if entryEnd.hasLeader {
                skipped[index] = true
            }
        }
        return skipped
    }

    /// Where an entry ends before its leader of dots and its page; without either, at its end.
    private static func endWithoutPage(
        _ range: Range<Int>, in scalars: [Unicode.Scalar]
    ) -> (offset: Int, hasLeader: Bool) {
        var end = range.upperBound
        while end > range.lowerBound, isPageMark(scalars[end - 1]) { end -= 1 }
        guard end < range.upperBound else { return (range.upperBound, false) }
        var leader = 0
        var place = end
        while place > range.lowerBound, isLeader(scalars[place - 1]) {
            if !PlanScalar.isSpace(scalars[place - 1]) { leader += scalars[place - 1] == "…" ? 3 : 1 }
            place -= 1
        }
        return (place, leader >= 3)
    }

    private static func isPageMark(_ scalar: Unicode.Scalar) -> Bool {
        PlanScalar.isDigit(scalar) || scalar == "-" || scalar == "—"
    }

    private static func isLeader(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "…" || scalar == "·" || scalar == "．" || scalar == "⋯"
            || PlanScalar.isSpace(scalar)
    }
}
