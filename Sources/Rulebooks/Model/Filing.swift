/// What the public may file without an account: a record of the kind with these fields and no others.
///
/// Whoever files gets a receipt code; by it the state, the running deadlines and what `shows` and `documents` name
/// can be followed, and nothing else.
public struct Filing: Sendable {
    /// What the page and its button say: 我要投诉举报.
    public let name: Bilingual
    /// What to know before filing; nil when there is nothing.
    public let advice: Bilingual?
    /// What whoever files has to agree to; nil when nothing is asked.
    public let consent: Bilingual?
    /// Fields that must be given.
    public let asks: [String]
    /// Fields that may be given. Names and telephones here, rather than in `asks`, let people stay anonymous.
    public let may: [String]
    /// Fields that the receipt shows, never personal ones.
    public let shows: [String]
    /// The documents that the receipt shows once they are issued.
    public let documents: [String]
    /// How many filings one address may make in a day.
    public let perDay: Int
    /// What the filing rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition

    /// Every field that may be filed.
    public var fields: Set<String> { Set(asks + may) }
}
