import Figures

/// A claim in the making: a stated figure, what it is computed from, and the judgement.
final class ClaimDraft: Sendable {
    let kind: Claim.Kind
    let stated: Quantity
    let formula: Formula?
    let judgement: Judgement
    /// Where the quotation begins and ends.
    let quote: Range<Int>

    init(kind: Claim.Kind, stated: Quantity, formula: Formula?, judgement: Judgement, quote: Range<Int>) {
        (self.kind, self.stated, self.formula) = (kind, stated, formula)
        (self.judgement, self.quote) = (judgement, quote)
    }

    /// The claim, with the misprints named that no claim of the same figures speaks against.
    ///
    /// `agreeing` holds the places of the operands of claims that hold: a figure that another claim confirms is
    /// not the misprint.
    func claim(in source: SourceText, agreeing: Set<Int>) -> Claim {
        // Only what is wrong is searched for misprints.
        let agreeing = judgement.verdict == .wrong ? agreeing : []
        return Claim(
            kind: kind, stated: source.text(stated.range), range: stated.range, quote: quote,
            operands: operands, recomputed: judgement.recomputed, verdict: judgement.verdict
        ) { self.texts(agreeing, in: source) }
    }

    /// Numerator and denominator first, then the figures these were computed from.
    private var operands: [Claim.Operand] {
        guard let formula else { return [] }
        // What no whole number explains has only the figures that are stated.
        if judgement.recomputed == nil, formula.terms.contains(where: { $0.range == nil }) {
            return formula.terms.filter { $0.range != nil }.map(\.operand)
        }
        guard formula.isQuotient else { return formula.terms.map(\.operand) }
        let values = formula.terms.map(\.value)
        guard let top = try? formula.numerator(values), let bottom = try? formula.denominator(values)
        else { return [] }
        var (first, second): (Claim.Operand?, Claim.Operand?)
        var rest: [Claim.Operand] = []
        for (index, term) in formula.terms.enumerated() {
            if Self.isAlone(index, formula.above), first == nil {
                first = term.operand
                if formula.below[index] != 0, !Self.isAlone(index, formula.below) { continue }
            } else if Self.isAlone(index, formula.below), second == nil {
                second = term.operand
            } else {
                rest.append(term.operand)
            }
        }
        let numerator = first ?? Self.computed(top, Phrase("分子", "the numerator"))
        let denominator = second ?? Self.computed(bottom, Phrase("分母", "the denominator"))
        return [numerator, denominator] + rest
    }

    private static func computed(_ value: Rational, _ role: Phrase) -> Claim.Operand {
        Claim.Operand(role: role, value: value, step: .zero, range: nil)
    }

    /// Whether the term alone makes up this side of the line.
    private static func isAlone(_ index: Int, _ factors: [Int]) -> Bool {
        factors.indices.allSatisfy { $0 == index ? factors[$0] == 1 : factors[$0] == 0 }
    }

    private func texts(_ agreeing: Set<Int>, in source: SourceText) -> Claim.Texts {
        let texts = JudgementTexts(judgement: judgement, stated: stated, formula: formula, source: source)
        let (recomputed, explanation) = (texts.recomputed, texts.explanation)
        guard judgement.verdict == .wrong,
            let misprint = misprint(agreeing, recomputed: recomputed, in: source)
        else { return Claim.Texts(recomputed: recomputed, explanation: explanation) }
        return Claim.Texts(
            recomputed: recomputed,
            explanation: Phrase(
                explanation.chinese + misprint.chinese, explanation.english + misprint.english))
    }

    /// What is added where one figure is the likely misprint.
    private func misprint(_ agreeing: Set<Int>, recomputed: String?, in source: SourceText) -> Phrase? {
        if let exact = judgement.recomputed, let recomputed, Misprint.isSlip(stated, of: exact) {
            let printed = source.text(stated.range)
            return Phrase(
                "“\(printed)”很可能是“\(recomputed)”之误。",
                " \(printed) is likely a misprint of \(recomputed).")
        }
        guard let formula, let misprints = try? Misprint.candidates(stated, formula, in: source) else {
            return nil
        }
        let likely = misprints.filter { !agreeing.contains($0.range.lowerBound) }
        // More than one figure that alone would mend everything points at none.
        guard likely.count == 1, let misprint = likely.first else { return nil }
        let text = Self.printed(misprint, in: source)
        return Phrase(
            "若“\(misprint.printed)”为“\(text)”之误，则各数相符。",
            " If \(misprint.printed) is a misprint of \(text), everything agrees.")
    }

    /// The misprint's value with the factor that is printed behind its digits.
    private static func printed(_ misprint: Misprint, in source: SourceText) -> String {
        for (suffix, factor) in [("万亿", 12), ("亿", 8), ("千万", 7), ("百万", 6), ("万", 4)]
        where misprint.printed.hasSuffix(suffix) {
            var scale: Int64 = 1
            for _ in 0..<factor { scale *= 10 }
            guard let scaled = try? misprint.value.divided(by: Rational(scale)) else { break }
            return PrintedNumber.decimal(scaled) + suffix
        }
        return PrintedNumber.decimal(misprint.value)
    }
}
