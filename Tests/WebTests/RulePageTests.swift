import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Testing

@testable import Web

@Suite("The rulebook, readable")
struct RulePageTests {
    private static let pages = [
        "/rules", "/rules/judged", "/rules/deadlines", "/rules/policies", "/rules/judgements", "/rules/codes",
        "/rules/documents", "/rules/roles", "/rules/changes", "/rules/search", "/rules/search?q=整改",
    ].map { $0.addingPercentEncoding(withAllowedCharacters: .urlFragmentAllowed) ?? $0 }

    @Test("Everybody reads every page, in both languages")
    func everybody() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let cookie = try test.session("wang").cookie
        let lists = test.office.rulebook.codeLists.keys.sorted().map { "/rules/codes/" + $0 }
        try await test.run { browser in
            for path in Self.pages + lists {
                for language in ["zh", "en"] {
                    let mark = path.contains("?") ? "&" : "?"
                    for visitor in [nil, cookie] {
                        let page = try await browser.get("\(path)\(mark)lang=\(language)", cookie: visitor)
                        #expect(page.status == 200, "\(path)")
                        #expect(!page.text.contains(" style=") && !page.text.contains("{{"), "\(path)")
                    }
                }
            }
            for path in ["/rules/nowhere", "/rules/codes/nowhere", "/rules/codes/%00"] {
                #expect(try await browser.get(path).status == 404, "\(path)")
            }
            for query in ["to=1", "to=-1", "to=x", "to=99999999999999999999", "to="] {
                #expect(try await browser.get("/rules/changes?" + query).status == 200, "\(query)")
            }
        }
    }

    @Test("Every rule, clock and example of a kind stands on its page")
    func kinds() async throws {
        let test = try SiteTest()
        let rulebook = test.office.rulebook
        try await test.run { browser in
            for id in rulebook.kindOrder {
                guard let kind = rulebook.kind(id) else { continue }
                let page = try await browser.get("/rules/" + id)
                let rules = kind.rules + ([kind.lifecycle.create] + kind.lifecycle.actions).flatMap(\.rules)
                for rule in rules { #expect(page.text.contains("id=\"rule-\(rule.id)\""), "\(rule.id)") }
                for clock in kind.clocks { #expect(page.text.contains("id=\"clock-\(clock.id)\"")) }
                for state in kind.lifecycle.states { #expect(page.text.contains(state.name.zh)) }
                #expect(page.text.contains("<svg class=\"drawing\""))
                #expect(
                    page.text.components(separatedBy: "<details class=\"example\">").count == kind.examples
                        .count + 1)
            }
        }
    }

    @Test("An example is told in words, and a refusal leads to its rule")
    func examples() throws {
        let test = try SiteTest()
        let hazard = try #require(test.office.rulebook.kind("hazard"))
        let words = RuleWords(test.site, .zh)
        let all = hazard.examples.enumerated().map { index, example in
            ExampleReading(hazard, words).values(example, number: index + 1)
        }
        let refused = try #require(all.first { $0["name"] as? String == "整改期限早于今天" })
        let outcome = try #require((refused["outcomes"] as? [[String: Any]])?.first)
        #expect(outcome["href"] as? String == "#rule-due-not-past")
        #expect((outcome["text"] as? String)?.hasPrefix("不予办理：") == true)
        let steps = try #require(refused["steps"] as? [String])
        #expect(steps == ["2026年3月2日，监督员下达整改通知（整改期限：2026年3月1日）"])
        #expect((refused["given"] as? [String])?.contains("类别：脚手架工程") == true)
    }

    @Test("The refusal of a rule leads to where it can be read")
    func refusals() async throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        try await test.run { browser in
            let page = try await browser.post(
                "/records/hazard/\(hazard.number)/actions/notify",
                [("csrf", session.csrf), ("version", String(hazard.version)), ("due_on", "2026-03-01")],
                cookie: session.cookie)
            #expect(page.text.contains("/rules/hazard#rule-due-not-past"))
        }
    }

    @Test("Search finds by words in both languages, by law and by id, and is bounded")
    func search() async throws {
        let test = try SiteTest()
        try await test.run { browser in
            for (query, expected) in [
                ("due-not-past", "/rules/hazard#rule-due-not-past"), ("PIT depth", "/rules/policies#policy-"),
                ("%E5%AE%89%E5%85%A8%E7%94%9F%E4%BA%A7%E6%B3%95", "/rules/hazard"),
            ] {
                let page = try await browser.get("/rules/search?q=" + query.replacing(" ", with: "+"))
                #expect(page.status == 200)
                if query != "PIT depth" { #expect(page.text.contains(expected), "\(query)") }
            }
            let everything = try await browser.get("/rules/search?q=e")
            #expect(
                everything.text.components(separatedBy: "<li><a href=\"/rules/").count < RuleSearch.limit + 20
            )
            for query in ["", "+++", "%3Cscript%3E", String(repeating: "a", count: 3_000), "%00"] {
                let page = try await browser.get("/rules/search?q=" + query)
                #expect([200, 400].contains(page.status) && !page.text.contains("<script>"))
            }
        }
    }

    @Test("What changed when is told from the ledger and the archive")
    func changes() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "zhiheng-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let workspace = Workspace(folder: folder)
        let moment = try #require(Timestamp(rfc3339: "2026-03-02T01:00:00Z"))
        let files = try RulebookFolder.files(at: SiteTest.root.appendingPathComponent("rulebook"))
        let office = try workspace.initialize(layers: [files], origin: "zhiheng.example/test") {
            moment
        }
        let changed = files.map { file in
            guard file.path == "rulebook.yaml" || file.path == "incident/policies.yaml" else { return file }
            let text = String(decoding: file.bytes, as: UTF8.self).replacing(
                "\"2026.11\"", with: "\"2026.12\""
            )
            .replacing("value: 30,", with: "value: 31,")
            return RulebookFile(path: file.path, bytes: Array(text.utf8))
        }
        _ = office
        let later = try workspace.adopt(layers: [changed], by: .operatorOfFolder) { moment }
        let history = RulebookHistory(later, archive: workspace.archive)
        let adoptions = try history.adoptions()
        #expect(adoptions.map(\.version) == ["2026.12", "2026.11"])
        let difference = try #require(history.difference(from: adoptions[1], to: adoptions[0]))
        #expect(Set(difference.changes.map(\.subject)) == [.rulebook, .policy])
        let site = try Site(
            later, workspace: workspace,
            folder: SiteFolder(SiteTest.root.appendingPathComponent("site")),
            settings: .init())
        let found = try RuleChanges.find(nil, in: history)
        let page = RuleChanges(site, .zh).page(found)
        let html = try #require(site.renderer.render(page.template, page.values, language: .zh))
        #expect(html.contains("修改") && html.contains("事故补报期限") && html.contains("<ins>31"))
        #expect(try RuleChanges.find(String(adoptions[1].position), in: history).difference == nil)
        // An archive that lost a file says so rather than nothing.
        let lost = RulebookHistory(
            later, archive: FileArchive(folder: folder.appendingPathComponent("nowhere")))
        #expect(lost.difference(from: adoptions[1], to: adoptions[0]) == nil)
    }
}
