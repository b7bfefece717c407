/// How many claims have which verdict.
public struct ClaimTally: Hashable, Sendable {
    private var counts: [Verdict: Int] = [:]

    /// Nothing counted yet.
    public init() {}

    /// Counts claims.
    public init(_ claims: [Claim]) {
        for claim in claims { counts[claim.verdict, default: 0] += 1 }
    }

    /// How many claims have a verdict.
    public subscript(verdict: Verdict) -> Int { counts[verdict] ?? 0 }

    /// How many claims there are.
    public var total: Int { counts.values.reduce(0, +) }

    /// Adds the claims of another document.
    public mutating func add(_ other: ClaimTally) { counts.merge(other.counts) { $0 + $1 } }

    /// All in one line: `46 claims: 30 hold, 3 cut off, 3 wrong, 10 cannot be verified`. What is zero is left
    /// out.
    public var summary: Phrase {
        guard total > 0 else { return Phrase("没有可以核对的数字", "No claims to check") }
        let order: [Verdict] = [.holds, .truncated, .explained, .wrong, .unverifiable]
        let present = order.filter { self[$0] > 0 }
        let chinese = present.map { "\($0.name.chinese) \(self[$0])" }.joined(separator: "，")
        let english = present.map { "\(self[$0]) \(Self.english($0, self[$0]))" }.joined(separator: ", ")
        return Phrase("\(total) 处：\(chinese)", "\(total) \(total == 1 ? "claim" : "claims"): \(english)")
    }

    private static func english(_ verdict: Verdict, _ count: Int) -> String {
        verdict == .holds && count != 1 ? "hold" : verdict.name.english
    }
}
