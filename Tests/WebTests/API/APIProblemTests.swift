import Expressions
import HTTPTypes
import Office
import Records
import Rulebooks
import Storage
import Testing

@testable import Web

@Suite("API: problems, figures and the rulebook")
struct APIProblemTests {
    @Test("A problem tells every reason with its field, in the language asked for")
    func reasons() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let token = try test.token("wang")
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let bad: JSONValue = ["fields": ["grade": "nothing", "found_on": 5, "colour": "red"]]
            let zh = try await program.post("/records/hazard", bad)
            #expect(zh.status == 422 && zh.type == "application/problem+json")
            #expect(Set(zh.fields) == ["grade", "found_on", "colour"])
            #expect(zh.json?["type"]?.text == "/api/v1/problems/" + (zh.code ?? ""))
            #expect(zh.header("Content-Language") == "zh-CN")
            let en = try await program.post(
                "/records/hazard", bad, headers: ["Accept-Language": "fr, zh;q=0.1, en;q=0.9"])
            #expect(en.header("Content-Language") == "en" && en.text.contains("has no field"))
            let missing = try await program.post("/records/hazard", ["fields": [:]])
            #expect(missing.code == "ZH-0110" && Set(missing.fields).isSuperset(of: ["site", "description"]))
            let page = try await browser.get(try #require(zh.json?["type"]?.text))
            let code = try #require(zh.code)
            #expect(page.status == 200 && page.text.contains(code))
        }
    }

    @Test("Whatever is sent, the answer is a problem with a code, and never an internal error")
    func garbage() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let hazard = try test.hazard(at: test.project())
        let token = try test.token("wang")
        var dice = SystemRandomNumberGenerator()
        let noise = (0..<100).map { _ in
            (0..<Int.random(in: 0..<60, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
        }
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let deep = Array(String(repeating: "[", count: 5_000).utf8)
            let bodies: [[UInt8]] = [
                [], Array("{".utf8), Array("null".utf8), Array("[]".utf8), Array("{\"fields\":[]}".utf8),
                Array("{\"fields\":{},\"fields\":{}}".utf8), Array("{\"extra\":1}".utf8), deep,
                Array("{\"reason\":7}".utf8), Array("{\"fields\":{\"due_on\":{\"a\":[]}}}".utf8),
                Array("{\"fields\":{\"due_on\":\"\\ud800\"}}".utf8),
                Array("{\"fields\":{\"due_on\":1e999}}".utf8),
            ]
            for body in bodies + noise {
                for path in ["/records/hazard", "/records/hazard/\(hazard.number)/actions/notify"] {
                    let answer = try await program.send(
                        .post, path, headers: ["Content-Type": "application/json", "If-Match": "\"1\""],
                        body: body)
                    #expect([400, 422].contains(answer.status), "\(path) \(body): \(answer.status)")
                    #expect(answer.type == "application/problem+json" && answer.code != nil)
                }
            }
            let wrong = try await program.send(
                .post, "/records/hazard", headers: ["Content-Type": "text/plain"], body: Array("{}".utf8))
            #expect(wrong.status == 415 && wrong.code == "API-0107")
            for path in [
                "/nowhere", "/", "/records", "/records/hazard/%FF", "/records/hazard/%00", "/records/%2e%2e",
                "/records/hazard?limit=0", "/records/hazard?limit=201", "/records/hazard?limit=x",
                "/records/hazard?colour=red", "/records/hazard?sort=nothing", "/records/hazard?where=x",
                "/records/hazard?where=found_on=soon", "/records/hazard?columns=nothing",
                "/records/hazard?sort=photos", "/records/hazard?limit=1&limit=2", "/records/hazard?%zz",
                "/records/hazard?voided=maybe", "/codes/hazard-grade?on=soon", "/regions?under=0",
                "/figures/nothing", "/figures/hazards_found?by=nothing", "/figures/hazards_found?period=x",
                "/figures/hazards_found?compare=year", "/figures/hazards_found?where=x",
                "/figures/hazards_found?region=00", "/figures/hazards_found?by=region.nothing",
                "/webhooks/0", "/webhooks/x", "/documents/x", "/problems/ZH-9999",
            ] {
                let answer = try await program.get(path)
                let isPage = path == "/"
                #expect((400..<500).contains(answer.status) != isPage, "\(path): \(answer.status)")
                #expect(isPage || answer.type == "application/problem+json", "\(path)")
            }
            for method in [HTTPRequest.Method.put, .patch, .delete, .trace, .options] {
                let answer = try await program.send(method, "/records/hazard", body: nil)
                #expect(answer.status == 405 && answer.header("Allow") == "GET, HEAD, POST")
            }
        }
    }

    @Test("Figures are those of the region, by dimension and compared")
    func figures() async throws {
        let test = try SiteTest()
        let project = try test.project()
        _ = try test.hazard(at: project)
        _ = try test.hazard(at: test.project(region: "330108000000"))
        try test.account("wang", "inspector")
        try test.account("city", "city-officer", region: "330100000000")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let tokens = try ["wang", "city", "builder"].map { try test.token($0) }
        try await test.run { browser in
            func ask(_ token: String, _ query: String) async throws -> Program.Answer {
                try await Program(browser: browser, token: token).get("/figures/" + query)
            }
            let own = try await ask(tokens[0], "hazards_found?period=2026-03&compare=year")
            #expect(own.json?["total"]?["value"] == 1 && own.json?["total"]?["difference"] == 1)
            let city = try await ask(tokens[1], "hazards_found?period=2026&by=region.county")
            #expect(city.json?["total"]?["value"] == 2)
            guard case .array(let rows)? = city.json?["rows"] else { throw PageProblem.notFound }
            #expect(rows.count { $0["value"] == 1 } == 2)
            let few = try await ask(tokens[1], "hazards_found?period=2026&by=region.county&limit=1")
            #expect(few.json?["count"] == city.json?["count"] && few.text.count < city.text.count)
            #expect(try await ask(tokens[0], "hazards_found?region=330108").status == 403)
            #expect(try await ask(tokens[2], "hazards_found").status == 403)
            let rate = try await ask(tokens[0], "hazard-closure-rate?period=2026")
            #expect(rate.status == 200 && rate.json?["total"]?["unit"] == "%")
            let list = try await Program(browser: browser, token: tokens[0]).get("/figures")
            #expect(list.text.contains("hazard-closure-rate") && list.text.contains("hazards_found"))
        }
    }

    @Test("The description names every route and no other, and every reference in it leads somewhere")
    func description() async throws {
        let test = try SiteTest()
        try await test.run { browser in
            for language in ["zh", "en"] {
                let answer = try await Program(browser: browser).get(
                    "/openapi.json", headers: ["Accept-Language": language])
                #expect(answer.json?["openapi"] == "3.1.0")
                guard case .object(let paths)? = answer.json?["paths"] else { throw PageProblem.notFound }
                var described: Set<String> = []
                for path in paths {
                    guard case .object(let operations) = path.value else { continue }
                    for operation in operations { described.insert(operation.name + " " + path.name) }
                }
                for route in APIRoute.all {
                    let known = described.contains { line in
                        line.hasPrefix(route.method.rawValue.lowercased() + " ")
                            && Self.matches(line.split(separator: " ")[1], route.path)
                    }
                    #expect(known, "\(route.method) \(route.path)")
                }
                for line in described {
                    let parts = line.split(separator: " ")
                    let known = APIRoute.all.contains { route in
                        parts[0] == route.method.rawValue.lowercased() && Self.matches(parts[1], route.path)
                    }
                    #expect(known, "\(line)")
                }
                let text = answer.text
                for match in text.matches(of: #/"\$ref":"#\/components\/(\w+)\/([\w-]+)"/#) {
                    let (group, name) = (String(match.output.1), String(match.output.2))
                    #expect(answer.json?["components"]?[group]?[name] != nil, "\(name)")
                }
                for kind in test.office.rulebook.kindOrder {
                    #expect(described.contains("get /records/\(kind)"))
                    for action in test.office.rulebook.kind(kind)?.lifecycle.actions ?? [] {
                        #expect(
                            described.contains("post /records/\(kind)/{number}/actions/\(action.id)"))
                    }
                }
            }
        }
    }

    /// Whether a described path is one of a route's.
    private static func matches(_ path: Substring, _ route: String) -> Bool {
        let (parts, wanted) = (path.split(separator: "/"), route.split(separator: "/"))
        return parts.count == wanted.count
            && zip(parts, wanted).allSatisfy { $0 == $1 || $1.hasPrefix(":") }
    }

    @Test("The rulebook is told in parts, with tags, and the pages that explain the API in both languages")
    func rulebook() async throws {
        let test = try SiteTest()
        try await test.run { browser in
            let program = Program(browser: browser)
            let kind = try await program.get("/kinds/hazard")
            #expect(kind.json?["initial"] == "found" && kind.text.contains("\"due_on\""))
            let again = try await program.get("/kinds/hazard", headers: ["If-None-Match": kind.tag])
            #expect(again.status == 304)
            #expect(try await program.get("/codes/hazard-grade").text.contains("major"))
            let region = try await program.get("/regions/330106", headers: ["Accept-Language": "zh"])
            #expect(region.json?["name"] == "西湖区" && region.json?["level"] == "county")
            let children = try await program.get("/regions?under=330100")
            #expect(children.text.contains("330106000000"))
            for language in ["zh", "en"] {
                for path in ["/api/v1", "/api/v1/problems", "/api/v1/problems/ZH-0110"] {
                    let page = try await browser.get(path, headers: ["Accept-Language": language])
                    #expect(page.status == 200 && page.text.contains("<html lang=\"\(language)"), "\(path)")
                }
            }
            let page = try await browser.get("/api/v1")
            #expect(page.text.contains("/api/v1/records/hazard/{number}/actions/notify"))
        }
    }

    @Test("Every code that the API answers with has a title")
    func titles() {
        let codes = ProblemTitles.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        for code in RefusalCode.allCases { #expect(ProblemTitles.title(code.rawValue) != nil) }
    }
}

@Suite("JSON")
struct JSONTests {
    @Test(
        "What is read and written again is the same text",
        arguments: [
            "null", "true", "[]", "{}", "[1,-0,1.50,2e10]", "{\"b\":1,\"a\":[\"x\",{}]}",
            "\"\\\"\\\\\\n\\t\\u0001\"",
            "\"甲😀\"",
        ])
    func roundTrip(text: String) throws {
        let value = try #require(JSONReader.value(of: Array(text.utf8)))
        #expect(String(decoding: value.encoded, as: UTF8.self) == text)
    }

    @Test("Escapes are read as what they stand for")
    func escapes() {
        let text = #"" A\ud83d\ude00\/\b\f\r ""#
        #expect(JSONReader.value(of: Array(text.utf8))?.text == " A😀/\u{8}\u{c}\r ")
    }

    @Test(
        "What is no JSON is not read",
        arguments: [
            "", " ", "nul", "01", "1.", ".5", "+1", "1e", "-", "\"", "\"\u{1}\"", "\"\\x\"", "\"\\ud800\"",
            "\"\\udc00\"", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "1 2", "[",
            "{",
            "\u{FEFF}1",
        ])
    func malformed(text: String) {
        #expect(JSONReader.value(of: Array(text.utf8)) == nil)
    }

    @Test("Neither depth nor bytes beyond UTF-8 are taken")
    func limits() {
        let deep = String(repeating: "[", count: 17) + String(repeating: "]", count: 17)
        #expect(JSONReader.value(of: Array(deep.utf8)) != nil)
        #expect(JSONReader.value(of: Array(("[" + deep + "]").utf8)) == nil)
        #expect(JSONReader.value(of: [0x22, 0xFF, 0x22]) == nil)
        #expect(JSONReader.value(of: Array(String(repeating: "9", count: 65).utf8)) == nil)
    }
}
