import Figures
import Rulebooks

/// A sentence that says some amounts and how they compare, in the wording of the housing ministry's communiqués.
///
/// 发生事故23起、死亡26人，同比减少5起、9人，分别下降17.86%和25.71%;
/// 23 incidents and 26 deaths, down 5 and 9 from a year earlier, or 17.86% and 25.71%. No full stop at the end.
public struct ComparisonSentence: Hashable, Sendable {
    /// The amounts, in the order they are said.
    public let amounts: [ComparedAmount]
    /// With what they are compared.
    public let comparison: Comparison
    /// How percentages are written.
    public let style: PercentStyle

    /// Makes a sentence.
    public init(
        _ amounts: [ComparedAmount], comparison: Comparison = .year, style: PercentStyle = .communique
    ) {
        (self.amounts, self.comparison, self.style) = (amounts, comparison, style)
    }

    /// The whole sentence, or what follows the first amount's phrase: 23起、死亡26人，同比减少5起、9人 and so on.
    ///
    /// Templates say the phrase themselves (共发生安全事故, 高处坠落事故), so theirs is the second form.
    public func text(_ language: Language, leavesOutFirstPhrase: Bool = false) -> String {
        let amounts = amountsText(language, leavesOutFirstPhrase: leavesOutFirstPhrase)
        guard let change = comparisonText(language) else { return amounts }
        return amounts + (language == .zh ? "，" : ", ") + change
    }

    /// The amounts alone: 发生事故23起、死亡26人; 23 incidents and 26 deaths.
    ///
    /// Without the first amount's phrase, 23起、死亡26人, for templates that have said it. Where nothing
    /// happened at all: 未发生事故; no incidents.
    public func amountsText(_ language: Language, leavesOutFirstPhrase: Bool = false) -> String {
        let isNothing = amounts.allSatisfy { $0.value == 0 } && amounts.first?.isHappening ?? false
        switch language {
        case .zh:
            if isNothing, !leavesOutFirstPhrase, let first = amounts.first { return "未" + first.phrase.zh }
            return amounts.enumerated().map { index, amount in
                (index == 0 && leavesOutFirstPhrase ? "" : amount.phrase.zh) + amount.valueText
                    + amount.unit.zh
            }.joined(separator: "、")
        case .en:
            let said = isNothing ? Array(amounts.prefix(1)) : amounts
            return EnglishNouns.listed(said.map { EnglishNouns.counted($0.valueText, $0.phrase.en) })
        }
    }

    /// The comparison alone: 同比减少5起、9人，分别下降17.86%和25.71%; nil when nothing is compared.
    public func comparisonText(_ language: Language) -> String? {
        let movements = amounts.map(\.movement)
        guard comparison != .none, !amounts.isEmpty, !movements.contains(nil) else { return nil }
        let kinds = Set(movements.compactMap { $0 })
        return language == .zh ? chinese(kinds) : english(kinds)
    }
}

extension ComparisonSentence {
    private var chineseLead: String { comparison == .previous ? "环比" : "同比" }
    private var chineseBefore: String { comparison == .previous ? "上期" : "上年同期" }

    private func chinese(_ kinds: Set<ComparedAmount.Movement>) -> String {
        if kinds == [.unchanged] { return chineseLead + "持平" }
        if kinds == [.fromZero] {
            return chineseBefore + (amounts.first?.isHappening ?? false ? "未发生" : "为零")
        }
        if kinds == [.fall] || kinds == [.rise] {
            let differences = amounts.map { $0.differenceText + $0.unit.zh }.joined(separator: "、")
            return "\(chineseLead)\(kinds == [.fall] ? "减少" : "增加")\(differences)，\(chineseRates(kinds))"
        }
        if kinds == [.fall, .rise] {
            let differences = amounts.map { amount in
                amount.subject.zh + (amount.movement == .fall ? "减少" : "增加") + amount.differenceText
                    + amount.unit.zh
            }
            let rates = amounts.map { $0.subject.zh + chineseRate($0) }
            return chineseLead + differences.joined(separator: "、") + "，" + rates.joined(separator: "、")
        }
        return amounts.map(chineseClause).joined(separator: "，")
    }

    /// The rates of amounts that all moved one way.
    private func chineseRates(_ kinds: Set<ComparedAmount.Movement>) -> String {
        let word = kinds == [.fall] ? "下降" : "上升"
        let rates = amounts.map { $0.rateText(style) }
        guard let first = rates.first, let last = rates.last, rates.count > 1 else {
            return word + (rates.first ?? "")
        }
        if Set(rates).count == 1 { return "均\(word)\(first)" }
        return "分别\(word)\(rates.dropLast().joined(separator: "、"))和\(last)"
    }

    private func chineseRate(_ amount: ComparedAmount) -> String {
        (amount.movement == .fall ? "下降" : "上升") + amount.rateText(style)
    }

    private func chineseClause(_ amount: ComparedAmount) -> String {
        switch amount.movement {
        case .unchanged, nil: return "\(amount.subject.zh)\(chineseLead)持平"
        case .fromZero: return "\(amount.subject.zh)\(chineseBefore)为零"
        case .fall, .rise:
            let word = amount.movement == .fall ? "减少" : "增加"
            return "\(amount.subject.zh)\(chineseLead)\(word)\(amount.differenceText)\(amount.unit.zh)、"
                + chineseRate(amount)
        }
    }
}

extension ComparisonSentence {
    private var englishBefore: String { comparison == .previous ? "the period before" : "a year earlier" }

    private func english(_ kinds: Set<ComparedAmount.Movement>) -> String {
        if kinds == [.unchanged] { return "the same as \(englishThen)" }
        if kinds == [.fromZero] { return "against none \(englishThen)" }
        if kinds == [.fall] || kinds == [.rise] {
            let differences = EnglishNouns.listed(amounts.map(\.differenceText))
            return
                "\(kinds == [.fall] ? "down" : "up") \(differences) from \(englishBefore), or \(englishRates)"
        }
        return EnglishNouns.listed(amounts.map(englishClause)) + ", compared with \(englishBefore)"
    }

    private var englishThen: String { comparison == .previous ? "in the period before" : "a year earlier" }

    private var englishRates: String {
        let rates = amounts.map { $0.rateText(style) }
        if rates.count > 1, Set(rates).count == 1 { return "\(rates.first ?? "") each" }
        return EnglishNouns.listed(rates)
    }

    private func englishClause(_ amount: ComparedAmount) -> String {
        switch amount.movement {
        case .unchanged, nil: "\(amount.subject.en) unchanged"
        case .fromZero: "\(amount.subject.en) up from none"
        case .fall: "\(amount.subject.en) down \(amount.differenceText) (\(amount.rateText(style)))"
        case .rise: "\(amount.subject.en) up \(amount.differenceText) (\(amount.rateText(style)))"
        }
    }
}
