import ArgumentParser
import Office
import Presentation
import Records
import Rulebooks

/// Tokens by which programs act for an account.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "程序接口的访问令牌 · Tokens for the API",
        subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self])
}

/// Makes a token and prints it, once.
struct TokenCreate: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "建立访问令牌 · Make a token",
        discussion: """
            例 · Example:
              zhiheng token create wang.li --name 数据交换 --scope read --scope figures --days 30

            令牌只显示这一次，在标准输出。
            The token is shown this once, on standard output.
            """)

    @Argument(help: ArgumentHelp("登录名 · Login", valueName: "login"))
    var login: String
    @Option(help: ArgumentHelp("名称 · What it is called", valueName: "name"))
    var name: String
    @Option(
        help: ArgumentHelp(
            "用途，可重复，默认 read · Scope, may be repeated (default: read)",
            valueName: "read|write|files|figures|webhooks"))
    var scope: [TokenScope] = []
    @Option(help: ArgumentHelp("只用于这些类别，可重复 · Only for these kinds, may be repeated", valueName: "kind"))
    var kind: [String] = []
    @Option(help: ArgumentHelp("有效天数 · Days it is good for", valueName: "days"))
    var days: Int64 = Tokens.usualDays
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let actor = try session.actor(actor, in: office)
        let wish = Tokens.Wish(
            login: login, name: name, scopes: scope.isEmpty ? [.read] : Set(scope),
            kinds: kind.isEmpty ? nil : kind, days: days)
        let (token, _) = try Tokens(office).create(wish, by: actor, at: office.moment)
        session.console.line(token)
    }
}

/// Lists tokens.
struct TokenList: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出访问令牌 · List tokens")

    @Argument(help: ArgumentHelp("登录名，默认全部 · Login (default: all)", valueName: "login"))
    var login: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let actor = try session.actor(actor, in: office)
        let reading = RecordReading(office, language: console.language)
        var table = TextTable(columns: [
            TableColumn(key: "id", title: console.text("编号", "Number"), alignment: .decimal),
            TableColumn(key: "login", title: console.text("登录名", "Login")),
            TableColumn(key: "name", title: console.text("名称", "Name"), maximumWidth: 30),
            TableColumn(key: "scopes", title: console.text("用途", "Scopes")),
            TableColumn(key: "kinds", title: console.text("类别", "Kinds"), maximumWidth: 30),
            TableColumn(key: "state", title: console.text("状态", "State")),
            TableColumn(key: "expires_at", title: console.text("到期", "Expires")),
            TableColumn(key: "last_used_at", title: console.text("最近使用", "Last used")),
        ])
        table.rows = try Tokens(office).tokens(of: login, as: actor, at: office.moment).map { token in
            [
                .integer(token.id), .text(token.login, .accent), .text(token.name),
                .text(token.scopes.map(\.rawValue).joined(separator: " ")),
                token.kinds.map { .text($0.joined(separator: " ")) } ?? .missing,
                .text(form.format == .table ? word(token.state, console) : token.state.rawValue),
                .text(reading.moment(token.expiresAt)),
                token.lastUsedAt.map { .text(reading.moment($0)) } ?? .missing,
            ]
        }
        guard !table.rows.isEmpty || form.format != .table else {
            return console.line(console.text("没有访问令牌", "There are no tokens"), .muted)
        }
        console.table(table, as: form.format)
    }

    private func word(_ state: TokenSummary.State, _ console: Console) -> String {
        switch state {
        case .good: console.text("有效", "in force")
        case .expired: console.text("已过期", "expired")
        case .revoked: console.text("已撤销", "revoked")
        }
    }
}

/// Takes a token's force.
struct TokenRevoke: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "撤销访问令牌 · Revoke a token")

    @Argument(help: ArgumentHelp("令牌编号 · The token's number", valueName: "id"))
    var id: Int64
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        try Tokens(office).revoke(id, by: try session.actor(actor, in: office), at: office.moment)
        session.console.line(
            session.console.text("访问令牌 \(id) 已撤销", "Token \(id) was revoked"), .good)
    }
}

extension TokenScope: ExpressibleByArgument {}
