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
        ("0"..."9").contains(scalar) || belonging.contains(scalar)
    }

    private static let belonging: ScalarSet = "年月日份上下半季度前第至-—–～~到全今去本截止底末以来初旬期间同一二三四五六七八九十〇○零◯ ."
    private static let closing: ScalarSet = "年月日度期来底末初旬份间"

    private static func closes(_ scalar: Unicode.Scalar) -> Bool { closing.contains(scalar) }
}
