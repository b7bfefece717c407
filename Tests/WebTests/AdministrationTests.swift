import Expressions
import Foundation
import Hummingbird
import HummingbirdTesting
import Office
import Records
import Rulebooks
import Storage
import Testing

@testable import Web

@Suite("Administration: three administrators, each with its own part")
struct AdministrationTests {
    /// Who may open which page; nobody else may.
    static let pages: [(path: String, roles: Set<String>)] = [
        ("/administration", ["system-administrator", "security-administrator", "auditor"]),
        ("/administration/roles", ["system-administrator", "security-administrator", "auditor"]),
        ("/administration/accounts", ["security-administrator"]),
        ("/administration/accounts/user-inspector", ["security-administrator"]),
        ("/administration/sessions", ["security-administrator"]),
        ("/administration/sign-ins", ["security-administrator", "auditor"]),
        ("/administration/refusals", ["security-administrator", "auditor"]),
        ("/administration/log", ["auditor"]),
        ("/administration/log.csv", ["auditor"]),
        ("/administration/audit", ["auditor"]),
        ("/administration/machine", ["system-administrator"]),
        ("/administration/rulebook", ["system-administrator"]),
        (
            "/imports",
            ["inspector", "county-officer", "city-officer", "provincial-officer", "statistician"]
        ),
        (
            "/records/office/import", ["county-officer", "city-officer", "provincial-officer"]
        ),
        ("/records/account/import", []),
    ]

    /// What is sent to which address, and who may.
    static let forms: [(path: String, roles: Set<String>)] = [
        ("/administration/accounts/user-inspector/password", ["security-administrator"]),
        ("/administration/accounts/user-inspector/unlock", ["security-administrator"]),
        ("/administration/accounts/user-inspector/codes", ["security-administrator"]),
        ("/administration/accounts/user-inspector/sessions", ["security-administrator"]),
        ("/administration/sessions/1/end", ["security-administrator"]),
        ("/administration/audit", ["auditor"]),
        ("/administration/backups", ["system-administrator"]),
        ("/administration/backups/1/check", ["system-administrator"]),
        ("/administration/rulebook", ["system-administrator"]),
    ]

    private static func everybody(_ test: SiteTest) throws -> [String] {
        let roles = test.office.rulebook.roles.keys.sorted().filter { $0 != "public" }
        for role in roles {
            try test.account("user-" + role, role, party: role == "enterprise" ? SiteTest.contractor : nil)
        }
        return roles
    }

    @Test("Every page and every form for every role, for nobody, and in both languages")
    func everyRole() async throws {
        let test = try SiteTest()
        let roles = try Self.everybody(test)
        let sessions = try roles.map { ($0, try test.session("user-" + $0)) }
        try await test.run { browser in
            for (path, allowed) in Self.pages {
                let answer = try await browser.get(path)
                #expect(answer.status == 303 && answer.location.hasPrefix("/sign-in"), "\(path)")
                for (role, session) in sessions {
                    let page = try await browser.get(path + "?lang=en", cookie: session.cookie)
                    #expect(page.status == (allowed.contains(role) ? 200 : 403), "\(path) \(role)")
                    if allowed.contains(role), !path.hasSuffix(".csv") {
                        #expect(page.text.contains("<html lang=\"en\""), "\(path) \(role)")
                    }
                }
            }
            for (path, allowed) in Self.forms {
                #expect(try await browser.post(path, [("csrf", "x")]).status == 401, "\(path)")
                for (role, session) in sessions where !allowed.contains(role) {
                    let answer = try await browser.post(
                        path, [("csrf", session.csrf), ("password", "a new first password")],
                        cookie: session.cookie)
                    #expect(answer.status == 403, "\(path) \(role)")
                }
                for (role, session) in sessions where allowed.contains(role) {
                    let answer = try await browser.post(path, [("csrf", "other")], cookie: session.cookie)
                    #expect(answer.status == 403 && answer.text.contains("WEB-0107"), "\(path) \(role)")
                }
            }
        }
    }

    @Test("A first password given by an administrator opens nothing but the page on which it is changed")
    func firstPassword() async throws {
        let test = try SiteTest()
        try test.account("safe", "security-administrator", region: "330000000000")
        try test.account("wang", "inspector")
        let before = try test.session("wang")
        let safe = try test.session("safe")
        try await test.run { browser in
            let target = "/administration/accounts/wang"
            let weak = try await browser.post(
                target + "/password", [("csrf", safe.csrf), ("password", "wang")], cookie: safe.cookie)
            #expect(weak.status == 422 && weak.text.contains("ZH-0132"))
            let set = try await browser.post(
                target + "/password", [("csrf", safe.csrf), ("password", "first password of wang")],
                cookie: safe.cookie)
            #expect(set.status == 303)
            #expect(try await browser.get(set.location, cookie: safe.cookie).text.contains("首次口令待修改"))
            #expect(try await browser.get("/desk", cookie: before.cookie).status == 303)
        }
        let session = try test.session("wang", password: "first password of wang")
        try await test.run { browser in
            for path in ["/desk", "/records/hazard", "/account", "/imports", "/rules"] {
                let answer = try await browser.get(path, cookie: session.cookie)
                #expect(answer.status == 303 && answer.location == "/account/password", "\(path)")
            }
            let refused = try await browser.post(
                "/records/hazard/new", [("csrf", session.csrf)], cookie: session.cookie)
            #expect(refused.status == 403 && refused.text.contains("WEB-0131"))
            #expect(try await browser.get("/account/password", cookie: session.cookie).status == 200)
            func change(_ old: String, _ new: String, _ again: String) async throws -> Browser.Answer {
                try await browser.post(
                    "/account/password",
                    [("csrf", session.csrf), ("old", old), ("password", new), ("again", again)],
                    cookie: session.cookie)
            }
            #expect(
                try await change("wrong password here", "another one entirely", "another one entirely").status
                    == 422)
            #expect(
                try await change("first password of wang", "another one entirely", "a typing slip").status
                    == 422)
            let same = try await change(
                "first password of wang", "first password of wang", "first password of wang")
            #expect(same.status == 422)
            let changed = try await change(
                "first password of wang", "another one entirely", "another one entirely")
            #expect(changed.status == 303)
            #expect(try await browser.get("/desk", cookie: session.cookie).status == 200)
        }
        #expect(throws: Refusal.self) { try test.session("wang", password: "first password of wang") }
        _ = try test.session("wang", password: "another one entirely")
    }

    @Test("Nobody acts on the own account, and the last security administrator stays")
    func ownAccount() async throws {
        let test = try SiteTest()
        try test.account("safe", "security-administrator", region: "330000000000")
        try test.account("sure", "security-administrator", region: "330000000000")
        let (safe, sure) = (try test.session("safe"), try test.session("sure"))
        let kind = try #require(test.office.rulebook.kind("account"))
        let numbers = try test.office.store.read { reader in
            try ["safe", "sure"].map { try #require(try reader.record(kind, key: [.string($0)])).number }
        }
        try await test.run { browser in
            for act in ["password", "unlock", "codes", "sessions"] where act != "sessions" {
                let answer = try await browser.post(
                    "/administration/accounts/safe/\(act)",
                    [("csrf", safe.csrf), ("password", "a new first password")], cookie: safe.cookie)
                #expect(answer.status == 403 && answer.text.contains("ZH-0109"), "\(act)")
            }
            func suspend(_ number: String, _ who: (cookie: String, csrf: String)) async throws
                -> Browser.Answer
            {
                try await browser.post(
                    "/records/account/\(number)/actions/suspend",
                    [("csrf", who.csrf), ("reason", "离岗")], cookie: who.cookie)
            }
            let own = try await suspend(numbers[0], safe)
            #expect(own.status == 422 && own.text.contains("任何人不得办理自己的账号"))
            #expect(try await suspend(numbers[0], sure).status == 303)
            #expect(try await browser.get("/desk", cookie: safe.cookie).status == 303)
        }
        // The other one is the last now: not even the machine takes it away.
        let last = try test.office.store.read { try #require(try $0.record(kind, key: [.string("sure")])) }
        do {
            try Registrar(test.office).perform(
                Action(
                    .move("suspend"), kind: "account", record: last.id, values: ["reason": .string("试")]),
                by: .system)
            Issue.record("the last one was suspended")
        } catch let refusal as Refusal {
            #expect(refusal.has(.lastHolder))
        }
    }

    @Test("Refusals are logged with who, what and why, and told to the auditor")
    func refusals() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        try test.account("audit", "auditor", region: "330000000000")
        let hazard = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger))
        let (wang, audit) = (try test.session("wang"), try test.session("audit"))
        try await test.run { browser in
            _ = try await browser.get("/administration/machine", cookie: wang.cookie)
            for _ in 0..<3 {
                _ = try await browser.get("/records/hazard/\(hazard.number)", cookie: wang.cookie)
            }
            _ = try await browser.post("/sign-out", [("csrf", "x")], cookie: wang.cookie)
            let page = try await browser.get("/administration/refusals?login=wang", cookie: audit.cookie)
            #expect(page.status == 200)
            #expect(page.text.contains("GET /administration/machine") && page.text.contains("WEB-0103"))
            #expect(page.text.contains(hazard.number) && page.text.contains("WEB-0107"))
            let none = try await browser.get(
                "/administration/refusals?outcome=WEB-0108", cookie: audit.cookie)
            #expect(!none.text.contains("GET /administration/machine"))
        }
        var query = LogQuery()
        query.outcomes = ["WEB-0101"]
        let lines = try test.office.store.read { try $0.denials(query) }
        #expect(lines.count == 1 && lines.first?.times == 3 && lines.first?.login == "wang")
    }

    @Test("The log of actions is told in words, by person, kind and day, and as a file")
    func auditLog() async throws {
        let test = try SiteTest()
        try test.account("audit", "auditor")
        let own = try test.hazard(at: test.project())
        let other = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger), "邻区的隐患")
        let audit = try test.session("audit")
        try await test.run { browser in
            let page = try await browser.get("/administration/log", cookie: audit.cookie)
            #expect(page.text.contains(own.number) && !page.text.contains(other.number))
            for path in ["?kind=hazard", "?login=setup", "?from=2026-03-02&until=2026-03-02", "?act=create"] {
                let some = try await browser.get("/administration/log" + path, cookie: audit.cookie)
                #expect(some.text.contains(own.number), "\(path)")
            }
            for path in [
                "?kind=incident", "?login=nobody", "?until=2026-03-01", "?from=2026-03-03", "?act=void",
            ] {
                let none = try await browser.get("/administration/log" + path, cookie: audit.cookie)
                #expect(none.status == 200 && !none.text.contains(own.number), "\(path)")
            }
            for path in ["?from=garbage", "?before=-1", "?before=99999999999999999999", "?kind=%27;--"] {
                #expect(
                    try await browser.get("/administration/log" + path, cookie: audit.cookie).status == 200)
            }
            let file = try await browser.get("/administration/log.csv?kind=hazard", cookie: audit.cookie)
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.text.contains(own.number) && !file.text.contains(other.number))
        }
    }

    @Test("An audit runs beside the pages, and its outcome is kept and seen by auditors alone")
    func audit() async throws {
        let test = try SiteTest()
        try test.account("audit", "auditor", region: "330000000000")
        try test.account("wang", "inspector")
        _ = try test.hazard(at: test.project())
        let (audit, wang) = (try test.session("audit"), try test.session("wang"))
        try await test.run { browser in
            let begun = try await browser.post(
                "/administration/audit", [("csrf", audit.csrf)], cookie: audit.cookie)
            #expect(begun.status == 303 && begun.location.hasPrefix("/jobs/"))
            #expect(try await browser.get(begun.location, cookie: wang.cookie).status == 404)
            await test.site.machine.jobs.settle()
            let done = try await browser.get(begun.location, cookie: audit.cookie)
            #expect(done.status == 303)
            let page = try await browser.get("/administration/audit", cookie: audit.cookie)
            #expect(page.text.contains("台账日志与在册数据一致") && page.text.contains("audit"))
        }
    }

    @Test("A backup is made while the site serves, checked, and found out when it was altered")
    func backups() async throws {
        let test = try SiteTest(setUp: true)
        try test.account("machine", "system-administrator", region: "330000000000")
        let session = try test.session("machine")
        try await test.run { browser in
            func press(_ path: String) async throws {
                let answer = try await browser.post(path, [("csrf", session.csrf)], cookie: session.cookie)
                #expect(answer.status == 303)
                await test.site.machine.jobs.settle()
                _ = try await browser.get(answer.location, cookie: session.cookie)
            }
            try await press("/administration/backups")
            let folder = test.folder.appendingPathComponent("backups")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.count == 1)
            var page = try await browser.get("/administration/machine", cookie: session.cookie)
            #expect(page.text.contains(names[0]) && page.text.contains("尚未核验"))
            let check = try #require(page.text.firstMatch(of: #//administration/backups/\d+/check/#)).output
            try await press(String(check))
            page = try await browser.get("/administration/machine", cookie: session.cookie)
            #expect(page.text.contains("完好"))
            let file = folder.appendingPathComponent(names[0])
            let handle = try FileHandle(forUpdating: file)
            try handle.seek(toOffset: 4_200)
            try handle.write(contentsOf: [7, 7, 7, 7])
            try handle.close()
            try await press(String(check))
            page = try await browser.get("/administration/machine", cookie: session.cookie)
            #expect(page.text.contains("文件缺失或有改动"))
        }
    }
}

extension SiteTest {
    func session(_ login: String, password: String) throws -> (cookie: String, csrf: String) {
        let outcome = try SignIn(office, hashing: Self.hashing).signIn(
            .init(login: login, password: password, address: "192.0.2.1"), at: office.moment)
        guard case .signedIn(let token, let session) = outcome else { throw PageProblem.signInNeeded }
        return ("\(site.sessionCookie)=\(token)", session.csrf)
    }
}
