import Rulebooks

/// An indicator for one region, period or item, with what it is compared with.
public struct IndicatorFigure: Hashable, Sendable {
    /// The unit, "%" for percentages; nil for a bare number.
    public let unit: String?
    /// The decimal places it is printed with.
    public let places: Int
    /// What it comes to.
    public let value: IndicatorValue
    /// What it came to in the period compared with; nil without comparison.
    public let previous: IndicatorValue?
    /// How many records of its terms lack a fact to tell by.
    public let undetermined: Int64

    /// Makes a figure.
    public init(
        unit: String?, places: Int, value: IndicatorValue, previous: IndicatorValue? = nil,
        undetermined: Int64 = 0
    ) {
        (self.unit, self.places, self.value) = (unit, places, value)
        (self.previous, self.undetermined) = (previous, undetermined)
    }

    /// The value with its unit, rounded once, half up: 93.65%; — when it has none.
    public var text: String {
        guard let number = value.rational else { return "—" }
        return number.text(places: places) + (unit ?? "")
    }

    /// The difference to the period compared with, exactly; nil when either has no value.
    public var difference: Rational? {
        guard let now = value.rational, let before = previous?.rational else { return nil }
        return try? now.subtracting(before)
    }

    /// How it changed, in words: a percentage by 百分点, anything else by a rate.
    ///
    /// 提高0.28个百分点, 下降12.5%, 持平; up 0.28 percentage points. The difference is taken before rounding. Nil
    /// without comparison; — when either side has no value, and when a rate would be one from zero.
    public func changeText(_ language: Language) -> String? {
        guard previous != nil else { return nil }
        guard let difference else { return "—" }
        if difference.isZero { return language == .zh ? "持平" : "unchanged" }
        let isRise = !difference.isNegative
        if unit == "%" {
            let points = difference.magnitude.text(places: places)
            return language == .zh
                ? "\(isRise ? "提高" : "下降")\(points)个百分点"
                : "\(isRise ? "up" : "down") \(points) percentage points"
        }
        guard let before = previous?.rational, !before.isZero,
            let rate = try? difference.divided(by: before.magnitude)
        else { return "—" }
        let percent = rate.magnitude.percentText()
        return language == .zh ? "\(isRise ? "上升" : "下降")\(percent)" : "\(isRise ? "up" : "down") \(percent)"
    }
}

/// One row of an indicator.
public struct IndicatorRow: Hashable, Sendable {
    /// What the row is about.
    public let key: FigureKey
    /// How it is called.
    public let label: Bilingual
    /// The figure.
    public let figure: IndicatorFigure
    /// The place among the rows, the best first where the indicator says what is better, else the largest; nil
    /// without a value.
    public internal(set) var rank: Int?
}

/// The answer to a question for an indicator.
public struct IndicatorResult: Hashable, Sendable {
    /// The indicator.
    public let indicatorID: String
    /// The rows, in the natural order of their keys; a single one without breakdown.
    public let rows: [IndicatorRow]
    /// The indicator of everything together, which is no sum of the rows.
    public let total: IndicatorFigure
}

extension IndicatorResult {
    /// The same answer with other rows. The total stays.
    public func replacing(rows: [IndicatorRow]) -> IndicatorResult {
        IndicatorResult(indicatorID: indicatorID, rows: rows, total: total)
    }
}
