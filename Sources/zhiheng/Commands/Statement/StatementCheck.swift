import ArgumentParser
import Foundation
import Office
import Presentation
import Rulebooks
import Statements

/// Checks what a text says follows from its figures.
struct StatementCheck: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "核对文中的增幅、占比、比率、合计 · Check changes, shares, rates and sums",
        discussion: """
            有误时退出码为 1；有文件无法读取时为 3，其余文件照常核对。
            Exits with 1 when something is wrong, with 3 when a file cannot be read; the others are checked.
            """)

    /// The forms of the answer.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, jsonl, html
    }

    @Argument(help: ArgumentHelp("文件，- 为标准输入 · Files, - for standard input", valueName: "file"))
    var files: [String] = ["-"]
    @Option(help: ArgumentHelp("附表，文中数字与其比较 · Attached table to compare with", valueName: "csv"))
    var table: String?
    @Option(help: ArgumentHelp("输出形式 · Form of the answer", valueName: "text|jsonl|html"))
    var format: Format = .text
    @Option(help: ArgumentHelp("写入文件 · Write to a file", valueName: "file"))
    var output: String?
    @Flag(help: "也列出成立的数字 · Tell of what holds as well")
    var all = false
    @OptionGroup var documents: DocumentOptions
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let checker = StatementChecker(table: try table.map(TableFile.cells))
        var source = StatementSource(documents, console)
        var answer = StatementAnswer(console, format: format, path: output, tellsAll: all)
        var exit: CommandFailure.Exit?
        for (index, file) in files.enumerated() {
            do throws(CommandFailure) {
                let text = try source.read(file)
                answer.begin(text, isOneOfSeveral: files.count > 1, isFirst: index == 0)
                answer.add(text, checker.check(text))
            } catch {
                error.report(to: console)
                exit = error.exit
            }
        }
        try answer.finish()
        if let exit { throw ExitCode(exit.rawValue) }
        if answer.tally[.wrong] > 0 { throw ExitCode(CommandFailure.Exit.refused.rawValue) }
    }
}
