/// The words between a figure and what it measures: 不低于, 控制在, 均达到, 同比下降.
struct FigureHead {
    enum Verb: Hashable {
        case reaching
        case limiting
        case rising
        case falling
    }

    /// What the words make of the figure; `nil` when they leave it as it is.
    private(set) var comparison: PlanTarget.Comparison?
    /// Whether the figure is only about right: 约.
    private(set) var isAbout = false
    private(set) var verb: Verb?
    /// Where the verb stands.
    private(set) var verbRange: Range<Int>?
    /// What the figure is per: 千人 of 每千人4批次.
    private(set) var per: Range<Int>?
    /// Whether 分别 stands there, which gives every name of a list its own figure.
    private(set) var isRespective = false
    /// Whether 均 or 都 stands there, which gives every name of a list this one.
    private(set) var isCommon = false
    /// Where the words begin and the name ends.
    private(set) var start: Int

    /// Reads backwards from a figure, no further than a limit.
    init(before figure: Int, in scalars: [Unicode.Scalar], from limit: Int) {
        start = figure
        var steps = 0
        while steps < 8 {
            while start > limit, PlanScalar.isSpace(scalars[start - 1]) { start -= 1 }
            guard step(scalars, limit) else { break }
            steps += 1
        }
    }

    /// Takes the longest word that ends where the head begins so far.
    private mutating func step(_ scalars: [Unicode.Scalar], _ limit: Int) -> Bool {
        var best: (length: Int, take: (inout FigureHead, Range<Int>) -> Void)?
        func offer(_ list: PlanWordList, _ take: @escaping (inout FigureHead, Range<Int>) -> Void) {
            guard let length = list.length(before: start, in: scalars, from: limit) else { return }
            if length > (best?.length ?? 0) { best = (length, take) }
        }
        offer(PlanVocabulary.atLeast) { head, _ in head.compare(.atLeast) }
        offer(PlanVocabulary.atMost) { head, _ in head.compare(.atMost) }
        offer(PlanVocabulary.above) { head, _ in head.compare(.above) }
        offer(PlanVocabulary.below) { head, _ in head.compare(.below) }
        offer(PlanVocabulary.about) { head, _ in head.isAbout = true }
        if verb == nil {
            offer(PlanVocabulary.limiting) { head, range in head.take(.limiting, range) }
            offer(PlanVocabulary.falling) { head, range in head.take(.falling, range) }
            offer(PlanVocabulary.rising) { head, range in head.take(.rising, range) }
            offer(PlanVocabulary.reaching) { head, range in
                head.take(.reaching, range)
                head.isRespective = head.isRespective || scalars[range].starts(with: "分别".unicodeScalars)
            }
        }
        offer(PlanVocabulary.fillers) { head, range in
            head.isRespective = head.isRespective || scalars[range].elementsEqual("分别".unicodeScalars)
            head.isCommon =
                head.isCommon || scalars[range].elementsEqual("均".unicodeScalars)
                || scalars[range].elementsEqual("都".unicodeScalars)
        }
        if let best {
            let range = (start - best.length)..<start
            best.take(&self, range)
            start = range.lowerBound
            return true
        }
        return takePer(scalars, limit)
    }

    private mutating func compare(_ new: PlanTarget.Comparison) {
        if comparison == nil { comparison = new }
    }

    private mutating func take(_ new: Verb, _ range: Range<Int>) {
        (verb, verbRange) = (new, range)
    }

    /// 每千人, 每万户: what the figure is counted per.
    private mutating func takePer(_ scalars: [Unicode.Scalar], _ limit: Int) -> Bool {
        guard per == nil else { return false }
        var place = start
        while place > limit, start - place < 10 {
            place -= 1
            if scalars[place] == "每" {
                guard place + 1 < start else { return false }
                per = (place + 1)..<start
                start = place
                return true
            }
            let isBase =
                PlanScalar.isDigit(scalars[place]) || PlanScalar.chineseDigit(scalars[place]) != nil
                || "十百千万亿元人名口户家个台辆平方公里工时常住居民".unicodeScalars.contains(scalars[place])
            guard isBase else { return false }
        }
        return false
    }
}

/// The words behind a figure: 以上, 以内, 左右, /千人.
struct FigureTail {
    private(set) var comparison: PlanTarget.Comparison?
    private(set) var isAbout = false
    /// What the figure is per: 千人 of 4批次/千人.
    private(set) var per: Range<Int>?
    private(set) var end: Int

    private static let atLeast = PlanWordList("以上 及以上 （含）以上 以上（含） 或以上 以上（含本数） 及其以上")
    private static let atMost = PlanWordList("以内 之内 （含）以内 及以下 （含）以下 或以下 以内（含） 范围内")
    private static let below = PlanWordList("以下 之下")
    private static let about = PlanWordList("左右 上下 许")

    init(behind figure: Int, in scalars: [Unicode.Scalar], until limit: Int) {
        end = figure
        if end < limit, scalars[end] == "/" || scalars[end] == "／" {
            var stop = end + 1
            while stop < limit, stop - end <= 8, !PlanScalar.isClauseMark(scalars[stop]),
                scalars[stop] != "、", scalars[stop] != "以", scalars[stop] != "及"
            {
                stop += 1
            }
            per = (end + 1)..<stop
            end = stop
        }
        while end < limit, PlanScalar.isSpace(scalars[end]) { end += 1 }
        if let length = Self.atLeast.length(at: end, in: scalars, until: limit) {
            take(.atLeast, length)
        } else if let length = Self.atMost.length(at: end, in: scalars, until: limit) {
            take(.atMost, length)
        } else if let length = Self.below.length(at: end, in: scalars, until: limit) {
            take(.below, length)
        } else if let length = Self.about.length(at: end, in: scalars, until: limit) {
            isAbout = true
            end += length
        }
    }

    private mutating func take(_ new: PlanTarget.Comparison, _ length: Int) {
        comparison = new
        end += length
    }
}
