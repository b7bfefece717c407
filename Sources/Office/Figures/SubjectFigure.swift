import Figures
import Rulebooks

/// The figure of a measure or of an indicator, told the same way.
public enum SubjectFigure: Hashable, Sendable {
    case measure(MeasuredFigure, unit: Bilingual?)
    case indicator(IndicatorFigure)

    /// The exact value; nil where an indicator has none.
    public var value: Rational? {
        switch self {
        case .measure(let figure, _): figure.exact
        case .indicator(let figure): figure.value.rational
        }
    }

    /// The exact value of the period compared with; nil without comparison, and where an indicator had none.
    public var previous: Rational? {
        switch self {
        case .measure(let figure, _):
            figure.previous.map { Rational(unscaled: $0, places: figure.places) }
        case .indicator(let figure): figure.previous?.rational
        }
    }

    /// Whether it stands beside an earlier figure, be it one without a value.
    public var isCompared: Bool {
        switch self {
        case .measure(let figure, _): figure.previous != nil
        case .indicator(let figure): figure.previous != nil
        }
    }

    /// The decimal places it is printed with.
    public var places: Int {
        switch self {
        case .measure(let figure, _): figure.places
        case .indicator(let figure): figure.places
        }
    }

    /// The unit; `%` stands directly after the number.
    public var unit: Bilingual? {
        switch self {
        case .measure(_, let unit): unit
        case .indicator(let figure): figure.unit.map { Bilingual(zh: $0, en: $0) }
        }
    }

    /// How many records may count but lack a fact to tell by.
    public var undetermined: Int64 {
        switch self {
        case .measure(let figure, _): figure.undetermined
        case .indicator(let figure): figure.undetermined
        }
    }

    /// Why an indicator has no value.
    public var gap: IndicatorGap? {
        if case .indicator(let figure) = self, case .undefined(let gap) = figure.value { return gap }
        return nil
    }

    /// The exact difference to the figure compared with; nil when either has no value.
    public var difference: Rational? {
        guard let value, let previous else { return nil }
        return try? value.subtracting(previous)
    }

    /// Whether it rose (1), fell (-1) or stayed (0) against what it is compared with; nil when that cannot
    /// be told.
    public var direction: Int? {
        difference.map { $0.isZero ? 0 : $0.isNegative ? -1 : 1 }
    }

    /// Whether nothing was counted, then or now.
    public var isEmpty: Bool {
        switch self {
        case .measure(let figure, _): figure.isEmpty
        case .indicator(let figure):
            figure.value.rational == nil && figure.previous?.rational == nil && figure.undetermined == 0
        }
    }
}
