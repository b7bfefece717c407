import Expressions
import Foundation
import Office
import Records
import Storage
import Testing

@testable import Web

@Suite("The desk and search")
struct DeskTests {
    @Test("The desk shows whose turn it is, what is due, overdue, urged and listed")
    func groups() async throws {
        let test = try SiteTest()
        let project = try test.project()
        let found = try test.hazard(at: project, "刚发现的")
        let notified = try test.hazard(at: project, "整改中的")
        try test.notify(notified, due: "2026-03-03")
        let submitted = try test.hazard(at: project, "待复查的")
        try test.notify(submitted, due: "2026-03-20")
        try test.submit(submitted)
        let foreign = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger), "邻区的")
        try test.account("wang", "inspector")
        try test.account("city", "city-officer", region: "330100000000")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let sessions = (try test.session("wang"), try test.session("city"), try test.session("builder"))
        try await test.run { browser in
            func group(_ name: String, _ page: String) -> String {
                guard let start = page.range(of: "id=\"group-\(name)\"") else { return "" }
                let rest = page[start.upperBound...]
                return String(rest[..<(rest.range(of: "</section>")?.lowerBound ?? rest.endIndex)])
            }
            let wang = try await browser.get("/desk", cookie: sessions.0.cookie).text
            #expect(
                group("todo", wang).contains(found.number) && group("todo", wang).contains(submitted.number))
            #expect(!group("todo", wang).contains(notified.number))
            #expect(group("waiting", wang).contains(notified.number))
            #expect(group("soon", wang).contains(notified.number))
            #expect(group("todo", wang).contains("/records/hazard?desk=todo"))
            #expect(!wang.contains(foreign.number))
            let city = try await browser.get("/desk", cookie: sessions.1.cookie).text
            #expect(!group("todo", city).contains(submitted.number))
            #expect(group("waiting", city).contains(foreign.number))
            let builder = try await browser.get("/desk", cookie: sessions.2.cookie).text
            #expect(group("todo", builder).contains(notified.number))
            #expect(!group("todo", builder).contains(found.number) && !builder.contains(foreign.number))
            #expect(group("waiting", builder).contains(submitted.number))
        }
    }

    @Test("What was urged shows the order by which it was, and a list with the same filter")
    func urged() async throws {
        let test = try SiteTest(at: "2026-03-21T01:00:00Z")
        let hazard = try test.hazard(at: test.project(), "久拖未改")
        try test.notify(hazard, due: "2026-03-21")
        test.clock.move(to: "2026-04-20T01:00:00Z")
        _ = try Sweep(test.office).run()
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        try await test.run { browser in
            let desk = try await browser.get("/desk", cookie: session.cookie).text
            let urged = try #require(
                desk.range(of: "id=\"group-urged\"").map { String(desk[$0.upperBound...]) })
            #expect(urged.contains(hazard.number) && urged.contains("/documents/"))
            #expect(desk.contains("/records/hazard?desk=overdue"))
            let list = try await browser.get("/records/hazard?desk=urged", cookie: session.cookie)
            #expect(list.status == 200 && list.text.contains(hazard.number))
            #expect(
                try await browser.get("/records/project?desk=urged", cookie: session.cookie).status == 200)
        }
    }

    @Test("Search finds by number, name and credit code, in groups, and nothing that may not be seen")
    func search() async throws {
        let test = try SiteTest()
        let project = try test.project()
        let own = try test.hazard(at: project, "三层临边无防护栏杆")
        let other = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger), "四层临边无防护栏杆")
        try test.account("wang", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let (wang, builder) = (try test.session("wang"), try test.session("builder"))
        try await test.run { browser in
            func search(_ text: String, _ cookie: String?) async throws -> String {
                let page = try await browser.get("/search?q=" + FormFields.encoded(text), cookie: cookie)
                #expect(page.status == 200)
                return page.text
            }
            for cookie in [wang.cookie, builder.cookie] {
                for text in ["临边", "栏杆", "边无防护", own.number, own.number.lowercased(), "三层 栏杆", "栏"] {
                    let page = try await search(text, cookie)
                    #expect(page.contains("/records/hazard/\(own.number)\""), "\(text)")
                    #expect(!page.contains(other.number), "\(text)")
                }
                #expect(try await search("西溪医院", cookie).contains(project.number))
                #expect(try await search(SiteTest.contractor, cookie).contains(project.number))
                #expect(!(try await search(SiteTest.stranger, cookie)).contains(other.number))
                #expect(!(try await search("边防", cookie)).contains(own.number))
            }
            for odd in [
                "", " ", "\"", "*", "a OR b", "NEAR(", "%", "'; DROP", "\u{E000}33",
                String(repeating: "长", count: 500),
            ] {
                let page = try await search(odd, wang.cookie)
                #expect(!page.contains(other.number))
                _ = try await search(odd, nil)
            }
            #expect(!(try await search("临边", nil)).contains(own.number))
        }
    }
}
