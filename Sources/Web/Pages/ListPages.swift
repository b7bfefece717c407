import Expressions
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

extension Site {
    func addLists(to pages: RouterGroup<SiteContext>) {
        pages.get("/records/:kind") { [self] request, context in
            let sight = try context.staffSight()
            let kind = try self.kind(context.parameters.require("kind"), sight)
            return try response(list(of: kind, request.query(), sight, context), context)
        }
        pages.get("/search") { [self] request, context in
            try response(search(request.query(), context), context)
        }
    }

    /// A kind of which the visitor may see records.
    func kind(_ id: String, _ sight: Sight) throws(PageProblem) -> Kind {
        guard let kind = rulebook.kind(id), sight.sees(kind) else { throw .notFound }
        return kind
    }

    static let pageSize = 50

    // MARK: A list

    private func list(
        of kind: Kind, _ asked: FormFields, _ sight: Sight, _ context: SiteContext
    ) throws -> Page {
        let language = context.language
        let list = RecordList(site: self, kind: kind, sight: sight, language: language)
        var filters: [String] = []
        if let state = asked["state"], !state.isEmpty { filters.append("state=\(state)") }
        if asked["overdue"] == "true" { filters.append("overdue=true") }
        for field in list.filterFields {
            if let text = asked[field.id], !text.isEmpty {
                if case .text = field.type {
                    filters.append("\(field.id)~\(text)")
                } else {
                    filters.append("\(field.id)=\(text)")
                }
            }
        }
        let sort = asked["sort"].flatMap { $0.isEmpty ? nil : $0 }
        let filter = ListFilter(office, kind: kind, sight: sight)
        var query = try filter.query(
            filters: filters, region: asked["region_within"].flatMap { $0.isEmpty ? nil : $0 },
            sort: sort ?? "-id")
        let page = max(0, min(10_000, Int(asked["page"] ?? "") ?? 0))
        query.limit = Self.pageSize + 1
        query.offset = page * Self.pageSize
        let (found, count) = try office.store.read { reader in
            (try reader.records(query, of: kind), try reader.count(query, of: kind))
        }
        let records = Array(found.prefix(Self.pageSize))
        let base = "/records/\(kind.id)"
        func link(_ fields: FormFields) -> String {
            base + (fields.encoded.isEmpty ? "" : "?" + fields.encoded)
        }
        let counted = Describing.grouped(count)
        var values: [String: Any] = [
            "title": kind.name.text(language), "heading": kind.name.text(language),
            "countText": renderer.text("list_count", ["count": counted], language),
            "exports": [[String: Any]](), "filterAction": base,
            "hasFilters": true, "filters": list.filters(asked), "moreFilters": [[String: Any]](),
            "hasMoreFilters": false,
            "keptInputs": sort.map { [["name": "sort", "value": $0]] } ?? [],
            "chips": list.chips(asked, link: link), "columnChoices": list.columnChoices(asked),
            "emptyText": text(filters.isEmpty ? "list_none" : "list_empty", context),
        ]
        if !filters.isEmpty { values["clearHref"] = base }
        if !records.isEmpty {
            values["table"] = try list.table(records, asked, sort: sort, link: link)
            var pager: [String: Any] = [
                "countText": renderer.text(
                    "list_count_page", ["count": counted, "shown": String(records.count)], language)
            ]
            if page > 0 {
                pager["firstHref"] = link(asked.replacing("page", with: nil))
                pager["previousHref"] = link(asked.replacing("page", with: String(page - 1)))
            }
            if found.count > Self.pageSize {
                pager["nextHref"] = link(asked.replacing("page", with: String(page + 1)))
            }
            values["pager"] = pager
        }
        if let actor = context.visitor.actor,
            ImportDesk(office, workspace: workspace).kinds(for: actor).contains(where: { $0.id == kind.id })
        {
            values["importHref"] = base + "/import"
        }
        if mayCreate(kind, context) {
            values["create"] = ["label": createLabel(kind, language), "href": base + "/new"]
        }
        return Page(template: "list", values: values)
    }

    /// What the button says that registers a record: the rulebook's word for it, with the kind where that alone says
    /// nothing.
    func createLabel(_ kind: Kind, _ language: Language) -> String {
        let name = kind.lifecycle.create.name.text(language)
        guard name == renderer.text("register", language) else { return name }
        return name + (language == .en ? " " : "") + kind.name.text(language)
    }

    /// Whether the visitor's role is among those who register records of a kind.
    func mayCreate(_ kind: Kind, _ context: SiteContext) -> Bool {
        guard let actor = context.visitor.actor, actor.permissions.contains(.create) else { return false }
        if actor.role == Actor.anyRole { return true }
        return kind.lifecycle.create.by.contains(.role(actor.role))
            || (actor.party != nil && kind.lifecycle.create.by.contains(.responsible))
    }

    // MARK: Search

    private func search(_ asked: FormFields, _ context: SiteContext) throws -> Page {
        let query = String((asked["q"] ?? "").prefix(200))
        let sight = context.visitor.sight ?? .everybody(in: rulebook)
        let language = context.language
        var rows: [[String: Any]] = []
        if !query.allSatisfy(\.isWhitespace) {
            let search = RecordSearch(office, sight)
            for kind in rulebook.kindOrder.compactMap(rulebook.kind) where sight.sees(kind) {
                let list = RecordList(site: self, kind: kind, sight: sight, language: language)
                rows += try search.records(matching: query, of: kind, limit: 10).map { record in
                    list.resultRow(record, isPublic: !context.visitor.isSignedIn)
                }
            }
        }
        var values: [String: Any] = [
            "title": text("search_results", context), "heading": text("search_results", context),
            "countText": renderer.text("list_count", ["count": String(rows.count)], language),
            "searchQuery": query, "exports": [[String: Any]](), "filterAction": "/search",
            "hasFilters": false, "filters": [[String: Any]](), "moreFilters": [[String: Any]](),
            "hasMoreFilters": false,
            "keptInputs": [["name": "q", "value": query]], "chips": [[String: Any]](),
            "columnChoices": [[String: Any]](), "isSearch": true,
            "emptyText": renderer.text("search_none", ["query": query], language),
        ]
        if !rows.isEmpty {
            values["table"] = [
                "caption": text("search_results", context),
                "columns": ["column_title", "column_kind", "column_state", "column_region"].map {
                    ["heading": text($0, context), "figure": false] as [String: Any]
                }, "rows": rows,
            ]
        }
        return Page(template: "list", values: values)
    }
}

/// The parts of a list of one kind's records.
struct RecordList {
    let site: Site
    let kind: Kind
    let sight: Sight
    let language: Language

    private var describing: Describing { Describing(site, language) }
    private var reading: RecordReading { RecordReading(site.office, language: language, sight: sight) }
    private func text(_ key: String) -> String { site.renderer.text(key, language) }

    /// The fields by which a list is narrowed: what has few values, and names.
    var filterFields: [Field] {
        kind.fields.filter { field in
            guard !field.personal, sight.sees(field, of: kind) else { return false }
            switch field.type {
            case .code, .boolean: return true
            case .text(let limits):
                return !limits.multiline && (kind.key.contains(field.id) || field.id == "name")
            default: return false
            }
        }
    }

    /// The columns shown when none are chosen: the first that say something in a line.
    private func columns(_ asked: FormFields) -> [Field] {
        let chosen = Set(asked.all("column"))
        let possible = columnFields
        let fields = chosen.isEmpty ? Array(possible.prefix(4)) : possible.filter { chosen.contains($0.id) }
        return fields
    }

    private var columnFields: [Field] {
        kind.fields.filter { field in
            guard sight.sees(field, of: kind), field.id != kind.region.field else { return false }
            switch field.type {
            case .files, .table, .geo: return false
            case .text(let limits): return !limits.multiline && (limits.maximum ?? 0) <= 120
            default: return true
            }
        }
    }

    func columnChoices(_ asked: FormFields) -> [[String: Any]] {
        let shown = Set(columns(asked).map(\.id))
        return columnFields.map {
            [
                "name": "column", "value": $0.id, "label": $0.name.text(language),
                "selected": shown.contains($0.id),
            ]
        }
    }

    // MARK: Filters

    func filters(_ asked: FormFields) -> [[String: Any]] {
        let sent = SentForm(fields: asked)
        let editors = FieldEditors(site: site, kind: kind, language: language, sight: sight, prefix: "filter")
        var filters = [stateFilter(asked["state"])]
        for field in filterFields.prefix(5) {
            guard var editor = try? editors.editor(of: field, required: false, sent: sent, errors: [:]) else {
                continue
            }
            editor["optional"] = false
            editor["help"] = nil
            editor["wide"] = false
            editor["editor"] =
                (editor["editor"] as? String) == "field/multiline" ? "field/text" : editor["editor"]
            editor["none"] = text("all")
            filters.append(editor)
        }
        return filters
    }

    private func stateFilter(_ chosen: String?) -> [String: Any] {
        [
            "editor": "field/code", "id": "filter-state", "name": "state", "label": text("column_state"),
            "required": false, "optional": false, "group": false, "wide": false, "none": text("any_state"),
            "options": kind.lifecycle.states.map {
                [
                    "value": $0.id, "label": $0.name.text(language), "selected": $0.id == chosen,
                    "disabled": false,
                ]
                    as [String: Any]
            },
        ]
    }

    func chips(_ asked: FormFields, link: (FormFields) -> String) -> [[String: Any]] {
        var chips: [[String: Any]] = []
        func add(_ name: String, _ label: String) {
            chips.append([
                "label": label,
                "removeHref": link(asked.replacing(name, with: nil).replacing("page", with: nil)),
            ])
        }
        if let state = asked["state"], let known = kind.lifecycle.state(state) {
            add("state", "\(text("column_state"))：\(known.name.text(language))")
        }
        if asked["overdue"] == "true" { add("overdue", text("desk_late")) }
        if let region = asked["region_within"], let found = site.rulebook.regions.resolve(region) {
            let name = site.rulebook.regions.fullName(found.code)?.text(language) ?? region
            add("region_within", "\(text("column_region"))：\(name)")
        }
        for field in filterFields {
            guard let value = asked[field.id], !value.isEmpty else { continue }
            var shown = value
            if case .code(let list) = field.type {
                shown = site.rulebook.codeLists[list]?.anyItem(value)?.name.text(language) ?? value
            } else if case .boolean = field.type {
                shown = text(value == "true" ? "yes" : "no")
            }
            add(field.id, "\(field.name.text(language))：\(shown)")
        }
        return chips
    }

    // MARK: The table

    func table(
        _ records: [Record], _ asked: FormFields, sort: String?, link: (FormFields) -> String
    ) throws -> [String: Any] {
        let fields = columns(asked)
        let rows = try site.office.store.read { reader in
            try records.map { try row($0, fields, reader) }
        }
        var headings = [heading("column_title", sort: "number", sort, asked, link)]
        headings += fields.map { field in
            heading(
                named: field.name.text(language), sort: field.personal ? nil : field.id, sort, asked, link,
                isFigure: isFigure(field))
        }
        headings.append(heading("column_state", sort: "state", sort, asked, link))
        if !kind.clocks.isEmpty { headings.append(heading("column_clock", sort: nil, sort, asked, link)) }
        headings.append(heading("column_region", sort: "region", sort, asked, link))
        return ["caption": kind.name.text(language), "columns": headings, "rows": rows]
    }

    private func isFigure(_ field: Field) -> Bool {
        switch field.type {
        case .integer, .decimal, .money: true
        default: false
        }
    }

    private func heading(
        _ key: String, sort name: String?, _ sort: String?, _ asked: FormFields,
        _ link: (FormFields) -> String
    ) -> [String: Any] {
        heading(named: text(key), sort: name, sort, asked, link)
    }

    private func heading(
        named label: String, sort name: String?, _ sort: String?, _ asked: FormFields,
        _ link: (FormFields) -> String, isFigure: Bool = false
    ) -> [String: Any] {
        var heading: [String: Any] = [
            "heading": label, "figure": isFigure, "ascending": false, "descending": false,
        ]
        guard let name else { return heading }
        let isAscending = sort == name
        let isDescending = sort == "-" + name
        heading["sortHref"] = link(
            asked.replacing("sort", with: isAscending ? "-" + name : name).replacing("page", with: nil))
        heading["ascending"] = isAscending
        heading["descending"] = isDescending
        if isAscending || isDescending { heading["sorted"] = isAscending ? "ascending" : "descending" }
        return heading
    }

    private func row(_ record: Record, _ fields: [Field], _ reader: any StoreReading) throws -> [String: Any]
    {
        let found = FoundRecord(kind: kind, record: record)
        let readings = Dictionary(
            try reading.fields(of: found, reader: reader).map { ($0.field.id, $0.text) },
            uniquingKeysWith: { first, _ in first })
        let href = "/records/\(kind.id)/\(FormFields.encoded(record.number))"
        let title = reading.title(of: record, kind: kind)
        var lead: [String: Any] = ["href": href, "title": title]
        if title != record.number { lead["number"] = record.number }
        var cells: [[String: Any]] = [
            ["heading": text("column_title"), "hasActions": false, "style": "cell-lead", "lead": lead]
        ]
        cells += fields.map { field -> [String: Any] in
            var cell: [String: Any] = ["heading": field.name.text(language), "hasActions": false]
            if isFigure(field) { cell["style"] = "figure" }
            cell["text"] = readings[field.id]
            return cell
        }
        cells.append([
            "heading": text("column_state"), "hasActions": false,
            "state": describing.state(of: record, kind: kind),
        ])
        if !kind.clocks.isEmpty {
            var cell: [String: Any] = ["heading": text("column_clock"), "hasActions": false]
            cell["clock"] = describing.clock(of: record, kind: kind)
            cells.append(cell)
        }
        cells.append([
            "heading": text("column_region"), "hasActions": false,
            "text": site.rulebook.regions.name(record.region)?.text(language) ?? record.region,
        ])
        return ["href": href, "cells": cells]
    }

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
