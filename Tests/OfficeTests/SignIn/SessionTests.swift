import Expressions
import Records
import Storage
import Testing

@testable import Office

@Suite("Sessions")
struct SessionTests {
    @Test("A session falls idle after thirty minutes without use")
    func idling() throws {
        let desk = try SignInOffice.withWang()
        let token = try desk.signIn()
        for _ in 0..<4 {
            desk.pass(minutes: 29)
            #expect(try desk.session(token) != nil)
        }
        desk.pass(minutes: 30)
        #expect(try desk.session(token) == nil)
        #expect(try desk.events("wang").first == "ended")
        desk.pass(minutes: -30)
        #expect(try desk.session(token) == nil, "what ended does not come back")
    }

    @Test("A session ends after twelve hours however it is used")
    func ending() throws {
        let desk = try SignInOffice.withWang()
        let token = try desk.signIn()
        for _ in 0..<47 {
            desk.pass(minutes: 15)
            #expect(try desk.session(token) != nil)
        }
        desk.pass(seconds: 15 * 60 - 1)
        let session = try #require(try desk.session(token))
        #expect(session.endsAt.seconds - session.beganAt.seconds == 12 * 3_600)
        desk.pass(seconds: 1)
        #expect(try desk.session(token) == nil)
    }

    @Test("Signing in gives a new token every time, and ends the session it replaces")
    func rotation() throws {
        let desk = try SignInOffice.withWang()
        let first = try desk.signIn()
        let second = try desk.signIn(replacing: first)
        #expect(first != second)
        #expect(try desk.session(first) == nil)
        #expect(try desk.session(second) != nil)
        // Somebody else's idea of a token is neither taken over nor a problem.
        let third = try desk.signIn(replacing: "garbage")
        #expect(try desk.session(second) != nil)
        #expect(try desk.session(third) != nil)
        #expect(try desk.service.sessions(of: "wang", as: .operatorOfFolder, at: desk.moment).count == 2)
    }

    @Test("Of a token nothing but its digest is on file")
    func digests() throws {
        let desk = try SignInOffice.withWang()
        let token = try desk.signIn()
        #expect(token.utf8.count == 43)
        let bytes = try #require(Secrets.bytes(token, count: 32))
        let stored = try desk.test.office.store.read { try $0.sessions(login: "wang") }
        #expect(stored.map(\.tokenDigest) == [Secrets.digest(bytes)])
        #expect(try desk.test.office.store.read { try $0.session(tokenDigest: bytes) } == nil)
    }

    @Test(
        "Garbage is no session",
        arguments: [
            "", "a", "=", String(repeating: "A", count: 42), String(repeating: "A", count: 43),
            String(repeating: "A", count: 44), String(repeating: "é", count: 43),
            String(repeating: "B", count: 43), "../../../../etc/passwd", "' OR 1=1 --", "\u{0}",
        ])
    func garbage(token: String) throws {
        let desk = try SignInOffice.withWang()
        try desk.signIn()
        #expect(try desk.session(token) == nil)
        try desk.service.signOut(token, at: desk.moment)
        #expect(try desk.service.sessions(as: .operatorOfFolder, at: desk.moment).count == 1)
    }

    @Test("Signing out ends one session and leaves the others")
    func signingOut() throws {
        let desk = try SignInOffice.withWang()
        let (first, second) = (try desk.signIn(), try desk.signIn())
        try desk.service.signOut(first, at: desk.moment)
        #expect(try desk.session(first) == nil)
        #expect(try desk.session(second) != nil)
        #expect(try desk.events("wang").first == "signed-out")
    }

    @Test("A session follows its account: a new role counts at once, a suspended account ends it")
    func accounts() throws {
        let desk = try SignInOffice.withWang()
        let token = try desk.signIn()
        let kind = try desk.test.kind("account")
        let record = try #require(
            try desk.test.office.store.read { try $0.record(kind, key: [.string("wang")]) })
        let security = TestOffice.person("admin", "security-administrator")
        _ = try desk.test.registrar.perform(
            Action(.amend, kind: "account", record: record.id, values: ["role": .string("leader")]),
            by: security)
        #expect(try desk.session(token)?.actor.role == "leader")
        try desk.test.act("suspend", on: record, ["reason": .string("休假")], by: security)
        #expect(try desk.service.sessions(as: .operatorOfFolder, at: desk.moment).isEmpty)
        #expect(try desk.session(token) == nil)
        try desk.test.act("resume", on: record, ["reason": .string("返岗")], by: security)
        #expect(try desk.session(token) == nil, "the session ended with the suspension")
        #expect(try desk.refusal() == nil)
    }

    @Test("Every session has a secret of its own for its forms")
    func csrf() throws {
        let desk = try SignInOffice.withWang()
        let first = try #require(try desk.session(try desk.signIn()))
        let second = try #require(try desk.session(try desk.signIn()))
        #expect(first.csrf != second.csrf)
        #expect(first.accepts(csrf: first.csrf))
        for other in [second.csrf, "", String(first.csrf.dropLast()), first.csrf + "A", "垃圾"] {
            #expect(!first.accepts(csrf: other))
        }
    }

    @Test("Old sessions are cleared away when somebody signs in")
    func clearing() throws {
        let desk = try SignInOffice.withWang()
        for _ in 0..<3 { try desk.signIn() }
        desk.pass(minutes: 31)
        try desk.signIn()
        #expect(try desk.test.office.store.read { try $0.sessions(login: nil) }.count == 1)
    }

    @Test("Bytes and their letters")
    func letters() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 83 &+ count) }
            #expect(Secrets.bytes(Secrets.text(bytes), count: count) == bytes)
        }
        // RFC 4648, section 10.
        #expect(
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map { Secrets.base32(Array($0.utf8)) }
                == ["", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"])
        #expect(Secrets.text(Array("fooba".utf8)) == "Zm9vYmE")
        #expect(Secrets.text([0xFB, 0xFF]) == "-_8")
        #expect(Secrets.bytes("-_9", count: 2) == nil, "another spelling of the same bytes")
    }
}
