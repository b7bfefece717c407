import Expressions
import Foundation
import HTTPTypes
import Records
import Rulebooks
import Testing

@testable import Web

@Suite("Every route for every role")
struct RouteAccessTests {
    private static let ownText = "本区的隐患甲"
    private static let strangersText = "邻区的隐患乙"

    @Test("Every route says whom it lets in; a new one that does not fails here")
    func complete() throws {
        let site = try SiteTest().site
        // Whoever may read a page may ask for its head.
        let routes = Set(
            site.router().routes.map {
                "\(($0.method == .head ? .get : $0.method).rawValue) \(Self.pattern($0.path.description))"
            })
        #expect(routes.count > 20)
        let said = Set(RouteTable.rules.keys)
        #expect(routes.subtracting(said).sorted() == [], "add them to Tests/WebTests/Access/RouteTable.swift")
        #expect(said.subtracting(routes).sorted() == [], "there are no such routes")
    }

    private static func pattern(_ path: String) -> String {
        "/"
            + path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
            .joined(separator: "/")
    }

    /// Somebody who asks.
    private struct Asker: Sendable {
        let login: String
        let role: Role?

        var isStranger: Bool { login.hasPrefix("stranger") }
        var mayRead: Bool { role?.permissions.contains(.read) ?? false }
        /// Whether the hazard of the own region and party is theirs to see.
        var seesOwn: Bool { mayRead && !isStranger }
        /// Whether the hazard of the neighbouring region and the other party is.
        var seesOther: Bool { login == "stranger-enterprise" }
    }

    /// A record with a document issued for it.
    private struct Place: Sendable {
        let number: String
        let document: String
        let isOwn: Bool
    }

    /// The browser of somebody who asks: where it is, and its session.
    private struct Desk: Sendable {
        let address: String
        let cookie: String?
        let csrf: String
    }

    private static func place(
        _ test: SiteTest, _ project: Record, _ text: String, isOwn: Bool
    ) throws -> Place {
        let hazard = try test.hazard(at: project, text)
        try test.notify(hazard, due: "2026-03-09")
        let documents = try test.office.store.read { try $0.documents(kind: "hazard", record: hazard.id) }
        return Place(number: hazard.number, document: try #require(documents.first).number, isOwn: isOwn)
    }

    @Test("Nobody is let in whom a route does not let in, and nothing of others is shown")
    func everyRole() async throws {
        let test = try SiteTest { $0.trustsProxy = true }
        let places = [
            try Self.place(test, test.project(), Self.ownText, isOwn: true),
            try Self.place(
                test, test.project(region: "330108000000", contractor: SiteTest.stranger),
                Self.strangersText, isOwn: false),
        ]
        let roles = test.office.rulebook.roles.filter { $0.key != "public" }
        var askers = [Asker(login: "", role: nil)]
        for (id, role) in roles.sorted(by: { $0.key < $1.key }) {
            try test.account(id, id, party: id == "enterprise" ? SiteTest.contractor : nil)
            askers.append(Asker(login: id, role: role))
        }
        // Of a neighbouring county, and for another party.
        try test.account("stranger-inspector", "inspector", region: "330203000000")
        try test.account("stranger-enterprise", "enterprise", party: SiteTest.stranger)
        askers.append(Asker(login: "stranger-inspector", role: roles["inspector"]))
        askers.append(Asker(login: "stranger-enterprise", role: roles["enterprise"]))
        let routes = test.site.router().routes.map {
            ($0.method, Self.pattern($0.path.description))
        }.filter { $0.0 != .head }
        let all = askers
        try await test.run { browser in
            for (index, asker) in all.enumerated() {
                // Everybody signs in when it is their turn, since sessions end without use, and later than
                // locks last. Each has an address of its own, so that nobody is refused for what others asked.
                try test.pass(seconds: 7200)
                let session = asker.role == nil ? nil : try test.session(asker.login)
                let desk = Desk(
                    address: "198.51.100.\(index + 1)", cookie: session?.cookie, csrf: session?.csrf ?? "")
                for (method, pattern) in routes {
                    guard let rule = RouteTable.rules["\(method.rawValue) \(pattern)"] else { continue }
                    for place in places {
                        try test.pass(seconds: 2)
                        try await Self.check(method, pattern, rule, asker, desk, place, browser)
                    }
                }
            }
        }
    }

    private static func check(
        _ method: HTTPRequest.Method, _ pattern: String, _ rule: RouteTable.Rule, _ asker: Asker,
        _ desk: Desk, _ place: Place, _ browser: Browser
    ) async throws {
        let name = asker.login.isEmpty ? "nobody" : asker.login
        let comment: Comment = "\(name): \(method.rawValue) \(pattern), \(place.isOwn ? "own" : "other")"
        let path = (rule.address ?? made(pattern)).replacing("OWN", with: place.number)
            .replacing("DOCUMENT", with: place.document)
        let answer = try await ask(method, path, rule.form, desk, browser)
        let status = answer.status
        #expect(status < 500, "\(comment): \(status)")
        #expect(asker.seesOwn || !answer.text.contains(ownText), comment)
        #expect(asker.seesOther || !answer.text.contains(strangersText), comment)
        let isTheirs = place.isOwn ? asker.seesOwn : asker.seesOther
        var isLetIn = isLetIn(asker, by: rule.audience)
        if case .whoSees = rule.audience { isLetIn = isTheirs }
        let isRefused =
            [401, 403, 404].contains(status) || (status == 303 && answer.location.hasPrefix("/sign-in"))
        if !isLetIn {
            #expect(isRefused, "\(comment): \(status)")
            let told = said(answer.text, besides: path)
            #expect(!told.contains(place.number) && !told.contains(place.document), comment)
        } else if rule.address != nil {
            // Who may not ask more for now was not let in either, and the test would say nothing.
            #expect(!isRefused && status != 429, "\(comment): \(status)")
        }
        // What is not theirs is not told apart from what there is not.
        if case .whoSees = rule.audience, !isTheirs {
            let none = path.replacing(place.number, with: "ZG-330106-2026-99999")
                .replacing(place.document, with: "ZG-330106-2026-99999")
            #expect(try await ask(method, none, rule.form, desk, browser).status == status, comment)
        }
    }

    /// What a page says beside the address that was asked for, to which its links to the other language and
    /// to signing in lead back.
    private static func said(_ text: String, besides path: String) -> String {
        text.replacing(path, with: "").replacing(FormFields.encoded(path), with: "")
    }

    private static func ask(
        _ method: HTTPRequest.Method, _ path: String, _ form: String, _ desk: Desk, _ browser: Browser
    ) async throws -> Browser.Answer {
        var headers = ["X-Forwarded-For": desk.address]
        if method == .get { return try await browser.get(path, cookie: desk.cookie, headers: headers) }
        // Signing out would end what the others need.
        let csrf = path == "/sign-out" || path.contains("/sessions/") ? "" : desk.csrf
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return try await browser.send(path, method, desk.cookie, headers, Array("csrf=\(csrf)&\(form)".utf8))
    }

    private static func isLetIn(_ asker: Asker, by audience: RouteTable.Audience) -> Bool {
        switch audience {
        case .everybody: true
        case .accounts: asker.role != nil
        case .may(let permissions): asker.role.map { !permissions.isDisjoint(with: $0.permissions) } ?? false
        case .whoSees: asker.mayRead
        case .tokens, .operators: false
        }
    }

    /// An address of a pattern, with something in each of its places.
    private static func made(_ pattern: String) -> String {
        [
            ("{kind}", "hazard"), ("{number}", "OWN"), ("{action}", "notify"), ("{login}", "inspector"),
            ("{digest}", String(repeating: "a", count: 64)), ("{region}", "330106"),
            ("{list}", "hazard-grade"),
            ("{file}", "hazard.csv"), ("{name}", "x.css"), ("{code}", SiteTest.contractor), ("{id}", "1"),
        ].reduce(pattern) { $0.replacing($1.0, with: $1.1) }
    }
}

extension SiteTest {
    /// Lets the clock go on.
    fileprivate func pass(seconds: Int64) throws {
        let moment = try #require(Timestamp(seconds: clock.moment.seconds + seconds))
        clock.move(to: moment.description)
    }
}
