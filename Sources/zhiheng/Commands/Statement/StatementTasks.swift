import ArgumentParser
import Presentation
import Rulebooks
import Statements

/// Lists the tasks of a plan in their order.
struct StatementTasks: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "列出规划中的任务及其责任单位 · List the tasks of a plan and who answers for them")

    /// The forms of the answer.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, csv, jsonl
    }

    @Argument(help: ArgumentHelp("文件，- 为标准输入 · File, - for standard input", valueName: "file"))
    var file: String = "-"
    @Option(help: ArgumentHelp("输出形式 · Form of the answer", valueName: "text|csv|jsonl"))
    var format: Format = .text
    @OptionGroup var documents: DocumentOptions
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        var source = StatementSource(documents, console)
        let text = try source.read(file)
        let tasks = TaskReader().tasks(in: text)
        switch format {
        case .text:
            if !tasks.isEmpty { console.table(PlanText(console: console, text: text).table(of: tasks)) }
            let count = tasks.count
            console.line(console.text("共 \(count) 项任务", count == 1 ? "1 task" : "\(count) tasks"), .muted)
        case .csv: console.put(csv(tasks, in: text, session.language))
        case .jsonl: console.put(TaskLines(text).lines(tasks))
        }
    }

    private func csv(_ tasks: [PlanTask], in text: ReadText, _ language: Language) -> String {
        let rows = PlanTaskRows(heading: language == .zh ? .chinese : .english)
        var table = TextTable(columns: rows.header.map { TableColumn(key: $0, title: $0) })
        table.rows = rows.rows(of: tasks, in: text).map { $0.map { .text($0) } }
        return table.csv()
    }
}
