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
            let query = try request.query()
            if query.isPlain, let view = try defaultView(of: kind, context) {
                return Self.redirect(to: view)
            }
            return try response(list(of: kind, query, sight, context), context)
        }
        addListTools(to: pages)
        addSearch(to: pages)
        addLookups(to: pages)
    }

    /// A kind of which the visitor may see records.
    func kind(_ id: String, _ sight: Sight) throws(PageProblem) -> Kind {
        guard let kind = rulebook.kind(id), sight.sees(kind) else { throw .notFound }
        return kind
    }

    static let pageSize = 50
    /// Records are counted so far and no further.
    static let countLimit = 10_000
    /// So much may be asked of the engine for a page, about a third of a second, and for a count.
    private static let pageEffort = 15_000_000
    private static let countEffort = 600_000

    // MARK: A list

    /// What was found for a list.
    struct ListFound {
        var page: RecordPage?
        /// Nil where counting would take too long.
        var count: Int?
        var isTooWide = false
        var reasons: [RefusalReason] = []
    }

    private func find(
        _ query: RecordQuery?, _ asked: ListAsked, _ fields: FormFields, _ reader: any StoreReading
    ) throws -> ListFound {
        var found = ListFound()
        guard let query else {
            found.count = 0
            return found
        }
        do {
            found.page = try reader.within(effort: Self.pageEffort) {
                try RecordPage.read(
                    query, of: asked.kind, at: CursorText.place(fields), size: Self.pageSize,
                    time: office.time, reader: reader)
            }
        } catch StoreProblem.unsuitable(let kind, let column) {
            found.reasons = [.unsuitable(column, of: rulebook.kind(kind) ?? asked.kind)]
            return found
        }
        found.isTooWide = found.page == nil
        let isWhole = found.page.map { $0.previous == nil && $0.next == nil } ?? false
        if isWhole {
            found.count = found.page?.records.count
        } else {
            found.count = try reader.within(effort: Self.countEffort) {
                try reader.count(query, of: asked.kind, upTo: Self.countLimit + 1)
            }
        }
        return found
    }

    private func list(
        of kind: Kind, _ fields: FormFields, _ sight: Sight, _ context: SiteContext
    ) throws -> Page {
        let language = context.language
        let asked = ListAsked(fields, site: self, kind: kind, sight: sight, language: language)
        let list = RecordList(site: self, kind: kind, sight: sight, language: language)
        let views =
            try context.visitor.actor.map { try SavedViews(office, of: $0.login).views(of: kind) } ?? []
        let columns = list.columns(asked.columns.isEmpty ? keptColumns(views) : asked.columns)
        let filters = ListFilters(asked: asked)
        var query: RecordQuery?
        var wrong = ListFound()
        do {
            query = try asked.query()
        } catch let refusal as Refusal {
            wrong.reasons = refusal.reasons
        }
        let (found, table) = try office.store.read { reader -> (ListFound, [String: Any]?) in
            let found = wrong.reasons.isEmpty ? try find(query, asked, fields, reader) : wrong
            guard let records = found.page?.records, !records.isEmpty else { return (found, nil) }
            let sortsAll = found.count.map { $0 <= Self.countLimit } ?? false
            return (
                found, try list.table(records, columns, asked, sortsAll: sortsAll, reader: reader)
            )
        }
        let more = filters.more()
        let chips = filters.chips()
        let count = countText(found, language)
        var values: [String: Any] = [
            "title": kind.name.text(language), "heading": kind.name.text(language),
            "countText": count, "filterAction": asked.base, "hasFilters": true, "filters": filters.first(),
            "moreFilters": more.editors, "hasMoreFilters": !more.editors.isEmpty,
            "moreFiltersOpen": more.isOpen,
            "keptInputs": asked.kept(except: []).pairs.filter {
                ["sort", "column", "desk"].contains($0.name)
            }
            .map { ["name": $0.name, "value": $0.value] },
            "chips": chips, "hasTools": true,
            "returnTo": asked.link(asked.fields),
            "emptyText": emptyText(found, hasFilters: !chips.isEmpty, context),
        ]
        values.merge(tools(asked, list, columns, views, context)) { $1 }
        values.merge(errorValues(found.reasons, prefix: "filter", language)) { $1 }
        if !chips.isEmpty { values["clearHref"] = asked.base + "?all=1" }
        values["table"] = table
        values["pager"] = pager(found, asked, count, language)
        if ImportDesk(office, workspace: workspace).kinds(for: sight.actor).contains(where: {
            $0.id == kind.id
        }) {
            values["importHref"] = asked.base + "/import"
        }
        if office.decider.mayCreate(kind, by: sight.actor) {
            values["create"] = ["label": createLabel(kind, language), "href": asked.base + "/new"]
        }
        if let done = fields["done"] { values["message"] = doneMessage(done, kind, language) }
        let status: HTTPResponse.Status = found.reasons.isEmpty ? .ok : .unprocessableContent
        return Page(template: "list", values: values, status: status)
    }

    private func pager(
        _ found: ListFound, _ asked: ListAsked, _ count: String, _ language: Language
    ) -> [String: Any]? {
        guard let page = found.page, !page.records.isEmpty else { return nil }
        var pager: [String: Any] = [
            "countText": renderer.text(
                "list_count_page", ["count": count, "shown": String(page.records.count)], language)
        ]
        func address(_ place: RecordPage.Place?) -> String? {
            switch place {
            case .after(let cursor): CursorText.text(cursor).map { asked.address([("after", $0)]) }
            case .before(let cursor): CursorText.text(cursor).map { asked.address([("before", $0)]) }
            case .first, nil: nil
            }
        }
        if page.previous != nil {
            pager["firstHref"] = asked.address([])
            pager["previousHref"] = address(page.previous)
        }
        pager["nextHref"] = address(page.next)
        return pager
    }

    /// How many there are, as far as that is known.
    private func countText(_ found: ListFound, _ language: Language) -> String {
        guard let count = found.count else {
            return renderer.text(found.reasons.isEmpty ? "list_count_unknown" : "list_count_none", language)
        }
        if count > Self.countLimit {
            return renderer.text("list_count_many", ["count": Describing.grouped(Self.countLimit)], language)
        }
        return renderer.text("list_count", ["count": Describing.grouped(count)], language)
    }

    private func emptyText(_ found: ListFound, hasFilters: Bool, _ context: SiteContext) -> String {
        text(found.isTooWide ? "list_too_wide" : hasFilters ? "list_empty" : "list_none", context)
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
        context.visitor.actor.map { office.decider.mayCreate(kind, by: $0) } ?? false
    }

    /// What a page says of the action that led to it.
    func doneMessage(_ action: String, _ kind: Kind?, _ language: Language) -> [String: Any]? {
        let known =
            ["create", "amend", "void", "draft", "view"].contains(action)
            || kind?.lifecycle.action(action) != nil
        guard known else { return nil }
        if action == "draft" || action == "view" {
            return ["tone": "done", "text": renderer.text("message_" + action, language)]
        }
        let name = RecordReading(office, language: language).actionName(action, kind: kind)
        return ["tone": "done", "text": renderer.text("message_done", ["action": name], language)]
    }
}

extension RefusalReason {
    /// A column that cannot be asked for, or not in this way.
    static func unsuitable(_ column: String, of kind: Kind) -> RefusalReason {
        let name = kind.field(column)?.name ?? Bilingual(zh: column, en: column)
        return RefusalReason(
            .valueInvalid, field: column, "不能按“\(name.zh)”这样筛选或排序。",
            "The list cannot be filtered or sorted by \(name.en) in this way.")
    }
}

extension FormFields {
    /// Whether nothing is asked for but the language.
    var isPlain: Bool { pairs.allSatisfy { $0.name == "lang" } }
}
