import Foundation

/// A generator of numbers that gives the same row for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Makes requests that no browser sends. The same seed gives the same ones.
struct MalformedRequests {
    private var dice: SeededNumbers
    /// Of somebody who has signed in, so that requests get behind the door as well.
    private let cookie: String
    private let csrf: String

    init(seed: UInt64, cookie: String, csrf: String) {
        (dice, self.cookie, self.csrf) = (SeededNumbers(seed: seed), cookie, csrf)
    }

    /// What is sent, in the pieces it is sent in; between them a moment passes.
    struct Attempt {
        var sort: String
        var pieces: [[UInt8]]
    }

    private static let paths = [
        "/", "/desk", "/sign-in", "/rules", "/rules/hazard", "/verify", "/search", "/records/hazard",
        "/records/hazard/new", "/records/account", "/records/project", "/public/hazard/x", "/documents/x",
        "/health",
        "/ready", "/metrics", "/assets/x.css", "/files/x", "/records/hazard/ZG-330106-2026-00001",
        "/records/hazard/x/actions/notify", "/sign-in/code", "/figures", "/api/v1/records/hazard",
        "/open-data", "/complaints/new", "/account", "/admin", "/import/hazard",
    ]
    private static let names = [
        "q", "code", "sort", "page", "after", "limit", "columns", "state", "region", "lang", "returnTo",
        "csrf",
        "login", "password", "site", "found_on", "category", "description", "due_on", "recordVersion", "from",
        "to",
        "period", "measure", "by", "filter", "overdue", "photos", "view",
    ]
    private static let values = [
        "", "%", "%4", "%zz", "%00", "%C0%AF", "%FF%FE", "%ED%A0%80", "-1", "0", "99999999999999999999",
        "1e309", "NaN",
        "null", "true", "[]", "{}", "'", "\"", "%27%20OR%201=1--", "%3Cscript%3E", "../../etc/passwd",
        "..%2f..%2f",
        "%2e%2e%5c", "%E2%80%AE", "2026-13-45", "0000-00-00", "9999-12-31", "1%2C2%2C3", "a%3Db%26c", "=",
        "%F0%9F%92%A5", "%EF%BF%BF", "%D9%A1%D9%A2", "%7B%7Bt.title%7D%7D", "%24%7B7*7%7D",
        "%0d%0aSet-Cookie:x=1",
        String(repeating: "%E9%9A%90", count: 400), String(repeating: "(", count: 3_000),
        String(repeating: "a", count: 7_000), String(repeating: "*", count: 300),
    ]

    private mutating func one<T>(_ choices: [T]) -> T {
        choices[Int.random(in: 0..<choices.count, using: &dice)]
    }

    private mutating func bytes(_ range: Range<Int>) -> [UInt8] {
        (0..<Int.random(in: range, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
    }

    private mutating func pairs() -> String {
        (0..<Int.random(in: 1..<9, using: &dice)).map { _ in one(Self.names) + "=" + one(Self.values) }
            .joined(separator: one(["&", "&", "&", ";", "&&", "\u{0}"]))
    }

    /// A head with whoever is signed in, from an address of its own, so that no limit of number hides the rest.
    private mutating func head(_ line: String, _ fields: [String] = [], host: Bool = true) -> String {
        let address =
            "10.\(UInt8.random(in: 0...255, using: &dice)).\(UInt8.random(in: 0...255, using: &dice)).7"
        var all = host ? ["Host: localhost"] : []
        all += ["X-Forwarded-For: \(address)", "Cookie: \(cookie)"] + fields
        return line + "\r\n" + all.map { $0 + "\r\n" }.joined() + "\r\n"
    }

    mutating func next() -> Attempt {
        let sorts: [(String, (inout MalformedRequests) -> [[UInt8]])] = [
            ("query", { $0.query() }), ("query", { $0.query() }), ("path", { $0.path() }),
            ("path", { $0.path() }),
            ("form", { $0.form() }), ("form", { $0.form() }), ("form", { $0.form() }),
            ("multipart", { $0.multipart() }),
            ("multipart", { $0.multipart() }), ("header", { $0.header() }), ("cookie", { $0.cookies() }),
            ("method", { $0.method() }), ("version", { $0.version() }), ("length", { $0.length() }),
            ("chunks", { $0.chunks() }), ("pipeline", { $0.pipeline() }), ("noise", { $0.noise() }),
            ("slow", { $0.slow() }), ("json", { $0.json() }),
        ]
        let (sort, make) = one(sorts)
        return Attempt(sort: sort, pieces: make(&self))
    }

    private mutating func query() -> [[UInt8]] {
        [Array(head("GET \(one(Self.paths))?\(pairs()) HTTP/1.1", ["Connection: close"]).utf8)]
    }

    private mutating func path() -> [[UInt8]] {
        let tricks = [
            "/..", "/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/", "/%00", "/a%00b",
            "/%C0%AE%C0%AE/",
            "/%FF", "/%", "/%4", "//", "///evil.example", "/\\..\\", "/;x=y", "/./.", "/records/",
            "/records//",
            "/records/hazard/%2e%2e/new", "/assets/../templates/layout.mustache", "/assets/..%2fx",
            "/files/..%2f..%2fkeys",
            "/%E2%80%8B", "/%ED%A0%80", "/" + String(repeating: "../", count: 200),
            "/" + String(repeating: "a/", count: 900),
            "*", "http://evil.example/", "evil.example:80", "?", "#", "/#x", "/records/hazard\u{9}/new", "/ü",
        ]
        return [
            Array(head("GET \(one(Self.paths + tricks))\(one(tricks)) HTTP/1.1", ["Connection: close"]).utf8)
        ]
    }

    private mutating func form() -> [[UInt8]] {
        var body = Array((Bool.random(using: &dice) ? "csrf=\(csrf)&" : "").utf8) + Array(pairs().utf8)
        if Int.random(in: 0..<4, using: &dice) == 0 { body += bytes(0..<2_000) }
        let type = one([
            "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
            "text/plain",
            "application/json", "", "x", String(repeating: "y", count: 2_000),
        ])
        let head = head(
            "POST \(one(Self.paths)) HTTP/1.1",
            ["Connection: close", "Content-Type: \(type)", "Content-Length: \(body.count)"])
        return [Array(head.utf8) + body]
    }

    private mutating func multipart() -> [[UInt8]] {
        let limit = one(["a", "----x", "", String(repeating: "b", count: 100), "a\"b"])
        var body: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<6, using: &dice) {
            let name = one(Self.names)
            body += Array((one(["--", "-", "--"]) + limit + one(["\r\n", "\n", "", "\r\n"])).utf8)
            body += Array(
                one([
                    "Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n",
                    "Content-Disposition: form-data\r\n\r\n",
                    "Content-Disposition: form-data; name=\"\(name)\"; filename=\"../../x.png\"\r\nContent-Type: image/png\r\n\r\n",
                    "Content-Disposition: form-data; name=\"csrf\"\r\n\r\n\(csrf)", "\r\n\r\n", ": :\r\n\r\n",
                    "Content-Disposition: attachment; filename*=UTF-8''%FF\r\n\r\n",
                ]).utf8)
            body += one([
                bytes(0..<800), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Array("%PDF-1.7".utf8), [],
            ])
            body += Array(one(["\r\n", "\n", "", "\r\n"]).utf8)
        }
        body += Array(one(["--\(limit)--\r\n", "--\(limit)--", "--", ""]).utf8)
        let head = head(
            "POST \(one(Self.paths)) HTTP/1.1",
            [
                "Connection: close",
                "Content-Type: multipart/form-data\(one(["; boundary=\(limit)", "", "; boundary="]))",
                "Content-Length: \(body.count)",
            ])
        return [Array(head.utf8) + body]
    }

    private mutating func header() -> [[UInt8]] {
        let field = one([
            "X: " + String(repeating: "x", count: Int.random(in: 0..<40_000, using: &dice)), ": empty",
            "No colon at all",
            "Bad Name: x", "X\u{0}: y", "Accept-Language: \(one(Self.values))", "Host: evil.example",
            "Transfer-Encoding: chunked, identity", "Content-Encoding: gzip", "Expect: 100-continue",
            "Upgrade: websocket",
            "Range: bytes=0-,1-,2-", "If-None-Match: \"x", "Content-Length: 0\r\nContent-Length: 5",
            " folded: line",
            "X-Request-Id: \(one(Self.values))",
            "Sec-Fetch-Site: \(one(["cross-site", "", "none", "\u{1}"]))",
            "Origin: null", "Authorization: Bearer \(one(Self.values))",
            "User-Agent: " + String(repeating: "é", count: 500),
            (0..<150).map { "X-\($0): y" }.joined(separator: "\r\n"),
        ])
        return [Array(head("GET \(one(Self.paths)) HTTP/1.1", ["Connection: close", field]).utf8)]
    }

    private mutating func cookies() -> [[UInt8]] {
        let name = one(["zhiheng", "zhiheng-form", "__Host-zhiheng", "lang", "", "zhiheng=; zhiheng"])
        let field =
            "Cookie: \(name)=" + one(Self.values) + one(["", ";;;", "; ", "\t", "=\"", "; a=b; zhiheng=x"])
        let line =
            "GET \(one(Self.paths)) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(field)\r\n\r\n"
        return [Array(line.utf8)]
    }

    private mutating func method() -> [[UInt8]] {
        let method = one([
            "TRACE", "CONNECT", "OPTIONS", "PUT", "DELETE", "PATCH", "HEAD", "get", "PROPFIND", "G\u{0}T", "",
            "POST POST",
            String(repeating: "M", count: 3_000), "M-SEARCH", "PRI",
        ])
        return [Array(head("\(method) \(one(Self.paths)) HTTP/1.1", ["Connection: close"]).utf8)]
    }

    private mutating func version() -> [[UInt8]] {
        let version = one([
            "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1.1", "http/1.1", "HTTP/", "",
            "HTTPS/1.1",
            "RTSP/1.0", "HTTP/1.1 extra",
        ])
        let host = Bool.random(using: &dice)
        return [Array(head("GET \(one(Self.paths)) \(version)", ["Connection: close"], host: host).utf8)]
    }

    private mutating func length() -> [[UInt8]] {
        let length = one([
            "-1", "99999999999999999999999", "0x10", "1e3", " 5", "5 5", "", "5, 5", "+3", "４",
            "18446744073709551616",
            "9223372036854775807",
        ])
        let head = head(
            "POST \(one(Self.paths)) HTTP/1.1",
            [
                "Connection: close", "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: \(length)",
            ])
        return [Array((head + pairs()).utf8)]
    }

    private mutating func chunks() -> [[UInt8]] {
        let body = one([
            "zz\r\nabc\r\n0\r\n\r\n", "5\r\nab", "-5\r\nabcde\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\nx",
            "5;ext=\"\r\nabcde\r\n0\r\n\r\n",
            "0\r\n\r\n", "0\r\nTrailer: x\r\n\r\n", "5\nabcde\n0\n\n", "5\r\nabcdeXX0\r\n\r\n",
            "1\r\na\r\n" + "0\r\n\r\nGET /desk HTTP/1.1\r\n\r\n",
            "2\r\n%F\r\n2\r\nF=\r\n0\r\n\r\n",
        ])
        let fields =
            [
                "Connection: close", "Content-Type: application/x-www-form-urlencoded",
                "Transfer-Encoding: chunked",
            ] + one([[], ["Content-Length: 5"], ["Transfer-Encoding: identity"]])
        return [Array((head("POST \(one(Self.paths)) HTTP/1.1", fields) + body).utf8)]
    }

    private mutating func pipeline() -> [[UInt8]] {
        var all = ""
        for _ in 0..<Int.random(in: 2..<8, using: &dice) {
            all += head("GET \(one(Self.paths))?\(pairs()) HTTP/1.1")
        }
        return [
            Array((all + one(["", "GET", "\r\n\r\n", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"])).utf8)
        ]
    }

    private mutating func noise() -> [[UInt8]] {
        [bytes(1..<3_000)] + (Bool.random(using: &dice) ? [bytes(1..<100)] : [])
    }

    private mutating func slow() -> [[UInt8]] {
        let body = "csrf=\(csrf)&\(pairs())"
        let head = head(
            "POST \(one(Self.paths)) HTTP/1.1",
            [
                "Connection: close", "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: \(body.utf8.count + Int.random(in: 0..<3, using: &dice))",
            ])
        let bytes = Array((head + body).utf8)
        let cut = Int.random(in: 1..<bytes.count, using: &dice)
        return [Array(bytes[..<cut]), Array(bytes[cut...])]
    }

    private mutating func json() -> [[UInt8]] {
        let body = one([
            "{", "[[[[[[", String(repeating: "[", count: 5_000), "{\"a\":1e400}", "\"\\ud800\"", "nul",
            "{\"a\":1,\"a\":2}",
            "{\"values\":{\"site\":{}}}", "[1,2,3]", "\u{FEFF}{}",
        ])
        let head = head(
            "\(one(["POST", "PUT", "PATCH"])) \(one(Self.paths)) HTTP/1.1",
            [
                "Connection: close", "Content-Type: application/json", "Content-Length: \(body.utf8.count)",
                "Idempotency-Key: \(one(Self.values))", "If-Match: \(one(Self.values))",
            ])
        return [Array((head + body).utf8)]
    }
}
