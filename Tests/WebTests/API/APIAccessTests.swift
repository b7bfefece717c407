import Expressions
import HTTPTypes
import Office
import Records
import Rulebooks
import Storage
import Testing

@testable import Web

@Suite("API: who may ask what")
struct APIAccessTests {
    @Test("Without a good token nothing but the rulebook is told, on every route and with every method")
    func noToken() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let hazard = try test.hazard(at: test.project())
        let session = try test.session("wang")
        let good = try test.token("wang")
        try await test.run { browser in
            for token in [nil, "zhiheng_x", String(good.dropLast()), good + "A"] {
                let program = Program(browser: browser, token: token)
                for route in APIRoute.all {
                    let path = route.path.replacing(":kind", with: "hazard").replacing(
                        ":number", with: hazard.number
                    ).replacing(":list", with: "hazard-grade").replacing(":code", with: "330000000000")
                        .replacing(":name", with: "hazards_found").replacing(":action", with: "notify")
                    let answer = try await program.send(route.method, path, body: nil)
                    let isOpen = route.access == .open && token == nil
                    #expect(answer.status == (isOpen ? 200 : 401), "\(path): \(answer.status)")
                    if !isOpen {
                        #expect(answer.code == "API-0103" && answer.header("WWW-Authenticate") != nil)
                        #expect(!answer.text.contains(hazard.number))
                    }
                }
            }
            // A browser's session opens nothing here.
            let lent = try await browser.get("/api/v1/records/hazard", cookie: session.cookie)
            #expect(lent.status == 401)
        }
    }

    @Test("A token does nothing beyond its scopes and kinds")
    func scopes() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let project = try test.project()
        let hazard = try test.hazard(at: project)
        let tokens = try Dictionary(
            uniqueKeysWithValues: TokenScope.allCases.map { ($0, try test.token("wang", scopes: [$0])) })
        let narrow = try test.token("wang", kinds: ["project"])
        try await test.run { browser in
            for route in APIRoute.all {
                guard case .scope(let needed) = route.access else { continue }
                let path = route.path.replacing(":kind", with: "hazard").replacing(
                    ":number", with: hazard.number
                ).replacing(":name", with: "hazards_found").replacing(":action", with: "notify")
                for (scope, token) in tokens where scope != needed {
                    let answer = try await Program(browser: browser, token: token).send(
                        route.method, path, body: nil)
                    #expect(answer.status == 403 && answer.code == "API-0104", "\(path) \(scope)")
                }
            }
            let program = Program(browser: browser, token: narrow)
            #expect(try await program.get("/records/project/\(project.number)").status == 200)
            for path in [
                "/records/hazard", "/records/hazard/\(hazard.number)", "/figures/hazards_found",
                "/figures/hazard-closure-rate",
            ] {
                let answer = try await program.get(path)
                #expect(answer.status == 403 && answer.code == "API-0105", "\(path)")
            }
            #expect(!(try await program.get("/figures").text.contains("hazards_found")))
        }
    }

    @Test("Nobody sees or touches a record of another region or another party, by any route")
    func rows() async throws {
        let test = try SiteTest()
        let own = try test.hazard(at: test.project(), "本区的隐患甲")
        let other = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger), "邻区的隐患乙")
        try Registrar(test.office).perform(
            Action(
                .move("notify"), kind: "hazard", record: other.id,
                values: ["due_on": .date(try #require(CivilDate("2026-03-06")))]), by: SiteTest.anybody)
        let kind = try #require(test.office.rulebook.kind("hazard"))
        let document = try #require(
            try test.office.store.read { try $0.documents(kind: kind.id, record: other.id) }.first)
        try test.account("wang", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        for login in ["wang", "builder"] {
            let token = try test.token(login)
            try await test.run { browser in
                let program = Program(browser: browser, token: token)
                let list = try await program.get("/records/hazard?count=true&voided=true")
                #expect(list.numbers == [own.number] && list.json?["count"] == 1, "\(login)")
                #expect(!list.text.contains("隐患乙"))
                #expect(try await program.get("/records/hazard/\(own.number)").status == 200)
                let hidden = "/records/hazard/\(other.number)"
                for path in [hidden, hidden + "/history", hidden + "/proof"] {
                    let answer = try await program.get(path)
                    #expect(answer.status == 404 && !answer.text.contains("隐患乙"), "\(login) \(path)")
                }
                // What is hidden is not told apart from what does not exist.
                let nothing = try await program.get("/records/hazard/ZG-330108-2026-99999")
                #expect(nothing.code == (try await program.get(hidden)).code)
                let act = try await program.post(
                    hidden + "/actions/stop", ["fields": ["due_on": "2026-03-06"]],
                    headers: ["If-Match": "\"2\""])
                #expect(act.status == 404)
                let path = "/documents/" + FormFields.encoded(document.number)
                #expect(try await program.get(path).status == 404)
                let within = try await program.get("/records/hazard?region=330108")
                #expect([200, 403].contains(within.status) && within.numbers.isEmpty)
            }
        }
    }

    @Test("Every route of every kind answers every role without an internal error")
    func everyRole() async throws {
        let test = try SiteTest()
        let project = try test.project()
        let hazard = try test.hazard(at: project)
        for role in test.office.rulebook.roles.keys.sorted() where role != "public" {
            try test.account("user-" + role, role, party: role == "enterprise" ? SiteTest.contractor : nil)
            let token = try test.token("user-" + role)
            let (kinds, sight) = try (
                test.office.rulebook.kindOrder,
                test.office.store.read {
                    Sight(
                        of: try Accounts(test.office.rulebook).actor(.account("user-" + role), reader: $0),
                        in: test.office.rulebook)
                }
            )
            try await test.run { browser in
                let program = Program(browser: browser, token: token)
                for id in kinds {
                    let isSeen = test.office.rulebook.kind(id).map(sight.sees) ?? false
                    let list = try await program.get("/records/\(id)?limit=3&count=true&sort=-number")
                    #expect(list.status == (isSeen ? 200 : 404), "\(role) \(id): \(list.status)")
                    let empty = try await program.post("/records/\(id)", ["fields": [:]])
                    #expect([403, 404, 422].contains(empty.status), "\(role) \(id): \(empty.status)")
                }
                for path in [
                    "/records/hazard/\(hazard.number)", "/records/project/\(project.number)",
                    "/records/hazard/\(hazard.number)/history", "/figures", "/figures/hazards_found",
                    "/me", "/webhooks", "/ledger/checkpoint",
                ] {
                    let answer = try await program.get(path)
                    #expect([200, 403, 404].contains(answer.status), "\(role) \(path): \(answer.status)")
                    #expect(answer.json != nil)
                }
            }
        }
    }

    @Test("Personal fields are masked, and a suspended account's token is dead")
    func personal() async throws {
        let test = try SiteTest()
        try test.account("security", "security-administrator", region: "330000000000")
        try Registrar(test.office).perform(
            Action(
                .create, kind: "account",
                values: [
                    "login": .string("liming"), "name": .string("李明"), "role": .string("inspector"),
                    "region": .string("330106000000"), "phone": .string("13812345678"),
                ]), by: SiteTest.anybody)
        let (token, li) = (try test.token("security"), try test.token("liming"))
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let list = try await program.get("/records/account?where=login=liming")
            #expect(list.text.contains("138******78") && !list.text.contains("13812345678"))
            let number = try #require(list.numbers.first)
            let one = try await program.get("/records/account/\(number)")
            #expect(one.json?["masked"] == ["phone"] && !one.text.contains("13812345678"))
            let other = Program(browser: browser, token: li)
            #expect(try await other.get("/me").json?["login"] == "liming")
            let done = try await program.post(
                "/records/account/\(number)/actions/suspend", ["fields": ["reason": "调离岗位"]],
                headers: ["If-Match": one.tag])
            #expect(done.status == 200, "\(done.text)")
            #expect(try await other.get("/me").status == 401)
        }
    }

    @Test("Too many requests of a token or an address are told to wait")
    func limits() async throws {
        let test = try SiteTest(settings: .init(requestsPerMinute: 10))
        try test.account("wang", "inspector")
        let token = try test.token("wang")
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            for _ in 0..<10 { #expect(try await program.get("/me").status == 200) }
            let late = try await program.get("/me")
            #expect(late.status == 429 && late.code == "API-0109" && late.header("Retry-After") != nil)
            let nobody = Program(browser: browser)
            for _ in 0..<9 { #expect(try await nobody.get("/kinds").status == 200) }
            #expect(try await nobody.get("/kinds").status == 429)
        }
    }
}
