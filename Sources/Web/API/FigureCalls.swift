import Figures
import Hummingbird
import Office
import Records
import Rulebooks

extension APICall {
    static let figureParameters = ["region", "period", "by", "compare", "where", "limit"]
    static let mostFigureRows = 5_000

    /// The measures and indicators that may be asked for.
    func figureList() throws -> Response {
        let caller = try caller()
        _ = try query([])
        let measures = rulebook.measures.values.filter { caller.mayUse($0.kindID) }
            .sorted { $0.measure.id < $1.measure.id }.map { reference -> JSONValue in
                let measure = reference.measure
                return .object([
                    ("figure", .string(measure.id)), ("type", .string("measure")),
                    ("name", Self.both(measure.name)), ("kind", .string(reference.kindID)),
                    ("dimensions", .strings(measure.dimensions)), ("stock", .bool(measure.isStock)),
                    ("unit", measure.unit.map(Self.both) ?? .null),
                    ("href", .string(APIAddress.base + "/figures/" + measure.id)),
                ])
            }
        let indicators = rulebook.indicators.values.filter { mayUse($0, caller) }
            .sorted { $0.id < $1.id }.map { indicator -> JSONValue in
                .object([
                    ("figure", .string(indicator.id)), ("type", .string("indicator")),
                    ("name", Self.both(indicator.name)), ("unit", .optional(indicator.unit)),
                    ("href", .string(APIAddress.base + "/figures/" + indicator.id)),
                ])
            }
        return answer(.object([("items", .array(measures + indicators))]))
    }

    private func mayUse(_ indicator: Indicator, _ caller: TokenCaller) -> Bool {
        indicator.terms.values.allSatisfy { term in
            rulebook.measures[term.measure].map { caller.mayUse($0.kindID) } ?? false
        }
    }

    /// A measure or an indicator.
    func figure() throws -> Response {
        let (caller, sight) = (try caller(), try sight())
        let name = try part("name")
        let asked = try query(Self.figureParameters, many: ["where"])
        var question = try figureQuery(asked)
        let limit = try Self.number(asked, "limit", 1...Self.mostFigureRows, usually: 500)
        let service = FiguresService(office)
        let head: [(String, JSONValue?)]
        let (rows, total, count): ([JSONValue], JSONValue, Int)
        if let indicator = rulebook.indicators[name] {
            guard mayUse(indicator, caller) else { throw APIProblem.kindNotAllowed(name) }
            let result = try service.indicator(indicator, question, as: sight)
            head = [("type", .string("indicator")), ("name", .string(indicator.name.text(language)))]
            rows = result.rows.prefix(limit).map { row in
                .object(
                    key(row.key, row.label) + value(row.figure) + [
                        ("rank", row.rank.map { .integer($0) } ?? .null)
                    ])
            }
            (total, count) = (.object(value(result.total)), result.rows.count)
        } else {
            if let measure = rulebook.measures[name], !caller.mayUse(measure.kindID) {
                throw APIProblem.kindNotAllowed(measure.kindID)
            }
            question.measures = [name]
            let result = try service.figures(question, as: sight)
            let measure = result.measures.first
            head = [
                ("type", .string("measure")), ("name", .string(measure?.name.text(language) ?? name)),
                ("unit", .optional(measure?.unit?.text(language))),
            ]
            rows = result.rows.prefix(limit).map { row in
                .object(key(row.key, row.label) + (row.figures.first.map(value) ?? []))
            }
            (total, count) = (.object(result.total.figures.first.map(value) ?? []), result.rows.count)
        }
        return answer(
            .object(
                [("figure", .string(name))] + head + [
                    ("period", .optional(question.period?.description)),
                    ("comparison", .string(question.comparison.rawValue)), ("rows", .array(rows)),
                    ("count", .integer(count)), ("total", total),
                ]))
    }

    private func figureQuery(_ asked: FormFields) throws -> FigureQuery {
        var query = FigureQuery(measures: [])
        if let region = asked["region"] {
            guard let found = rulebook.regions.resolve(region) else { throw unknownRegion("region", region) }
            query.region = found.code
        }
        if let text = asked["period"] {
            guard let period = Period(text) else {
                throw APIProblem.invalid(
                    "period", "须写成 2009、2009H1、2009Q2、2009-05 或 2009-01..2009-06",
                    "must be written 2009, 2009H1, 2009Q2, 2009-05 or 2009-01..2009-06")
            }
            query.period = period
        }
        if let by = asked["by"] {
            if by == "month" {
                query.breakdown = .month
            } else if by.hasPrefix("region.") {
                query.breakdown = .regionLevel(String(by.dropFirst("region.".count)))
            } else {
                query.breakdown = .dimension(by)
            }
        }
        if let text = asked["compare"] {
            guard let comparison = Comparison(rawValue: text) else {
                throw APIProblem.invalid(
                    "compare", "须为 none、year 或 previous", "must be none, year or previous")
            }
            query.comparison = comparison
        }
        let restrictions = asked.all("where")
        guard restrictions.count <= 20, restrictions.allSatisfy({ $0.utf8.count <= 2_000 }) else {
            throw APIProblem.invalid("where", "条件过多或过长", "there are too many conditions, or one is too long")
        }
        for restriction in restrictions {
            let parts = restriction.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw APIProblem.invalid("where", "须写成 维度=值,值", "must be written DIMENSION=VALUE,VALUE")
            }
            query.restrictions[parts[0], default: []] += parts[1].split(separator: ",").map(String.init)
        }
        return query
    }

    // MARK: Rows

    private func key(_ key: FigureKey, _ label: Bilingual) -> [(String, JSONValue?)] {
        [("key", .string(key.text)), ("label", .string(label.text(language)))]
    }

    private func value(_ figure: MeasuredFigure) -> [(String, JSONValue?)] {
        func number(_ unscaled: Int64) -> JSONValue {
            .number(Rational(unscaled: unscaled, places: figure.places).text(places: figure.places))
        }
        return [
            ("value", number(figure.value)), ("undetermined", .integer(figure.undetermined)),
            ("previous", figure.previous.map(number) ?? .null),
            ("difference", figure.difference.map(number) ?? .null),
            ("change", figure.change?.rational.map { .number($0.text(places: 6)) } ?? .null),
            ("share", figure.share.map { .number($0.text(places: 6)) } ?? .null),
            ("rank", .integer(figure.rank)),
        ]
    }

    private func value(_ figure: IndicatorFigure) -> [(String, JSONValue?)] {
        func number(_ value: IndicatorValue?) -> JSONValue {
            value?.rational.map { .number($0.text(places: figure.places)) } ?? .null
        }
        var gap: JSONValue?
        if case .undefined(let why) = figure.value { gap = .string(why.reason.text(language)) }
        return [
            ("value", number(figure.value)), ("unit", .optional(figure.unit)),
            ("undetermined", .integer(figure.undetermined)), ("previous", number(figure.previous)),
            ("change_text", .optional(figure.changeText(language))), ("why_none", gap),
        ]
    }
}
