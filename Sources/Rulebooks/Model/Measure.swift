/// An additive count or sum over the records of a kind.
public struct Measure: Sendable {
    /// The name in indicators and reports, in lower_snake_case; unique in the rulebook.
    public let id: String
    /// The kind it counts.
    public let kindID: String
    /// The name people read.
    public let name: Bilingual
    /// The unit.
    public let unit: Bilingual?
    /// What a record contributes.
    public let value: MeasureValue
    /// The date or moment field that says in which month a record counts; nil for a stock.
    public let at: String?
    /// The fields by which it is broken down.
    public let dimensions: [String]
    /// Whether its figures are for everybody, by region and period; without this they are for staff.
    public let isPublic: Bool
    /// What the measure rests on.
    public let citations: [Citation]
    /// Where it is declared.
    public let position: SourcePosition

    /// Whether the measure says what stands now rather than what happened in a period.
    public var isStock: Bool { at == nil }
}

/// What a record contributes to a measure.
public enum MeasureValue: Sendable {
    /// One.
    case countAll
    /// One while a clock of the record is past due.
    case countOverdue
    /// One when the formula is true.
    case countWhere(Formula)
    /// The value of the formula, in units of ten to the power minus `places`.
    case sum(Formula, places: Int)
}
