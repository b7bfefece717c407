import Expressions
import Office
import Records
import Rulebooks
import Storage

/// What the address of a list asks for: filters, order, columns, page.
struct ListAsked {
    let site: Site
    let kind: Kind
    let sight: Sight
    let language: Language
    /// What was asked, without what is empty or says nothing of the list itself.
    let fields: FormFields

    init(_ fields: FormFields, site: Site, kind: Kind, sight: Sight, language: Language) {
        (self.site, self.kind, self.sight, self.language) = (site, kind, sight, language)
        var kept = FormFields()
        for (name, value) in fields.pairs where !value.isEmpty && !Self.passing.contains(name) {
            kept.append(name, value)
        }
        self.fields = kept
    }

    /// What is said to this request alone.
    private static let passing: Set<String> = [
        "lang", "refresh", "search", "done", "csrf", "exported", "all",
    ]
    /// What changes when the list is narrowed or sorted otherwise.
    static let pageNames = ["after", "before"]

    private var office: Office { site.office }
    private func text(_ key: String) -> String { site.renderer.text(key, language) }

    var words: String { String((fields["q"] ?? "").prefix(100)) }
    var group: DeskGroup? { fields["desk"].flatMap(DeskGroup.init) }
    var sort: String? { fields["sort"] }
    var columns: [String] { fields.all("column") }

    /// The region chosen, if any.
    var region: String? {
        regionPicker.chosen("within", in: fields) ?? fields["region_within"]
    }

    var regionPicker: RegionPicker {
        let own = sight.actor.party == nil ? sight.actor.region : ""
        return RegionPicker(site.rulebook.regions, within: own, language)
    }

    // MARK: Fields

    /// The fields by which a list is narrowed.
    var filterFields: [Field] {
        kind.fields.filter { field in
            guard !field.personal, sight.sees(field, of: kind),
                field.id != kind.region.field || kind.region.target != nil
            else { return false }
            switch field.type {
            case .code, .boolean, .date, .moment, .integer, .decimal, .money, .reference, .party: return true
            case .text(let limits): return !limits.multiline
            case .region: return true
            case .files, .table, .geo, .person: return false
            }
        }
    }

    /// Those that come first: what has few values, then days and what the kind refers to.
    var firstFields: [Field] {
        let fields = filterFields
        let codes = fields.filter { if case .code = $0.type { true } else { false } }
        let days = fields.filter { field in kind.measures.contains { $0.at == field.id } }
        return Array((codes.prefix(3) + days.prefix(1)).prefix(4))
    }

    static func isRange(_ field: Field) -> Bool {
        switch field.type {
        case .date, .moment, .integer, .decimal, .money: true
        default: false
        }
    }

    /// Whether the list is narrowed by a field.
    func narrows(_ field: Field) -> Bool {
        Self.isRange(field)
            ? fields[field.id + ".from"] != nil || fields[field.id + ".to"] != nil : value(field) != nil
    }

    private func value(_ field: Field) -> String? {
        if case .region = field.type {
            return RegionPicker(site.rulebook.regions, within: "", language).chosen(field.id, in: fields)
        }
        return fields[field.id]
    }

    // MARK: The query

    /// The filters as the commands write them, for the ledger as well.
    var conditions: [String] {
        var filters: [String] = []
        if let state = fields["state"] { filters.append("state=\(state)") }
        if fields["overdue"] == "true" { filters.append("overdue=true") }
        for field in filterFields {
            if Self.isRange(field) {
                if let from = fields[field.id + ".from"] { filters.append("\(field.id)>=\(from)") }
                if let to = fields[field.id + ".to"] { filters.append("\(field.id)<=\(to)") }
            } else if let text = value(field) {
                if case .text = field.type {
                    filters.append("\(field.id)~\(text)")
                } else {
                    filters.append("\(field.id)=\(text)")
                }
            }
        }
        return filters
    }

    /// Everything asked for, as the ledger keeps it when a list is taken out.
    var allConditions: [String] {
        conditions + (region.map { ["region=\($0)"] } ?? []) + (group.map { ["desk=\($0.rawValue)"] } ?? [])
            + (words.isEmpty ? [] : ["q=\(words)"])
    }

    /// The query, narrowed to what may be seen; nil when nothing can be found.
    ///
    /// - Throws: `Refusal` with everything wrong with what was asked.
    func query() throws -> RecordQuery? {
        let branches = filterFields.compactMap { field -> (field: Field, items: [String])? in
            guard case .code(let list) = field.type, let id = fields[field.id] else { return nil }
            let below = site.rulebook.codeLists[list].map { list in
                list.items(on: nil).map(\.id).filter { list.isItem($0, under: id, on: nil) && $0 != id }
            }
            return below?.isEmpty == false ? (field, [id] + (below ?? [])) : nil
        }
        let plain = conditions.filter { condition in
            !branches.contains { condition.hasPrefix("\($0.field.id)=") }
        }
        var query = try ListFilter(office, kind: kind, sight: sight).query(
            filters: plain, region: region, sort: words.isEmpty ? sort ?? "-id" : "-id")
        for (field, items) in branches {
            query.alternatives.append(
                items.map { .init(column: "field." + field.id, comparison: .equal, value: .string($0)) })
        }
        if let group {
            guard let narrowed = DeskQueries(office, sight).narrow(query, to: group, of: kind) else {
                return nil
            }
            query = narrowed
            if sort == nil, words.isEmpty { query.sort = ("next_due", false) }
        }
        guard !words.isEmpty else { return query }
        return RecordSearch(office, sight).narrowed(query, to: words, of: kind)
    }

    // MARK: Links

    var base: String { "/records/\(kind.id)" }

    func link(_ fields: FormFields) -> String {
        // Without anything asked the default view would come back.
        base + "?" + (fields.pairs.isEmpty ? "all=1" : fields.encoded)
    }

    /// The address with some names given one value, or none, at its first page.
    func address(_ changes: [(String, String?)]) -> String {
        var changed = fields
        for name in Self.pageNames { changed = changed.replacing(name, with: nil) }
        for (name, value) in changes { changed = changed.replacing(name, with: value) }
        return link(changed)
    }

    /// What a form keeps of the address beside its own fields.
    func kept(except names: Set<String>) -> FormFields {
        var kept = FormFields()
        for (name, value) in fields.pairs where !names.contains(name) && !Self.pageNames.contains(name) {
            kept.append(name, value)
        }
        return kept
    }
}
