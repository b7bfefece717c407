import Expressions
import Records
import Rulebooks
import Storage

/// Turns ledger entries into deliveries, hands out those that are due, and takes note of what came of them.
///
/// A delivery is tried again with growing pauses, and given up after the last attempt. Who takes one has it for a
/// while, so that two processes do not send the same; one that dies meanwhile leaves it to be tried again. Receivers
/// may get an event twice, and know it by its id.
public struct WebhookQueue: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// What became of a delivery.
    public enum State: String, Hashable, Sendable {
        case waiting, delivered, dead
        /// The account may no longer see the record, or is no longer active.
        case withheld
    }

    /// So often a delivery is tried.
    public static let attempts: Int64 = 10
    /// How long after a first failure it is tried again; every further failure doubles it, to `longestPause`.
    public static let firstPause: Int64 = 60
    public static let longestPause: Int64 = 6 * 3_600
    /// So many deliveries given up in a row suspend a webhook.
    public static let failuresToSuspend: Int64 = 5
    /// For how long whoever took a delivery has it, in seconds.
    static let leaseSeconds: Int64 = 120
    /// For how long deliveries are listed after they are done with, in seconds.
    static let keptSeconds: Int64 = 30 * 86_400
    /// So many entries of the ledger are looked at for one webhook in one transaction.
    static let batch = 1_000

    /// A delivery that somebody took, with all that is needed to send it.
    public struct Taken: Sendable {
        public let delivery: StoredDelivery
        public let webhook: StoredWebhook
        public let found: FoundRecord
        public let entry: StoredEntry
        /// Who it is told to, as of now.
        public let sight: Sight
    }

    // MARK: Gathering

    /// Brings every active webhook up to the end of the ledger; returns how many deliveries that made.
    public func gather(at moment: Timestamp) throws -> Int {
        var made = 0
        while true {
            let size = try office.store.read { reader in
                let size = try reader.ledgerSize()
                return try reader.webhooks(login: nil).contains { $0.isActive && $0.position < size }
                    ? size : nil
            }
            guard let size else { return made }
            made += try office.store.write { writer in
                try writer.removeDeliveries(before: moment.plus(-Self.keptSeconds))
                return try writer.webhooks(login: nil).filter { $0.isActive && $0.position < size }
                    .reduce(0) { try $0 + gather($1, writer, at: moment) }
            }
        }
    }

    private func gather(
        _ webhook: StoredWebhook, _ writer: any StoreWriting, at moment: Timestamp
    ) throws -> Int {
        var webhook = webhook
        var entries: [StoredEntry] = []
        do {
            try writer.eachEntry(from: webhook.position) { entry in
                guard entries.count < Self.batch else { throw Full() }
                entries.append(entry)
            }
        } catch is Full {}
        let sight = try sight(of: webhook, writer)
        var made = 0
        for entry in entries {
            guard let sight, let kind = entry.kind.flatMap(office.rulebook.kind), let record = entry.record,
                webhook.kinds?.contains(kind.id) ?? true
            else { continue }
            let topic = WebhookTopic.topic(kind: kind.id, action: entry.action)
            guard webhook.topics.contains(where: { WebhookTopic.matches(topic, $0) }), sight.sees(kind),
                let found = try writer.record(kind, id: record), sight.seesHistory(of: found, kind: kind)
            else { continue }
            try writer.insert(
                StoredDelivery(
                    webhook: webhook.id, position: entry.position, topic: topic,
                    state: State.waiting.rawValue, nextAt: moment, createdAt: moment))
            made += 1
        }
        guard let last = entries.last else { return made }
        webhook.position = last.position + 1
        try writer.update(webhook)
        return made
    }

    /// Ends a scan early.
    private struct Full: Error {}

    /// What the webhook's account may see now; nil when it is no longer active.
    private func sight(of webhook: StoredWebhook, _ reader: any StoreReading) throws -> Sight? {
        guard let holder = try SignIn(office).holder(webhook.login, reader: reader),
            holder.account == webhook.account
        else { return nil }
        return Sight(of: holder.actor, in: office.rulebook)
    }

    // MARK: Handing out

    /// Takes what is due; nobody else gets it for a while.
    public func take(limit: Int, at moment: Timestamp) throws -> [Taken] {
        let isAnything = try office.store.read { try !$0.deliveriesDue(at: moment, limit: 1).isEmpty }
        guard isAnything else { return [] }
        return try office.store.write { writer in
            try writer.deliveriesDue(at: moment, limit: limit).compactMap { delivery in
                var delivery = delivery
                guard let taken = try taken(delivery, writer) else {
                    (delivery.state, delivery.nextAt) = (State.withheld.rawValue, nil)
                    try writer.update(delivery)
                    return nil
                }
                delivery.nextAt = moment.plus(Self.leaseSeconds)
                try writer.update(delivery)
                return taken
            }
        }
    }

    private func taken(_ delivery: StoredDelivery, _ reader: any StoreReading) throws -> Taken? {
        guard let webhook = try reader.webhook(id: delivery.webhook), webhook.isActive,
            let sight = try sight(of: webhook, reader), let entry = try reader.entry(at: delivery.position),
            let kind = entry.kind.flatMap(office.rulebook.kind), let id = entry.record,
            let record = try reader.record(kind, id: id), sight.seesHistory(of: record, kind: kind)
        else { return nil }
        return Taken(
            delivery: delivery, webhook: webhook, found: FoundRecord(kind: kind, record: record),
            entry: entry, sight: sight)
    }

    // MARK: Afterwards

    /// What came of an attempt.
    public struct Result: Hashable, Sendable {
        /// What the receiver answered; nil when it did not.
        public var status: Int?
        /// A word for what went wrong; nil when nothing did.
        public var problem: String?

        public init(status: Int?, problem: String? = nil) { (self.status, self.problem) = (status, problem) }

        /// Whether the receiver took it.
        public var isDelivered: Bool { problem == nil && status.map { (200..<300).contains($0) } ?? false }
    }

    /// Takes note of what came of an attempt.
    public func settle(_ taken: Taken, _ result: Result, at moment: Timestamp) throws {
        try office.store.write { writer in
            guard var delivery = try writer.delivery(id: taken.delivery.id),
                delivery.state == State.waiting.rawValue,
                var webhook = try writer.webhook(id: delivery.webhook)
            else { return }
            delivery.attempts += 1
            (delivery.attemptedAt, delivery.status) = (moment, result.status.map(Int64.init))
            delivery.problem = result.problem
            if result.isDelivered {
                (delivery.state, delivery.nextAt) = (State.delivered.rawValue, nil)
                webhook.failures = 0
            } else if delivery.attempts >= Self.attempts {
                (delivery.state, delivery.nextAt) = (State.dead.rawValue, nil)
                webhook.failures += 1
                if webhook.failures >= Self.failuresToSuspend {
                    webhook.state = Webhooks.State.suspended.rawValue
                }
            } else {
                delivery.nextAt = moment.plus(Self.pause(after: delivery.attempts))
            }
            try writer.update(delivery)
            try writer.update(webhook)
        }
    }

    /// How long to wait after so many failures, in seconds.
    static func pause(after failures: Int64) -> Int64 {
        let doublings = min(max(failures - 1, 0), 20)
        return min(longestPause, firstPause << doublings)
    }
}

extension StoredWebhook {
    var isActive: Bool { state == Webhooks.State.active.rawValue }
}
