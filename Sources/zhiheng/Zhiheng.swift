import ArgumentParser

/// The command: everything that Zhiheng does, from a terminal.
@main
struct Zhiheng: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zhiheng",
        abstract: "质衡：质量安全监管 · Quality and safety supervision",
        discussion: """
            开始 · To begin:
              zhiheng init
              zhiheng import incident FILE.csv
              zhiheng figures incidents --by month

            退出码 · Exit codes:
              0   完成 · done
              1   规则不允许，或检查发现问题 · refused by a rule, or a check found problems
              2   表达式或用法有误 · an expression or its use is wrong
              3   资料目录、规则书或文件不可用 · the data folder, the rulebook or a file cannot be used
              4   数据库暂不可用 · the storage is unavailable
              64  命令行写法有误 · the command line cannot be read

            环境变量 · Environment:
              ZHIHENG_DATA, ZHIHENG_RULEBOOK, ZHIHENG_NOW, NO_COLOR, LANG
            """,
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(
                name: "设立 · Setting up",
                subcommands: [
                    InitCommand.self, RulebookCommand.self, SchemaCommand.self, AccountCommand.self,
                    TokenCommand.self, WebhookCommand.self,
                ]),
            CommandGroup(
                name: "记录 · Records",
                subcommands: [
                    CreateCommand.self, ActCommand.self, AmendCommand.self, VoidCommand.self,
                    EraseCommand.self, PerformCommand.self, ShowCommand.self, ListCommand.self,
                    HistoryCommand.self, DocumentCommand.self, ImportCommand.self, ExportCommand.self,
                ]),
            CommandGroup(
                name: "数字 · Figures",
                subcommands: [FiguresCommand.self, ReportCommand.self, StatementCommand.self]),
            CommandGroup(
                name: "时限与日志 · Clocks and ledger", subcommands: [ClocksCommand.self, LedgerCommand.self]),
            CommandGroup(name: "网站 · The site", subcommands: [ServeCommand.self, BackupCommand.self]),
            CommandGroup(
                name: "其他 · More", subcommands: [ExpressionCommand.self, CompletionsCommand.self]),
        ])

    static func main() async {
        await main(ExpressionEval.guarded(Array(CommandLine.arguments.dropFirst())))
    }
}

/// The version of the program.
enum Version {
    static let text = "0.1.0"
}
