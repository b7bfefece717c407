import ArgumentParser
import Office
import Records
import Rulebooks

/// Puts a record on file.
struct CreateCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "登记一条记录 · Create a record",
        discussion: """
            例 · Example:
              zhiheng create hazard site=PROJECT-NUMBER found_on=2026-03-02 category=fall description=@notes.txt --as wang.li

            引用写编号或键，表格写 JSON 数组，@文件 表示文件内容。
            References go by number or key, tables are JSON arrays, @file stands for a file's content.
            """)

    @Argument(help: ArgumentHelp("类别 · Kind", valueName: "kind"))
    var kind: String
    @Argument(help: ArgumentHelp("字段=值 · field=value", valueName: "field=value"))
    var values: [String] = []
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let kind = try KindArgument.kind(self.kind, in: office.rulebook)
        let values = try FieldArguments(office, kind: kind, archive: session.workspace.archive).values(
            self.values)
        let outcome = try Registrar(office).perform(
            Action(.create, kind: kind.id, values: values), by: session.identity(actor, in: office))
        OutcomeText(session, office).show(outcome, before: nil)
    }
}

/// Performs an action of a lifecycle.
struct ActCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "act", abstract: "办理一个动作 · Perform an action on a record",
        discussion: "可办理的动作见 zhiheng show 编号。· zhiheng show NUMBER tells what can be done.")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "number"))
    var number: String
    @Argument(help: ArgumentHelp("动作 · Action", valueName: "action"))
    var action: String
    @Argument(help: ArgumentHelp("字段=值 · field=value", valueName: "field=value"))
    var values: [String] = []
    @Option(help: ArgumentHelp("理由，记入日志 · Reason, kept in the ledger", valueName: "text"))
    var reason: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        try RecordAction(session, number: number, actor: actor).perform(
            values: values, reason: reason
        ) { kind in
            let rule = kind.lifecycle.actions.first { $0.id == action || $0.name.zh == action }
            return .move(rule?.id ?? action)
        }
    }
}

/// Corrects a record.
struct AmendCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "更正记录的内容 · Correct a record")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "number"))
    var number: String
    @Argument(help: ArgumentHelp("字段=值 · field=value", valueName: "field=value"))
    var values: [String] = []
    @Option(help: ArgumentHelp("理由，记入日志 · Reason, kept in the ledger", valueName: "text"))
    var reason: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        try RecordAction(session, number: number, actor: actor).perform(values: values, reason: reason) { _ in
            .amend
        }
    }
}

/// Voids a record.
struct VoidCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "void", abstract: "作废一条记录，须说明理由 · Void a record, with a reason",
        discussion: "什么都不会被删除：作废的记录仍在，只是不再计数。· "
            + "Nothing is deleted: a voided record stays on file and counts nowhere.")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "number"))
    var number: String
    @Option(help: ArgumentHelp("理由 · Reason", valueName: "text"))
    var reason: String
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        try RecordAction(session, number: number, actor: actor).perform(values: [], reason: reason) { _ in
            .void
        }
    }
}

/// Erases the personal data of a record; salts go with it, proofs and audit stay valid.
struct EraseCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "删除一条记录中的个人信息，须说明理由 · Erase the personal data of a record, with a reason",
        discussion: "个人信息及其盐值一并删除，记录的其余内容和所有证明不受影响。· "
            + "The personal values and their salts are erased; everything else, and every proof, stays.")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "number"))
    var number: String
    @Option(help: ArgumentHelp("理由 · Reason", valueName: "text"))
    var reason: String
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        try RecordAction(session, number: number, actor: actor).perform(values: [], reason: reason) { _ in
            .erasePersonalData
        }
    }
}
