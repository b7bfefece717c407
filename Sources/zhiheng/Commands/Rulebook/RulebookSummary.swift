import Presentation
import Rulebooks

/// What a rulebook holds, in numbers.
enum RulebookSummary {
    static func line(_ rulebook: Rulebook, _ console: Console) -> String {
        let parts: [(Int, String, String)] = [
            (rulebook.kinds.count, "个类别", "kinds"), (rulebook.codeLists.count, "个代码表", "code lists"),
            (rulebook.judgements.count, "张判定表", "judgements"),
            (rulebook.indicators.count, "项指标", "indicators"),
            (rulebook.documents.count, "种文书", "documents"), (rulebook.reports.count, "种报告", "reports"),
            (rulebook.dashboards.count, "个看板", "dashboards"),
            (rulebook.regions.count, "个行政区划", "regions"),
        ]
        return console.list(
            parts.filter { $0.0 > 0 }.map { count, zh, en in
                console.text("\(grouped(count)) \(zh)", "\(grouped(count)) \(en)")
            })
    }

    private static func grouped(_ count: Int) -> String { NumberText.grouped(count) }
}
