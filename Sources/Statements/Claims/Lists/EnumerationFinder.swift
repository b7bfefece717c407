import Figures

/// Finds counts of points and the numbered points that follow: 以下五个方面：一是…；二是…；….
///
/// A count holds when exactly as many points follow. It is wrong only when the points stand in the count's
/// own paragraph, their numbers run on without a gap, no number occurs twice, and no further point follows.
public struct EnumerationFinder: Sendable {
    /// Makes a finder; it has no settings.
    public init() {}

    private static let units = UnitTable(
        Dictionary(
            uniqueKeysWithValues: [
                "个", "项", "条", "点", "方面", "大", "类", "种", "起", "件", "步", "招", "个方面", "个问题",
            ].map { ($0, 1) }))

    /// The claims of all counts that numbered points follow.
    public func claims(in text: ReadText) -> [Claim] {
        var claims: [Claim] = []
        var paragraph = 0
        let quantities = text.quantities
        for index in quantities.indices {
            guard counts(quantities[index]) else { continue }
            let quantity = quantities[index]
            while paragraph < text.paragraphs.count,
                text.paragraphs[paragraph].upperBound <= quantity.range.lowerBound
            {
                paragraph += 1
            }
            guard paragraph < text.paragraphs.count else { continue }
            let scan = EnumerationScan(text: text, quantity: index, paragraph: paragraph)
            if let claim = scan.claim() { claims.append(claim) }
        }
        return claims
    }

    private func counts(_ quantity: Quantity) -> Bool {
        guard quantity.sort == .amount, quantity.bound == .exact, quantity.upper == nil,
            quantity.step == .one, Self.units[quantity.unitCode] != 0
        else { return false }
        return Rational.one.isLess(than: quantity.value) && !Rational(20).isLess(than: quantity.value)
    }
}

/// One count with what follows it.
struct EnumerationScan {
    let text: ReadText
    let quantity: Int
    let paragraph: Int

    private var scalars: [Unicode.Scalar] { text.source.scalars }
    private static let numerals = "一二三四五六七八九十".unicodeScalars.map { $0 }
    /// How far behind a count its points may begin, and how far they are followed.
    private static let reach = 40
    private static let followed = 20_000

    /// How points are numbered.
    private enum Style: CaseIterable {
        /// 一是
        case isWord
        /// 一要
        case mustWord
        /// 第一，
        case ordinal
        /// （一）
        case bracket
    }

    func claim() -> Claim? {
        let stated = text.quantities[quantity]
        let range = text.paragraphs[paragraph]
        let start = stated.range.upperBound
        guard let (style, first) = beginning(start..<min(start + Self.reach, range.upperBound)) else {
            return nil
        }
        var (found, place) = (1, first + 1)
        var points = [first]
        let end = min(range.upperBound, first + Self.followed)
        while place < end {
            if found < 20, matches(style, found + 1, at: place) {
                found += 1
                points.append(place)
                place += 2
                continue
            }
            // A second first point means that points stand inside points: nothing can be counted.
            if matches(style, 1, at: place) { return nil }
            place += 1
        }
        guard end == range.upperBound, found > 1 else { return nil }
        let count = Rational(Int64(found))
        if count == stated.value { return made(stated, points, .holds) }
        let noun = start..<max(start, first - 1)
        guard Self.pointNouns.occurs(in: noun, of: scalars), noun.count <= 14 else { return nil }
        guard !continues(style, found + 1), !Self.unnumbered.occurs(in: first..<end, of: scalars) else {
            return nil
        }
        return made(stated, points, .wrong)
    }

    /// Nouns that count points of a text rather than things outside it.
    private static let pointNouns = PhraseSet(
        "方面 问题 意见 要求 特点 建议 工作 任务 措施 原因 体会 做法 感受 重点 环节 不足 短板 关系 转变 举措 经验 启示 目标 原则 点：")
    private static let unnumbered = PhraseSet("最后 此外 另外 还有 同时要 再次 首先")

    /// Where the first point begins behind a colon or full stop, with nothing countable before it.
    private func beginning(_ range: Range<Int>) -> (Style, Int)? {
        for place in range {
            let scalar = scalars[place]
            guard scalar == Mark.colon || scalar == Mark.stop || scalar == Mark.comma else { continue }
            for style in Style.allCases where matches(style, 1, at: place + 1) { return (style, place + 1) }
            if scalar != Mark.comma { return nil }
        }
        return nil
    }

    /// Whether a point with this number begins at a place behind a mark.
    private func matches(_ style: Style, _ number: Int, at place: Int) -> Bool {
        guard place > 0, place < scalars.count, Mark.parts(scalars[place - 1]) || scalars[place - 1] == " "
        else {
            return false
        }
        switch style {
        case .isWord: return reads(nil, number, "是", at: place)
        case .mustWord: return reads(nil, number, "要", at: place)
        case .ordinal: return reads("第", number, "，", at: place)
        case .bracket: return reads("（", number, "）", at: place)
        }
    }

    /// Whether a number stands at a place between two scalars.
    private func reads(
        _ before: Unicode.Scalar?, _ number: Int, _ behind: Unicode.Scalar?, at place: Int
    ) -> Bool {
        let scalars = scalars
        var place = place
        func takes(_ scalar: Unicode.Scalar) -> Bool {
            guard place < scalars.count, scalars[place] == scalar else { return false }
            place += 1
            return true
        }
        if let before, !takes(before) { return false }
        for scalar in Self.numbers[min(number, Self.numbers.count - 1)] where !takes(scalar) { return false }
        return behind.map(takes) ?? true
    }

    /// How the numbers from 0 to 20 are written; no point has the number 0.
    private static let numbers = [[]] + (1...20).map(written)

    private static func written(_ number: Int) -> [Unicode.Scalar] {
        switch number {
        case 1...10: [numerals[number - 1]]
        case 11...19: ["十", numerals[number - 11]]
        default: ["二", "十"]
        }
    }

    /// Whether one of the next paragraphs goes on with the number.
    private func continues(_ style: Style, _ number: Int) -> Bool {
        let next = text.paragraphs[min(paragraph + 1, text.paragraphs.count)...].prefix(6)
        return next.contains { range in
            let place = range.lowerBound
            return reads(nil, number, "是", at: place) || reads(nil, number, "要", at: place)
                || reads("第", number, nil, at: place) || reads("（", number, nil, at: place)
                || reads(nil, number, "、", at: place)
        }
    }

    private func made(_ stated: Quantity, _ points: [Int], _ verdict: Verdict) -> Claim {
        let printed = text.source.text(stated.range)
        let count = Rational(Int64(points.count))
        let should = Measure.text(count, as: stated, in: text.source)
        let end = points.last.map { $0 + 2 } ?? stated.range.upperBound
        return Claim(
            kind: .listCount, stated: printed, range: stated.range,
            quote: stated.range.lowerBound..<max(min(end, scalars.count), stated.range.upperBound),
            operands: points.map {
                Claim.Operand(
                    role: Phrase("所列一点", "one point"), value: .one, step: .zero, range: $0..<($0 + 2))
            },
            recomputed: count, recomputedText: should, verdict: verdict,
            explanation: verdict == .holds
                ? Phrase(
                    "文中称\(printed)，其后正好列了\(points.count)点。",
                    "The text says \(printed), and \(points.count) points follow.")
                : Phrase(
                    "文中称\(printed)，其后只列了\(points.count)点。请核对是否应为\(should)，或有漏列、多列。",
                    "The text says \(printed), but \(points.count) points follow. Check whether it should be \(should) "
                        + "or a point is missing or too many."))
    }
}
