import Expressions
import Office
import Records
import Rulebooks
import Storage

/// Makes the editors of a form from the fields of a kind, and reads back what was entered.
struct FieldEditors {
    let site: Site
    let kind: Kind
    let language: Language
    let sight: Sight
    /// Sets the forms of a page apart.
    let prefix: String
    /// The snapshot to read from where one is open, since another cannot be opened within it.
    var reader: (any StoreReading)?

    private func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    // MARK: Editors

    /// The editor of a field.
    ///
    /// - Parameters:
    ///   - sent: what was entered already; nil for a form that is new.
    ///   - errors: what is wrong with it, by field.
    func editor(
        of field: Field, required: Bool, sent: SentForm?, errors: [String: String]
    ) throws -> [String: Any] {
        let entered = sent?.fields[field.id]
        var values: [String: Any] = [
            "id": "\(prefix)-\(field.id)", "name": field.id, "label": field.name.text(language),
            "required": required, "optional": !required, "group": false, "wide": false,
        ]
        values["help"] = field.help?.text(language)
        values["error"] = errors[field.id]
        values["value"] = sent == nil ? field.defaultValue.map(ValueText.plain) : entered
        switch field.type {
        case .text(let limits):
            let isLong = limits.multiline || (limits.maximum ?? 0) > 500
            values["editor"] = isLong ? "field/multiline" : "field/text"
            values["wide"] = isLong || (limits.maximum ?? 0) > 100
            if let maximum = limits.maximum { values[isLong ? "limit" : "maxlength"] = String(maximum) }
        case .integer, .decimal:
            values["editor"] = "field/number"
            if case .integer = field.type { values["whole"] = true } else { values["whole"] = false }
            values["unit"] = field.unit?.text(language)
        case .money:
            values["editor"] = "field/money"
            values["unit"] = field.unit?.text(language)
        case .boolean: booleans(&values, entered, required)
        case .date: values["editor"] = "field/date"
        case .moment: values["editor"] = "field/datetime"
        case .code(let list): codes(&values, list, entered)
        case .party: values["editor"] = "field/party"
        case .reference(let target): try reference(&values, field, target, sent)
        case .files(let accept, let most): files(&values, field, accept, most, sent)
        case .table(let columns, let most): rows(&values, field, columns, most, sent, errors)
        case .region: region(&values, field, required, sent)
        case .person: values["editor"] = "field/person"
        case .geo: values["editor"] = "field/text"
        }
        return values
    }

    private func booleans(_ values: inout [String: Any], _ entered: String?, _ required: Bool) {
        values["editor"] = "field/boolean"
        values["group"] = true
        let entered = entered ?? (values["value"] as? String)
        values["isYes"] = entered == "true"
        values["isNo"] = entered == "false"
        values["isUnknown"] = entered != "true" && entered != "false"
        values["unknownAllowed"] = !required
    }

    // MARK: Regions

    /// Staff choose within their own region, others anywhere.
    private var picker: RegionPicker {
        let own = sight.actor.party == nil ? sight.actor.region : ""
        return RegionPicker(site.rulebook.regions, within: own, language)
    }

    private func region(_ values: inout [String: Any], _ field: Field, _ required: Bool, _ sent: SentForm?) {
        let picker = picker
        var chosen = sent.flatMap { picker.chosen(field.id, in: $0.fields) } ?? values["value"] as? String
        if chosen == nil, picker.base.isEmpty, sent == nil { chosen = sight.actor.region }
        let id = values["id"] as? String ?? field.id
        values.merge(picker.values(field.id, id: id, chosen: chosen)) { $1 }
        values["wide"] = true
        values["fallback"] = required && !picker.base.isEmpty ? picker.base : nil
    }

    // MARK: Codes

    private func codes(_ values: inout [String: Any], _ list: String, _ entered: String?) {
        values["editor"] = "field/code"
        let options = options(of: list, entered ?? (values["value"] as? String))
        values["options"] = options
        values["searchable"] = options.count > Self.searchedOptions
    }

    /// A longer list gets a field to search it by.
    private static let searchedOptions = 12

    /// The entries of a code list as a tree.
    func options(of list: String, _ entered: String?) -> [[String: Any]] {
        let items = site.rulebook.codeLists[list]?.items(on: site.office.today) ?? []
        let parents = Dictionary(items.map { ($0.id, $0.under) }, uniquingKeysWith: { first, _ in first })
        return items.map { item -> [String: Any] in
            var depth = 0
            var above = item.under
            while let parent = above, depth < 8 {
                depth += 1
                above = parents[parent] ?? nil
            }
            var option: [String: Any] = [
                "value": item.id, "label": item.name.text(language), "selected": item.id == entered,
                "disabled": false,
            ]
            if depth > 0 { option["indent"] = String(repeating: "　", count: depth) }
            return option
        }
    }

    private func reference(
        _ values: inout [String: Any], _ field: Field, _ target: String, _ sent: SentForm?
    ) throws {
        values["editor"] = "field/reference"
        values["group"] = true
        values["searchName"] = field.id + ".search"
        values["lookup"] = target
        values["searchValue"] = field.id
        values["value"] = nil
        guard let targetKind = site.rulebook.kind(target) else { return }
        let chosen = sent?.fields[field.id] ?? ""
        if !chosen.isEmpty,
            let found = try? snapshot({
                try RecordFinder(site.office).find("\(target):\(chosen)", as: sight, reader: $0)
            })
        {
            values["value"] = chosen
            values["chosen"] = ["label": label(of: found), "detail": found.record.number]
        }
        let query = sent?.fields[field.id + ".search"] ?? ""
        values["query"] = query.isEmpty ? nil : query
        let isSearch = sent?.fields["search"] == field.id
        // The latest are offered, since most often one of them is meant.
        guard isSearch || chosen.isEmpty else { return }
        let matches = try snapshot {
            try RecordSearch(site.office, sight).find(query, of: targetKind, limit: 8, reader: $0).records
        }
        values["matches"] = matches.map { record in
            [
                "value": record.number, "label": label(of: FoundRecord(kind: targetKind, record: record)),
                "detail": record.number, "selected": record.number == chosen,
            ] as [String: Any]
        }
        values["noMatch"] = isSearch && matches.isEmpty
        if isSearch { values["chosen"] = nil }
    }

    private func snapshot<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        if let reader { return try body(reader) }
        return try site.office.store.read(body)
    }

    private func label(of found: FoundRecord) -> String {
        RecordReading(site.office, language: language, sight: sight).title(of: found.record, kind: found.kind)
    }

    private func files(
        _ values: inout [String: Any], _ field: Field, _ accept: [String], _ most: Int, _ sent: SentForm?
    ) {
        values["editor"] = "field/files"
        values["group"] = true
        values["wide"] = true
        values["accept"] =
            accept.isEmpty ? "image/jpeg,image/png,image/webp,application/pdf" : accept.joined(separator: ",")
        values["several"] = most > 1
        values["shrink"] = "1600"
        values["help"] =
            field.help?.text(language) ?? text("files_help", ["count": String(most), "size": "32 MB"])
        let kept = sent.map { keptFiles(of: field, $0) } ?? []
        let new = sent?.files[field.id] ?? []
        values["kept"] =
            (kept.map { ($0, String($0.prefix(8))) } + new.map { ($0.digest, $0.name) }).map { digest, name in
                ["digest": digest, "fileName": name, "size": "", "href": "/files/" + digest]
            }
    }

    private func rows(
        _ values: inout [String: Any], _ field: Field, _ columns: [Field], _ most: Int, _ sent: SentForm?,
        _ errors: [String: String]
    ) {
        values["editor"] = "field/rows"
        values["group"] = true
        values["wide"] = true
        values["columns"] = columns.map {
            ["heading": $0.name.text(language), "figure": false] as [String: Any]
        }
        var numbers = rowNumbers(of: field, sent)
        if let removed = sent?.fields["remove"], removed.hasPrefix(field.id + ".") {
            numbers.removeAll { "\(field.id).\($0)" == removed }
        }
        if numbers.isEmpty || sent?.fields["add"] == field.id { numbers.append((numbers.last ?? -1) + 1) }
        values["rows"] = numbers.enumerated().map { index, number -> [String: Any] in
            let cells = columns.map { column -> [String: Any] in
                let name = "\(field.id).\(number).\(column.id)"
                var cell = (try? editor(of: column, required: false, sent: nil, errors: [:])) ?? [:]
                cell["id"] = "\(prefix)-\(field.id)-\(number)-\(column.id)"
                cell["name"] = name
                cell["heading"] = column.name.text(language)
                cell["value"] = sent?.fields[name]
                cell["error"] = errors[name]
                if let options = cell["options"] as? [[String: Any]] {
                    cell["options"] = options.map { option in
                        option.merging(["selected": (option["value"] as? String) == sent?.fields[name]]) {
                            $1
                        }
                    }
                }
                return cell
            }
            return ["number": String(index + 1), "cells": cells, "removeValue": "\(field.id).\(number)"]
        }
        values["addValue"] = field.id
        values["full"] = numbers.count >= most
    }

    /// The files sent with an earlier round of the form and not removed since, by their digests.
    private func keptFiles(of field: Field, _ sent: SentForm) -> [String] {
        let removed = Set(sent.fields.all(field.id + ".removed"))
        return sent.fields.all(field.id + ".kept").filter { !removed.contains($0) }
    }

    private func rowNumbers(of field: Field, _ sent: SentForm?) -> [Int] {
        let names = sent?.fields.pairs.map(\.name) ?? []
        let numbers = names.compactMap { name -> Int? in
            let parts = name.split(separator: ".")
            return parts.count == 3 && parts[0] == field.id ? Int(parts[1]) : nil
        }
        return Set(numbers).sorted()
    }

    // MARK: What was entered

    /// Whether the form was sent for help with filling it in, not to be taken.
    static func isAskingForHelp(_ sent: SentForm) -> Bool {
        ["search", "add", "remove", "refresh"].contains { sent.fields[$0] != nil }
    }

    /// What was entered for each of some fields.
    func entries(_ fields: [Field], _ sent: SentForm) -> [(name: String, raw: RawValue)] {
        fields.map { ($0.id, entered($0, sent)) }
    }

    private func entered(_ field: Field, _ sent: SentForm) -> RawValue {
        switch field.type {
        case .files:
            let all = keptFiles(of: field, sent) + (sent.files[field.id] ?? []).map(\.digest)
            return all.isEmpty ? .null : .list(all.map(RawValue.scalar))
        case .table(let columns, _):
            let rows = rowNumbers(of: field, sent).compactMap { number -> RawValue? in
                let cells = columns.compactMap { column -> RawEntry? in
                    let text = sent.fields["\(field.id).\(number).\(column.id)"] ?? ""
                    return text.isEmpty ? nil : RawEntry(key: column.id, value: .scalar(text))
                }
                return cells.isEmpty ? nil : .map(cells)
            }
            return rows.isEmpty ? .null : .list(rows)
        case .region:
            let code = picker.chosen(field.id, in: sent.fields) ?? ""
            return code.isEmpty ? .null : .scalar(code)
        case .moment:
            // Browsers send local time without an offset.
            let text = sent.fields[field.id] ?? ""
            return text.isEmpty ? .null : .scalar(text.replacing("T", with: " "))
        default:
            let text = (sent.fields[field.id] ?? "").filter { $0 != "\r" }
            return text.allSatisfy(\.isWhitespace) ? .null : .scalar(text)
        }
    }
}

/// A value as an editor holds it.
enum ValueText {
    static func plain(_ value: Value) -> String {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .date(let day): day.description
        case .decimal(let number): number.description
        default: ""
        }
    }
}
