import Figures

/// Finds counts that stand beside the names they count: 绍兴、杭州、金华3个市, and 3家企业（甲公司、乙公司、丙公司）.
///
/// They hold when as many names are there. They are wrong only when short names of regions stand in front of
/// the count without 等, three at least, and the difference is small.
struct NamedCounts {
    let text: ReadText
    let segments: [Segment]

    private var scalars: [Unicode.Scalar] { text.source.scalars }
    /// How many names in front of a count are looked through.
    private static let searched = 60
    /// Counters of what happens rather than of what has a name: 触电等事故5起 counts no names.
    private static let events: [UnitCode] = ["起", "件", "人", "次", "批次", "条", "处", "宗", "例", "人次", "项次"]
    private static let regions = PhraseSet("省 市 区县 县区 地区 设区市 城市 省市 省份 州市 市州 县 区")

    func claims() -> [Claim] {
        segments.indices.flatMap { index in
            // A stretch without marks is searched once, not once for each of its figures.
            segments[index].figures.prefix(segments[index].brackets.count > Self.searched ? 0 : Self.searched)
                .compactMap { figure -> Claim? in
                    guard text.quantities[figure].sort == .amount else { return nil }
                    let quantity = text.quantities[figure]
                    guard let stated = MemberReader(text).wholeCount(quantity), (2...60).contains(stated),
                        WholeNumbers.areCounted(quantity), !quantity.unit.isEmpty,
                        !Self.events.contains(quantity.unitCode)
                    else { return nil }
                    return before(index, quantity, stated) ?? inBrackets(index, quantity, stated)
                }
        }
    }

    // MARK: names in front

    private func before(_ index: Int, _ quantity: Quantity, _ stated: Int) -> Claim? {
        let segment = segments[index]
        guard segment.figures.first.map({ text.quantities[$0].range == quantity.range }) == true,
            index > 0, segments[index - 1].mark == Mark.enumeration
        else { return nil }
        var last = segment.range.lowerBound..<quantity.range.lowerBound
        let gathers = last.last.map { scalars[$0] == "等" } ?? false
        if gathers { last = last.lowerBound..<(last.upperBound - 1) }
        guard !last.isEmpty, last.count <= 30 else { return nil }
        var names = [last]
        var place = index - 1
        while place >= 0, names.count < Self.searched, segments[place].mark == Mark.enumeration,
            segments[place].figures.isEmpty
        {
            names.insert(segments[place].range, at: 0)
            place -= 1
        }
        guard names.count > 1, names.allSatisfy({ $0.count <= 30 }) else { return nil }
        let most = names.count - 1 + MemberReader(text).splitCount(last)
        if (names.count...most).contains(stated) { return made(quantity, names, stated, .holds) }
        guard !gathers, most == names.count, names.count > 2, areRegions(names, before: quantity),
            abs(stated - names.count) <= max(1, stated / 5)
        else { return nil }
        return made(quantity, names, names.count, .wrong)
    }

    /// Whether names are short enough to be regions, and the noun behind the count says that they are.
    private func areRegions(_ names: [Range<Int>], before quantity: Quantity) -> Bool {
        let end = quantity.range.upperBound
        let isNamed =
            Self.regions.length(at: end, before: min(end + 3, scalars.count), in: scalars) != nil
            || Self.regions.length(endingAt: end, notBefore: max(0, end - 2), in: scalars) != nil
        return isNamed && names.dropFirst().allSatisfy { (2...4).contains($0.count) }
    }

    // MARK: names in brackets

    private func inBrackets(_ index: Int, _ quantity: Quantity, _ stated: Int) -> Claim? {
        let end = quantity.range.upperBound
        let segment = segments[index]
        guard let bracket = segment.brackets.first(where: { $0.lowerBound >= end }),
            bracket.lowerBound - end <= 10, segment.bracketFigures.isEmpty,
            !segment.figures.contains(where: {
                text.quantities[$0].range.lowerBound >= end
                    && text.quantities[$0].range.lowerBound < bracket.lowerBound
            })
        else { return nil }
        let content = (bracket.lowerBound + 1)..<(bracket.upperBound - 1)
        var names: [Range<Int>] = []
        var start = content.lowerBound
        for place in content where scalars[place] == Mark.enumeration {
            if place > start { names.append(start..<place) }
            start = place + 1
        }
        if start < content.upperBound { names.append(start..<content.upperBound) }
        // （市、区） says what sort of thing is meant; it names none.
        guard names.count > 1, names.allSatisfy({ $0.count > 1 }), let last = names.last else { return nil }
        let most = names.count - 1 + MemberReader(text).splitCount(last)
        guard (names.count...most).contains(stated) else { return nil }
        return made(quantity, names, stated, .holds)
    }

    private func made(_ quantity: Quantity, _ names: [Range<Int>], _ found: Int, _ verdict: Verdict) -> Claim
    {
        let printed = text.source.text(quantity.range)
        let count = Rational(Int64(found))
        let should = Measure.text(count, as: quantity, in: text.source)
        let listed =
            names.prefix(12).map { text.source.text($0) }.joined(separator: "、")
            + (names.count > 12 ? "、…" : "")
        let first = min(names.first?.lowerBound ?? quantity.range.lowerBound, quantity.range.lowerBound)
        let last = max(names.last?.upperBound ?? quantity.range.upperBound, quantity.range.upperBound)
        let explanation =
            verdict == .holds
            ? Phrase(
                "文中称\(printed)，所列名称正好\(found)个：\(listed)。",
                "The text says \(printed), and \(found) names stand beside it: \(listed).")
            : Phrase(
                "文中称\(printed)，但前面只列了\(found)个名称：\(listed)。请核对是否应为\(should)，或名称有漏列、多列。",
                "The text says \(printed), but \(found) names stand in front of it: \(listed). Check whether it should "
                    + "be \(should) or a name is missing or too many.")
        return Claim(
            kind: .listCount, stated: printed, range: quantity.range, quote: first..<last,
            operands: names.map {
                Claim.Operand(role: Phrase("所列一项", "one of the list"), value: .one, step: .zero, range: $0)
            },
            recomputed: count, recomputedText: should, verdict: verdict, explanation: explanation)
    }
}
