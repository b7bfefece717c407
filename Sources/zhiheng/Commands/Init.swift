import ArgumentParser
import Foundation
import Office
import Presentation
import Rulebooks
import Storage

/// Sets up a data folder.
struct InitCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "建立资料目录 · Set up a data folder",
        discussion: "全国规则书随程序提供，不必指明。· The national rulebook travels with the program.")

    @Option(help: ArgumentHelp("规则书目录 · Rulebook folder", valueName: "dir"))
    var rulebook: String?

    @Option(
        name: .customLong("overlay"),
        help: ArgumentHelp("地方规则书目录，可多次给出 · Overlay folder, may be repeated", valueName: "dir"))
    var overlays: [String] = []

    @Option(
        help: ArgumentHelp(
            "日志签名所用名称，如 zhiheng.example.org/zhejiang · Name under which the ledger signs", valueName: "name"))
    var origin: String?

    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let layers = try RulebookSource.layers(rulebook, overlays: overlays)
        let office = try session.workspace.initialize(
            layers: layers, origin: origin ?? Self.originOfThisComputer, now: session.clock.now)
        let key = try session.workspace.keys.verifierKey()
        console.line(console.text("资料目录已建立", "The data folder is set up"), .good)
        console.line()
        var facts = FactBlock()
        facts.add(console.text("目录", "Folder"), session.workspace.folder.lastPathComponent)
        facts.add(
            console.text("规则书", "Rulebook"),
            "\(office.rulebook.name.text(console.language)) \(office.rulebook.version)")
        facts.add(console.text("内容", "Contents"), RulebookSummary.line(office.rulebook, console))
        facts.add(console.text("日志名称", "Ledger"), key.name)
        facts.add(console.text("日志公钥", "Public key"), key.description, .accent)
        console.facts(facts)
        console.line()
        console.paragraph(
            console.text(
                "请公布上面的公钥：凭它，任何人不用数据库即可核验证明。",
                "Publish the key above: with it anybody can check a proof, without the database."), .muted)
        console.line()
        console.line(console.text("接下来可以：", "What to try next:"))
        var next = FactBlock()
        for (command, about) in suggestions(office.rulebook, console) { next.add(command, about) }
        console.facts(next)
    }

    private func suggestions(_ rulebook: Rulebook, _ console: Console) -> [(String, String)] {
        let data = common.data.map { " --data \($0)" } ?? ""
        let kind = rulebook.kind("incident") ?? rulebook.kindOrder.compactMap(rulebook.kind).last
        let id = kind?.id ?? "KIND"
        let name = kind?.name.text(console.language) ?? ""
        return [
            ("zhiheng rulebook explain \(id)\(data)", console.text("看\(name)怎样办理", "see how \(name) works")),
            ("zhiheng import \(id) FILE.csv\(data)", console.text("导入\(name)", "bring records in")),
        ]
    }

    /// A name without spaces or plus signs, as keys want it.
    private static var originOfThisComputer: String {
        let host = ProcessInfo.processInfo.hostName.lowercased()
        let plain = host.unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || $0 == "." || ("0"..."9").contains($0))
        }
        return "zhiheng/" + (plain.isEmpty ? "local" : String(String.UnicodeScalarView(plain)))
    }
}
