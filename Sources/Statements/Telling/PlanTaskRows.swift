/// Tasks as the rows of a table; whoever has a file writes them as comma-separated values (RFC 4180).
public struct PlanTaskRows: Sendable {
    /// The language of the table's head.
    public enum Heading: Hashable, Sendable {
        /// 编号,层级,标题,正文,责任单位,完成时限,目标,上级
        case chinese
        /// number,depth,title,text,responsible,deadline,targets,path
        case english
    }

    private let heading: Heading

    /// Makes a rendering with a head in one language.
    public init(heading: Heading) { self.heading = heading }

    /// The names of the columns.
    public var header: [String] {
        switch heading {
        case .chinese: ["编号", "层级", "标题", "正文", "责任单位", "完成时限", "目标", "上级"]
        case .english: ["number", "depth", "title", "text", "responsible", "deadline", "targets", "path"]
        }
    }

    /// One row for every task, in order, with as many fields as the head has.
    ///
    /// Several units or deadlines stand in one field, separated by `；`; targets likewise, each as
    /// `name operator value unit`; the path's headings are separated by ` / `. Line breaks inside a task's
    /// text stay.
    public func rows(of tasks: [PlanTask], in text: ReadText) -> [[String]] {
        tasks.map { task in
            [
                task.label, String(task.depth), task.title, text.source.text(task.text),
                task.responsible.joined(separator: "；"), task.deadlines.joined(separator: "；"),
                task.targets.map(\.summary).joined(separator: "；"), task.path.joined(separator: " / "),
            ]
        }
    }
}

extension PlanTarget {
    /// The target in one line: 合格率 >= 95%.
    public var summary: String {
        let space = unit.isEmpty || unit == "%" ? "" : " "
        let range = upper.flatMap { TargetAmount.decimal($0) }.map { "–" + $0 } ?? ""
        return "\(name) \(comparison.rawValue) \(plainValue)\(range)\(space)\(unit)"
    }
}
