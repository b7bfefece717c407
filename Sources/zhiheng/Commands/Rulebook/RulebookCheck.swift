import ArgumentParser
import Office
import Presentation
import Rulebooks

/// Checks a rulebook and its overlays.
struct RulebookCheck: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "检查规则书 · Check a rulebook",
        discussion: "列出全部问题及其位置，未核对的出处，以及地方规则书改动了什么。· "
            + "Lists all problems with their places, sources not yet verified, and what overlays change.")

    @OptionGroup var source: RulebookArguments
    @Flag(help: "列出每一条未核对的出处 · List every source that was not verified")
    var notices = false
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let layers = try RulebookSource.layers(source.folder, overlays: source.overlays)
        guard let base = layers.first else { throw WorkspaceProblem.noRulebook(folder: "") }
        let loaded: OverlaidRulebook
        do throws(RulebookProblems) {
            loaded = try RulebookLoader.load(base: base, overlays: Array(layers.dropFirst()))
        } catch {
            report(error, console)
            throw ExitCode(CommandFailure.Exit.refused.rawValue)
        }
        let rulebook = loaded.rulebook
        console.line(
            console.text("没有问题：", "No problems: ")
                + "\(rulebook.name.text(console.language)) \(rulebook.version)", .good)
        console.paragraph(RulebookSummary.line(rulebook, console))
        show(loaded.changes, console)
        show(rulebook.notices, console)
    }

    private func report(_ problems: RulebookProblems, _ console: Console) {
        for problem in problems.problems {
            console.aside(
                "\(problem.position)  " + console.errorTerminal.painted(problem.code.rawValue, .danger))
            console.asideParagraph(problem.message.text(console.language))
            if let hint = problem.hint { console.asideParagraph("→ " + hint.text(console.language), .muted) }
        }
        let count = problems.problems.count
        console.aside()
        console.aside(console.text("共 \(count) 处问题", count == 1 ? "1 problem" : "\(count) problems"), .danger)
    }

    private func show(_ changes: [OverlayChange], _ console: Console) {
        guard !changes.isEmpty else { return }
        console.line()
        console.line(console.text("地方规则书的改动：", "What the overlays change:"), .strong)
        for change in changes { console.paragraph(change.text(console.language)) }
    }

    private func show(_ found: [RulebookNotice], _ console: Console) {
        guard !found.isEmpty else { return }
        console.line()
        console.line(
            console.text("\(found.count) 处出处尚未核对原文", "\(found.count) sources not yet verified"), .warning)
        guard notices else {
            console.paragraph(
                console.text("用 --notices 逐条列出", "List them with --notices"), .muted)
            return
        }
        for notice in found {
            console.paragraph("\(notice.position)  \(notice.message.text(console.language))")
        }
    }
}
