import Rulebooks

/// What an enterprise is judged by: for each kind in which the responsible party acts or is addressed, what it must do, by when,
/// by which rules, and what follows when it does not.
struct JudgedReading {
    let site: Site
    let words: RuleWords

    init(_ site: Site, _ language: Language) {
        self.site = site
        words = RuleWords(site, language)
    }

    private var language: Language { words.language }

    var page: Page {
        let kinds = site.rulebook.kindOrder.compactMap(site.rulebook.kind).filter(concerns)
        return words.page(
            "rulebook-judged", .judged,
            ["kinds": kinds.map(values), "isEmpty": kinds.isEmpty])
    }

    private func duties(_ kind: Kind) -> [ActionRule] {
        ([kind.lifecycle.create] + kind.lifecycle.actions).filter { $0.by.contains(.responsible) }
    }

    private func addressed(_ kind: Kind) -> [ClockDefinition] {
        kind.clocks.filter { clock in clock.steps.contains { $0.addressee == .responsible } }
    }

    private func concerns(_ kind: Kind) -> Bool {
        kind.responsible != nil && !(duties(kind).isEmpty && addressed(kind).isEmpty)
    }

    private func values(_ kind: Kind) -> [String: Any] {
        let duties = duties(kind)
        let reading = KindReading(site, kind, language)
        let rules =
            kind.rules.map { KindReading.values($0, at: nil, words) }
            + duties.flatMap { duty in duty.rules.map { KindReading.values($0, at: duty, words) } }
        let documents = received(kind)
        var values: [String: Any] = [
            "name": kind.name.text(language), "id": kind.id, "href": "/rules/" + kind.id,
            "laws": words.laws(kind.citations),
            "duties": duties.map { duty -> [String: Any] in
                var shown: [String: Any] = [
                    "name": duty.name.text(language), "laws": words.laws(duty.citations),
                ]
                if !duty.from.isEmpty {
                    shown["from"] = words.text(
                        "judged_from",
                        ["states": duty.from.map(reading.stateName).joined(separator: words.comma)])
                }
                if !duty.asks.isEmpty {
                    shown["asks"] = words.text(
                        "judged_asks",
                        ["fields": duty.asks.map(reading.fieldName).joined(separator: words.comma)])
                }
                return shown
            },
            "hasDuties": !duties.isEmpty,
            "clocks": addressed(kind).map { own(KindReading.values($0, kind, words), kind) },
            "hasClocks": !addressed(kind).isEmpty, "rules": rules.map { own($0, kind) },
            "hasRules": !rules.isEmpty,
            "documents": documents, "hasDocuments": !documents.isEmpty,
        ]
        if let condition = kind.publicWhen {
            let names = kind.publicFields.map(reading.fieldName).joined(separator: words.comma)
            values["published"] = words.text("judged_public", ["fields": names])
            values["publishedWhen"] = condition.source.trimmingSpaces
        }
        return values
    }

    /// Ids are one kind's own; on a page of many kinds each needs the kind's before it.
    private func own(_ values: [String: Any], _ kind: Kind) -> [String: Any] {
        var values = values
        values["id"] = "\(kind.id)-\(values["id"] ?? "")"
        return values
    }

    /// The documents that may be issued about a record of the kind.
    private func received(_ kind: Kind) -> [[String: Any]] {
        let issued =
            ([kind.lifecycle.create] + kind.lifecycle.actions).compactMap(\.issues)
            + kind.clocks.flatMap(\.steps).compactMap(\.issues)
        var seen: Set<String> = []
        return issued.filter { seen.insert($0).inserted }.compactMap { id in
            guard let name = words.documentName(id) else { return nil }
            return ["href": "/rules/documents#document-" + id, "text": name]
        }
    }
}
