import Expressions
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

/// Lists of public records, search by enterprise, and what is public of one enterprise.
extension Site {
    func addPublicLists(to pages: RouterGroup<SiteContext>) {
        pages.get("/public/search") { [self] request, context in
            try publicSearch(request.query(), context)
        }
        pages.get("/public/party/:code") { [self] _, context in
            try response(party(context.parameters.require("code"), context), context)
        }
        pages.get("/public/:kind") { [self] request, context in
            let kind = try self.kind(context.parameters.require("kind"), .everybody(in: rulebook))
            return try response(publicList(kind, request.query(), context), context)
        }
    }

    // MARK: A list

    private static let listSize = 30

    private func publicList(_ kind: Kind, _ asked: FormFields, _ context: SiteContext) throws -> Page {
        let language = context.language
        let sight = Sight.everybody(in: rulebook)
        let table = PublicTable(site: self, kind: kind, language: language)
        let region = RegionPicker(rulebook.regions, within: "", language).chosen("within", in: asked) ?? ""
        var filters: [String] = []
        if let state = asked["state"], !state.isEmpty { filters.append("state=\(state)") }
        for field in table.codeFields {
            if let item = asked[field.id], !item.isEmpty { filters.append("\(field.id)=\(item)") }
        }
        if let day = table.dayField {
            if let from = asked["from"], !from.isEmpty { filters.append("\(day.id)>=\(from)") }
            if let until = asked["until"], !until.isEmpty { filters.append("\(day.id)<=\(until)") }
        }
        var query = try ListFilter(office, kind: kind, sight: sight)
            .query(filters: filters, region: region.isEmpty ? nil : region, sort: "-id")
        let count = try publicCount(query, kind, isNarrowed: !filters.isEmpty || !region.isEmpty)
        query.limit = Self.listSize + 1
        let before = asked["before"].flatMap { Int64($0) }
        if let before { query.conditions.append(.init(column: "id", comparison: .less, value: .int(before))) }
        let found = try office.store.read { try $0.records(query, of: kind) }
        let records = Array(found.prefix(Self.listSize))
        let base = "/public/\(kind.id)"
        func link(_ fields: FormFields) -> String {
            base + (fields.encoded.isEmpty ? "" : "?" + fields.encoded)
        }
        let counted = Describing.grouped(count)
        var values: [String: Any] = [
            "title": kind.name.text(language), "heading": kind.name.text(language),
            "crumbs": [["href": "/", "label": text("public_site", context)]],
            "countText": renderer.text("list_count", ["count": counted], language), "target": base,
            "filters": filterEditors(kind, table, asked, region, context),
            "dataHref": "/open-data/\(kind.id).csv", "ruleHref": "/rules/\(kind.id)",
            "isNarrowed": !filters.isEmpty || !region.isEmpty, "clearHref": base,
            "emptyText": text(filters.isEmpty && region.isEmpty ? "public_none" : "list_empty", context),
        ]
        if !records.isEmpty { values["table"] = try table.table(records) }
        var pager: [String: Any] = [
            "countText": renderer.text(
                "list_count_page", ["count": counted, "shown": String(records.count)], language)
        ]
        if before != nil { pager["firstHref"] = link(asked.replacing("before", with: nil)) }
        if found.count > Self.listSize, let last = records.last {
            pager["nextHref"] = link(asked.replacing("before", with: String(last.id)))
        }
        values["pager"] = pager
        return Page(template: "public-list", values: values)
    }

    /// How many records a list has; the whole of a register is not counted for everybody who looks at it.
    private func publicCount(_ query: RecordQuery, _ kind: Kind, isNarrowed: Bool) throws -> Int {
        if isNarrowed { return try office.store.read { try $0.count(query, of: kind) } }
        return try publicDesk.summary(of: kind.id) {
            try OpenData(office).summary(of: kind)
        }.count
    }

    private func filterEditors(
        _ kind: Kind, _ table: PublicTable, _ asked: FormFields, _ region: String, _ context: SiteContext
    ) -> [[String: Any]] {
        let language = context.language
        func plain(_ editor: String, _ name: String, _ label: String) -> [String: Any] {
            [
                "editor": editor, "id": "filter-" + name, "name": name, "label": label, "required": false,
                "optional": false, "group": false, "wide": false,
            ]
        }
        var filters: [[String: Any]] = []
        var within = plain("field/region", "within", text("column_region", context))
        within["wide"] = true
        within.merge(
            RegionPicker(rulebook.regions, within: "", language)
                .values("within", id: "filter-within", chosen: region)
        ) { $1 }
        filters.append(within)
        func choice(_ name: String, _ label: String, _ options: [(id: String, name: Bilingual)]) {
            var editor = plain("field/code", name, label)
            editor["none"] = text("all", context)
            editor["options"] = options.map {
                [
                    "value": $0.id, "label": $0.name.text(language), "selected": asked[name] == $0.id,
                    "disabled": false,
                ] as [String: Any]
            }
            filters.append(editor)
        }
        for field in table.codeFields {
            guard case .code(let list) = field.type, let codes = rulebook.codeLists[list] else { continue }
            choice(
                field.id, field.name.text(language), codes.items(on: office.today).map { ($0.id, $0.name) })
        }
        choice("state", text("column_state", context), kind.lifecycle.states.map { ($0.id, $0.name) })
        if let day = table.dayField {
            for (name, key) in [("from", "range_from"), ("until", "range_to")] {
                var editor = plain("field/date", name, day.name.text(language) + " " + text(key, context))
                if let value = asked[name], CivilDate(value) != nil { editor["value"] = value }
                filters.append(editor)
            }
        }
        return filters
    }

    // MARK: Search

    private func publicSearch(_ asked: FormFields, _ context: SiteContext) throws -> Response {
        let query = String((asked["q"] ?? "").prefix(100)).trimmed
        let language = context.language
        let parties = PartyRecords(office)
        if PartyRecords.isCode(query), try !parties.isUnknown(query.uppercased()) {
            return Self.redirect(to: "/public/party/" + query.uppercased())
        }
        var found: [[String: Any]] = []
        var rows: [[String: Any]] = []
        if !query.isEmpty {
            let sight = Sight.everybody(in: rulebook)
            let search = RecordSearch(office, sight)
            for kind in rulebook.kindOrder.compactMap(rulebook.kind) where sight.sees(kind) {
                let records = try search.records(matching: query, of: kind, limit: 10)
                let reading = RecordReading(office, language: language, sight: sight)
                for record in records {
                    guard let code = parties.code(of: record, kind: kind) else { continue }
                    found.append([
                        "href": "/public/party/" + code, "name": reading.title(of: record, kind: kind),
                        "code": code,
                        "region": rulebook.regions.fullName(record.region)?.text(language) ?? "",
                    ])
                }
                let list = RecordList(site: self, kind: kind, sight: sight, language: language)
                rows += records.map { list.resultRow($0, isPublic: true) }
            }
        }
        var values: [String: Any] = [
            "title": text("public_search", context), "heading": text("public_search", context),
            "crumbs": [["href": "/", "label": text("public_site", context)]], "target": "/public/search",
            "query": query, "parties": found, "hasParties": !found.isEmpty,
            "isAsked": !query.isEmpty, "isEmpty": !query.isEmpty && rows.isEmpty,
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
        return response(Page(template: "public-search", values: values), context)
    }

    // MARK: One enterprise

    private func party(_ code: String, _ context: SiteContext) throws -> Page {
        let language = context.language
        let parties = PartyRecords(office)
        guard PartyRecords.isCode(code), code == code.uppercased() else { throw PageProblem.notFound }
        let own = try parties.name(of: code)
        var sections: [[String: Any]] = []
        for kind in parties.kinds {
            let records = try parties.records(of: code, kind: kind, limit: Self.listSize)
                .filter { $0.id != own?.found.record.id || kind.id != own?.found.kind.id }
            guard !records.isEmpty else { continue }
            sections.append([
                "heading": kind.name.text(language),
                "table": try PublicTable(site: self, kind: kind, language: language).table(records),
            ])
        }
        guard own != nil || !sections.isEmpty else { throw PageProblem.notFound }
        let heading = own.map(\.name) ?? code
        var values: [String: Any] = [
            "title": heading, "heading": heading, "code": code, "sections": sections,
            "hasSections": !sections.isEmpty, "emptyText": text("party_nothing_else", context),
            "crumbs": [
                ["href": "/", "label": text("public_site", context)],
                ["href": "/public/search", "label": text("public_search", context)],
            ],
            "filings": FilingService(office).kinds.compactMap { kind -> [String: Any]? in
                guard let filing = kind.filing,
                    let field = filing.may.compactMap(kind.field).first(where: \.isParty)
                else { return nil }
                return [
                    "label": filing.name.text(language),
                    "href": "/file/\(kind.id)?\(field.id)=\(code)",
                ]
            },
        ]
        if let own {
            let sight = Sight.everybody(in: rulebook)
            values["kindName"] = own.found.kind.name.text(language)
            values["state"] = Describing(self, language).state(of: own.found.record, kind: own.found.kind)
            values["under"] = rulebook.regions.fullName(own.found.record.region)?.text(language)
            values["facts"] = try publicFacts(own.found, sight, language)
        }
        values["hasOwn"] = own != nil
        return Page(template: "public-party", values: values)
    }

    /// The fields of a record that the public may see; parties lead to their own pages.
    func publicFacts(_ found: FoundRecord, _ sight: Sight, _ language: Language) throws -> [[String: Any]] {
        let reading = RecordReading(office, language: language, sight: sight)
        let fields = try office.store.read { try reading.fields(of: found, reader: $0) }
        return try fields.map { shown -> [String: Any] in
            var fact: [String: Any] = [
                "label": shown.field.name.text(language), "wide": shown.text.count > 40, "none": false,
            ]
            if shown.field.isParty, !shown.isMasked, try !PartyRecords(office).isUnknown(shown.plain) {
                fact["link"] = ["href": "/public/party/" + shown.plain, "text": shown.text]
            } else if case .reference(let target) = shown.field.type, let kind = rulebook.kind(target),
                let other = try? RecordFinder(office).find("\(target):\(shown.plain)", as: sight)
            {
                fact["link"] = [
                    "href": "/public/\(kind.id)/\(FormFields.encoded(other.record.number))",
                    "text": shown.text,
                ]
            } else {
                fact["text"] = shown.text
            }
            return fact
        }
    }
}

extension Field {
    /// Whether it holds a credit code.
    var isParty: Bool { if case .party = type { true } else { false } }
}

extension String {
    /// Without white space at either end.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

/// The table of a list of public records of one kind.
struct PublicTable {
    let site: Site
    let kind: Kind
    let language: Language

    private var sight: Sight { .everybody(in: site.rulebook) }
    private var describing: Describing { Describing(site, language) }
    private var visible: [Field] { kind.fields.filter { sight.sees($0, of: kind) && !$0.personal } }

    /// The categories by which the list can be narrowed.
    var codeFields: [Field] {
        Array(visible.filter { if case .code = $0.type { true } else { false } }.prefix(3))
    }

    /// The day by which the list can be narrowed: the governing one where it is published, else the first that is.
    var dayField: Field? {
        let days = visible.filter { if case .date = $0.type { true } else { false } }
        return days.first { $0.id == kind.governedBy } ?? days.first
    }

    /// The fields that could be columns: what says something in a line and is not shown anyhow.
    private var candidates: [Field] {
        let titled = Set(kind.title?.program.paths.compactMap(\.first) ?? [])
        return visible.filter { field in
            guard kind.region != FieldPath(field: field.id), !titled.contains(field.id) else { return false }
            switch field.type {
            case .files, .table, .geo: return false
            case .text(let limits): return !limits.multiline
            default: return true
            }
        }
    }

    func table(_ records: [Record]) throws -> [String: Any] {
        let reading = RecordReading(site.office, language: language, sight: sight)
        let texts = try site.office.store.read { reader in
            try records.map { record in
                Dictionary(
                    try reading.fields(of: FoundRecord(kind: kind, record: record), reader: reader)
                        .map { ($0.field.id, $0.text) }, uniquingKeysWith: { first, _ in first })
            }
        }
        // A column in which nothing stands tells nothing.
        let fields = candidates.filter { field in texts.contains { $0[field.id] != nil } }.prefix(4)
        let rows = zip(records, texts).map { row($0, Array(fields), $1, reading) }
        var headings = [site.renderer.text("column_title", language)]
        headings += fields.map { $0.name.text(language) }
        headings += ["column_state", "column_region"].map { site.renderer.text($0, language) }
        return [
            "caption": kind.name.text(language),
            "columns": headings.map { ["heading": $0, "figure": false] as [String: Any] }, "rows": rows,
        ]
    }

    private func row(
        _ record: Record, _ fields: [Field], _ texts: [String: String], _ reading: RecordReading
    ) -> [String: Any] {
        let href = "/public/\(kind.id)/\(FormFields.encoded(record.number))"
        let title = reading.title(of: record, kind: kind)
        var lead: [String: Any] = ["href": href, "title": title]
        if title != record.number { lead["number"] = record.number }
        var cells: [[String: Any]] = [
            [
                "heading": site.renderer.text("column_title", language), "hasActions": false,
                "style": "cell-lead", "lead": lead,
            ]
        ]
        cells += fields.map { field in
            var cell: [String: Any] = ["heading": field.name.text(language), "hasActions": false]
            cell["text"] = texts[field.id]
            return cell
        }
        cells.append([
            "heading": site.renderer.text("column_state", language), "hasActions": false,
            "state": describing.state(of: record, kind: kind),
        ])
        cells.append([
            "heading": site.renderer.text("column_region", language), "hasActions": false,
            "text": site.rulebook.regions.fullName(record.region)?.text(language) ?? record.region,
        ])
        return ["href": href, "cells": cells]
    }
}
