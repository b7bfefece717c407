import Figures

/// What a sentence says before a list begins: the counts and totals that the list may have to meet.
struct ListHead {
    /// How the list is introduced, which decides how much of the whole it promises.
    enum Opening: Hashable {
        /// 分别是, 依次是: all of it.
        case complete
        /// A colon behind what is counted.
        case colon
        /// 其中, 包括: perhaps all of it, perhaps not.
        case partial
        /// 按类型划分: all of it when the rest is among its members.
        case divided
    }

    let opening: Opening
    /// Where it stands, from its sentence's beginning to the introducing word.
    let range: Range<Int>
    /// Where the introducing word stands.
    let introducer: Range<Int>
    /// The segments in front of the introducing word, the last one cut off there.
    let segments: [Segment]
    /// The index among `segments` behind the last semicolon: what comes before is said of something else.
    let nearest: Int
    /// The words of the period at its head.
    let period: String
    /// The region or body it speaks of.
    let scope: String
    /// Whether words say that the list is a selection.
    let isSelective: Bool

    /// The figures outside brackets in the part of the sentence that the list stands in.
    var figures: [Int] { segments[nearest...].flatMap(\.figures) }

    /// All figures outside brackets in front of the list.
    var allFigures: [Int] { segments.flatMap(\.figures) }
}

extension ListHead {
    /// How many segments in front of a list belong to its head at most.
    private static let lookedBack = 24

    /// Reads the head of a list whose introducing word stands in a segment.
    init(
        _ opening: Opening, introducer: Range<Int>, segments all: [Segment], from first: Int, to index: Int,
        in text: ReadText
    ) {
        let scalars = text.source.scalars
        // A sentence without end must not be copied for every list in it.
        let start = max(first, index - Self.lookedBack)
        var segments = Array(all[start..<min(index + 1, all.count)])
        if let last = segments.indices.last {
            let end = max(segments[last].range.lowerBound, introducer.lowerBound)
            segments[last].range = segments[last].range.lowerBound..<min(end, segments[last].range.upperBound)
            segments[last].figures.removeAll { text.quantities[$0].range.lowerBound >= end }
            segments[last].bracketFigures.removeAll { text.quantities[$0].range.lowerBound >= end }
        }
        let semicolon = segments.dropLast().lastIndex { $0.mark == Mark.semicolon }
        let nearest = semicolon.map { $0 + 1 } ?? 0
        let begin = segments.isEmpty ? introducer.lowerBound : segments[nearest].range.lowerBound
        let range = begin..<max(begin, introducer.lowerBound)
        self.opening = opening
        self.introducer = introducer
        self.segments = segments
        self.nearest = nearest
        self.range = range
        let period = PeriodWords.leading(range, of: scalars)
        self.period = period.map { text.source.text($0) } ?? ""
        scope = PeriodWords.scope((period?.upperBound ?? begin)..<range.upperBound, of: text)
        isSelective = Self.isSelective(segments, nearest, introducer, scalars)
    }

    private static func isSelective(
        _ segments: [Segment], _ nearest: Int, _ introducer: Range<Int>, _ scalars: [Unicode.Scalar]
    ) -> Bool {
        guard let last = segments[nearest...].last else { return false }
        let start = last.range.lowerBound
        let range = start..<max(start, introducer.lowerBound)
        return ListWords.selective.occurs(in: range, of: scalars)
            || ListWords.selectiveEnding.length(endingAt: range.upperBound, notBefore: start, in: scalars)
                != nil
    }
}
