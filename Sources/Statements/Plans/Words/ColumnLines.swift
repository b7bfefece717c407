/// Lines cut into cells where the text as it came had bars, tabs or spaces.
///
/// What is read holds no spaces between Chinese characters; that there was one is seen from the original.
struct ColumnLines {
    /// What parts the cells of a line.
    enum Mark: CaseIterable {
        case bar
        case tab
        case space
    }

    let scalars: [Unicode.Scalar]
    private let origins: [Int32]
    private let original: [Unicode.Scalar]

    init(_ text: ReadText) {
        scalars = text.source.scalars
        origins = text.source.origins
        original = Array(text.source.original.unicodeScalars)
    }

    /// The cells of a line, none empty but between bars; at most twenty.
    func cells(of line: Range<Int>, at mark: Mark) -> [Range<Int>] {
        var range = scalars.trimmed(line)
        if mark == .bar {
            if let first = range.first, isBar(first) { range = (first + 1)..<range.upperBound }
            if let last = range.last, isBar(last) { range = range.lowerBound..<last }
        }
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        for offset in range {
            guard let end = cut(offset, at: mark), end.stop >= start else { continue }
            let cell = scalars.trimmed(start..<max(start, end.stop))
            if mark == .bar || !cell.isEmpty { cells.append(cell) }
            start = end.next
            if cells.count > 20 { return [] }
        }
        let last = scalars.trimmed(start..<max(start, range.upperBound))
        if mark == .bar || !last.isEmpty { cells.append(last) }
        return cells
    }

    private func isBar(_ offset: Int) -> Bool {
        scalars[offset] == "|" || scalars[offset] == "｜" || scalars[offset] == "│"
    }

    /// Where a cell ends and the next begins, when a mark stands at or before an offset.
    private func cut(_ offset: Int, at mark: Mark) -> (stop: Int, next: Int)? {
        if mark == .bar { return isBar(offset) ? (offset, offset + 1) : nil }
        if PlanScalar.isSpace(scalars[offset]) {
            return mark == .space || gap(before: offset + 1).isWide || gap(before: offset).isWide
                || scalars[offset] == "\t" ? (offset, offset + 1) : nil
        }
        let gap = gap(before: offset)
        return gap.isWide || (mark == .space && gap.isSpace) ? (offset, offset) : nil
    }

    /// Whether white space of the original stood before an offset.
    func isSpaced(before offset: Int) -> Bool {
        gap(before: offset).isSpace
            || (scalars.indices.contains(offset) && PlanScalar.isSpace(scalars[offset]))
    }

    /// Whether scraping has mangled the character at an offset: one that stands between two marks ? of lost
    /// characters, which the repair took out, is what is left of a third.
    func isLost(_ offset: Int) -> Bool {
        guard offset > 0, offset + 1 < origins.count else { return false }
        let (before, own, after) = (Int(origins[offset - 1]), Int(origins[offset]), Int(origins[offset + 1]))
        guard own - before > 1, after - own > 1 else { return false }
        return isLossMark(before + 1) && isLossMark(own + 1)
    }

    private func isLossMark(_ place: Int) -> Bool {
        original.indices.contains(place) && (original[place] == "?" || original[place] == "\u{FFFD}")
    }

    /// What white space of the original was left out before an offset.
    private func gap(before offset: Int) -> (isSpace: Bool, isWide: Bool) {
        guard offset > 0, offset < origins.count else { return (false, false) }
        var start = Int(origins[offset - 1])
        if offset - 1 < scalars.count, !PlanScalar.isSpace(scalars[offset - 1]) { start += 1 }
        let end = min(Int(origins[offset]), original.count)
        guard start >= 0, start < end, end - start <= 200 else { return (false, false) }
        let dropped = original[start..<end]
        guard dropped.allSatisfy({ PlanScalar.isSpace($0) }) else { return (false, false) }
        return (true, dropped.count > 1 || dropped.contains("\t"))
    }
}
