import ArgumentParser

/// Figures in texts: claims that follow from others, a plan's targets and its tasks.
struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement", abstract: "核对文中数字 · Check the figures in a text",
        discussion: """
            例 · Examples:
              zhiheng statement check speech.txt
              zhiheng statement check bulletin.docx --table annex.csv --format html --output checked.html
              zhiheng statement targets plan.txt
              zhiheng statement tasks plan.txt --format csv

            文件可以是文本（UTF-8、GB18030）、.docx（需要 pandoc）或 .pdf（需要 pdftotext）。
            Files may be text (UTF-8, GB18030), .docx (through pandoc) or .pdf (through pdftotext).
            """,
        subcommands: [StatementCheck.self, StatementTargets.self, StatementTasks.self])
}
