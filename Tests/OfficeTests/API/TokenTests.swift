import Expressions
import Records
import Rulebooks
import Storage
import Testing

@testable import Office

@Suite("Tokens of programs")
struct TokenTests {
    private func codes(_ body: () throws -> Void) throws -> [RefusalCode] {
        do {
            try body()
            return []
        } catch let refusal as Refusal {
            return refusal.reasons.map(\.code)
        }
    }

    @Test("A token stands for its account, with the scopes and kinds it was given, until it expires")
    func goodAndExpired() throws {
        let desk = try SignInOffice.withWang()
        let tokens = Tokens(desk.test.office)
        let (token, summary) = try tokens.create(
            .init(login: "wang", name: " 交换\n", scopes: [.read, .figures], kinds: ["hazard"], days: 2),
            by: .operatorOfFolder, at: desk.moment)
        #expect(token.hasPrefix(Tokens.prefix))
        #expect(summary.name == "交换" && summary.state == .good)
        let caller = try #require(try tokens.caller(token, at: desk.moment))
        #expect(caller.actor.login == "wang" && caller.actor.role == "inspector")
        #expect(caller.scopes == [.read, .figures])
        #expect(caller.mayUse("hazard") && !caller.mayUse("project"))
        let listed = try tokens.tokens(of: "wang", as: caller.actor, at: desk.moment)
        #expect(listed.first?.lastUsedAt == desk.moment)
        for wrong in ["", token.dropLast() + "A", "Bearer " + token, String(token.dropFirst())] {
            #expect(try tokens.caller(String(wrong), at: desk.moment) == nil)
        }
        desk.pass(minutes: 2 * 1_440 - 1)
        #expect(try tokens.caller(token, at: desk.moment) != nil)
        desk.pass(minutes: 1)
        #expect(try tokens.caller(token, at: desk.moment) == nil)
        #expect(try tokens.tokens(as: .operatorOfFolder, at: desk.moment).first?.state == .expired)
    }

    @Test("Nothing on file spells the token")
    func digestOnly() throws {
        let desk = try SignInOffice.withWang()
        let (token, summary) = try Tokens(desk.test.office).create(
            .init(login: "wang", name: "x"), by: .operatorOfFolder, at: desk.moment)
        let stored = try #require(try desk.test.office.store.read { try $0.token(id: summary.id) })
        let bytes = try #require(Secrets.bytes(String(token.dropFirst(Tokens.prefix.count)), count: 32))
        #expect(stored.digest == Secrets.digest(bytes) && stored.digest != bytes)
    }

    @Test("A revoked token, and one whose account is suspended, is no token")
    func revoked() throws {
        let desk = try SignInOffice.withWang()
        let account = try desk.open("liming", role: "inspector")
        let tokens = Tokens(desk.test.office)
        let (first, summary) = try tokens.create(
            .init(login: "wang", name: "x"), by: .operatorOfFolder, at: desk.moment)
        let (second, _) = try tokens.create(
            .init(login: "liming", name: "x"), by: .operatorOfFolder, at: desk.moment)
        try tokens.revoke(summary.id, by: .operatorOfFolder, at: desk.moment)
        #expect(try tokens.caller(first, at: desk.moment) == nil)
        #expect(
            try codes { try tokens.revoke(summary.id, by: .operatorOfFolder, at: desk.moment) }
                == [.recordNotFound])
        #expect(try tokens.caller(second, at: desk.moment) != nil)
        try Registrar(desk.test.office).perform(
            Action(
                .move("suspend"), kind: "account", record: account.id,
                values: ["reason": .string("调离岗位")]),
            by: TestOffice.person("security", "security-administrator"))
        #expect(try tokens.caller(second, at: desk.moment) == nil)
        let events = try desk.events()
        #expect(events.count { $0 == "token-created" } == 2 && events.contains("token-revoked"))
    }

    @Test("One makes tokens for oneself; for others only whoever administers them")
    func whoMayMake() throws {
        let desk = try SignInOffice.withWang()
        try desk.open("liming", role: "inspector")
        try desk.open("security", role: "security-administrator", region: "330000000000")
        let office = desk.test.office
        let tokens = Tokens(office)
        func actor(_ login: String) throws -> Actor {
            try office.store.read { try Accounts(office.rulebook).actor(.account(login), reader: $0) }
        }
        let (wang, security) = (try actor("wang"), try actor("security"))
        let wish = Tokens.Wish(login: "liming", name: "x")
        #expect(try codes { _ = try tokens.create(wish, by: wang, at: desk.moment) } == [.notPermitted])
        let (_, made) = try tokens.create(wish, by: security, at: desk.moment)
        #expect(try codes { try tokens.revoke(made.id, by: wang, at: desk.moment) } == [.recordNotFound])
        #expect(try codes { _ = try tokens.tokens(as: wang, at: desk.moment) } == [.notPermitted])
        #expect(try tokens.tokens(of: "wang", as: wang, at: desk.moment).isEmpty)
        #expect(try tokens.tokens(as: security, at: desk.moment).map(\.id) == [made.id])
        try tokens.revoke(made.id, by: security, at: desk.moment)
    }

    @Test("Everything wrong with a wish is told at once")
    func wishes() throws {
        let desk = try SignInOffice.withWang()
        let tokens = Tokens(desk.test.office)
        let wish = Tokens.Wish(login: "wang", name: "\u{7}", scopes: [], kinds: ["nothing"], days: 0)
        #expect(
            try codes { _ = try tokens.create(wish, by: .operatorOfFolder, at: desk.moment) }.count == 4)
        #expect(
            try codes {
                _ = try tokens.create(
                    .init(login: "nobody", name: "x"), by: .operatorOfFolder, at: desk.moment)
            } == [.accountUnknown])
        for _ in 0..<Tokens.mostPerAccount {
            _ = try tokens.create(.init(login: "wang", name: "x"), by: .operatorOfFolder, at: desk.moment)
        }
        #expect(
            try codes {
                _ = try tokens.create(
                    .init(login: "wang", name: "x"), by: .operatorOfFolder, at: desk.moment)
            } == [.valueInvalid])
    }
}

@Suite("Requests sent twice")
struct RequestKeyTests {
    @Test("An action asked for many times at once is performed once")
    func concurrent() async throws {
        let test = try TestOffice()
        let door = Door(Registrar(test.office))
        let project = try test.project()
        let action = Action(
            .create, kind: "hazard",
            values: [
                "site": .int(project.id), "found_on": .date(try #require(CivilDate("2026-03-02"))),
                "category": .string(try test.firstCode("hazard-category")),
                "description": .string("三层临边无防护"),
            ])
        let requestKey = RequestKey(subject: "account:1:wang", key: "k", parts: [[1]])
        let request = Request(action, by: TestOffice.person("wang", "inspector"), requestKey: requestKey)
        let done = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask { (try? await door.perform(request)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 1)
        let hazard = try #require(test.office.rulebook.kind("hazard"))
        #expect(try test.office.store.read { try $0.count(RecordQuery(), of: hazard) } == 1)
        let stored = try #require(try RequestKeys(test.office).find(requestKey, at: test.office.moment))
        #expect(stored.kind == "hazard" && stored.version == 1 && stored.answer == nil)
        let other = RequestKey(subject: "account:1:wang", key: "k", parts: [[2]])
        #expect(throws: RequestKeyProblem.otherRequest) {
            _ = try RequestKeys(test.office).find(other, at: test.office.moment)
        }
        let stranger = RequestKey(subject: "account:2:liming", key: "k", parts: [[2]])
        #expect(try RequestKeys(test.office).find(stranger, at: test.office.moment) == nil)
        let late = test.office.moment.plus(RequestKeys.keptSeconds)
        #expect(try RequestKeys(test.office).find(requestKey, at: late) == nil)
    }

    @Test("A refused action leaves no requestKey")
    func refused() async throws {
        let test = try TestOffice()
        let door = Door(Registrar(test.office))
        let requestKey = RequestKey(subject: "account:1:wang", key: "k", parts: [[1]])
        let request = Request(
            Action(.create, kind: "hazard"), by: TestOffice.person("wang", "inspector"),
            requestKey: requestKey)
        await #expect(throws: Refusal.self) { _ = try await door.perform(request) }
        #expect(try RequestKeys(test.office).find(requestKey, at: test.office.moment) == nil)
    }

    @Test("Parts are told apart wherever they are cut")
    func parts() {
        let left = RequestKey(subject: "a", key: "k", parts: [[1, 2], [3]])
        #expect(left != RequestKey(subject: "a", key: "k", parts: [[1], [2, 3]]))
        #expect(left == RequestKey(subject: "a", key: "k", parts: [[1, 2], [3]]))
    }
}
