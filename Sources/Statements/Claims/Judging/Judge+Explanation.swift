import Figures

extension Judge {
    /// What the text should print, with the sign or unit of what it prints.
    func recomputedText(_ exact: Rational, _ stated: Quantity) -> String {
        let digits = source.text(stated.digits)
        let printed = source.text(stated.range)
        let number = exact.isNegative ? exact.negated : exact
        switch stated.sort {
        case .percent: return PrintedNumber.rounded(number, step: stated.step) + "%"
        case .percentagePoint: return PrintedNumber.rounded(number, step: stated.step) + "个百分点"
        default: break
        }
        guard let factor = Self.factor(of: stated, printed: digits), factor != .one,
            let scaled = try? number.divided(by: factor),
            let step = try? stated.step.divided(by: factor), printed.hasPrefix(digits)
        else { return PrintedNumber.rounded(number, step: stated.step) + stated.unit }
        return PrintedNumber.rounded(scaled, step: step) + String(printed.dropFirst(digits.count))
    }

    /// By what the printed digits are multiplied: a hundred million in 3536.5亿元; `nil` for other shapes.
    private static func factor(of stated: Quantity, printed digits: String) -> Rational? {
        guard stated.sort == .amount, let number = PrintedNumber.parsed(digits), !number.isZero else {
            return nil
        }
        return try? stated.value.divided(by: number)
    }

    /// The arithmetic told to a clerk.
    func explanation(
        _ verdict: Verdict, _ stated: Quantity, _ exact: Rational, _ formula: Formula
    ) -> Phrase {
        let sign = Self.sign(of: stated)
        let printed = source.text(stated.range)
        let value = PrintedNumber.decimal(exact.magnitude) + sign
        let arithmetic = formula.text() + "=" + value
        let should = recomputedText(exact, stated)
        switch verdict {
        case .holds where exact.magnitude == stated.value || stated.bound != .exact || stated.upper != nil:
            return Phrase("\(arithmetic)，与“\(printed)”相符。", "\(arithmetic), which agrees with \(printed).")
        case .holds:
            return Phrase(
                "\(arithmetic)，四舍五入为\(should)，相符。", "\(arithmetic), rounded to \(should): it agrees.")
        case .truncated:
            return Phrase(
                "\(arithmetic)，四舍五入应为\(should)；“\(printed)”是舍去尾数所得，建议改为\(should)。",
                "\(arithmetic), which rounds to \(should); \(printed) cuts the digits off. Better print \(should)."
            )
        case .explained where stated.bound != .exact || stated.upper != nil:
            return Phrase(
                "\(arithmetic)，“\(printed)”不是确数，与之大体相符。",
                "\(arithmetic); \(printed) is not an exact figure and roughly agrees.")
        case .explained:
            return Phrase(
                "\(arithmetic)，与“\(printed)”略有出入，但在所列数字四舍五入的误差之内。",
                "\(arithmetic), not quite \(printed), but within the rounding of the figures it is computed from."
            )
        case .wrong, .unverifiable:
            return Phrase(
                "\(arithmetic)，应为\(should)，文中写作“\(printed)”，不符；请核对原始数据后更正。",
                "\(arithmetic), so it should be \(should), but the text says \(printed). Check the source data."
            )
        }
    }

    /// The explanation where an operand is only about, at least or at most so much.
    func inexact(_ stated: Quantity, _ exact: Rational, _ formula: Formula) -> Phrase {
        let value = PrintedNumber.decimal(exact.magnitude) + Self.sign(of: stated)
        return Phrase(
            "所依据的数字不是确数，按所列数字\(formula.text())=\(value)，无法据此断定；请核对原始数据。",
            "The figures it is computed from are not exact; as printed \(formula.text())=\(value), which decides "
                + "nothing. Check the source data.")
    }

    /// From nothing no percentage can be computed.
    func fromZero(_ stated: Quantity, _ formula: Formula) -> Judgement {
        let printed = source.text(stated.range)
        let isInexact = !formula.terms.allSatisfy(\.isExactCount)
        return Judgement(
            verdict: isInexact ? .unverifiable : .wrong, recomputed: nil, recomputedText: nil,
            explanation: Phrase(
                "\(formula.text())的除数为零，不能计算百分比；“\(printed)”没有依据，应直接写明增减数量。",
                "\(formula.text()) divides by zero, so there is no percentage; \(printed) has no ground. State the "
                    + "numbers instead."))
    }

    /// No whole number gives the stated figure.
    func impossible(_ stated: Quantity, _ formula: Formula, _ open: Int, _ isTied: Bool) -> Judgement {
        let printed = source.text(stated.range)
        let unstated = formula.terms.indices.contains(open) ? formula.terms[open].role : Roles.part
        let known = formula.terms.indices.filter { $0 != open }
            .map { formula.terms[$0].role.chinese + formula.terms[$0].text }.joined(separator: "、")
        let knownEnglish = formula.terms.indices.filter { $0 != open }
            .map { "\(formula.terms[$0].role.english) \(formula.terms[$0].text)" }.joined(separator: " and ")
        let near = nearest(stated, formula, open)
        guard isTied else { return missing([unstated]) }
        return Judgement(
            verdict: .wrong, recomputed: nil, recomputedText: nil,
            explanation: Phrase(
                "由\(known)出发，\(unstated.chinese)取任何整数都得不到\(printed)\(near.chinese)；请核对原始数据后更正。",
                "With \(knownEnglish), no whole number as \(unstated.english) gives \(printed)\(near.english). "
                    + "Check the source data."))
    }

    /// What the two whole numbers nearest to a possible one give.
    private func nearest(_ stated: Quantity, _ formula: Formula, _ open: Int) -> Phrase {
        guard let ideal = try? formula.solve(open, for: stated.value), !ideal.isNegative else {
            return Phrase("", "")
        }
        let lower = PrintedNumber.floor(ideal)
        var (chinese, english): ([String], [String]) = ([], [])
        for candidate in [lower, (try? lower.adding(.one)) ?? lower] {
            guard let value = try? formula.value(formula.replacing(open, with: candidate)) else { continue }
            let text = PrintedNumber.decimal(candidate)
            let result = recomputedText(value, stated)
            chinese.append("取\(text)得\(result)")
            english.append("\(text) gives \(result)")
        }
        guard !chinese.isEmpty else { return Phrase("", "") }
        return Phrase(
            "（\(chinese.joined(separator: "，"))）", " (\(english.joined(separator: ", ")))")
    }

    private static func sign(of stated: Quantity) -> String {
        switch stated.sort {
        case .percent: "%"
        case .percentagePoint: "个百分点"
        case .times: "倍"
        default: ""
        }
    }
}
