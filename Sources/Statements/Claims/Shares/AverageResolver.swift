import Figures

/// Finds figures per unit, 平均每件2.5万元, 户均3.2人, and judges them against a total and a count.
///
/// The total has the figure's own unit and the count the unit behind 每 or before 均; both must stand in the
/// sentence, or the count and the total in the sentence before. A figure per unit beside which one of them is
/// missing is a level and claims nothing.
struct AverageResolver {
    let view: SentenceView
    let before: [Mention]

    private var scalars: [Unicode.Scalar] { view.scalars }

    func drafts() -> [ClaimDraft] {
        view.mentions.indices.compactMap { draft(at: $0) }
    }

    private func draft(at index: Int) -> ClaimDraft? {
        let mention = view.mentions[index]
        guard mention.quantity.sort == .amount, let unit = perUnit(mention).map({ UnitKey(UnitCode($0)) })
        else {
            return nil
        }
        let earlier =
            before.filter { $0.quantity.sort == .amount && $0.isLevel }.suffix(8)
            + view.mentions[max(0, index - 12)..<index].filter {
                $0.quantity.sort == .amount && $0.isLevel
            }
        let counts = earlier.filter { UnitNouns.agree($0.unit, unit) }
        let totals = earlier.filter { $0.unit == mention.unit }
        var first: ClaimDraft?
        for total in totals.reversed().prefix(3) {
            for count in counts.reversed().prefix(3) where count.quantity.range != total.quantity.range {
                if view.judge.agrees(mention.quantity, with: formula(total, count)) {
                    return draft(mention, total, count)
                }
                let isInside = total.sentence == view.index && count.sentence == view.index
                if isInside, counts.count == 1, totals.count == 1 { first = draft(mention, total, count) }
            }
        }
        return first
    }

    private func formula(_ total: Mention, _ count: Mention) -> Formula {
        let terms = [view.term(total, Roles.amount), view.term(count, Roles.units)]
        return Formula(terms, above: [1, 0], below: [0, 1], scale: .one)
    }

    private func draft(_ mention: Mention, _ total: Mention, _ count: Mention) -> ClaimDraft {
        let formula = formula(total, count)
        let places = [mention, total, count].filter { $0.sentence == view.index }
        let start = places.map(\.quantity.range.lowerBound).min() ?? mention.quantity.range.lowerBound
        return ClaimDraft(
            kind: .ratio, stated: mention.quantity, formula: formula,
            judgement: view.judge.judge(mention.quantity, against: formula),
            quote: view.clauseStart(before: start)..<mention.quantity.range.upperBound)
    }

    /// The unit that the figure is per: 件 of 平均每件, 户 of 户均; `nil` when it is per nothing.
    private func perUnit(_ mention: Mention) -> String? {
        let end = mention.quantity.range.lowerBound
        let near = max(mention.lead.lowerBound, end - 12)..<end
        var place = near.upperBound
        while place > near.lowerBound {
            place -= 1
            let scalar = scalars[place]
            if Mark.parts(scalar) { return nil }
            if scalar == "每", place + 1 < end { return String(Character(scalars[place + 1])) }
            if scalar == "均", place > near.lowerBound, scalars[place - 1] != "平" {
                let unit = scalars[place - 1]
                return Self.units.contains(unit) ? String(Character(unit)) : nil
            }
        }
        return nil
    }

    private static let units: Set<Unicode.Scalar> = [
        "人", "户", "家", "件", "起", "个", "台", "亩", "车", "月", "日", "村", "栋", "次",
    ]
}
