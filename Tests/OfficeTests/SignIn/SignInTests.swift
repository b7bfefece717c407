import Expressions
import Foundation
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

@Suite("Signing in")
struct SignInTests {
    @Test("The right password lets in, as the account stands")
    func lettingIn() throws {
        let desk = try SignInOffice.withWang()
        let session = try #require(try desk.session(try desk.signIn()))
        #expect(session.actor.role == "inspector")
        #expect(session.actor.region == "330106000000")
        #expect(session.actor.permissions == desk.test.rulebook.roles["inspector"]?.permissions)
        #expect(session.address == "192.0.2.1")
        #expect(try desk.events("wang") == ["signed-in", "password-set"])
    }

    @Test("Whatever is wrong, the answer is the same")
    func sameAnswer() throws {
        let desk = try SignInOffice.withWang()
        try desk.open("fresh", role: "inspector")
        let closed = try desk.open("closed", role: "inspector")
        try desk.service.setPassword(
            SignInOffice.password, for: "closed", by: .operatorOfFolder, at: desk.moment)
        try desk.test.act("close", on: closed, ["reason": .string("退休")], by: Self.security)
        var refusals: Set<Refusal> = []
        let attempts = [
            ("wang", "wrong password here"), ("wang", ""), ("nobody", SignInOffice.password),
            ("", SignInOffice.password), ("fresh", SignInOffice.password), ("closed", SignInOffice.password),
            (" wang\u{0}' OR 1=1 --", SignInOffice.password), (String(repeating: "w", count: 9_999), "x"),
            ("wang", String(repeating: "长", count: 9_999)),
        ]
        for (login, password) in attempts {
            let attempt = SignIn.Attempt(
                login: login, password: password, address: "", userAgent: "\u{1B}[31m")
            refusals.insert(
                try desk.test.refusal { _ = try desk.service.signIn(attempt, at: desk.moment) })
        }
        #expect(refusals.count == 1)
        #expect(refusals.first?.has(.signInRefused) == true)
    }

    private static let security = TestOffice.person("admin", "security-administrator")

    @Test("Without a credential as much work is done as with one")
    func sameWork() throws {
        let hashing = PasswordHashing(.init(rounds: 1 << 14, blockSize: 8, parallelism: 1))
        let salt: [UInt8] = [1, 2, 3]
        let hash = try #require(hashing.hash("correct horse battery", salt: salt))
        let credential = StoredCredential(
            login: "wang", account: 1, hashing: hashing.parameters, salt: salt, hash: hash,
            passwordSetAt: .epoch)
        let clock = ContinuousClock()
        #expect(hashing.verifies("correct horse battery", credential))
        let known = clock.measure { _ = hashing.verifies("wrong", credential) }
        let unknown = clock.measure { #expect(!hashing.verifies("wrong", nil)) }
        // Loose, for a busy machine: doing nothing would take a thousandth.
        #expect(unknown > known / 20)
    }

    @Test("The log names known logins, hides what else was typed, and keeps to one line")
    func log() throws {
        let desk = try SignInOffice.withWang()
        let attempt = SignIn.Attempt(
            login: "my secret password", password: "x", address: "192.0.2.9\n",
            userAgent: "a\r\nb" + String(repeating: "c", count: 500))
        #expect(throws: Refusal.self) { try desk.service.signIn(attempt, at: desk.moment) }
        let line = try #require(try desk.service.signIns(as: .operatorOfFolder).first)
        #expect(line.login == "my******")
        #expect(line.outcome == "refused")
        #expect(line.address == "192.0.2.9")
        #expect(line.userAgent.count == 200 && line.userAgent.hasPrefix("abc"))
        #expect(line.at == desk.moment)
        for event in SignInEvent.allCases { #expect(!event.name.zh.isEmpty && !event.name.en.isEmpty) }
    }

    @Test("The log and sessions of others are for those who audit or administer, where they may see")
    func oversight() throws {
        let desk = try SignInOffice.withWang()
        try desk.open("far", role: "inspector", region: "330203000000")
        try desk.service.setPassword(
            SignInOffice.password, for: "far", by: .operatorOfFolder, at: desk.moment)
        try desk.signIn()
        try desk.signIn("far")
        #expect(try desk.refusal("nobody") == .signInRefused)
        func actor(_ role: String, _ login: String = "x", region: String = "330100000000") -> Actor {
            Actor(
                login: login, name: role, role: role, region: region,
                permissions: desk.test.rulebook.roles[role]?.permissions ?? [])
        }
        func logins(_ actor: Actor) throws -> Set<String> {
            Set(try desk.service.signIns(as: actor).map(\.login))
        }
        #expect(try logins(.operatorOfFolder) == ["wang", "far", "no******"])
        #expect(try logins(actor("auditor")) == ["wang"])
        #expect(try logins(actor("auditor", region: "330000000000")) == ["wang", "far"])
        #expect(try desk.test.refusal { _ = try logins(actor("inspector")) }.has(.notPermitted))
        #expect(try desk.test.refusal { _ = try logins(.public) }.has(.notPermitted))
        let wang = actor("inspector", "wang")
        #expect(try desk.service.signIns(of: "wang", as: wang).count == 2)
        #expect(
            try desk.test.refusal { _ = try desk.service.signIns(of: "far", as: wang) }.has(.notPermitted))
        let security = actor("security-administrator")
        #expect(try desk.service.sessions(as: security, at: desk.moment).map(\.login) == ["wang"])
        let far = try #require(
            try desk.service.sessions(as: .operatorOfFolder, at: desk.moment)
                .first { $0.login == "far" })
        for other in [security, wang, actor("auditor", region: "330000000000")] {
            #expect(throws: Refusal.self) {
                try desk.service.end(session: far.id, by: other, at: desk.moment)
            }
        }
        try desk.service.end(
            session: far.id, by: actor("security-administrator", region: "330000000000"), at: desk.moment)
        #expect(try desk.service.sessions(as: .operatorOfFolder, at: desk.moment).map(\.login) == ["wang"])
        let line = try #require(try desk.service.signIns(of: "far", as: .operatorOfFolder).first)
        #expect(line.outcome == "ended" && line.performer == "x")
    }

    @Test("A hash by weaker parameters is taken, and made anew")
    func rehashing() throws {
        let desk = try SignInOffice.withWang()
        let stronger = PasswordHashing(.init(rounds: 1 << 11, blockSize: 8, parallelism: 1))
        let attempt = SignIn.Attempt(login: "wang", password: SignInOffice.password, address: "")
        _ = try SignIn(desk.test.office, hashing: stronger).signIn(attempt, at: desk.moment)
        let credential = try #require(try desk.test.office.store.read { try $0.credential(login: "wang") })
        #expect(credential.hashing == stronger.parameters)
        #expect(stronger.verifies(SignInOffice.password, credential))
        // Weaker parameters than those on file change nothing.
        try desk.signIn()
        #expect(try desk.test.office.store.read { try $0.credential(login: "wang") } == credential)
    }

    @Test("A credential does not pass to another account of the same login, nor does damage let anybody in")
    func foreignCredentials() throws {
        let desk = try SignInOffice.withWang()
        var credential = try #require(try desk.test.office.store.read { try $0.credential(login: "wang") })
        let good = credential
        credential.account += 1
        try desk.test.office.store.write { try $0.save(credential) }
        #expect(try desk.refusal() == .signInRefused)
        for damage in [
            StoredCredential.Hashing(rounds: .max, blockSize: 8, parallelism: 1),
            .init(rounds: 0, blockSize: 0, parallelism: 0), .init(rounds: -1, blockSize: -1, parallelism: -1),
            .init(rounds: 1_025, blockSize: 8, parallelism: 1),
        ] {
            credential = good
            credential.hashing = damage
            try desk.test.office.store.write { try $0.save(credential) }
            #expect(try desk.refusal(from: "") == .signInRefused)
            desk.pass(minutes: 61)
        }
        credential = good
        (credential.salt, credential.hash) = ([], [])
        try desk.test.office.store.write { try $0.save(credential) }
        #expect(try desk.refusal("wang", "", from: "") == .signInRefused)
    }

    @Test("Where the rulebook has no accounts, the operator signs in and nobody else")
    func soleOperator() throws {
        let yaml = Project.root.appendingPathComponent("examples/food-inspection")
        let rulebook = try Workspace.load([try RulebookFolder.files(at: yaml)])
        let desk = try SignInOffice(rulebook)
        try #require(!Accounts(rulebook).hasAccounts)
        try desk.service.setPassword(
            SignInOffice.password, for: Accounts.operatorLogin, by: .operatorOfFolder, at: desk.moment)
        let session = try desk.session(try desk.signIn(Accounts.operatorLogin))
        #expect(session?.actor.role == Actor.anyRole)
        #expect(try desk.refusal("root") == .signInRefused)
        #expect(throws: Refusal.self) {
            try desk.service.setPassword(
                SignInOffice.password, for: "root", by: .operatorOfFolder, at: desk.moment)
        }
    }

    /// The national rulebook with other numbers for signing in.
    private func rulebook(replacing texts: [(String, String)]) throws -> Rulebook {
        let files = try Project.national.get().files.map { file in
            guard file.path == "base/sign-in.yaml" else { return file }
            var text = String(decoding: file.bytes, as: UTF8.self)
            for (old, new) in texts {
                #expect(text.contains(old))
                text = text.replacingOccurrences(of: old, with: new)
            }
            return RulebookFile(path: file.path, bytes: Array(text.utf8))
        }
        return try RulebookLoader.load(base: files, overlays: []).rulebook
    }

    @Test("The rulebook sets the thresholds; what makes no sense is not taken")
    func thresholds() throws {
        let day = try #require(CivilDate("2026-03-02"))
        #expect(SignInPolicy(try Project.national.get(), on: day) == SignInPolicy())
        #expect(SignInPolicy(try Project.national.get(), on: CivilDate(daysSinceEpoch: 0)) == SignInPolicy())
        let strict = try rulebook(replacing: [
            ("value: 30,", "value: 5,"), ("value: 12,", "value: 1,"), ("value: 20,", "value: 3,"),
        ])
        var wanted = SignInPolicy()
        (wanted.idleMinutes, wanted.absoluteHours, wanted.attemptsPerAddress) = (5, 1, 3)
        #expect(SignInPolicy(strict, on: day) == wanted)
        let senseless = try rulebook(replacing: [
            ("value: 30,", "value: 0,"), ("value: 12,", "value: 1000000,"), ("value: 20,", "value: -1,"),
        ])
        #expect(SignInPolicy(senseless, on: day) == SignInPolicy())
    }

    @Test("A session ends by the rulebook's own thresholds")
    func ownThresholds() throws {
        let desk = try SignInOffice(try rulebook(replacing: [("value: 30,", "value: 5,")]))
        try desk.open("wang", role: "inspector")
        try desk.service.setPassword(
            SignInOffice.password, for: "wang", by: .operatorOfFolder, at: desk.moment)
        let token = try desk.signIn()
        desk.pass(minutes: 4)
        #expect(try desk.session(token) != nil)
        desk.pass(minutes: 5)
        #expect(try desk.session(token) == nil)
    }
}
