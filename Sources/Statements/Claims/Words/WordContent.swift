/// What a phrase says beyond the words that any such phrase has.
enum WordContent {
    /// Words that any phrase of change has.
    static let ofChange = [
        ChangeWords.between, ChangeWords.rising, ChangeWords.falling, ChangeWords.fillers, UnitNouns.nouns,
        years,
    ]
    /// Words that any name of a whole has.
    static let ofWholes = [ShareVocabulary.scopes, ShareVocabulary.generic, UnitNouns.nouns, years]

    /// Words that any name of a rate has.
    static let ofRates = [
        ShareVocabulary.scopes, ChangeWords.between, ChangeWords.fillers, UnitNouns.nouns, rates,
    ]

    private static let rates = PhraseSet(
        "完成 整改 总 总体 综合 平均 问题 隐患 任务 目前 其 产品 样品 抽检 抽查 监督 检查 质量 检验 检测 定期 发现 排查 治理 合格 "
            + "任务完成 全部 总的 工作 覆盖 批次 及 初步 截至目前 目标 年度 计划 实际 已 现")
    private static let years = PhraseSet("0 1 2 3 4 5 6 7 8 9 年 月 季度 半年 上半年 下半年 前三季度 一季度 本 今年 当月 当年")

    /// The scalars of a stretch that belong to none of the words, with where each stands.
    static func scalars(
        in range: Range<Int>, of scalars: [Unicode.Scalar], without words: [PhraseSet]
    ) -> [Int] {
        var kept: [Int] = []
        var place = range.lowerBound
        while place < range.upperBound {
            if let length = words.length(at: place, before: range.upperBound, in: scalars) {
                place += length
            } else {
                kept.append(place)
                place += 1
            }
        }
        return kept
    }

    /// How many pairs of neighbouring scalars are not in a stretch.
    static func missing(_ kept: [Int], from range: Range<Int>, of scalars: [Unicode.Scalar]) -> Int {
        guard range.count > 1, kept.count > 1 else { return 0 }
        var count = 0
        for index in 1..<kept.count where kept[index] == kept[index - 1] + 1 {
            let (left, right) = (scalars[kept[index - 1]], scalars[kept[index]])
            var place = range.lowerBound
            while place < range.upperBound - 1, scalars[place] != left || scalars[place + 1] != right {
                place += 1
            }
            if place == range.upperBound - 1 { count += 1 }
        }
        return count
    }
}
