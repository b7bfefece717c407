import Expressions
import Office
import Records
import Rulebooks
import Storage

/// The parts that pages of administration are made of, in the values that templates name.
struct AdministrationParts {
    let site: Site
    let context: SiteContext

    init(_ site: Site, _ context: SiteContext) { (self.site, self.context) = (site, context) }

    var language: Language { context.language }

    func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    func moment(_ moment: Timestamp) -> String {
        RecordReading(site.office, language: language).moment(moment)
    }

    func moment(_ moment: Timestamp?) -> String { moment.map { self.moment($0) } ?? "—" }

    func role(_ id: String) -> String { site.rulebook.roles[id]?.name.text(language) ?? id }

    func region(_ code: String) -> String { site.rulebook.regions.fullName(code)?.text(language) ?? code }

    // MARK: Tables

    /// A table of a page: its columns by the keys of their texts, and its rows.
    func table(
        _ caption: String, _ columns: [String], figures: Set<String> = [],
        _ rows: [(href: String?, cells: [[String: Any]])]
    ) -> [String: Any] {
        let headings = columns.map { $0.isEmpty ? "" : text($0) }
        return [
            "caption": caption,
            "columns": zip(columns, headings).map {
                ["heading": $0.1, "figure": figures.contains($0.0)] as [String: Any]
            },
            "rows": rows.map { row -> [String: Any] in
                var values: [String: Any] = [
                    "cells": zip(row.cells, zip(columns, headings)).map { cell, column -> [String: Any] in
                        var cell = cell
                        cell["heading"] = column.1
                        if figures.contains(column.0) { cell["style"] = "figure" }
                        return cell
                    }
                ]
                values["href"] = row.href
                return values
            },
        ]
    }

    func cell(_ text: String, note: String? = nil) -> [String: Any] {
        var cell: [String: Any] = ["text": text]
        cell["note"] = note
        return cell
    }

    func cell(link href: String, _ text: String, note: String? = nil) -> [String: Any] {
        var cell: [String: Any] = ["link": ["href": href, "text": text]]
        cell["note"] = note
        return cell
    }

    func cell(code: String) -> [String: Any] { ["code": code] }

    func cell(state tone: String, _ label: String, note: String? = nil) -> [String: Any] {
        var cell: [String: Any] = ["state": ["tone": tone, "label": label]]
        cell["note"] = note
        return cell
    }

    func cell(actions: [(label: String, target: String)]) -> [String: Any] {
        [
            "style": "cell-actions", "hasActions": !actions.isEmpty,
            "actions": actions.map {
                ["label": $0.label, "primary": false, "oneTap": true, "target": $0.target] as [String: Any]
            },
        ]
    }

    // MARK: Filters

    func textFilter(_ name: String, _ label: String, _ value: String?) -> [String: Any] {
        var filter = filter(name, label, "field/text")
        filter["value"] = value ?? ""
        filter["maxlength"] = "100"
        return filter
    }

    func choiceFilter(
        _ name: String, _ label: String, _ value: String?, none: String, _ options: [(String, String)]
    ) -> [String: Any] {
        var filter = filter(name, label, "field/code")
        filter["none"] = none
        filter["options"] = options.map {
            ["value": $0.0, "label": $0.1, "selected": $0.0 == value, "disabled": false] as [String: Any]
        }
        return filter
    }

    func periodFilter(_ label: String, from: String?, until: String?) -> [String: Any] {
        var filter = filter("from", label, "field/date-range")
        filter["group"] = true
        (filter["fromName"], filter["toName"]) = ("from", "until")
        (filter["fromValue"], filter["toValue"]) = (from ?? "", until ?? "")
        return filter
    }

    private func filter(_ name: String, _ label: String, _ editor: String) -> [String: Any] {
        [
            "editor": editor, "id": "filter-" + name, "name": name, "label": label, "required": false,
            "optional": false, "group": false, "wide": false,
        ]
    }

    // MARK: Forms

    /// A line to be typed; a password is never given back.
    func input(
        _ name: String, _ label: String, type: String = "text", value: String? = nil, help: String? = nil,
        autocomplete: String = "off", error: String? = nil, prefix: String
    ) -> [String: Any] {
        var input: [String: Any] = [
            "editor": "field/text", "id": "\(prefix)-\(name)", "name": name, "label": label,
            "required": true, "optional": false, "group": false, "wide": true, "inputType": type,
            "autocomplete": autocomplete, "maxlength": "200",
        ]
        input["value"] = value ?? ""
        input["help"] = help
        input["error"] = error
        return input
    }
}

extension FormFields {
    /// The value of a name, or nil when it was left empty.
    func given(_ name: String) -> String? {
        guard let value = self[name], !value.allSatisfy(\.isWhitespace) else { return nil }
        return String(value.prefix(200))
    }

    /// A day as forms send it.
    func day(_ name: String) -> CivilDate? { given(name).flatMap { CivilDate($0) } }

    /// Where the page before ended.
    var before: Int64? { self["before"].flatMap { Int64($0) } }
}
