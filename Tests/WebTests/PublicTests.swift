import Expressions
import Foundation
import HTTPTypes
import Ledger
import Office
import Records
import Testing

@testable import Web

/// Somebody without an account, with the cookie that a browser would keep.
private struct Passer {
    let browser: Browser
    let cookie: String
    let csrf: String

    static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9, 8, 7]

    init(_ browser: Browser) async throws {
        self.browser = browser
        let page = try await browser.get("/receipt")
        cookie = try #require(
            page.headers[values: .setCookie].first?.split(separator: ";").first.map(String.init))
        csrf = try Self.input("csrf", page)
    }

    static func input(_ name: String, _ page: Browser.Answer) throws -> String {
        let pattern = try Regex("name=\"\(name)\" value=\"([^\"]*)\"")
        return String(try #require(page.text.firstMatch(of: pattern)?.output[1].substring))
    }

    /// A form as it was given out, filled in.
    func form(_ changes: [String: String] = [:]) async throws -> [(String, String)] {
        let page = try await browser.get("/file/complaint", cookie: cookie)
        #expect(page.status == 200)
        var fields = [
            "csrf": csrf, "stamp": try Self.input("stamp", page), "homepage": "", "about": "西溪医院二期",
            "category": "safety", "region.1": "330000000000", "region.2": "330100000000",
            "region.3": "330106000000", "description": "三层楼板临边没有防护栏杆", "consent": "yes",
        ]
        fields.merge(changes) { $1 }
        return fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    func file(_ changes: [String: String] = [:]) async throws -> Browser.Answer {
        try await browser.post("/file/complaint", form(changes), cookie: cookie)
    }

    func follow(_ code: String) async throws -> Browser.Answer {
        try await browser.post("/receipt", [("csrf", csrf), ("code", code)], cookie: cookie)
    }

    static func code(_ answer: Browser.Answer) -> String? {
        answer.text.firstMatch(of: #/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/#).map { String($0.output) }
    }
}

@Suite("Everybody: filing and receipts")
struct FilingPageTests {
    private static let name = "张三丰"
    private static let phone = "13900001234"

    private static let publicPaths = [
        "/", "/public/search", "/public/search?q=%E8%A5%BF%E6%BA%AA", "/public/hazard", "/public/project",
        "/public/enterprise", "/open-data", "/open-data/project.csv", "/open-data/enterprise.csv",
        "/open-data/dictionary.csv", "/open-data/dictionary.json", "/open-data/codes.csv",
        "/open-data/figures.csv?by=month", "/file/complaint", "/receipt", "/verify", "/verify/figure",
    ]

    @Test(
        "The whole of a complaint by three people: filed with a photograph, answered by two, followed by receipt"
    )
    func loop() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        try test.account("chen", "county-officer")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let (wang, chen, builder) = (
            try test.session("wang"), try test.session("chen"), try test.session("builder")
        )
        let kind = try #require(test.office.rulebook.kind("complaint"))
        try await test.run { browser in
            let passer = try await Passer(browser)
            let filed = try await browser.post(
                "/file/complaint",
                passer.form([
                    "complainant_name": Self.name, "complainant_phone": Self.phone,
                    "about_code": SiteTest.contractor,
                ]),
                file: ("photos", Passer.picture), cookie: passer.cookie)
            #expect(filed.status == 200)
            let code = try #require(Passer.code(filed))
            let number = "TS-330106-2026-00001"
            #expect(filed.text.contains(number))

            let seen = try await browser.get("/records/complaint/\(number)", cookie: wang.cookie)
            #expect(seen.status == 200 && seen.text.contains("公众"))
            #expect(!seen.text.contains(Self.name) && !seen.text.contains(Self.phone))
            #expect(seen.text.contains("/files/"))
            for path in ["/records/complaint", "/search?q=\(number)"] {
                let page = try await browser.get(path, cookie: builder.cookie)
                #expect(!page.text.contains("href=\"/records/complaint/\(number)"), "\(path)")
            }
            #expect(
                try await browser.get("/records/complaint/\(number)", cookie: builder.cookie).status == 404)

            func act(_ action: String, _ fields: [(String, String)], _ who: (cookie: String, csrf: String))
                async throws
            {
                let answer = try await browser.post(
                    "/records/complaint/\(number)/actions/\(action)", [("csrf", who.csrf)] + fields,
                    cookie: who.cookie)
                #expect(answer.status == 303, "\(action)")
            }
            #expect(try await passer.follow(code).text.contains("已收到"))
            try await act("accept", [], wang)
            try await act("investigate", [], wang)
            try await act("record-check", [("check_note", "内部记载不外传")], wang)
            try await act("answer", [("finding", "substantiated"), ("reply", "已责令当日加设防护栏杆")], wang)
            let own = try await browser.post(
                "/records/complaint/\(number)/actions/close", [("csrf", wang.csrf)], cookie: wang.cookie)
            #expect(own.status == 403)
            let followed = try await passer.follow(code.lowercased())
            #expect(followed.status == 200)
            for text in ["已答复", "已责令当日加设防护栏杆", "投诉举报答复书", "投诉举报受理告知书", "属实"] {
                #expect(followed.text.contains(text), "\(text)")
            }
            for text in ["内部记载不外传", Self.name, Self.phone, "三层楼板临边", "wang", "/files/"] {
                #expect(!followed.text.contains(text), "\(text)")
            }
            try await act("close", [], chen)
            #expect(try await passer.follow(code).text.contains("已办结"))

            for path in Self.publicPaths + ["/public/complaint", "/open-data/complaint.csv"] {
                let page = try await browser.get(path)
                #expect([200, 404].contains(page.status), "\(path)")
                for secret in [Self.name, Self.phone, number, code, "三层楼板临边"] {
                    #expect(!page.text.contains(secret), "\(secret) in \(path)")
                }
            }
            for path in ["/public/complaint", "/public/complaint/\(number)", "/open-data/complaint.csv"] {
                #expect(try await browser.get(path).status == 404)
            }
        }
        try test.office.store.read { reader in
            try reader.eachEntry(from: 0) { entry in
                let leaf = String(decoding: entry.leaf, as: UTF8.self)
                #expect(!leaf.contains(Self.name) && !leaf.contains(Self.phone))
            }
            #expect(try reader.documents(kind: kind.id, record: 1).count == 2)
        }
    }

    @Test("A form of the public is given back with what was entered, and says what is wrong")
    func refusals() async throws {
        let test = try SiteTest()
        try await test.run { browser in
            let passer = try await Passer(browser)
            func refused(_ changes: [String: String], _ text: String, status: Int = 422) async throws {
                let answer = try await passer.file(changes)
                #expect(answer.status == status, "\(changes)")
                #expect(answer.text.contains(text), "\(changes): \(text)")
                if status == 422 { #expect(answer.text.contains("三层楼板") || changes["description"] != nil) }
            }
            try await refused(["stamp": "1.aa.bb"], "WEB-0142")
            try await refused(["stamp": ""], "WEB-0142")
            try await refused(["homepage": "http://spam.example"], "WEB-0143")
            try await refused(["consent": ""], "WEB-0144")
            try await refused(["about": ""], "ZH-0110")
            try await refused(["region.1": "", "region.2": "", "region.3": ""], "ZH-0110")
            try await refused(["description": "短"], "ZH-0115")
            try await refused(["category": "nonsense"], "nonsense")
            try await refused(["complainant_phone": "abc"], "ZH-0115")
            try await refused(["happened_on": "2999-01-01"], "ZH-0113")
            try await refused(["csrf": "x"], "WEB-0107", status: 403)
            // What is no part of the filing is not even read.
            let answer = try await passer.file([
                "reply": "伪造的答复", "channel": "letter", "finding": "substantiated",
            ])
            let code = try #require(Passer.code(answer))
            #expect(!(try await passer.follow(code)).text.contains("伪造的答复"))
            let text = try await browser.post(
                "/file/complaint", passer.form(), file: ("photos", Array("<script>".utf8)),
                cookie: passer.cookie)
            #expect(text.status == 422 && text.text.contains("WEB-0111"))
            for path in ["/file/hazard", "/file/account", "/file/nothing", "/file/"] {
                #expect(try await browser.get(path).status == 404, "\(path)")
                #expect(
                    try await browser.post(path, [("csrf", passer.csrf)], cookie: passer.cookie).status == 404
                )
            }
            let filled = try await browser.get(
                "/file/complaint?about_code=\(SiteTest.contractor)&reply=x&region=330106")
            #expect(filled.text.contains(SiteTest.contractor) && filled.text.contains("西湖区"))
        }
    }

    @Test("Nothing is kept of a form that is a machine's, not even its files")
    func filesAreKeptLast() async throws {
        let test = try SiteTest()
        try await test.run { browser in
            let passer = try await Passer(browser)
            let answer = try await browser.post(
                "/file/complaint", passer.form(["stamp": "1.a.b"]), file: ("photos", Passer.picture),
                cookie: passer.cookie)
            #expect(answer.status == 403)
        }
        #expect(!FileManager.default.fileExists(atPath: test.folder.appendingPathComponent("archive").path))
    }

    @Test(
        "A form that comes back at once is given back, one that is sent twice files once, and a day has its limit"
    )
    func limits() async throws {
        let quick = try SiteTest(leastFormSeconds: 3)
        try await quick.run { browser in
            let answer = try await Passer(browser).file()
            #expect(answer.status == 422 && answer.text.contains("WEB-0141"))
        }
        let test = try SiteTest()
        let kind = try #require(test.office.rulebook.kind("complaint"))
        try await test.run { browser in
            let passer = try await Passer(browser)
            let form = try await passer.form()
            let first = try await browser.post("/file/complaint", form, cookie: passer.cookie)
            let again = try await browser.post("/file/complaint", form, cookie: passer.cookie)
            #expect(Passer.code(first) != nil && Passer.code(first) == Passer.code(again))
            for _ in 0..<4 { #expect(try await passer.file().status == 200) }
            let late = try await passer.file()
            #expect(late.status == 429 && late.headers[.retryAfter] != nil)
        }
        #expect(try test.office.store.read { try $0.counters() }.values.contains(5))
        #expect(kind.filing?.perDay == 5)
    }

    @Test("Guessing receipts comes to nothing: one answer for all that is wrong, and soon none")
    func guessing() async throws {
        let test = try SiteTest()
        try await test.run { browser in
            let passer = try await Passer(browser)
            var answers: Set<String> = []
            for code in [
                "", "abc", "0000-0000-0000-0000-0000", "投诉", String(repeating: "9", count: 5_000), "\u{1}",
            ] {
                let answer = try await passer.follow(code)
                #expect(answer.status == 404, "\(code)")
                answers.insert(answer.text)
            }
            #expect(answers.count == 1)
            #expect(try await browser.post("/receipt", [("code", "abc")]).status == 403)
            var statuses: [Int] = []
            for _ in 0..<20 { statuses.append(try await passer.follow("abc").status) }
            #expect(statuses.last == 429)
        }
    }
}

@Suite("Everybody: lists, search, open data and verification")
struct PublicPageTests {
    private func filled() throws -> (test: SiteTest, project: Record) {
        let test = try SiteTest()
        let registrar = Registrar(test.office)
        try registrar.perform(
            Action(
                .create, kind: "enterprise",
                values: [
                    "credit_code": .string(SiteTest.contractor), "name": .string("示例建设集团有限公司"),
                    "type": .string("contractor"), "region": .string("330106000000"),
                    "phone": .string("057188886666"),
                ]), by: SiteTest.anybody)
        return (test, try test.project())
    }

    @Test("Public records are listed, narrowed and found by enterprise")
    func lists() async throws {
        let (test, _) = try filled()
        try await test.run { browser in
            for path in [
                "/public/enterprise",
                "/public/enterprise?within.1=330000000000&type=contractor&state=registered",
            ] {
                #expect(try await browser.get(path).text.contains("示例建设集团有限公司"), "\(path)")
            }
            for path in [
                "/public/enterprise?within.1=110000000000", "/public/enterprise?type=supervisor",
                "/public/enterprise?before=1",
            ] {
                let page = try await browser.get(path)
                #expect([200, 422].contains(page.status) && !page.text.contains("示例建设集团"), "\(path)")
            }
            let found = try await browser.get("/public/search?q=%E7%A4%BA%E4%BE%8B")
            #expect(found.text.contains("/public/party/\(SiteTest.contractor)"))
            let code = try await browser.get("/public/search?q=\(SiteTest.contractor.lowercased())")
            #expect(code.status == 303 && code.location == "/public/party/\(SiteTest.contractor)")
            let party = try await browser.get("/public/party/\(SiteTest.contractor)")
            #expect(party.text.contains("示例建设集团有限公司") && !party.text.contains("057188886666"))
            #expect(try await browser.get("/public/party/\(SiteTest.stranger)").status == 404)
            let home = try await browser.get("/")
            #expect(home.text.contains("/file/complaint") && home.text.contains("示例建设集团有限公司"))
        }
    }

    @Test(
        "Every page answers in both languages, writes neither script nor style into itself, and takes garbage calmly"
    )
    func pages() async throws {
        let (test, _) = try filled()
        let good = [
            "/", "/file/complaint", "/receipt", "/public/search?q=a", "/public/enterprise", "/verify",
            "/verify/figure", "/verify/figure?figure=hazards_found&period=2026", "/open-data",
            "/public/party/\(SiteTest.contractor)",
        ]
        let bad = [
            "/public/account", "/public/nothing", "/public/enterprise?state=%00",
            "/public/enterprise?state=x",
            "/public/enterprise?before=x&within.1=zz&within.2=1",
            "/public/enterprise?before=-9223372036854775808",
            "/public/enterprise?type=%E7%BC%96", "/public/inspection?from=x&until=9999-99-99",
            "/public/party/abc", "/public/party/%FF", "/public/search?q=%FF",
            "/public/search?q=" + String(repeating: "a", count: 5_000),
            "/open-data/account.csv", "/open-data/..%2f..%2fetc.csv",
            "/open-data/figures.csv?figure=hazards_overdue",
            "/open-data/figures.csv?period=x", "/open-data/figures.csv?region=99",
            "/open-data/figures.csv?by=township",
            "/open-data/figures.csv?by=x", "/verify/figure?figure=x",
            "/verify/figure?figure=hazards_found&period=x",
            "/verify/figure?figure=hazards_found&period=2026&within.1=99&value=%3Cscript%3E&checkpoint=-1",
            "/verify?code=" + String(repeating: "%E4%B8%80", count: 300),
            "/file/complaint?about=%3Cscript%3Ealert(1)%3C/script%3E",
        ]
        try await test.run { browser in
            for path in good {
                for language in ["zh", "en"] {
                    let page = try await browser.get(
                        path + (path.contains("?") ? "&" : "?") + "lang=" + language)
                    #expect(page.status == 200, "\(path)")
                    #expect(page.text.contains("<html lang=\"\(language == "zh" ? "zh-CN" : "en")\""))
                    #expect(!page.text.contains("<script>") && !page.text.contains(" style="), "\(path)")
                    #expect(page.text.firstMatch(of: #/ on[a-z]+="/#) == nil, "\(path)")
                    #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                }
            }
            for path in bad {
                let page = try await browser.get(path)
                #expect(page.status < 500, "\(path): \(page.status)")
                #expect(!page.text.contains("<script>"), "\(path)")
            }
        }
    }

    @Test("Open data comes as files, for spreadsheets with a mark, and the dictionary says what is in them")
    func openData() async throws {
        let (test, _) = try filled()
        try await test.run { browser in
            let plain = try await browser.get("/open-data/enterprise.csv")
            #expect(plain.status == 200 && plain.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(plain.headers[.contentDisposition] == "attachment; filename=\"enterprise.csv\"")
            #expect(plain.text.hasPrefix("@number,@state,@region,credit_code,"))
            #expect(plain.text.contains(SiteTest.contractor) && !plain.text.contains("057188886666"))
            let marked = try await browser.get("/open-data/enterprise.csv?bom=1")
            #expect(marked.text.unicodeScalars.first == "\u{FEFF}")
            let json = try await browser.get("/open-data/dictionary.json")
            let whole = try #require(
                try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
            #expect(
                (whole["datasets"] as? [[String: Any]])?.contains { $0["id"] as? String == "enterprise" }
                    == true)
            let sets = whole["datasets"] as? [[String: Any]] ?? []
            #expect(
                !sets.contains { ["account", "complaint", "person"].contains($0["id"] as? String ?? "") })
            #expect(!plain.text.prefix(300).contains("phone"))
            let figures = try await browser.get(
                "/open-data/figures.csv?figure=hazards_found&period=2026&by=province")
            #expect(figures.text.contains("hazards_found,排查隐患数,,2026,330000000000,浙江省,0,条,0"))
        }
    }

    @Test("A proof, the text of a document and a figure are verified; what was altered is found out")
    func verification() async throws {
        let (test, project) = try filled()
        let hazard = try test.hazard(at: project)
        let notified = try Registrar(test.office).perform(
            Action(
                .move("notify"), kind: "hazard", record: hazard.id,
                values: ["due_on": .date(try #require(CivilDate("2026-03-06")))]), by: SiteTest.anybody)
        let proof = try LedgerService(test.office, key: SiteTest.ledgerKey.get())
            .prove(kind: "hazard", record: hazard.id).encoded
        let document = try #require(notified.documents.first)
        try await test.run { browser in
            let passer = try await Passer(browser)
            func verify(_ bytes: [UInt8]) async throws -> Browser.Answer {
                try await browser.post(
                    "/verify", [("csrf", passer.csrf)], file: ("file", bytes), cookie: passer.cookie)
            }
            let holds = try await verify(Array(proof.utf8))
            #expect(holds.text.contains("证明成立，与台账日志一致") && holds.text.contains(hazard.number))
            let altered = proof.replacing("index ", with: "index 1")
            #expect(try await verify(Array(altered.utf8)).text.contains("verdict-late"))
            #expect(try await verify(Array(proof.utf8.prefix(200))).text.contains("证明文件不完整"))
            #expect(try await verify(Array(document.text.utf8)).text.contains("正文与作出的文书一致"))
            let forged = document.text.replacing("2026年3月6日", with: "2026年9月6日")
            #expect(forged != document.text)
            #expect(try await verify(Array(forged.utf8)).text.contains("正文与作出的文书不一致"))
            for garbage in [
                [], [0xFF, 0xD8, 0xFF, 0], Array("hello".utf8), Array(repeating: 0x41, count: 100_000),
            ] as [[UInt8]] {
                let answer = try await verify(garbage)
                #expect(answer.status == 200 && !answer.text.contains("verdict-done"))
            }
            let stranger = try await browser.post(
                "/verify", [("csrf", "x")], file: ("file", Array(proof.utf8)), cookie: passer.cookie)
            #expect(stranger.status == 403)
            #expect(
                try await browser.post("/verify", [("csrf", passer.csrf)], cookie: passer.cookie).status
                    == 415)
            let same = try await browser.get(
                "/verify/figure?figure=hazards_found&period=2026&value=1%20%E6%9D%A1")
            #expect(same.text.contains("数字一致"))
            let differs = try await browser.get(
                "/verify/figure?figure=hazards_found&period=2026&value=2&checkpoint=7777")
            #expect(differs.text.contains("数字与现在的计算结果不同") && differs.text.contains("没有签署过"))
        }
    }
}
