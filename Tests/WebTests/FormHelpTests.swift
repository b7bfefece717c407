import Expressions
import Foundation
import Office
import Records
import Storage
import Testing

@testable import Web

@Suite("Forms while they are filled in")
struct FormHelpTests {
    @Test("What is entered is looked over without being done")
    func check() async throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        let foreign = try test.project(region: "330108000000", contractor: SiteTest.stranger)
        try test.account("wang", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.stranger)
        let (wang, builder) = (try test.session("wang"), try test.session("builder"))
        let before = try test.office.store.read { try $0.ledgerSize() }
        try await test.run { browser in
            let target = "/records/hazard/\(hazard.number)/actions/notify/check"
            let early = try await browser.post(
                target, [("csrf", wang.csrf), ("due_on", "2020-01-01")], cookie: wang.cookie)
            #expect(early.status == 200 && early.text.contains("problems"))
            #expect(early.text.contains("整改期限不能早于今天"))
            let fine = try await browser.post(
                target, [("csrf", wang.csrf), ("due_on", "2026-03-09")], cookie: wang.cookie)
            #expect(fine.status == 200 && fine.text == "{\"problems\":[]}")
            let new = try await browser.post(
                "/records/hazard/new/check",
                [("csrf", wang.csrf), ("found_on", "2027-01-01"), ("site", foreign.number)],
                cookie: wang.cookie)
            #expect(new.text.contains("\"field\":\"found_on\"") || new.text.contains("\"field\":\"site\""))
            // A record that may not be seen is not told apart from one that does not exist.
            #expect(new.text.contains("ZH-0112") || new.text.contains(foreign.number))
            let none = try await browser.post(
                "/records/hazard/new/check", [("csrf", wang.csrf), ("site", "GC-000000-2026-00001")],
                cookie: wang.cookie)
            func code(_ text: String) -> Substring? {
                text.firstMatch(of: #/"code":"([A-Z0-9-]+)","field":"site"/#)?.output.1
            }
            #expect(code(new.text) != nil && code(new.text) == code(none.text))
            #expect(try await browser.post(target, [("csrf", "x")], cookie: wang.cookie).status == 403)
            #expect(try await browser.post(target, []).status == 403)
            #expect(
                try await browser.post(target, [("csrf", builder.csrf)], cookie: builder.cookie).status == 404
            )
            let forbidden = try await browser.post(
                "/records/hazard/new/check", [("csrf", builder.csrf)], cookie: builder.cookie)
            #expect(forbidden.status == 403)
        }
        #expect(try test.office.store.read { try $0.ledgerSize() } == before)
    }

    @Test("A draft outlives the session, comes back into its form, and goes when the form was taken")
    func drafts() async throws {
        let test = try SiteTest()
        let project = try test.project()
        try test.account("wang", "inspector")
        try test.account("liming", "inspector")
        let (wang, li) = (try test.session("wang"), try test.session("liming"))
        let again = try test.session("wang")
        let category = try #require(
            test.office.rulebook.codeLists["hazard-category"]?.items(on: nil).first?.id)
        try await test.run { browser in
            let kept = try await browser.post(
                "/records/hazard/new",
                [("csrf", wang.csrf), ("draft", "true"), ("description", "写到一半的情况")], cookie: wang.cookie)
            #expect(kept.status == 303 && kept.location == "/desk?done=draft")
            let form = try await browser.get("/records/hazard/new", cookie: again.cookie)
            #expect(form.text.contains("写到一半的情况") && form.text.contains("notice-draft"))
            #expect(try await browser.get("/desk", cookie: again.cookie).text.contains("/drafts/discard"))
            #expect(!(try await browser.get("/records/hazard/new", cookie: li.cookie)).text.contains("写到一半"))
            #expect(!(try await browser.get("/desk", cookie: li.cookie)).text.contains("/drafts/discard"))
            let typed = try await browser.post(
                "/drafts", [("csrf", again.csrf), ("form", "/records/hazard/new"), ("description", "又写了一些")],
                cookie: again.cookie)
            #expect(typed.status == 204)
            for (form, status) in [
                ("/records/nosuch/new", 404), ("//evil", 404), ("", 404), ("/records/hazard/new/x", 404),
            ] {
                let answer = try await browser.post(
                    "/drafts", [("csrf", again.csrf), ("form", form)], cookie: again.cookie)
                #expect(answer.status == status, "\(form)")
            }
            let long = try await browser.post(
                "/drafts",
                [
                    ("csrf", again.csrf), ("form", "/records/hazard/new"),
                    ("description", String(repeating: "字", count: 40_000)),
                ],
                cookie: again.cookie)
            #expect(long.status == 413)
            let created = try await browser.post(
                "/records/hazard/new",
                [
                    ("csrf", again.csrf), ("site", project.number), ("category", category),
                    ("found_on", "2026-03-02"), ("description", "写完了"),
                ], cookie: again.cookie)
            #expect(created.status == 303)
            #expect(!(try await browser.get("/desk", cookie: again.cookie)).text.contains("/drafts/discard"))
            // The draft of an action opens its form on the record's page.
            let path = String(created.location.prefix { $0 != "?" })
            let action = try await browser.post(
                path + "/actions/notify",
                [("csrf", again.csrf), ("draft", "true"), ("due_on", "2026-03-12")],
                cookie: again.cookie)
            #expect(action.status == 303)
            let page = try await browser.get(path, cookie: again.cookie)
            #expect(page.text.contains("value=\"2026-03-12\""))
            let gone = try await browser.post(
                "/drafts/discard",
                [("csrf", again.csrf), ("form", path + "/actions/notify"), ("returnTo", path)],
                cookie: again.cookie)
            #expect(gone.status == 303 && gone.location == path)
            #expect(
                !(try await browser.get(path, cookie: again.cookie)).text.contains("value=\"2026-03-12\""))
        }
    }

    @Test("A file is shown to those who see a record that holds it, and to nobody else")
    func files() async throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        try test.notify(hazard, due: "2026-03-09")
        for (login, role, region, party) in [
            ("wang", "inspector", "330106000000", nil), ("neighbour", "inspector", "330108000000", nil),
            ("builder", "enterprise", "330106000000", SiteTest.contractor as String?),
            ("stranger", "enterprise", "330106000000", SiteTest.stranger as String?),
        ] { try test.account(login, role, region: region, party: party) }
        let builder = try test.session("builder")
        let others = try ["wang", "neighbour", "stranger"].map { try test.session($0) }
        let digest = Digest.hexadecimal(of: FormTests.picture)
        try await test.run { browser in
            let path = "/records/hazard/\(hazard.number)"
            // Refused for want of a text, the picture stays with the form, for whoever sent it.
            let refused = try await browser.post(
                path + "/actions/submit", [("csrf", builder.csrf)], file: ("photos_after", FormTests.picture),
                cookie: builder.cookie)
            #expect(refused.status == 422 && refused.text.contains(digest))
            #expect(try await browser.get("/files/" + digest, cookie: builder.cookie).status == 200)
            for other in others {
                #expect(try await browser.get("/files/" + digest, cookie: other.cookie).status == 404)
            }
            // Nobody takes over another's file by its digest.
            let stolen = try await browser.post(
                path + "/actions/submit",
                [("csrf", others[2].csrf), ("measures_taken", "x"), ("photos_after.kept", digest)],
                cookie: others[2].cookie)
            #expect(stolen.status == 404)
            let removed = try await browser.post(
                path + "/actions/submit",
                [
                    ("csrf", builder.csrf), ("measures_taken", "已整改"), ("photos_after.kept", digest),
                    ("photos_after.removed", digest),
                ],
                cookie: builder.cookie)
            #expect(removed.status == 422)
            let taken = try await browser.post(
                path + "/actions/submit",
                [("csrf", builder.csrf), ("measures_taken", "已整改"), ("photos_after.kept", digest)],
                cookie: builder.cookie)
            #expect(taken.status == 303, "\(taken.text)")
            #expect(try await browser.get("/files/" + digest, cookie: builder.cookie).status == 404)
            let file = path + "/files/" + digest
            for (cookie, status) in [
                (builder.cookie, 200), (others[0].cookie, 200), (others[1].cookie, 404),
                (others[2].cookie, 404),
            ] {
                #expect(try await browser.get(file, cookie: cookie).status == status)
            }
            #expect(try await browser.get(file).status == 303)
            let wrong = path + "/files/" + String(repeating: "a", count: 64)
            #expect(try await browser.get(wrong, cookie: builder.cookie).status == 404)
        }
        #expect(try Uploads(test.office, archive: test.site.archive).cleanUp() == 0)
        #expect(test.site.archive.contains(digest))
    }

    @Test("Files that no record took are thrown away after a while, evidence never")
    func cleaning() async throws {
        let test = try SiteTest()
        let uploads = Uploads(test.office, archive: test.site.archive)
        let old = try uploads.keep(Array("%PDF-old".utf8), from: "wang")
        let evidence = try test.site.archive.keep(Array("%PDF-evidence".utf8))
        #expect(try uploads.keep(Array("%PDF-evidence".utf8), from: "wang") == evidence)
        test.clock.move(to: "2026-03-08T01:00:00Z")
        let recent = try uploads.keep(Array("%PDF-recent".utf8), from: "wang")
        #expect(try uploads.cleanUp() == 0)
        test.clock.move(to: "2026-03-11T01:00:00Z")
        #expect(try uploads.cleanUp() == 1)
        #expect(!test.site.archive.contains(old))
        #expect(test.site.archive.contains(evidence) && test.site.archive.contains(recent))
    }

    @Test("A region is chosen level by level, or by its name")
    func regions() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector", region: "330100000000")
        let session = try test.session("wang")
        let type = try #require(test.office.rulebook.codeLists["project-type"]?.items(on: nil).first?.id)
        try await test.run { browser in
            let form = try await browser.get("/records/project/new", cookie: session.cookie)
            #expect(form.text.contains("name=\"region.1\"") && form.text.contains("西湖区"))
            #expect(!form.text.contains("name=\"region.2\""))
            let lower = try await browser.post(
                "/records/project/new",
                [("csrf", session.csrf), ("refresh", "new-region"), ("region.1", "330106000000")],
                cookie: session.cookie)
            #expect(lower.status == 200 && lower.text.contains("name=\"region.2\""))
            for (fields, region) in [
                ([("region.1", "330106000000")], "330106000000"),
                ([("region.1", "330106000000"), ("region.2", "330106002000")], "330106002000"),
                // The lower level is of another county: what is above it counts.
                ([("region.1", "330108000000"), ("region.2", "330106002000")], "330108000000"),
                ([("region.code", "330106002000")], "330106002000"),
                ([("region", "330100000000")], "330100000000"),
            ] {
                let created = try await browser.post(
                    "/records/project/new",
                    [
                        ("csrf", session.csrf), ("name", "某工程"), ("type", type),
                        ("contractor", SiteTest.contractor),
                    ] + fields, cookie: session.cookie)
                #expect(created.status == 303, "\(created.text)")
                let number = try #require(created.location.firstMatch(of: #/project\/([^?]+)/#)?.output.1)
                let record = try test.office.store.read {
                    try $0.record(test.kind("project"), number: String(number))
                }
                #expect(record?.region == region)
            }
            let found = try await browser.get(
                "/lookup/regions?within=330100000000&q=" + FormFields.encoded("西湖"), cookie: session.cookie)
            #expect(found.status == 200 && found.text.contains("330106000000"))
            #expect(try await browser.get("/lookup/regions?q=x").status == 403)
        }
    }

    @Test("Records to refer to are told to those who see them")
    func lookups() async throws {
        let test = try SiteTest()
        let own = try test.project()
        let other = try test.project(region: "330108000000", contractor: SiteTest.stranger)
        try test.account("wang", "inspector")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        try test.account("admin", "system-administrator")
        let (wang, builder, admin) = (
            try test.session("wang"), try test.session("builder"), try test.session("admin")
        )
        try await test.run { browser in
            for session in [wang, builder] {
                for query in ["", "?q=%E8%A5%BF%E6%BA%AA", "?q=" + own.number] {
                    let answer = try await browser.get(
                        "/lookup/records/project" + query, cookie: session.cookie)
                    #expect(answer.status == 200 && answer.text.contains(own.number), "\(query)")
                    #expect(!answer.text.contains(other.number), "\(query)")
                }
            }
            #expect(try await browser.get("/lookup/records/project", cookie: admin.cookie).status == 404)
            #expect(try await browser.get("/lookup/records/nosuch", cookie: wang.cookie).status == 404)
            #expect(try await browser.get("/lookup/records/project").status == 403)
        }
    }
}
