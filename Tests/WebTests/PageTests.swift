import Foundation
import HTTPTypes
import Office
import Records
import Testing

@testable import Web

@Suite("Pages: who is shown what")
struct PageTests {
    @Test("The public sees what is public, and is asked to sign in for the rest")
    func nobody() async throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        try await test.run { browser in
            for path in [
                "/", "/sign-in", "/rules", "/verify", "/verify?code=abc", "/search?q=x", "/health", "/ready",
            ] {
                #expect(try await browser.get(path).status == 200, "\(path)")
            }
            for path in [
                "/desk", "/records/hazard", "/records/hazard/new", "/records/hazard/\(hazard.number)",
                "/documents/1", "/files/" + String(repeating: "a", count: 64),
            ] {
                let answer = try await browser.get(path)
                #expect(answer.status == 303, "\(path)")
                #expect(answer.location.hasPrefix("/sign-in?returnTo="), "\(path)")
                #expect(!answer.text.contains(hazard.number))
            }
            #expect(try await browser.get("/public/hazard/\(hazard.number)").status == 404)
            #expect(try await browser.get("/nowhere").status == 404)
        }
    }

    @Test("Nobody sees a record of another region or another party, by any address")
    func rows() async throws {
        let test = try SiteTest()
        let own = try test.hazard(at: test.project(), "本区的隐患甲")
        let other = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger), "邻区的隐患乙")
        try test.account("wang", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        for login in ["wang", "builder"] {
            let session = try test.session(login)
            try await test.run { browser in
                for path in ["/desk", "/records/hazard", "/search?q=%E9%9A%90%E6%82%A3"] {
                    let page = try await browser.get(path, cookie: session.cookie)
                    #expect(page.status == 200, "\(login) \(path)")
                    #expect(page.text.contains(own.number), "\(login) \(path)")
                    #expect(
                        !page.text.contains(other.number) && !page.text.contains("隐患乙"), "\(login) \(path)")
                }
                #expect(
                    try await browser.get("/records/hazard/\(own.number)", cookie: session.cookie).status
                        == 200)
                #expect(
                    try await browser.get("/records/hazard/\(other.number)", cookie: session.cookie).status
                        == 404)
                let answer = try await browser.post(
                    "/records/hazard/\(other.number)/actions/notify",
                    [("csrf", session.csrf), ("due_on", "2026-03-06")], cookie: session.cookie)
                #expect(answer.status == 404)
            }
        }
    }

    @Test("Every page of every kind answers for every role, and never with an internal error")
    func everyPage() async throws {
        let test = try SiteTest()
        let project = try test.project()
        let hazard = try test.hazard(at: project)
        for role in test.office.rulebook.roles.keys.sorted() where role != "public" {
            try test.account("user-" + role, role, party: role == "enterprise" ? SiteTest.contractor : nil)
        }
        for role in test.office.rulebook.roles.keys.sorted() where role != "public" {
            let session = try test.session("user-" + role)
            let kinds = test.office.rulebook.kindOrder
            try await test.run { browser in
                var paths = [
                    "/desk", "/rules", "/verify", "/search?q=1", "/records/hazard/\(hazard.number)",
                    "/records/project/\(project.number)",
                ]
                for kind in kinds {
                    paths.append("/rules/" + kind)
                    paths += [
                        "/records/\(kind)", "/records/\(kind)/new", "/records/\(kind)?sort=-number&page=2",
                    ]
                }
                for path in paths {
                    for language in ["zh", "en"] {
                        let mark = path.contains("?") ? "&" : "?"
                        let page = try await browser.get(
                            path + mark + "lang=" + language, cookie: session.cookie)
                        #expect([200, 403, 404].contains(page.status), "\(role) \(path): \(page.status)")
                        #expect(page.text.contains("<html lang=\"\(language == "zh" ? "zh-CN" : "en")\""))
                    }
                }
            }
        }
    }

    @Test(
        "Every answer carries the headers that keep other sites out, and no page writes script or style into itself"
    )
    func headers() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        let hazard = try test.hazard(at: test.project(), "<script>alert(1)</script>\"'&")
        try await test.run { browser in
            for path in [
                "/", "/sign-in", "/desk", "/records/hazard", "/records/hazard/\(hazard.number)",
                "/records/hazard/new", "/nowhere",
            ] {
                let page = try await browser.get(path, cookie: session.cookie)
                let policy = page.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(page.headers[.xContentTypeOptions] == "nosniff")
                #expect(!page.text.contains("<script>"), "\(path)")
                #expect(!page.text.contains(" style="), "\(path)")
                #expect(page.text.firstMatch(of: #/ on[a-z]+="/#) == nil, "\(path)")
            }
        }
    }
}

@Suite("Forms: signing in, and the hazard loop by three people")
struct FormTests {
    static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4]

    private static func cookie(_ answer: Browser.Answer, _ name: String) -> String? {
        answer.headers[values: .setCookie].lazy.compactMap { $0.split(separator: ";").first.map(String.init) }
            .first { $0.hasPrefix(name + "=") }
    }

    @Test("One signs in with the right password only, from a page of this site, and out again")
    func signIn() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let (formName, sessionName) = (test.site.formCookie, test.site.sessionCookie)
        try await test.run { browser in
            let page = try await browser.get("/sign-in")
            let form = try #require(Self.cookie(page, formName))
            let token = String(form.dropFirst(formName.count + 1))
            #expect(page.text.contains("name=\"csrf\" value=\"\(token)\""))
            func attempt(_ password: String, csrf: String, headers: [String: String] = [:]) async throws
                -> Browser.Answer
            {
                try await browser.post(
                    "/sign-in",
                    [
                        ("csrf", csrf), ("login", "wang"), ("password", password),
                        ("returnTo", "//evil.example"),
                    ],
                    cookie: form, headers: headers)
            }
            #expect(try await attempt(SiteTest.password, csrf: "").status == 403)
            #expect(
                try await attempt(SiteTest.password, csrf: token, headers: ["Sec-Fetch-Site": "cross-site"])
                    .status == 403)
            let wrong = try await attempt("wrong password", csrf: token)
            #expect(wrong.status == 401)
            #expect(!wrong.text.contains("wrong password"))
            let right = try await attempt(SiteTest.password, csrf: token)
            #expect(right.status == 303 && right.location == "/")
            let session = try #require(Self.cookie(right, sessionName))
            #expect(
                right.headers[values: .setCookie].contains {
                    $0.contains("HttpOnly") && $0.contains("SameSite=Lax")
                })
            let desk = try await browser.get("/desk", cookie: session)
            #expect(desk.status == 200)
            let csrf = try #require(desk.text.firstMatch(of: #/name="csrf" value="([^"]+)"/#)?.output.1)
            #expect(try await browser.post("/sign-out", [("csrf", "x")], cookie: session).status == 403)
            #expect(
                try await browser.post("/sign-out", [("csrf", String(csrf))], cookie: session).status == 303)
            #expect(try await browser.get("/desk", cookie: session).status == 303)
        }
    }

    @Test("A hazard is found, noticed, rectified with a photograph, and accepted by somebody else")
    func loop() async throws {
        let test = try SiteTest()
        let project = try test.project()
        try test.account("wang", "inspector")
        try test.account("liming", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let category = try #require(
            test.office.rulebook.codeLists["hazard-category"]?.items(on: nil).first?.id)
        let (wang, li, builder) = (
            try test.session("wang"), try test.session("liming"), try test.session("builder")
        )
        try await test.run { browser in
            let form = try await browser.get("/records/hazard/new", cookie: wang.cookie)
            #expect(form.status == 200 && form.text.contains("西溪医院二期"))
            let empty = try await browser.post(
                "/records/hazard/new", [("csrf", wang.csrf)], cookie: wang.cookie)
            #expect(empty.status == 422 && empty.text.contains("ZH-0110"))
            let created = try await browser.post(
                "/records/hazard/new",
                [
                    ("csrf", wang.csrf), ("site", project.number), ("category", category),
                    ("found_on", "2026-03-02"),
                    ("description", "三层临边无防护"),
                ], cookie: wang.cookie)
            #expect(created.status == 303, "\(created.text)")
            let path = String(created.location.prefix { $0 != "?" })
            let page = try await browser.get(created.location, cookie: wang.cookie)
            #expect(page.status == 200 && page.text.contains("三层临边无防护"))
            func act(_ action: String, _ fields: [(String, String)], _ who: (cookie: String, csrf: String))
                async throws -> Browser.Answer
            {
                try await browser.post(
                    path + "/actions/" + action, [("csrf", who.csrf)] + fields, cookie: who.cookie)
            }
            let early = try await act("notify", [("due_on", "2020-01-01")], wang)
            #expect(early.status == 422 && early.text.contains("id=\"errors\""))
            #expect(early.text.contains("2020-01-01"))
            let stale = try await act("notify", [("due_on", "2026-03-06"), ("recordVersion", "9")], wang)
            #expect(stale.status == 409)
            #expect(try await act("notify", [("due_on", "2026-03-06")], wang).status == 303)
            let shown = try await browser.get(path, cookie: builder.cookie)
            #expect(shown.text.contains("actions/submit") && !shown.text.contains("actions/accept\""))
            let fields = [("csrf", builder.csrf), ("measures_taken", "已加设防护栏杆")]
            let bad = try await browser.post(
                path + "/actions/submit", fields, file: ("photos_after", Array("<html>".utf8)),
                cookie: builder.cookie)
            #expect(bad.status == 422 && bad.text.contains("WEB-0111"))
            let submitted = try await browser.post(
                path + "/actions/submit", fields, file: ("photos_after", Self.picture), cookie: builder.cookie
            )
            #expect(submitted.status == 303, "\(submitted.text)")
            let evidence = try await browser.get(path, cookie: li.cookie)
            let file = try #require(
                evidence.text.firstMatch(of: #/href="(\/records\/[^"]+\/files\/[0-9a-f]{64})"/#)?.output.1)
            let picture = try await browser.get(String(file), cookie: li.cookie)
            #expect(picture.status == 200 && picture.headers[.contentType] == "image/png")
            #expect(try await act("accept", [], li).status == 303)
            #expect(try await browser.get(path, cookie: li.cookie).text.contains("已销号"))
            let notice = try #require(evidence.text.firstMatch(of: #/href="(\/documents\/[^"]+)"/#)?.output.1)
            let document = try await browser.get(String(notice), cookie: li.cookie)
            #expect(document.status == 200 && document.text.contains("letterhead"))
            let number = String(notice.dropFirst("/documents/".count))
            let genuine = try await browser.get("/verify?code=" + number)
            #expect(genuine.status == 200 && genuine.text.contains("verdict-done"))
            #expect(try await browser.get("/verify?code=9").text.contains("verdict-late"))
        }
        #expect(try Auditor(test.office, keys: []).run().isClean)
    }

    @Test("Whatever is sent, the answer is a page that says what is wrong")
    func garbage() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        let hazard = try test.hazard(at: test.project())
        var dice = SystemRandomNumberGenerator()
        let noise = (0..<200).map { _ in
            (0..<Int.random(in: 0..<60, using: &dice)).map { _ in UInt8.random(in: 0x21...0x7E, using: &dice)
            }
        }
        try await test.run { browser in
            let target = "/records/hazard/\(hazard.number)/actions/notify"
            for type in [
                "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "multipart/form-data",
                "text/plain", "",
            ] {
                for body in [
                    [], [0xFF, 0xFE], Array("%".utf8), Array("--a\r\n".utf8),
                    Array("--a\r\n\r\n\r\n--a--".utf8),
                ] + noise.prefix(40) {
                    let answer = try await browser.send(
                        target, .post, session.cookie, ["Content-Type": type], body)
                    #expect(
                        [400, 403, 415, 422, 429].contains(answer.status), "\(type) \(body): \(answer.status)"
                    )
                }
            }
            for bytes in noise {
                let path = "/" + String(decoding: bytes, as: UTF8.self).filter { $0 != "#" && $0 != " " }
                let answer = try await browser.get(path, cookie: session.cookie)
                #expect(answer.status < 500, "\(path): \(answer.status)")
            }
            for path in [
                "/records/%00/x", "/records/hazard/..%2f..", "/records/hazard/%FF", "/files/..",
                "/assets/..%2f..%2fx", "/?lang=%FF", "/records/hazard?page=-1&sort=nosuch",
                "/records/hazard?page=99999999999999999999",
            ] {
                #expect(try await browser.get(path, cookie: session.cookie).status < 500, "\(path)")
            }
        }
    }
}
