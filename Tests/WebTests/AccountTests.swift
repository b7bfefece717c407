import Expressions
import Foundation
import Office
import Records
import Storage
import Testing

@testable import Web

@Suite("One's own account")
struct AccountTests {
    @Test("The page is for whoever is signed in, and tells of nobody else")
    func page() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        try test.account("liming", "inspector")
        let (wang, other) = (try test.session("wang"), try test.session("liming"))
        _ = other
        try await test.run { browser in
            #expect(try await browser.get("/account").status == 303)
            for path in ["/account/password", "/account/codes/begin", "/account/sessions/end-others"] {
                #expect(try await browser.post(path, [("csrf", "x")]).status == 401, "\(path)")
            }
            let page = try await browser.get("/account?lang=en", cookie: wang.cookie)
            #expect(page.status == 200 && page.text.contains("12 to 128 characters"))
            #expect(!page.text.contains("liming"))
        }
    }

    @Test("One's other sessions are seen and ended, and nobody else's are")
    func sessions() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        try test.account("liming", "inspector")
        let (first, second, other) = (
            try test.session("wang"), try test.session("wang"), try test.session("liming")
        )
        let ids = try test.office.store.read { try $0.sessions(login: "liming") }.map(\.id)
        try await test.run { browser in
            let page = try await browser.get("/account", cookie: first.cookie)
            #expect(page.text.matches(of: #//account/sessions/\d+/end"/#).count == 1)
            for id in [String(ids[0]), "0", "x", "99999999999999999999"] {
                let answer = try await browser.post(
                    "/account/sessions/\(id)/end", [("csrf", first.csrf)], cookie: first.cookie)
                #expect(answer.status == 404, "\(id)")
            }
            #expect(try await browser.get("/desk", cookie: other.cookie).status == 200)
            let end = try await browser.post(
                "/account/sessions/end-others", [("csrf", first.csrf)], cookie: first.cookie)
            #expect(end.status == 303)
            #expect(try await browser.get("/desk", cookie: second.cookie).status == 303)
            #expect(try await browser.get("/desk", cookie: first.cookie).status == 200)
            #expect(try await browser.get("/desk", cookie: other.cookie).status == 200)
        }
    }

    @Test(
        "Two-step sign-in is set up, wanted at the next sign-in, and one recovery code stands once for the phone"
    )
    func codes() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let wang = try test.session("wang")
        let codes = Lines()
        try await test.run { browser in
            let begun = try await browser.post(
                "/account/codes/begin", [("csrf", wang.csrf)], cookie: wang.cookie)
            #expect(begun.text.contains("otpauth://totp/"))
            let wrong = try await browser.post(
                "/account/codes/confirm", [("csrf", wang.csrf), ("code", "000000")], cookie: wang.cookie)
            #expect(wrong.status == 422 && wrong.text.contains("otpauth://totp/"))
            let right = try await browser.post(
                "/account/codes/confirm", [("csrf", wang.csrf), ("code", try test.code(of: "wang"))],
                cookie: wang.cookie)
            let made = right.text.matches(of: #/<li><span class="code">([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</#)
            #expect(right.status == 200 && made.count == 10)
            await codes.add(made.map { String($0.output.1) })
            let page = try await browser.get("/account", cookie: wang.cookie)
            #expect(page.text.contains("还有 10 个恢复码"))
            #expect(await codes.all.allSatisfy { !page.text.contains($0) })
        }
        let recovery = await codes.all
        func signIn(_ code: String?) throws -> SignIn.Outcome {
            try SignIn(test.office, hashing: SiteTest.hashing).signIn(
                .init(login: "wang", password: SiteTest.password, code: code, address: "192.0.2.1"),
                at: test.office.moment)
        }
        guard case .codeNeeded = try signIn(nil) else { throw PageProblem.malformed }
        #expect(throws: Refusal.self) { _ = try signIn("AAAA-AAAA-AAAA-AAAA") }
        guard case .signedIn = try signIn(recovery[3].lowercased().replacing("-", with: " ")) else {
            throw PageProblem.malformed
        }
        #expect(throws: Refusal.self) { _ = try signIn(recovery[3]) }
        try await test.run { browser in
            let page = try await browser.get("/account", cookie: wang.cookie)
            #expect(page.text.contains("还有 9 个恢复码") && page.text.contains("使用恢复码"))
            let wrong = try await browser.post(
                "/account/codes/recovery", [("csrf", wang.csrf), ("password", "not the password")],
                cookie: wang.cookie)
            #expect(wrong.status == 401)
        }
    }

    @Test("The language is kept by the browser, and only the two there are")
    func language() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let wang = try test.session("wang")
        try await test.run { browser in
            for (asked, kept) in [("en", "lang=en"), ("zh", "lang=zh"), ("xx", "lang=zh")] {
                let answer = try await browser.post(
                    "/account/language",
                    [("csrf", wang.csrf), ("language", asked), ("returnTo", "//evil.example")],
                    cookie: wang.cookie)
                #expect(answer.status == 303 && answer.location == "/")
                #expect(answer.headers[values: .setCookie].contains { $0.hasPrefix(kept + ";") })
            }
            let page = try await browser.get("/account", cookie: wang.cookie + "; lang=en")
            #expect(page.text.contains("<html lang=\"en\""))
        }
    }
}

/// Gathers lines across tasks.
private actor Lines {
    private(set) var all: [String] = []

    func add(_ lines: [String]) { all += lines }
}

@Suite("Adopting a rulebook while the site serves")
struct AdoptionPageTests {
    @Test("A folder is checked, compared, adopted, and in force for the next request; old pages cannot act")
    func adoption() async throws {
        let test = try SiteTest(setUp: true)
        try test.account("machine", "system-administrator", region: "330000000000")
        try test.account("zhao", "county-officer")
        let (machine, zhao) = (try test.session("machine"), try test.session("zhao"))
        let holder = SiteHolder(test.site)
        let files = try Self.files(replacing: "name: 值班电话", with: "name: 值守电话")
        let broken = try Self.files(replacing: "family: register", with: "family: nonsense")
        try await holder.run { browser in
            func propose(_ files: [(String, [UInt8])]) async throws -> Browser.Answer {
                let answer = try await browser.post(
                    "/administration/rulebook", [("csrf", machine.csrf), ("layer", "0")], files: files,
                    cookie: machine.cookie)
                #expect(answer.status == 303, "\(answer.status)")
                await test.site.machine.jobs.settle()
                return try await browser.get(answer.location, cookie: machine.cookie)
            }
            let wrong = try await propose(broken)
            #expect(wrong.text.contains("RB-") && wrong.text.contains("base/office.yaml:"))
            #expect(!wrong.text.contains("采用这部规则书"))
            let same = try await propose(try Self.files(replacing: "\u{0}", with: ""))
            #expect(same.text.contains("与现行规则书相同"))
            let good = try await propose(files)
            #expect(good.text.contains("值守电话") && good.text.contains("采用这部规则书"))
            #expect(try await browser.get("/records/office/new", cookie: zhao.cookie).text.contains("值班电话"))
            let target = try #require(good.text.firstMatch(of: #//jobs/\d+/confirm/#)).output
            var places: Set<String> = []
            for _ in 0..<2 {
                let adopt = try await browser.post(
                    String(target), [("csrf", machine.csrf)], cookie: machine.cookie)
                #expect(adopt.status == 303)
                places.insert(adopt.location)
                await test.site.machine.jobs.settle()
            }
            #expect(places.count == 1)
            #expect(try await browser.get("/records/office/new", cookie: zhao.cookie).text.contains("值守电话"))
            let page = try await browser.get("/administration/rulebook", cookie: machine.cookie)
            #expect(!page.text.contains("重新启动后生效"))
            let created = try await browser.post(
                "/records/office/new",
                [
                    ("csrf", zhao.csrf), ("code", "JG-1"), ("name", "监督站"), ("type", "joint-station"),
                    ("level", "county"), ("region", "330106"),
                ], cookie: zhao.cookie)
            #expect(created.status == 303)
        }
        // What was decided by the old rulebook would come too late now.
        await #expect(throws: StoreProblem.self) {
            _ = try await test.site.door.perform(
                DoorRequest(Action(.create, kind: "office", values: [:]), by: .system))
        }
        let report = try Auditor(
            holder.site.office, keys: [try holder.site.workspace.keys.verifierKey()],
            archive: holder.site.archive
        ).run()
        #expect(report.isClean, "\(report.findings)")
        #expect(holder.site.office.rulebook.digest != test.office.rulebook.digest)
        // A folder that was adopted from a page opens like any other.
        let moment = test.office.moment
        let opened = try holder.site.workspace.open(now: { moment })
        #expect(opened.rulebook.digest == holder.site.office.rulebook.digest)
    }

    @Test("What holds no rulebook is not taken")
    func nothing() async throws {
        let test = try SiteTest(setUp: true)
        try test.account("machine", "system-administrator", region: "330000000000")
        let machine = try test.session("machine")
        try await test.run { browser in
            for files in [
                [], [("x/notes.txt", [1, 2, 3] as [UInt8])], [("../rulebook.yaml", Array("a: b".utf8))],
            ] {
                let answer = try await browser.post(
                    "/administration/rulebook", [("csrf", machine.csrf), ("layer", "0")], files: files,
                    cookie: machine.cookie)
                #expect(answer.status == 422 && answer.text.contains("WEB-0134"), "\(files)")
            }
            let shelf = try await browser.post(
                "/administration/rulebook", [("csrf", machine.csrf), ("shelved", "../../etc")],
                cookie: machine.cookie)
            #expect(shelf.status == 422)
        }
    }

    /// The national rulebook as a browser sends a folder, with one text replaced in the kind of offices.
    private static func files(replacing old: String, with new: String) throws -> [(String, [UInt8])] {
        try RulebookFolder.files(at: SiteTest.root.appendingPathComponent("rulebook")).map { file in
            guard file.path == "base/office.yaml" else { return ("rulebook/" + file.path, file.bytes) }
            let text = String(decoding: file.bytes, as: UTF8.self).replacing(old, with: new)
            return ("rulebook/" + file.path, Array(text.utf8))
        }
    }
}
