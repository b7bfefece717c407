import ArgumentParser
import Foundation
import Ledger
import Office
import Presentation
import Records
import Rulebooks

/// The ledger and its proofs.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "日志的检查点、证明和审计 · Checkpoints, proofs and audit of the ledger",
        subcommands: [LedgerCheckpoint.self, LedgerProve.self, LedgerVerify.self, LedgerAudit.self])
}

/// Signs the ledger as it stands.
struct LedgerCheckpoint: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "签署检查点 · Sign a checkpoint",
        discussion: "输出签名文书，可存档、公布，以后凭它核对历史未被改写。· "
            + "Prints a signed note to keep or publish; later it shows that history was not rewritten.")

    @Option(help: ArgumentHelp("写入文件 · Write to a file", valueName: "file"))
    var output: String?
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let checkpoint = try LedgerService(office, key: try session.workspace.keys.signingKey()).checkpoint()
        guard let output else { return session.console.put(checkpoint.note) }
        try OutputFile.write(checkpoint.note, to: output)
        session.console.aside(
            session.console.text(
                "\(checkpoint.size) 条日志的检查点已写入 \(output)",
                "The checkpoint of \(checkpoint.size) entries is in \(output)"), .good)
    }
}

/// Hands out a proof.
struct LedgerProve: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "出具一条日志的证明 · Prove an entry of the ledger",
        discussion: "默认证明该记录最近一次办理；--entry 取 history 所示的条目。· "
            + "The last action on the record, unless --entry names another one that history shows.")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "number"))
    var number: String
    @Option(help: ArgumentHelp("写入文件 · Write to a file", valueName: "file"))
    var output: String?
    @Option(help: ArgumentHelp("日志条目 · Entry of the ledger", valueName: "n"))
    var entry: UInt64?
    @Option(
        name: .customLong("open"),
        help: ArgumentHelp("公开的个人信息字段 · Personal field to be shown", valueName: "field"))
    var fields: [String] = []
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let actor = try session.actor(actor, in: office)
        let found = try RecordFinder(office).find(number, as: actor)
        let service = LedgerService(office, key: try session.workspace.keys.signingKey())
        let position =
            try entry
            ?? office.store.read {
                try $0.lastEntry(kind: found.kind.id, record: found.record.id)
            }
        guard let position else {
            _ = try service.prove(kind: found.kind.id, record: found.record.id)
            return
        }
        let openings = try UnmaskService(office).openings(fields, of: found, at: position, by: actor)
        let bundle = try service.prove(position: position, openings: openings)
        guard let output else { return console.put(bundle.encoded) }
        try OutputFile.write(bundle.encoded, to: output)
        console.aside(
            console.text(
                "第 \(position) 条日志的证明已写入 \(output)", "The proof of entry \(position) is in \(output)"), .good)
        console.aside(
            console.text(
                "  核验：zhiheng ledger verify \(output) --key 公钥",
                "  Check it: zhiheng ledger verify \(output) --key KEY"),
            .muted)
    }
}
