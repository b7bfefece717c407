import Expressions
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

@Suite("Webhooks: what is told to whom, and when again")
struct WebhookTests {
    private static let contractor = TestOffice.contractor

    /// Two inspectors of two counties and an enterprise, each with a webhook for everything.
    private static func desk() throws -> (desk: SignInOffice, ids: [String: Int64]) {
        let desk = try SignInOffice()
        try desk.open("wang", role: "inspector")
        try desk.open("zhou", role: "inspector", region: "330108000000")
        try desk.open("builder", role: "enterprise", party: contractor)
        try desk.open("other", role: "enterprise", party: "91330000142918701X")
        var ids: [String: Int64] = [:]
        for login in ["wang", "zhou", "builder", "other"] {
            ids[login] = try webhook(desk, login).id
        }
        return (desk, ids)
    }

    private static func webhook(
        _ desk: SignInOffice, _ login: String, topics: [String] = ["*"], kinds: [String]? = nil
    ) throws -> StoredWebhook {
        let office = desk.test.office
        let actor = try office.store.read {
            try Accounts(office.rulebook).actor(.account(login), reader: $0)
        }
        return try Webhooks(office).create(
            .init(address: "https://hooks.example.org/\(login)", topics: topics), by: actor, kinds: kinds,
            at: desk.moment)
    }

    private static func topics(_ desk: SignInOffice, _ id: Int64) throws -> [String] {
        try desk.test.office.store.read {
            try $0.deliveries(webhook: id, before: nil, limit: 100).reversed().map(\.topic)
        }
    }

    @Test("Everybody is told of the records that it may see, and of no others")
    func sight() throws {
        let (desk, ids) = try Self.desk()
        let project = try desk.test.project()
        _ = try desk.test.hazard(at: project)
        let queue = WebhookQueue(desk.test.office)
        #expect(try queue.gather(at: desk.moment) == 4)
        #expect(try queue.gather(at: desk.moment) == 0)
        #expect(try Self.topics(desk, ids["wang"]!) == ["project.create", "hazard.create"])
        #expect(try Self.topics(desk, ids["builder"]!) == ["project.create", "hazard.create"])
        #expect(try Self.topics(desk, ids["zhou"]!) == [])
        #expect(try Self.topics(desk, ids["other"]!) == [])
    }

    @Test("Topics and kinds narrow what is told; what happened before is not told")
    func topics() throws {
        let desk = try SignInOffice()
        try desk.open("wang", role: "inspector")
        let project = try desk.test.project()
        let some = try Self.webhook(desk, "wang", topics: ["hazard.notify", "project.*"])
        let kinds = try Self.webhook(desk, "wang", kinds: ["hazard"])
        let hazard = try desk.test.hazard(at: project)
        try desk.test.act(
            "notify", on: hazard, ["due_on": .date(try #require(CivilDate("2026-03-06")))],
            by: TestOffice.person("wang", "inspector"))
        _ = try WebhookQueue(desk.test.office).gather(at: desk.moment)
        #expect(try Self.topics(desk, some.id) == ["hazard.notify"])
        #expect(try Self.topics(desk, kinds.id) == ["hazard.create", "hazard.notify"])
    }

    @Test("Whoever takes a delivery has it alone; a failure is tried again later and later, then given up")
    func retries() throws {
        let desk = try SignInOffice()
        try desk.open("wang", role: "inspector")
        let webhook = try Self.webhook(desk, "wang", topics: ["project.*"])
        let queue = WebhookQueue(desk.test.office)
        _ = try desk.test.project()
        _ = try queue.gather(at: desk.moment)
        var pauses: [Int64] = []
        for attempt in 1...WebhookQueue.attempts {
            let taken = try #require(try queue.take(limit: 9, at: desk.moment).first)
            #expect(try queue.take(limit: 9, at: desk.moment).isEmpty)
            try queue.settle(taken, .init(status: 500, problem: "status"), at: desk.moment)
            let now = try #require(
                try desk.test.office.store.read { try $0.delivery(id: taken.delivery.id) })
            #expect(now.attempts == attempt && now.status == 500)
            guard let next = now.nextAt else {
                #expect(now.state == "dead" && attempt == WebhookQueue.attempts)
                break
            }
            pauses.append(next.seconds - desk.moment.seconds)
            #expect(try queue.take(limit: 9, at: next.plus(-1)).isEmpty)
            desk.pass(seconds: next.seconds - desk.moment.seconds)
        }
        #expect(pauses == [60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360])
        #expect(try desk.test.office.store.read { try $0.webhook(id: webhook.id) }?.failures == 1)
    }

    @Test("Deliveries given up in a row suspend the webhook, until it is resumed")
    func suspended() throws {
        let desk = try SignInOffice()
        try desk.open("wang", role: "inspector")
        let webhook = try Self.webhook(desk, "wang")
        let (office, queue) = (desk.test.office, WebhookQueue(desk.test.office))
        for _ in 0..<WebhookQueue.failuresToSuspend {
            _ = try desk.test.project()
            _ = try queue.gather(at: desk.moment)
            for _ in 0..<WebhookQueue.attempts {
                for taken in try queue.take(limit: 9, at: desk.moment) {
                    try queue.settle(taken, .init(status: nil, problem: "timeout"), at: desk.moment)
                }
                desk.pass(seconds: WebhookQueue.longestPause)
            }
        }
        #expect(try office.store.read { try $0.webhook(id: webhook.id) }?.state == "suspended")
        _ = try desk.test.project()
        #expect(try queue.gather(at: desk.moment) == 0)
        let stranger = try desk.open("zhou", role: "inspector", region: "330108000000")
        let actors = try office.store.read { reader in
            try ["wang", "zhou"].map {
                try Accounts(office.rulebook).actor(.account($0), reader: reader)
            }
        }
        #expect(stranger.version == 1)
        #expect(try !Webhooks(office).resume(webhook.id, by: actors[1]))
        #expect(try Webhooks(office).resume(webhook.id, by: actors[0]))
        #expect(try queue.gather(at: desk.moment) == 0)
        _ = try desk.test.project()
        #expect(try queue.gather(at: desk.moment) == 1)
        #expect(try !Webhooks(office).remove(webhook.id, by: actors[1]))
        #expect(try Webhooks(office).remove(webhook.id, by: actors[0]))
    }

    @Test("What waits for an account that was suspended meanwhile is withheld")
    func withheld() throws {
        let desk = try SignInOffice()
        let account = try desk.open("wang", role: "inspector")
        let webhook = try Self.webhook(desk, "wang")
        let queue = WebhookQueue(desk.test.office)
        _ = try desk.test.project()
        _ = try queue.gather(at: desk.moment)
        try desk.test.act(
            "suspend", on: account, ["reason": .string("调离岗位")],
            by: TestOffice.person("security", "security-administrator"))
        #expect(try queue.take(limit: 9, at: desk.moment).isEmpty)
        let deliveries = try desk.test.office.store.read {
            try $0.deliveries(webhook: webhook.id, before: nil, limit: 9)
        }
        #expect(deliveries.map(\.state) == ["withheld"])
    }

    @Test("Only public https addresses are taken; this computer only where that is allowed")
    func addresses() {
        for text in [
            "https://example.org/x", "https://example.org:8443/x?y=1", "https://8.8.8.8/",
            "https://[2001:4860:4860::8888]/",
        ] {
            #expect(WebhookAddress(text, allowsLoopback: false) != nil, "\(text)")
        }
        for text in [
            "", "http://example.org/", "https://", "https:///x", "ftp://example.org/",
            "https://a:b@example.org/",
            "https://example.org/#x", "https://localhost/", "https://x.localhost/", "https://127.0.0.1/",
            "https://10.1.2.3/", "https://192.168.0.1/", "https://169.254.169.254/latest", "https://[::1]/",
            "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/", "https://0.0.0.0/", "https://exa mple.org/", "https://example.org:0/",
            "https://example.org/" + String(repeating: "x", count: 1_000), "javascript:alert(1)",
        ] {
            #expect(WebhookAddress(text, allowsLoopback: false) == nil, "\(text)")
        }
        for text in ["http://127.0.0.1:9/", "http://localhost:9/", "https://[::1]/"] {
            #expect(WebhookAddress(text, allowsLoopback: true) != nil, "\(text)")
        }
        #expect(WebhookAddress("http://10.0.0.1/", allowsLoopback: true) == nil)
    }

    @Test("An address is public when nobody's special range has it")
    func ranges() {
        let hidden = [
            "0.1.2.3", "100.64.0.1", "100.127.255.255", "172.16.0.1", "172.31.255.255", "198.18.0.1",
            "198.51.100.7", "203.0.113.9", "224.0.0.1", "255.255.255.255", "192.0.0.8", "::", "fe80::1",
            "ff02::1", "2001:db8::1", "2001::1", "3fff::1", "::7f00:1",
        ]
        for text in hidden { #expect(NetworkAddress(text)?.isPublic == false, "\(text)") }
        for text in ["1.1.1.1", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1", "2606:4700::1111"] {
            #expect(NetworkAddress(text)?.isPublic == true, "\(text)")
            #expect(NetworkAddress(text)?.text == text)
        }
        for text in ["", "example.org", "1.2.3", "1.2.3.4.5", "0x7f.1", "127.1", "::g"] {
            #expect(NetworkAddress(text) == nil, "\(text)")
        }
    }

    @Test("Topics that can never be are refused")
    func unknownTopics() throws {
        let desk = try SignInOffice()
        try desk.open("wang", role: "inspector")
        for topic in ["*", "hazard.*", "hazard.create", "hazard.notify", "hazard.clock.rectify.urge"] {
            _ = try Self.webhook(desk, "wang", topics: [topic])
        }
        for topic in ["", ".", "nothing.*", "hazard", "hazard.nothing", "hazard.clock.x.y", "hazard.*.*"] {
            #expect(throws: Refusal.self, "\(topic)") {
                _ = try Self.webhook(desk, "wang", topics: [topic])
            }
        }
        #expect(throws: Refusal.self) { _ = try Self.webhook(desk, "wang", topics: []) }
    }
}
