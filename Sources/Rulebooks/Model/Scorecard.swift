import Expressions

/// Weighted items that make a score and a grade: a checklist, a credit score, an assessment.
public struct Scorecard: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The kind whose fields the items read.
    public let kindID: String
    /// The versions in order of time.
    public let versions: [Dated<ScorecardTable>]
    /// Where it is declared.
    public let position: SourcePosition
}

/// One version of a scorecard.
public struct ScorecardTable: Sendable {
    /// The points everyone starts with.
    public let base: ExactDecimal
    /// The items in order.
    public let items: [ScorecardItem]
    /// The grades from the highest.
    public let grades: [ScorecardGrade]
}

/// An item of a scorecard.
public struct ScorecardItem: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The points, negative to deduct.
    public let points: Formula
    /// When the item applies; nil means always.
    public let when: Formula?
    /// The least the item may give.
    public let minimum: ExactDecimal?
    /// The most the item may give.
    public let maximum: ExactDecimal?
    /// What the item rests on.
    public let citations: [Citation]
}

/// A grade and the score from which it is given.
public struct ScorecardGrade: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The least score.
    public let from: ExactDecimal
}
