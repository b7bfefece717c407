import ArgumentParser
import Foundation
import Office
import Presentation
import Records
import Rulebooks

/// Copies the database while others work.
struct BackupCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "在线备份数据库 · Copy the database while others work",
        discussion: """
            例 · Example: zhiheng backup --output /backup/zhiheng.db
            随后复制 archive/、keys/ 和 rulebook.json；这些文件写下后不再改动。
            Then copy archive/, keys/ and rulebook.json, files that are not changed once written.
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("写入的文件，须尚不存在 · File to write; it must not exist yet", valueName: "file"),
        completion: .file())
    var output: String
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        guard try session.actor(actor, in: office).permissions.contains(.operate) else {
            throw Refusal(
                RefusalReason(.notPermitted, "您的角色不能备份。", "Your role may not back up."))
        }
        let copy = try BackupDesk(office, workspace: session.workspace).make(at: URL(fileURLWithPath: output))
        console.line(console.text("已备份", "Backed up"), .good)
        var facts = FactBlock()
        facts.add(console.text("文件", "File"), output)
        facts.add(console.text("字节", "Bytes"), NumberText.grouped(copy.bytes))
        facts.add(console.text("日志条目", "Entries"), NumberText.grouped(copy.entries))
        facts.add("SHA-256", copy.digest, .muted)
        console.facts(facts)
    }
}
