import Logging
import Office
import Storage

/// Carries what happened to the webhooks that want to know.
public struct WebhookCourier: Sendable {
    let office: Office
    let sender: any WebhookSending
    let allowsLoopback: Bool

    /// - Parameter allowsLoopback: whether events may be sent to this computer: for trying webhooks out.
    public init(_ office: Office, allowsLoopback: Bool) {
        self.init(
            office, allowsLoopback: allowsLoopback, sender: WebhookSender(allowsLoopback: allowsLoopback))
    }

    init(_ office: Office, allowsLoopback: Bool, sender: any WebhookSending) {
        (self.office, self.allowsLoopback, self.sender) = (office, allowsLoopback, sender)
    }

    /// What one round did.
    public struct Report: Hashable, Sendable {
        /// Deliveries that the ledger's new entries made.
        public var gathered = 0
        public var delivered = 0
        public var failed = 0
    }

    /// So many deliveries are under way at a time.
    static let width = 8

    /// Gathers what happened and sends what is due, once.
    public func run() async throws -> Report {
        var report = Report()
        report.gathered = try WebhookQueue(office).gather(at: office.moment)
        while !Task.isCancelled {
            let taken = try WebhookQueue(office).take(limit: Self.width, at: office.moment)
            if taken.isEmpty { return report }
            let results = await withTaskGroup(of: Bool.self) { group in
                for one in taken { group.addTask { await deliver(one) } }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            report.delivered += results.count { $0 }
            report.failed += results.count { !$0 }
        }
        return report
    }

    /// One round of `run()`; what fails is logged, and tried again in the next.
    public func round(logger: Logger) async {
        do {
            let report = try await run()
            guard report.delivered + report.failed > 0 else { return }
            logger.info(
                "webhooks", metadata: ["delivered": "\(report.delivered)", "failed": "\(report.failed)"])
        } catch {
            logger.error("webhooks", metadata: ["error": "\(error)"])
        }
    }

    private func deliver(_ taken: WebhookQueue.Taken) async -> Bool {
        var result = WebhookQueue.Result(status: nil, problem: "address-not-public")
        do {
            if let address = WebhookAddress(taken.webhook.address, allowsLoopback: allowsLoopback) {
                let event = try WebhookEvent(taken, office)
                let signature = WebhookSignature.value(
                    of: event.body, secret: taken.webhook.secret, at: office.moment.seconds)
                result = await sender.send(
                    event.body,
                    headers: [
                        ("Content-Type", "application/json"), ("User-Agent", "Zhiheng-Webhook/1"),
                        ("Zhiheng-Event", "\(event.id)"), ("Zhiheng-Topic", event.topic),
                        ("Zhiheng-Delivery", "\(taken.delivery.id)"), (WebhookSignature.header, signature),
                    ], to: address)
            }
            try WebhookQueue(office).settle(taken, result, at: office.moment)
        } catch {
            // Nothing was settled: it is tried again when whoever took it has had it long enough.
            return false
        }
        return result.isDelivered
    }
}
