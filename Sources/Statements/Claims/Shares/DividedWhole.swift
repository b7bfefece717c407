import Figures

/// The shares of one whole that a paragraph divides completely.
///
/// Rounded shares seldom add up to exactly a hundred; offices then change the last place of one of them until
/// they do. Such a figure is not an error of its own.
struct DividedWhole {
    /// The wholes whose stated shares add up to exactly a hundred.
    private var complete: Set<Int> = []

    init(_ drafts: [ClaimDraft]) {
        var sums: [Int: Rational] = [:]
        var counts: [Int: Int] = [:]
        for draft in drafts where draft.kind == .share && draft.stated.sort == .percent {
            guard let whole = Self.whole(of: draft) else { continue }
            counts[whole, default: 0] += 1
            sums[whole] = try? sums[whole, default: .zero].adding(draft.stated.value)
        }
        for (whole, sum) in sums where sum == Rational(100) && (counts[whole] ?? 0) > 2 {
            complete.insert(whole)
        }
    }

    /// The draft, explained where it is off by no more than one in its last place in a complete division.
    func adjusted(_ draft: ClaimDraft) -> ClaimDraft {
        guard draft.kind == .share, draft.judgement.verdict == .wrong, let whole = Self.whole(of: draft),
            complete.contains(whole), let exact = draft.judgement.recomputed,
            let distance = try? exact.subtracting(draft.stated.value).magnitude,
            let leeway = try? draft.stated.step.multiplied(by: Rational(2)), distance < leeway
        else { return draft }
        let judgement = Judgement(verdict: .explained, recomputed: exact, reason: .adjusted)
        return ClaimDraft(
            kind: draft.kind, stated: draft.stated, formula: draft.formula, judgement: judgement,
            quote: draft.quote)
    }

    /// Where the whole of a share stands.
    private static func whole(of draft: ClaimDraft) -> Int? {
        guard let formula = draft.formula, formula.terms.count == 2, formula.below == [0, 1] else {
            return nil
        }
        return formula.terms.last?.range?.lowerBound
    }
}
