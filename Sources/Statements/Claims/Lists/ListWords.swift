/// The words by which official texts open, continue, cut short and close their lists.
enum ListWords {
    /// Words that say: what follows is all of it.
    static let complete = PhraseSet(
        "分别是 分别为 分别有 分别系 依次是 依次为 具体是 具体为 具体如下 具体情况如下 名单如下 情况如下 "
            + "分别如下 它们是 他们是 即")
    /// Words behind which a list may be whole or a selection.
    static let partial = PhraseSet("其中 包括 包含 涵盖 分布在 分布于 涉及 来自")
    /// Words that end a clause naming by what is divided: 按类型划分，从事故类别看，
    static let divided = PhraseSet(
        "划分 来分 区分 分类 分析 统计 来看 上看 情况看 类别看 类型看 部位看 原因看 构成看 结构看 性质看 等级看 领域看 "
            + "行业看 区域看 地区看 来源看 环节看 阶段看 级别看 渠道看 品种看 类看 别看 业看 型看 分")
    /// Words that say that one thing may be counted in several members: their sum is more than the whole.
    static let overlapping = PhraseSet("多种 多类 多个类 重复 交叉 兼有 可能涉及 同时涉及 部分涉及 不止一 重叠 多选 人均 每")
    /// Words in the clause before a list that say it is a selection.
    static let selective = PhraseSet(
        "例如 比如 譬如 诸如 主要 特别是 尤其是 较多的 较少的 较大的 较高的 较低的 较快的 较好的 较差的 较重的 较为 突出的 "
            + "严重的 多发的 频发的 典型 部分 个别 有的 一些 多数 少数 之一 前列 居前 前几 靠前 靠后 最多 最少 最高 最低 最大 "
            + "大部分 近半 重点 代表 多家 若干 有所")
    /// The same words where they stand last before the list.
    static let selectiveEnding = PhraseSet("如 像 多为 多是")
    /// Words at the beginning of a clause that say the list is over.
    static let stopping = PhraseSet(
        "特别是 尤其是 给 需要 共 合计 共计 总计 累计 总共 一共 以上 上述 上列 这些 分别是 分别为 依次是 依次为 "
            + "具体 并 同时 另外 此外 其它情况 希望 应 要 说明 全国 全省 全市 全区 全县 全州 本 我省 我市 我区 我县 我部 我局 "
            + "各 对 将 因此 由此 从而 但 而 目前 现 与 未 没有 按 从 根据 据 截至 截止 均 有的 有关 是 为此 请 附 图 表 见 "
            + "产生 引起 带来 存在 至此 以 下一步 今年 去年 本月 上年 上月 当月 仍 形势 情况 再 还 又 表明 反映 得到 占全 "
            + "通过 由于 因 经 在 比 同比 环比 较上 较去 增加 减少 增长 下降 上升 包括 其中 涉及")
    /// Words by which a clause adds a figure to the member before it: 死亡, 占总数的, 造成.
    static let continuing = PhraseSet(
        "死亡 造成 致 受伤 重伤 轻伤 失踪 伤亡 伤 亡 占 分别占 均占 约占 各占 分别 直接经济损失 经济损失 损失 "
            + "死亡人数 起数 事故起数 人数 金额 货值 涉案 罚款 罚没 罚没款 比例 比重 占比 合格率 完成率 整改率 投资 总投资 "
            + "同比 环比 比 较 增加 减少 增长 下降 上升 持平")
    /// Words that make a figure a change rather than a level.
    static let rising = PhraseSet("增加 上升 增长 提高 多 新增 增 升")
    static let falling = PhraseSet("减少 下降 降低 减 降 少")
    /// Words that say of several members that each has the figures that follow.
    static let each = PhraseSet("各 均为 均有 均发生 均 都是 都为 都有 每家 每个 每县 每市 每省 皆为")
    /// Words for all that is left of a whole.
    static let remaining = PhraseSet("其余 其他 其它 其馀 另外 另有 剩余 余下")
    /// Words that name the last part of a whole divided into kinds.
    static let other = PhraseSet("其他 其它 其余 未分类 不详 原因不明")
    /// Words before a total.
    static let total = PhraseSet("合计 共计 总计 总共 一共 累计 共 总数 总数为 总数达 总量 全部")
    /// Words before a total that stands behind its parts.
    static let closingTotal = PhraseSet("合计 共计 总计 总共 一共 两项合计 三项合计 累计")
    /// Words that join the last two names of a list.
    static let joining = PhraseSet("以及 及其 和 与 及 暨")
    /// Words that name the region or body a sentence speaks of.
    static let scope = PhraseSet("全国 全省 全市 全区 全县 全州 全系统 全行业 全盟 我国 我省 我市 我区 我县 本省 本市 本区 本县 各地")
    /// Words of comparison: the clause behind speaks of another period.
    static let compared = PhraseSet(
        "比上年 比去年 比上月 比前 较上年 较去年 较上月 同比 环比 与去年 与上年 与上月 去年同期 上年同期 比2 较2")
    /// Figures that describe each of a kind rather than all of it: 一次死亡3人, 每起死亡3人.
    static let perMember = PhraseSet("一次 每 平均 人均 单次 单起 各 均")
}

/// The punctuation that lists are built with.
enum Mark {
    static let comma: Unicode.Scalar = "，"
    static let enumeration: Unicode.Scalar = "、"
    static let semicolon: Unicode.Scalar = "；"
    static let colon: Unicode.Scalar = "："
    static let stop: Unicode.Scalar = "。"
    static let line: Unicode.Scalar = "\n"

    /// The scalar that closes a bracket or quotation opened by this one.
    static func closing(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "（": "）"
        case "(": ")"
        case "〔": "〕"
        case "[": "]"
        case "【": "】"
        case "“": "”"
        case "《": "》"
        case "「": "」"
        case "‘": "’"
        default: nil
        }
    }

    /// Whether the scalar opens a bracket that may hold a member's figures.
    static func opensBracket(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value > 0x3014 && scalar.value < 0xFF08 { return false }
        return switch scalar {
        case "（", "(", "〔", "[", "【": true
        default: false
        }
    }

    /// Whether the scalar is white space, those of Chinese texts included.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0xA0, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x3000, 0xFEFF: true
        default: false
        }
    }

    /// Whether the scalar parts one piece of a sentence from the next.
    static func parts(_ scalar: Unicode.Scalar) -> Bool {
        // No ideograph does, and most scalars are ideographs.
        if scalar.value > 0x3002 && scalar.value < 0xFF01 { return false }
        return switch scalar {
        case "，", "、", "；", "：", "。", "！", "？", ",", ";", "\n": true
        default: false
        }
    }
}
