/// The period and the region that a sentence names at its head.
enum PeriodWords {
    /// The words of a period at the head of a stretch: 2011年10月, 上半年, 1-8月, 今年以来.
    static func leading(_ range: Range<Int>, of scalars: [Unicode.Scalar]) -> Range<Int>? {
        var start = range.lowerBound
        while start < range.upperBound, Mark.isSpace(scalars[start]) { start += 1 }
        var end = start
        while end < range.upperBound, end - start < 24, belongs(scalars[end]) { end += 1 }
        while end > start, !closes(scalars[end - 1]) { end -= 1 }
        return end > start ? start..<end : nil
    }

    /// Whether two periods may be the same: equal, or one leaves out the year that the other names.
    static func agree(_ first: String, _ second: String) -> Bool {
        if first == second { return true }
        if first.isEmpty || second.isEmpty { return false }
        let (long, short) = first.count > second.count ? (first, second) : (second, first)
        guard long.hasSuffix(short), let cut = long.dropLast(short.count).last else { return false }
        // 10月 of 2011年10月, but not 0月 of 10月.
        return cut == "年"
    }

    /// The region or body named before 共, 有 or 发生: 全国, 全省, 浙江省; empty when none is.
    static func scope(_ range: Range<Int>, of text: ReadText) -> String {
        let scalars = text.source.scalars
        var start = range.lowerBound
        while start < range.upperBound, Mark.parts(scalars[start]) || scalars[start] == " " { start += 1 }
        var end = start
        while end < range.upperBound, end - start < 12 {
            let scalar = scalars[end]
            if scalar == "共" || scalar == "有" || scalar == "累" || scalar == "合" {
                return text.source.text(start..<end)
            }
            if scalar == "发", end + 1 < range.upperBound, scalars[end + 1] == "生" {
                return text.source.text(start..<end)
            }
            if Mark.parts(scalar) { break }
            end += 1
        }
        if let length = ListWords.scope.length(at: start, before: range.upperBound, in: scalars) {
            return text.source.text(start..<(start + length))
        }
        return ""
    }

    private static func belongs(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "年", "月", "日", "份", "上", "下", "半", "季", "度", "前", "第", "至", "-", "—", "–", "～", "~",
            "到", "全", "今", "去", "本", "截", "止", "底", "末", "以", "来", "初", "旬", "期", "间", "同", "一", "二", "三",
            "四",
            "五", "六", "七", "八", "九", "十", "〇", "○", "零", "◯", " ", ".":
            true
        default: false
        }
    }

    private static func closes(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "年", "月", "日", "度", "期", "来", "底", "末", "初", "旬", "份", "间": true
        default: false
        }
    }
}
