import Rulebooks

/// Looks through everything that the rulebook says, by words, laws and ids.
struct RuleSearch {
    let site: Site
    let words: RuleWords

    init(_ site: Site, _ language: Language) {
        self.site = site
        words = RuleWords(site, language)
    }

    private var language: Language { words.language }
    static let limit = 100

    /// Something that can be found.
    private struct Entry {
        let sort: String
        let title: String
        let href: String
        /// All that is looked through: both languages, ids, laws.
        let texts: [String]
    }

    func page(_ asked: String) -> Page {
        let query = String(asked.prefix(100)).trimmingSpaces
        let wanted = query.lowercased().split(separator: " ")
        let found =
            wanted.isEmpty
            ? []
            : entries.filter { entry in
                let text = entry.texts.joined(separator: "\n").lowercased()
                return wanted.allSatisfy(text.contains)
            }
        var values: [String: Any] = [
            "ruleQuery": query, "hasFound": !found.isEmpty,
            "found": found.prefix(Self.limit).map {
                ["href": $0.href, "text": $0.title, "detail": $0.sort]
            },
        ]
        if !wanted.isEmpty {
            values["summary"] =
                found.count > Self.limit
                ? words.text("rules_found_many", ["count": String(found.count), "shown": String(Self.limit)])
                : words.text("rules_found", ["count": String(found.count)])
        }
        return words.page(
            "rulebook-search", .contents, title: words.text("rules_search"),
            lead: words.text("rules_search_lead"),
            values)
    }

    private func both(_ text: Bilingual?) -> [String] { text.map { [$0.zh, $0.en] } ?? [] }

    private func laws(_ citations: [Citation]) -> [String] {
        citations.flatMap { [$0.title, $0.note ?? ""] }
    }

    private var entries: [Entry] {
        var entries: [Entry] = []
        for kind in site.rulebook.kindOrder.compactMap(site.rulebook.kind) {
            entries += self.entries(of: kind)
        }
        func add<Item>(
            _ items: [String: Item], _ sort: String, _ page: String,
            _ read: (Item) -> (Bilingual, [Citation], [String])
        ) {
            for id in items.keys.sorted() {
                guard let item = items[id] else { continue }
                let (name, citations, more) = read(item)
                entries.append(
                    Entry(
                        sort: words.text(sort), title: name.text(language), href: page + id,
                        texts: both(name) + [id] + laws(citations) + more))
            }
        }
        add(site.rulebook.policies, "rules_policies", "/rules/policies#policy-") { policy in
            (policy.name, policy.versions.flatMap(\.citations), [])
        }
        add(site.rulebook.judgements, "rules_judgements", "/rules/judgements#judgement-") { judgement in
            let rows = judgement.versions.flatMap(\.item.rows)
            return (
                judgement.name, judgement.versions.flatMap(\.citations),
                rows.flatMap { both($0.say) + [$0.clause ?? "", $0.formula.source] }
            )
        }
        add(site.rulebook.codeLists, "rules_codes", "/rules/codes/") { list in
            let items = list.versions.flatMap(\.item)
            return (
                list.name, list.versions.flatMap(\.citations),
                items.flatMap { both($0.name) + $0.aliases + [$0.id, $0.code ?? ""] }
            )
        }
        add(site.rulebook.documents, "rules_documents", "/rules/documents#document-") { document in
            (document.name, document.citations, [])
        }
        return entries
    }

    private func entries(of kind: Kind) -> [Entry] {
        let (page, name) = ("/rules/" + kind.id, kind.name.text(language))
        var entries = [
            Entry(
                sort: words.text("sort_kind"), title: name, href: page,
                texts: both(kind.name) + [kind.id] + laws(kind.citations))
        ]
        func add(_ sort: String, _ text: Bilingual, _ anchor: String, _ texts: [String]) {
            entries.append(
                Entry(
                    sort: "\(name) · \(words.text(sort))", title: text.text(language), href: page + anchor,
                    texts: both(text) + texts))
        }
        let actions = [kind.lifecycle.create] + kind.lifecycle.actions
        for rule in kind.rules + actions.flatMap(\.rules) {
            add(
                "sort_rule", rule.say, "#rule-" + rule.id,
                [rule.id, rule.formula.source] + laws(rule.citations))
        }
        for clock in kind.clocks {
            let steps = clock.steps.map { words.stepName($0.step) }
            add("sort_clock", clock.name, "#clock-" + clock.id, [clock.id] + steps + laws(clock.citations))
        }
        for action in actions {
            add("sort_action", action.name, "#actions", [action.id] + laws(action.citations))
        }
        for field in kind.fields {
            add("sort_field", field.name, "#fields", [field.id] + both(field.help) + laws(field.citations))
        }
        return entries
    }
}
