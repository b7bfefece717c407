import Crypto
import Expressions
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Office
import Records
import Rulebooks
import Storage
import Synchronization
import Testing

@testable import Web

/// Takes what is sent, and answers as it is told to.
private final class Receiver: WebhookSending {
    struct Sent: Sendable {
        let body: [UInt8]
        let headers: [String: String]
        let address: String
    }

    let sent = Mutex<[Sent]>([])
    let status: Int

    init(status: Int = 204) { self.status = status }

    func send(
        _ body: [UInt8], headers: [(String, String)], to address: WebhookAddress
    ) async -> WebhookQueue.Result {
        sent.withLock {
            $0.append(
                Sent(body: body, headers: Dictionary(headers) { $1 }, address: address.text))
        }
        return .init(status: status, problem: (200..<300).contains(status) ? nil : "status")
    }
}

@Suite("Webhooks: set up by the API, signed and sent")
struct WebhookCourierTests {
    @Test("A webhook is set up once for a key, listed, told what happens under its signature, and removed")
    func wholeWay() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        try test.account("zhou", "inspector", region: "330108000000")
        let (token, stranger) = (try test.token("wang"), try test.token("zhou"))
        let secret = Mutex("")
        let path = Mutex("")
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let wish: JSONValue = ["address": "https://hooks.example.org/x", "topics": ["hazard.*"]]
            let made = try await program.post("/webhooks", wish, headers: ["Idempotency-Key": "w"])
            #expect(made.status == 201, "\(made.text)")
            let again = try await program.post("/webhooks", wish, headers: ["Idempotency-Key": "w"])
            #expect(again.status == 201 && again.text == made.text)
            secret.withLock { $0 = made.json?["secret"]?.text ?? "" }
            let address = try #require(made.header("Location"))
            path.withLock { $0 = address }
            let listed = try await program.get("/webhooks")
            #expect(listed.text.contains("hooks.example.org") && !listed.text.contains("whsec_"))
            #expect(!(try await program.get(address).text.contains("whsec_")))
            for bad in [
                "http://hooks.example.org/", "https://127.0.0.1/", "https://10.0.0.1/", "nothing",
            ] {
                let refused = try await program.post("/webhooks", ["address": .string(bad)])
                #expect(refused.status == 422 && refused.fields == ["address"], "\(bad)")
            }
            let other = Program(browser: browser, token: stranger)
            #expect(try await other.get(address).status == 404)
            #expect(try await other.send(.delete, address, body: nil).status == 404)
            #expect(try await other.get(address + "/deliveries").status == 404)
            #expect(try await other.get("/webhooks").json?["items"] == [])
        }
        let hazard = try test.hazard(at: test.project())
        _ = try test.hazard(at: test.project(region: "330108000000"))
        let receiver = Receiver()
        let courier = WebhookCourier(test.office, allowsLoopback: false, sender: receiver)
        let report = try await courier.run()
        #expect(report == .init(gathered: 1, delivered: 1, failed: 0))
        let sent = try #require(receiver.sent.withLock(\.self).first)
        #expect(sent.address == "https://hooks.example.org/x")
        let json = try #require(JSONReader.value(of: sent.body))
        #expect(json["topic"] == "hazard.create" && json["number"] == .string(hazard.number))
        #expect(json["record"]?["fields"]?["description"] == "三层临边无防护")
        let signature = try #require(sent.headers["Zhiheng-Signature"])
        let second = String(test.office.moment.seconds)
        let code = HMAC<SHA256>.authenticationCode(
            for: Array((second + ".").utf8) + sent.body,
            using: SymmetricKey(data: Array(secret.withLock(\.self).utf8)))
        #expect(signature == "t=\(second),v1=\(Hexadecimal.encode(Array(code)))")
        #expect(try await courier.run() == .init())
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let address = path.withLock(\.self)
            let deliveries = try await program.get(address + "/deliveries?limit=1")
            #expect(deliveries.text.contains("\"state\":\"delivered\"") && deliveries.text.contains("204"))
            #expect(try await program.post(address + "/resume", nil).status == 200)
            #expect(try await program.send(.delete, address, body: nil).status == 204)
            #expect(try await program.get(address).status == 404)
        }
    }

    @Test("What a receiver does not take waits for its next attempt")
    func failing() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let actor = try test.office.store.read {
            try Accounts(test.office.rulebook).actor(.account("wang"), reader: $0)
        }
        let webhook = try Webhooks(test.office).create(
            .init(address: "https://hooks.example.org/x"), by: actor, kinds: nil, at: test.office.moment)
        _ = try test.project()
        let receiver = Receiver(status: 302)
        let courier = WebhookCourier(test.office, allowsLoopback: false, sender: receiver)
        #expect(try await courier.run() == .init(gathered: 1, delivered: 0, failed: 1))
        #expect(try await courier.run() == .init())
        let delivery = try #require(try Webhooks(test.office).deliveries(to: webhook, limit: 1).first)
        #expect(delivery.state == "waiting" && delivery.attempts == 1 && delivery.status == 302)
        #expect(delivery.nextAt?.seconds == test.office.moment.seconds + 60)
    }

    @Test("Over the network: answers are told apart, redirects not followed, long answers cut, silence ended")
    func network() async throws {
        let visits = Mutex(0)
        let router = Router()
        router.post("/good") { request, _ -> Response in
            _ = try await request.body.collect(upTo: 1 << 20)
            return Response(status: .noContent)
        }
        router.post("/moved") { _, _ in
            Response(status: .found, headers: [.location: "/good"])
        }
        router.post("/good-after") { _, _ -> Response in
            visits.withLock { $0 += 1 }
            return Response(status: .ok)
        }
        router.post("/long") { _, _ in
            Response(
                status: .ok,
                body: .init(byteBuffer: ByteBuffer(bytes: [UInt8](repeating: 0x61, count: 1 << 20))))
        }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client in
            let port = try #require(client.port)
            let sender = WebhookSender(allowsLoopback: true)
            func send(_ path: String, _ sender: WebhookSender) async throws -> WebhookQueue.Result {
                let address = try #require(
                    WebhookAddress("http://127.0.0.1:\(port)\(path)", allowsLoopback: true))
                return await sender.send(Array("{}".utf8), headers: [("X", "y")], to: address)
            }
            #expect(try await send("/good", sender) == .init(status: 204))
            #expect(try await send("/moved", sender) == .init(status: 302, problem: "status"))
            #expect(try await send("/long", sender) == .init(status: 200))
            #expect(try await send("/nowhere", sender) == .init(status: 404, problem: "status"))
            let guarded = WebhookSender(allowsLoopback: false)
            #expect(try await send("/good-after", guarded).problem == "address-not-public")
            #expect(visits.withLock(\.self) == 0)
        }
        let unknown = try #require(WebhookAddress("https://nowhere.invalid/", allowsLoopback: false))
        let answer = await WebhookSender(allowsLoopback: false).send([], headers: [], to: unknown)
        #expect(answer.status == nil && answer.problem == "host-unknown")
    }
}
