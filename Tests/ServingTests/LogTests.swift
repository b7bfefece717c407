import Foundation
import Testing

@Suite("What the log tells of requests")
struct LogTests {
    @Test("One JSON object for each: who, what and how long, and nothing that somebody entered")
    func lines() throws {
        let site = try ServedSite("--log-format", "json", "--log-level", "info", "--trust-proxy")
        let answer = try site.get(
            "/verify?code=a-secret-code", "X-Request-Id: from-the-proxy-1",
            "X-Forwarded-For: 6.6.6.6, 192.0.2.7")
        #expect(answer.lowercased().contains("x-request-id: from-the-proxy-1"))
        _ = try site.get("/search?q=a-secret-word", "X-Request-Id: bad id {}", "X-Forwarded-For: a\tb")
        let lines = try site.log.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }.filter { $0["message"] as? String == "request" }
        let first = try #require(lines.first)
        #expect(first["request"] as? String == "from-the-proxy-1")
        #expect(first["address"] as? String == "192.0.2.7")
        #expect(first["route"] as? String == "/verify" && first["path"] as? String == "/verify")
        #expect(first["status"] as? Int == 200 && first["microseconds"] is Int)
        #expect((lines.last?["request"] as? String)?.contains("bad") == false)
        #expect(!site.log.contains("a-secret"))
    }

    @Test("A file that was moved away is opened anew at SIGHUP")
    func rotation() throws {
        let site = try ServedSite("--log-level", "info")
        let log = site.folder.appendingPathComponent("log")
        try FileManager.default.moveItem(at: log, to: log.appendingPathExtension("1"))
        site.signal(SIGHUP)
        usleep(300_000)
        _ = try site.get("/health")
        #expect(site.log.contains("renewed") && site.log.contains("path=/health"))
        let mode = try FileManager.default.attributesOfItem(atPath: log.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
