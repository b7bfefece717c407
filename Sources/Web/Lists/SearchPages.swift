import Hummingbird
import Office
import Records
import Rulebooks
import Storage

/// Search over all kinds that the visitor may see.
extension Site {
    func addSearch(to pages: RouterGroup<SiteContext>) {
        pages.get("/search") { [self] request, context in
            try response(search(request.query(), context), context)
        }
    }

    /// So many records of a kind are shown.
    private static let searchedOfKind = 8

    private func search(_ asked: FormFields, _ context: SiteContext) throws -> Page {
        let query = String((asked["q"] ?? "").prefix(100))
        let sight = context.visitor.sight ?? .everybody(in: rulebook)
        let language = context.language
        let isPublic = !context.visitor.isSignedIn
        var groups: [[String: Any]] = []
        var count = 0
        if !query.allSatisfy(\.isWhitespace) {
            let search = RecordSearch(office, sight)
            for kind in rulebook.kindOrder.compactMap(rulebook.kind) where sight.sees(kind) {
                let found = try search.find(query, of: kind, limit: Self.searchedOfKind)
                if found.records.isEmpty { continue }
                count += found.records.count
                let list = RecordList(site: self, kind: kind, sight: sight, language: language)
                groups.append(group(found, list, query, isPublic: isPublic))
            }
        }
        return Page(
            template: "search",
            values: [
                "title": text("search_results", context), "heading": text("search_results", context),
                "searchQuery": query, "groups": groups, "hasGroups": !groups.isEmpty,
                "countText": renderer.text("search_count", ["count": String(count)], language),
                "emptyText": renderer.text(
                    query.isEmpty ? "search_nothing_asked" : "search_none", ["query": query], language),
            ])
    }

    private func group(
        _ found: RecordSearch.Found, _ list: RecordList, _ query: String, isPublic: Bool
    ) -> [String: Any] {
        let language = list.language
        var group: [String: Any] = [
            "id": list.kind.id, "heading": list.kind.name.text(language),
            "table": [
                "caption": list.kind.name.text(language),
                "columns": ["column_title", "column_kind", "column_state", "column_region"].map {
                    ["heading": renderer.text($0, language), "figure": false] as [String: Any]
                }, "rows": found.records.map { list.resultRow($0, isPublic: isPublic) },
            ] as [String: Any],
        ]
        if found.hasMore, !isPublic {
            group["moreHref"] = "/records/\(list.kind.id)?q=" + FormFields.encoded(query)
        }
        return group
    }
}
