/// What a tally cell counts: a measure, in a month, in a region, for one item of each dimension.
public struct TallyKey: Hashable, Sendable {
    /// The measure, or its shadow (see `Tally.shadow(of:)`).
    public let measure: String
    /// The month, or `Months.none` for a stock and for what has no date.
    public let month: MonthIndex
    /// The region of the record, padded to twelve digits.
    public let region: String
    /// The value of each dimension of the measure, in the order it declares them; "" where none is on file.
    public let dimensions: [String]

    /// Makes a key.
    public init(measure: String, month: MonthIndex, region: String, dimensions: [String]) {
        (self.measure, self.month, self.region, self.dimensions) = (measure, month, region, dimensions)
    }

    /// Keys are equal when every byte is, as databases compare: `==` of texts would also equate normalised forms.
    public static func == (left: TallyKey, right: TallyKey) -> Bool {
        left.month == right.month && left.dimensions.count == right.dimensions.count
            && left.measure.utf8.elementsEqual(right.measure.utf8)
            && left.region.utf8.elementsEqual(right.region.utf8)
            && zip(left.dimensions, right.dimensions).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}

/// A cell of the tallies: a key and the sum of what all records contribute to it.
public struct TallyCell: Hashable, Sendable {
    /// What is counted.
    public let key: TallyKey
    /// The sum; for a measure with decimal places, in units of ten to the power minus the places.
    public let value: Int64

    /// Makes a cell of a key.
    public init(key: TallyKey, value: Int64) {
        (self.key, self.value) = (key, value)
    }

    /// Makes a cell of its parts.
    public init(measure: String, month: MonthIndex, region: String, dimensions: [String], value: Int64) {
        key = TallyKey(measure: measure, month: month, region: region, dimensions: dimensions)
        self.value = value
    }

    /// The measure or shadow.
    public var measure: String { key.measure }
    /// The month, or `Months.none`.
    public var month: MonthIndex { key.month }
    /// The region, twelve digits.
    public var region: String { key.region }
    /// The values of the dimensions.
    public var dimensions: [String] { key.dimensions }
}

/// Rules about tallies that everything which stores or reads them shares.
public enum Tally {
    /// The measure under which records are counted whose contribution cannot be told: `incidents?`.
    ///
    /// A record of which a fact is missing is not quietly left out of a figure: it is counted here, so that the
    /// figure can say how many are undetermined. No measure's own name can end so.
    public static func shadow(of measure: String) -> String { measure + "?" }

    /// Whether a name is that of a shadow.
    public static func isShadow(_ name: String) -> Bool { name.hasSuffix("?") }

    /// What must be added to stored cells when a record's contribution changes; nothing that comes to zero.
    ///
    /// Contributions of one record lie within ±2^62, so a difference always fits.
    public static func delta(old: [TallyKey: Int64], new: [TallyKey: Int64]) -> [TallyKey: Int64] {
        var result = new
        for (key, value) in old {
            let difference = (result[key] ?? 0).subtractingReportingOverflow(value).partialValue
            result[key] = difference == 0 ? nil : difference
        }
        return result.filter { $0.value != 0 }
    }
}
