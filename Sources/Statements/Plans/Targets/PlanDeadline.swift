/// The words of a plan that say by when: 年底前, 到2015年, 6月底前, “十四五”末.
struct PlanDeadline: Hashable, Sendable {
    /// Where the words stand, with 到 and 在 before them.
    let range: Range<Int>
    /// The words as printed, without 到 and 在.
    let text: String
    /// The year it names, where it names one.
    let year: Int?
}

extension PlanDeadline {
    private static let prefixes = PlanWordList("到 至 在 于 力争到 力争在 确保在 确保到 争取到 争取在 截止到 截至到")
    private static let soFar = PlanWordList("截止 截至 截止到 截至到")
    private static let namedYears = PlanWordList("今年 本年 明年 当年 本年度 后年 次年")
    private static let parts = PlanWordList(
        """
        年底 年末 年终 底 末 终 上半年 下半年 上旬 中旬 下旬 前三季度 一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度 1季度 2季度 3季度 4季度 期末 时期末
        期间 初 年初 年中 季度末 半年 全年 月底 月末
        """)
    private static let ends = PlanWordList("底 末 终 之前 以前 前 止 内 以内 之内")

    /// The words that begin at an offset, if they say by when.
    static func read(at offset: Int, in scalars: [Unicode.Scalar], until limit: Int) -> PlanDeadline? {
        let limit = min(limit, scalars.count)
        let prefix = prefixes.length(at: offset, in: scalars, until: limit) ?? 0
        let start = offset + prefix
        var reader = Reader(scalars: scalars, limit: limit, place: start)
        reader.year()
        reader.partsOfYear()
        guard reader.place > start else { return nil }
        let hasEnd = reader.endWord()
        // 2012年, 在2012年 and 3月5日 with nothing else are dates; 到2015年 and 3月5日前 say by when.
        let isReached = reader.hasYear && prefix > 0 && "到至".unicodeScalars.contains(scalars[start - 1])
        guard hasEnd || reader.hasEndingPart || isReached else { return nil }
        let text = scalars.compactText(start..<reader.place)
        return PlanDeadline(range: offset..<reader.place, text: text, year: reader.yearNumber)
    }

    /// The first deadline in a stretch of text.
    static func first(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> PlanDeadline? {
        let range = range.clamped(to: 0..<scalars.count)
        var offset = range.lowerBound
        while offset < range.upperBound {
            if let deadline = candidate(at: offset, in: scalars, until: range.upperBound) { return deadline }
            offset += 1
        }
        return nil
    }

    /// All deadlines in a stretch of text.
    static func all(in range: Range<Int>, of scalars: [Unicode.Scalar]) -> [PlanDeadline] {
        let range = range.clamped(to: 0..<scalars.count)
        var found: [PlanDeadline] = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            if let deadline = candidate(at: offset, in: scalars, until: range.upperBound) {
                found.append(deadline)
                offset = deadline.range.upperBound
            } else {
                offset += 1
            }
        }
        return found
    }

    /// What begins at an offset, unless the offset is inside a number or a longer word.
    private static func candidate(
        at offset: Int, in scalars: [Unicode.Scalar], until limit: Int
    ) -> PlanDeadline? {
        switch scalars[offset] {
        case "到", "至", "在", "于", "力", "确", "争", "截", "今", "本", "明", "当", "后", "次", "“", "十", "上", "下",
            "年", "第", "一", "二", "三", "四", "0"..."9", "前":
            break
        default:
            return nil
        }
        if offset > 0 {
            let before = scalars[offset - 1]
            if PlanScalar.isDigit(scalars[offset]), PlanScalar.isDigit(before) || before == "." { return nil }
            // 2014年年底 begins with its year; 3年底 and 每年底 are no dates of their own.
            if scalars[offset] == "年", PlanScalar.isDigit(before) { return nil }
            if PlanScalar.chineseDigit(scalars[offset]) != nil, PlanScalar.chineseDigit(before) != nil {
                return nil
            }
        }
        guard let deadline = read(at: offset, in: scalars, until: limit) else { return nil }
        return tellsOfPast(deadline, in: scalars, until: limit) ? nil : deadline
    }

    /// 截至6月底 and 至6月底已完成 tell how things stood.
    private static func tellsOfPast(
        _ deadline: PlanDeadline, in scalars: [Unicode.Scalar], until limit: Int
    ) -> Bool {
        let start = deadline.range.lowerBound
        for end in start...min(start + 3, deadline.range.upperBound)
        where soFar.length(before: end, in: scalars, from: max(0, start - 3)) != nil {
            return true
        }
        let end = deadline.range.upperBound
        return end < limit && (scalars[end] == "已" || scalars[end] == "共")
    }

    /// Reads the parts of a deadline one behind the other.
    private struct Reader {
        let scalars: [Unicode.Scalar]
        let limit: Int
        var place: Int
        var yearNumber: Int?
        var hasYear = false
        var hasPart = false
        var hasEndingPart = false

        /// 2015年, 今年, “十四五”.
        mutating func year() {
            if let length = PlanDeadline.namedYears.length(at: place, in: scalars, until: limit) {
                place += length
                hasYear = true
                return
            }
            var (end, number) = (place, 0)
            while end < limit, end - place < 4, PlanScalar.isDigit(scalars[end]) {
                number = number * 10 + Int(scalars[end].value - 0x30)
                end += 1
            }
            if end - place == 4, end < limit, scalars[end] == "年", (1949...2100).contains(number) {
                place = end + 1
                (yearNumber, hasYear) = (number, true)
                return
            }
            fiveYears()
        }

        /// “十四五” with and without its quotation marks.
        private mutating func fiveYears() {
            var end = place
            let isQuoted = end < limit && scalars[end] == "“"
            if isQuoted { end += 1 }
            let start = end
            while end < limit, end - start < 4,
                PlanScalar.chineseDigit(scalars[end]) != nil || scalars[end] == "十"
            {
                end += 1
            }
            guard end - start >= 2, scalars[start] == "十", scalars[end - 1] == "五" else { return }
            if isQuoted {
                guard end < limit, scalars[end] == "”" else { return }
                end += 1
            }
            place = end
            hasYear = true
        }

        /// 底, 6月底, 3月15日, 上半年, 第三季度.
        mutating func partsOfYear() {
            if let length = PlanDeadline.parts.length(at: place, in: scalars, until: limit) {
                let word = String(String.UnicodeScalarView(scalars[place..<(place + length)]))
                guard hasYear || length > 1 else { return }
                place += length
                hasPart = true
                hasEndingPart = ["底", "末", "终", "中"].contains { word.hasSuffix($0) }
                return
            }
            month()
        }

        private mutating func month() {
            guard let end = digits(at: place), end < limit, scalars[end] == "月" else { return }
            place = end + 1
            hasPart = true
            if place < limit, scalars[place] == "份" { place += 1 }
            if place < limit, scalars[place] == "底" || scalars[place] == "末" {
                place += 1
                hasEndingPart = true
            } else if let end = digits(at: place), end < limit, scalars[end] == "日" || scalars[end] == "号" {
                place = end + 1
            } else if let length = PlanDeadline.parts.length(at: place, in: scalars, until: limit),
                length == 2
            {
                place += length
            }
        }

        private func digits(at offset: Int) -> Int? {
            var end = offset
            while end < limit, end - offset < 2, PlanScalar.isDigit(scalars[end]) { end += 1 }
            if end == offset {
                while end < limit, end - offset < 2,
                    PlanScalar.chineseDigit(scalars[end]) != nil || scalars[end] == "十"
                {
                    end += 1
                }
            }
            return end > offset ? end : nil
        }

        mutating func endWord() -> Bool {
            guard hasYear || hasPart,
                let length = PlanDeadline.ends.length(at: place, in: scalars, until: limit)
            else { return false }
            // 2013年内 says when; 前 before 列 or 三 is another word: 年前列, 6月前三.
            if place + length < limit, scalars[place + length - 1] == "前",
                "列三五十茅景提沿期".unicodeScalars.contains(scalars[place + length])
            {
                return false
            }
            place += length
            if let more = PlanDeadline.ends.length(at: place, in: scalars, until: limit) { place += more }
            return true
        }
    }
}
