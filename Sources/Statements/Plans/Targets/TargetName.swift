/// A name with what says nothing about the thing itself taken off: 力争, 确保, 到2015年, 全市.
struct TargetName {
    /// Where the name stands.
    private(set) var range: Range<Int>
    /// The words that say whom or what it covers.
    private(set) var scopes: [Range<Int>] = []
    /// Whether 其中 stood before it.
    private(set) var isPart = false
    /// Whether 至少 stood before the verb: 至少召开一次.
    private(set) var hasLeast = false
    /// The words that were taken off as bringing about: 完成, 提高.
    private(set) var driving: Range<Int>?

    /// By when, where the name ends or begins with a year: 追溯率2023年达到80%.
    private(set) var deadline: String?

    private static let frequencies = PlanWordList(
        """
        每半年 每季度 每月 每周 每学期 每年 每年度 每季 每天 每日 每两年 每三年 每两月 每旬 每个月 每批次
        """)
    private static let conditions = PlanWordList("符合 列入 纳入 具备 涉及 参与 属于 达到 满足 适用 处于")
    private static let closers = PlanWordList("范围内 领域内 行业内 中 内 上 里 方面 领域 期间 基础上 范围 过程中 环节")
    private static let least = PlanWordList("至少 最少 不少于")
    private static let each = PlanWordList("每个 每家 每户 每名 每位 每座 每所 每村 每镇 每县")
    private static let partsOfYear = PlanWordList("上半年 下半年 前三季度 一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度")
    private static let looseEnds = PlanWordList("至少 最少 不少于 应当 力争 确保 年内 全年 务必 必须 要 将 按 按照 均按 以 翻一番 翻两番 翻番")
    private static let openEnds = PlanWordList("基础上 期间 过程中 上 环节")
    private static let openers = PlanWordList("在 从 对 为 向 由 于 就 按 按照 围绕")

    /// Cleans a stretch of text from the left and the right.
    init(_ stretch: Range<Int>, in scalars: [Unicode.Scalar]) {
        range = scalars.trimmed(stretch)
        dropStrayBracket(scalars)
        var steps = 0
        while steps < 16, !range.isEmpty, takeFromLeft(scalars) { steps += 1 }
        takeCondition(scalars)
        takeFromRight(scalars)
        if Self.openers.length(at: range.lowerBound, in: scalars, until: range.upperBound) == range.count {
            range = range.upperBound..<range.upperBound
        }
    }

    private mutating func drop(_ length: Int) {
        range = min(range.lowerBound + length, range.upperBound)..<range.upperBound
    }

    /// Drops what stands before a bracket or quotation mark that is closed but was never opened.
    private mutating func dropStrayBracket(_ scalars: [Unicode.Scalar]) {
        var depth = 0
        for offset in range {
            let scalar = scalars[offset]
            if PlanScalar.isOpening(scalar) || PlanScalar.isOpeningQuote(scalar) { depth += 1 }
            guard PlanScalar.isClosing(scalar) || PlanScalar.isClosingQuote(scalar) else { continue }
            depth -= 1
            if depth < 0 {
                range = (offset + 1)..<range.upperBound
                depth = 0
            }
        }
    }

    private mutating func takeFromLeft(_ scalars: [Unicode.Scalar]) -> Bool {
        let (start, end) = (range.lowerBound, range.upperBound)
        let first = scalars[start]
        hasLeast = hasLeast || Self.least.length(at: start, in: scalars, until: end) != nil
        if PlanScalar.isSpace(first) || "、，：；；:;,·—".unicodeScalars.contains(first)
            || PlanScalar.isClosing(first)
        {
            drop(1)
            return true
        }
        if PlanVocabulary.unsplit.length(at: start, in: scalars, until: end) != nil { return false }
        if let deadline = PlanDeadline.read(at: start, in: scalars, until: end) {
            drop(deadline.range.count)
            return true
        }
        if takeEach(scalars) { return true }
        if let length = PlanVocabulary.scopes.length(at: start, in: scalars, until: end),
            PlanVocabulary.scopeContinuations.length(at: start + length, in: scalars, until: end) == nil
        {
            if length < range.count || length > 1 { scopes.append(start..<(start + length)) }
            drop(length)
            if !range.isEmpty, scalars[range.lowerBound] == "的" { drop(1) }
            return true
        }
        if takePlace(scalars) { return true }
        if scalars[start] == "对" || scalars[start] == "为" || scalars[start] == "向",
            PlanVocabulary.scopes.length(at: start + 1, in: scalars, until: end) != nil
        {
            drop(1)
            return true
        }
        if let length = Self.partsOfYear.length(at: start, in: scalars, until: end), length < range.count {
            deadline = scalars.compactText(start..<(start + length))
            drop(length)
            return true
        }
        if let length = Self.frequencies.length(at: start, in: scalars, until: end) {
            scopes.append(start..<(start + length))
            drop(length)
            return true
        }
        if let length = yearLength(at: start, scalars) ?? monthsLength(at: start, scalars) {
            deadline = scalars.compactText(start..<(start + length))
            drop(length)
            return true
        }
        if let length = PlanVocabulary.leading.length(at: start, in: scalars, until: end),
            !tears(length, scalars)
        {
            isPart = isPart || scalars[start..<(start + length)].elementsEqual("其中".unicodeScalars)
            drop(length)
            return true
        }
        if let length = PlanVocabulary.adverbs.length(at: start, in: scalars, until: end),
            isVerb(at: start + length, scalars)
        {
            drop(length)
            return true
        }
        if let length = PlanVocabulary.driving.length(at: start, in: scalars, until: end),
            !tears(length, scalars)
        {
            driving = start..<(start + length)
            drop(length)
            return true
        }
        return false
    }

    /// Whether a verb begins at an offset.
    private func isVerb(at offset: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        let lists = [
            PlanVocabulary.output, PlanVocabulary.driving, PlanVocabulary.leading, PlanVocabulary.adverbs,
            PlanVocabulary.rising, PlanVocabulary.falling,
        ]
        return lists.contains { $0.length(at: offset, in: scalars, until: range.upperBound) != nil }
            && PlanVocabulary.unsplit.length(at: offset, in: scalars, until: range.upperBound) == nil
    }

    /// Whether taking so many scalars off would tear a word apart: 完成率, 保障性.
    private func tears(_ length: Int, _ scalars: [Unicode.Scalar]) -> Bool {
        guard range.count > length else { return false }
        if range.count == length + 1 { return PlanScalar.isIdeograph(scalars[range.lowerBound + length]) }
        return "率量额度数性型化者力".unicodeScalars.contains(scalars[range.lowerBound + length])
    }

    /// 在…中, 在…范围内: the place in which something is to be reached.
    private mutating func takePlace(_ scalars: [Unicode.Scalar]) -> Bool {
        guard scalars[range.lowerBound] == "在" else { return false }
        var offset = range.lowerBound + 2
        let limit = min(range.upperBound, range.lowerBound + 48)
        while offset < limit {
            if let length = Self.closers.length(at: offset, in: scalars, until: range.upperBound),
                offset + length <= range.upperBound
            {
                // 在此基础上 and 在…过程中 name no place.
                let isPlace = Self.openEnds.length(at: offset, in: scalars, until: range.upperBound) == nil
                if isPlace { scopes.append((range.lowerBound + 1)..<offset) }
                range = (offset + length)..<range.upperBound
                return true
            }
            offset += 1
        }
        return false
    }

    /// 符合采标条件的…: a condition before the name.
    private mutating func takeCondition(_ scalars: [Unicode.Scalar]) {
        guard Self.conditions.length(at: range.lowerBound, in: scalars, until: range.upperBound) != nil else {
            return
        }
        for offset in range where scalars[offset] == "的" && range.upperBound - offset > 2 {
            scopes.append(range.lowerBound..<offset)
            range = (offset + 1)..<range.upperBound
            return
        }
    }

    /// 每个产业选派…: everyone of whom the target asks it.
    private mutating func takeEach(_ scalars: [Unicode.Scalar]) -> Bool {
        let start = range.lowerBound
        guard Self.each.length(at: start, in: scalars, until: range.upperBound) != nil else { return false }
        let limit = min(range.upperBound, start + 16)
        guard start + 3 < limit else { return false }
        for offset in (start + 3)..<limit {
            guard PlanVocabulary.output.length(at: offset, in: scalars, until: range.upperBound) != nil else {
                continue
            }
            scopes.append(start..<offset)
            range = offset..<range.upperBound
            return true
        }
        return false
    }

    /// The length of a year such as 2023年 at an offset.
    private func yearLength(at offset: Int, _ scalars: [Unicode.Scalar]) -> Int? {
        guard offset >= range.lowerBound, offset + 5 <= range.upperBound, scalars[offset + 4] == "年" else {
            return nil
        }
        return scalars[offset..<(offset + 4)].allSatisfy({ PlanScalar.isDigit($0) }) ? 5 : nil
    }

    /// The length of months such as 1-6月 at an offset.
    private func monthsLength(at offset: Int, _ scalars: [Unicode.Scalar]) -> Int? {
        var place = offset
        while place < range.upperBound, place - offset < 5,
            PlanScalar.isDigit(scalars[place]) || "-—至".unicodeScalars.contains(scalars[place])
        {
            place += 1
        }
        guard place > offset, place < range.upperBound, scalars[place] == "月" else { return nil }
        return place + 1 - offset
    }

    private mutating func takeFromRight(_ scalars: [Unicode.Scalar]) {
        trimFromRight(scalars)
        trimFromRight(scalars)
        if let length = Self.frequencies.length(before: range.upperBound, in: scalars, from: range.lowerBound)
        {
            let start = range.upperBound - length
            scopes.append(start..<range.upperBound)
            range = range.lowerBound..<start
        } else if let length = yearLength(at: range.upperBound - 5, scalars), !comparesWithYear(scalars) {
            let start = range.upperBound - length
            deadline = scalars.compactText(start..<range.upperBound)
            range = range.lowerBound..<start
        }
        trimFromRight(scalars)
    }

    /// 死亡人数比2020年下降: the year is what is compared with.
    private func comparesWithYear(_ scalars: [Unicode.Scalar]) -> Bool {
        let place = range.upperBound - 6
        return place >= range.lowerBound && "比较与于以".unicodeScalars.contains(scalars[place])
    }

    private mutating func trimFromRight(_ scalars: [Unicode.Scalar]) {
        while let length = Self.looseEnds.length(
            before: range.upperBound, in: scalars, from: range.lowerBound), length < range.count
        {
            let start = range.upperBound - length
            hasLeast = hasLeast || Self.least.length(at: start, in: scalars, until: range.upperBound) != nil
            range = range.lowerBound..<start
        }
        while let last = range.last.map({ scalars[$0] }) {
            let isLoose =
                PlanScalar.isSpace(last) || "、，：；:;,的（(—-".unicodeScalars.contains(last)
            guard isLoose else { return }
            range = range.lowerBound..<(range.upperBound - 1)
        }
    }
}

extension TargetName {
    /// Drops the first scalars as long as they are no text.
    mutating func dropFirst(while isDamaged: (Int) -> Bool) {
        while let first = range.first, isDamaged(first) { range = (first + 1)..<range.upperBound }
    }

    /// The name as text.
    func text(in scalars: [Unicode.Scalar]) -> String { scalars.compactText(range) }

    /// The scopes as one text, `nil` when there are none.
    func scopeText(in scalars: [Unicode.Scalar]) -> String? {
        let words = scopes.map { scalars.compactText($0) }.filter { !$0.isEmpty }
        return words.isEmpty ? nil : words.joined()
    }
}
