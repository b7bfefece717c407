import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

extension APICall {
    func webhooks() throws -> Response {
        let caller = try caller()
        _ = try query([])
        let items = try Webhooks(office).webhooks(of: caller.actor.login, as: caller.actor)
        return answer(.object([("items", .array(items.map { json($0) }))]))
    }

    func createWebhook() async throws -> Response {
        let caller = try caller()
        _ = try query([])
        let bytes = try await body(upTo: Self.longestBody)
        let json = try object(bytes, ["address", "topics"])
        let requestKey = try requestKey(bytes)
        if let requestKey, let done = try await replay(requestKey, try sight()) { return done }
        guard let address = json["address"]?.text else {
            throw APIProblem.invalid("address", "须为文字", "must be a text")
        }
        var wish = Webhooks.Wish(address: address, allowsLoopback: site.settings.allowsLoopback)
        if let topics = json["topics"] {
            guard case .array(let items) = topics, items.count == items.compactMap(\.text).count else {
                throw APIProblem.invalid("topics", "须为文字的数组", "must be an array of texts")
            }
            wish.topics = items.compactMap(\.text)
        }
        do {
            let webhook = try Webhooks(office).create(
                wish, by: caller.actor, kinds: caller.kinds?.sorted(), requestKey: requestKey,
                answer: { [self] webhook in
                    StoredRequestKey.Answer(
                        status: 201, headers: "Location: \(Self.address(webhook.id))",
                        body: self.json(webhook, showsSecret: true).encoded)
                }, at: office.moment)
            return answer(
                self.json(webhook, showsSecret: true), status: .created,
                headers: [.location: Self.address(webhook.id)])
        } catch RequestKeyProblem.done {
            guard let requestKey, let done = try await replay(requestKey, try sight()) else {
                throw APIProblem.keyReused
            }
            return done
        } catch RequestKeyProblem.otherRequest {
            throw APIProblem.keyReused
        }
    }

    func oneWebhook() throws -> Response {
        _ = try query([])
        return answer(json(try webhook()))
    }

    func removeWebhook() throws -> Response {
        _ = try query([])
        let webhook = try webhook()
        guard try Webhooks(office).remove(webhook.id, by: try caller().actor) else {
            throw APIProblem.notFound
        }
        return Response(status: .noContent)
    }

    func resumeWebhook() throws -> Response {
        _ = try query([])
        let id = try webhook().id
        guard try Webhooks(office).resume(id, by: try caller().actor) else { throw APIProblem.notFound }
        return answer(json(try webhook()))
    }

    func deliveries() throws -> Response {
        let asked = try query(["limit", "after"])
        let webhook = try webhook()
        let limit = try Self.number(asked, "limit", 1...Self.mostRows, usually: Self.usualRows)
        let before = try asked["after"].map { _ in
            Int64(try Self.number(asked, "after", 1...Int(Int32.max), usually: 1))
        }
        let found = try Webhooks(office).deliveries(to: webhook, before: before, limit: limit + 1)
        let shown = found.prefix(limit)
        let next = found.count > limit ? shown.last.map { String($0.id) } : nil
        return answer(
            .object([
                ("items", .array(shown.map(json))), ("after", .optional(next)),
                (
                    "next",
                    .optional(
                        next.map { "\(Self.address(webhook.id))/deliveries?limit=\(limit)&after=\($0)" })
                ),
            ]))
    }

    private static func address(_ id: Int64) -> String { "\(APIAddress.base)/webhooks/\(id)" }

    /// The webhook that the path names: one's own.
    private func webhook() throws -> StoredWebhook {
        let actor = try caller().actor
        guard let id = Int64(try part("id")), let webhook = try Webhooks(office).webhook(id, as: actor),
            webhook.login == actor.login
        else { throw APIProblem.notFound }
        return webhook
    }

    private func json(_ webhook: StoredWebhook, showsSecret: Bool = false) -> JSONValue {
        .object([
            ("id", .integer(webhook.id)), ("address", .string(webhook.address)),
            ("topics", .strings(webhook.topics)), ("kinds", webhook.kinds.map(JSONValue.strings) ?? .null),
            ("state", .string(webhook.state)), ("created_at", .string(webhook.createdAt.description)),
            ("position", .integer(webhook.position)), ("failures", .integer(webhook.failures)),
            ("secret", showsSecret ? .string(String(decoding: webhook.secret, as: UTF8.self)) : nil),
        ])
    }

    private func json(_ delivery: StoredDelivery) -> JSONValue {
        .object([
            ("id", .integer(delivery.id)), ("event", .string("\(delivery.position)")),
            ("topic", .string(delivery.topic)), ("state", .string(delivery.state)),
            ("attempts", .integer(delivery.attempts)),
            ("attempted_at", .optional(delivery.attemptedAt?.description)),
            ("next_at", .optional(delivery.nextAt?.description)),
            ("status", delivery.status.map { .integer($0) } ?? .null),
            ("problem", .optional(delivery.problem)),
            ("created_at", .string(delivery.createdAt.description)),
        ])
    }
}
