import Figures
import Office
import Rulebooks

/// Puts figures into the words and numbers of pages.
struct FigureWords: Sendable {
    let renderer: PageRenderer
    let language: Language

    private func text(_ key: String, _ values: [String: String] = [:]) -> String {
        renderer.text(key, values, language)
    }

    // MARK: Numbers

    /// A decimal in digits with its thousands set apart: `-1,234.50`.
    static func grouped(_ decimal: String) -> String {
        let isNegative = decimal.hasPrefix("-")
        let parts = (isNegative ? decimal.dropFirst() : decimal[...]).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first else { return decimal }
        var groups: [Substring] = []
        var rest = whole
        while rest.utf8.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        return (isNegative ? "−" : "") + groups.joined(separator: ",")
            + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// A number rounded once, half away from zero; — for none.
    func number(_ value: Rational?, places: Int) -> String {
        value.map { Self.grouped($0.text(places: places)) } ?? "—"
    }

    func number(_ figure: SubjectFigure) -> String { number(figure.value, places: figure.places) }

    /// The unit that stands after a number, nil after a dash.
    func unit(_ figure: SubjectFigure) -> String? {
        figure.value == nil ? nil : figure.unit?.text(language)
    }

    /// A number with its unit as a sentence has it: 23起, 93.65%, 23 incidents.
    func amount(_ value: Rational?, like figure: SubjectFigure) -> String {
        let number = number(value, places: figure.places)
        guard value != nil, let unit = figure.unit?.text(language) else { return number }
        return number + (language == .zh || unit == "%" ? "" : " ") + unit
    }

    /// A number beside another that has the unit already; a percentage keeps its sign.
    private func short(_ value: Rational, like figure: SubjectFigure) -> String {
        figure.unit?.zh == "%" ? amount(value, like: figure) : number(value, places: figure.places)
    }

    // MARK: Changes

    /// How a figure changed: words, their tone and their sign. Nil without comparison.
    func change(_ figure: SubjectFigure, _ comparison: Comparison, better: Better?) -> [String: Any]? {
        guard figure.isCompared, figure.value != nil, figure.previous != nil else { return nil }
        let direction = figure.direction
        var values: [String: Any] = ["text": changeText(figure, comparison), "tone": "none"]
        if let direction, direction != 0 {
            values["icon"] = direction > 0 ? "up" : "down"
            if let better { values["tone"] = (better == .higher) == (direction > 0) ? "done" : "late" }
        }
        return values
    }

    /// 下降17.86%, 持平, 上年同期为零; of a percentage by 百分点.
    func changeText(_ figure: SubjectFigure, _ comparison: Comparison) -> String {
        switch figure {
        case .indicator(let figure): return figure.changeText(language) ?? ""
        case .measure(let measured, _):
            guard let change = measured.change else { return "" }
            guard case .rate(let rate) = change else { return change.text(language, comparison) }
            return text(
                rate.isNegative ? "change_fell" : "change_rose", ["rate": rate.magnitude.percentText()])
        }
    }

    /// The change in a column of a table: −17.86%, 持平, and — from zero.
    func changeCell(_ figure: SubjectFigure) -> String {
        switch figure {
        case .indicator(let figure): return figure.changeText(language) ?? "—"
        case .measure(let measured, _):
            return (measured.change?.tableText(language) ?? "—").replacing("-", with: "−")
        }
    }

    /// What a figure is compared with: 上年同期28起，减少5起.
    func comparedText(_ figure: SubjectFigure, _ comparison: Comparison) -> String? {
        guard figure.isCompared else { return nil }
        guard let previous = figure.previous else { return text("before_none") }
        var words = text(
            comparison == .previous ? "before_previous" : "before_year",
            ["value": amount(previous, like: figure), "number": short(previous, like: figure)])
        if case .measure = figure, let difference = figure.difference, !difference.isZero {
            let magnitude = difference.magnitude
            words += text(
                difference.isNegative ? "difference_fewer" : "difference_more",
                ["value": amount(magnitude, like: figure), "number": short(magnitude, like: figure)])
        }
        return words
    }

    /// What could not be counted; nil when everything could.
    func undetermined(_ figure: SubjectFigure) -> String? {
        guard figure.undetermined > 0 else { return nil }
        return text("undetermined", ["count": Self.grouped(String(figure.undetermined))])
    }

    // MARK: Months

    /// A month above a column or below a chart: 3月; with its year at the beginning and in January.
    func month(_ month: MonthIndex, isFirst: Bool) -> String {
        let number = Months.month(month)
        let year = Months.year(month)
        if language == .zh { return isFirst || number == 1 ? "\(year)年\(number)月" : "\(number)月" }
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let name = names[min(max(number - 1, 0), 11)]
        return isFirst || number == 1 ? "\(name) \(year)" : name
    }

    /// A month by its whole name: 2009年5月.
    func wholeMonth(_ month: MonthIndex) -> String {
        Period.month(Months.month(month), of: Months.year(month))?.name.text(language) ?? Months.text(month)
    }

    func months(_ range: ClosedRange<MonthIndex>) -> [String] {
        range.map { month($0, isFirst: $0 == range.lowerBound) }
    }
}

extension Rational {
    /// The nearest number of 64 bits: for the place of a point in a picture, never for a figure.
    var approximate: Double { Double(numerator) / Double(denominator) }
}
