import Foundation
import Testing

@Suite("Requests that no browser sends")
struct MalformedTests {
    /// How many: `ZHIHENG_MALFORMED`, else 1,000. `Tests/Faults/malformed-requests` sends ten thousand.
    private static let count =
        ProcessInfo.processInfo.environment["ZHIHENG_MALFORMED"].flatMap { Int($0) } ?? 1_000

    @Test("are answered or cut off: no crash, no internal error, no memory lost")
    func malformed() throws {
        // Proxies are trusted so that every request may come from an address of its own.
        let site = try ServedSite("--trust-proxy", "--idle-timeout", "2", "--body-timeout", "3")
        let (cookie, csrf) = try signIn(site)
        var requests = MalformedRequests(seed: 20_260_321, cookie: cookie, csrf: csrf)
        var statuses: [Int: Int] = [:]
        var warm = 0
        for index in 0..<Self.count {
            let attempt = requests.next()
            let answer = send(attempt, to: site)
            for status in answer.matches(of: #/HTTP/1\.[01] (\d{3})/#).compactMap({ Int($0.output.1) }) {
                statuses[status, default: 0] += 1
                #expect(
                    status < 500,
                    "\(index) \(attempt.sort): \(status) to \(String(decoding: attempt.pieces.joined(), as: UTF8.self).prefix(600))"
                )
            }
            if answer.isEmpty { statuses[0, default: 0] += 1 }
            guard site.isRunning else {
                Issue.record(
                    "the program ended at \(index), \(attempt.sort): \(String(decoding: attempt.pieces.joined(), as: UTF8.self).prefix(600))"
                )
                return
            }
            // The first few hundred fill what is kept for good: compiled expressions, pages, pools.
            if index == min(500, Self.count / 2) { warm = site.memory }
        }
        #expect(try site.get("/health").hasSuffix("ok\n"))
        #expect(try site.get("/records/hazard", "Cookie: \(cookie)").hasPrefix("HTTP/1.1 200"))
        let grown = site.memory - warm
        #expect(grown < 48 << 20, "grown by \(grown >> 20) MiB since the first hundreds")
        #expect(!site.log.contains("unexpected"), "\(site.log.suffix(2_000))")
        let told = statuses.sorted { $0.key < $1.key }.map {
            "\($0.key == 0 ? "closed" : "\($0.key)"): \($0.value)"
        }
        print(
            "\(Self.count) malformed requests; \(told.joined(separator: ", ")); memory \(warm >> 20) MiB, then \(site.memory >> 20) MiB"
        )
    }

    private func send(_ attempt: MalformedRequests.Attempt, to site: ServedSite) -> String {
        guard let connection = try? site.connection(patience: 5) else { return "" }
        for (index, piece) in attempt.pieces.enumerated() {
            if index > 0 { usleep(20_000) }
            guard connection.send(piece) else { break }
        }
        // What is cut short is told to be at its end, so that nobody waits for the rest.
        connection.finish()
        return String(decoding: connection.readToEnd(), as: UTF8.self)
    }

    private func signIn(_ site: ServedSite) throws -> (cookie: String, csrf: String) {
        let page = try site.get("/sign-in")
        let form = try #require(page.firstMatch(of: #/zhiheng-form=([0-9a-f]+)/#)?.output.1)
        let body = "csrf=\(form)&login=wang.li&password=\(ServedSite.password.replacing(" ", with: "+"))"
        let answer = try site.ask(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: zhiheng-form=\(form)\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        let token = try #require(answer.firstMatch(of: #/zhiheng=([A-Za-z0-9_-]+);/#)?.output.1, "\(answer)")
        let desk = try site.get("/desk", "Cookie: zhiheng=\(token)")
        let csrf = try #require(desk.firstMatch(of: #/name="csrf" value="([^"]+)"/#)?.output.1)
        return ("zhiheng=\(token)", String(csrf))
    }
}
