import Expressions
import Storage

private enum Programs {
    static func token(_ login: String, digest: UInt8) throws -> StoredToken {
        StoredToken(
            digest: [UInt8](repeating: digest, count: 32), login: login, account: 7, name: "数据 交换",
            scopes: ["read", "write"], kinds: digest == 1 ? ["hazard", "project"] : nil,
            createdAt: try Samples.moment(100), createdBy: "admin", expiresAt: try Samples.moment(900))
    }

    static func webhook(_ login: String) throws -> StoredWebhook {
        StoredWebhook(
            login: login, account: 7, address: "https://example.org/x", topics: ["*", "hazard.*"],
            kinds: nil, secret: Array("whsec_x".utf8), createdAt: try Samples.moment(100), state: "active",
            position: 3)
    }

    static func delivery(_ webhook: Int64, _ position: UInt64, nextAt: Int64?) throws -> StoredDelivery {
        StoredDelivery(
            webhook: webhook, position: position, topic: "hazard.create", state: "waiting",
            nextAt: try nextAt.map(Samples.moment), createdAt: try Samples.moment(50))
    }
}

extension StoreContract {
    /// Tokens, request keys, webhooks and deliveries.
    static let apiClauses: [Clause] = [
        clause("a token is found by its digest, marked and revoked once; no id is given twice") { harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            var first = try Programs.token("wang", digest: 1)
            let second = try Programs.token("li", digest: 2)
            let ids = try store.write { [try $0.insert(first), try $0.insert(second)] }
            try expect(ids[0] < ids[1])
            first.id = ids[0]
            let again = try harness.open(rulebook)
            try expectEqual(try again.read { try $0.token(digest: first.digest) }, first)
            try expectEqual(
                try again.read { try $0.tokens(login: nil, limit: 9).map(\.id) }, [ids[1], ids[0]])
            try expectEqual(try again.read { try $0.tokens(login: "li", limit: 9).map(\.id) }, [ids[1]])
            let moments = [try Samples.moment(200), try Samples.moment(150)]
            try store.write { writer in
                for moment in moments { try writer.markUsed(token: ids[0], at: moment) }
                try expect(try writer.revoke(token: ids[0], at: moments[0], by: "admin"))
                try expect(try !writer.revoke(token: ids[0], at: moments[1], by: "wang"))
                try expect(try !writer.revoke(token: 99, at: moments[0], by: "wang"))
            }
            (first.lastUsedAt, first.revokedAt, first.revokedBy) = (moments[0], moments[0], "admin")
            try expectEqual(try store.read { try $0.token(id: ids[0]) }, first)
            try expect(try store.read { try $0.token(digest: [1]) } == nil)
        },
        clause("a requestKey is left once, gets its answer once, and goes when it is old") { harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            var requestKey = StoredRequestKey(
                subject: "account:7", key: "k", request: [1, 2], at: try Samples.moment(100), kind: "hazard",
                record: 3, version: 4)
            let answer = StoredRequestKey.Answer(status: 201, headers: "ETag: \"1\"", body: Array("{}".utf8))
            try store.write { writer in
                try expect(try writer.insert(requestKey))
                try expect(try !writer.insert(requestKey))
                try expectEqual(try writer.requestKey(subject: "account:7", key: "k"), requestKey)
                try writer.keep(answer, subject: "account:7", key: "k")
                try writer.keep(
                    .init(status: 500, headers: "", body: []), subject: "account:7", key: "k")
            }
            requestKey.answer = answer
            try expectEqual(
                try harness.open(rulebook).read { try $0.requestKey(subject: "account:7", key: "k") },
                requestKey)
            try expect(try store.read { try $0.requestKey(subject: "account:8", key: "k") } == nil)
            let (before, after) = (try Samples.moment(100), try Samples.moment(101))
            try store.write { try $0.removeRequestKeys(before: before) }
            try expect(try store.read { try $0.requestKey(subject: "account:7", key: "k") } != nil)
            try store.write { try $0.removeRequestKeys(before: after) }
            try expect(try store.read { try $0.requestKey(subject: "account:7", key: "k") } == nil)
        },
        clause("a webhook comes back with its secret, changes, and goes with its deliveries") { harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            var webhook = try Programs.webhook("wang")
            webhook.id = try store.write { try $0.insert(webhook) }
            let other = try store.write { try $0.insert(Programs.webhook("li")) }
            try expectEqual(try harness.open(rulebook).read { try $0.webhook(id: webhook.id) }, webhook)
            (webhook.state, webhook.position, webhook.failures) = ("suspended", 9, 5)
            try store.write { try $0.update(webhook) }
            try expectEqual(try store.read { try $0.webhooks(login: "wang") }, [webhook])
            try expectEqual(try store.read { try $0.webhooks(login: nil).map(\.id) }, [webhook.id, other])
            try store.write { try $0.insert(Programs.delivery(webhook.id, 3, nextAt: 60)) }
            try expect(try store.write { try $0.removeWebhook(webhook.id) })
            try expect(try store.write { try !$0.removeWebhook(webhook.id) })
            let late = try Samples.moment(1_000)
            try expectEqual(try store.read { try $0.deliveriesDue(at: late, limit: 9).count }, 0)
        },
        clause("deliveries come due in order, once for an entry, and are listed newest first") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let id = try store.write { try $0.insert(Programs.webhook("wang")) }
            try store.write { writer in
                try writer.insert(Programs.delivery(id, 3, nextAt: 60))
                try writer.insert(Programs.delivery(id, 3, nextAt: 10))
                try writer.insert(Programs.delivery(id, 4, nextAt: 55))
                try writer.insert(Programs.delivery(id, 5, nextAt: nil))
            }
            let (early, late) = (try Samples.moment(59), try Samples.moment(60))
            try expectEqual(
                try store.read { try $0.deliveriesDue(at: early, limit: 9).map(\.position) }, [4])
            try expectEqual(
                try store.read { try $0.deliveriesDue(at: late, limit: 9).map(\.position) }, [4, 3])
            try expectEqual(try store.read { try $0.deliveriesDue(at: late, limit: 1).count }, 1)
            let all = try store.read { try $0.deliveries(webhook: id, before: nil, limit: 9) }
            try expectEqual(all.map(\.position), [5, 4, 3])
            try expectEqual(
                try store.read {
                    try $0.deliveries(webhook: id, before: all[0].id, limit: 1).map(\.position)
                },
                [4])
            var first = try unwrap(all.last)
            (first.state, first.attempts, first.nextAt, first.status) = ("delivered", 1, nil, 204)
            (first.attemptedAt, first.problem) = (late, "x")
            try store.write { try $0.update(first) }
            try expectEqual(try store.read { try $0.delivery(id: first.id) }, first)
            try store.write { try $0.removeDeliveries(before: late) }
            try expectEqual(
                try store.read { try $0.deliveries(webhook: id, before: nil, limit: 9).map(\.position) }, [4])
        },
    ]
}
