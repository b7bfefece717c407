import ArgumentParser
import Presentation
import Statements

/// Lists the quantified targets of a plan.
struct StatementTargets: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "targets", abstract: "列出规划中的量化目标 · List the quantified targets of a plan")

    /// The forms of the answer.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, jsonl, yaml
    }

    @Argument(help: ArgumentHelp("文件，- 为标准输入 · File, - for standard input", valueName: "file"))
    var file: String = "-"
    @Option(help: ArgumentHelp("输出形式 · Form of the answer", valueName: "text|jsonl|yaml"))
    var format: Format = .text
    @OptionGroup var documents: DocumentOptions
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        var source = StatementSource(documents, console)
        let text = try source.read(file)
        let targets = TargetReader().targets(in: text)
        switch format {
        case .text:
            if !targets.isEmpty { console.table(PlanText(console: console, text: text).table(of: targets)) }
            let count = targets.count
            console.line(
                console.text("共 \(count) 项目标", count == 1 ? "1 target" : "\(count) targets"), .muted)
        case .jsonl: console.put(PlanTargetLines().text(of: targets, in: text))
        case .yaml: console.put(PlanTargetDocument().text(of: targets, in: text))
        }
    }
}
