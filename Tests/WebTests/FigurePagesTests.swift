import Expressions
import Foundation
import HTTPTypes
import Office
import Records
import Rulebooks
import Testing

@testable import Web

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Dashboards and figures in a browser")
struct FigurePagesTests {
    private static let incidents = SiteTest.root.appendingPathComponent(
        "examples/zhejiang-2009h1/incidents.csv")

    /// The incidents of 2008 and 2009, and people of every reach.
    private static func filled() throws -> SiteTest {
        let test = try SiteTest()
        _ = try Importer(
            test.office,
            archive: FileArchive(folder: test.folder.appendingPathComponent("archive", isDirectory: true))
        ).run(
            ImportRequest(kind: "incident", fileName: "incidents.csv"), file: incidents, by: SiteTest.anybody)
        try test.account("leader", "leader", region: "330000000000")
        try test.account("county", "county-officer")
        return test
    }

    @Test("The first half of 2009 reads as the communiqué prints it, in both languages")
    func golden() async throws {
        let test = try Self.filled()
        let session = try test.session("leader")
        try await test.run { browser in
            let page = try await browser.get("/dashboard/33?period=2009H1", cookie: session.cookie)
            #expect(page.status == 200)
            for words in [
                "浙江省建筑施工安全", "2009年上半年", "下降17.86%", "上年同期28起，减少5起", "下降25.71%", "上年同期35人，减少9人",
                "2009年控制数94人", "已用27.66%，时间进度50%", "依据待核", "数据截至2026年3月2日 09:00", "高处坠落", "52.17%",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            let english = try await browser.get("/dashboard/33?period=2009H1&lang=en", cookie: session.cookie)
            for words in ["down 17.86%", "28 in the same period last year, 5 fewer"] {
                #expect(english.text.contains(words), "\(words)")
            }
            // 2008 against 2007, of which nothing is on file: from zero there is no rate.
            let zero = try await browser.get("/dashboard/33?period=2008H1", cookie: session.cookie)
            #expect(zero.text.contains("上年同期为零") && !zero.text.contains("∞"))
            let table = try await browser.get(
                "/figures?figure=measure.incidents&period=2008H1&by=month&compare=year",
                cookie: session.cookie)
            #expect(table.text.contains("<td class=\"figure\">—</td>"))
        }
    }

    @Test("One drills down by links to the township, and up again, within the own region")
    func drilling() async throws {
        let test = try Self.filled()
        let session = try test.session("leader")
        try await test.run { browser in
            var path = "/dashboard?period=2009H1"
            for code in ["3301", "330106", "330106002"] {
                let page = try await browser.get(path, cookie: session.cookie)
                #expect(page.status == 200, "\(path)")
                let next = "/dashboard/\(code)?period=2009H1"
                #expect(page.text.contains("href=\"\(next)\""), "\(path) leads to \(next)")
                path = next
            }
            let township = try await browser.get(path, cookie: session.cookie)
            #expect(township.status == 200)
            for above in ["33", "3301", "330106"] {
                #expect(township.text.contains("<a href=\"/dashboard/\(above)?period=2009H1\">"))
            }
            #expect(!township.text.contains("class=\"table table-figures heat\""))
        }
    }

    @Test("Every role gets what it may see, and nothing of another region")
    func access() async throws {
        let test = try Self.filled()
        let roles = test.office.rulebook.roles.keys.sorted().filter { $0 != "public" }
        for role in roles {
            try test.account("of-" + role, role, party: role == "enterprise" ? SiteTest.contractor : nil)
        }
        let readers: Set = [
            "inspector", "county-officer", "city-officer", "provincial-officer", "leader", "statistician",
        ]
        let figures = readers.union(["auditor", "expert"])
        let exporters = readers
        for role in roles {
            let session = try test.session("of-" + role)
            try await test.run { browser in
                func status(_ path: String) async throws -> Int {
                    try await browser.get(path, cookie: session.cookie).status
                }
                #expect(try await status("/dashboard") == (readers.contains(role) ? 200 : 403), "\(role)")
                #expect(
                    try await status("/dashboard/330106") == (readers.contains(role) ? 200 : 403), "\(role)")
                #expect(try await status("/figures") == (figures.contains(role) ? 200 : 403), "\(role)")
                #expect(try await status("/figures.csv") == (exporters.contains(role) ? 200 : 403), "\(role)")
                for region in ["33", "3301", "330102", "110101", "99"] {
                    for path in [
                        "/dashboard/\(region)", "/figures?region=\(region)", "/figures.csv?region=\(region)",
                    ] {
                        let answer = try await browser.get(path, cookie: session.cookie)
                        #expect(answer.status == 403, "\(role) \(path): \(answer.status)")
                    }
                }
                let desk = try await browser.get("/rules", cookie: session.cookie).text
                #expect(desk.contains("href=\"/dashboard\"") == readers.contains(role), "\(role)")
                #expect(desk.contains("href=\"/figures\"") == figures.contains(role), "\(role)")
            }
        }
        try await test.run { browser in
            for path in ["/dashboard", "/dashboard/33", "/figures", "/figures.csv?figure=measure.incidents"] {
                let answer = try await browser.get(path)
                #expect(answer.status == 303 && answer.location.hasPrefix("/sign-in"), "\(path)")
            }
        }
    }

    @Test("A county's own page names neither its neighbours nor its place among them")
    func county() async throws {
        let test = try Self.filled()
        let session = try test.session("county")
        try await test.run { browser in
            let page = try await browser.get("/dashboard?period=2009H1", cookie: session.cookie).text
            #expect(page.contains("西湖区"))
            for words in ["上城区", "宁波市", "/dashboard/33?", "/dashboard/3301?", "本地区位次"] {
                #expect(!page.contains(words), "\(words)")
            }
        }
    }

    @Test("Leaders begin at the dashboard, others at the desk")
    func start() async throws {
        let test = try Self.filled()
        for (login, home) in [("leader", "/dashboard"), ("county", "/desk")] {
            let session = try test.session(login)
            try await test.run { browser in
                let answer = try await browser.get("/sign-in", cookie: session.cookie)
                #expect(answer.status == 303 && answer.location == home)
                let page = try await browser.get("/desk", cookie: session.cookie)
                #expect(page.text.contains("<a class=\"brand\" href=\"\(home)\">"))
            }
        }
    }

    @Test("A period that a form sends is led on to one address; what is no period is told so")
    func periods() async throws {
        let test = try Self.filled()
        let session = try test.session("leader")
        try await test.run { browser in
            for (sent, address) in [
                ("/dashboard/33?year=2009&span=H1", "/dashboard/33?period=2009H1"),
                (
                    "/dashboard/33?board=supervision-work&year=2009&span=05",
                    "/dashboard/33?board=supervision-work&period=2009-05"
                ),
                ("/dashboard?year=2009&span=YTD-04", "/dashboard?period=2009YTD-04"),
                ("/dashboard?year=2009&span=Y", "/dashboard?period=2009"),
                ("/dashboard?from=2008-11&to=2009-02", "/dashboard?period=2008-11..2009-02"),
                ("/dashboard?period=2008-11..2009-02&year=2008&span=", "/dashboard?period=2008-11..2009-02"),
                (
                    "/figures?figure=measure.incidents&year=2009&span=Q1",
                    "/figures?figure=measure.incidents&period=2009Q1"
                ),
            ] {
                let answer = try await browser.get(sent, cookie: session.cookie)
                #expect(answer.status == 303 && answer.location == address, "\(sent): \(answer.location)")
            }
            for period in [
                "x", "2009H3", "9999", "0000", "2009-13", "1e9", "2009-01..2008-01", "%F0%9F%98%80",
            ] {
                for path in ["/dashboard?period=", "/figures?period=", "/figures.csv?period="] {
                    let answer = try await browser.get(path + period, cookie: session.cookie)
                    #expect(
                        period == "9999" ? answer.status == 200 : answer.status == 400, "\(path)\(period)")
                    if answer.status == 400 { #expect(answer.text.contains("FIG-0107")) }
                }
            }
        }
    }

    @Test("Whatever is asked, the answer is a page or a code, never an internal error")
    func garbage() async throws {
        let test = try Self.filled()
        let session = try test.session("leader")
        let long = String(repeating: "9", count: 4_000)
        try await test.run { browser in
            for (path, status) in [
                ("/dashboard/abc", 403), ("/dashboard/%00", 403), ("/dashboard/33?board=none", 404),
                ("/dashboard/339999", 404), ("/dashboard/33%2F..%2F32", 403), ("/dashboard/\(long)", 403),
                ("/figures?figure=measure.nothing", 400), ("/figures?figure=indicator.nothing", 400),
                ("/figures?figure=%27%3BDROP", 400), ("/figures?region=\(long)", 403),
                ("/figures?by=dimension.nothing", 200), ("/figures?compare=never", 200),
                ("/figures?where.nothing=1&where.category=fall&where.category=xx", 200),
                ("/figures?figure=measure.hazards_overdue&by=month&compare=year", 200),
                ("/figures?figure=measure.incidents&by=region-month&period=1950-01..2026-12", 200),
                ("/figures?figure=measure.incidents&by=month&period=1950-01..2026-12&compare=previous", 200),
                ("/figures?where.category=" + long, 200), ("/figures?%zz", 400),
            ] {
                let answer = try await browser.get(path, cookie: session.cookie)
                #expect(answer.status == status, "\(path.prefix(80)): \(answer.status)")
                #expect(answer.text.contains("<html"), "\(path.prefix(80))")
            }
        }
    }

    @Test("Every measure and indicator is shown in every arrangement, and every picture is proper XML")
    func everyFigure() async throws {
        let test = try Self.filled()
        let rulebook = test.office.rulebook
        let session = try test.session("leader")
        let subjects =
            rulebook.measures.keys.sorted().map { "measure." + $0 }
            + rulebook.indicators.keys.sorted().map { "indicator." + $0 }
        try await test.run { browser in
            for subject in subjects {
                for by in ["none", "month", "region", "region-month", "dimension.category"] {
                    let path = "/figures?figure=\(subject)&period=2009H1&by=\(by)&compare=year"
                    let page = try await browser.get(path, cookie: session.cookie)
                    #expect(page.status == 200, "\(path)")
                    Self.expectProperPictures(page.text, path)
                }
                let file = try await browser.get(
                    "/figures.csv?figure=\(subject)&period=2009H1&by=region", cookie: session.cookie)
                #expect(file.status == 200, "\(subject)")
            }
            for board in ["construction-safety", "supervision-work"] {
                for region in ["33", "3301", "330106002"] {
                    for period in ["2009H1", "2009", "2026YTD-03", "2030-01", "1100"] {
                        let path = "/dashboard/\(region)?board=\(board)&period=\(period)"
                        let page = try await browser.get(path, cookie: session.cookie)
                        #expect(page.status == 200, "\(path)")
                        #expect(!page.text.contains(" style=") && !page.text.contains("<script>"))
                        Self.expectProperPictures(page.text, path)
                    }
                }
            }
        }
    }

    private static func expectProperPictures(_ page: String, _ path: String) {
        for match in page.matches(of: #/<svg class="(chart|bar|quota-bar)[\s\S]*?</svg>/#) {
            let text = String(match.output.0)
            let parser = XMLParser(data: Data(text.utf8))
            #expect(parser.parse(), "\(path): \(text.prefix(400))")
            #expect(!text.contains("nan") && !text.contains("inf\""), "\(path)")
        }
    }

    @Test("The picture of a course has a title, a description, and the table beside it")
    func chart() async throws {
        let test = try Self.filled()
        let session = try test.session("leader")
        try await test.run { browser in
            let page = try await browser.get(
                "/figures?figure=measure.incidents&region=33&period=2009H1&by=month&compare=year",
                cookie: session.cookie
            ).text
            #expect(page.contains("role=\"img\" aria-labelledby=\"course-title course-description\""))
            #expect(page.contains("<title id=\"course-title\">事故起数</title>"))
            #expect(page.contains("<title>2009年3月 本期 1起</title>"))
            #expect(page.contains("<title>2009年3月 上年同期 5"))
            #expect(page.contains("<th scope=\"row\">2009年3月</th>"))
            #expect(page.contains("−80%"))
        }
    }

    @Test("The file begins with a byte order mark and holds exact figures")
    func file() async throws {
        let test = try Self.filled()
        let session = try test.session("leader")
        try await test.run { browser in
            let answer = try await browser.get(
                "/figures.csv?figure=measure.incidents&region=33&period=2009H1&by=dimension.category&compare=year",
                cookie: session.cookie)
            #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(
                HTTPField.Name("Content-Disposition").flatMap { answer.headers[$0] }
                    == "attachment; filename=\"incidents-33-2009H1.csv\"")
            #expect(Array(answer.text.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
            let lines = answer.text.dropFirst().split(separator: "\r\n", omittingEmptySubsequences: false)
            #expect(lines.first == "数据项,区划,期间,代码,名称,数值,单位,上年同期,增减,变化,占比,位次,未能判断")
            #expect(lines.contains("事故起数,浙江省,2009H1,fall,高处坠落,12,起,25,-13,下降52%,52.17%,1,0"))
            #expect(lines.contains("事故起数,浙江省,2009H1,,合计,23,起,28,-5,下降17.86%,,,0"))
            let rate = try await browser.get(
                "/figures.csv?figure=indicator.fall-incident-share&region=33&period=2009H1&lang=en",
                cookie: session.cookie)
            let row = rate.text.split(separator: "\r\n").last
            #expect(row?.contains("52.17,%,1200,23") == true, "\(row ?? "")")
        }
    }
}

@Suite("Pictures of figures")
struct LineChartTests {
    @Test(
        "An axis has round marks that hold every value",
        arguments: [
            (0.0, 7.0), (0, 1), (0, 0.004), (0, 100), (-5, 12), (0, 94.3), (0, 1_234_567), (0, 9e14), (-3, 0),
        ])
    func axis(_ lowest: Double, _ highest: Double) {
        let scale = LineChart.Scale(lowest: lowest, highest: highest)
        #expect(scale.bottom <= lowest && scale.top >= highest)
        #expect((2...12).contains(scale.marks.count), "\(scale.marks)")
        #expect(Set(scale.marks.map(scale.text)).count == scale.marks.count, "\(scale.marks.map(scale.text))")
    }

    @Test("A gap is a gap, and nothing is drawn of nothing")
    func gaps() throws {
        func chart(_ values: [Double?]) -> LineChart {
            LineChart(
                id: "a", title: "", description: "", labels: values.map { _ in "x" },
                lines: [.init(name: "", values: values, readings: [])])
        }
        let values = try #require(chart([1, nil, 2, 3]).values())
        let line = try #require((values["lines"] as? [[String: Any]])?.first)
        let path = try #require(line["path"] as? String)
        #expect(path.count { $0 == "M" } == 2 && path.count { $0 == "L" } == 1)
        #expect(
            chart([nil, nil]).values() == nil && chart([1]).values() == nil && chart([0, 0]).values() == nil)
        #expect(chart([.infinity, .nan, 1]).values() != nil)
    }

    @Test(
        "Numbers have their thousands set apart",
        arguments: [
            ("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567.50", "−1,234,567.50"),
            ("100000", "100,000"),
        ])
    func grouped(_ number: String, _ text: String) { #expect(FigureWords.grouped(number) == text) }
}
