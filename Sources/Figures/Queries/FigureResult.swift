import Rulebooks

/// How a figure changed against the one it is compared with.
public enum RateOfChange: Hashable, Sendable {
    /// The change divided by the previous value: -5/28 when 28 became 23.
    case rate(Rational)
    /// The previous value was zero and this one is not: there is no rate, and never an infinite one.
    case fromZero
    /// Both are the same, zeros included.
    case unchanged

    /// Works out the change between two values.
    public init(from previous: Int64, to value: Int64) {
        if value == previous {
            self = .unchanged
        } else if previous == 0 {
            self = .fromZero
        } else if let rate = try? Rational(Int128(value) - Int128(previous), over: Int128(previous.magnitude))
        {
            self = .rate(rate)
        } else {
            // Differences of 64-bit numbers always fit 127 bits.
            self = .unchanged
        }
    }

    /// The rate; zero when unchanged, nil from zero.
    public var rational: Rational? {
        switch self {
        case .rate(let rate): rate
        case .fromZero: nil
        case .unchanged: .zero
        }
    }

    /// The change as a sentence or cell says it: 17.86%, 上年同期为零, 持平.
    ///
    /// The sign is left to the words 上升 and 下降 that stand before it; `signedText` keeps it.
    public func text(_ language: Language, _ comparison: Comparison, style: PercentStyle = .communique)
        -> String
    {
        switch self {
        case .rate(let rate): rate.magnitude.percentText(style)
        case .fromZero: Self.fromZeroText(comparison).text(language)
        case .unchanged: language == .zh ? "持平" : "unchanged"
        }
    }

    /// The change in a column of a table: -17.86%, 持平, and — from zero.
    public func tableText(_ language: Language, style: PercentStyle = .communique) -> String {
        switch self {
        case .rate(let rate): rate.percentText(style)
        case .fromZero: "—"
        case .unchanged: language == .zh ? "持平" : "unchanged"
        }
    }

    static func fromZeroText(_ comparison: Comparison) -> Bilingual {
        comparison == .previous
            ? Bilingual(zh: "上期为零", en: "none in the period before")
            : Bilingual(zh: "上年同期为零", en: "none in the same period last year")
    }
}

/// What a row of a figure is about.
public enum FigureKey: Hashable, Sendable {
    /// Everything asked for.
    case whole
    /// A month.
    case month(MonthIndex)
    /// A region, by its code of twelve digits.
    case region(String)
    /// A value of a dimension; "" where none is on file.
    case value(String)

    /// The key as a text: a month as `yyyy-MM`, a code, a value; "" for the whole.
    public var text: String {
        switch self {
        case .whole: ""
        case .month(let index): Months.text(index)
        case .region(let code): code
        case .value(let value): value
        }
    }
}

/// The figure of one measure in one row.
public struct MeasuredFigure: Hashable, Sendable {
    /// The measure.
    public let measure: String
    /// The decimal places of `value`, `previous` and `difference`: they are in units of ten to the minus that.
    public let places: Int
    /// The sum.
    public let value: Int64
    /// How many records may count but lack a fact to tell by, undated ones among them.
    public let undetermined: Int64
    /// The sum compared with; nil without comparison.
    public let previous: Int64?
    /// The undetermined records of the period compared with.
    public let previousUndetermined: Int64
    /// `value` less `previous`; nil without comparison.
    public let difference: Int64?
    /// The share of the total of all rows, between 0 and 1 for counts; nil when the total is zero.
    public internal(set) var share: Rational?
    /// The place among the rows by value, the largest first: 1, 2, 2, 4; 1 in a single row.
    public internal(set) var rank: Int

    init(
        measure: MeasureDescription, value: Int64, undetermined: Int64, previous: Int64?,
        previousUndetermined: Int64
    ) throws(FigureProblem) {
        (self.measure, places) = (measure.id, measure.places)
        (self.value, self.undetermined) = (value, undetermined)
        (self.previous, self.previousUndetermined) = (previous, previousUndetermined)
        if let previous {
            let (difference, overflow) = value.subtractingReportingOverflow(previous)
            guard !overflow else { throw .overflow(measure: measure.id) }
            self.difference = difference
        } else {
            difference = nil
        }
        (share, rank) = (nil, 1)
    }

    /// How it changed; nil without comparison.
    public var change: RateOfChange? { previous.map { RateOfChange(from: $0, to: value) } }
    /// The value as a fraction, in the measure's own unit.
    public var exact: Rational { Rational(unscaled: value, places: places) }
    /// The value with the measure's decimal places.
    public var text: String { exact.text(places: places) }
    /// Whether neither this period nor the one compared with has anything.
    public var isEmpty: Bool {
        value == 0 && (previous ?? 0) == 0 && undetermined == 0 && previousUndetermined == 0
    }
}

/// One row of a figure.
public struct FigureRow: Hashable, Sendable {
    /// What the row is about.
    public let key: FigureKey
    /// How it is called.
    public let label: Bilingual
    /// The figures, in the order of the measures asked for.
    public internal(set) var figures: [MeasuredFigure]

    /// The figure of a measure.
    public subscript(measure: String) -> MeasuredFigure? { figures.first { $0.measure == measure } }
}

/// The answer to a query.
public struct FigureResult: Hashable, Sendable {
    /// The question.
    public let query: FigureQuery
    /// The measures, in the order asked for.
    public let measures: [MeasureDescription]
    /// The rows, in the natural order of their keys; a single one without breakdown.
    public let rows: [FigureRow]
    /// Everything together: the sum of the rows.
    public let total: FigureRow

    /// The row of a key.
    public func row(_ key: FigureKey) -> FigureRow? { rows.first { $0.key == key } }
}

extension FigureResult {
    /// The same answer with other rows, such as the ten largest. The total stays.
    public func replacing(rows: [FigureRow]) -> FigureResult {
        FigureResult(query: query, measures: measures, rows: rows, total: total)
    }
}
