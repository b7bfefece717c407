import ArgumentParser
import Office
import Presentation
import Records
import Rulebooks
import Storage
import Web

/// Addresses that are told what happens.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "事件推送 · Webhooks",
        discussion: """
            事件推送由网站进程发送，也可用 zhiheng webhook deliver 发送一轮。
            The site delivers events; zhiheng webhook deliver runs one round.
            """,
        subcommands: [
            WebhookAdd.self, WebhookList.self, WebhookRemove.self, WebhookResume.self, WebhookDeliver.self,
        ])
}

/// Sets up a webhook for an account, and prints its secret, once.
struct WebhookAdd: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "设立事件推送 · Set up a webhook",
        discussion:
            "例 · Example: zhiheng webhook add https://example.org/zhiheng --topic 'hazard.*' --as wang.li")

    @Argument(help: ArgumentHelp("https 地址 · An https address", valueName: "address"))
    var address: String
    @Option(
        help: ArgumentHelp(
            "主题，可重复，默认全部 · Topic, may be repeated (default: all)", valueName: "*|KIND.*|KIND.ACTION"))
    var topic: [String] = []
    @Option(name: .customLong("as"), help: ArgumentHelp("为该账号设立 · For this account", valueName: "login"))
    var login: String
    @Flag(help: "允许推送到本机，仅供试用 · Allow this computer, for trying it out")
    var loopback = false
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        let actor = try office.store.read {
            try Accounts(office.rulebook).actor(.account(login), reader: $0)
        }
        let wish = Webhooks.Wish(
            address: address, topics: topic.isEmpty ? ["*"] : topic, allowsLoopback: loopback)
        let webhook = try Webhooks(office).create(wish, by: actor, kinds: nil, at: office.moment)
        session.console.line(String(decoding: webhook.secret, as: UTF8.self))
    }
}

/// Lists webhooks with how they fare.
struct WebhookList: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "列出事件推送 · List webhooks")

    @Argument(help: ArgumentHelp("登录名，默认全部 · Login (default: all)", valueName: "login"))
    var login: String?
    @OptionGroup var actor: ActorOption
    @OptionGroup var form: FormatOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let console = session.console
        let office = try session.office()
        let service = Webhooks(office)
        let reading = RecordReading(office, language: console.language)
        var table = TextTable(columns: [
            TableColumn(key: "id", title: console.text("编号", "Number"), alignment: .decimal),
            TableColumn(key: "login", title: console.text("登录名", "Login")),
            TableColumn(key: "address", title: console.text("地址", "Address"), maximumWidth: 40),
            TableColumn(key: "topics", title: console.text("主题", "Topics"), maximumWidth: 30),
            TableColumn(key: "state", title: console.text("状态", "State")),
            TableColumn(key: "last", title: console.text("最近一次", "Last delivery"), maximumWidth: 40),
        ])
        let webhooks = try service.webhooks(of: login, as: try session.actor(actor, in: office))
        table.rows = try webhooks.map { webhook in
            let last = try service.deliveries(to: webhook, limit: 1).first
            return [
                .integer(webhook.id), .text(webhook.login, .accent), .text(webhook.address),
                .text(webhook.topics.joined(separator: " ")), .text(webhook.state),
                last.map { .text(told($0, reading)) } ?? .missing,
            ]
        }
        guard !table.rows.isEmpty || form.format != .table else {
            return console.line(console.text("没有事件推送", "There are no webhooks"), .muted)
        }
        console.table(table, as: form.format)
    }

    private func told(_ delivery: StoredDelivery, _ reading: RecordReading) -> String {
        let status = delivery.status.map { " \($0)" } ?? delivery.problem.map { " \($0)" } ?? ""
        let when = delivery.attemptedAt.map { " " + reading.moment($0) } ?? ""
        return delivery.topic + " " + delivery.state + status + when
    }
}

/// Removes a webhook.
struct WebhookRemove: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "删除事件推送 · Remove a webhook")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "id"))
    var id: Int64
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        guard try Webhooks(office).remove(id, by: try session.actor(actor, in: office)) else {
            throw Refusal(WebhookCommand.none(id))
        }
        session.console.line(session.console.text("事件推送 \(id) 已删除", "Webhook \(id) was removed"), .good)
    }
}

/// Lets a suspended webhook be told again.
struct WebhookResume: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "恢复暂停的推送 · Resume a suspended webhook")

    @Argument(help: ArgumentHelp("编号 · Number", valueName: "id"))
    var id: Int64
    @OptionGroup var actor: ActorOption
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) throws {
        let office = try session.office()
        guard try Webhooks(office).resume(id, by: try session.actor(actor, in: office)) else {
            throw Refusal(WebhookCommand.none(id))
        }
        session.console.line(session.console.text("事件推送 \(id) 已恢复", "Webhook \(id) was resumed"), .good)
    }
}

/// Runs one round of deliveries.
struct WebhookDeliver: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "发送一轮 · Run one round of deliveries")

    @Flag(help: "允许推送到本机，仅供试用 · Allow this computer, for trying it out")
    var loopback = false
    @OptionGroup var common: CommonOptions

    func perform(in session: Session) async throws {
        let report = try await WebhookCourier(try session.office(), allowsLoopback: loopback).run()
        session.console.line(
            session.console.text(
                "新事件 \(report.gathered)，送达 \(report.delivered)，未送达 \(report.failed)",
                "\(report.gathered) new, \(report.delivered) delivered, \(report.failed) not delivered"))
    }
}

extension WebhookCommand {
    static func none(_ id: Int64) -> RefusalReason {
        RefusalReason(.recordNotFound, "没有编号为 \(id) 的事件推送。", "There is no webhook \(id).")
    }
}
