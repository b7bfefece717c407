import Figures

/// The figure that most likely was misprinted when a list and its total disagree.
enum ListMisprint {
    /// A member, by its place among the list's figures, with what it should be; another figure of the text
    /// agrees with that.
    case member(Int, Rational, because: String)
    /// The total; another figure of the text agrees with the sum.
    case total(because: String)
}

extension ListJudge {
    /// Looks for a figure beside the total or beside a member that tells which of them is misprinted.
    func misprint(_ item: Evidence, _ list: MemberList) -> ListMisprint? {
        let total = text.quantities[item.total].value
        if let member = memberMisprint(item, list, total) { return member }
        let change = changeThatFits(item)
        if let change { return .total(because: change) }
        return nil
    }

    /// The only member whose percentage disagrees with it but agrees with the figure that mends the sum.
    private func memberMisprint(_ item: Evidence, _ list: MemberList, _ total: Rational) -> ListMisprint? {
        let shares = ListShares(list, item.sum, total: total, in: text)
        guard shares.confirm, let excess = try? item.sum.value.subtracting(total) else { return nil }
        let found = shares.differing.compactMap { index -> ListMisprint? in
            let figures = list.members[index].figures
            guard let figure = figures.first(where: { $0.key == item.sum.key }), figure.times == 1,
                let place = item.sum.figures.firstIndex(where: { $0.quantity == figure.quantity }),
                let mended = try? text.quantities[figure.quantity].value.subtracting(excess),
                !mended.isNegative,
                let percent = figures.first(where: { other in
                    other.key.unit == .percent
                        && ListShares.agrees(text.quantities[other.quantity], mended, total)
                })
            else { return nil }
            return .member(place, mended, because: text.source.text(text.quantities[percent.quantity].range))
        }
        return found.count == 1 ? found.first : nil
    }

    /// A percentage of change in the total's sentence that agrees with the list's sum and not with the total.
    private func changeThatFits(_ item: Evidence) -> String? {
        let reader = MemberReader(text)
        let stated = text.quantities[item.total]
        let end = item.statement?.sentenceEnd ?? head.introducer.lowerBound
        var delta: Quantity?
        var index = item.total + 1
        while index < text.quantities.count, text.quantities[index].range.lowerBound < end {
            let quantity = text.quantities[index]
            index += 1
            if quantity.sort == .amount, quantity.unitCode == stated.unitCode, delta == nil {
                guard reader.tone(of: quantity) != .level else { return nil }
                delta = quantity
            }
            guard quantity.sort == .percent, let delta else { continue }
            let isRise = reader.tone(of: delta) == .rise
            if fits(quantity, delta.value, current: item.sum.value, isRise: isRise),
                !fits(quantity, delta.value, current: stated.value, isRise: isRise)
            {
                return text.source.text(quantity.range)
            }
        }
        return nil
    }

    private func fits(_ percent: Quantity, _ delta: Rational, current: Rational, isRise: Bool) -> Bool {
        let base = isRise ? try? current.subtracting(delta) : try? current.adding(delta)
        guard let base, !base.isZero, !base.isNegative else { return false }
        return ListShares.agrees(percent, delta, base)
    }

    // MARK: the claim

    /// The claim of a total, or of the member that is the likely misprint.
    func claim(
        sum item: Evidence, _ list: MemberList, misprint: ListMisprint?, quote: Range<Int>
    ) -> Claim {
        let total = text.quantities[item.total]
        if case .member(let place, let mended, let reason)? = misprint {
            return claim(member: place, mended, reason, item, quote: quote)
        }
        let printed = text.source.text(total.range)
        let operands = item.sum.operands(in: text).prefix(200)
        return Claim(
            kind: .listSum, stated: printed, range: total.range, quote: covering(quote, total.range),
            operands: Array(operands), recomputed: item.sum.value,
            verdict: item.verdict
        ) { [text] in
            let should = Measure.text(item.sum.value, as: total, in: text.source)
            let sum = "\(item.sum.written(in: text)) = \(should)"
            return Claim.Texts(
                recomputed: should,
                explanation: Self.explanation(
                    item, sum, printed: printed, should: should, misprint: misprint))
        }
    }

    private static func explanation(
        _ item: Evidence, _ sum: String, printed: String, should: String, misprint: ListMisprint?
    ) -> Phrase {
        let count = item.sum.count
        switch item.verdict {
        case .holds:
            return Phrase(
                "所列\(count)项相加：\(sum)，与文中的\(printed)相符。",
                "The \(count) figures of the list add up: \(sum), which agrees with \(printed).")
        case .explained:
            return Phrase(
                "所列\(count)项相加：\(sum)，与文中的\(printed)之差在各数四舍五入的范围之内。",
                "The \(count) figures of the list add up: \(sum); the difference from \(printed) lies within the "
                    + "rounding of the figures.")
        default: break
        }
        if case .total(let reason)? = misprint {
            return Phrase(
                "所列\(count)项相加：\(sum)，文中为\(printed)；文中的\(reason)与\(should)相符，\(printed)很可能是误印，应为\(should)。",
                "The \(count) figures of the list add up: \(sum), but the text says \(printed). The \(reason) in the "
                    + "text agrees with \(should), so \(printed) is the likely misprint.")
        }
        return Phrase(
            "所列\(count)项相加：\(sum)，文中为\(printed)，两者不符。请核对合计数是否应为\(should)，或所列各项有无误写、漏列。",
            "The \(count) figures of the list add up: \(sum), but the text says \(printed). Check whether the total "
                + "should be \(should), or whether a figure of the list is wrong or missing.")
    }

    private func claim(
        member place: Int, _ mended: Rational, _ reason: String, _ item: Evidence, quote: Range<Int>
    ) -> Claim {
        let quantity = text.quantities[item.sum.figures[place].quantity]
        let total = text.quantities[item.total]
        let printed = text.source.text(quantity.range)
        let should = Measure.text(mended, as: quantity, in: text.source)
        let whole = text.source.text(total.range)
        let sum = Measure.text(item.sum.value, as: total, in: text.source)
        var operands = [
            Claim.Operand(
                role: Phrase("总数", "the total"), value: total.value, step: total.step, range: total.range)
        ]
        operands += item.sum.operands(in: text).enumerated().filter { $0.offset != place }.prefix(200).map(
            \.element)
        return Claim(
            kind: .listSum, stated: printed, range: quantity.range, quote: quote, operands: operands,
            recomputed: mended, recomputedText: should, verdict: .wrong,
            explanation: Phrase(
                "所列\(item.sum.count)项相加：\(item.sum.written(in: text)) = \(sum)，与总数\(whole)不符。\(whole)减去其余各项得\(should)，"
                    + "且与所印百分比\(reason)相符，“\(printed)”很可能是误印，应为\(should)。",
                "The \(item.sum.count) figures of the list add up: \(item.sum.written(in: text)) = \(sum), but the total is \(whole). "
                    + "\(whole) less the others is \(should), which agrees with the printed \(reason), so \(printed) is "
                    + "the likely misprint."))
    }
}
