import Foundation
import Testing

@Suite("Starting and stopping")
struct StoppingTests {
    @Test("At SIGTERM what is under way is finished, and then the program ends")
    func underWay() throws {
        let site = try ServedSite()
        let form = "csrf=x&login=wang.li&password=whatever-it-is"
        let connection = try site.connection()
        connection.send(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: \(form.utf8.count)\r\n\r\n" + form.prefix(10))
        usleep(300_000)
        let idle = try site.connection()
        idle.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(idle.readAnswer().hasSuffix("ok\n"))
        site.signal(SIGTERM)
        usleep(500_000)
        #expect(site.isRunning, "it waits for the form")
        #expect(idle.isClosed, "a connection without a request is closed")
        #expect(throws: RawConnection.Refused.self) { try site.connection() }
        connection.send(String(form.dropFirst(10)))
        let answer = connection.readAnswer()
        #expect(answer.hasPrefix("HTTP/1.1 403"), "\(answer.prefix(80))")
        #expect(answer.contains("WEB-0107"))
        #expect(site.end(within: 10) == 0)
    }

    @Test("While it drains it answers, and says that it is not ready for more")
    func draining() throws {
        let site = try ServedSite("--drain", "2")
        #expect(try site.get("/ready").contains("\r\n\r\nready\n"))
        site.signal(SIGTERM)
        usleep(300_000)
        #expect(try site.get("/ready").hasPrefix("HTTP/1.1 503"))
        #expect(try site.get("/health").hasPrefix("HTTP/1.1 200"))
        #expect(try site.get("/rules").hasPrefix("HTTP/1.1 200"))
        #expect(site.end(within: 10) == 0)
    }

    @Test("A port that is taken is told in words")
    func taken() throws {
        let site = try ServedSite()
        let second = try ServedSite.command(["serve", "--port", "\(site.port)"], site.folder, mayFail: true)
        #expect(second.code == 3)
        #expect(second.text.contains("Port \(site.port) of 127.0.0.1 is taken by another program"))
    }

    @Test(
        "Options that cannot be are refused",
        arguments: [
            ["--certificate", "x.pem"], ["--certificate", "x.pem", "--key", "y.pem"],
            ["--log-level", "loud"],
            ["--max-connections", "1"], ["--metrics-token", "short"], ["--log-file", "/nowhere/at/all"],
        ])
    func options(arguments: [String]) throws {
        let folder = try ServedSite.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let answer = try ServedSite.command(["serve", "--port", "0"] + arguments, folder, mayFail: true)
        #expect(answer.code != 0)
    }
}
