/// Reads the tasks of a plan: every item of its hierarchy 一、（一）1、①, with who answers for it and by when.
///
/// A table of tasks whose columns stand in one line each (序号 任务 责任单位 完成时限, separated by tabs, bars or
/// spaces) gives a task for every row. A text without any numbering gives one task for every paragraph.
public struct TaskReader: Sendable {
    /// Makes a reader; it keeps nothing from one text to the next.
    public init() {}

    /// The tasks of a text in the order they stand.
    public func tasks(in text: ReadText) -> [PlanTask] {
        let outline = Outline(text)
        let rows = TaskTable(text).rows
        let targets = TargetReader().targets(in: text, outline: outline, rows: rows)
        var reading = TaskReading(text: text, targets: targets)
        if outline.items.isEmpty, rows.isEmpty {
            for paragraph in text.paragraphs { reading.add(paragraph: paragraph) }
            return reading.tasks
        }
        var row = rows.startIndex
        for item in outline.items {
            while row < rows.endIndex, rows[row].range.lowerBound < item.text.lowerBound {
                reading.add(row: rows[row], under: [])
                row += 1
            }
            reading.add(item)
            while row < rows.endIndex, rows[row].range.lowerBound < item.text.upperBound {
                reading.add(row: rows[row], under: item.fullPath)
                row += 1
            }
        }
        for row in rows[row...] { reading.add(row: row, under: []) }
        return reading.tasks
    }
}

/// Brings items, rows and paragraphs into the form of tasks; all come in the order they stand.
private struct TaskReading {
    let text: ReadText
    let targets: [PlanTarget]
    private let lines: ColumnLines
    private(set) var tasks: [PlanTask] = []
    private var nextTarget = 0

    init(text: ReadText, targets: [PlanTarget]) {
        (self.text, self.targets) = (text, targets)
        lines = ColumnLines(text)
    }

    mutating func add(_ item: Outline.Item) {
        add(
            label: item.label, depth: item.depth, title: item.title, range: item.text, path: item.path,
            responsible: ResponsibleUnits.all(in: item.text, of: lines), deadlines: [])
    }

    mutating func add(row: TaskTable.Row, under path: [String]) {
        let scalars = text.source.scalars
        add(
            label: row.label.map { scalars.compactText($0) } ?? "", depth: path.count + 1,
            title: scalars.compactText(row.title), range: row.range, path: path,
            responsible: row.responsible.flatMap { ResponsibleUnits.cell($0, of: lines) },
            deadlines: row.deadlines.map { scalars.compactText($0) }.filter { !$0.isEmpty })
    }

    mutating func add(paragraph: Range<Int>) {
        let scalars = text.source.scalars
        let title = HeadingTitle(of: paragraph, in: scalars)
        guard paragraph.count >= 20 else { return }
        add(
            label: "", depth: 1, title: title.text, range: paragraph, path: [],
            responsible: ResponsibleUnits.all(in: paragraph, of: lines), deadlines: [])
    }

    private mutating func add(
        label: String, depth: Int, title: String, range: Range<Int>, path: [String], responsible: [String],
        deadlines: [String]
    ) {
        var deadlines = deadlines
        for deadline in PlanDeadline.all(in: range, of: text.source.scalars)
        where !deadlines.contains(deadline.text) && deadlines.count < 50 {
            deadlines.append(deadline.text)
        }
        while nextTarget < targets.count, targets[nextTarget].range.lowerBound < range.lowerBound {
            nextTarget += 1
        }
        var own: [PlanTarget] = []
        var index = nextTarget
        while index < targets.count, targets[index].range.lowerBound < range.upperBound {
            own.append(targets[index])
            index += 1
        }
        tasks.append(
            PlanTask(
                label: label, depth: depth, title: title, text: range, path: path, responsible: responsible,
                deadlines: deadlines, targets: own))
    }
}
