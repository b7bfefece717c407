/// Says what a dashboard shows, in the words of the rulebook.
public enum DashboardExplanation {
    /// The dashboard as text for a terminal: for whom it is, and its parts in the order of the page.
    public static func terminal(_ dashboard: Dashboard, _ language: Language, in rulebook: Rulebook) -> String
    {
        var lines = ["\(dashboard.name.text(language))  \(dashboard.id)"]
        let words = DashboardWords(language: language, rulebook: rulebook)
        func section(_ zh: String, _ en: String, _ entries: [String]) {
            guard !entries.isEmpty else { return }
            lines += ["", language == .zh ? zh : en] + entries.map { "  " + $0 }
        }
        section("适用", "For", dashboard.roles.isEmpty ? [] : [words.roles(dashboard.roles)])
        section("首页", "Begins here", dashboard.opensFor.isEmpty ? [] : [words.roles(dashboard.opensFor)])
        section("数字", "Figures", dashboard.tiles.map { words.line([$0.subject], $0.name, $0.compare) })
        section(
            "控制指标", "Quotas",
            dashboard.quotas.map { "\(rulebook.quotas[$0]?.name.text(language) ?? $0)  \($0)" })
        section("趋势", "Trends", dashboard.trends.map { words.line($0.subjects, $0.name, $0.compare) })
        section(
            "构成", "Breakdowns",
            dashboard.breakdowns.map { words.line([.measure($0.term)], $0.name, $0.compare) + "  / \($0.by)" }
        )
        section("排名", "Rankings", dashboard.rankings.map { words.line([$0.subject], $0.name, nil) })
        section("分地区分月", "By region and month", dashboard.heat.map { words.line([$0.subject], $0.name, nil) })
        section("清单", "Lists", dashboard.lists.map { words.list($0) })
        return lines.joined(separator: "\n") + "\n"
    }
}

private struct DashboardWords {
    let language: Language
    let rulebook: Rulebook

    func roles(_ ids: Set<String>) -> String {
        ids.sorted().map { rulebook.roles[$0]?.name.text(language) ?? $0 }
            .joined(separator: language == .zh ? "、" : ", ")
    }

    func line(
        _ subjects: [FigureSubject], _ name: Bilingual?, _ compare: DashboardComparison?
    ) -> String {
        let names = subjects.map { rulebook.name(of: $0).text(language) }
        let own = name?.text(language) ?? names.joined(separator: language == .zh ? "、" : ", ")
        let ids = subjects.map(\.id).joined(separator: " ")
        switch compare {
        case .year: return "\(own)  \(ids)  \(language == .zh ? "同比" : "year on year")"
        case .previous: return "\(own)  \(ids)  \(language == .zh ? "环比" : "on the period before")"
        case nil: return "\(own)  \(ids)"
        }
    }

    func list(_ list: DashboardList) -> String {
        let kind = rulebook.kind(list.kindID)?.name.text(language) ?? list.kindID
        let conditions = list.conditions.map { "\($0.column)=\($0.value)" }.joined(separator: " ")
        return "\(list.name.text(language))  \(kind)  \(conditions)"
    }
}

extension FigureSubject {
    /// The name of the measure or the id of the indicator.
    public var id: String {
        switch self {
        case .measure(let term): term.measure
        case .indicator(let id): id
        }
    }
}

extension Rulebook {
    /// The name of what a figure is of.
    public func name(of subject: FigureSubject) -> Bilingual {
        switch subject {
        case .measure(let term):
            measures[term.measure]?.measure.name ?? Bilingual(zh: term.measure, en: term.measure)
        case .indicator(let id): indicators[id]?.name ?? Bilingual(zh: id, en: id)
        }
    }

    /// A dashboard by its id.
    public func dashboard(_ id: String) -> Dashboard? { dashboards.first { $0.id == id } }
}
