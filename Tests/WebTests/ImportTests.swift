import Expressions
import Foundation
import HTTPTypes
import Office
import Records
import Storage
import Testing

@testable import Web

@Suite("Importing: checked first, taken in as it was checked")
struct ImportTests {
    private static let header = "code,name,type,level,region"

    private static func rows(_ count: Int, region: String = "330106", from: Int = 1) -> String {
        (from..<(from + count)).map { "JG-\($0),监督站\($0),joint-station,county,\(region)" }.joined(
            separator: "\n")
    }

    private static func table(_ rows: String) -> [UInt8] { Array((header + "\n" + rows + "\n").utf8) }

    /// Sends a file and waits until it is checked; the address of its job.
    private static func upload(
        _ bytes: [UInt8], _ test: SiteTest, _ browser: Browser, _ session: (cookie: String, csrf: String)
    ) async throws -> String {
        let answer = try await browser.post(
            "/records/office/import", [("csrf", session.csrf), ("map", "")],
            file: (name: "file", bytes: bytes), cookie: session.cookie)
        #expect(answer.status == 303, "\(answer.status)")
        await test.site.machine.jobs.settle()
        return answer.location
    }

    private static func offices(_ test: SiteTest) throws -> Int {
        let kind = try #require(test.office.rulebook.kind("office"))
        return try test.office.store.read { try $0.count(RecordQuery(), of: kind) }
    }

    @Test("A good file is shown, confirmed, imported, and told with its ledger entry")
    func loop() async throws {
        let test = try SiteTest()
        try test.account("zhao", "county-officer")
        let zhao = try test.session("zhao")
        try await test.run { browser in
            #expect(
                try await browser.get("/records/office", cookie: zhao.cookie).text.contains(
                    "/records/office/import"))
            let job = try await Self.upload(Self.table(Self.rows(3)), test, browser, zhao)
            let preview = try await browser.get(job, cookie: zhao.cookie)
            #expect(preview.status == 200 && preview.text.contains("导入 3 条"))
            #expect(preview.text.contains("监督站1"))
            #expect(try Self.offices(test) == 0)
            let confirmed = try await browser.post(
                job + "/confirm", [("csrf", zhao.csrf), ("mode", "all")], cookie: zhao.cookie)
            #expect(confirmed.status == 303)
            await test.site.machine.jobs.settle()
            let result = try await browser.get(confirmed.location, cookie: zhao.cookie)
            #expect(result.text.contains("导入完成") && result.text.contains("第 1 次导入"))
            #expect(try Self.offices(test) == 3)
            let again = try await browser.get(job, cookie: zhao.cookie)
            #expect(again.text.contains("这个文件已经确认导入") && !again.text.contains("name=\"mode\""))
        }
    }

    @Test("Confirmed twenty times at once, a file is imported once, and by nobody else")
    func concurrentConfirm() async throws {
        let test = try SiteTest()
        try test.account("zhao", "county-officer")
        try test.account("qian", "county-officer")
        let (zhao, qian) = (try test.session("zhao"), try test.session("qian"))
        try await test.run { browser in
            let job = try await Self.upload(Self.table(Self.rows(5)), test, browser, zhao)
            #expect(try await browser.get(job, cookie: qian.cookie).status == 404)
            let foreign = try await browser.post(
                job + "/confirm", [("csrf", qian.csrf), ("mode", "all")], cookie: qian.cookie)
            #expect(foreign.status == 404)
            let places = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await browser.post(
                            job + "/confirm", [("csrf", zhao.csrf), ("mode", "all")], cookie: zhao.cookie
                        ).location
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            await test.site.machine.jobs.settle()
            #expect(places.count == 1 && places.first?.hasPrefix("/jobs/") == true)
            #expect(try Self.offices(test) == 5)
        }
    }

    @Test(
        "Bad rows are told by row, column, value and reason; the good ones can be taken, the others had as a file"
    )
    func badRows() async throws {
        let test = try SiteTest()
        try test.account("zhao", "county-officer")
        let zhao = try test.session("zhao")
        let rows =
            Self.rows(2) + "\nJG-3,邻区的站,joint-station,county,330108"
            + "\nJG-4,四站,no-such-type,county,330106\nJG-1,重复的站,joint-station,county,330106"
        try await test.run { browser in
            let job = try await Self.upload(Self.table(rows), test, browser, zhao)
            let preview = try await browser.get(job, cookie: zhao.cookie)
            #expect(preview.text.contains("ZH-0107") && preview.text.contains("FV-0401"))
            #expect(preview.text.contains("no-such-type") && preview.text.contains("ZH-0116"))
            #expect(!preview.text.contains("value=\"all\"") && preview.text.contains("value=\"skip\""))
            let file = try await browser.get(job + "/refused.csv", cookie: zhao.cookie)
            #expect(file.text.hasPrefix(Self.header) && file.text.contains("邻区的站"))
            #expect(file.text.split(separator: "\n").count == 4)
            let all = try await browser.post(
                job + "/confirm", [("csrf", zhao.csrf), ("mode", "all")], cookie: zhao.cookie)
            #expect(all.status == 400)
            let skip = try await browser.post(
                job + "/confirm", [("csrf", zhao.csrf), ("mode", "skip")], cookie: zhao.cookie)
            await test.site.machine.jobs.settle()
            let result = try await browser.get(skip.location, cookie: zhao.cookie)
            #expect(result.text.contains("导入完成"))
            #expect(try Self.offices(test) == 2)
        }
    }

    @Test("The process may end between check and confirmation; a changed file is not taken")
    func restart() async throws {
        let test = try SiteTest()
        try test.account("zhao", "county-officer")
        let zhao = try test.session("zhao")
        let addresses = Addresses()
        try await test.run { browser in
            for number in [1, 11] {
                await addresses.add(
                    try await Self.upload(
                        Self.table(Self.rows(2, from: number)), test, browser, zhao))
            }
        }
        // Another process over the same folder: what was checked is still there.
        let next = try test.restarted()
        try next.site.recover()
        let jobs = await addresses.all
        let uploads = try FileManager.default.contentsOfDirectory(
            atPath: test.folder.appendingPathComponent("uploads").path)
        #expect(uploads.count == 2)
        for name in uploads {
            let file = test.folder.appendingPathComponent("uploads").appendingPathComponent(name)
            let text = try String(contentsOf: file, encoding: .utf8)
            if text.contains("JG-11") {
                try Data((text + "JG-99,x,joint-station,county,330106\n").utf8).write(to: file)
            }
        }
        try await next.run { browser in
            let good = try await browser.post(
                jobs[0] + "/confirm", [("csrf", zhao.csrf), ("mode", "all")], cookie: zhao.cookie)
            let changed = try await browser.post(
                jobs[1] + "/confirm", [("csrf", zhao.csrf), ("mode", "all")], cookie: zhao.cookie)
            await next.site.machine.jobs.settle()
            #expect(try await browser.get(good.location, cookie: zhao.cookie).text.contains("导入完成"))
            let refused = try await browser.get(changed.location, cookie: zhao.cookie)
            #expect(refused.text.contains("ZH-0144"))
            #expect(try Self.offices(next) == 2)
        }
    }

    @Test("A job that the end of the process broke off is told so, and what nobody waits for is removed")
    func recovery() async throws {
        let test = try SiteTest()
        try test.account("zhao", "county-officer")
        let zhao = try test.session("zhao")
        let actor = Actor(
            login: "zhao", name: "zhao", role: "county-officer", region: "330106000000",
            permissions: [.import])
        let job = try JobDesk(test.office).begin(.importCheck, subject: "x.csv", request: "", by: actor)
        let uploads = test.folder.appendingPathComponent("uploads")
        try FileManager.default.createDirectory(at: uploads, withIntermediateDirectories: true)
        try Data("left".utf8).write(to: uploads.appendingPathComponent("0a1b"))
        try test.site.recover()
        #expect(try FileManager.default.contentsOfDirectory(atPath: uploads.path).isEmpty)
        try await test.run { browser in
            let page = try await browser.get("/jobs/\(job.id)", cookie: zhao.cookie)
            #expect(page.text.contains("已中断") && !page.text.contains("http-equiv"))
        }
    }

    @Test("Whatever is sent as a file, the answer is a page or a job that says what is wrong")
    func garbage() async throws {
        let test = try SiteTest()
        try test.account("zhao", "county-officer")
        let zhao = try test.session("zhao")
        let gbk: [UInt8] =
            Array("code,name,type,level,region\nJG-1,".utf8) + [0xBC, 0xE0, 0xB6, 0xBD, 0xD5, 0xBE]
            + Array(",joint-station,county,330106\n".utf8)
        let cases: [(name: String, bytes: [UInt8], wanted: String)] = [
            ("GBK", gbk, "监督站"), ("BOM", [0xEF, 0xBB, 0xBF] + Self.table(Self.rows(1)), "导入 1 条"),
            (
                "a quote that is never closed", Self.table("JG-1,\"监督站,joint-station,county,330106"),
                "EXCHANGE"
            ),
            ("columns unknown", Array("code,nonsense\n1,2\n".utf8), "nonsense"),
            ("columns missing", Array("code\n1\n".utf8), "name"),
            ("a column twice", Array("code,code\n1,2\n".utf8), "code"),
            ("a workbook", [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 300), "没有办成"),
            ("noise", (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 7_919 >> 3) }, "没有办成"),
            ("no rows", Array((Self.header + "\n").utf8), "可以登记"),
        ]
        try await test.run { browser in
            for one in cases {
                let job = try await Self.upload(one.bytes, test, browser, zhao)
                let page = try await browser.get(job, cookie: zhao.cookie)
                #expect(page.status == 200 && page.text.contains(one.wanted), "\(one.name)")
                let discard = try await browser.post(
                    job + "/discard", [("csrf", zhao.csrf)], cookie: zhao.cookie)
                #expect(discard.status == 303, "\(one.name)")
            }
            let empty = try await browser.post(
                "/records/office/import", [("csrf", zhao.csrf)], file: (name: "file", bytes: []),
                cookie: zhao.cookie)
            #expect(empty.status == 422 && empty.text.contains("WEB-0133"))
            let token = try await browser.post(
                "/records/office/import", [("csrf", "other")],
                file: (name: "file", bytes: Self.table(Self.rows(1))), cookie: zhao.cookie)
            #expect(token.status == 403 && token.text.contains("WEB-0107"))
            for (body, type) in [
                ("--limit\r\n", "multipart/form-data; boundary=limit"),
                ("nothing", "multipart/form-data; boundary=limit"), ("csrf=1", "text/plain"),
                ("--limit--", "multipart/form-data; boundary=limit"),
                (
                    "--limit\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n\(zhao.csrf)\r\n--limit\r\n"
                        + "Content-Disposition: form-data; name=\"file\"; filename=\"../../x.csv\"\r\n\r\nhalf",
                    "multipart/form-data; boundary=limit"
                ),
            ] {
                let answer = try await browser.send(
                    "/records/office/import", .post, zhao.cookie, ["Content-Type": type], Array(body.utf8))
                #expect([400, 403, 415].contains(answer.status), "\(body.prefix(20)): \(answer.status)")
            }
            for path in [
                "/jobs/0", "/jobs/-1", "/jobs/x", "/jobs/99999999999999999999", "/jobs/1/refused.csv",
            ] {
                #expect(try await browser.get(path, cookie: zhao.cookie).status == 404, "\(path)")
            }
        }
        try ImportDesk(test.office, workspace: Workspace(folder: test.folder)).tidy()
        let left = try FileManager.default.contentsOfDirectory(
            atPath: test.folder.appendingPathComponent("uploads").path)
        #expect(left == [])
        #expect(try Self.offices(test) == 0)
    }

    @Test(
        "Fifty megabytes are received piece by piece; more than the limit is not taken and nothing of it kept"
    )
    func large() async throws {
        let test = try SiteTest(settings: .init(largestImport: 60 << 20))
        try test.account("zhao", "county-officer")
        let zhao = try test.session("zhao")
        let line = Array("JG-1,监督站,joint-station,county,330106,".utf8)
        var bytes = Array("code,name,type,level,region,nonsense\n".utf8)
        while bytes.count < 50 << 20 {
            bytes += line + [UInt8](repeating: UInt8(ascii: "x"), count: 4_000) + [0x0A]
        }
        let file = bytes
        try await test.run { browser in
            let job = try await Self.upload(file, test, browser, zhao)
            #expect(try await browser.get(job, cookie: zhao.cookie).text.contains("nonsense"))
            let answer = try await browser.post(
                "/records/office/import", [("csrf", zhao.csrf)],
                file: (name: "file", bytes: file + file.prefix(12 << 20)), cookie: zhao.cookie)
            #expect(answer.status == 413 && answer.text.contains("WEB-0106"))
        }
        let left = try FileManager.default.contentsOfDirectory(
            atPath: test.folder.appendingPathComponent("uploads").path)
        #expect(left == [])
    }

    @Test("While an import keeps the door to itself, pages are shown and forms told to come again")
    func busy() async throws {
        let test = try SiteTest()
        try test.account("zhao", "county-officer")
        let zhao = try test.session("zhao")
        let gate = Gate()
        let actor = Actor(
            login: "zhao", name: "zhao", role: "county-officer", region: "330106000000",
            permissions: [.import])
        let job = try JobDesk(test.office).begin(.import, subject: "x.csv", request: "", by: actor)
        test.site.machine.jobs.begin(job) { _, _ in
            gate.wait()
            return "{}"
        }
        try await test.run { browser in
            while !test.site.machine.jobs.holdsDoor { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await browser.get("/desk", cookie: zhao.cookie).status == 200)
            #expect(try await browser.get("/jobs/\(job.id)", cookie: zhao.cookie).text.contains("http-equiv"))
            let answer = try await browser.post(
                "/records/office/new", [("csrf", zhao.csrf)], cookie: zhao.cookie)
            #expect(answer.status == 503 && answer.text.contains("WEB-0132"))
            #expect(answer.headers[.retryAfter] == "10")
            gate.open()
            await test.site.machine.jobs.settle()
            let after = try await browser.post(
                "/records/office/new", [("csrf", zhao.csrf)], cookie: zhao.cookie)
            #expect(after.status == 422)
        }
    }

    @Test("A form with a file is read alike however it is cut into pieces")
    func pieces() throws {
        let body = Array(
            ("--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nx\r\n--\r\n-b\r\n--b--\r\n")
                .utf8)
        for size in 1...40 {
            var stream = MultipartStream(boundary: "b")
            var parts: [(String, String?, [UInt8])] = []
            var place = 0
            while place < body.count {
                for event in try stream.take(body[place..<min(place + size, body.count)]) {
                    switch event {
                    case .part(let name, let file): parts.append((name, file, []))
                    case .data(let bytes): parts[parts.count - 1].2 += bytes
                    case .end: break
                    }
                }
                place += size
            }
            #expect(stream.isDone && parts.map(\.0) == ["csrf", "empty", "file"], "\(size)")
            #expect(parts.map(\.1) == [nil, nil, "a.csv"], "\(size)")
            #expect(
                parts.map { String(decoding: $0.2, as: UTF8.self) } == ["abc", "", "x\r\n--\r\n-b"], "\(size)"
            )
        }
    }
}

/// Gathers addresses across tasks.
private actor Addresses {
    private(set) var all: [String] = []

    func add(_ address: String) { all.append(address) }
}

/// Keeps a thread waiting until it is opened.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func wait() { semaphore.wait() }

    func open() { semaphore.signal() }
}
