import Expressions
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

extension Site {
    func addDesk(to pages: RouterGroup<SiteContext>) {
        pages.get("/desk") { [self] _, context in
            let sight = try context.staffSight()
            return response(try desk(sight, context), context)
        }
    }

    /// So many open matters of a kind are looked at for the desk: the overdue first, then the longest in their state.
    private static let depth = 200

    private func desk(_ sight: Sight, _ context: SiteContext) throws -> Page {
        let language = context.language
        let describing = Describing(self, language)
        let (tasks, lateCount, openCount) = try office.store.read { reader in
            var tasks: [DeskTask] = []
            var (late, open) = (0, 0)
            for kind in rulebook.kindOrder.compactMap(rulebook.kind)
            where kind.family == .matter && sight.sees(kind) {
                guard let query = sight.limit(Self.openMatters(of: kind), of: kind) else { continue }
                open += try reader.count(query, of: kind)
                var overdue = query
                overdue.conditions.append(.init(column: "overdue", comparison: .equal, value: .bool(true)))
                late += try reader.count(overdue, of: kind)
                var rest = query
                rest.conditions.append(.init(column: "overdue", comparison: .equal, value: .bool(false)))
                for part in [overdue, rest] {
                    tasks += try reader.records(part, of: kind).map { record in
                        try task(FoundRecord(kind: kind, record: record), sight, reader, context)
                    }
                }
            }
            return (tasks, late, open)
        }
        let groups = DeskTask.Group.allCases.map { group -> [String: Any] in
            let members = tasks.filter { $0.group == group }.sorted { $0.urgency < $1.urgency }
            var values: [String: Any] = [
                "id": group.rawValue, "heading": text("desk_" + group.rawValue, context), "tone": group.tone,
                "countText": renderer.text("items", ["count": String(members.count)], language),
                "emptyText": text("desk_\(group.rawValue)_none", context),
                "tasks": members.prefix(20).map(\.values),
            ]
            if group == .late, let kind = members.first?.kind, members.count > 20 {
                values["moreHref"] = "/records/\(kind)?overdue=true"
            }
            return values
        }
        let soon = tasks.count { $0.group == .soon }
        func tile(_ key: String, _ count: Int, _ tone: String?) -> [String: Any] {
            var tile: [String: Any] = [
                "label": text(key, context), "value": Describing.grouped(count),
                "unit": text("unit_items", context),
            ]
            if count > 0 { tile["tone"] = tone }
            return tile
        }
        return Page(
            template: "desk",
            values: [
                "title": text("my_desk", context), "heading": text("my_desk", context),
                "today": describing.dayOfWeek(office.today), "returnTo": "/desk", "groups": groups,
                "tiles": [
                    tile("desk_late", lateCount, "late"), tile("desk_soon", soon, "soon"),
                    tile("desk_all_open", openCount, nil),
                ],
                "creates": rulebook.kindOrder.compactMap(rulebook.kind).filter {
                    $0.family == .matter && mayCreate($0, context)
                }.prefix(3).enumerated().map { index, kind in
                    [
                        "label": createLabel(kind, language), "href": "/records/\(kind.id)/new",
                        "primary": index == 0,
                    ] as [String: Any]
                },
            ])
    }

    private static func openMatters(of kind: Kind) -> RecordQuery {
        var query = RecordQuery()
        query.limit = depth
        query.sort = ("entered_at", false)
        for state in kind.lifecycle.closed.sorted() {
            query.conditions.append(.init(column: "state", comparison: .notEqual, value: .string(state)))
        }
        return query
    }

    private func task(
        _ found: FoundRecord, _ sight: Sight, _ reader: any StoreReading, _ context: SiteContext
    ) throws -> DeskTask {
        let (kind, record) = (found.kind, found.record)
        let language = context.language
        let describing = Describing(self, language)
        let actions = try ActionGuide(office).actions(on: found, as: sight, reader: reader).filter(
            \.isPossible)
        let clock = describing.clock(of: record, kind: kind)
        let group: DeskTask.Group
        if actions.isEmpty {
            group = .waiting
        } else if record.overdue {
            group = .late
        } else if clock?["tone"] as? String == "soon" {
            group = .soon
        } else {
            group = .open
        }
        let href = Self.href(of: found)
        var values: [String: Any] = [
            "href": href, "number": record.number,
            "title": RecordReading(office, language: language, sight: sight).title(of: record, kind: kind),
            "facts": [
                kind.name.text(language),
                rulebook.regions.name(record.region)?.text(language) ?? record.region,
            ],
            "state": describing.state(of: record, kind: kind),
            "actions": actions.prefix(2).enumerated().map { index, action -> [String: Any] in
                let isOneTap = action.rule.asks.isEmpty && action.rule.may.isEmpty
                let target =
                    isOneTap ? href + "/actions/" + action.rule.id : href + "#action-" + action.rule.id
                return [
                    "label": action.rule.name.text(language), "primary": index == 0, "oneTap": isOneTap,
                    "target": target, "recordVersion": String(record.version),
                ]
            },
        ]
        values["clock"] = clock
        let due = record.clocks.compactMap(\.due).map { office.time.day(of: $0).daysSinceEpoch }.min()
        return DeskTask(group: group, kind: kind.id, urgency: due ?? .max, values: values)
    }
}

/// A matter as the desk shows it.
private struct DeskTask {
    enum Group: String, CaseIterable {
        case late, soon, open, waiting

        var tone: String { rawValue }
    }

    let group: Group
    let kind: String
    /// The day it is due; what has none comes last.
    let urgency: Int32
    let values: [String: Any]
}
