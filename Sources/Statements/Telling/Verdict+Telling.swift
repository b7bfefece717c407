extension Verdict {
    /// The verdict in a word or two.
    public var name: Phrase {
        switch self {
        case .holds: Phrase("成立", "holds")
        case .truncated: Phrase("截尾未进位", "cut off")
        case .explained: Phrase("取整所致", "within rounding")
        case .wrong: Phrase("有误", "wrong")
        case .unverifiable: Phrase("无从核对", "cannot be verified")
        }
    }

    /// What the verdict means, in a sentence.
    public var meaning: Phrase {
        switch self {
        case .holds: Phrase("按所列数字计算，四舍五入后与所述一致。", "The figures give what is stated, rounded half up.")
        case .truncated:
            Phrase("多余的小数位被截去，没有四舍五入。", "The digits behind were cut off instead of rounded.")
        case .explained:
            Phrase(
                "所列数字本身经过取整；取整之前的数字可以得出所述结果。",
                "The figures were rounded themselves; some values they were rounded from give what is stated."
            )
        case .wrong: Phrase("文中数字的任何读法都得不出所述结果。", "No reading of the text gives what is stated.")
        case .unverifiable:
            Phrase("文中缺少计算所需的数字。", "A figure that it is computed from is not in the text.")
        }
    }

    /// The mark that stands for the verdict where there are no colours.
    public var mark: String {
        switch self {
        case .holds: "✓"
        case .truncated, .explained: "≈"
        case .wrong: "✗"
        case .unverifiable: "?"
        }
    }

    /// What wants attention first comes first.
    public static let byUrgency: [Verdict] = [.wrong, .truncated, .explained, .unverifiable, .holds]

    /// The place of the verdict among ``byUrgency``.
    var urgency: Int {
        switch self {
        case .wrong: 0
        case .truncated: 1
        case .explained: 2
        case .unverifiable: 3
        case .holds: 4
        }
    }
}

extension Claim.Kind {
    /// What sort of claim it is, in a word.
    public var name: Phrase {
        switch self {
        case .change: Phrase("增减幅度", "change")
        case .share: Phrase("占比", "share")
        case .rate: Phrase("比率", "rate")
        case .listCount: Phrase("列举个数", "count of a list")
        case .listSum: Phrase("列举合计", "sum of a list")
        case .total: Phrase("总数与分项", "total and parts")
        case .difference: Phrase("差额", "difference")
        case .ratio: Phrase("平均数", "figure per unit")
        case .repetition: Phrase("前后一致", "repeated figure")
        case .table: Phrase("文表一致", "text and table")
        }
    }
}
