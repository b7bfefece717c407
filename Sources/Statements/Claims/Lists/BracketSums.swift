import Figures

/// Finds totals that a bracket right behind divides: 64家（管道燃气18家、瓶装气39家、加气站7家）.
///
/// They hold when the bracket's figures add up; they are wrong only when the bracket names three parts or
/// more, each with one figure of the total's unit and nothing else, and the difference is small.
struct BracketSums {
    let text: ReadText
    let segments: [Segment]

    private var scalars: [Unicode.Scalar] { text.source.scalars }
    /// Words that make a bracket a selection, another period's figures or a description of each.
    private static let others = PhraseSet(
        "其中 涉及 获 如 等 包括 含 同比 环比 去年 上年 上月 比 较 增加 减少 增长 下降 上升 每 平均 约 以上 以下 计划 目标 应 占 累计")

    func claims() -> [Claim] {
        segments.flatMap { segment -> [Claim] in
            guard segment.bracketFigures.count > 1, segment.brackets.count <= 60 else { return [] }
            return segment.brackets.compactMap { claim($0, segment) }
        }
    }

    private func claim(_ bracket: Range<Int>, _ segment: Segment) -> Claim? {
        guard
            let index = segment.figures.last(where: {
                text.quantities[$0].range.upperBound <= bracket.lowerBound
            })
        else { return nil }
        let total = text.quantities[index]
        guard total.sort == .amount, total.bound == .exact, total.upper == nil, !total.unit.isEmpty,
            bracket.lowerBound - total.range.upperBound <= 8
        else { return nil }
        let inside = segment.bracketFigures.filter { bracket.contains(text.quantities[$0].range.lowerBound) }
        let reader = MemberReader(text)
        let key = reader.key(of: total)
        let figures = inside.filter { reader.key(of: text.quantities[$0]).mayTotal(key) }
        guard figures.count > 1, figures.count <= 40,
            figures.allSatisfy({ text.quantities[$0].bound == .exact && text.quantities[$0].upper == nil }),
            let sum = ListSum(
                figures.map { ListFigure(quantity: $0, key: reader.key(of: text.quantities[$0]), times: 1) },
                key: key, in: text)
        else { return nil }
        let verdict = sum.verdict(total)
        if verdict == .holds { return made(sum, total, bracket, .holds) }
        let content = (bracket.lowerBound + 1)..<(bracket.upperBound - 1)
        guard verdict == .wrong, figures.count > 2, figures.count == inside.count,
            areParts(figures, in: content), !Self.others.occurs(in: content, of: scalars),
            isNear(sum.value, total.value)
        else { return nil }
        return made(sum, total, bracket, .wrong)
    }

    /// Whether the bracket names each part before its figure and parts them by one mark.
    private func areParts(_ figures: [Int], in content: Range<Int>) -> Bool {
        var start = content.lowerBound
        var marks: Set<Unicode.Scalar> = []
        for (place, figure) in figures.enumerated() {
            let range = text.quantities[figure].range
            var name = start..<max(start, range.lowerBound)
            if place > 0, let mark = name.first {
                guard [Mark.enumeration, Mark.comma, Mark.semicolon].contains(scalars[mark]) else {
                    return false
                }
                marks.insert(scalars[mark])
                name = (mark + 1)..<name.upperBound
            }
            let hasMark = name.contains {
                [Mark.enumeration, Mark.comma, Mark.semicolon].contains(scalars[$0])
            }
            guard name.count > 1, !hasMark else { return false }
            start = range.upperBound
        }
        return marks.count == 1 && start == content.upperBound
    }

    /// Whether a sum differs from its total by no more than a twentieth.
    private func isNear(_ sum: Rational, _ total: Rational) -> Bool {
        guard let distance = try? sum.subtracting(total), let small = try? total.divided(by: Rational(20))
        else { return false }
        return distance.magnitude <= max(small, .one)
    }

    private func made(_ sum: ListSum, _ total: Quantity, _ bracket: Range<Int>, _ verdict: Verdict) -> Claim {
        let printed = text.source.text(total.range)
        let should = Measure.text(sum.value, as: total, in: text.source)
        let written = "\(sum.written(in: text)) = \(should)"
        let explanation =
            verdict == .holds
            ? Phrase("括号内各项相加：\(written)，与\(printed)相符。", "The bracket adds up: \(written), which agrees.")
            : Phrase(
                "括号内各项相加：\(written)，文中为\(printed)，两者不符。请核对合计数是否应为\(should)，或括号内有无误写、漏列。",
                "The bracket adds up to \(written), but the text says \(printed). Check whether the total "
                    + "should be \(should) or a part in the bracket is misprinted or missing.")
        return Claim(
            kind: .listSum, stated: printed, range: total.range,
            quote: total.range.lowerBound..<bracket.upperBound, operands: sum.operands(in: text),
            recomputed: sum.value, recomputedText: should, verdict: verdict, explanation: explanation)
    }
}
