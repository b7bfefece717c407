/// Finds the units that answer for an item: （责任单位：…）, （市发改委牵头，市经信局配合）, 由…负责.
///
/// Units are given as printed, in the order they stand, each once; leading units are not told apart from those
/// that assist.
struct ResponsibleUnits {
    private static let keys = PlanWordList(
        """
        责任单位 牵头单位 配合单位 责任部门 牵头部门 配合部门 责任处室 牵头处室 责任科室 牵头科室 责任主体 参与单位 参加单位 协办单位 主办单位 承办单位 负责单位 协同单位 实施单位
        负责部门 牵头责任单位 牵头及责任单位 责任单位及责任人 责任领导 责任人 牵头领导 牵头 责任 配合 参与部门 协助单位 协作单位 主体责任单位 第一责任单位 牵头负责单位 具体责任单位
        """)
    private static let duties = PlanWordList(
        """
        牵头 负责 配合 参与 参加 按职责分工负责 分工负责 按照职责分工负责 按职责负责 分别负责 共同负责 具体负责 牵头负责 组织实施 等部门 等单位 等按职责分工负责 按职责分工
        等按照职责分工负责 等配合 等参与 等负责 等 协助 协办 主办 承办 落实 等有关部门 及有关单位 按职责配合 配合落实 负责落实 依职责分工负责 分别牵头 牵头组织实施 抓落实 为责任单位
        为牵头单位 具体落实 牵头抓总 等相关部门按职责分工负责 等部门按职责分工负责 等单位按职责分工负责
        """)
    /// Duties behind 由… in running text.
    private static let runningDuties = PlanWordList("牵头 负责 会同 组织实施 具体负责 主办 承办 牵头负责")
    /// What the name of a unit ends with, where nothing else says that it is one.
    private static let unitEnds = PlanWordList(
        """
        局 委 办 厅 部 院 会 府 室 处 科 所 站 队 中心 公司 集团 部门 机关 单位 总队 支队 大队 分局 管委会 街道 镇 乡 区 县 市 委员会 办公室 学校 大学 银行 协会
        总工会 团委 妇联 科协 工商联 领导小组 街道办 街道办事处 指挥部 海关 社 联社 法院 检察院 政府 市（区） 县（市、区） 镇（街道） 局（委） 队伍 园区 开发区 党校
        """)

    /// The units in a stretch of text, in order, each once.
    static func all(in range: Range<Int>, of lines: ColumnLines) -> [String] {
        let scalars = lines.scalars
        var found: [String] = []
        let range = range.clamped(to: 0..<scalars.count)
        let closings = closings(in: range, of: scalars)
        var offset = range.lowerBound
        while offset < range.upperBound {
            let scalar = scalars[offset]
            if PlanScalar.isOpening(scalar) {
                if let end = closings[offset], end - offset <= 400,
                    readBracket((offset + 1)..<end, of: lines, into: &found)
                {
                    offset = end + 1
                    continue
                }
            } else if let start = keyed(at: offset, in: scalars, until: range.upperBound) {
                let end = endOfList(from: start, in: scalars, until: range.upperBound)
                readList(start..<end, of: lines, needsEnding: false, into: &found)
                offset = end
                continue
            } else if scalar == "由" {
                readBy(offset, of: lines, until: range.upperBound, into: &found)
            }
            offset += 1
        }
        return found
    }

    /// The units in the cell of a table, where nothing but units stands.
    static func cell(_ range: Range<Int>, of lines: ColumnLines) -> [String] {
        var found: [String] = []
        readList(range, of: lines, needsEnding: false, into: &found)
        return found
    }

    /// For every bracket that is closed in a stretch of text, where.
    private static func closings(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> [Int: Int] {
        var closings: [Int: Int] = [:]
        var open: [Int] = []
        for offset in range {
            if PlanScalar.isOpening(scalars[offset]) {
                open.append(offset)
            } else if PlanScalar.isClosing(scalars[offset]), let opening = open.popLast() {
                closings[opening] = offset
            }
        }
        return closings
    }

    /// Where the units begin behind 责任单位：, which stands at an offset.
    private static func keyed(at offset: Int, in scalars: [Unicode.Scalar], until limit: Int) -> Int? {
        guard let length = keys.length(at: offset, in: scalars, until: limit) else { return nil }
        var place = offset + length
        while place < limit, PlanScalar.isSpace(scalars[place]) || PlanScalar.isClosing(scalars[place]) {
            place += 1
        }
        guard place < limit, scalars[place] == "：" || scalars[place] == ":" else { return nil }
        return place + 1
    }

    private static func endOfList(from start: Int, in scalars: [Unicode.Scalar], until limit: Int) -> Int {
        var depth = 0
        for offset in start..<max(start, min(limit, start + 300)) {
            let scalar = scalars[offset]
            if PlanScalar.isOpening(scalar) { depth += 1 }
            if PlanScalar.isClosing(scalar) {
                if depth == 0 { return offset }
                depth -= 1
            }
            if depth == 0, scalar == "\n" || scalar == "；" || PlanScalar.isStop(scalar) { return offset }
        }
        return min(limit, start + 300)
    }

    /// Reads a bracket when it names units; `false` when it says something else.
    private static func readBracket(
        _ range: Range<Int>, of lines: ColumnLines, into found: inout [String]
    ) -> Bool {
        let scalars = lines.scalars
        var hasUnits = false
        var start = range.lowerBound
        for offset in range.lowerBound...range.upperBound {
            let isEnd = offset == range.upperBound || "；;。\n".unicodeScalars.contains(scalars[offset])
            guard isEnd else { continue }
            var part = scalars.trimmed(start..<max(start, offset))
            start = offset + 1
            let hasKey = keyed(at: part.lowerBound, in: scalars, until: part.upperBound) != nil
            if !hasKey { part = upToDuty(part, in: scalars) }
            let duty = duties.length(before: part.upperBound, in: scalars, from: part.lowerBound) ?? 0
            guard hasKey || (duty > 1 && duty < part.count) else { continue }
            let count = found.count
            readList(part, of: lines, needsEnding: !hasKey, into: &found)
            hasUnits = hasUnits || hasKey || found.count > count
        }
        return hasUnits
    }

    /// 市质监局牵头，市农委配合，年底前完成: the part that ends with a duty.
    private static func upToDuty(_ part: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int> {
        var end = part.upperBound
        while end > part.lowerBound {
            let duty = duties.length(before: end, in: scalars, from: part.lowerBound) ?? 0
            if duty > 1 { return part.lowerBound..<end }
            repeat { end -= 1 } while end > part.lowerBound && scalars[end] != "，" && scalars[end] != ","
        }
        return part
    }

    /// Reads a list of units with their duties: 市发改委牵头，市经信局、市财政局配合.
    private static func readList(
        _ range: Range<Int>, of lines: ColumnLines, needsEnding: Bool, into found: inout [String]
    ) {
        let scalars = lines.scalars
        var start = range.lowerBound
        var depth = 0
        for offset in range.lowerBound...max(range.lowerBound, range.upperBound) {
            if offset < range.upperBound {
                if PlanScalar.isOpening(scalars[offset]) { depth += 1 }
                if PlanScalar.isClosing(scalars[offset]) { depth = max(0, depth - 1) }
                let isGap = !needsEnding && offset > start && lines.isSpaced(before: offset)
                if isGap, depth == 0, !PlanScalar.isSpace(scalars[offset]) {
                    add(start..<offset, of: lines, needsEnding: needsEnding, into: &found)
                    start = offset
                }
                let isMark =
                    "、，；,;。：:\n".unicodeScalars.contains(scalars[offset])
                    || (PlanScalar.isSpace(scalars[offset]) && !needsEnding)
                guard isMark, depth == 0 else { continue }
            }
            add(start..<max(start, offset), of: lines, needsEnding: needsEnding, into: &found)
            start = offset + 1
        }
    }

    /// Adds one unit without its duty.
    private static func add(
        _ part: Range<Int>, of lines: ColumnLines, needsEnding: Bool, into found: inout [String]
    ) {
        let scalars = lines.scalars
        var range = scalars.trimmed(part)
        if keys.length(at: range.lowerBound, in: scalars, until: range.upperBound) == range.count { return }
        if let first = range.first, scalars[first] == "由" { range = (first + 1)..<range.upperBound }
        var steps = 0
        while steps < 3,
            let length = duties.length(before: range.upperBound, in: scalars, from: range.lowerBound)
        {
            range = scalars.trimmed(range.lowerBound..<(range.upperBound - length))
            steps += 1
        }
        guard range.count >= 2, range.count <= 30 else { return }
        if needsEnding,
            unitEnds.length(before: range.upperBound, in: scalars, from: range.lowerBound) == nil,
            scalars[range.upperBound - 1] != "）"
        {
            return
        }
        let name = scalars.compactText(range)
        guard name.unicodeScalars.contains(where: PlanScalar.isIdeograph), !found.contains(name) else {
            return
        }
        if found.count < 200 { found.append(name) }
    }

    /// 由市质监局牵头，市财政局配合 in running text.
    private static func readBy(
        _ offset: Int, of lines: ColumnLines, until limit: Int, into found: inout [String]
    ) {
        let scalars = lines.scalars
        var place = offset + 1
        let end = min(limit, offset + 60)
        while place < end {
            if PlanScalar.isClauseMark(scalars[place]) { return }
            if let length = runningDuties.length(at: place, in: scalars, until: end), place > offset + 2 {
                let range = (offset + 1)..<place
                guard unitEnds.length(before: place, in: scalars, from: range.lowerBound) != nil else {
                    return
                }
                readList(range, of: lines, needsEnding: true, into: &found)
                readAssisting(from: place + length, of: lines, until: limit, into: &found)
                return
            }
            place += 1
        }
    }

    /// What follows 由…牵头 in the same sentence: ，市财政局、市公安局配合.
    private static func readAssisting(
        from start: Int, of lines: ColumnLines, until limit: Int, into found: inout [String]
    ) {
        let scalars = lines.scalars
        guard start < limit, "，,、；".unicodeScalars.contains(scalars[start]) else { return }
        var end = start + 1
        while end < min(limit, start + 200), !"，,；。;\n".unicodeScalars.contains(scalars[end]) { end += 1 }
        let part = (start + 1)..<end
        guard let duty = duties.length(before: end, in: scalars, from: part.lowerBound), duty > 1,
            unitEnds.length(before: end - duty, in: scalars, from: part.lowerBound) != nil
        else { return }
        readList(part, of: lines, needsEnding: true, into: &found)
    }
}
