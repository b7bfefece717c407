import ArgumentParser
import Office
import Presentation
import Rulebooks
import Storage

/// The tables and the rulebook.
struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "使表结构与规则书相符 · Bring the tables in step with the rulebook",
        subcommands: [SchemaPlanCommand.self, SchemaApply.self])
}

/// Shows what would change.
struct SchemaPlanCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "列出将要作的改动 · Show what would change",
        discussion: "不指明目录时，对照已采用的规则书。· Without a folder, against the rulebook adopted.")

    @Argument(help: ArgumentHelp("规则书目录 · Rulebook folder", valueName: "dir"))
    var folder: String?
    @Option(name: .customLong("overlay"), help: ArgumentHelp("地方规则书目录 · Overlay folder", valueName: "dir"))
    var overlays: [String] = []
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let layers = try SchemaLayers.layers(folder, overlays, session)
        SchemaPlanText.show(try session.workspace.plan(layers: layers).plan, session.console)
    }
}

/// Makes the changes.
struct SchemaApply: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "作出改动 · Make the changes",
        discussion: "只改表结构；要同时采用规则书，请用 rulebook adopt。· "
            + "Changes the tables only; rulebook adopt takes the rulebook into force as well.")

    @Argument(help: ArgumentHelp("规则书目录 · Rulebook folder", valueName: "dir"))
    var folder: String?
    @Option(name: .customLong("overlay"), help: ArgumentHelp("地方规则书目录 · Overlay folder", valueName: "dir"))
    var overlays: [String] = []
    @Flag(name: .shortAndLong, help: "不再询问 · Do not ask")
    var yes = false
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let layers = try SchemaLayers.layers(folder, overlays, session)
        let (_, plan) = try session.workspace.plan(layers: layers)
        SchemaPlanText.show(plan, console)
        guard !plan.isEmpty else { return }
        guard yes || Question.confirm(console.text("改动表结构？", "Change the tables?"), console) else {
            console.aside(console.text("没有改动。", "Nothing was changed."), .muted)
            throw ExitCode(CommandFailure.Exit.refused.rawValue)
        }
        try session.workspace.applySchema(layers: layers)
        console.line(console.text("表结构已与规则书相符", "The tables are in step with the rulebook"), .good)
    }
}

/// The rulebook that the tables are compared with.
enum SchemaLayers {
    static func layers(_ folder: String?, _ overlays: [String], _ session: Session) throws -> [[RulebookFile]]
    {
        if folder == nil, overlays.isEmpty { return try session.workspace.layersInForce() }
        guard session.workspace.exists else {
            throw WorkspaceProblem.notSetUp(folder: session.workspace.folder.path)
        }
        return try RulebookSource.layers(folder, overlays: overlays)
    }
}

/// Puts a plan into words.
enum SchemaPlanText {
    static func show(_ plan: SchemaPlan, _ console: Console) {
        guard !plan.isEmpty else {
            return console.line(
                console.text("表结构与规则书相符，无需改动", "The tables are in step with the rulebook"), .good)
        }
        console.line(
            console.text(
                "表结构将有 \(plan.steps.count) 步改动：", "The tables will change in \(plan.steps.count) steps:"),
            .strong)
        for (number, step) in plan.steps.enumerated() {
            console.line("  \(number + 1). " + console.text(step.reason, step.reasonEnglish))
            console.paragraph(step.sql, indent: 5, .muted)
        }
    }
}
