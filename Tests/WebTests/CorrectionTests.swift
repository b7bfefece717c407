import Foundation
import Office
import Records
import Testing

@testable import Web

@Suite("Setting right what is on file")
struct CorrectionTests {
    @Test("An inspector amends what may be amended, from a form that holds what is on file")
    func amend() async throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        try test.account("wang", "inspector")
        let wang = try test.session("wang")
        let kind = try #require(test.office.rulebook.kind("hazard"))
        guard case .string(let category)? = hazard.value("category", in: kind) else {
            return #expect(Bool(false), "the hazard has a category")
        }
        try await test.run { browser in
            let path = "/records/hazard/" + hazard.number
            let page = try await browser.get(path, cookie: wang.cookie)
            #expect(page.text.contains("href=\"\(path)/amend\""))
            let form = try await browser.get(path + "/amend", cookie: wang.cookie)
            #expect(form.status == 200 && form.text.contains("三层临边无防护"))
            #expect(!form.text.contains("name=\"due_on\""))
            func send(_ description: String, version: String = "1") async throws -> Browser.Answer {
                try await browser.post(
                    path + "/amend",
                    [
                        ("csrf", wang.csrf), ("recordVersion", version), ("category", category),
                        ("description", description), ("origin", "inspection"),
                    ], cookie: wang.cookie)
            }
            let same = try await send("三层临边无防护")
            #expect(same.status == 422 && same.text.contains("id=\"errors\""))
            let empty = try await send("")
            #expect(empty.status == 422 && empty.text.contains("ZH-0110"))
            #expect(try await send("四层临边无防护", version: "7").status == 409)
            let done = try await send("四层临边无防护")
            #expect(done.status == 303 && done.location.hasSuffix("?done=amend"), "\(done.text)")
            let after = try await browser.get(done.location, cookie: wang.cookie)
            #expect(after.text.contains("四层临边无防护") && after.text.contains("三层临边无防护"))
        }
        #expect(try Auditor(test.office, keys: []).run().isClean)
    }

    @Test("A county officer voids with a reason, nobody else does; what is void is not amended")
    func void() async throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        try test.account("wang", "inspector")
        try test.account("zhao", "county-officer")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        try test.account("elsewhere", "county-officer", region: "330102000000")
        let path = "/records/hazard/" + hazard.number
        let (wang, zhao) = (try test.session("wang"), try test.session("zhao"))
        let (builder, elsewhere) = (try test.session("builder"), try test.session("elsewhere"))
        try await test.run { browser in
            func void(_ reason: String, _ who: (cookie: String, csrf: String)) async throws -> Browser.Answer
            {
                try await browser.post(
                    path + "/void", [("csrf", who.csrf), ("reason", reason)], cookie: who.cookie)
            }
            #expect(try await browser.get(path, cookie: builder.cookie).text.contains("/void") == false)
            #expect(try await browser.get(path + "/amend", cookie: builder.cookie).status == 403)
            #expect(try await void("重复登记", builder).status == 403)
            #expect(try await void("重复登记", wang).status == 403)
            #expect(try await void("重复登记", elsewhere).status == 404)
            #expect(try await browser.get(path + "/amend", cookie: elsewhere.cookie).status == 404)
            #expect(try await browser.get(path + "/amend").status == 303)
            let silent = try await void("  ", zhao)
            #expect(silent.status == 422 && silent.text.contains("id=\"errors\""))
            #expect(try await void("重复登记", zhao).status == 303)
            let after = try await browser.get(path, cookie: zhao.cookie)
            #expect(after.text.contains("重复登记") && !after.text.contains("/amend\""))
            #expect(try await void("再来一次", zhao).status == 409)
            #expect(try await browser.get(path + "/amend", cookie: wang.cookie).status == 403)
        }
        #expect(try Auditor(test.office, keys: []).run().isClean)
    }

    @Test("The form for a new hazard asks for its grade, and not for what comes later")
    func entered() throws {
        let kind = try #require(try SiteTest.rulebook.get().kind("hazard"))
        let entered = Set(kind.fieldsEnteredAtCreation.map(\.id))
        #expect(entered.isSuperset(of: ["site", "found_on", "grade", "major_item", "description", "photos"]))
        #expect(
            entered.isDisjoint(with: ["due_on", "listed_on", "measures_taken", "closed_on", "return_reason"]))
        let account = try #require(try SiteTest.rulebook.get().kind("account"))
        #expect(!account.fieldsEnteredAtCreation.contains { $0.id == "disabled" })
    }
}
