/// The words beside a figure that make it a bound or an approximation.
enum BoundWords {
    /// What the words right before a figure do to it.
    static func before(_ scalars: [Unicode.Scalar], _ place: Int) -> (bound: Quantity.Bound, start: Int)? {
        var end = place
        // 超过了300, 不低于为 and 控制到 say the same as without the filler.
        if end > 0, Marks.fillers.contains(scalars[end - 1]) { end -= 1 }
        let match =
            leading.match(scalars, endingAt: place)
            ?? (end < place ? leading.match(scalars, endingAt: end) : nil)
        guard let match else { return farther(scalars, place) }
        let bound = leadingBounds[match.word]
        if bound == .about, scalars[match.range.lowerBound] == "近" || scalars[match.range.lowerBound] == "约",
            match.range.count == 1, match.range.lowerBound > 0,
            Marks.wordsWithNear.contains(scalars[match.range.lowerBound - 1])
        {
            return nil
        }
        return (bound, match.range.lowerBound)
    }

    /// 至少培养15名: a verb of a few characters stands between.
    private static func farther(
        _ scalars: [Unicode.Scalar], _ place: Int
    ) -> (bound: Quantity.Bound, start: Int)? {
        var start = place
        while start > 0, place - start < longestVerb, ScalarClasses.shared[scalars[start - 1]] == .ideograph {
            start -= 1
            guard let match = adverbs.match(scalars, endingAt: start) else { continue }
            return (match.word < 2 ? .atLeast : .atMost, match.range.lowerBound)
        }
        return nil
    }

    private static let longestVerb = 4
    private static let adverbs = WordTable(["至少", "最少", "至多", "最多"])

    /// What the words right behind a figure do to it, and where they end.
    static func after(
        _ scalars: [Unicode.Scalar], _ place: Int, isTime: Bool
    ) -> (bound: Quantity.Bound, end: Int)? {
        if let match = trailing.match(scalars, at: place) {
            if notTrailing.match(scalars, at: place) != nil { return nil }
            return (trailingBounds[match.word], match.range.upperBound)
        }
        if isTime, place < scalars.count, scalars[place] == "内" { return (.atMost, place + 1) }
        return nil
    }

    private static let leadingWords: [(Quantity.Bound, String)] = [
        (
            .atLeast,
            "不低于 不少于 不小于 不得低于 不得少于 不得小于 至少 最少 不下 不下于 不亚于 大于等于 大于或等于 达到或超过 ≥ 不短于"
        ),
        (
            .atMost,
            "不超过 不高于 不多于 不大于 不得超过 不得高于 不得多于 不得大于 至多 最多 不突破 不得突破 小于等于 小于或等于 ≤ 不逾 不长于 未超过 不晚于"
        ),
        (.below, "低于 少于 小于 不足 不到 未达 未达到 不满 未满 ＜ <"),
        (.above, "超过 超出 突破 逾 高于 多于 大于 超 已超 均超 > ＞ 长于"),
        (.about, "约 近 大约 约为 接近 将近 大概 几乎 估计 大致 约占 上下 差不多 近乎 约合"),
    ]
    private static let leadingList = leadingWords.flatMap { bound, words in
        words.split(separator: " ").map { (bound, String($0)) }
    }
    private static let leadingBounds = leadingList.map(\.0)
    private static let leading = WordTable(leadingList.map(\.1))

    private static let trailingList: [(Quantity.Bound, String)] = [
        (.atLeast, "以上"), (.atLeast, "及以上"), (.atLeast, "或以上"), (.atLeast, "（含）以上"), (.atLeast, "起步"),
        (.below, "以下"), (.atMost, "及以下"), (.atMost, "或以下"), (.atMost, "（含）以下"),
        (.atMost, "以内"), (.atMost, "之内"), (.about, "左右"), (.about, "上下"), (.about, "不等"), (.about, "许"),
        (.about, "有余"),
    ]
    private static let trailingBounds = trailingList.map(\.0)
    private static let trailing = WordTable(trailingList.map(\.1))
    private static let notTrailing = WordTable(["以下简称", "以下统称", "以下同", "以下称", "以下几", "许可", "许多", "以上几"])
}
