import ArgumentParser
import Office
import Presentation
import Storage

/// Lists sessions, or ends one.
struct AccountSessions: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "列出或结束会话 · List sessions, or end one",
        discussion: "例 · Example: zhiheng account sessions wang.li --end 12")

    @Argument(help: ArgumentHelp("登录名，默认全部 · Login (default: all)", valueName: "login"))
    var login: String?
    @Option(help: ArgumentHelp("结束这个会话 · End this session", valueName: "id"))
    var end: Int64?
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let actor = try session.actor(actor, in: office)
        let service = SignIn(office)
        if let end {
            try service.end(session: end, by: actor, at: office.moment)
            return console.line(console.text("会话 \(end) 已结束", "Session \(end) has ended"), .good)
        }
        let reading = RecordReading(office, language: console.language)
        var table = TextTable(columns: [
            TableColumn(key: "id", title: console.text("编号", "Number"), alignment: .decimal),
            TableColumn(key: "login", title: console.text("登录名", "Login")),
            TableColumn(key: "began_at", title: console.text("登录时间", "Signed in")),
            TableColumn(key: "seen_at", title: console.text("最近使用", "Last used")),
            TableColumn(key: "address", title: console.text("地址", "Address")),
            TableColumn(key: "user_agent", title: console.text("浏览器", "Browser"), maximumWidth: 40),
        ])
        table.rows = try service.sessions(of: login, as: actor, at: office.moment).map { one in
            [
                .integer(one.id), .text(one.login, .accent), .text(reading.moment(one.beganAt)),
                .text(reading.moment(one.seenAt)), .text(one.address), .text(one.userAgent),
            ]
        }
        guard !table.rows.isEmpty || form.format != .table else {
            return console.line(console.text("没有进行中的会话", "Nobody is signed in"), .muted)
        }
        console.table(table, as: form.format)
    }
}

/// Lists the sign-in log.
struct AccountSignIns: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-ins", abstract: "查看登录日志 · The log of who signed in, and who was refused")

    @Argument(help: ArgumentHelp("登录名，默认全部 · Login (default: all)", valueName: "login"))
    var login: String?
    @Option(help: ArgumentHelp("最多条数 · The most lines", valueName: "n"))
    var limit: Int = 50
    @Option(help: ArgumentHelp("只列此编号以前的 · Only lines before this one", valueName: "id"))
    var before: Int64?
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...1_000).contains(limit) else {
            throw ValidationError("--limit 取 1 至 1000 · --limit takes 1 to 1000")
        }
    }

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let actor = try session.actor(actor, in: office)
        let lines = try SignIn(office).signIns(of: login, as: actor, before: before, limit: limit)
        let reading = RecordReading(office, language: console.language)
        var table = TextTable(columns: [
            TableColumn(key: "id", title: console.text("编号", "Number"), alignment: .decimal),
            TableColumn(key: "at", title: console.text("时间", "When")),
            TableColumn(key: "login", title: console.text("登录名", "Login")),
            TableColumn(key: "outcome", title: console.text("结果", "Outcome")),
            TableColumn(key: "performer", title: console.text("经办", "By")),
            TableColumn(key: "address", title: console.text("地址", "Address")),
            TableColumn(key: "user_agent", title: console.text("浏览器", "Browser"), maximumWidth: 40),
        ])
        table.rows = lines.map { line in
            let event = SignInEvent(rawValue: line.outcome)
            let name = event?.name.text(console.language) ?? line.outcome
            let isBad = event == .refused || event == .locked
            return [
                .integer(line.id), .text(reading.moment(line.at)), .text(line.login, .accent),
                .text(form.format == .table ? name : line.outcome, isBad ? .warning : nil),
                line.performer.map { .text($0) } ?? .missing, .text(line.address), .text(line.userAgent),
            ]
        }
        guard !table.rows.isEmpty || form.format != .table else {
            return console.line(console.text("还没有人登录过", "Nobody has signed in yet"), .muted)
        }
        console.table(table, as: form.format)
    }
}
