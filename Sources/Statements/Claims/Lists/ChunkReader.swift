/// Reads a list whose members are whole clauses: …工程，造成9人死亡；…工程，造成8人死亡 parted by semicolons, or
/// 设计单位30家、许可证33张，制造单位20家、许可证25张 parted by commas.
struct ChunkReader {
    private let members: MemberReader
    private let scalars: [Unicode.Scalar]
    /// The mark that parts the members.
    private let separator: Unicode.Scalar
    private static let longestMember = 40

    init(_ text: ReadText, separator: Unicode.Scalar) {
        members = MemberReader(text)
        self.separator = separator
        scalars = text.source.scalars
    }

    /// Reads one member from each clause; `nil` when the mark parts none.
    func read(_ segments: [Segment], from first: Int, at start: Int) -> MemberList? {
        guard first < segments.count, segments[first...].contains(where: { $0.mark == separator }) else {
            return nil
        }
        var list = MemberList()
        var index = first
        while index < segments.count {
            var end = index
            while end < segments.count, end - index < Self.longestMember, !isBoundary(segments[end].mark) {
                end += 1
            }
            // No member has that many clauses; a sentence without end is not searched over and over.
            guard end - index < Self.longestMember else { break }
            let isLast = end >= segments.count || segments[end].mark != separator
            let chunk = segments[index..<min(end + 1, segments.count)]
            guard take(chunk, isFirst: index == first, at: start, into: &list) else { break }
            index = end + 1
            if isLast { break }
        }
        list.nextSegment = index
        return list.members.count > 1 ? list : nil
    }

    private func isBoundary(_ mark: Unicode.Scalar?) -> Bool {
        mark == nil || mark == separator || mark == Mark.semicolon || mark == Mark.stop || mark == "！"
            || mark == "？"
    }

    private func take(
        _ chunk: ArraySlice<Segment>, isFirst: Bool, at start: Int, into list: inout MemberList
    ) -> Bool {
        guard let head = chunk.first, let last = chunk.last else { return false }
        let begin = isFirst ? max(start, head.range.lowerBound) : head.range.lowerBound
        guard begin < last.range.upperBound else { return isFirst }
        let whole = begin..<last.range.upperBound
        let opening = begin..<max(begin, head.range.upperBound)
        // 考核优秀的五个，分别为…; 达到100%的有4个：…: the clause opens a list of its own.
        let opensList = chunk.dropLast().contains { $0.mark == Mark.colon && !$0.figures.isEmpty }
        if isFirst, opensList || ListWords.complete.occurs(in: whole, of: scalars) { return false }
        if !isFirst {
            // A clause that begins like a new statement is no member of the list before it.
            if ListWords.scope.occurs(in: whole, of: scalars)
                || ListWords.complete.occurs(in: whole, of: scalars)
                || ListWords.stopping.length(at: begin, before: opening.upperBound, in: scalars) ?? 0 > 1
            {
                return false
            }
        }
        if members.endsOpen(opening) { list.isOpen = true }
        var member = ListMember(names: 1...1, name: opening, range: whole)
        for segment in chunk where member.figures.count < Self.longestMember {
            // Figures without a clause of their own at the end of a comma's list belong to another statement.
            if separator == Mark.comma, segment.figures.isEmpty { return false }
            member.figures += members.figures(segment, times: 1, from: begin)
        }
        if ListWords.partial.occurs(in: whole, of: scalars) { member.isAmbiguous = true }
        list.members.append(member)
        return true
    }
}
