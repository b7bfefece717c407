import Expressions
import Figures
import Office
import Rulebooks

/// Puts the answer to a question of the explorer into what its template names.
struct ExplorerPage {
    let site: Site
    let answer: FigureAnswer
    let asked: ExplorerQuestion
    let notes: [String]
    let language: Language

    private var words: FigureWords { FigureWords(renderer: site.renderer, language: language) }
    private var address: FigureAddress { FigureAddress(rulebook: site.rulebook) }
    private var question: FigureQuestion { answer.question }
    private var rulebook: Rulebook { site.rulebook }
    private var service: DashboardService { DashboardService(site.office) }

    /// The most rows shown; the file has them all.
    private static let mostRows = 200
    /// The most months drawn.
    private static let mostMonths = 120

    private func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    private var isStock: Bool { asked.measures(of: question.subject).allSatisfy(\.isStock) }

    private var better: Better? {
        guard case .indicator(let id) = question.subject else { return nil }
        return rulebook.indicators[id]?.better
    }

    func values() -> [String: Any] {
        let name = rulebook.name(of: question.subject).text(language)
        let region = site.regionName(answer.region, question.period, language)
        var notes = notes
        var values: [String: Any] = [
            "title": "\(region) \(name) \(question.period.name.text(language))", "heading": name,
            "subheading":
                ([region, isStock ? text("stands_now") : question.period.name.text(language)]
                + restrictionNames()).joined(separator: " · "),
            "figure": figure(), "form": form(),
            "asOf": text(
                "figures_as_of",
                [
                    "moment": site.momentText(answer.asOf, language),
                    "size": FigureWords.grouped(String(answer.ledgerSize)),
                ]),
            "rulebookName": rulebook.name.text(language) + " " + rulebook.version,
            "definition": definition(), "crumbs": crumbs(),
        ]
        if asked.sight.actor.permissions.contains(.export) {
            values["fileHref"] = "/figures.csv?" + address.fields(question).encoded
        }
        values["recordsHref"] = recordsAddress()
        if question.period.months.contains(service.presentMonth), question.comparison != .none {
            notes.append(text("note_unfinished", ["day": Describing(site, language).day(site.office.today)]))
        }
        arrange(&values, &notes)
        values["notes"] = notes
        return values
    }

    /// The figure of the whole, large.
    private func figure() -> [String: Any] {
        var values: [String: Any] = ["value": words.number(answer.total)]
        values["unit"] = words.unit(answer.total)
        values["change"] = words.change(answer.total, question.comparison, better: better)
        values["detail"] = words.comparedText(answer.total, question.comparison)
        if let gap = answer.total.gap { values["detail"] = gap.reason.text(language) }
        values["note"] = words.undetermined(answer.total)
        return values
    }

    // MARK: Chart and table

    private func arrange(_ values: inout [String: Any], _ notes: inout [String]) {
        let name = rulebook.name(of: question.subject).text(language)
        switch question.arrangement {
        case .whole: break
        case .months: values["course"] = course(name, &notes)
        case .regionsByMonth:
            if answer.months.count < question.period.monthCount {
                notes.append(text("note_last_months", ["count": String(answer.months.count)]))
            }
            values["heat"] = heat(name)
        case .regions, .dimension: values["bars"] = bars(name, &notes)
        }
    }

    private func course(_ name: String, _ notes: inout [String]) -> [String: Any]? {
        let dated = answer.rows.filter { row in
            if case .month(let month) = row.key { return month >= 12 }
            return false
        }.suffix(Self.mostMonths)
        guard case .month(let first)? = dated.first?.key, case .month(let last)? = dated.last?.key,
            first <= last
        else { return nil }
        if dated.count < question.period.monthCount {
            notes.append(text("note_last_months", ["count": String(dated.count)]))
        }
        var courses = [
            FigureCourse(name: text("line_now"), isEarlier: false, figures: dated.map(\.figure))
        ]
        if question.comparison != .none {
            courses.append(
                FigureCourse(
                    name: text(question.comparison == .previous ? "line_previous" : "line_year_before"),
                    isEarlier: true, figures: dated.map { Self.earlier($0.figure) }))
        }
        var values = FigureCourse.values(
            courses, id: "course", title: name, months: first...last, words, isWide: true)
        if question.comparison != .none {
            values["columns"] = courses.map { ["label": $0.name] } + [["label": text("column_change")]]
            values["rows"] = dated.map { row in
                [
                    "label": row.label.text(language),
                    "cells": [
                        words.number(row.figure),
                        words.number(row.figure.previous, places: row.figure.places),
                        words.changeCell(row.figure),
                    ].map { ["text": $0] },
                ] as [String: Any]
            }
        }
        return values
    }

    /// The figure that another is compared with, as one of its own.
    private static func earlier(_ figure: SubjectFigure) -> SubjectFigure {
        .indicator(
            IndicatorFigure(
                unit: nil, places: figure.places,
                value: figure.previous.map(IndicatorValue.value) ?? .undefined(.missingTerm(""))))
    }

    private func bars(_ name: String, _ notes: inout [String]) -> [String: Any] {
        var rows = answer.rows.filter { !$0.figure.isEmpty || isListedRegion($0.key) }
        if case .regions = question.arrangement {
            rows.sort { ($0.place ?? .max, $0.key.text) < ($1.place ?? .max, $1.key.text) }
        } else {
            rows = rows.enumerated().sorted {
                ($0.element.place ?? .max, $0.offset) < ($1.element.place ?? .max, $1.offset)
            }.map(\.element)
        }
        if rows.count > Self.mostRows {
            notes.append(text("rows_more", ["count": String(rows.count - Self.mostRows)]))
        }
        let table = BarTable(
            rows: rows.prefix(Self.mostRows).map { row in
                BarTable.Row(
                    label: row.label.text(language), href: href(of: row.key), figure: row.figure,
                    share: row.share, place: row.place)
            }, total: answer.total, comparison: question.comparison, better: better,
            showsShare: answer.rows.contains { $0.share != nil })
        return table.values(words, caption: name, heading: arrangementName(question.arrangement))
    }

    private func isListedRegion(_ key: FigureKey) -> Bool {
        if case .region = key { return true }
        return false
    }

    /// The same question about one row.
    private func href(of key: FigureKey) -> String? {
        var next = question
        switch key {
        case .region(let code):
            guard code != answer.region, rulebook.regions.region(code) != nil else { return nil }
            next.region = code
            if service.levelBelow(code) == nil { next.arrangement = isStock ? .whole : .months }
        case .value(let value):
            guard !value.isEmpty, case .dimension(let name) = question.arrangement else { return nil }
            next.restrictions[name] = [value]
            next.arrangement = isStock ? .regions : .months
        default: return nil
        }
        return address.explorer(next)
    }

    private func heat(_ name: String) -> [String: Any] {
        let rows = answer.rows.map { row in
            HeatTable.Row(
                label: row.label.text(language), href: href(of: row.key), figures: row.byMonth,
                whole: row.figure)
        }
        return HeatTable(rows: rows, months: answer.months, total: [], whole: answer.total).values(
            words, caption: name, heading: text("column_region"))
    }

    // MARK: Around the figures

    /// The list of the records that were counted, where lists can be asked for just those: all of a period,
    /// or the overdue.
    private func recordsAddress() -> String? {
        guard case .measure(let term) = question.subject, let reference = rulebook.measures[term.measure],
            let kind = rulebook.kind(reference.kindID), asked.sight.sees(kind)
        else { return nil }
        var fields = FormFields()
        switch reference.measure.value {
        case .countAll, .sum: break
        case .countOverdue: fields.append("overdue", "true")
        case .countWhere: return nil
        }
        if !answer.region.isEmpty { fields.append("region_within", rulebook.regions.prefix(answer.region)) }
        if let at = reference.measure.at {
            fields.append(at + ".from", question.period.firstDay.description)
            fields.append(at + ".to", question.period.lastDay.description)
        }
        for (dimension, values) in question.restrictions.sorted(by: { $0.key < $1.key }) {
            guard values.count == 1, let value = values.first, let field = kind.field(dimension) else {
                return nil
            }
            switch field.type {
            case .code, .boolean: fields.append(dimension, value)
            default: return nil
            }
        }
        return "/records/\(kind.id)?" + fields.encoded
    }

    private func crumbs() -> [[String: Any]] {
        let above = service.regionsAbove(answer.region, as: asked.sight)
        guard !above.isEmpty else { return [] }
        return above.map { code -> [String: Any] in
            var next = question
            next.region = code
            return [
                "label": site.regionName(code, question.period, language), "href": address.explorer(next),
                "current": false,
            ]
        } + [["label": site.regionName(answer.region, question.period, language), "current": true]]
    }

    private func restrictionNames() -> [String] {
        guard let measure = asked.measures(of: question.subject).first else { return [] }
        return question.restrictions.sorted { $0.key < $1.key }.map { dimension, values in
            let name = rulebook.dimensionName(dimension, of: measure.id)?.text(language) ?? dimension
            let words = values.map { value in
                rulebook.valueName(
                    value, dimension: dimension, of: measure.id, on: question.period.lastDay)?.text(language)
                    ?? value
            }
            return name + text("colon") + words.joined(separator: language == .zh ? "、" : ", ")
        }
    }

    /// How the figure is reckoned, from the rulebook.
    private func definition() -> [[String: Any]] {
        var rows: [[String: Any]] = []
        func add(_ key: String, _ value: String) { rows.append(["label": text(key), "text": value]) }
        switch question.subject {
        case .measure(let term):
            guard let reference = rulebook.measures[term.measure] else { return [] }
            if let kind = rulebook.kind(reference.kindID) { add("defined_kind", kind.name.text(language)) }
            if let at = reference.measure.at, let kind = rulebook.kind(reference.kindID) {
                add("defined_month", kind.field(at)?.name.text(language) ?? at)
            }
            add("defined_id", term.measure)
        case .indicator(let id):
            guard let indicator = rulebook.indicators[id] else { return [] }
            add("defined_formula", indicator.source)
            for (name, term) in indicator.terms.sorted(by: { $0.key < $1.key }) {
                rows.append([
                    "label": name,
                    "text": rulebook.measures[term.measure]?.measure.name.text(language) ?? term.measure,
                ])
            }
            for citation in indicator.citations { add("defined_source", citation.title) }
        }
        return rows
    }

    private func arrangementName(_ arrangement: FigureQuestion.Arrangement) -> String {
        switch arrangement {
        case .whole: text("by_none")
        case .months: text("by_month")
        case .regions: text("by_region")
        case .regionsByMonth: text("by_region_month")
        case .dimension(let name):
            asked.measures(of: question.subject).first.flatMap {
                rulebook.dimensionName(name, of: $0.id)?.text(language)
            } ?? name
        }
    }

    // MARK: The form

    private func form() -> [String: Any] {
        var values = PeriodChooser(present: service.presentMonth).values(
            question.period, site.renderer, language)
        values["groups"] = subjectGroups()
        values["regions"] = regionChoices()
        values["arrangements"] = asked.arrangements(question.subject, answer.region, isStock).map { choice in
            [
                "value": FigureAddress.name(of: choice), "label": arrangementName(choice),
                "selected": choice == question.arrangement,
            ] as [String: Any]
        }
        values["comparisons"] = Comparison.allCases.map { comparison in
            [
                "value": comparison.rawValue, "label": text("compare_" + comparison.rawValue),
                "selected": comparison == question.comparison,
            ] as [String: Any]
        }
        values["isDated"] = !isStock
        values["kept"] = address.fields(question).replacing("period", with: nil).pairs.map {
            ["name": $0.name, "value": $0.value]
        }
        values["dimensions"] = dimensionChoices()
        return values
    }

    /// Measures by their kind, then indicators.
    private func subjectGroups() -> [[String: Any]] {
        let chosen = FigureAddress.name(of: question.subject)
        func option(_ subject: FigureSubject) -> [String: Any] {
            let value = FigureAddress.name(of: subject)
            return [
                "value": value, "label": rulebook.name(of: subject).text(language),
                "selected": value == chosen,
            ]
        }
        var groups = rulebook.kindOrder.compactMap(rulebook.kind).filter { !$0.measures.isEmpty }.map {
            kind in
            [
                "label": kind.name.text(language),
                "options": kind.measures.map { option(.measure(IndicatorTerm(measure: $0.id))) },
            ] as [String: Any]
        }
        if !rulebook.indicators.isEmpty {
            groups.insert(
                [
                    "label": text("indicators"),
                    "options": rulebook.indicators.keys.sorted().map { option(.indicator($0)) },
                ], at: 0)
        }
        return groups
    }

    /// The region itself, those above that may be seen, and those below.
    private func regionChoices() -> [[String: Any]] {
        let regions = rulebook.regions
        let above = service.regionsAbove(answer.region, as: asked.sight)
        let below =
            answer.region.isEmpty
            ? regions.codes(ofLevel: regions.levels.first?.id ?? "") : regions.children(answer.region)
        func option(_ code: String, _ mark: String) -> [String: Any] {
            [
                "value": code.isEmpty ? "" : regions.prefix(code), "selected": code == answer.region,
                "label": mark + site.regionName(code, question.period, language),
            ]
        }
        return above.map { option($0, "") } + [option(answer.region, "")]
            + below.prefix(Self.mostRows).map { option($0, "　") }
    }

    /// The dimensions whose values are listed somewhere.
    private func dimensionChoices() -> [[String: Any]] {
        guard let measure = asked.measures(of: question.subject).first else { return [] }
        let day = question.period.lastDay
        return asked.dimensions(of: question.subject).compactMap { dimension in
            let chosen = question.restrictions[dimension] ?? []
            var listed = rulebook.values(dimension: dimension, of: measure.id, on: day)
            listed += chosen.filter { !listed.contains($0) }
            guard !listed.isEmpty, listed.count <= Self.mostRows else { return nil }
            return [
                "id": "where-" + dimension, "name": "where." + dimension,
                "label": rulebook.dimensionName(dimension, of: measure.id)?.text(language) ?? dimension,
                "options": listed.map { value in
                    [
                        "value": value, "selected": chosen.contains(value),
                        "label": rulebook.valueName(value, dimension: dimension, of: measure.id, on: day)?
                            .text(language) ?? value,
                    ] as [String: Any]
                },
            ]
        }
    }
}
