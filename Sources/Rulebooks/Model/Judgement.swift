/// A table that decides one thing from the facts of a record: 判定表.
///
/// Rows are tried from the top and the first that holds gives the result. A row above it that is
/// undetermined leaves the result unsettled.
public struct Judgement: Sendable {
    /// The id.
    public let id: String
    /// The name people read.
    public let name: Bilingual
    /// The kind whose fields the rows read.
    public let kindID: String
    /// The versions in order of time.
    public let versions: [Dated<JudgementTable>]
    /// Where it is declared.
    public let position: SourcePosition
}

/// One version of a judgement.
public struct JudgementTable: Sendable {
    /// The rows from the top.
    public let rows: [JudgementRow]
    /// What is given when no row holds; nil leaves the result empty.
    public let otherwise: String?
}

/// A row of a judgement.
public struct JudgementRow: Sendable {
    /// What the row gives: an item of the judged field's code list.
    public let give: String
    /// When it gives it.
    public let formula: Formula
    /// The clause it rests on.
    public let clause: String?
    /// What a person reads as the reason.
    public let say: Bilingual?
}
