import Expressions
import HTTPTypes
import Office
import Records
import Rulebooks
import Storage
import Synchronization
import Testing

@testable import Web

@Suite("API: records, actions and versions")
struct APIRecordTests {
    @Test("A hazard goes its way by the API: created, noticed, submitted with a picture, accepted by another")
    func loop() async throws {
        let test = try SiteTest()
        let project = try test.project()
        try test.account("wang", "inspector")
        try test.account("liming", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        let (wang, li, builder) = (
            try test.token("wang"), try test.token("liming"), try test.token("builder")
        )
        let fields = try test.hazardFields(at: project)
        try await test.run { browser in
            let (wang, li, builder) = (
                Program(browser: browser, token: wang), Program(browser: browser, token: li),
                Program(browser: browser, token: builder)
            )
            let created = try await wang.post("/records/hazard", fields)
            #expect(created.status == 201, "\(created.text)")
            let path = try #require(created.header("Location"))
            #expect(created.tag == "\"1\"")
            #expect(created.json?["record"]?["fields"]?["site"]?["title"] == "西溪医院二期")
            #expect(created.json?["action"] == "create")

            func act(
                _ program: Program, _ action: String, _ fields: JSONValue, _ tag: String?
            ) async throws -> Program.Answer {
                try await program.post(
                    path + "/actions/" + action, ["fields": fields],
                    headers: tag.map { ["If-Match": $0] } ?? [:])
            }
            let due: JSONValue = ["due_on": "2026-03-06"]
            #expect(try await act(wang, "notify", due, nil).status == 428)
            let stale = try await act(wang, "notify", due, "\"9\"")
            #expect(stale.status == 412 && stale.code == "API-0111")
            #expect(try await act(wang, "nothing", due, "\"1\"").status == 404)
            let noticed = try await act(wang, "notify", due, "\"1\"")
            #expect(noticed.status == 200 && noticed.tag == "\"2\"")
            guard case .array(let documents)? = noticed.json?["documents"], let notice = documents.first
            else { throw PageProblem.notFound }
            #expect(try await act(wang, "notify", due, "\"1\"").status == 412)

            let kept = try await builder.send(
                .post, "/files", headers: ["Content-Type": "image/png"], body: SiteTest.picture)
            #expect(kept.status == 201)
            let digest = try #require(kept.json?["digest"]?.text)
            // Kept, but nobody's yet.
            #expect(try await builder.get(path + "/files/" + digest).status == 404)
            let submitted = try await act(
                builder, "submit",
                ["measures_taken": "已加设防护栏杆", "photos_after": [.string(digest)]], "\"2\"")
            #expect(submitted.status == 200, "\(submitted.text)")
            let file = try await li.get(path + "/files/" + digest)
            #expect(file.status == 200 && file.type == "image/png")
            #expect(try await wang.get(path + "/files/" + String(digest.reversed())).status == 404)
            #expect(try await act(li, "accept", [:], submitted.tag).status == 200)

            let history = try await li.get(path + "/history")
            guard case .array(let steps)? = history.json?["items"] else { throw PageProblem.notFound }
            #expect(steps.compactMap { $0["action"]?.text } == ["create", "notify", "submit", "accept"])
            let part = try await li.get(path + "/history?limit=3")
            let rest = try await li.get(try #require(part.json?["next"]?.text))
            #expect(rest.json?["items"] == .array([steps[3]]) && rest.json?["next"] == .null)

            let sheet = try await li.get(try #require(notice["href"]?.text))
            #expect(sheet.json?["proven"] == true && sheet.json?["record"]?["number"] != nil)
            let plain = try await li.get(
                try #require(notice["href"]?.text), headers: ["Accept": "text/plain"])
            #expect(plain.type.hasPrefix("text/plain") && !plain.text.isEmpty)
            #expect(
                try await li.get(
                    try #require(notice["href"]?.text), headers: ["Accept": "image/png"]
                ).status == 406)
        }
        #expect(try Auditor(test.office, keys: []).run().isClean)
    }

    @Test("A record's tag tells its version; whoever has it already gets 304 until it changes")
    func tags() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let hazard = try test.hazard(at: test.project())
        let token = try test.token("wang")
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let path = "/records/hazard/\(hazard.number)"
            let first = try await program.get(path)
            #expect(first.tag.hasPrefix("\"1-"))
            for known in [first.tag, "W/" + first.tag, "\"x\", " + first.tag, "*"] {
                let again = try await program.get(path, headers: ["If-None-Match": known])
                #expect(again.status == 304 && again.text.isEmpty && again.tag == first.tag)
            }
            #expect(try await program.get(path, headers: ["If-None-Match": "\"1\""]).status == 200)
            // Another language is another text under another tag.
            let english = try await program.get(path, headers: ["Accept-Language": "en"])
            #expect(english.tag != first.tag)
            let done = try await program.post(
                path + "/actions/notify", ["fields": ["due_on": "2026-03-06"]],
                headers: ["If-Match": english.tag])
            #expect(done.status == 200)
            let later = try await program.get(path, headers: ["If-None-Match": first.tag])
            #expect(later.status == 200 && later.tag.hasPrefix("\"2-"))
            let head = try await program.send(.head, path, body: nil)
            #expect(head.status == 200 && head.text.isEmpty && head.tag == later.tag)
        }
    }

    @Test("A request sent many times at once is done once, and every answer is the same")
    func keys() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let project = try test.project()
        let token = try test.token("wang")
        let fields = try test.hazardFields(at: project)
        let other = try test.hazardFields(at: project, "另一处")
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let answers = try await withThrowingTaskGroup(of: Program.Answer.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        try await program.post(
                            "/records/hazard", fields, headers: ["Idempotency-Key": "one"])
                    }
                }
                return try await group.reduce(into: [Program.Answer]()) { $0.append($1) }
            }
            #expect(Set(answers.map(\.status)) == [201])
            #expect(Set(answers.map(\.text)).count == 1)
            #expect(Set(answers.compactMap { $0.header("Location") }).count == 1)
            #expect(answers.count { $0.header("Idempotency-Replayed") == "true" } == 23)
            #expect(try await program.get("/records/hazard?count=true").json?["count"] == 1)

            let mixed = try await program.post(
                "/records/hazard", other, headers: ["Idempotency-Key": "one"])
            #expect(mixed.status == 422 && mixed.code == "API-0112")
            for key in ["", " ", "a b", String(repeating: "k", count: 256)] {
                let answer = try await program.post(
                    "/records/hazard", other, headers: ["Idempotency-Key": key])
                #expect([201, 400].contains(answer.status), "\(key): \(answer.status)")
            }

            // An action sent again with the version it was sent with is not stale: it was done.
            let path = try #require(answers.first?.header("Location"))
            let headers = ["If-Match": "\"1\"", "Idempotency-Key": "two"]
            let due: JSONValue = ["fields": ["due_on": "2026-03-06"]]
            let first = try await program.post(path + "/actions/notify", due, headers: headers)
            let second = try await program.post(path + "/actions/notify", due, headers: headers)
            #expect(first.status == 200 && second.status == 200 && first.text == second.text)
            #expect(second.tag == "\"2\"" && second.header("Idempotency-Replayed") == "true")
            // A refused request used up no key.
            let early: JSONValue = ["fields": ["due_on": "2020-01-01"]]
            let third = ["If-Match": "\"2\"", "Idempotency-Key": "three"]
            #expect(try await program.post(path + "/actions/stop", early, headers: third).status == 422)
            #expect(try await program.post(path + "/actions/stop", due, headers: third).status == 200)
        }
    }

    @Test("A key is known again after a restart, and what died before its answer is told anew")
    func restart() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let project = try test.project()
        let token = try test.token("wang")
        let fields = try test.hazardFields(at: project)
        let headers = ["Idempotency-Key": "k"]
        let caller = try #require(try Tokens(test.office).caller(token, at: test.office.moment))
        let before = Mutex("")
        try await test.run { browser in
            let answer = try await Program(browser: browser, token: token).post(
                "/records/hazard", fields, headers: headers)
            before.withLock { $0 = answer.text }
        }
        let again = try test.restarted()
        try await again.run { browser in
            let answer = try await Program(browser: browser, token: token).post(
                "/records/hazard", fields, headers: headers)
            #expect(answer.status == 201 && answer.text == before.withLock(\.self))
        }
        // As if the process had died after the action was durable and before its answer was kept.
        let other = try test.hazardFields(at: project, "另一处")
        let requestKey = RequestKey(
            subject: caller.subject, key: "lost",
            parts: [
                Array("POST".utf8), Array("/api/v1/records/hazard".utf8), Array("application/json".utf8), [],
                other.encoded,
            ])
        let site = try #require(test.office.rulebook.kind("hazard"))
        _ = try Registrar(test.office).perform([
            DoorRequest(
                Action(
                    .create, kind: site.id,
                    values: try EnteredJSON(office: test.office, kind: site).values(
                        other["fields"])), by: SiteTest.anybody, requestKey: requestKey)
        ])
        try await again.run { browser in
            let program = Program(browser: browser, token: token)
            let answer = try await program.post(
                "/records/hazard", other,
                headers: ["Idempotency-Key": "lost"])
            #expect(answer.status == 201 && answer.json?["action"] == "create", "\(answer.text)")
            #expect(answer.json?["record"]?["fields"]?["description"] == "另一处")
            #expect(try await program.get("/records/hazard?count=true").json?["count"] == 2)
        }
    }

    @Test("Pages neither repeat nor skip while records come, in every order")
    func paging() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let token = try test.token("wang")
        let project = try test.project()
        for number in 1...23 { _ = try test.hazard(at: project, "隐患 \(number)") }
        let added = Mutex(0)
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            for sort in ["-id", "id", "number", "-number", "state", "due_on", "-found_on", "category"] {
                let expected = Set(
                    try await program.get("/records/hazard?limit=200&sort=\(sort)").numbers)
                var next: String? = "/records/hazard?limit=5&columns=description&sort=\(sort)"
                var seen: [String] = []
                while let path = next {
                    let page = try await program.get(path)
                    #expect(page.status == 200, "\(page.text)")
                    seen += page.numbers
                    next = page.json?["next"]?.text
                    #expect((page.header("Link") == nil) == (next == nil))
                    let count = added.withLock { added in
                        added += 1
                        return added
                    }
                    _ = try test.hazard(at: project, "新增 \(count)")
                }
                #expect(Set(seen).count == seen.count, "\(sort)")
                #expect(expected.isSubset(of: Set(seen)), "\(sort)")
            }
        }
    }

    @Test("A place in one list is no place in another")
    func cursors() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let token = try test.token("wang")
        let project = try test.project()
        for number in 1...4 { _ = try test.hazard(at: project, "隐患 \(number)") }
        try await test.run { browser in
            let program = Program(browser: browser, token: token)
            let page = try await program.get("/records/hazard?limit=2&sort=number")
            let after = try #require(page.json?["after"]?.text)
            #expect(try await program.get("/records/hazard?sort=number&after=\(after)").status == 200)
            for query in [
                "after=\(after)", "sort=-number&after=\(after)", "sort=number&after=\(after)00",
                "sort=number&where=state=found&after=\(after)", "after=", "after=zz", "after=5b5d",
            ] {
                let answer = try await program.get("/records/hazard?" + query)
                #expect(answer.status == 422 && answer.code == "API-0114", "\(query): \(answer.status)")
            }
        }
    }
}
