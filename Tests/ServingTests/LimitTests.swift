import Foundation
import Testing

@Suite("Nobody keeps others out")
struct LimitTests {
    @Test("A header that is too large or has too many fields is refused, and the connection closed")
    func headers() throws {
        let site = try ServedSite()
        for more in [
            "X-Long: " + String(repeating: "x", count: 20 << 10),
            (0..<200).map { "X-\($0): y" }.joined(separator: "\r\n"),
        ] {
            let answer = try site.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\(more)\r\n\r\n")
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer.prefix(60))")
        }
        let address = "/" + String(repeating: "a", count: 100 << 10)
        let answer = try site.ask("GET \(address) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
        #expect(try site.get("/health").hasPrefix("HTTP/1.1 200"))
    }

    @Test("A body that announces too much is refused before it is read; one that becomes too much is cut off")
    func bodies() throws {
        let site = try ServedSite()
        let announced = try site.connection()
        announced.send(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 99999999999\r\n\r\n")
        let answer = announced.readAnswer()
        #expect(answer.hasPrefix("HTTP/1.1 413") && answer.contains("WEB-0106"), "\(answer.prefix(80))")
        let growing = try site.connection()
        growing.send(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n")
        let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 0x61, count: 1 << 20) + Array("\r\n".utf8)
        var sent = 0
        while sent < 64, growing.send(chunk) { sent += 1 }
        #expect(sent < 64, "64 MiB were taken")
        #expect(try site.get("/health").hasPrefix("HTTP/1.1 200"))
    }

    @Test("Who sends a header or a body drop by drop is cut off; so is who sends nothing")
    func slow() throws {
        let site = try ServedSite("--idle-timeout", "1", "--body-timeout", "2")
        let silent = try site.connection()
        let header = try site.connection()
        let body = try site.connection()
        body.send(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 1000\r\n\r\n")
        header.send("GET / HTTP/1.1\r\nHost: localhost\r\n")
        for _ in 0..<20 {
            header.send("X-More: 1\r\n")
            body.send("a")
            usleep(200_000)
        }
        for (connection, name) in [(silent, "silent"), (header, "header"), (body, "body")] {
            _ = connection.readToEnd()
            #expect(connection.isClosed, "\(name)")
        }
        #expect(try site.get("/health").hasPrefix("HTTP/1.1 200"))
    }

    @Test("More connections than are allowed wait until others end")
    func connections() throws {
        let site = try ServedSite("--max-connections", "16")
        var held = try (0..<16).map { _ in try site.connection() }
        for connection in held {
            connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(connection.readAnswer().hasSuffix("ok\n"))
        }
        let late = try site.connection(patience: 0.5)
        late.send("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(late.readAnswer().isEmpty)
        held.removeAll()
        usleep(300_000)
        #expect(late.readAnswer().hasSuffix("ok\n"))
    }
}
