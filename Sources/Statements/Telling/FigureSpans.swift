/// Where the claims of a document stand in the text as it came.
public struct FigureSpans: Sendable {
    /// A stretch of the original that is a stated figure, an operand, or both.
    public struct Span: Hashable, Sendable {
        /// Where it stands, in scalars of the original.
        public let range: Range<Int>
        /// The indexes of the claims that state this figure, the most urgent verdict first.
        public let claims: [Int]
        /// The verdict of the most urgent one.
        public let verdict: Verdict?
    }

    /// The spans in order, none overlapping another. Of two that overlap, the one with a claim stays, then
    /// the earlier one; its claims are joined with those of the other.
    public let spans: [Span]

    /// Finds the spans of claims; operands only when asked for.
    public init(_ claims: [Claim], in source: SourceText, withOperands: Bool) {
        var found: [Span] = []
        found.reserveCapacity(claims.count)
        for (index, claim) in claims.enumerated() {
            let range = source.originalRange(claim.range)
            if !range.isEmpty { found.append(Span(range: range, claims: [index], verdict: claim.verdict)) }
            guard withOperands else { continue }
            for operand in claim.operands {
                guard let place = operand.range else { continue }
                let range = source.originalRange(place)
                if !range.isEmpty { found.append(Span(range: range, claims: [], verdict: nil)) }
            }
        }
        found.sort(by: Self.precedes)
        spans = Self.withoutOverlaps(found, claims)
    }

    private static func precedes(_ left: Span, _ right: Span) -> Bool {
        if left.range.lowerBound != right.range.lowerBound {
            return left.range.lowerBound < right.range.lowerBound
        }
        if left.claims.isEmpty != right.claims.isEmpty { return !left.claims.isEmpty }
        return left.range.upperBound > right.range.upperBound
    }

    private static func withoutOverlaps(_ sorted: [Span], _ claims: [Claim]) -> [Span] {
        var spans: [Span] = []
        spans.reserveCapacity(sorted.count)
        for span in sorted {
            guard let last = spans.last, span.range.lowerBound < last.range.upperBound else {
                spans.append(span)
                continue
            }
            if span.claims.isEmpty { continue }
            // What a claim states is worth more than what another is computed from.
            let range = last.claims.isEmpty ? span.range : last.range
            let joined = (last.claims + span.claims).sorted {
                (claims[$0].verdict.urgency, $0) < (claims[$1].verdict.urgency, $1)
            }
            spans[spans.count - 1] = Span(
                range: range, claims: joined, verdict: joined.first.map { claims[$0].verdict })
        }
        return spans
    }

    /// The index of the first span that does not begin before a place.
    func firstIndex(from place: Int) -> Int {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].range.lowerBound < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
