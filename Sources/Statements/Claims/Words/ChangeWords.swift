/// The words by which official texts speak of change between periods.
enum ChangeWords {
    /// Verbs and nouns of growth that may stand directly before a figure.
    static let rising = PhraseSet(
        "上升 增长 增加 提高 上涨 攀升 提升 扩大 增多 净增 净增加 回升 上扬 增 升 涨 多 高 升幅 增幅 涨幅 增速 增长率 增加率 "
            + "上升率 增长幅度 上升幅度 增加幅度 同比增速 升高 增收 增产 增大 上调 增至原来 快 长高 新增加 增长了 上升了 激增 猛增 "
            + "加快 多了 高出 高了 多出 高于 反弹 增长幅 走高 飙升 递增 跃升 拉升")
    /// Verbs and nouns of decline that may stand directly before a figure.
    static let falling = PhraseSet(
        "下降 减少 降低 下滑 下跌 回落 缩减 压减 压降 萎缩 缩小 减 降 跌 少 低 降幅 减幅 跌幅 下降率 减少率 降低率 下降幅度 "
            + "减少幅度 降低幅度 缩短 压缩 骤降 锐减 减低 下挫 下调 收窄 减亏 少了 低了 低于 负增长 削减 下探 递减 减缩 走低")
    /// Words that may stand between such a verb and its figure.
    static let fillers = PhraseSet(
        "了 约 大约 近 将近 超 超过 逾 高达 达 达到 为 是 均 各 都 均为 均达 均达到 分别为 分别达 分别达到 分别是 分别 仅 仅为 "
            + "只有 已达 接近 突破 不足 不到 大致 也 双双 各为 约为 至少 至多 达了 又 可达 保持在 稳定在 约占 已 均在 平均 平均为 只 "
            + "在 均超过 均高于 均低于 即 达到了 就 均约 已经达到 已经 全部达到 全部 同为 皆为 则 则为 维持在 整体 总体 正好")
    /// Words behind which a figure is a level, not a change: 提高到95%, 降至3.2%.
    static let levels = PhraseSet("到 至 到了 至今 成")
    /// Periods that a figure is compared with.
    static let basePeriods = PhraseSet(
        "去年同期 上年同期 前年同期 同期 去年 上年 上月 上季度 上季 上周 上一年 上一年度 上年度 前一年 往年 基期 上半年同期 上个月 "
            + "上一季度 上期 上年同月 去年同月 前年 昨年 上一月 上一期 上一周 上年末 去年底 上年底 年初 原来 原 原有 期初 此前")
    /// Words that open a comparison without a direction.
    static let comparisons = PhraseSet("同比 环比 比 较 相比 与去年 与上年 与上月 对比 相较 比较")
    /// Words that say of several subjects that the one figure holds for each.
    static let each = PhraseSet("均 都 双双 各 皆 同为 双 全部 同步")
    /// Everything that may stand between a figure and the percentage of its change, apart from verbs of
    /// change, when the percentage is certainly its own.
    static let between = PhraseSet(
        "同比 环比 比 较 与 和 相比 同期 去年同期 上年同期 去年 上年 上月 上季度 上季 上周 同 去 年 月 日 的 了 相较 分别 均 都 约 "
            + "近 总体 整体 同期相比 上年度 上一年 上一年度 前年 上个月 全年 双双 又 也 已 将 约为 幅度 为 达 达到 呈 出现 实现 "
            + "度 末 底 相 对 以来 期间 相比之下 本期 季度 第 季 （ ( ， 、 ： “ ” 同比去年 又有 有所 大幅 小幅 明显 略有 "
            + "逐年 继续 稳步 略 微 逐步 由此 累计 周期 名义 按可比价格计算 可比 口径 按可比口径 扣除价格因素 实际")
    /// Changes over several years, told for each.
    static let averages = PhraseSet("年均 年平均 平均每年 复合 平均增速 平均增长 平均增幅 月均 逐年平均")
    /// Words that set an aim for the rest of their sentence.
    static let strongAims = PhraseSet("力争 确保 争取 努力实现 努力使 目标 预期 预计 计划到 规划到 力求 力爭 拟于 不得低于 不得超过 不低于 要实现 要达到")
    /// Words by which a sentence sets an aim instead of reporting.
    static let aims = PhraseSet(
        "力争 确保 目标 争取 努力 要求达到 计划 规划 预期 预计 拟 应达到 应当达到 必须达到 要达到 须达到 应不低于 不得低于 不得超过 不得高于 "
            + "不低于 应控制在 控制在 要实现 力求 规定 要求 按规定 原则上 应当 要在 要把 要使 力爭 下一步 任务是 指标是 "
            + "保证 要确保 提高到 不得少于 应达 须达 要达 标准为")
    /// Words that open a part of what was just said.
    static let subset = PhraseSet("其中 其中，")
}
