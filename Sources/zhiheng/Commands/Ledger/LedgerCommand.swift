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
        discussion: "默认证明该记录最近一次办理；导入后未办理的，证明其在导入中的行。--entry 取 history 所示的条目。· "
            + "The last action on the record, or its row in the import if there was none since; "
            + "--entry takes an entry that history shows.")

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
        let sight = Sight(of: actor, in: office.rulebook)
        let found = try RecordFinder(office).find(number, as: sight)
        guard sight.seesHistory(of: found.record, kind: found.kind) else {
            throw Refusal(
                RefusalReason(
                    .notPermitted, "您的角色不能查看该记录的经过。", "Your role may not see what happened to the record."
                ))
        }
        let service = LedgerService(office, key: try session.workspace.keys.signingKey())
        let bundle = try bundle(of: found, service, by: actor, office)
        guard let output else { return console.put(bundle.encoded) }
        try OutputFile.write(bundle.encoded, to: output)
        console.aside(
            console.text(
                "第 \(bundle.index) 条日志的证明已写入 \(output)",
                "The proof of entry \(bundle.index) is in \(output)"), .good)
        console.aside(
            console.text(
                "  核验：zhiheng ledger verify \(output) --key 公钥",
                "  Check it: zhiheng ledger verify \(output) --key KEY"),
            .muted)
    }

    private func bundle(
        of found: FoundRecord, _ service: LedgerService, by actor: Actor, _ office: Office
    ) throws -> ProofBundle {
        let last = {
            try office.store.read { try $0.lastEntry(kind: found.kind.id, record: found.record.id) }
        }
        if let position = try entry ?? last() {
            let openings = try UnmaskService(office).openings(fields, of: found, at: position, by: actor)
            return try service.prove(position: position, openings: openings)
        }
        guard fields.isEmpty else {
            throw CommandFailure(
                .usage, "该记录由导入产生，尚无单独的日志条目，其个人信息不能随证明公开。请去掉 --open。",
                "The record came with an import and has no entry of its own: its personal fields cannot be "
                    + "shown. Leave out --open.")
        }
        return try service.prove(kind: found.kind.id, record: found.record.id)
    }
}
