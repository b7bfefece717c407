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
    private let finders: [any ClaimFinder]

    /// Checks a text by itself, and against the rows of its attached table where one is given.
    public init(table: [[String]]? = nil) {
        let inText: [any ClaimFinder] = [
            DerivedFigureFinder(), ListFinder(), EnumerationFinder(), RepetitionFinder(),
        ]
        finders = inText + (table.map { [TableFinder(table: $0)] } ?? [])
    }

    /// Every claim of the text, judged.
    public func check(_ text: ReadText) -> [Claim] {
        ClaimOrder.merged(finders.map { $0.claims(in: text) })
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
        let all = found.joined().enumerated().sorted {
            ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
                < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
        }.map(\.element)
        var merged: [Claim] = []
        var start = 0
        while start < all.count {
            var end = start + 1
            while end < all.count, all[end].range == all[start].range { end += 1 }
            merged += strongest(Array(all[start..<end]))
            start = end
        }
        return merged
    }

    private static func strongest(_ claims: [Claim]) -> [Claim] {
        guard claims.count > 1 else { return claims }
        let decided = claims.filter { $0.verdict != .unverifiable }
        let kept = decided.isEmpty ? Array(claims.prefix(1)) : decided
        var seen: Set<Seen> = []
        return kept.sorted { $0.verdict.isKind && !$1.verdict.isKind }.filter { claim in
            seen.insert(Seen(kind: claim.kind, operands: claim.operands)).inserted
        }
    }

    /// What makes two claims of one figure the same.
    private struct Seen: Hashable {
        let kind: Claim.Kind
        let operands: [Claim.Operand]
    }
}
