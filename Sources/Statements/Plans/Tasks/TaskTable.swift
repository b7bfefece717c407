/// A table of tasks whose rows stand in one line each: 序号 重点任务 责任单位 完成时限.
struct TaskTable {
    /// One row with its cells.
    struct Row {
        let range: Range<Int>
        let label: Range<Int>?
        let title: Range<Int>
        let responsible: [Range<Int>]
        let deadlines: [Range<Int>]
        let cells: [Range<Int>]
    }

    private enum Column {
        case number
        case task
        case responsible
        case deadline
        case other
    }

    /// The rows in the order they stand.
    private(set) var rows: [Row] = []

    private static let numbers = PlanWordList("序号 编号 No.")
    private static let tasks = PlanWordList(
        """
        任务 重点任务 工作任务 主要任务 工作内容 任务内容 工作事项 重点工作 事项 内容 工作目标 项目 任务名称 具体任务 工作措施 具体措施 目标任务 整改措施 重点工作任务
        """)
    private static let responsibles = PlanWordList(
        """
        责任单位 牵头单位 配合单位 责任部门 牵头部门 配合部门 责任处室 责任科室 牵头处室 参与单位 参加单位 责任人 责任领导 负责单位 承办单位 协办单位 责任主体
        """)
    private static let deadlines = PlanWordList(
        """
        完成时限 完成时间 时间节点 时限 时限要求 时间安排 进度安排 时间进度 完成期限 整改时限 时间要求 计划完成时间 办结时限 时间
        """)

    /// Finds the tables of a text.
    init(_ text: ReadText) {
        let scalars = text.source.scalars
        let mayHoldTable = text.paragraphs.contains { paragraph in
            paragraph.count <= 80 && Self.responsibles.occurs(in: paragraph, of: scalars)
                || paragraph.count <= 80 && Self.deadlines.occurs(in: paragraph, of: scalars)
        }
        guard mayHoldTable else { return }
        let lines = ColumnLines(text)
        var current: (columns: [Column], mark: ColumnLines.Mark)?
        for paragraph in text.paragraphs {
            if let header = Self.header(paragraph, in: lines) {
                current = header
                continue
            }
            guard let table = current else { continue }
            var cells = lines.cells(of: paragraph, at: table.mark)
            if cells.count != table.columns.count { cells = lines.cells(of: paragraph, at: .space) }
            guard cells.count == table.columns.count else {
                // A long paragraph of running text ends a table; a broken row does not.
                if cells.count < 2, paragraph.count > 60 { current = nil }
                continue
            }
            add(cells, columns: table.columns, range: paragraph)
        }
    }

    private mutating func add(_ cells: [Range<Int>], columns: [Column], range: Range<Int>) {
        var label: Range<Int>?
        var title: Range<Int>?
        var responsible: [Range<Int>] = []
        var deadlines: [Range<Int>] = []
        for (cell, column) in zip(cells, columns) {
            switch column {
            case .number: label = cell
            case .task where title == nil: title = cell
            case .responsible: responsible.append(cell)
            case .deadline: deadlines.append(cell)
            case .task, .other: break
            }
        }
        guard let title, !title.isEmpty else { return }
        rows.append(
            Row(
                range: range, label: label, title: title, responsible: responsible, deadlines: deadlines,
                cells: cells))
    }

    /// The columns a line announces, if it is the head of a table of tasks.
    private static func header(
        _ line: Range<Int>, in lines: ColumnLines
    ) -> (columns: [Column], mark: ColumnLines.Mark)? {
        guard line.count <= 120 else { return nil }
        for mark in ColumnLines.Mark.allCases {
            if let columns = columns(lines.cells(of: line, at: mark), in: lines.scalars) {
                return (columns, mark)
            }
        }
        return nil
    }

    private static func columns(_ cells: [Range<Int>], in scalars: [Unicode.Scalar]) -> [Column]? {
        guard cells.count >= 2, cells.count <= 12 else { return nil }
        var columns: [Column] = []
        for cell in cells {
            guard cell.count <= 12 else { return nil }
            func isOne(_ list: PlanWordList) -> Bool {
                list.length(at: cell.lowerBound, in: scalars, until: cell.upperBound) == cell.count
            }
            if isOne(numbers) {
                columns.append(.number)
            } else if isOne(responsibles) {
                columns.append(.responsible)
            } else if isOne(deadlines) {
                columns.append(.deadline)
            } else {
                columns.append(isOne(tasks) ? .task : .other)
            }
        }
        let isTable = columns.contains(.responsible) || columns.contains(.deadline)
        return columns.contains(.task) && isTable ? columns : nil
    }
}
