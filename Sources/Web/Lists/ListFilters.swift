import Expressions
import Office
import Records
import Rulebooks
import Storage

/// The filters of a list as the page shows them.
struct ListFilters {
    let asked: ListAsked

    private var site: Site { asked.site }
    private var kind: Kind { asked.kind }
    private var language: Language { asked.language }
    private func text(_ key: String) -> String { site.renderer.text(key, language) }

    // MARK: Editors

    /// The editors that are always shown.
    func first() -> [[String: Any]] {
        var words = base(of: "filter-q", "q", text("filter_words"))
        words["editor"] = "field/text"
        words["inputType"] = "search"
        words["value"] = asked.fields["q"]
        words["maxlength"] = "100"
        return [words, state(), region()] + asked.firstFields.compactMap(editor)
    }

    /// The editors that are folded away, and whether one of them is in force.
    func more() -> (editors: [[String: Any]], isOpen: Bool) {
        let first = Set(asked.firstFields.map(\.id))
        let fields = asked.filterFields.filter { !first.contains($0.id) }
        var editors = fields.compactMap(editor)
        if !kind.clocks.isEmpty { editors.insert(overdue(), at: 0) }
        return (editors, fields.contains(where: asked.narrows))
    }

    private func base(of id: String, _ name: String, _ label: String) -> [String: Any] {
        [
            "id": id, "name": name, "label": label, "required": false, "optional": false, "group": false,
            "wide": false,
        ]
    }

    private func options(_ options: [(value: String, label: String)], _ chosen: String?) -> [[String: Any]] {
        options.map {
            ["value": $0.value, "label": $0.label, "selected": $0.value == chosen, "disabled": false]
        }
    }

    private func state() -> [String: Any] {
        var editor = base(of: "filter-state", "state", text("column_state"))
        editor["editor"] = "field/code"
        editor["none"] = text("any_state")
        editor["options"] = options(
            kind.lifecycle.states.map { ($0.id, $0.name.text(language)) }, asked.fields["state"])
        return editor
    }

    private func overdue() -> [String: Any] {
        var editor = base(of: "filter-overdue", "overdue", text("desk_late"))
        editor["editor"] = "field/code"
        editor["none"] = text("all")
        editor["options"] = options([("true", text("yes"))], asked.fields["overdue"])
        return editor
    }

    private func region() -> [String: Any] {
        let values = asked.regionPicker.values("within", id: "filter-within", chosen: asked.region)
        var editor = base(of: "filter-within", "within", text("column_region")).merging(values) { $1 }
        editor["wide"] = true
        return editor
    }

    private func editor(of field: Field) -> [String: Any]? {
        var editor = base(of: "filter-" + field.id, field.id, field.name.text(language))
        let value = asked.fields[field.id]
        switch field.type {
        case .code(let list):
            let editors = FieldEditors(
                site: site, kind: kind, language: language, sight: asked.sight, prefix: "filter")
            editor["editor"] = "field/code"
            editor["none"] = text("all")
            editor["options"] = editors.options(of: list, value)
        case .boolean:
            editor["editor"] = "field/code"
            editor["none"] = text("all")
            editor["options"] = options([("true", text("yes")), ("false", text("no"))], value)
        case .date, .moment, .integer, .decimal, .money:
            if case .date = field.type {
                editor["editor"] = "field/date-range"
            } else if case .moment = field.type {
                editor["editor"] = "field/date-range"
            } else {
                editor["editor"] = "field/number-range"
            }
            editor["group"] = true
            editor["fromName"] = field.id + ".from"
            editor["toName"] = field.id + ".to"
            editor["fromValue"] = asked.fields[field.id + ".from"]
            editor["toValue"] = asked.fields[field.id + ".to"]
            editor["unit"] = field.unit?.text(language)
        case .region:
            let picker = RegionPicker(site.rulebook.regions, within: "", language)
            editor.merge(
                picker.values(
                    field.id, id: "filter-" + field.id, chosen: picker.chosen(field.id, in: asked.fields))
            ) { $1 }
            editor["wide"] = true
        case .reference(let target):
            editor["editor"] = "field/text"
            editor["value"] = value
            editor["placeholder"] = text("filter_reference")
            editor["lookup"] = target
        case .text(let limits):
            editor["editor"] = "field/text"
            editor["value"] = value
            editor["maxlength"] = String(limits.maximum ?? 200)
        case .party:
            editor["editor"] = "field/text"
            editor["value"] = value
            editor["maxlength"] = "18"
        case .files, .table, .geo, .person: return nil
        }
        return editor
    }

    // MARK: What is in force

    func chips() -> [[String: Any]] {
        var chips: [[String: Any]] = []
        func add(_ label: String, _ names: [String]) {
            chips.append(["label": label, "removeHref": asked.address(names.map { ($0, nil) })])
        }
        let fields = asked.fields
        if let group = asked.group { add(text("desk_" + group.textKey), ["desk"]) }
        if !asked.words.isEmpty { add("“\(asked.words)”", ["q"]) }
        if let state = fields["state"] {
            add(
                "\(text("column_state"))：\(kind.lifecycle.state(state)?.name.text(language) ?? state)",
                ["state"])
        }
        if fields["overdue"] == "true" { add(text("desk_late"), ["overdue"]) }
        if let region = asked.region {
            let name = site.rulebook.regions.fullName(region)?.text(language) ?? region
            add(
                "\(text("column_region"))：\(name)",
                ["region_within", "within.code", "within"] + (1...8).map { "within.\($0)" })
        }
        for field in asked.filterFields where asked.narrows(field) {
            add("\(field.name.text(language))：\(shown(field))", names(of: field))
        }
        return chips
    }

    private func names(of field: Field) -> [String] {
        if ListAsked.isRange(field) { return [field.id + ".from", field.id + ".to"] }
        if case .region = field.type {
            return [field.id, field.id + ".code"] + (1...8).map { "\(field.id).\($0)" }
        }
        return [field.id]
    }

    private func shown(_ field: Field) -> String {
        let fields = asked.fields
        if ListAsked.isRange(field) {
            return "\(fields[field.id + ".from"] ?? "") – \(fields[field.id + ".to"] ?? "")"
        }
        let value = fields[field.id] ?? ""
        switch field.type {
        case .code(let list):
            return site.rulebook.codeLists[list]?.anyItem(value)?.name.text(language) ?? value
        case .boolean: return text(value == "true" ? "yes" : "no")
        case .region:
            let picker = RegionPicker(site.rulebook.regions, within: "", language)
            let code = picker.chosen(field.id, in: fields) ?? value
            return site.rulebook.regions.fullName(code)?.text(language) ?? code
        default: return value
        }
    }
}

extension DeskGroup {
    /// The end of the keys of the group's texts.
    var textKey: String {
        switch self {
        case .todo: "open"
        case .overdue: "late"
        case .soon: "soon"
        case .urged: "urged"
        case .listed: "listed"
        case .waiting: "waiting"
        }
    }
}
