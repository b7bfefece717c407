import Expressions
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

extension Site {
    func addDesk(to pages: RouterGroup<SiteContext>) {
        pages.get("/desk") { [self] request, context in
            let sight = try context.staffSight()
            return response(try desk(sight, try request.query(), context), context)
        }
    }

    private func desk(_ sight: Sight, _ asked: FormFields, _ context: SiteContext) throws -> Page {
        let language = context.language
        let desk = Desk(site: self, sight: sight, context: context)
        var values = try office.store.read { try desk.values($0) }
        values["title"] = text("my_desk", context)
        values["heading"] = text("my_desk", context)
        values["today"] = Describing(self, language).dayOfWeek(office.today)
        values["returnTo"] = "/desk"
        values["creates"] = rulebook.kindOrder.compactMap(rulebook.kind).filter {
            $0.family == .matter && mayCreate($0, context)
        }.prefix(3).enumerated().map { index, kind in
            [
                "label": createLabel(kind, language), "href": "/records/\(kind.id)/new",
                "primary": index == 0,
            ] as [String: Any]
        }
        let drafts = try draftRows(sight, context)
        values["drafts"] = drafts
        values["hasDrafts"] = !drafts.isEmpty
        if let done = asked["done"] {
            values["message"] = doneMessage(done, asked["kind"].flatMap(rulebook.kind), language)
        }
        return Page(template: "desk", values: values)
    }
}

/// The desk: what waits for whoever is signed in.
private struct Desk {
    let site: Site
    let sight: Sight
    let context: SiteContext

    /// So many matters of a group are shown.
    private static let shown = 8
    /// A group is counted so far and no further.
    private static let countLimit = 1_000
    private static let countEffort = 400_000

    private var language: Language { context.language }
    private var office: Office { site.office }
    private var describing: Describing { Describing(site, language) }
    private var queries: DeskQueries { DeskQueries(office, sight) }
    private func text(_ key: String) -> String { site.renderer.text(key, language) }

    /// One group of one kind.
    private struct Part {
        let kind: Kind
        let query: RecordQuery
        /// Nil where counting would take too long.
        let count: Int?
    }

    func values(_ reader: any StoreReading) throws -> [String: Any] {
        var tiles: [[String: Any]] = []
        var groups: [[String: Any]] = []
        for group in DeskGroup.allCases {
            let parts = try parts(of: group, reader)
            tiles.append(tile(group, parts))
            guard group != .waiting || parts.contains(where: { $0.count != 0 }) else { continue }
            groups.append(try values(of: group, parts, reader))
        }
        return ["tiles": tiles, "groups": groups]
    }

    private func parts(of group: DeskGroup, _ reader: any StoreReading) throws -> [Part] {
        try queries.kinds.compactMap { kind in
            guard let query = queries.query(group, of: kind) else { return nil }
            let count = try reader.within(effort: Self.countEffort) {
                try reader.count(query, of: kind, upTo: Self.countLimit + 1)
            }
            return count == 0 ? nil : Part(kind: kind, query: query, count: count)
        }
    }

    private func countText(_ count: Int?) -> String {
        guard let count else { return text("count_many") }
        return count > Self.countLimit
            ? Describing.grouped(Self.countLimit) + "+" : Describing.grouped(count)
    }

    private func total(_ parts: [Part]) -> String {
        if parts.contains(where: { $0.count == nil }) { return text("count_many") }
        let sum = parts.reduce(0) { $0 + min($1.count ?? 0, Self.countLimit) }
        let isBounded = parts.contains { $0.count ?? 0 > Self.countLimit }
        return Describing.grouped(sum) + (isBounded ? "+" : "")
    }

    private func tile(_ group: DeskGroup, _ parts: [Part]) -> [String: Any] {
        var tile: [String: Any] = [
            "label": text("desk_" + group.textKey), "value": total(parts), "unit": text("unit_items"),
            "href": "#group-" + group.rawValue,
        ]
        if !parts.isEmpty, group == .overdue || group == .soon { tile["tone"] = Self.tone(of: group) }
        return tile
    }

    private static func tone(of group: DeskGroup) -> String {
        switch group {
        case .overdue, .listed: "late"
        case .soon, .urged: "soon"
        case .todo: "open"
        case .waiting: "waiting"
        }
    }

    private func values(
        of group: DeskGroup, _ parts: [Part], _ reader: any StoreReading
    ) throws -> [String: Any] {
        var tasks: [(due: Int64, values: [String: Any])] = []
        for part in parts {
            var query = part.query
            query.limit = Self.shown
            tasks += try reader.records(query, of: part.kind).map { record in
                let due = record.nextDue(in: office.time)?.seconds ?? .max
                return (due, try task(FoundRecord(kind: part.kind, record: record), group, reader))
            }
        }
        // In the order of due times; a stable sort keeps the order of kinds otherwise.
        let sorted = tasks.enumerated().sorted {
            ($0.element.due, $0.offset) < ($1.element.due, $1.offset)
        }.map(\.element.values)
        return [
            "id": group.rawValue, "heading": text("desk_" + group.textKey), "tone": Self.tone(of: group),
            "countText": site.renderer.text("items", ["count": total(parts)], language),
            "emptyText": text("desk_\(group.textKey)_none"), "tasks": Array(sorted.prefix(Self.shown)),
            "links": parts.map { part in
                [
                    "href": "/records/\(part.kind.id)?desk=\(group.rawValue)",
                    "label": "\(part.kind.name.text(language)) \(countText(part.count))",
                ]
            },
        ]
    }

    private func task(
        _ found: FoundRecord, _ group: DeskGroup, _ reader: any StoreReading
    ) throws -> [String: Any] {
        let (kind, record) = (found.kind, found.record)
        let href = Site.href(of: found)
        var values: [String: Any] = [
            "href": href, "number": record.number,
            "title": RecordReading(office, language: language, sight: sight).title(of: record, kind: kind),
            "facts": [
                kind.name.text(language),
                site.rulebook.regions.name(record.region)?.text(language) ?? record.region,
            ],
            "state": describing.state(of: record, kind: kind),
            "actions": try actions(on: found, href, group, reader),
        ]
        values["clock"] = describing.clock(of: record, kind: kind)
        if group == .urged, let order = try queries.urgingOrder(of: found, reader: reader) {
            let name = site.rulebook.documents[order.document]?.name.text(language) ?? order.document
            values["order"] = [
                "href": "/documents/" + FormFields.encoded(order.number), "label": name,
                "number": order.number,
            ]
        }
        return values
    }

    private func actions(
        on found: FoundRecord, _ href: String, _ group: DeskGroup, _ reader: any StoreReading
    ) throws -> [[String: Any]] {
        let guide = ActionGuide(office)
        // Only what is to do is worth looking at whole; elsewhere what one tap does is enough.
        let rules =
            group == .todo
            ? try guide.actions(on: found, as: sight, reader: reader).filter {
                $0.isPossible && $0.rule.to != nil
            }
            .map(\.rule) : try guide.oneTapActions(on: found, as: sight, reader: reader)
        let oneTapFirst = rules.filter(\.asks.isEmpty) + rules.filter { !$0.asks.isEmpty }
        return oneTapFirst.prefix(2).enumerated().map { index, rule in
            let isOneTap = rule.asks.isEmpty
            return [
                "label": rule.name.text(language), "primary": index == 0, "oneTap": isOneTap,
                "target": isOneTap ? href + "/actions/" + rule.id : href + "#action-" + rule.id,
                "recordVersion": String(found.record.version),
            ]
        }
    }
}
