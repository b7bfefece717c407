import Figures
import Rulebooks

/// Choosing a period: a month, quarter, half, year, the months of a year so far, or any run of months.
///
/// In an address a period always stands in one way, `period=2026H1`, so that addresses can be shared. What
/// the form of a page without scripts sends (`year` and `span`, or `from` and `to`) is led on to that.
struct PeriodChooser: Sendable {
    let present: MonthIndex

    /// What an address asks for.
    enum Asked {
        case period(Period)
        /// The same address with the period written in the one way.
        case redirect(FormFields)
        case nothing
    }

    static let formNames = ["year", "span", "from", "to"]

    /// - Throws: `FigureProblem.unreadablePeriod`.
    func asked(_ fields: FormFields) throws(FigureProblem) -> Asked {
        if Self.formNames.contains(where: { fields[$0] != nil }) {
            let chosen = try chosen(fields)
            var rest = fields
            for name in Self.formNames { rest = rest.replacing(name, with: nil) }
            // A form that was sent with nothing chosen anew keeps the run of months it came with.
            guard let chosen else { return .redirect(rest) }
            return .redirect(rest.replacing("period", with: chosen.description))
        }
        guard let text = fields["period"], !text.isEmpty else { return .nothing }
        guard let period = Period(text) else { throw .unreadablePeriod(String(text.prefix(40))) }
        return .period(period)
    }

    private func chosen(_ fields: FormFields) throws(FigureProblem) -> Period? {
        let (year, span) = (fields["year"] ?? "", fields["span"] ?? "")
        if !span.isEmpty, !year.isEmpty {
            let text = span == "Y" ? year : year + (span.first?.isNumber == true ? "-" : "") + span
            guard let period = Period(text) else { throw .unreadablePeriod(String(text.prefix(40))) }
            return period
        }
        let (from, to) = (fields["from"] ?? "", fields["to"] ?? "")
        guard !from.isEmpty || !to.isEmpty else { return nil }
        let text = "\(from.isEmpty ? to : from)..\(to.isEmpty ? from : to)"
        guard let period = Period(text) else { throw .unreadablePeriod(String(text.prefix(40))) }
        return period
    }

    // MARK: What the form shows

    private static let spans =
        ["Y", "H1", "H2", "Q1", "Q2", "Q3", "Q4"] + (1...12).map { $0 < 10 ? "0\($0)" : "\($0)" }
        + (1...12).map { $0 < 10 ? "YTD-0\($0)" : "YTD-\($0)" }

    private static func span(of period: Period) -> String {
        let text = period.description
        switch period.shape {
        case .year: return "Y"
        case .month: return String(text.suffix(2))
        case .range: return ""
        default: return String(text.dropFirst(4))
        }
    }

    /// How many years before the present one can be chosen without typing.
    private static let yearsBack = 20

    /// What `part/period-fields` names.
    func values(_ period: Period, _ renderer: PageRenderer, _ language: Language) -> [String: Any] {
        let year = Months.year(period.months.lowerBound)
        let presentYear = Months.year(present)
        let years = Set(Array(max(1000, presentYear - Self.yearsBack)...presentYear + 1) + [year])
        let chosen = Self.span(of: period)
        var spans: [[String: Any]] = Self.spans.map { span in
            [
                "value": span, "selected": span == chosen,
                "label": label(of: span, year, renderer, language),
            ]
        }
        if chosen.isEmpty {
            spans.insert(
                ["value": "", "selected": true, "label": renderer.text("period_range", language)], at: 0)
        }
        let isRange = period.shape == .range
        return [
            "years": years.sorted(by: >).map {
                ["value": String($0), "selected": $0 == year] as [String: Any]
            },
            "spans": spans, "isRange": isRange, "rangeText": period.description,
            "from": isRange ? Months.text(period.months.lowerBound) : "",
            "to": isRange ? Months.text(period.months.upperBound) : "",
        ]
    }

    private func label(of span: String, _ year: Int, _ renderer: PageRenderer, _ language: Language) -> String
    {
        if span == "Y" { return renderer.text("period_year", language) }
        if span == "YTD-01" { return renderer.text("period_january", language) }
        let text = "\(year)" + (span.first?.isNumber == true ? "-" : "") + span
        guard let name = Period(text)?.name.text(language) else { return span }
        // The year stands beside it.
        if language == .zh { return name.replacing("\(year)年", with: "") }
        return name.replacing(" of \(year)", with: "").replacing(" \(year)", with: "")
    }

    /// The periods most asked for, each with its name; the one shown is marked.
    func shortcuts(_ shown: Period) -> [(key: String, period: Period, isShown: Bool)] {
        let (year, month) = (Months.year(present), Months.month(present))
        let last = present - 1
        let choices: [(String, Period?)] = [
            ("period_this_month", .month(month, of: year)),
            ("period_last_month", .month(Months.month(last), of: Months.year(last))),
            ("period_this_quarter", .quarter((month + 2) / 3, of: year)),
            ("period_this_half", .half(month <= 6 ? 1 : 2, of: year)),
            ("period_to_date", .yearToDate(month: month, of: year)),
            ("period_last_year", .year(year - 1)),
        ]
        return choices.compactMap { key, period in
            period.map { (key, $0, $0 == shown) }
        }
    }
}
