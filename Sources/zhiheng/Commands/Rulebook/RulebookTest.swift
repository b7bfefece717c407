import ArgumentParser
import Office
import Presentation
import Records
import Rulebooks

/// Plays the examples of a rulebook.
struct RulebookTest: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "执行规则书中的示例 · Play the examples of a rulebook")

    @OptionGroup var source: RulebookArguments
    @Flag(name: .shortAndLong, help: "列出每个示例 · List every example")
    var verbose = false
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let rulebook = try Workspace.load(try RulebookSource.layers(source.folder, overlays: source.overlays))
        let results = ExampleRunner(rulebook).run()
        for kind in rulebook.kindOrder.compactMap(rulebook.kind) {
            let own = results.filter { $0.kind == kind.id }
            guard !own.isEmpty, verbose || own.contains(where: { !$0.passed }) else { continue }
            console.line("\(kind.name.text(console.language)) \(kind.id)", .strong)
            for result in own where verbose || !result.passed { show(result, console) }
        }
        let failed = results.count { !$0.passed }
        if failed == 0 {
            console.line(
                console.text("\(results.count) 个示例全部通过", "All \(results.count) examples passed"), .good)
            return
        }
        console.line()
        console.line(
            console.text(
                "\(results.count) 个示例中有 \(failed) 个未通过", "\(failed) of \(results.count) examples failed"),
            .danger)
        throw ExitCode(CommandFailure.Exit.refused.rawValue)
    }

    private func show(_ result: ExampleResult, _ console: Console) {
        let mark = console.terminal.painted(result.passed ? "✓" : "✗", result.passed ? .good : .danger)
        console.line("  \(mark) \(result.name)  " + console.terminal.painted("\(result.position)", .muted))
        for failure in result.failures { console.paragraph(failure.text(console.language), indent: 6) }
    }
}
