import Figures
import Office
import Rulebooks

/// The addresses of dashboards and of the explorer: every choice stands in them, so that they can be shared.
struct FigureAddress: Sendable {
    let rulebook: Rulebook

    /// A dashboard of a region, "" for everywhere.
    ///
    /// - Parameter board: nil for the first that the visitor may see.
    func dashboard(_ region: String, _ period: Period?, board: String?) -> String {
        var fields = FormFields()
        if let period { fields.append("period", period.description) }
        if let board { fields.append("board", board) }
        let path = region.isEmpty ? "/dashboard" : "/dashboard/" + rulebook.regions.prefix(region)
        return path + (fields.pairs.isEmpty ? "" : "?" + fields.encoded)
    }

    /// A question to the explorer.
    func explorer(_ question: FigureQuestion) -> String { "/figures?" + fields(question).encoded }

    /// The explorer about a subject of the rulebook.
    func explorer(
        _ subject: FigureSubject, _ region: String, _ period: Period,
        _ arrangement: FigureQuestion.Arrangement, _ comparison: Comparison
    ) -> String {
        var restrictions: [String: [String]] = [:]
        var asked = subject
        if case .measure(let term) = subject {
            restrictions = term.restrictions
            asked = .measure(IndicatorTerm(measure: term.measure))
        }
        return explorer(
            FigureQuestion(
                subject: asked, region: region, period: period, arrangement: arrangement,
                comparison: comparison, restrictions: restrictions))
    }

    /// A question as the fields of an address; what is as usual is left out.
    func fields(_ question: FigureQuestion) -> FormFields {
        var fields = FormFields()
        fields.append("figure", Self.name(of: question.subject))
        if !question.region.isEmpty { fields.append("region", rulebook.regions.prefix(question.region)) }
        fields.append("period", question.period.description)
        if question.arrangement != .whole { fields.append("by", Self.name(of: question.arrangement)) }
        if question.comparison != .none { fields.append("compare", question.comparison.rawValue) }
        for (dimension, values) in question.restrictions.sorted(by: { $0.key < $1.key }) {
            for value in values { fields.append("where." + dimension, value) }
        }
        return fields
    }

    /// `measure.incidents`, `indicator.hazard-closure-rate`: a measure and an indicator may have the same
    /// name.
    static func name(of subject: FigureSubject) -> String {
        switch subject {
        case .measure(let term): "measure." + term.measure
        case .indicator(let id): "indicator." + id
        }
    }

    static func name(of arrangement: FigureQuestion.Arrangement) -> String {
        switch arrangement {
        case .whole: "none"
        case .months: "month"
        case .regions: "region"
        case .regionsByMonth: "region-month"
        case .dimension(let name): "dimension." + name
        }
    }
}
