import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("What every answer says to browsers")
struct SecurityHeaderTests {
    private static let paths = [
        "/", "/sign-in", "/desk", "/records/hazard", "/rules", "/verify", "/nowhere", "/health", "/ready",
        "/metrics",
        "/assets/nothing.css", "/records/%FF", "/files/x",
    ]

    @Test("Policy, type, referrer, frames, permissions, isolation; by HTTPS also to stay with it")
    func everyAnswer() async throws {
        let test = try SiteTest { $0.isSecure = true }
        try await test.run { browser in
            for path in Self.paths {
                let answer = try await browser.get(path)
                func field(_ name: String) -> String {
                    HTTPField.Name(name).flatMap { answer.headers[$0] } ?? ""
                }
                #expect(field("Content-Security-Policy").contains("default-src 'none'"), "\(path)")
                #expect(field("Content-Security-Policy").contains("base-uri 'none'"), "\(path)")
                #expect(field("X-Content-Type-Options") == "nosniff", "\(path)")
                #expect(field("X-Frame-Options") == "DENY", "\(path)")
                #expect(field("Referrer-Policy") == "same-origin", "\(path)")
                #expect(field("Permissions-Policy").contains("microphone=()"), "\(path)")
                #expect(field("Cross-Origin-Opener-Policy") == "same-origin", "\(path)")
                #expect(field("Cross-Origin-Resource-Policy") == "same-origin", "\(path)")
                #expect(field("Cross-Origin-Embedder-Policy") == "require-corp", "\(path)")
                #expect(field("Strict-Transport-Security").hasPrefix("max-age=31536000"), "\(path)")
                #expect(field("Content-Type").contains("charset=utf-8") || answer.text.isEmpty, "\(path)")
                for cookie in answer.headers[values: .setCookie] {
                    #expect(
                        cookie.hasPrefix("__Host-") && cookie.contains("; Secure")
                            && cookie.contains("; Path=/"))
                    #expect(
                        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=")
                            && !cookie.contains("Domain"))
                }
            }
        }
    }

    @Test("Pages are not kept; files whose address changes with their content are")
    func caching() async throws {
        let test = try SiteTest()
        try test.account("wang", "inspector")
        let session = try test.session("wang")
        let style = try #require(test.site.renderer.assets.addresses["style"])
        try await test.run { browser in
            for path in Self.paths {
                let answer = try await browser.get(path, cookie: session.cookie)
                #expect(answer.headers[.cacheControl] == "no-store", "\(path)")
            }
            let answer = try await browser.get(style)
            #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
        }
    }

    @Test("Nothing of the program, and no other origin is let in")
    func silence() async throws {
        let test = try SiteTest()
        try await test.run { browser in
            for path in Self.paths {
                let answer = try await browser.send(
                    path, .get, nil,
                    ["Origin": "https://evil.example", "Access-Control-Request-Method": "GET"], nil)
                #expect(answer.headers[.server] == nil, "\(path)")
                #expect(
                    !answer.headers.contains { $0.name.rawName.lowercased().hasPrefix("access-control") },
                    "\(path)")
                #expect(
                    !answer.headers.contains {
                        $0.value.contains("Hummingbird") || $0.value.contains("Swift")
                    })
            }
        }
    }
}
