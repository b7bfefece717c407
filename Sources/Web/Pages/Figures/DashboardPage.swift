import Expressions
import Figures
import Office
import Records
import Rulebooks

/// Puts a dashboard that was filled with figures into what its template names.
struct DashboardPage {
    let site: Site
    let reading: DashboardReading
    let boards: [Dashboard]
    let sight: Sight
    let language: Language

    var words: FigureWords { FigureWords(renderer: site.renderer, language: language) }
    var address: FigureAddress { FigureAddress(rulebook: site.rulebook) }
    private var service: DashboardService { DashboardService(site.office) }
    private var period: Period { reading.period }

    /// The board as addresses name it: the first need not be named.
    private var boardName: String? {
        boards.first?.id == reading.dashboard.id ? nil : reading.dashboard.id
    }

    func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    private func comparison(_ comparison: DashboardComparison?) -> Comparison {
        switch comparison {
        case .year: .year
        case .previous: .previous
        case nil: .none
        }
    }

    /// The address of the same dashboard of another region.
    func boardAddress(_ region: String) -> String { address.dashboard(region, period, board: boardName) }

    func values() -> [String: Any] {
        let region = site.regionName(reading.region, period, language)
        let name = reading.dashboard.name.text(language)
        var values: [String: Any] = [
            "title": "\(region) \(name) \(period.name.text(language))",
            "heading": region + (language == .zh ? "" : " · ") + name,
            "regionLabel": region, "periodName": period.name.text(language),
            "crumbs": crumbs(), "below": regionsBelow(), "hasBelow": !regionsBelow().isEmpty,
            "hasBoards": boards.count > 1, "boards": boardLinks(),
            "chooser": chooser(), "notes": notes(),
            "tiles": reading.tiles.map(tile), "quotas": reading.quotas.map(quota),
            "hasQuotas": !reading.quotas.isEmpty,
            "trends": reading.trends.enumerated().map { trend($1, at: $0) },
            "breakdowns": reading.breakdowns.enumerated().map { breakdown($1, at: $0) },
            "rankings": reading.rankings.enumerated().compactMap { ranking($1, at: $0) },
            "standings": standings(), "hasStandings": reading.rankings.contains { $0.standing != nil },
            "heats": reading.heat.enumerated().map { heat($1, at: $0) },
            "lists": reading.lists.enumerated().map { list($1, at: $0) },
            "asOf": text(
                "figures_as_of",
                [
                    "moment": site.momentText(reading.asOf, language),
                    "size": FigureWords.grouped(String(reading.ledgerSize)),
                ]),
            "rulebookName": site.rulebook.name.text(language) + " " + site.rulebook.version,
        ]
        if let subject = reading.dashboard.tiles.first?.subject {
            values["explorerHref"] = address.explorer(subject, reading.region, period, .months, .year)
        }
        return values
    }

    // MARK: Around the figures

    private func crumbs() -> [[String: Any]] {
        let above = service.regionsAbove(reading.region, as: sight)
        guard !above.isEmpty else { return [] }
        return above.map { code in
            ["label": site.regionName(code, period, language), "href": boardAddress(code), "current": false]
        } + [["label": site.regionName(reading.region, period, language), "current": true]]
    }

    /// The regions right below, whether or not anything was counted there.
    private func regionsBelow() -> [[String: Any]] {
        let regions = site.rulebook.regions
        let below = reading.region.isEmpty ? regions.roots : regions.children(reading.region)
        return below.map { code in
            ["label": regions.name(code)?.text(language) ?? code, "href": boardAddress(code)]
        }
    }

    private func boardLinks() -> [[String: Any]] {
        boards.enumerated().map { index, board in
            [
                "label": board.name.text(language), "current": board.id == reading.dashboard.id,
                "href": address.dashboard(reading.region, period, board: index == 0 ? nil : board.id),
            ]
        }
    }

    private func chooser() -> [String: Any] {
        let chooser = PeriodChooser(present: service.presentMonth)
        var values = chooser.values(period, site.renderer, language)
        values["action"] =
            reading.region.isEmpty
            ? "/dashboard" : "/dashboard/" + site.rulebook.regions.prefix(reading.region)
        values["kept"] = boardName.map { [["name": "board", "value": $0]] } ?? []
        values["shortcuts"] = chooser.shortcuts(period).map { key, period, isShown in
            [
                "label": text(key), "current": isShown,
                "href": address.dashboard(reading.region, period, board: boardName),
            ] as [String: Any]
        }
        return values
    }

    private func notes() -> [String] {
        var notes: [String] = []
        if period.months.contains(service.presentMonth) {
            notes.append(text("note_unfinished", ["day": Describing(site, language).day(site.office.today)]))
        } else if period.months.lowerBound > service.presentMonth {
            notes.append(text("note_future"))
        }
        return notes
    }

    // MARK: Figures

    private func name(_ subject: FigureSubject, _ own: Bilingual?) -> String {
        (own ?? site.rulebook.name(of: subject)).text(language)
    }

    private func isStock(_ subject: FigureSubject) -> Bool {
        guard case .measure(let term) = subject else { return false }
        return site.rulebook.measures[term.measure]?.measure.isStock ?? false
    }

    private func better(_ subject: FigureSubject, _ own: Better?) -> Better? {
        if case .indicator(let id) = subject { return site.rulebook.indicators[id]?.better }
        return own
    }

    private func tile(_ reading: DashboardReading.TileReading) -> [String: Any] {
        let (tile, figure) = (reading.tile, reading.figure)
        let comparison = comparison(tile.compare)
        var values: [String: Any] = [
            "label": name(tile.subject, tile.name), "value": words.number(figure),
            "href": address.explorer(
                tile.subject, self.reading.region, period, isStock(tile.subject) ? .regions : .months,
                comparison),
        ]
        values["unit"] = words.unit(figure)
        values["change"] = words.change(figure, comparison, better: better(tile.subject, tile.better))
        values["detail"] = words.comparedText(figure, comparison)
        if isStock(tile.subject) { values["detail"] = text("stands_now") }
        if figure.gap != nil {
            values["change"] = nil
            values["detail"] = text("no_value")
        }
        values["note"] = words.undetermined(figure)
        return values
    }

    private func quota(_ quota: DashboardReading.QuotaReading) -> [String: Any] {
        let figure = SubjectFigure.measure(
            quota.used, unit: site.rulebook.measures[quota.quota.term.measure]?.measure.unit)
        let isOver = quota.used.exact > Rational(quota.limit)
        let isAhead = zip(quota.share, quota.elapsed).map { $0 > $1 } ?? false
        let year = Months.year(quota.months.upperBound)
        var values: [String: Any] = [
            "label": quota.quota.name.text(language), "used": words.number(figure),
            "limitText": text(
                "quota_limit",
                ["year": String(year), "limit": words.amount(Rational(quota.limit), like: figure)]),
            "share": quota.share?.percentText() ?? "—",
            "shareText": text(
                "quota_share",
                ["share": quota.share?.percentText() ?? "—", "elapsed": quota.elapsed?.percentText() ?? "—"]),
            "bar": Self.width(quota.share), "mark": Self.width(quota.elapsed),
            "tone": isOver ? "late" : isAhead ? "soon" : "done",
            "verdict": text(isOver ? "quota_over" : isAhead ? "quota_ahead" : "quota_within"),
            "href": address.explorer(
                .measure(quota.quota.term), reading.region, period, .months, .year),
            "sources": quota.citations.map { citation -> [String: Any] in
                ["title": citation.title, "unverified": !citation.verified]
            },
        ]
        values["unit"] = words.unit(figure)
        return values
    }

    private func zip(_ left: Rational?, _ right: Rational?) -> (Rational, Rational)? {
        left.flatMap { left in right.map { (left, $0) } }
    }

    /// A share as the width of a bar of a hundred, cut off at its end.
    static func width(_ share: Rational?) -> String {
        LineChart.text(min(100, max(0, (share?.approximate ?? 0) * 100)))
    }

    // MARK: Charts

    private func trend(_ trend: DashboardReading.TrendReading, at index: Int) -> [String: Any] {
        let subjects = trend.trend.subjects
        let title =
            trend.trend.name?.text(language)
            ?? subjects.map { name($0, nil) }.joined(separator: language == .zh ? "、" : ", ")
        let lines = trend.lines.map { line in
            FigureCourse(
                name: line.isEarlier
                    ? text(trend.trend.compare == .previous ? "line_previous" : "line_year_before")
                    : subjects.count > 1 ? name(line.subject, nil) : text("line_now"),
                isEarlier: line.isEarlier, figures: line.figures)
        }
        var values = FigureCourse.values(
            lines, id: "trend-\(index + 1)", title: title, months: reading.months, words)
        values["heading"] = title
        if let first = trend.lines.first?.figures.first, let unit = first.unit {
            values["unit"] = text("unit_is", ["unit": unit.text(language)])
        }
        if let subject = subjects.first {
            values["href"] = address.explorer(
                subject, reading.region, period, .months, comparison(trend.trend.compare))
        }
        return values
    }

    private func breakdown(_ breakdown: DashboardReading.BreakdownReading, at index: Int) -> [String: Any] {
        let own = breakdown.breakdown
        let comparison = comparison(own.compare)
        let subject = FigureSubject.measure(own.term)
        let rows = breakdown.rows.compactMap { row in
            row.figures.first.map { figure in
                BarTable.Row(
                    label: row.label.text(language), href: href(of: row.key, breakdown),
                    figure: .measure(figure, unit: breakdown.measure.unit), share: figure.share, place: nil)
            }
        }
        let total = breakdown.total.figures.first.map {
            SubjectFigure.measure($0, unit: breakdown.measure.unit)
        }
        var table = BarTable(rows: rows, total: total, comparison: comparison, better: nil, showsShare: true)
            .values(
                words, caption: own.name?.text(language) ?? name(subject, nil),
                heading: dimensionName(breakdown))
        table["id"] = "breakdown-\(index + 1)"
        table["heading"] = own.name?.text(language) ?? name(subject, nil)
        table["href"] = address.explorer(
            subject, reading.region, period, .dimension(own.by), comparison)
        if breakdown.hidden > 0 { table["more"] = text("rows_more", ["count": String(breakdown.hidden)]) }
        return table
    }

    private func dimensionName(_ breakdown: DashboardReading.BreakdownReading) -> String {
        site.rulebook.dimensionName(breakdown.breakdown.by, of: breakdown.measure.id)?.text(language)
            ?? breakdown.breakdown.by
    }

    /// An item leads to the same measure of this item by month.
    private func href(of key: FigureKey, _ breakdown: DashboardReading.BreakdownReading) -> String? {
        guard case .value(let value) = key, !value.isEmpty else { return nil }
        var restrictions = breakdown.breakdown.term.restrictions
        restrictions[breakdown.breakdown.by] = [value]
        return address.explorer(
            .measure(IndicatorTerm(measure: breakdown.measure.id, restrictions: restrictions)),
            reading.region, period, isStock(.measure(breakdown.breakdown.term)) ? .regions : .months,
            comparison(breakdown.breakdown.compare))
    }

    // MARK: Regions

    private func ranking(_ ranking: DashboardReading.RankingReading, at index: Int) -> [String: Any]? {
        guard !ranking.rows.isEmpty else { return nil }
        let own = ranking.ranking
        let title = name(own.subject, own.name)
        let rows = ranking.rows.map { row in
            BarTable.Row(
                label: row.region.name.text(language), href: boardAddress(row.region.code),
                figure: row.figure,
                share: nil, place: row.place)
        }
        var table = BarTable(
            rows: rows, total: nil, comparison: .none, better: ranking.better, showsShare: false,
            gap: ranking.hidden.map { ($0.after, text("regions_between", ["count": String($0.count)])) }
        ).values(words, caption: title, heading: text("column_region"))
        let isBlank = !rows.contains { $0.figure.value != nil }
        table["isBlank"] = isBlank || table["isZero"] as? Bool == true
        table["blankText"] = text(isBlank ? "no_value" : "all_regions_zero")
        table["id"] = "ranking-\(index + 1)"
        table["heading"] = title
        switch ranking.better {
        case .higher: table["unit"] = text("rank_higher")
        case .lower: table["unit"] = text("rank_lower")
        case nil: break
        }
        table["href"] = address.explorer(own.subject, reading.region, period, .regions, .none)
        return table
    }

    private func standings() -> [[String: Any]] {
        reading.rankings.compactMap { ranking in
            guard let standing = ranking.standing else { return nil }
            let shared = standing.sharing > 1
            return [
                "label": name(ranking.ranking.subject, ranking.ranking.name),
                "place": text(
                    shared ? "standing_shared" : "standing_place", ["place": String(standing.place)]),
                "among": text(
                    "standing_among",
                    [
                        "count": String(standing.count),
                        "region": site.regionName(standing.above, period, language),
                    ]),
                "value": words.amount(standing.figure.value, like: standing.figure),
                "href": address.explorer(
                    ranking.ranking.subject, standing.above, period, .regions, .none),
            ] as [String: Any]
        }
    }

    private func heat(_ heat: DashboardReading.HeatReading, at index: Int) -> [String: Any] {
        let title = name(heat.heat.subject, heat.heat.name)
        let rows = heat.rows.map { row in
            HeatTable.Row(
                label: row.region.name.text(language),
                href: row.region.isBelow ? boardAddress(row.region.code) : nil, figures: row.figures,
                whole: row.whole)
        }
        var values = HeatTable(
            rows: rows, months: Array(reading.months), total: heat.total, whole: heat.whole
        )
        .values(words, caption: title, heading: text("column_region"))
        values["id"] = "heat-\(index + 1)"
        values["heading"] = title
        values["href"] = address.explorer(
            heat.heat.subject, reading.region, period, .regionsByMonth, .none)
        return values
    }

    // MARK: Records

    private func list(_ list: DashboardReading.ListReading, at index: Int) -> [String: Any] {
        let describing = Describing(site, language)
        let kind = list.kind
        let headings =
            [text("column_title")] + list.list.columns.map { kind.field($0)?.name.text(language) ?? $0 }
            + [text("column_state"), text("column_region")]
        let rows = list.rows.map { row -> [String: Any] in
            let href = "/records/\(kind.id)/\(FormFields.encoded(row.record.number))"
            var lead: [String: Any] = ["href": href, "title": row.title]
            if row.title != row.record.number { lead["number"] = row.record.number }
            var cells: [[String: Any]] = [
                ["heading": headings[0], "hasActions": false, "style": "cell-lead", "lead": lead]
            ]
            for (column, cell) in Swift.zip(list.list.columns, row.cells) {
                var values: [String: Any] = [
                    "heading": kind.field(column)?.name.text(language) ?? column, "hasActions": false,
                ]
                let text = cell.text(language)
                if !text.isEmpty { values["text"] = text }
                cells.append(values)
            }
            cells.append([
                "heading": text("column_state"), "hasActions": false,
                "state": describing.state(of: row.record, kind: kind),
            ])
            cells.append([
                "heading": text("column_region"), "hasActions": false,
                "text": site.rulebook.regions.name(row.record.region)?.text(language) ?? row.record.region,
            ])
            return ["href": href, "cells": cells]
        }
        var values: [String: Any] = [
            "id": "list-\(index + 1)", "heading": list.list.name.text(language),
            "countText": text("list_count", ["count": FigureWords.grouped(String(list.count))]),
            "emptyText": text("list_nothing"),
        ]
        if !rows.isEmpty {
            values["table"] = [
                "caption": list.list.name.text(language), "rows": rows,
                "columns": headings.map {
                    ["heading": $0, "figure": false, "ascending": false, "descending": false] as [String: Any]
                },
            ]
        }
        values["moreHref"] = listAddress(list)
        return values
    }

    /// The list of all of them, where lists can be asked for just that.
    private func listAddress(_ list: DashboardReading.ListReading) -> String? {
        var fields = FormFields()
        for condition in list.list.conditions {
            guard condition.column != "public" else { return nil }
            fields.append(condition.column, condition.value)
        }
        if !reading.region.isEmpty {
            fields.append("region_within", site.rulebook.regions.prefix(reading.region))
        }
        return "/records/\(list.kind.id)?" + fields.encoded
    }
}
