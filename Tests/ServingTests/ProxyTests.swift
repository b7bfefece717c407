import Foundation
import Testing

@Suite(
    "Behind nginx, by the configuration of docs/deploying.md",
    .enabled(if: Tool.nginx != nil, "nginx is not installed"))
struct ProxyTests {
    @Test("Visitors are known by their own address, come by HTTPS, and do not see what is for operators")
    func nginx() throws {
        let site = try ServedSite(
            "--secure", "--trust-proxy", "--allow-host", "zhiheng.example", "--log-format", "json",
            "--log-level", "info")
        let folder = try ServedSite.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try Tool.identity(in: folder, name: "zhiheng.example")
        // A port that was free a moment ago.
        let port = try ServedSite().port
        try configuration(port: port, site: site.port, pair, folder)
            .write(to: folder.appendingPathComponent("nginx.conf"), atomically: true, encoding: .utf8)
        let proxy = Process()
        proxy.executableURL = URL(fileURLWithPath: try #require(Tool.nginx))
        proxy.arguments = ["-p", folder.path, "-c", "nginx.conf", "-g", "daemon off;"]
        (proxy.standardOutput, proxy.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try proxy.run()
        defer { proxy.terminate() }
        func ask(_ path: String, _ fields: String = "") throws -> String {
            try Tool.run(
                Tool.openssl,
                [
                    "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", pair.certificate, "-servername",
                    "zhiheng.example", "-quiet",
                ],
                input:
                    "GET \(path) HTTP/1.1\r\nHost: zhiheng.example\r\nConnection: close\r\n\(fields)\r\n")
        }
        var page = ""
        for _ in 0..<20 where !page.contains("HTTP/1.1 200") {
            usleep(100_000)
            page = try ask("/sign-in", "X-Forwarded-For: 6.6.6.6\r\nX-Request-Id: forged-by-visitor\r\n")
        }
        #expect(page.contains("HTTP/1.1 200") && page.contains("__Host-zhiheng-form="), "\(page)")
        #expect(page.contains("Strict-Transport-Security"))
        #expect(try ask("/metrics").contains("HTTP/1.1 404"))
        // Who asks the site itself through a proxy's header is no neighbour of the machine either.
        #expect(try site.get("/metrics", "X-Forwarded-For: 127.0.0.1").hasPrefix("HTTP/1.1 421"))
        #expect(site.log.contains("\"address\":\"127.0.0.1\"") && !site.log.contains("6.6.6.6"))
        #expect(!site.log.contains("forged-by-visitor"))
    }

    /// The configuration of the page, with the places of this test.
    private func configuration(
        port: UInt16, site: UInt16, _ pair: (certificate: String, key: String), _ folder: URL
    ) throws -> String {
        let page = try String(
            contentsOf: ServedSite.root.appendingPathComponent("docs/deploying.md"), encoding: .utf8)
        let block = try #require(page.firstMatch(of: #/```nginx\n((?s:.*?))```/#)?.output.1)
        let server = String(block).replacing("listen 443 ssl", with: "listen 127.0.0.1:\(port) ssl")
            .replacing("127.0.0.1:8080", with: "127.0.0.1:\(site)")
            .replacing("/etc/ssl/zhiheng/chain.pem", with: pair.certificate)
            .replacing("/etc/ssl/zhiheng/key.pem", with: pair.key)
        let places = [
            "client_body_temp_path", "proxy_temp_path", "fastcgi_temp_path", "uwsgi_temp_path",
            "scgi_temp_path",
        ]
        .map { "\($0) \(folder.path)/\($0);" }.joined(separator: "\n")
        return """
            pid \(folder.path)/pid;
            error_log \(folder.path)/error.log;
            events {}
            http {
            access_log off;
            \(places)
            \(server)
            }
            """
    }
}
