import ArgumentParser

/// Everything about rulebooks.
struct RulebookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rulebook", abstract: "检查、测试、查看和采用规则书 · Check, test, read and adopt rulebooks",
        subcommands: [
            RulebookCheck.self, RulebookTest.self, RulebookList.self, RulebookExplain.self,
            RulebookCodes.self,
            RulebookSchemaCommand.self, RulebookAdopt.self,
        ])
}

/// Which rulebook is meant: a folder, else the one that travels with the program.
struct RulebookArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "规则书目录，默认随程序提供的 · Rulebook folder (default: the one that comes along)", valueName: "dir"))
    var folder: String?

    @Option(
        name: .customLong("overlay"),
        help: ArgumentHelp("地方规则书目录，可多次给出 · Overlay folder, may be repeated", valueName: "dir"))
    var overlays: [String] = []
}
