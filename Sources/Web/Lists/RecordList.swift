import Expressions
import Office
import Records
import Rulebooks
import Storage

/// The table of a list of one kind's records.
struct RecordList {
    let site: Site
    let kind: Kind
    let sight: Sight
    let language: Language

    private var describing: Describing { Describing(site, language) }
    private var reading: RecordReading { RecordReading(site.office, language: language, sight: sight) }
    private func text(_ key: String) -> String { site.renderer.text(key, language) }

    // MARK: Columns

    /// The fields that can be columns: what says something in a line.
    var possibleColumns: [Field] {
        kind.fields.filter { field in
            // The region of the record stands at the end anyhow.
            guard sight.sees(field, of: kind), field.id != kind.region.field || kind.region.target != nil
            else {
                return false
            }
            switch field.type {
            case .files, .table, .geo: return false
            case .text(let limits): return !limits.multiline && (limits.maximum ?? 0) <= 120
            default: return true
            }
        }
    }

    /// The columns of some ids, in the order of the kind; where none is named the first few that every record has or
    /// that are counted by.
    func columns(_ ids: [String]) -> [Field] {
        let chosen = possibleColumns.filter { ids.contains($0.id) }
        guard chosen.isEmpty else { return chosen }
        let named = Set(kind.title?.program.paths.compactMap(\.first) ?? [])
        let counted = Set(kind.measures.flatMap { $0.dimensions + ($0.at.map { [$0] } ?? []) })
        let telling = possibleColumns.filter {
            ($0.required || counted.contains($0.id)) && !named.contains($0.id)
        }
        return Array((telling.isEmpty ? possibleColumns : telling).prefix(4))
    }

    /// Whether the database can give all records in the order of a column without sorting them.
    private func isIndexed(_ field: Field) -> Bool {
        if case .reference = field.type { return true }
        return kind.measures.contains { $0.at == field.id }
    }

    // MARK: The table

    /// - Parameter sortsAll: whether there are few enough records to sort them by any column.
    func table(
        _ records: [Record], _ fields: [Field], _ asked: ListAsked, sortsAll: Bool, reader: any StoreReading
    ) throws -> [String: Any] {
        var hasActions = false
        let rows = try records.map { record -> [String: Any] in
            let (row, acts) = try row(record, fields, reader)
            if acts { hasActions = true }
            return row
        }
        var headings = [heading(text("column_title"), sort: "number", asked)]
        headings += fields.map { field in
            heading(
                field.name.text(language),
                sort: field.personal || !(sortsAll || isIndexed(field)) ? nil : field.id, asked,
                isFigure: isFigure(field))
        }
        headings.append(heading(text("column_state"), sort: "state", asked))
        if !kind.clocks.isEmpty { headings.append(heading(text("column_clock"), sort: "next_due", asked)) }
        headings.append(heading(text("column_region"), sort: sortsAll ? "region" : nil, asked))
        if hasActions { headings.append(heading(text("actions"), sort: nil, asked)) }
        return [
            "caption": kind.name.text(language), "columns": headings,
            "rows": hasActions ? rows : rows.map(Self.withoutActions),
        ]
    }

    private static func withoutActions(_ row: [String: Any]) -> [String: Any] {
        guard let cells = row["cells"] as? [[String: Any]] else { return row }
        return row.merging(["cells": Array(cells.dropLast())]) { $1 }
    }

    private func isFigure(_ field: Field) -> Bool {
        switch field.type {
        case .integer, .decimal, .money: true
        default: false
        }
    }

    private func heading(
        _ label: String, sort name: String?, _ asked: ListAsked, isFigure: Bool = false
    ) -> [String: Any] {
        var heading: [String: Any] = [
            "heading": label, "figure": isFigure, "ascending": false, "descending": false,
        ]
        // What is searched by words comes in one order.
        guard let name, asked.words.isEmpty else { return heading }
        let isAscending = asked.sort == name
        let isDescending = asked.sort == "-" + name
        heading["sortHref"] = asked.address([("sort", isAscending ? "-" + name : name)])
        heading["ascending"] = isAscending
        heading["descending"] = isDescending
        if isAscending || isDescending { heading["sorted"] = isAscending ? "ascending" : "descending" }
        return heading
    }

    private func row(
        _ record: Record, _ fields: [Field], _ reader: any StoreReading
    ) throws -> (row: [String: Any], hasActions: Bool) {
        let found = FoundRecord(kind: kind, record: record)
        let href = Site.href(of: found)
        let title = reading.title(of: record, kind: kind)
        var lead: [String: Any] = ["href": href, "title": title]
        if title != record.number { lead["number"] = record.number }
        func cell(_ heading: String) -> [String: Any] { ["heading": heading, "hasActions": false] }
        var cells = [cell(text("column_title"))]
        cells[0]["style"] = "cell-lead"
        cells[0]["lead"] = lead
        for field in fields {
            var one = cell(field.name.text(language))
            if isFigure(field) { one["style"] = "figure" }
            if case .date = field.type { one["style"] = "nowrap" }
            one["isText"] = true
            one["text"] = try reading.text(of: field, in: found, reader: reader)
            cells.append(one)
        }
        var state = cell(text("column_state"))
        state["state"] = describing.state(of: record, kind: kind)
        cells.append(state)
        if !kind.clocks.isEmpty {
            var clock = cell(text("column_clock"))
            clock["clock"] = describing.clock(of: record, kind: kind)
            cells.append(clock)
        }
        var region = cell(text("column_region"))
        region["isText"] = true
        region["style"] = "nowrap"
        region["text"] = site.rulebook.regions.name(record.region)?.text(language) ?? record.region
        cells.append(region)
        let taps = try ActionGuide(site.office).oneTapActions(on: found, as: sight, reader: reader)
        var actions = cell(text("actions"))
        actions["hasActions"] = !taps.isEmpty
        actions["style"] = "cell-actions"
        actions["actions"] = taps.prefix(2).map { rule -> [String: Any] in
            [
                "label": rule.name.text(language), "primary": false, "oneTap": true,
                "target": href + "/actions/" + rule.id, "recordVersion": String(record.version),
            ]
        }
        return (["href": href, "cells": cells + [actions]], !taps.isEmpty)
    }

    // MARK: Rows of search results

    /// A row of search results.
    func resultRow(_ record: Record, isPublic: Bool) -> [String: Any] {
        let href = (isPublic ? "/public/" : "/records/") + "\(kind.id)/\(FormFields.encoded(record.number))"
        let title = reading.title(of: record, kind: kind)
        var lead: [String: Any] = ["href": href, "title": title]
        if title != record.number { lead["number"] = record.number }
        return [
            "href": href,
            "cells": [
                ["heading": text("column_title"), "hasActions": false, "style": "cell-lead", "lead": lead],
                ["heading": text("column_kind"), "hasActions": false, "text": kind.name.text(language)],
                [
                    "heading": text("column_state"), "hasActions": false,
                    "state": describing.state(of: record, kind: kind),
                ],
                [
                    "heading": text("column_region"), "hasActions": false,
                    "text": site.rulebook.regions.fullName(record.region)?.text(language) ?? "",
                ],
            ] as [[String: Any]],
        ]
    }
}

extension Describing {
    /// A count with its thousands set apart.
    static func grouped(_ count: Int) -> String {
        var digits = Array(String(count))
        var position = digits.count - 3
        while position > 0 {
            digits.insert(",", at: position)
            position -= 3
        }
        return String(digits)
    }
}
