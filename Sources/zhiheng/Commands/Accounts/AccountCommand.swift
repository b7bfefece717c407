import ArgumentParser
import Expressions
import Office
import Presentation
import Records
import Rulebooks
import Storage

/// Accounts: who may act.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "账号、口令和登录情况 · Accounts, their passwords and who signed in",
        subcommands: [
            AccountAdd.self, AccountList.self, AccountSuspend.self, AccountPassword.self,
            AccountSessions.self, AccountSignIns.self,
        ])
}

/// The kind whose records are accounts, and who may change them.
struct AccountDesk {
    let session: Session
    let office: Office
    let kind: Kind

    init(_ session: Session) throws {
        self.session = session
        office = try session.office()
        guard let kind = office.rulebook.kind(Accounts.kindID) else {
            throw CommandFailure(
                .refused, "该规则书没有账号，由一名操作员办理全部事项。",
                "This rulebook has no accounts: one operator does everything.")
        }
        self.kind = kind
    }

    /// Whoever holds the folder opens accounts as the machine; anybody else by its own role.
    func identity(_ option: ActorOption) -> Request.Identity {
        option.login.map(Request.Identity.account) ?? .system
    }
}

/// Opens an account.
struct AccountAdd: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "开立账号 · Open an account",
        discussion: "例 · Example: zhiheng account add wang.li --name 王莉 --role inspector --region 330106")

    @Argument(help: ArgumentHelp("登录名 · Login", valueName: "login"))
    var login: String
    @Option(help: ArgumentHelp("姓名 · Name", valueName: "name"))
    var name: String
    @Option(help: ArgumentHelp("角色 · Role", valueName: "role"))
    var role: String
    @Option(help: ArgumentHelp("所属区划 · Region", valueName: "region"))
    var region: String
    @Option(help: ArgumentHelp("所代表单位的统一社会信用代码 · Credit code of the party represented", valueName: "code"))
    var party: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let desk = try AccountDesk(session)
        try checkRole(desk.office.rulebook)
        var arguments = ["login=\(login)", "name=\(name)", "role=\(role)", "region=\(region)"]
        if let party { arguments.append("party=\(party)") }
        let values = try FieldArguments(desk.office, kind: desk.kind, archive: session.workspace.archive)
            .values(arguments)
        let outcome = try Registrar(desk.office).perform(
            Action(.create, kind: desk.kind.id, values: values), by: desk.identity(actor))
        OutcomeText(session, desk.office).show(outcome, before: nil)
    }

    private func checkRole(_ rulebook: Rulebook) throws {
        guard rulebook.roles[role] == nil else { return }
        let hint = Suggestion.closest(to: role, among: rulebook.roles.keys)
        let known = rulebook.roles.values.sorted { $0.id < $1.id }
        throw Refusal(
            RefusalReason(
                .valueInvalid, field: "role",
                "规则书中没有角色“\(role)”" + (hint.map { "，是否为“\($0)”？" } ?? "；")
                    + "可用：\(known.map { "\($0.id) \($0.name.zh)" }.joined(separator: "、"))。",
                "The rulebook has no role `\(role)`" + (hint.map { "; did you mean `\($0)`?" } ?? ";")
                    + " There are: \(known.map { "\($0.id) (\($0.name.en))" }.joined(separator: ", "))."))
    }
}

/// Lists the accounts.
struct AccountList: SessionCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出账号 · List the accounts")

    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let desk = try AccountDesk(session)
        let console = session.console
        var table = TextTable(columns: [
            TableColumn(key: "login", title: console.text("登录名", "Login")),
            TableColumn(key: "name", title: console.text("姓名", "Name")),
            TableColumn(key: "role", title: console.text("角色", "Role")),
            TableColumn(key: "region", title: console.text("区划", "Region")),
            TableColumn(key: "party", title: console.text("代表单位", "Party")),
            TableColumn(key: "state", title: console.text("状态", "State")),
        ])
        try desk.office.store.read { reader in
            try reader.eachRecord(of: desk.kind, from: 0) { record in
                table.rows.append(row(record, desk, console))
            }
        }
        guard !table.rows.isEmpty || form.format != .table else {
            return console.line(
                console.text(
                    "还没有账号。用 zhiheng account add 开立。",
                    "There are no accounts yet; open one with zhiheng account add."),
                .muted)
        }
        console.table(table, as: form.format)
    }

    private func row(_ record: Record, _ desk: AccountDesk, _ console: Console) -> [TableCell] {
        func text(_ field: String) -> String {
            if case .string(let text)? = record.value(field, in: desk.kind) { return text }
            return ""
        }
        let role = text("role")
        let isActive = record.state == desk.kind.lifecycle.initial && !record.voided
        let state = desk.kind.lifecycle.state(record.state)?.name.text(console.language) ?? record.state
        return [
            .text(text("login"), .accent), .text(text("name")),
            .text(desk.office.rulebook.roles[role]?.name.text(console.language) ?? role),
            .text(
                desk.office.rulebook.regions.fullName(record.region)?.text(console.language) ?? record.region),
            .text(text("party")), .text(state, isActive ? nil : .muted),
        ]
    }
}

/// Suspends an account.
struct AccountSuspend: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "暂停账号 · Suspend an account")

    @Argument(help: ArgumentHelp("登录名 · Login", valueName: "login"))
    var login: String
    @Option(help: ArgumentHelp("理由 · Reason", valueName: "text"))
    var reason: String
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let desk = try AccountDesk(session)
        guard let record = try desk.office.store.read({ try $0.record(desk.kind, key: [.string(login)]) })
        else {
            throw Refusal(
                RefusalReason(
                    .accountUnknown, "没有登录名为“\(login)”的账号。", "There is no account with the login `\(login)`.")
            )
        }
        var action = Action(.move("suspend"), kind: desk.kind.id, record: record.id, reason: reason)
        if desk.kind.lifecycle.action("suspend")?.asks.contains("reason") == true {
            action.values["reason"] = .string(reason)
        }
        let outcome = try Registrar(desk.office).perform(action, by: desk.identity(actor))
        OutcomeText(session, desk.office).show(outcome, before: record)
    }
}
