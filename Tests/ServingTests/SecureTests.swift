import Foundation
import Testing

@Suite("By HTTPS, without a proxy", .enabled(if: Tool.openssl != nil, "openssl is not installed"))
struct SecureTests {
    @Test("The site serves TLS 1.2 and 1.3, nothing older and nothing plain; cookies are bound to it")
    func versions() throws {
        let folder = try ServedSite.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try Tool.identity(in: folder, name: "first.example")
        let site = try ServedSite("--certificate", pair.certificate, "--key", pair.key)
        for version in ["-tls1_2", "-tls1_3"] {
            let answer = try Tool.ask(site.port, "/sign-in", trusting: pair.certificate, [version])
            #expect(answer.contains("HTTP/1.1 200"), "\(version): \(answer)")
            #expect(answer.contains("Strict-Transport-Security: max-age=31536000"))
            #expect(answer.contains("Set-Cookie: __Host-zhiheng-form=") && answer.contains("; Secure"))
        }
        let old = try Tool.ask(site.port, "/health", trusting: pair.certificate, ["-tls1_1"])
        #expect(!old.contains("HTTP/1.1"))
        #expect(!(try site.get("/health")).contains("200"))
    }

    @Test("At SIGHUP a renewed certificate is shown; one that cannot be read is not")
    func renewal() throws {
        let folder = try ServedSite.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let pair = try Tool.identity(in: folder, name: "first.example")
        let trusted = folder.appendingPathComponent("trusted.pem").path
        try FileManager.default.copyItem(atPath: pair.certificate, toPath: trusted)
        let site = try ServedSite("--certificate", pair.certificate, "--key", pair.key)
        func shown() throws -> String {
            try Tool.ask(site.port, "/health", trusting: trusted, ["-servername", "x"], quiet: false)
        }
        #expect(try shown().contains("first.example"))
        try Tool.identity(in: folder, name: "second.example")
        site.signal(SIGHUP)
        usleep(500_000)
        #expect(try shown().contains("second.example"))
        try "nonsense".write(toFile: pair.certificate, atomically: true, encoding: .utf8)
        site.signal(SIGHUP)
        usleep(500_000)
        #expect(try shown().contains("second.example"))
        #expect(site.log.contains("not renewed"))
    }
}

/// Programs of the system that tests use where they are installed.
enum Tool {
    static let openssl = path("openssl")
    static let nginx = path("nginx")

    private static func path(_ name: String) -> String? {
        ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    @discardableResult
    static func run(_ program: String?, _ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(program))
        process.arguments = arguments
        let (said, typed) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError, process.standardInput) = (said, said, typed)
        try process.run()
        typed.fileHandleForWriting.write(Data(input.utf8))
        // The other side may need a moment to answer before it is told that nothing more comes.
        if !input.isEmpty { usleep(700_000) }
        try? typed.fileHandleForWriting.close()
        let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }

    /// A certificate that signs itself, and its key.
    @discardableResult
    static func identity(in folder: URL, name: String) throws -> (certificate: String, key: String) {
        let (certificate, key) = (
            folder.appendingPathComponent("certificate.pem").path,
            folder.appendingPathComponent("key.pem").path
        )
        try run(
            openssl,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name),DNS:localhost", "-keyout", key,
                "-out",
                certificate,
            ])
        return (certificate, key)
    }

    static func ask(
        _ port: UInt16, _ path: String, trusting certificate: String, _ options: [String], quiet: Bool = true
    ) throws -> String {
        try run(
            openssl,
            ["s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", certificate] + (quiet ? ["-quiet"] : [])
                + options,
            input: "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }
}
