import Foundation
import HTTPTypes
import Records
import Rulebooks
import Testing

@testable import Web

@Suite("Every route for every role")
struct RouteAccessTests {
    private static let strangersText = "邻区的隐患乙"

    @Test("Every route says whom it lets in; a new one that does not fails here")
    func complete() throws {
        let site = try SiteTest().site
        let routes = site.router().routes.map { "\($0.method.rawValue) \(Self.pattern($0.path.description))" }
        #expect(routes.count > 20)
        let unsaid = routes.filter { !$0.hasPrefix("HEAD ") && RouteTable.rules[$0] == nil }
        #expect(unsaid.sorted() == [], "add them to Tests/WebTests/Access/RouteTable.swift")
    }

    private static func pattern(_ path: String) -> String {
        "/"
            + path.split(separator: "/").map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
            .joined(separator: "/")
    }

    /// Somebody who asks.
    private struct Asker: Sendable {
        let name: String
        let role: Role?
        let session: (cookie: String, csrf: String)?

        var isStranger: Bool { name.hasPrefix("stranger") }
    }

    @Test("Nobody is let in whom a route does not let in, and nothing of others is shown")
    func everyRole() async throws {
        let test = try SiteTest()
        let own = try test.hazard(at: test.project(), "本区的隐患甲")
        let other = try test.hazard(
            at: test.project(region: "330108000000", contractor: SiteTest.stranger), Self.strangersText)
        let roles = test.office.rulebook.roles.filter { $0.key != "public" }
        var askers = [Asker(name: "nobody", role: nil, session: nil)]
        for (id, role) in roles.sorted(by: { $0.key < $1.key }) {
            try test.account(id, id, party: id == "enterprise" ? SiteTest.contractor : nil)
            askers.append(Asker(name: id, role: role, session: try test.session(id)))
        }
        // Of a neighbouring county, and for another party.
        try test.account("stranger-inspector", "inspector", region: "330203000000")
        try test.account("stranger-enterprise", "enterprise", party: SiteTest.stranger)
        for (login, role) in [("stranger-inspector", "inspector"), ("stranger-enterprise", "enterprise")] {
            askers.append(Asker(name: login, role: roles[role], session: try test.session(login)))
        }
        let routes = test.site.router().routes.map {
            ($0.method, Self.pattern($0.path.description))
        }.filter { $0.0 != .head }
        let (all, numbers) = (askers, (own.number, other.number))
        try await test.run { browser in
            for asker in all {
                for (method, pattern) in routes {
                    guard let rule = RouteTable.rules["\(method.rawValue) \(pattern)"] else { continue }
                    try await Self.check(method, pattern, rule, asker, numbers, browser)
                }
            }
        }
    }

    private static func check(
        _ method: HTTPRequest.Method, _ pattern: String, _ rule: RouteTable.Rule, _ asker: Asker,
        _ numbers: (own: String, other: String), _ browser: Browser
    ) async throws {
        let place: Comment = "\(asker.name): \(method.rawValue) \(pattern)"
        for number in [numbers.own, numbers.other] {
            let path = (rule.address ?? made(pattern)).replacing("OWN", with: number)
            let answer = try await ask(method, path, asker, browser)
            let status = answer.status
            #expect(status < 500, place)
            #expect(!answer.text.contains(strangersText) || asker.name == "stranger-enterprise", place)
            let isRefused =
                [401, 403, 404].contains(status) || (status == 303 && answer.location.hasPrefix("/sign-in"))
            if !isLetIn(asker, by: rule.audience) {
                #expect(isRefused, "\(place): \(status)")
                #expect(!answer.text.contains(numbers.own), place)
            } else if rule.address != nil, case .whoSees = rule.audience {
                let isTheirs =
                    asker.isStranger
                    ? asker.name == "stranger-enterprise" && number == numbers.other
                    : number == numbers.own
                #expect(isRefused == !isTheirs, "\(place): \(status) to \(number)")
            } else if rule.address != nil {
                #expect(!isRefused, "\(place): \(status)")
            }
        }
    }

    private static func ask(
        _ method: HTTPRequest.Method, _ path: String, _ asker: Asker, _ browser: Browser
    ) async throws -> Browser.Answer {
        if method == .get { return try await browser.get(path, cookie: asker.session?.cookie) }
        // Signing out would end what the others need.
        let csrf = path == "/sign-out" || path.contains("/sessions/") ? "" : asker.session?.csrf ?? ""
        let body = Array("csrf=\(csrf)".utf8)
        return try await browser.send(
            path, method, asker.session?.cookie, ["Content-Type": "application/x-www-form-urlencoded"], body)
    }

    private static func isLetIn(_ asker: Asker, by audience: RouteTable.Audience) -> Bool {
        switch audience {
        case .everybody: true
        case .accounts: asker.role != nil
        case .may(let permissions): asker.role.map { !permissions.isDisjoint(with: $0.permissions) } ?? false
        case .whoSees: asker.role?.permissions.contains(.read) ?? false
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
