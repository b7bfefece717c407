import ArgumentParser
import Office
import Presentation
import Rulebooks
import Storage

/// Adopts another rulebook, or another version of it.
struct RulebookAdopt: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "采用规则书，并使表结构与之相符 · Adopt a rulebook and bring the tables in step")

    @OptionGroup var source: RulebookArguments
    @Flag(name: .shortAndLong, help: "不再询问 · Do not ask")
    var yes = false
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let layers = try RulebookSource.layers(source.folder, overlays: source.overlays)
        let present = try session.office()
        let (rulebook, plan) = try session.workspace.plan(layers: layers)
        if rulebook.digest == present.rulebook.digest {
            return console.line(console.text("该规则书已在使用，无需改动", "This rulebook is in force already"), .good)
        }
        SchemaPlanText.show(plan, console)
        guard yes || Question.confirm(console.text("采用该规则书？", "Adopt this rulebook?"), console) else {
            console.aside(console.text("没有改动。", "Nothing was changed."), .muted)
            throw ExitCode(CommandFailure.Exit.refused.rawValue)
        }
        _ = try session.workspace.adopt(
            layers: layers, by: try session.actor(actor, in: present), now: session.clock.now)
        console.line(
            console.text("已采用 ", "Adopted ") + "\(rulebook.name.text(console.language)) \(rulebook.version)",
            .good)
    }
}

/// Asks somebody who is there.
enum Question {
    /// Whether the answer is yes. Nobody there means no.
    static func confirm(_ question: String, _ console: Console) -> Bool {
        guard console.canAsk else {
            console.aside(console.text("需要确认：请加 --yes。", "This must be confirmed: add --yes."), .warning)
            return false
        }
        console.putAside(question + " [y/N] ")
        let answer = readLine()?.lowercased() ?? ""
        return ["y", "yes", "是"].contains(answer)
    }
}
