import Expressions
import Ledger
import Records
import Rulebooks
import Storage

/// Addresses that want to be told what happens: set up, listed, removed.
///
/// The ledger is the outbox: every action is an entry in it, in order and in the same transaction, so a webhook
/// needs no more than the entry it has been told of last. Nothing is told of records that its account may not see.
public struct Webhooks: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// Whether a webhook is told what happens.
    public enum State: String, Hashable, Sendable {
        case active
        /// Too many deliveries in a row were given up.
        case suspended
    }

    /// The most webhooks of one account.
    public static let mostPerAccount = 20
    /// The longest address, in bytes.
    public static let longestAddress = 1_000
    static let secretBytes = 32
    static let secretPrefix = "whsec_"

    /// What a new webhook is to be.
    public struct Wish: Sendable {
        /// An absolute address; see `WebhookAddress`.
        public var address: String
        /// `*`, `KIND.*` or `KIND.ACTION`.
        public var topics: [String]
        public var allowsLoopback: Bool

        public init(address: String, topics: [String] = ["*"], allowsLoopback: Bool = false) {
            (self.address, self.topics, self.allowsLoopback) = (address, topics, allowsLoopback)
        }
    }

    /// Sets up a webhook, which is told what happens from now on.
    ///
    /// - Parameters:
    ///   - kinds: the kinds that the caller's token is for; nil for all.
    ///   - requestKey: keeps it from being set up twice.
    ///   - answer: the answer to be kept with the request key.
    /// - Returns: the webhook with its secret, which is told this once.
    /// - Throws: `Refusal`, `RequestKeyProblem`, `StoreProblem`.
    public func create(
        _ wish: Wish, by actor: Actor, kinds: [String]?, requestKey: RequestKey? = nil,
        answer: (StoredWebhook) -> StoredRequestKey.Answer? = { _ in nil }, at moment: Timestamp
    ) throws -> StoredWebhook {
        let reasons = problems(of: wish)
        guard reasons.isEmpty else { throw Refusal(reasons) }
        let secret = Self.secretPrefix + Secrets.text(office.randomBytes(Self.secretBytes))
        return try office.store.write { writer in
            if let requestKey { try RequestKeys.check(requestKey, writer, at: moment) }
            guard let holder = try SignIn(office).holder(actor.login, reader: writer) else {
                throw Refusal(
                    RefusalReason(
                        .accountUnknown, "没有登录名为“\(actor.login)”的在用账号。",
                        "There is no active account with the login `\(actor.login)`."))
            }
            guard try writer.webhooks(login: actor.login).count < Self.mostPerAccount else {
                throw Refusal(
                    RefusalReason(
                        .valueInvalid, field: "address", "事件推送的个数已达上限，请先删除不用的。",
                        "The account has as many webhooks as it may; remove those that are not used."))
            }
            var webhook = StoredWebhook(
                login: actor.login, account: holder.account, address: wish.address, topics: wish.topics,
                kinds: kinds, secret: Array(secret.utf8), createdAt: moment, state: State.active.rawValue,
                position: try writer.ledgerSize())
            webhook.id = try writer.insert(webhook)
            if let requestKey {
                try RequestKeys.enter(requestKey, answer: answer(webhook), writer, at: moment)
            }
            return webhook
        }
    }

    /// The webhooks of an account, or of all that the actor may know of.
    public func webhooks(of login: String? = nil, as actor: Actor) throws -> [StoredWebhook] {
        try office.store.read { reader in
            var overseer = Overseer(office, actor, anyOf: [.administer, .audit])
            try overseer.require(login, reader)
            return try reader.webhooks(login: login).filter { try overseer.oversees($0.login, reader) }
        }
    }

    /// One webhook that the actor may know of; nil when there is none.
    public func webhook(_ id: Int64, as actor: Actor) throws -> StoredWebhook? {
        try office.store.read { reader in
            var overseer = Overseer(office, actor, anyOf: [.administer, .audit])
            guard let webhook = try reader.webhook(id: id), try overseer.oversees(webhook.login, reader)
            else { return nil }
            return webhook
        }
    }

    /// Removes a webhook; false when there is none that the actor may remove.
    public func remove(_ id: Int64, by actor: Actor) throws -> Bool {
        try office.store.write { writer in
            guard try isManaged(id, by: actor, writer) != nil else { return false }
            return try writer.removeWebhook(id)
        }
    }

    /// Lets a suspended webhook be told again what happens from now on; false when there is none.
    public func resume(_ id: Int64, by actor: Actor) throws -> Bool {
        try office.store.write { writer in
            guard var webhook = try isManaged(id, by: actor, writer) else { return false }
            guard webhook.state != State.active.rawValue else { return true }
            (webhook.state, webhook.failures) = (State.active.rawValue, 0)
            webhook.position = try writer.ledgerSize()
            try writer.update(webhook)
            return true
        }
    }

    private func isManaged(
        _ id: Int64, by actor: Actor, _ writer: any StoreWriting
    ) throws -> StoredWebhook? {
        var overseer = Overseer(office, actor, anyOf: [.administer])
        guard let webhook = try writer.webhook(id: id), try overseer.oversees(webhook.login, writer) else {
            return nil
        }
        return webhook
    }

    /// What was sent to a webhook, the newest first, with ids below `before`.
    public func deliveries(
        to webhook: StoredWebhook, before: Int64? = nil, limit: Int
    ) throws -> [StoredDelivery] {
        try office.store.read { try $0.deliveries(webhook: webhook.id, before: before, limit: limit) }
    }

    // MARK: What is wrong

    private func problems(of wish: Wish) -> [RefusalReason] {
        var reasons: [RefusalReason] = []
        if WebhookAddress(wish.address, allowsLoopback: wish.allowsLoopback) == nil {
            reasons.append(
                RefusalReason(
                    .valueInvalid, field: "address", "推送地址须为公网主机的 https 地址，不带用户名和片段。",
                    "The address must be an https address of a public host, without user name or fragment."))
        }
        if wish.topics.isEmpty || wish.topics.count > 50 {
            reasons.append(
                RefusalReason(
                    .valueInvalid, field: "topics", "请给出 1 至 50 个主题。", "Give 1 to 50 topics."))
        }
        for topic in wish.topics where !WebhookTopic.isKnown(topic, in: office.rulebook) {
            reasons.append(
                RefusalReason(
                    .valueInvalid, field: "topics",
                    "没有主题“\(topic.prefix(80))”。请写成 *、类别.* 或 类别.动作。",
                    "There is no topic `\(topic.prefix(80))`. Write *, KIND.* or KIND.ACTION."))
        }
        return reasons
    }
}

/// What an event is called: the kind and the action, such as `hazard.notify` or `hazard.clock.rectify.urge`.
public enum WebhookTopic {
    /// The topic of an entry about a record.
    public static func topic(kind: String, action: String) -> String { "\(kind).\(action)" }

    /// Whether a topic is among those of a pattern.
    public static func matches(_ topic: String, _ pattern: String) -> Bool {
        if pattern == "*" || pattern == topic { return true }
        return pattern.hasSuffix(".*") && topic.hasPrefix(pattern.dropLast())
    }

    /// Whether there can be events that a pattern means.
    static func isKnown(_ pattern: String, in rulebook: Rulebook) -> Bool {
        if pattern == "*" { return true }
        guard let dot = pattern.firstIndex(of: "."), let kind = rulebook.kind(String(pattern[..<dot])) else {
            return false
        }
        let action = pattern[pattern.index(after: dot)...]
        if ["*", "create", "amend", "void", "clock.*", "erase-personal-data"].contains(action) {
            return true
        }
        if kind.lifecycle.action(String(action)) != nil { return true }
        let parts = action.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0] == "clock" && kind.clock(String(parts[1])) != nil
            && !parts[2].isEmpty && parts[2].allSatisfy { $0.isLetter || $0 == "-" || $0 == "*" }
    }
}
