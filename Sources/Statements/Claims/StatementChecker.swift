/// Finds claims of some kinds in a text.
public protocol ClaimFinder: Sendable {
    /// The claims found, in any order. Takes time in proportion to the text's length.
    func claims(in text: ReadText) -> [Claim]
}

/// Finds every figure of a text that follows from others, and judges it.
///
/// Claims come in the order of the figures they judge. Where finders disagree about one figure from the same
/// operands, a reading that holds counts.
public struct StatementChecker: Sendable {
    private let table: TableFinder?

    /// Checks a text by itself, and against the rows of its attached table where one is given.
    public init(table: [[String]]? = nil) {
        self.table = table.map { TableFinder(table: $0) }
    }

    /// Every claim of the text, judged.
    public func check(_ text: ReadText) -> [Claim] {
        let derived = DerivedFigureFinder().claims(in: text)
        // Lists and repeated totals are both made of the sentences' segments, which are found once.
        var repeated = RepeatedTotals(text)
        let lists = ListFinder.claims(in: text) { repeated.add($0) }
        let points = EnumerationFinder().claims(in: text)
        return ClaimOrder.merged(
            [derived, lists, points, repeated.claims, table?.claims(in: text) ?? []])
    }
}

extension ListFinder: ClaimFinder {}
extension EnumerationFinder: ClaimFinder {}
extension RepetitionFinder: ClaimFinder {}
extension TableFinder: ClaimFinder {}

/// Brings the claims of several finders together.
enum ClaimOrder {
    /// The claims in the order of their figures, without those that say less than another of the same figure.
    ///
    /// Several claims of one figure stay when they are judged against different operands (均下降50%); one that
    /// cannot be verified goes when another can.
    static func merged(_ found: [[Claim]]) -> [Claim] {
        var order: [Place] = []
        order.reserveCapacity(found.reduce(0) { $0 + $1.count })
        for (finder, claims) in found.enumerated() {
            for (index, claim) in claims.enumerated() {
                order.append(
                    Place(
                        start: claim.range.lowerBound, end: claim.range.upperBound, finder: finder,
                        index: index))
            }
        }
        order.sort()
        var merged: [Claim] = []
        merged.reserveCapacity(order.count)
        var first = 0
        while first < order.count {
            let place = order[first]
            var end = first + 1
            while end < order.count, order[end].start == place.start, order[end].end == place.end { end += 1 }
            if end == first + 1 {
                merged.append(found[place.finder][place.index])
            } else {
                merged += strongest(order[first..<end].map { found[$0.finder][$0.index] })
            }
            first = end
        }
        return merged
    }

    /// Where a claim's figure stands, and which claim it is.
    private struct Place: Comparable {
        let start: Int
        let end: Int
        let finder: Int
        let index: Int

        static func < (left: Place, right: Place) -> Bool {
            if left.start != right.start { return left.start < right.start }
            return (left.end, left.finder, left.index) < (right.end, right.finder, right.index)
        }
    }

    private static func strongest(_ claims: [Claim]) -> [Claim] {
        guard claims.count > 1 else { return claims }
        let decided = claims.filter { $0.verdict != .unverifiable }
        let kept = decided.isEmpty ? Array(claims.prefix(1)) : decided
        var strongest: [Claim] = []
        for claim in kept.filter(\.verdict.isKind) + kept.filter({ !$0.verdict.isKind })
        where !strongest.contains(where: { $0.kind == claim.kind && $0.operands == claim.operands }) {
            strongest.append(claim)
        }
        return strongest
    }
}
