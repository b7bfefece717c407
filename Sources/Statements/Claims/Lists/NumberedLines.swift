import Figures

/// Finds totals whose parts follow as numbered lines: 发生较大事故12起，死亡48人。 1.煤矿发生1起，死亡4人。 2.….
///
/// A total holds when the first figures of its unit in the lines add up to it. Lines may be a selection, so that
/// another sum is wrong only when a second total of the same sentence is met by the same lines.
struct NumberedLines {
    let text: ReadText

    private var scalars: [Unicode.Scalar] { text.source.scalars }
    /// How many lines one list may have.
    private static let longest = 99

    func claims() -> [Claim] {
        var claims: [Claim] = []
        var index = 1
        while index < text.paragraphs.count {
            guard number(of: index) == 1 else {
                index += 1
                continue
            }
            var end = index + 1
            while end < text.paragraphs.count, end - index < Self.longest, number(of: end) == end - index + 1
            {
                end += 1
            }
            if end - index > 2 { claims += self.claims(total: index - 1, lines: index..<end) }
            index = end
        }
        return claims
    }

    /// The number at a paragraph's head: 3 for `3.`, `3、` and `（3）`.
    private func number(of paragraph: Int) -> Int? {
        var place = text.paragraphs[paragraph].lowerBound
        let end = min(text.paragraphs[paragraph].upperBound, place + 5)
        if place < end, scalars[place] == "（" { place += 1 }
        var number = 0
        let first = place
        while place < end, ("0"..."9").contains(scalars[place]) {
            number = number * 10 + Int(scalars[place].value) - 0x30
            place += 1
        }
        guard place > first, place < end else { return nil }
        switch scalars[place] {
        case ".", "．", "、", "）": return number
        default: return nil
        }
    }

    private func claims(total: Int, lines: Range<Int>) -> [Claim] {
        let stated = levels(total)
        let parts = lines.map(levels)
        guard !stated.isEmpty, parts.allSatisfy({ !$0.isEmpty }) else { return [] }
        let range =
            text.paragraphs[lines.lowerBound].lowerBound..<text.paragraphs[lines.upperBound - 1].upperBound
        let found = stated.compactMap { index -> (index: Int, sum: ListSum)? in
            let key = FigureKey(unit: text.quantities[index].unitCode, tone: .level)
            let figures = parts.compactMap { part -> ListFigure? in
                part.first { text.quantities[$0].unitCode == key.unit }.map {
                    ListFigure(quantity: $0, key: key, times: 1)
                }
            }
            guard figures.count == parts.count, let sum = ListSum(figures, key: key, in: text) else {
                return nil
            }
            return (index, sum)
        }
        let verdicts = found.map { $0.sum.verdict(text.quantities[$0.index]) }
        let isMet = verdicts.contains(.holds)
        return zip(found, verdicts).compactMap { item, verdict in
            guard verdict == .holds || (isMet && verdict == .wrong) else { return nil }
            return claim(item.index, item.sum, verdict, quote: range)
        }
    }

    /// The first figure of each unit in a paragraph that is a level, exactly said.
    private func levels(_ paragraph: Int) -> [Int] {
        let range = text.paragraphs[paragraph]
        let reader = MemberReader(text)
        guard var index = reader.firstQuantity(in: range) else { return [] }
        var found: [Int] = []
        var units: Set<String> = []
        while index < text.quantities.count, text.quantities[index].range.lowerBound < range.upperBound,
            found.count < 4
        {
            let quantity = text.quantities[index]
            if quantity.sort == .amount, !quantity.unit.isEmpty {
                // A change before the level of its unit: the paragraph states no level first.
                if reader.tone(of: quantity) != .level { break }
                if quantity.bound == .exact, quantity.upper == nil, units.insert(quantity.unit).inserted {
                    found.append(index)
                }
            }
            index += 1
        }
        return found
    }

    private func claim(_ index: Int, _ sum: ListSum, _ verdict: Verdict, quote: Range<Int>) -> Claim {
        let total = text.quantities[index]
        let printed = text.source.text(total.range)
        return Claim(
            kind: .listSum, stated: printed, range: total.range, quote: quote,
            operands: sum.operands(in: text), recomputed: sum.value, verdict: verdict
        ) { [text] in
            let should = Measure.text(sum.value, as: total, in: text.source)
            let written = "\(sum.written(in: text)) = \(should)"
            let explanation =
                verdict == .holds
                ? Phrase(
                    "其后\(sum.count)条相加：\(written)，与\(printed)相符。",
                    "The \(sum.count) lines behind it add up: \(written), which agrees.")
                : Phrase(
                    "其后\(sum.count)条相加：\(written)，文中为\(printed)，两者不符，而同句的另一合计数与各条相符。请核对\(printed)和各条。",
                    "The \(sum.count) lines behind it add up: \(written), but the text says \(printed), while the other "
                        + "total of the sentence agrees with the lines. Check \(printed) and the lines.")
            return Claim.Texts(recomputed: should, explanation: explanation)
        }
    }
}
