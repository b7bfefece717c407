/// Percentages that stand together, 17.86%和25.71%, with what the words before them make of them.
struct FigureGroup: Sendable {
    /// What the words before a percentage make of it.
    enum Trigger: Hashable, Sendable {
        case change(Mention.Direction)
        case share(ShareWords)
        case rate(stem: Range<Int>)
    }

    /// The indexes of its figures among the sentence's mentions.
    let members: Range<Int>
    /// The direction of each, where a word before it says one: 上升…和下降….
    let directions: [Mention.Direction?]
    let trigger: Trigger
    /// Whether the one figure holds for each subject.
    let isForEach: Bool
    /// The text from the figure before to the first of these.
    let lead: Range<Int>
}

/// The words of a share: 占全省总产值的44.2%.
struct ShareWords: Hashable, Sendable {
    /// What is said to be the whole: 全省总产值; empty for 占比.
    let whole: Range<Int>
    /// Where the words begin, behind the part: at 占, or at 为 in A为B的27%.
    let start: Int
    /// Whether they are 为…的, which says only sometimes that something is a part.
    let isLoose: Bool
    /// Whether the words hold the whole's own figure: 占全部68家企业的17.6%.
    var holdsFigure = false
}

/// Finds the groups of percentages of a sentence.
struct FigureGroupReader {
    let text: ReadText
    private let reader: MentionReader
    private var scalars: [Unicode.Scalar] { text.source.scalars }

    init(_ text: ReadText) {
        self.text = text
        reader = MentionReader(text)
    }

    func groups(in mentions: [Mention]) -> [FigureGroup] {
        var found: [FigureGroup] = []
        var index = 0
        while index < mentions.count {
            let sort = mentions[index].quantity.sort
            guard sort == .percent || sort == .percentagePoint || sort == .times,
                let trigger = trigger(before: mentions[index])
                    ?? (shareOfFigure(index, mentions) ?? shareGoingOn(mentions[index], found.last)).map({
                        .share($0)
                    })
            else {
                index += 1
                continue
            }
            var directions = [direction(of: trigger)]
            var next = index + 1
            while next < mentions.count, next - index < 12, mentions[next].quantity.sort == sort,
                let joined = joined(mentions[next], trigger)
            {
                directions.append(joined)
                next += 1
            }
            let lead = mentions[index].lead
            found.append(
                FigureGroup(
                    members: index..<next, directions: directions, trigger: trigger,
                    isForEach: next == index + 1 && isForEach(lead), lead: lead))
            index = next
        }
        return found
    }

    /// 第一产业增加值占生产总值的比重为6.1%，第二产业增加值比重为40.0%: a share of the whole named before.
    private func shareGoingOn(_ mention: Mention, _ last: FigureGroup?) -> ShareWords? {
        guard let last, case .share(let words) = last.trigger, !words.isLoose, !words.holdsFigure else {
            return nil
        }
        var end = mention.lead.upperBound
        let lower = mention.lead.lowerBound
        while let length = ChangeWords.fillers.length(endingAt: end, notBefore: lower, in: scalars) {
            end -= length
        }
        guard let length = ShareVocabulary.named.length(endingAt: end, notBefore: lower, in: scalars) else {
            return nil
        }
        return ShareWords(whole: words.whole, start: end - length, isLoose: false)
    }

    private func direction(of trigger: FigureGroup.Trigger) -> Mention.Direction? {
        if case .change(let direction) = trigger { direction } else { nil }
    }

    /// The direction of a further figure of a group; `nil` when it does not belong to the group.
    private func joined(_ mention: Mention, _ trigger: FigureGroup.Trigger) -> Mention.Direction?? {
        var start = mention.lead.lowerBound
        guard start < mention.lead.upperBound else { return nil }
        switch scalars[start] {
        case "和", "、", "，", "及", "与", ",": start += 1
        case "以" where start + 1 < mention.lead.upperBound: start += 2
        default: return nil
        }
        while start < mention.lead.upperBound, scalars[start] == "和" || scalars[start] == "约" { start += 1 }
        guard start < mention.lead.upperBound else { return .some(direction(of: trigger)) }
        guard case .change = trigger, mention.lead.upperBound - start <= 4,
            let own = reader.direction(before: mention.lead.upperBound, notBefore: start)
        else { return nil }
        return .some(own)
    }

    /// Whether 均, 都 or 双双 stands in the clause of the verb.
    private func isForEach(_ lead: Range<Int>) -> Bool {
        let near = max(lead.lowerBound, lead.upperBound - 8)..<lead.upperBound
        guard let found = ChangeWords.each.last(in: near, of: scalars) else { return false }
        // 平均 and 人均 are averages, 成都 and 首都 places.
        guard found.lowerBound > lead.lowerBound else { return true }
        switch scalars[found.lowerBound - 1] {
        case "平", "人", "户", "成", "首", "年", "月": return false
        default: return true
        }
    }

    /// What the words before a percentage make of it; `nil` when they claim nothing.
    private func trigger(before mention: Mention) -> FigureGroup.Trigger? {
        let lead = mention.lead
        var place = lead.upperBound
        while let length = ChangeWords.fillers.length(
            endingAt: place, notBefore: lead.lowerBound, in: scalars)
        {
            place -= length
        }
        guard place > lead.lowerBound else { return shareWords(lead, mention).map { .share($0) } }
        if ChangeWords.levels.length(endingAt: place, notBefore: lead.lowerBound, in: scalars) != nil,
            scalars[place - 1] != "成"
        {
            // 占到的 is found below; 提高到95% is a level of a rate.
            return rateBefore(level: place, lead) ?? shareWords(lead, mention).map { .share($0) }
        }
        if let direction = reader.direction(before: lead.upperBound, notBefore: lead.lowerBound),
            isDirect(place, lead)
        {
            // 整治率低于90%的 bounds a level.
            if scalars[place - 1] == "于", mention.quantity.sort == .percent { return nil }
            return .change(direction)
        }
        if scalars[place - 1] == "率" { return .rate(stem: stem(endingAt: place - 1, lead)) }
        return shareWords(lead, mention).map { .share($0) }
    }

    /// Whether the verb of change stands directly before the figure but for fillers.
    private func isDirect(_ place: Int, _ lead: Range<Int>) -> Bool {
        ChangeWords.rising.length(endingAt: place, notBefore: lead.lowerBound, in: scalars) != nil
            || ChangeWords.falling.length(endingAt: place, notBefore: lead.lowerBound, in: scalars) != nil
    }

    /// 合格率提高到95%: a rate whose level is said with a verb.
    private func rateBefore(level place: Int, _ lead: Range<Int>) -> FigureGroup.Trigger? {
        let near = max(lead.lowerBound, place - 6)..<place
        guard let found = near.last(where: { scalars[$0] == "率" }) else { return nil }
        return .rate(stem: stem(endingAt: found, lead))
    }

    /// The noun of a rate before 率: 整改, 一次验收合格.
    private func stem(endingAt end: Int, _ lead: Range<Int>) -> Range<Int> {
        var start = end
        while start > max(lead.lowerBound, end - 10), !Mark.parts(scalars[start - 1]),
            !Mark.opensBracket(scalars[start - 1])
        {
            start -= 1
        }
        return start..<end
    }

    /// The words of a share before a percentage.
    private func shareWords(_ lead: Range<Int>, _ mention: Mention) -> ShareWords? {
        let near = max(lead.lowerBound, lead.upperBound - 40)..<lead.upperBound
        var end = lead.upperBound
        var hasOf = false
        trim: while end > near.lowerBound {
            if let length = ChangeWords.fillers.length(endingAt: end, notBefore: near.lowerBound, in: scalars)
            {
                end -= length
            } else if let length = ShareVocabulary.closing.length(
                endingAt: end, notBefore: near.lowerBound, in: scalars)
            {
                hasOf = true
                end -= length
            } else {
                break trim
            }
        }
        if let found = lastVerb(near) { return share(of: found, near, end) }
        guard hasOf || mention.quantity.sort == .times else { return nil }
        return loose(near, end)
    }

    /// 占全部68家企业的17.6%: the words of the share hold the figure before the percentage.
    private func shareOfFigure(_ index: Int, _ mentions: [Mention]) -> ShareWords? {
        guard index > 0, mentions[index - 1].quantity.sort == .amount, mentions[index].lead.count <= 16 else {
            return nil
        }
        var end = mentions[index].lead.upperBound
        let lower = mentions[index].lead.lowerBound
        while let length = ChangeWords.fillers.length(endingAt: end, notBefore: lower, in: scalars) {
            end -= length
        }
        guard ShareVocabulary.closing.length(endingAt: end, notBefore: lower, in: scalars) != nil,
            !(lower..<end).contains(where: { Mark.parts(scalars[$0]) }),
            let verb = lastVerb(mentions[index - 1].lead) ?? fulfilling(mentions[index - 1].lead)
        else { return nil }
        return ShareWords(whole: (verb + 1)..<end, start: verb, isLoose: false, holdsFigure: true)
    }

    /// 完成年度任务3.5万套的104.3%.
    private func fulfilling(_ lead: Range<Int>) -> Int? {
        var start = lead.lowerBound
        for place in lead where Mark.parts(scalars[place]) { start = place + 1 }
        return ShareVocabulary.equating.first(in: start..<lead.upperBound, of: scalars)?.lowerBound
    }

    /// The last 占 of the clause.
    private func lastVerb(_ near: Range<Int>) -> Int? {
        var place = near.upperBound
        while place > near.lowerBound {
            place -= 1
            if scalars[place] == "占" { return place }
            if Mark.parts(scalars[place]), scalars[place] != "、" { return nil }
        }
        return nil
    }

    private func share(of verb: Int, _ near: Range<Int>, _ end: Int) -> ShareWords {
        var start = verb + 1
        while start < end,
            let length = ShareVocabulary.opening.length(at: start, before: end, in: scalars)
        {
            start += length
        }
        return ShareWords(whole: start..<max(start, end), start: verb, isLoose: false)
    }

    /// 死亡人数为控制指标数的27%, 是去年的1.2倍.
    private func loose(_ near: Range<Int>, _ end: Int) -> ShareWords? {
        var start = near.lowerBound
        for place in near where Mark.parts(scalars[place]) { start = place + 1 }
        guard start < end,
            let found = ShareVocabulary.equating.first(in: start..<end, of: scalars),
            found.upperBound < end
        else { return nil }
        return ShareWords(whole: found.upperBound..<end, start: found.lowerBound, isLoose: true)
    }
}

/// The words that make a percentage a share.
enum ShareVocabulary {
    /// Behind 占.
    static let opening = PhraseSet("到 了 据 比 有 着 用")
    /// Before the percentage.
    static let closing = PhraseSet("的 比例 比重 份额 百分比 之 的比例 的比重 的份额 比率")
    /// Nouns that name a share without its whole.
    static let named = PhraseSet("比重 比例 份额")
    /// A为B的27%.
    static let equating = PhraseSet("为 是 相当于 等于 达到 达 仅为 只有 约为 高达 完成 实现")
    /// Words that stand for the whole without naming it.
    static let totals = PhraseSet("总 共 合计 累计 全部 一共 总计 全年 全市 全省 全国 全县 全区 完成 总体")
    /// Regions that a whole is named by, with the words that mean the same.
    static let scopes = PhraseSet(
        "全国 我国 全省 我省 全市 我市 全县 我县 全区 我区 全州 我州 全系统 全行业 全镇 全镇 全乡 全球 世界 全旗 全盟 全校 全院 全厂 全公司")
    /// Rates of whatever has been done, and the words that say it has.
    static let completions = PhraseSet("完成 任务完成 完工 进度 执行 落实")
    static let done = PhraseSet("已 完成 实际 总计 合计 累计 共 实现 落实 办结 建成")
    /// Words that many names of wholes have.
    static let generic = PhraseSet("总 总数 总量 总额 数 数量 总体 全部 所有 全 共 合计 的 额 量 其 上述 同期 全年 之 此 该 类 起 人 件 家 户 个 项")
    /// Rates of how tests came out.
    static let results = PhraseSet("合格 发现 检出 达标 优良 优秀 通过 及格 超标 阳性")
    /// Words that add the parts before them up.
    static let sums = PhraseSet("合计 共计 总计 总共 合起来 两项 三项 两者 三者 四项 共")
    /// Words before a count of what was to be done.
    static let tasks = PhraseSet(
        "共 总 合计 任务 计划 应 检查 抽检 抽查 排查 检测 抽样 受理 接到 收到 接报 发现 提出 下达 登记 在用 在册 需 拟 目标 申请 申报 责令 "
            + "要求 存在 待 列入 纳入 检验 查出 查处 监测 自查 送检 采集 巡查 督查 核查 摸排 鉴定 评估 制修订 实施 参加 参评 "
            + "交办 转办 立案 反馈 梳理 上报 组织 验收 建设 抽取 建立 监督 全市 全省 全县 全区 全国 现有 抽验 指导 普查 "
            + "报名 参考 参训 培训 累计 问题 隐患")
    /// Words that say of the whole that it is one.
    static let wholes = PhraseSet("总 全部 合计 全 共 数 量 额")
    /// A whole that another body has set, which is not what happened.
    static let quotas = PhraseSet("指标 计划 任务 目标 预算 限额")
}
