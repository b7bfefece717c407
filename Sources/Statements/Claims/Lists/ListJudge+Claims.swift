import Figures

extension ListJudge {
    // MARK: counts

    /// The claim of the head's count of members.
    func countClaim(_ list: MemberList, evidence: [Evidence], quote: Range<Int>) -> Claim? {
        let keys = list.commonKeys.map(\.unit)
        let totals = Set(evidence.map(\.total))
        let candidates = head.figures.filter { index in
            // A unit that the members have figures of counts them only beside their total: 11个市…560个.
            isCount(index)
                && (!keys.contains(text.quantities[index].unitCode)
                    || (!totals.contains(index) && totals.contains { $0 > index }
                        && MemberReader(text).wholeCount(text.quantities[index]).map(list.count.contains)
                            == true))
        }
        let counts = [list.count] + [flat, chunked ?? flat].filter { $0.count.lowerBound > 1 }.map(\.count)
        for index in candidates.reversed() {
            guard let stated = MemberReader(text).wholeCount(text.quantities[index]) else { continue }
            if counts.contains(where: { $0.contains(stated) }) {
                return claim(count: index, stated: stated, list, verdict: .holds, quote: quote)
            }
        }
        guard let last = candidates.last, candidates.count == 1, !isJoined(last),
            let stated = MemberReader(text).wholeCount(text.quantities[last]),
            isLastFigure(last, evidence), list.count.lowerBound == list.count.upperBound,
            isSurelyWhole(list, stated, evidence), isPlausible(stated, list, evidence),
            !ownsTotal(last, evidence)
        else { return nil }
        return claim(count: last, stated: stated, list, verdict: .wrong, quote: quote)
    }

    /// Whether a figure may count the members of a list: a whole number of two or more of something.
    private func isCount(_ index: Int) -> Bool {
        let quantity = text.quantities[index]
        guard let number = MemberReader(text).wholeCount(quantity), number > 1 else { return false }
        return !quantity.unit.isEmpty && WholeNumbers.areCounted(quantity)
            && MemberReader(text).tone(of: quantity) == .level
    }

    /// Whether a count says whose the total is that the list divides: 30个省的180项工程，其中住宅92项.
    private func ownsTotal(_ index: Int, _ evidence: [Evidence]) -> Bool {
        guard head.opening != .complete,
            let segment = head.segments.first(where: { $0.figures.contains(index) })
        else { return false }
        let start = text.quantities[index].range.upperBound
        return evidence.contains { item in
            let total = text.quantities[item.total].range.lowerBound
            return segment.figures.contains(item.total) && total > start
                && text.source.scalars[start..<total].contains("的")
        }
    }

    /// Whether more than what is counted is named before the list: 23个省和新疆生产建设兵团.
    private func isJoined(_ index: Int) -> Bool {
        let scalars = text.source.scalars
        let start = text.quantities[index].range.upperBound
        guard let segment = head.segments.first(where: { $0.figures.contains(index) }) else { return true }
        let end = min(segment.range.upperBound, start + 12)
        guard start < end, let word = ListWords.joining.first(in: start..<end, of: scalars) else {
            return false
        }
        // 较大及以上事故 joins nothing.
        return word.upperBound >= scalars.count || scalars[word.upperBound] != "以"
    }

    /// Whether nothing but the list's own totals stands between a count and the list.
    private func isLastFigure(_ index: Int, _ evidence: [Evidence]) -> Bool {
        guard let place = head.figures.firstIndex(of: index) else { return false }
        return head.figures[(place + 1)...].allSatisfy { figure in
            evidence.contains { $0.total == figure && $0.isTied }
        }
    }

    /// Whether the list leaves nothing out: it says so and all its members are built alike, or its figures
    /// already add up to the totals stated.
    private func isSurelyWhole(_ list: MemberList, _ stated: Int, _ evidence: [Evidence]) -> Bool {
        guard !list.isCut, !list.isOpen else { return false }
        let adds =
            !evidence.isEmpty && evidence.allSatisfy { $0.verdict == .holds && $0.isTied }
            && evidence.contains { text.quantities[$0.total].value > .one }
        let isBare = list.members.allSatisfy { $0.figures.isEmpty }
        if isBare { return head.opening == .complete && areAlike(list) }
        guard list.isHomogeneous else { return false }
        if head.opening == .complete || (head.opening == .colon && adds) { return true }
        // Parts that make up the whole are all its parts: fewer than counted is too few. More may be of another
        // sort, cities where provinces were counted.
        if adds, list.count.upperBound < stated, list.members.count > 2 { return true }
        return adds && (evidence.count > 1 || evidence.contains { isExhaustive(list, $0) })
    }

    /// Whether bare names are surely one member each: they end alike, as companies and counties do, or all are
    /// whole titles, or all are short names of regions.
    private func areAlike(_ list: MemberList) -> Bool {
        let scalars = text.source.scalars
        let names = list.members.map(\.name)
        guard names.count > 1, names.allSatisfy({ $0.count > 1 }) else { return false }
        let regions: Set<Unicode.Scalar> = ["省", "市", "区", "县", "旗", "镇", "乡", "盟", "州", "村"]
        let lasts = Set(
            names.compactMap { $0.last.map { scalars[$0] } }.map { regions.contains($0) ? "市" : $0 })
        if lasts.count == 1, names.allSatisfy({ $0.count > 2 }) { return true }
        guard let count = head.figures.last, names.allSatisfy({ $0.count <= 4 }) else { return false }
        let end = text.quantities[count].range.upperBound
        return Self.regionNouns.length(
            at: end, before: min(end + 4, scalars.count), in: scalars) != nil
            || Self.regionNouns.length(endingAt: end, notBefore: max(0, end - 2), in: scalars) != nil
    }

    private static let regionNouns = PhraseSet(
        "地区 省份 省市 省区 省 市 区县 县区 县市 城市 设区市 地市 县 区 州 市州 市县 乡镇 镇街 街镇 镇 乡 街道 村")

    /// Whether the list and its count differ by so little that they surely speak of the same.
    private func isPlausible(_ stated: Int, _ list: MemberList, _ evidence: [Evidence]) -> Bool {
        // A member that tells a story (3月2日，甲市…) may tell two.
        let scalars = text.source.scalars
        let areNames = list.members.allSatisfy { member in
            member.name.count <= 30
                && !scalars[member.name].contains { ("0"..."9").contains($0) || $0 == "日" }
        }
        guard areNames else { return false }
        let isNear = head.opening != .partial || 2 * list.count.lowerBound > stated
        if !evidence.isEmpty, evidence.allSatisfy({ $0.verdict == .holds }), isNear { return true }
        return abs(stated - list.count.lowerBound) <= max(1, stated / 5)
    }

    private func claim(
        count index: Int, stated: Int, _ list: MemberList, verdict: Verdict, quote: Range<Int>
    ) -> Claim {
        let quantity = text.quantities[index]
        let found = verdict == .holds ? stated : list.count.lowerBound
        let exact = Rational(Int64(found))
        let printed = text.source.text(quantity.range)
        let role = Self.memberRole
        return Claim(
            kind: .listCount, stated: printed, range: quantity.range, quote: covering(quote, quantity.range),
            operands: list.members.prefix(60).map {
                Claim.Operand(
                    role: role, value: Rational(Int64($0.names.lowerBound)), step: .zero, range: $0.name)
            },
            recomputed: exact, verdict: verdict
        ) { [text] in
            let names = Self.nameList(list, in: text)
            let should = Measure.text(exact, as: quantity, in: text.source)
            let explanation =
                verdict == .holds
                ? Phrase(
                    "文中称\(printed)，所列正好\(found)项：\(names)。",
                    "The text says \(printed), and the list has \(found) members: \(names).")
                : Phrase(
                    "文中称\(printed)，但所列只能数出\(found)项：\(names)。请核对是\(printed)应为\(should)，还是名单有漏列或多列。",
                    "The text says \(printed), but the list has \(found) members: \(names). Check whether \(printed) "
                        + "should be \(should) or the list leaves out or repeats a member.")
            return Claim.Texts(recomputed: should, explanation: explanation)
        }
    }

    private static let memberRole = Phrase("所列一项", "one of the list")

    private static func nameList(_ list: MemberList, in text: ReadText) -> String {
        let names = list.members.map { member in
            let name = text.source.text(shortName(member.name, in: text.source.scalars))
            let short = name.count > 16 ? String(name.prefix(15)) + "…" : name
            return member.names.lowerBound > 1 ? "\(short)等\(member.names.lowerBound)项" : short
        }
        guard names.count > 10 else { return names.joined(separator: "、") }
        return names.prefix(6).joined(separator: "、") + "、…、" + names.suffix(2).joined(separator: "、")
    }

    /// A name without the verb that led to its figures: 辽宁 of 辽宁发生3起.
    private static func shortName(_ name: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int> {
        let length = verbs.length(
            endingAt: name.upperBound, notBefore: name.lowerBound + 1, in: scalars)
        return name.lowerBound..<(name.upperBound - (length ?? 0))
    }

    private static let verbs = PhraseSet("发生 各发生 均发生 分别发生 完成 各有 有 各 分别 查处 共发生 均为 各为")

    // MARK: sums

    /// The claims of the totals the list has to meet.
    func sumClaims(
        _ list: MemberList, _ evidence: [Evidence], countFits: Bool?, quote: Range<Int>
    ) -> [Claim] {
        evidence.compactMap { item in
            switch item.verdict {
            case .holds, .explained:
                // One member that repeats the total proves nothing about a list.
                guard item.sum.count > 1, isTrusted(item, list, countFits) else { return nil }
                return claim(sum: item, list, misprint: nil, quote: quote)
            case .wrong:
                guard mayAccuse(item, list, evidence, countFits) else { return nil }
                return claim(sum: item, list, misprint: misprint(item, list), quote: quote)
            case .truncated, .unverifiable: return nil
            }
        }
    }

    private func isTrusted(_ item: Evidence, _ list: MemberList, _ countFits: Bool?) -> Bool {
        item.verdict == .holds
            || (item.isTied && list.isHomogeneous && explains(item.sum, text.quantities[item.total]))
    }

    /// Whether no other reading is left than that a total and its list disagree.
    private func mayAccuse(
        _ item: Evidence, _ list: MemberList, _ evidence: [Evidence], _ countFits: Bool?
    ) -> Bool {
        guard item.isTied, list.isHomogeneous, !list.isCut, item.sum.count > 1 else { return false }
        let total = text.quantities[item.total].value
        // 一次死亡3人的有2起: each of them has what looks like the total.
        if item.sum.figures.allSatisfy({ text.quantities[$0.quantity].value == total }) { return false }
        if overlaps(list) { return false }
        if let chunked, let other = alternative(chunked, item), other { return false }
        let others = evidence.filter { $0.total != item.total && $0.isTied }
        let othersHold = !others.isEmpty && others.allSatisfy { $0.verdict == .holds }
        let isFew = list.members.count < 3
        switch head.opening {
        case .complete:
            if let countFits { return countFits || isClose(total, item.sum.value) }
            return item.statement == nil || othersHold || list.members.contains(where: \.isRest)
        case .colon:
            if othersHold || countFits == true { return countFits != false }
            return head.figures.last == item.total && !isFew && isClose(total, item.sum.value)
                || isExhaustive(list, item)
        case .partial:
            if (othersHold && countFits != false) || (countFits == true && !isFew) { return true }
            return isExhaustive(list, item) && isClose(total, item.sum.value)
        case .divided:
            let shares = ListShares(list, item.sum, total: total, in: text)
            return !isFew && !shares.contradict && isExhaustive(list, item)
                && (shares.confirm || isClose(total, item.sum.value))
        }
    }

    /// Whether a list leaves nothing of a whole out: it ends with the rest of it, its percentages make a
    /// hundred, or it names a thing and its opposite.
    private func isExhaustive(_ list: MemberList, _ item: Evidence) -> Bool {
        // One thing may be of several kinds, so that a sum above the whole shows nothing by itself.
        if list.members.last?.isRest == true, list.members.count > 1,
            item.sum.value < text.quantities[item.total].value || head.opening == .partial
        {
            return true
        }
        if isOpposed(list) { return true }
        return ListShares(list, item.sum, total: text.quantities[item.total].value, in: text).fillWhole
    }

    /// 合格2310批次、不合格46批次: the one is what the other is not.
    private func isOpposed(_ list: MemberList) -> Bool {
        guard list.members.count == 2 else { return false }
        let names = list.members.map { text.source.text($0.name) }
        return ["不", "未", "非"].contains { sign in
            names[1] == sign + names[0] || names[0] == sign + names[1]
        }
    }

    /// Whether words in or behind the list say that its members overlap.
    private func overlaps(_ list: MemberList) -> Bool {
        let end = list.range?.upperBound ?? head.range.upperBound
        let range = head.range.lowerBound..<min(end + 40, text.source.scalars.count)
        return ListWords.overlapping.occurs(in: range, of: text.source.scalars)
    }

    /// Whether another reading of the list meets the total.
    private func alternative(_ list: MemberList, _ item: Evidence) -> Bool? {
        guard let sum = ListSum(list.figures(item.sum.key), key: item.sum.key, in: text) else { return nil }
        return sum.verdict(text.quantities[item.total]) == .holds
    }

    /// Whether two figures differ by no more than half of the larger.
    private func isClose(_ first: Rational, _ second: Rational) -> Bool {
        guard let distance = try? first.subtracting(second), let half = try? max(first, second).divided(by: 2)
        else { return false }
        return distance.magnitude <= half
    }

    /// A claim's quotation with its figure, when both stand close together.
    func covering(_ quote: Range<Int>, _ figure: Range<Int>) -> Range<Int> {
        guard figure.upperBound <= quote.lowerBound || figure.lowerBound >= quote.upperBound else {
            return quote
        }
        return quote
    }
}

extension Rational {
    fileprivate func divided(by whole: Int64) throws(ArithmeticProblem) -> Rational {
        try divided(by: Rational(whole))
    }
}
