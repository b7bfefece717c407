import Presentation
import Statements

/// Puts a plan's targets and tasks into tables.
///
/// Every column has its limit: a text without structure may be one item as long as a book.
struct PlanText {
    let console: Console
    let text: ReadText

    func table(of targets: [PlanTarget]) -> TextTable {
        var table = TextTable(columns: [
            TableColumn(key: "name", title: console.text("目标", "Target"), overflow: .wrap, maximumWidth: 40),
            TableColumn(key: "required", title: console.text("要求", "Required"), overflow: .keep),
            TableColumn(
                key: "deadline", title: console.text("期限", "By"), overflow: .wrap, maximumWidth: 18),
            TableColumn(
                key: "scope", title: console.text("范围", "Scope"), overflow: .wrap, maximumWidth: 24),
            TableColumn(
                key: "under", title: console.text("所属", "Under"), overflow: .wrap, maximumWidth: 30),
            TableColumn(key: "line", title: console.text("行", "Line"), alignment: .right, overflow: .keep),
        ])
        for target in targets {
            table.rows.append([
                .text(target.name), .text(Self.required(target), .accent),
                .text(target.deadline ?? ""), .text(target.scope ?? ""),
                .text(target.path.last ?? "", .muted),
                .integer(text.source.line(at: target.range.lowerBound), .muted),
            ])
        }
        return Self.withoutEmptyColumns(table)
    }

    func table(of tasks: [PlanTask]) -> TextTable {
        var table = TextTable(columns: [
            TableColumn(key: "label", title: console.text("序号", "No."), overflow: .keep),
            TableColumn(key: "task", title: console.text("任务", "Task"), overflow: .wrap, maximumWidth: 60),
            TableColumn(
                key: "responsible", title: console.text("责任单位", "Responsible"), overflow: .wrap,
                maximumWidth: 30),
            TableColumn(
                key: "deadlines", title: console.text("期限", "By"), overflow: .wrap, maximumWidth: 18),
            TableColumn(
                key: "targets", title: console.text("目标", "Targets"), overflow: .wrap, maximumWidth: 48),
        ])
        for task in tasks {
            // The depth comes from the text; deep margins would leave no room for words.
            let margin = String(repeating: "  ", count: min(max(task.depth - 1, 0), 5))
            table.rows.append([
                .text(margin + task.label, .muted),
                .text(task.title, task.depth == 1 ? .strong : nil),
                .text(console.list(task.responsible)), .text(console.list(task.deadlines)),
                .text(task.targets.map { $0.name + " " + Self.required($0) }.joined(separator: "\n")),
            ])
        }
        return Self.withoutEmptyColumns(table)
    }

    /// Takes out the columns in which no row says anything: few plans name units, or deadlines.
    private static func withoutEmptyColumns(_ table: TextTable) -> TextTable {
        let kept = table.columns.indices.filter { index in
            table.rows.contains { $0[index].value != .text("") }
        }
        var narrower = TextTable(columns: kept.map { table.columns[$0] })
        narrower.rows = table.rows.map { row in kept.map { row[$0] } }
        return narrower
    }

    /// What is to be reached, as people write it: `≥ 95%`, `3–5 家`.
    private static func required(_ target: PlanTarget) -> String {
        let sign =
            switch target.comparison {
            case .atLeast: "≥ "
            case .atMost: "≤ "
            case .below: "< "
            case .above: "> "
            case .equal: "= "
            }
        let isPercent = target.unit == "%"
        return sign + target.valueText + (isPercent || target.unit.isEmpty ? "" : " ") + target.unit
    }
}
