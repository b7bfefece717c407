import Figures

extension TargetReading {
    /// The counters behind which stands what is counted.
    private static let timeUnits = PlanWordList("年 月 日 天 小时 分钟 工作日 周 星期 季度 岁 个月 个工作日 秒 号 时 分")
    private static let payingUnits = PlanWordList("元 美元 人民币 万元 亿元")
    private static let counters = PlanWordList(
        """
        家 名 个 所 座 只 批 项 件 场 次 处 条 人 批次 场次 人次 起 户 栋 台 辆 部 间 套 支 位 种 份 幅 期 张 片 门 村 镇 对 组 宗 班 艘 架 块 册 篇 例 单
        车次 台套 台（套） 人份 品牌 企业 亩 公里
        """)

    /// The targets that a figure sets: one, or one for every name of a list that shares it.
    func target(of context: FigureContext, clause: PlanClause, isAside: Bool) -> [FoundTarget]? {
        let quantity = context.quantity
        let limit = context.tail.comparison ?? context.head.comparison
        let isCounted = quantity.sort == .amount
        let hasLimit =
            (limit != nil && limit != .above) || context.head.verb == .limiting || context.name.hasLeast
        guard isToCome(hasLimit: hasLimit) else { return nil }
        guard !describes(context), !isPayment(context, clause) else { return nil }
        guard var found = form(context) else { return nil }
        guard !isCounted || countsYield(context, found, clause) else { return nil }
        if isAside || context.name.isPart, let whole = lastName, found.name.unicodeScalars.count <= 6 {
            found.name = "\(whole)（\(found.name)）"
        } else if isWhole(PlanVocabulary.levels, Array(found.name.unicodeScalars)) {
            found.name = "\(lastName.map(Self.withoutPart) ?? itemName ?? "")（\(found.name)）"
        }
        guard complete(&found, context), isName(found.name) else { return nil }
        if let per = context.head.per ?? context.tail.per, !found.amount.unit.isEmpty {
            found.amount.unit += "/" + scalars.compactText(per)
        }
        return spread(found, context)
    }

    /// Names the subject of a share or a change that names none; `false` when there is none.
    private func complete(_ found: inout FoundTarget, _ context: FigureContext) -> Bool {
        let isShare = context.head.verbRange.map { scalars[$0.lowerBound] == "占" } ?? false
        if found.name.hasPrefix("占") || (isShare && context.name.range.isEmpty) {
            guard let lastName else { return false }
            found.name = lastName + (found.name.hasPrefix("占") ? found.name : "占比")
            found.isShare = true
        } else if isWhole(PlanVocabulary.bareChanges, Array(found.name.unicodeScalars)), let lastName {
            found.name = lastName + found.name
        }
        return true
    }

    /// A name without the part in brackets behind it.
    private static func withoutPart(_ name: String) -> String {
        guard name.hasSuffix("）"), let opening = name.lastIndex(of: "（") else { return name }
        return String(name[..<opening])
    }

    /// A率、B率均达到100%: one target for every name when each is a measure by itself.
    private func spread(_ found: FoundTarget, _ context: FigureContext) -> [FoundTarget] {
        guard context.quantity.sort == .percent, context.head.verb == .reaching || context.head.verb == nil,
            found.name == context.name.text(in: scalars)
        else { return [found] }
        var parts: [Range<Int>] = []
        var start = context.name.range.lowerBound
        for offset in context.name.range {
            let scalar = scalars[offset]
            guard scalar == "、" || scalar == "和" || scalar == "及" || scalar == "与" else { continue }
            let part = start..<offset
            guard PlanVocabulary.metrics.length(before: offset, in: scalars, from: start) != nil,
                part.count >= 3
            else { continue }
            parts.append(part)
            start = offset + 1
        }
        let last = start..<context.name.range.upperBound
        guard !parts.isEmpty, last.count >= 3,
            PlanVocabulary.metrics.length(before: last.upperBound, in: scalars, from: start) != nil
        else { return [found] }
        return (parts + [last]).map {
            var member = found
            member.name = scalars.compactText($0)
            return member
        }
    }

    // MARK: What is no target

    /// Whether a figure only describes something: 投资1亿元以上的项目, 前三名, 每千人.
    private func describes(_ context: FigureContext) -> Bool {
        let start = context.quantity.range.lowerBound
        if start > 0, "每前第近逢".unicodeScalars.contains(scalars[start - 1]), context.head.per == nil {
            return scalars[start - 1] != "近"
        }
        let unit = Array(context.quantity.unit.unicodeScalars)
        let isTime =
            context.quantity.sort == .amount
            && (isWhole(Self.timeUnits, unit)
                || Self.timeUnits.length(
                    at: context.tail.end, in: scalars, until: min(scalars.count, context.tail.end + 3)) != nil
                    && unit.elementsEqual("个".unicodeScalars))
        let hasLimit = context.tail.comparison != nil || context.head.comparison != nil
        if isTime, context.head.verb != .limiting, !isMeasured(context.name) {
            guard hasLimit, context.head.verb != nil, !context.name.range.isEmpty else { return true }
        }
        if PlanVocabulary.repetitions.length(before: start, in: scalars, from: context.segment) != nil {
            return true
        }
        // 省下达的5个百分点: what stands before only says which figure is meant.
        if context.head.verb == nil, context.head.start > context.segment, !isMeasured(context.name),
            scalars[context.head.start - 1] == "的", !context.name.range.isEmpty,
            context.quantity.sort != .percent || context.name.driving == nil,
            context.post.first.map({ scalars[$0] == "的" }) ?? true
        {
            return true
        }
        guard let first = context.post.first else { return false }
        if scalars[first] == "的" {
            let rest = (first + 1)..<context.post.upperBound
            let isGoal = ["目标", "比例", "要求", "任务", "标准", "速度", "水平", "增长", "增速", "幅度"].contains {
                scalars.compactText(rest).hasPrefix($0)
            }
            // 推动50%以上的企业建立机制: so many of them are to do it.
            let isShare =
                context.quantity.sort == .percent && context.name.range.isEmpty
                && PlanVocabulary.output.occurs(in: rest, of: scalars)
            return !isGoal && !isShare
                && !(isWhole(Self.counters, unit) && endsInOutput(context.name.range) != nil)
        }
        // 投资1亿元以上项目: a measure with its limit and a noun directly behind.
        if unit.elementsEqual("类".unicodeScalars) || unit.elementsEqual("级".unicodeScalars) {
            return context.head.verb != .reaching && !context.post.isEmpty
        }
        return hasLimit && context.quantity.sort == .amount
            && !isWhole(Self.counters, unit) && !context.post.isEmpty
            && PlanVocabulary.anaphors.length(at: first, in: scalars, until: context.post.upperBound) == nil
            && context.head.verb == nil && PlanScalar.isIdeograph(scalars[first])
    }

    /// Whether a figure is money that is paid out.
    private func isPayment(_ context: FigureContext, _ clause: PlanClause) -> Bool {
        let unit = Array(context.quantity.unit.unicodeScalars)
        let isPercent = context.quantity.sort == .percent
        guard isPercent || isWhole(Self.payingUnits, unit) else { return false }
        if PlanVocabulary.metrics.length(
            before: context.head.start, in: scalars, from: context.segment) != nil
        {
            return false
        }
        let before = max(clause.range.lowerBound, context.quantity.range.lowerBound - 24)
        let around = before..<min(clause.range.upperBound, context.tail.end + 10)
        let list = isPercent ? PlanVocabulary.subsidies : PlanVocabulary.payments
        return list.occurs(in: around, of: scalars)
    }

    private func isWhole(_ list: PlanWordList, _ word: [Unicode.Scalar]) -> Bool {
        !word.isEmpty && list.length(at: 0, in: word, until: word.count) == word.count
    }

    private func isMeasured(_ name: TargetName) -> Bool {
        PlanVocabulary.metrics.length(
            before: name.range.upperBound, in: scalars, from: name.range.lowerBound) != nil
    }

    /// Where the verb of doing begins with which a stretch ends.
    func endsInOutput(_ range: Range<Int>) -> Int? {
        PlanVocabulary.output.length(before: range.upperBound, in: scalars, from: range.lowerBound)
            .map { range.upperBound - $0 }
    }

    /// Whether counted things are a yield of the work, and not its own parts.
    private func countsYield(
        _ context: FigureContext, _ found: FoundTarget, _ clause: PlanClause
    ) -> Bool {
        if context.head.per != nil || context.tail.per != nil { return true }
        let hasLimit =
            context.tail.comparison != nil || context.head.comparison != nil || context.name.hasLeast
        let digits = context.quantity.digits
        let isChinese = digits.isEmpty || !digits.contains { PlanScalar.isDigit(scalars[$0]) }
        let start = clause.range.lowerBound
        let isObject = scalars[start] == "对" || scalars[start] == "为" || scalars[start] == "在"
        let end = isObject ? clause.range.upperBound : max(start, context.quantity.range.lowerBound)
        let verb = PlanVocabulary.output.occurs(in: start..<end, of: scalars)
        if isChinese, !hasLimit {
            guard verb, context.quantity.value > .one, !clause.endsInColon else { return false }
            let name = Array(found.name.unicodeScalars)
            guard PlanVocabulary.structural.length(before: name.count, in: name, from: 0) == nil else {
                return false
            }
            let unit = Array(context.quantity.unit.unicodeScalars)
            return isWhole(Self.counters, unit) && !context.post.isEmpty
        }
        if !hasLimit, context.quantity.value <= Rational(10), isStructural(found.name) { return false }
        if hasLimit || context.head.verb != nil || context.continuesList { return true }
        return verb || isMeasured(context.name) || lastVerb != nil
    }

    /// Whether a name is nothing but a part of the work itself: 落实3项制度.
    private func isStructural(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        guard let length = PlanVocabulary.structural.length(before: scalars.count, in: scalars, from: 0)
        else {
            return false
        }
        let rest = scalars.count - length
        return rest == 0 || PlanVocabulary.output.length(at: 0, in: scalars, until: rest) == rest
            || PlanVocabulary.driving.length(at: 0, in: scalars, until: rest) == rest
    }

    /// Whether a name says something.
    private func isName(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        guard scalars.count >= 2, scalars.count <= 60 else { return false }
        guard !scalars.contains("×"), !scalars.contains("=") else { return false }
        return scalars.contains { PlanScalar.isIdeograph($0) }
    }

    // MARK: The forms in which a target is said

    /// Finds the name in the words around a figure.
    private func form(_ context: FigureContext) -> FoundTarget? {
        var found = FoundTarget(
            name: "", comparison: standing(context, verb: context.head.verb),
            amount: TargetAmount(context.quantity, in: scalars), scope: context.name.scopeText(in: scalars),
            deadline: context.name.deadline, range: context.quantity.range)
        let name = context.name.range
        let post = cleanedPost(context.post)
        if let verb = context.head.verb, verb == .rising || verb == .falling {
            found.name = changeName(context, post: post)
            found.base = changeBase(context)
            return found
        }
        if context.quantity.sort == .percent, let split = ratioOfBase(name) {
            found.name = scalars.compactText(split.name)
            found.comparison = split.comparison
            return found
        }
        if let ratio = ratioName(of: context.post) {
            found.name = ratio
            return found
        }
        if name.isEmpty {
            guard let text = nameWithoutSubject(context, post: post, scope: &found.scope) else { return nil }
            found.name = text
            return found
        }
        if !post.isEmpty, context.head.verb == nil || context.quantity.sort == .amount,
            let verbStart = endsInOutput(name)
        {
            return objectForm(found, context, verb: verbStart..<name.upperBound, post: post)
        }
        let isPercent = context.quantity.sort == .percent
        if isPercent, context.head.verb == nil, !post.isEmpty, !isMeasured(context.name),
            scalars[post.lowerBound] != "的"
        {
            found.name = scalars.compactText(name) + scalars.compactText(withoutComplement(post))
            return found
        }
        found.name = sharedVerb(context) + scalars.compactText(withoutTrailingVerb(name))
        return found
    }

    /// The verb of the list in which the figure stands: 培训首席质量官150名、质量工程师50名.
    private func sharedVerb(_ context: FigureContext) -> String {
        guard context.continuesList, context.quantity.sort == .amount, context.head.verb == nil,
            let verb = lastVerb, context.post.isEmpty, !isMeasured(context.name),
            PlanVocabulary.light.length(at: verb.lowerBound, in: scalars, until: verb.upperBound)
                != verb.count
        else { return "" }
        let name = context.name.range
        let hasVerb = PlanVocabulary.output.length(at: name.lowerBound, in: scalars, until: name.upperBound)
        return hasVerb == nil ? scalars.compactText(verb) : ""
    }

    /// 死亡人数同比下降, 公众满意度提高, and 减少事故 when the thing stands behind.
    private func changeName(_ context: FigureContext, post: Range<Int>) -> String {
        let verb = context.head.verbRange ?? context.head.start..<context.head.start
        let word = scalars.compactText(verb)
        let name = context.name.range
        if !name.isEmpty {
            let comparison = PlanVocabulary.comparisons.length(
                at: name.lowerBound, in: scalars, until: name.upperBound)
            let isBare = comparison == name.count || "较比".unicodeScalars.contains(scalars[name.lowerBound])
            let subject = isBare ? earlierSubject : ""
            return subject + withoutBrackets(name) + word
        }
        if !post.isEmpty { return word + scalars.compactText(post) }
        if let driving = context.name.driving { return scalars.compactText(driving) + word }
        return earlierSubject + word
    }

    /// What changes, without the change: 投保率 of 投保率提升5个百分点.
    private func changeBase(_ context: FigureContext) -> String? {
        let name = context.name.range
        guard !name.isEmpty else { return nil }
        let comparison = PlanVocabulary.comparisons.length(
            at: name.lowerBound, in: scalars, until: name.upperBound)
        let isBare = comparison == name.count || "较比".unicodeScalars.contains(scalars[name.lowerBound])
        return isBare ? earlierSubject : scalars.compactText(name)
    }

    /// 较2020年（97.8%）: the words without the figure they mention aside.
    private func withoutBrackets(_ range: Range<Int>) -> String {
        guard let opening = range.first(where: { PlanScalar.isOpening(scalars[$0]) }),
            let closing = range.last(where: { PlanScalar.isClosing(scalars[$0]) }), opening < closing,
            scalars[opening..<closing].contains(where: PlanScalar.isDigit)
        else { return scalars.compactText(range) }
        let behind = (closing + 1)..<range.upperBound
        return scalars.compactText(range.lowerBound..<opening) + scalars.compactText(behind)
    }

    /// What the clause before is about.
    private var earlierSubject: String {
        lastSubject.map { scalars.compactText($0) } ?? lastName ?? ""
    }

    /// The name of a figure before which nothing stands: from behind it, or from the clause before.
    private func nameWithoutSubject(
        _ context: FigureContext, post: Range<Int>, scope: inout String?
    ) -> String? {
        if !post.isEmpty {
            let isAnaphor =
                PlanVocabulary.anaphors.length(at: post.lowerBound, in: scalars, until: post.upperBound)
                == post.count
            guard isAnaphor else {
                let verb = context.continuesList ? lastVerb : nil
                return (verb.map { scalars.compactText($0) } ?? "") + scalars.compactText(post)
            }
            guard let subject = lastSubject else { return nil }
            scope = scope ?? lastScope
            return scalars.compactText(subject) + scalars.compactText(post)
        }
        scope = scope ?? lastScope
        if context.continuesList, let lastName { return lastName }
        if let subject = lastSubject { return scalars.compactText(subject) }
        return lastName
    }

    /// 培养15名首席质量官: the verb stays with the thing unless both are only activity.
    private func objectForm(
        _ found: FoundTarget, _ context: FigureContext, verb: Range<Int>, post: Range<Int>
    ) -> FoundTarget {
        var found = found
        let isAnaphor =
            PlanVocabulary.anaphors.length(at: post.lowerBound, in: scalars, until: post.upperBound)
            == post.count
        if isAnaphor, let subject = lastSubject {
            found.name = scalars.compactText(subject) + scalars.compactText(post)
            found.scope = found.scope ?? lastScope
            return found
        }
        let isLight =
            PlanVocabulary.light.length(
                before: verb.upperBound, in: scalars, from: verb.lowerBound) == verb.count
        let isActivity =
            PlanVocabulary.activities.length(
                before: post.upperBound, in: scalars, from: post.lowerBound) != nil
        let thing = scalars.compactText(post)
        let isMade = post.lowerBound > context.post.lowerBound + 1
        found.name =
            isMade || (isLight && isActivity && post.count > 2) ? thing : scalars.compactText(verb) + thing
        let front = TargetName(context.name.range.lowerBound..<verb.lowerBound, in: scalars)
        let isCovered =
            PlanVocabulary.covered.length(
                before: front.range.upperBound, in: scalars, from: front.range.lowerBound) != nil
        let words = (isCovered ? scalars.compactText(front.range) : "") + (front.scopeText(in: scalars) ?? "")
        if found.scope == nil, !words.isEmpty { found.scope = words }
        return found
    }

    /// 抽查比例不低于企业总数的20%: the name before the limit, when what it is a part of stands behind.
    private func ratioOfBase(
        _ name: Range<Int>
    ) -> (name: Range<Int>, comparison: PlanTarget.Comparison)? {
        guard name.count >= 6, name.upperBound < scalars.count, scalars[name.upperBound] == "的" else {
            return nil
        }
        for offset in (name.lowerBound + 2)..<name.upperBound {
            let end = name.upperBound
            if PlanVocabulary.atLeast.length(at: offset, in: scalars, until: end) != nil {
                return (name.lowerBound..<offset, .atLeast)
            }
            if PlanVocabulary.atMost.length(at: offset, in: scalars, until: end) != nil {
                return (name.lowerBound..<offset, .atMost)
            }
        }
        return nil
    }

    /// 按不低于5%的比例对企业进行抽查: the ratio of what is done.
    private func ratioName(of post: Range<Int>) -> String? {
        let prefixes = ["的比例", "比例"]
        let whole = scalars.compactText(post)
        guard let prefix = prefixes.first(where: { whole.hasPrefix($0) }) else { return nil }
        var rest = whole.dropFirst(prefix.count)
        for word in ["随机", "对", "进行", "开展", "实施"] where rest.hasPrefix(word) {
            rest = rest.dropFirst(word.count)
        }
        guard rest.count >= 2 else { return nil }
        for word in ["进行", "开展", "实施"] {
            if let place = rest.firstRange(of: word) {
                return rest[..<place.lowerBound] + rest[place.upperBound...] + "比例"
            }
        }
        return rest + "比例"
    }

    /// What stands behind a figure without 的 and without what it is made into.
    private func cleanedPost(_ post: Range<Int>) -> Range<Int> {
        var range = post
        if let first = range.first, scalars[first] == "的" { range = (first + 1)..<range.upperBound }
        for offset in range {
            if let length = PlanVocabulary.becoming.length(at: offset, in: scalars, until: range.upperBound),
                range.upperBound - offset - length >= 2
            {
                range = (offset + length)..<range.upperBound
                break
            }
        }
        while let last = range.last, "，。；、：的）)（( ".unicodeScalars.contains(scalars[last]) {
            range = range.lowerBound..<last
        }
        guard let first = range.first else { return range }
        let isWord =
            PlanScalar.isIdeograph(scalars[first]) || scalars[first].properties.isAlphabetic
            || PlanScalar.isOpeningQuote(scalars[first])
        let goal = PlanVocabulary.complements.length(at: first, in: scalars, until: range.upperBound)
        return isWord && goal != range.count ? range : range.upperBound..<range.upperBound
    }

    /// 采标生产, 整改到位: the deed without how well it is to be done.
    private func withoutComplement(_ range: Range<Int>) -> Range<Int> {
        guard
            let length = PlanVocabulary.complements.length(
                before: range.upperBound, in: scalars, from: range.lowerBound + 2)
        else { return range }
        return range.lowerBound..<(range.upperBound - length)
    }

    /// 质量诊断完成50家: the thing without the verb behind it.
    private func withoutTrailingVerb(_ range: Range<Int>) -> Range<Int> {
        guard
            let length = PlanVocabulary.trailing.length(
                before: range.upperBound, in: scalars, from: range.lowerBound + 2)
        else { return range }
        return range.lowerBound..<(range.upperBound - length)
    }
}
