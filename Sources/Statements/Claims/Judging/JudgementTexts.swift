import Figures

/// Tells a judgement to a clerk: made when somebody reads it, from the figures that decided.
struct JudgementTexts {
    let judgement: Judgement
    let stated: Quantity
    /// What the stated figure was judged against; `nil` where that is not known.
    let formula: Formula?
    let source: SourceText

    /// What the text should print; `nil` when it cannot be computed.
    var recomputed: String? { judgement.recomputed.map(recomputedText) }

    /// The arithmetic, and what to do.
    var explanation: Phrase {
        let formula = formula ?? Formula([], above: [], below: [])
        switch judgement.reason {
        case .value: return arithmetic(formula)
        case .found(let index): return found(index, formula)
        case .inexact: return inexact(formula)
        case .zero: return fromZero(formula)
        case .overflow:
            return Phrase("数字过大，无法精确核算。", "The numbers are too large to be computed exactly.")
        case .missing(let roles): return missing(roles)
        case .impossible(let index): return impossible(formula, index)
        case .contradiction(let place, let falls): return contradiction(place, falls)
        case .adjusted: return adjusted(formula)
        }
    }

    private var printed: String { source.text(stated.range) }
    private var exact: Rational { judgement.recomputed ?? .zero }

    /// What the text should print, with the sign or unit of what it prints.
    private func recomputedText(_ exact: Rational) -> String {
        let digits = source.text(stated.digits)
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
    private func arithmetic(_ formula: Formula) -> Phrase {
        let value = PrintedNumber.decimal(exact.magnitude) + Self.sign(of: stated)
        let arithmetic = formula.text(in: source) + "=" + value
        let should = recomputedText(exact)
        switch judgement.verdict {
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
    private func inexact(_ formula: Formula) -> Phrase {
        let value = PrintedNumber.decimal(exact.magnitude) + Self.sign(of: stated)
        let text = formula.text(in: source)
        return Phrase(
            "所依据的数字不是确数，按所列数字\(text)=\(value)，无法据此断定；请核对原始数据。",
            "The figures it is computed from are not exact; as printed \(text)=\(value), which decides "
                + "nothing. Check the source data.")
    }

    /// From nothing no percentage can be computed.
    private func fromZero(_ formula: Formula) -> Phrase {
        let text = formula.text(in: source)
        return Phrase(
            "\(text)的除数为零，不能计算百分比；“\(printed)”没有依据，应直接写明增减数量。",
            "\(text) divides by zero, so there is no percentage; \(printed) has no ground. State the "
                + "numbers instead.")
    }

    /// A whole number that is not stated gives the figure.
    private func found(_ index: Int, _ formula: Formula) -> Phrase {
        let arithmetic = arithmetic(formula)
        guard formula.terms.indices.contains(index) else { return arithmetic }
        let (role, text) = (formula.terms[index].role, formula.terms[index].text(in: source))
        return Phrase(
            "文中未写\(role.chinese)；取整数\(text)时，" + arithmetic.chinese,
            "\(role.english.capitalizedFirst) is not stated; with the whole number \(text): "
                + arithmetic.english)
    }

    /// Operands are not in the text.
    private func missing(_ roles: [Phrase]) -> Phrase {
        let chinese = roles.map(\.chinese).joined(separator: "、")
        let english = roles.map(\.english).joined(separator: " and ")
        return Phrase(
            "文中未写明\(chinese)，无法核算；请对照原始数据核对。",
            "The text does not state \(english), so this cannot be recomputed; check it against the source data."
        )
    }

    /// No whole number gives the stated figure.
    private func impossible(_ formula: Formula, _ open: Int) -> Phrase {
        let unstated = formula.terms.indices.contains(open) ? formula.terms[open].role : Roles.part
        let stating = formula.terms.indices.filter { $0 != open }.map { formula.terms[$0] }
        let known = stating.map { $0.role.chinese + $0.text(in: source) }.joined(separator: "、")
        let knownEnglish = stating.map { "\($0.role.english) \($0.text(in: source))" }
            .joined(separator: " and ")
        let near = nearest(formula, open)
        return Phrase(
            "由\(known)出发，\(unstated.chinese)取任何整数都得不到\(printed)\(near.chinese)；请核对原始数据后更正。",
            "With \(knownEnglish), no whole number as \(unstated.english) gives \(printed)\(near.english). "
                + "Check the source data.")
    }

    /// 减少5起，上升17.86%.
    private func contradiction(_ place: Range<Int>, _ falls: Bool) -> Phrase {
        let words = falls ? ("减少", "a decrease") : ("增加", "an increase")
        let other = falls ? ("上升", "a rise") : ("下降", "a fall")
        let delta = source.text(place)
        return Phrase(
            "文中写\(words.0)\(delta)，却写\(other.0)\(printed)，方向相反；请核对后更正。",
            "The text states \(words.1) of \(delta) but \(other.1) of \(printed): "
                + "the directions contradict each other. Check and correct.")
    }

    /// The last place of a share was changed so that all add up to a hundred.
    private func adjusted(_ formula: Formula) -> Phrase {
        let text = recomputedText(exact)
        let arithmetic = formula.text(in: source) + "=" + PrintedNumber.decimal(exact) + "%"
        return Phrase(
            "\(arithmetic)，四舍五入为\(text)；各项占比合计恰为100%，“\(printed)”是为此调整的尾数。",
            "\(arithmetic), rounded to \(text); the shares listed add up to exactly 100%, to which end the "
                + "last place of \(printed) was adjusted.")
    }

    /// What the two whole numbers nearest to a possible one give.
    private func nearest(_ formula: Formula, _ open: Int) -> Phrase {
        guard let ideal = try? formula.solve(open, for: stated.value), !ideal.isNegative else {
            return Phrase("", "")
        }
        let lower = PrintedNumber.floor(ideal)
        var (chinese, english): ([String], [String]) = ([], [])
        for candidate in [lower, (try? lower.adding(.one)) ?? lower] {
            guard let value = try? formula.value(formula.replacing(open, with: candidate)) else { continue }
            let text = PrintedNumber.decimal(candidate)
            let result = recomputedText(value)
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

extension String {
    /// The text with its first letter as a capital, for the beginning of an English sentence.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
