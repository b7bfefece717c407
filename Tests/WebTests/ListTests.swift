import Expressions
import Foundation
import Office
import Records
import Storage
import Testing

@testable import Web

@Suite("Lists: filters, pages, views, files")
struct ListTests {
    /// The numbers of the records on a page of a list, in order.
    private static func numbers(_ page: String) -> [String] {
        page.matches(of: #/<tr data-href="\/records\/hazard\/([^"]+)"/#).map { String($0.output.1) }
    }

    private static func link(_ rel: String, _ page: String) -> String? {
        page.matches(of: #/rel="(\w+)" href="([^"]+)"/#).first { $0.output.1 == rel }.map {
            String($0.output.2).replacing("&amp;", with: "&")
        }
    }

    @Test(
        "Pages neither repeat nor skip a record, forwards and backwards, however the list is sorted",
        arguments: [
            "", "?sort=number", "?sort=-number", "?sort=due_on", "?sort=-due_on", "?sort=next_due",
            "?sort=-state",
        ])
    func paging(query: String) async throws {
        let test = try SiteTest()
        let project = try test.project()
        var all: Set<String> = []
        for index in 0..<(2 * Site.pageSize + 17) {
            let hazard = try test.hazard(at: project, "隐患\(index)")
            all.insert(hazard.number)
            // A third has no due date, and the dates of the rest repeat.
            if index % 3 > 0 { try test.notify(hazard, due: "2026-03-1\(index % 7)") }
        }
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        try await test.run { [all] browser in
            var address = "/records/hazard" + query
            var forwards: [[String]] = []
            var last = ""
            for _ in 0..<5 {
                let page = try await browser.get(address, cookie: session.cookie)
                #expect(page.status == 200)
                forwards.append(Self.numbers(page.text))
                last = page.text
                guard let next = Self.link("next", page.text) else { break }
                address = next
            }
            #expect(forwards.map(\.count) == [Site.pageSize, Site.pageSize, 17])
            #expect(Set(forwards.joined()) == all)
            var backwards = [Self.numbers(last)]
            while let previous = Self.link("prev", last) {
                last = try await browser.get(previous, cookie: session.cookie).text
                backwards.insert(Self.numbers(last), at: 0)
                guard backwards.count < 6 else { break }
            }
            #expect(Array(backwards.joined()) == Array(forwards.joined()), "\(query)")
        }
    }

    @Test("Records that come meanwhile move nobody to another page twice")
    func meanwhile() async throws {
        let test = try SiteTest()
        let project = try test.project()
        for index in 0..<(Site.pageSize + 5) { _ = try test.hazard(at: project, "隐患\(index)") }
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        try await test.run { browser in
            let first = try await browser.get("/records/hazard", cookie: session.cookie).text
            for index in 0..<7 { _ = try test.hazard(at: project, "新的\(index)") }
            let next = try #require(Self.link("next", first))
            let second = try await browser.get(next, cookie: session.cookie).text
            #expect(Self.numbers(second).count == 5)
            #expect(Set(Self.numbers(first)).isDisjoint(with: Self.numbers(second)))
        }
    }

    @Test("Every kind of field narrows a list")
    func filters() async throws {
        let test = try SiteTest()
        let (project, other) = (try test.project(), try test.project())
        let one = try test.hazard(at: project, "三层临边无防护")
        let two = try test.hazard(at: other, "配电箱未接地")
        try test.notify(two, due: "2026-03-09")
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        let category = try #require(one.value("category", in: test.kind("hazard")))
        guard case .string(let code) = category else { return }
        let above = try #require(
            test.office.rulebook.codeLists["hazard-category"]?.anyItem(code)?.under ?? code)
        try await test.run { browser in
            func found(_ query: String) async throws -> Set<String> {
                let page = try await browser.get("/records/hazard?" + query, cookie: session.cookie)
                #expect(page.status == 200, "\(query)")
                return Set(Self.numbers(page.text))
            }
            let both: Set = [one.number, two.number]
            #expect(try await found("state=notified") == [two.number])
            #expect(try await found("category=\(above)") == both)
            #expect(try await found("due_on.from=2026-03-01&due_on.to=2026-03-31") == [two.number])
            #expect(try await found("due_on.from=2026-03-10").isEmpty)
            #expect(try await found("site=\(project.number)") == [one.number])
            #expect(try await found("q=%E4%B8%B4%E8%BE%B9") == [one.number])
            #expect(try await found("q=\(two.number)") == [two.number])
            #expect(try await found("q=%E4%B8%B4%E8%BE%B9+%E6%8E%A5%E5%9C%B0").isEmpty)
            #expect(try await found("within.1=330106002000").isEmpty)
            #expect(try await found("region_within=330106") == both)
            #expect(try await found("desk=todo") == [one.number])
            #expect(try await found("desk=waiting") == [two.number])
            #expect(try await found("desk=nonsense") == both)
            for wrong in ["due_on.from=gestern", "sort=nosuch", "state=x", "sort=photos", "category=nosuch"] {
                let page = try await browser.get("/records/hazard?" + wrong, cookie: session.cookie)
                #expect(page.status == 422, "\(wrong)")
                #expect(page.text.contains("id=\"errors\""), "\(wrong)")
            }
            for odd in [
                "after=x", "before=s:1:", "after=t:99999999999999999999:1", "after=d:1:2026-13-01",
                "after=i:1:1",
            ] {
                let page = try await browser.get("/records/hazard?" + odd, cookie: session.cookie)
                #expect(page.status < 500, "\(odd)")
            }
        }
    }

    @Test("Views and columns are kept by account, and a default view opens the list")
    func views() async throws {
        let test = try SiteTest()
        _ = try test.hazard(at: test.project())
        try test.account("wang", "inspector")
        try test.account("liming", "inspector")
        let (wang, li) = (try test.session("wang"), try test.session("liming"))
        try await test.run { browser in
            let saved = try await browser.post(
                "/records/hazard/views",
                [
                    ("csrf", wang.csrf), ("query", "state=found&sort=number"), ("name", "我的"),
                    ("default", "true"),
                ],
                cookie: wang.cookie)
            #expect(saved.status == 303)
            let opened = try await browser.get("/records/hazard", cookie: wang.cookie)
            #expect(opened.status == 303 && opened.location == "/records/hazard?state=found&sort=number")
            #expect(try await browser.get("/records/hazard", cookie: li.cookie).status == 200)
            let page = try await browser.get("/records/hazard?all=1", cookie: wang.cookie)
            #expect(page.status == 200 && page.text.contains("我的"))
            let id = try #require(page.text.firstMatch(of: #/name="remove" value="(\d+)"/#)?.output.1)
            let stolen = try await browser.post(
                "/records/hazard/views", [("csrf", li.csrf), ("remove", String(id))], cookie: li.cookie)
            #expect(stolen.status == 404)
            let nameless = try await browser.post(
                "/records/hazard/views", [("csrf", wang.csrf), ("name", "  ")], cookie: wang.cookie)
            #expect(nameless.status == 422)
            let removed = try await browser.post(
                "/records/hazard/views", [("csrf", wang.csrf), ("remove", String(id))], cookie: wang.cookie)
            #expect(removed.status == 303)
            #expect(try await browser.get("/records/hazard", cookie: wang.cookie).status == 200)
            let columns = try await browser.post(
                "/records/hazard/columns", [("csrf", wang.csrf), ("column", "origin"), ("column", "nosuch")],
                cookie: wang.cookie)
            #expect(columns.status == 303)
            let narrow = try await browser.get("/records/hazard?state=found", cookie: wang.cookie)
            #expect(narrow.text.contains("data-label=\"来源\"") && !narrow.text.contains("data-label=\"等级\""))
            let others = try await browser.get("/records/hazard?state=found", cookie: li.cookie)
            #expect(!others.text.contains("data-label=\"来源\""))
            for tool in ["views", "columns", "export"] {
                #expect(
                    [303, 401, 403].contains(try await browser.post("/records/hazard/\(tool)", []).status))
                let forged = try await browser.post(
                    "/records/hazard/\(tool)", [("csrf", "x")], cookie: wang.cookie)
                #expect(forged.status == 403, "\(tool)")
                let hidden = try await browser.post(
                    "/records/nosuch/\(tool)", [("csrf", wang.csrf)], cookie: wang.cookie)
                #expect(hidden.status == 404, "\(tool)")
            }
        }
    }

    @Test("A list is taken out as it is shown, by those who may, and that is entered in the ledger")
    func exports() async throws {
        let test = try SiteTest()
        let own = try test.hazard(at: test.project(), "三层临边无防护")
        try test.notify(own, due: "2026-03-09")
        let other = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger), "邻区")
        try test.account("wang", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let (wang, builder) = (try test.session("wang"), try test.session("builder"))
        let before = try test.office.store.read { try $0.ledgerSize() }
        try await test.run { browser in
            func export(_ form: String, _ who: (cookie: String, csrf: String)) async throws -> Browser.Answer
            {
                try await browser.post(
                    "/records/hazard/export",
                    [
                        ("csrf", who.csrf), ("form", form),
                        ("query", "column=due_on&column=part&state=notified"),
                    ],
                    cookie: who.cookie)
            }
            let csv = try await export("csv", wang)
            #expect(csv.status == 200 && csv.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(csv.headers[.contentDisposition]?.contains("attachment") == true)
            #expect(csv.text.contains(own.number) && csv.text.contains("2026-03-09"))
            #expect(!csv.text.contains(other.number))
            #expect(csv.text.hasPrefix("\u{FEFF}编号,"))
            let xlsx = try await export("xlsx", wang)
            #expect(xlsx.status == 200 && xlsx.bytes.starts(with: Array("PK\u{03}\u{04}".utf8)))
            #expect(try await export("csv", builder).status == 403)
            #expect(try await export("pdf", wang).status == 400)
            // Who may not is told so, whatever is wrong with the form.
            #expect(try await export("pdf", builder).status == 403)
        }
        #expect(try test.office.store.read { try $0.ledgerSize() } == before + 2)
        let entry = try #require(try test.office.store.read { try $0.entry(at: before) })
        #expect(entry.action == ListExporter.action && entry.actor == "wang")
        #expect(String(decoding: entry.leaf, as: UTF8.self).contains("state=notified"))
        #expect(try Auditor(test.office, keys: []).run().isClean)
    }

    @Test("What one tap does can be done from the list, and leads back to it")
    func oneTap() async throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        try test.notify(hazard, due: "2026-03-09")
        try test.submit(hazard)
        try test.account("wang", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let (wang, builder) = (try test.session("wang"), try test.session("builder"))
        try await test.run { browser in
            let target = "/records/hazard/\(hazard.number)/actions/accept"
            let list = try await browser.get("/records/hazard?state=submitted", cookie: wang.cookie)
            #expect(list.text.contains("action=\"\(target)\""))
            #expect(!(try await browser.get("/records/hazard", cookie: builder.cookie)).text.contains(target))
            let version = try #require(
                list.text.firstMatch(of: #/name="recordVersion" value="(\d+)"/#)?.output.1)
            let done = try await browser.post(
                target,
                [
                    ("csrf", wang.csrf), ("recordVersion", String(version)),
                    ("returnTo", "/records/hazard?state=submitted"),
                ], cookie: wang.cookie)
            #expect(done.status == 303 && done.location == "/records/hazard?state=submitted&done=accept")
            let after = try await browser.get(done.location, cookie: wang.cookie)
            #expect(after.text.contains("notice-done") && !after.text.contains(hazard.number))
        }
    }
}
