import Expressions
import Foundation
import Ledger
import Office
import Records
import Rulebooks
import Storage
import Testing

@testable import Web

@Suite("Papers: who gets them, what they say, and what their code proves")
struct PaperTests {
    private static let address = "https://zhiheng.example"

    /// A site with a key, and a hazard whose rectification notice was issued.
    private static func issued() throws -> (test: SiteTest, number: String, hazard: Record, key: SigningKey) {
        let key = try SigningKey(name: "zhiheng.example/test", seed: Array(0..<32))
        let test = try SiteTest(papers: { folder in
            var settings = PaperSettings(
                key: key, folder: folder.appendingPathComponent("papers"), publicAddress: address)
            // A busy machine takes its time with the first paper.
            settings.programs = ChildPrograms(seconds: 300)
            return settings
        })
        let hazard = try test.hazard(at: test.project())
        let due = try #require(CivilDate("2026-03-06"))
        try Registrar(test.office).perform(
            Action(.move("notify"), kind: "hazard", record: hazard.id, values: ["due_on": .date(due)]),
            by: SiteTest.anybody)
        let document = try #require(
            test.office.store.read { try $0.documents(kind: "hazard", record: hazard.id) }.first)
        return (test, document.number, hazard, key)
    }

    private static func sheet(_ test: SiteTest, _ number: String, _ language: Language = .zh) throws
        -> PaperSheet
    {
        let sight = Sight(of: .operatorOfFolder, in: test.office.rulebook)
        return try test.site.press.sheet(try test.site.press.find(number, as: sight), language)
    }

    @Test("The code on a paper holds with the key alone, and stays the same when the ledger grows")
    func code() throws {
        let (test, number, _, key) = try Self.issued()
        let code = try #require(try Self.sheet(test, number).code)
        #expect(code.content.hasPrefix(Self.address + "/verify?number="))
        let read = try DocumentCode(text: code.content)
        let report = read.verify(trusting: [key.verifier])
        #expect(report.isValid && report.isIncluded)
        #expect(code.qr.version <= QRCode.readableVersion)
        _ = try test.hazard(at: test.project(), "另一处")
        #expect(try Self.sheet(test, number, .en).code?.content == code.content)
    }

    @Test("The verification page takes the code, and refuses every other")
    func verification() async throws {
        let (test, number, hazard, _) = try Self.issued()
        let code = try #require(try Self.sheet(test, number).code).code
        let other = try SigningKey(name: "zhiheng.example/test", seed: Array(1...32))
        let document = try #require(try test.office.store.read { try $0.document(number: number) })
        let strange = try #require(try DocumentCodes(test.office, key: other).code(of: document))
        try await test.run { browser in
            let page = try await browser.get("/verify?" + code.text)
            #expect(page.status == 200 && page.text.contains("verdict-done"))
            #expect(page.text.contains("日志密钥签署了") && page.text.contains("zhiheng.example/test"))
            #expect(!page.text.contains(hazard.number))
            for text in [
                strange.text, "number=x&proof=AA", "proof=", "number=&proof=" + code.proof,
                "number=330106%E8%B4%A3&proof=" + code.proof, "number=%00&proof=%00",
                "number=a&proof=" + String(repeating: "A", count: 5_000),
            ] {
                let page = try await browser.get("/verify?" + text)
                #expect([200, 400].contains(page.status), "\(text.prefix(60))")
                #expect(!page.text.contains("verdict-done"), "\(text.prefix(60))")
            }
            let english = try await browser.get("/verify?lang=en&" + code.text)
            #expect(english.text.contains("signed that this entry issued the document"))
        }
    }

    @Test("Who does not see the record gets no paper of it, in no form")
    func access() async throws {
        let (test, number, _, _) = try Self.issued()
        try test.account("wang", "inspector")
        try test.account("neighbour", "inspector", region: "330108000000")
        try test.account("builder", "enterprise", party: SiteTest.contractor)
        try test.account("stranger", "enterprise", party: SiteTest.stranger)
        for role in test.office.rulebook.roles.keys.sorted() where role != "public" {
            try test.account(
                "user-" + role, role, party: role == "enterprise" ? SiteTest.contractor : nil)
        }
        let address = "/documents/" + FormFields.encoded(number)
        let logins = ["wang", "builder", "neighbour", "stranger"]
        let cookies = try logins.map { ($0, try test.session($0).cookie) }
        let roles = try test.office.rulebook.roles.keys.sorted().filter { $0 != "public" }.map {
            ($0, try test.session("user-" + $0).cookie)
        }
        try await test.run { browser in
            for ending in ["", ".txt"] {
                #expect(try await browser.get(address + ending).status == 303)
                for (login, cookie) in cookies {
                    let allowed = login == "wang" || login == "builder"
                    let page = try await browser.get(address + ending, cookie: cookie)
                    #expect(page.status == (allowed ? 200 : 404), "\(login) \(ending)")
                    #expect(page.text.contains("三层临边无防护") == allowed)
                }
                for (role, cookie) in roles {
                    let page = try await browser.get(address + ending, cookie: cookie)
                    #expect([200, 404].contains(page.status), "\(role): \(page.status)")
                }
            }
            for ending in [".pdf", ".docx"] {
                #expect(try await browser.get(address + ending).status == 303)
                for login in ["neighbour", "stranger"] {
                    let cookie = try #require(cookies.first { $0.0 == login }?.1)
                    #expect(try await browser.get(address + ending, cookie: cookie).status == 404)
                }
            }
            for path in ["/documents/.pdf", "/documents/x.pdf", "/documents/%FF", "/documents/%00.txt"] {
                let page = try await browser.get(path, cookie: cookies[0].1)
                #expect([400, 404].contains(page.status), "\(path)")
            }
        }
    }

    @Test("The page has the parts of the standard, in both languages, and nothing from elsewhere")
    func page() async throws {
        let (test, number, hazard, _) = try Self.issued()
        try test.account("wang", "inspector")
        let cookie = try test.session("wang").cookie
        let address = "/documents/" + FormFields.encoded(number)
        try await test.run { browser in
            let page = try await browser.get(address, cookie: cookie)
            for part in [
                "西湖区建设工程质量安全监督机构</p>", number, "责令限期整改通知书</h1>", "class=\"seal\"", "2026年3月2日</p>",
                "印发", "<svg class=\"qr\"", ".pdf", ".docx", hazard.number,
            ] { #expect(page.text.contains(part), "\(part)") }
            #expect(!page.text.contains("（印章）") && !page.text.contains(" style="))
            #expect(page.text.components(separatedBy: "责令限期整改通知书").count == 3)
            let english = try await browser.get(address + "?lang=en", cookie: cookie)
            #expect(english.text.contains("ORDER TO RECTIFY WITHIN A TIME LIMIT</h1>"))
            #expect(english.text.contains("which your company is building."))
            let record = try await browser.get("/records/hazard/\(hazard.number)", cookie: cookie)
            #expect(record.text.contains(address + ".pdf?lang=zh"))
        }
        let html = String(
            decoding: try await test.site.press.make(
                try test.site.press.find(number, as: Sight(of: .operatorOfFolder, in: test.office.rulebook)),
                .html, .zh),
            as: UTF8.self)
        #expect(html.contains("<style>") && !html.contains("<link") && !html.contains("src="))
        #expect(html.firstMatch(of: #/url\(|@import/#) == nil)
    }

    @Test("A paper of a voided record is marked, and its code leads to the news")
    func voided() async throws {
        let (test, number, hazard, _) = try Self.issued()
        let before = try #require(try Self.sheet(test, number).code).code
        try Registrar(test.office).perform(
            Action(.void, kind: "hazard", record: hazard.id, reason: "登记错误"), by: SiteTest.anybody)
        let sheet = try Self.sheet(test, number)
        #expect(sheet.isVoided && sheet.code?.code == before)
        try await test.run { browser in
            let page = try await browser.get("/verify?" + before.text)
            #expect(page.text.contains("verdict-soon"))
        }
    }

    @Test("Without a key a paper says that its code is pending")
    func pending() throws {
        let test = try SiteTest()
        let hazard = try test.hazard(at: test.project())
        let due = try #require(CivilDate("2026-03-06"))
        try Registrar(test.office).perform(
            Action(.move("notify"), kind: "hazard", record: hazard.id, values: ["due_on": .date(due)]),
            by: SiteTest.anybody)
        let document = try #require(
            test.office.store.read { try $0.documents(kind: "hazard", record: hazard.id) }.first)
        let sheet = try Self.sheet(test, document.number)
        #expect(sheet.code == nil && sheet.unproven == .pending)
    }

    @Test("PDF: A4, two pages, fonts within, and a code that a scanner reads and the key proves")
    func pdf() async throws {
        guard ChildPrograms.isInstalled("weasyprint"), ChildPrograms.isInstalled("pdftoppm"),
            ChildPrograms.isInstalled("zbarimg")
        else {
            print("skipped: weasyprint, poppler-utils or zbar-tools is not installed")
            return
        }
        let (test, number, _, key) = try Self.issued()
        let paper = try test.site.press.find(
            number, as: Sight(of: .operatorOfFolder, in: test.office.rulebook))
        let bytes = try await test.site.press.make(paper, .pdf, .zh)
        #expect(bytes.starts(with: Array("%PDF-".utf8)))
        #expect(try await test.site.press.make(paper, .pdf, .zh) == bytes)
        let file = test.folder.appendingPathComponent("paper.pdf")
        try Data(bytes).write(to: file)
        try Self.run(
            "pdftoppm", ["-r", "200", "-png", file.path, test.folder.appendingPathComponent("page").path])
        let pages = try FileManager.default.contentsOfDirectory(atPath: test.folder.path).filter {
            $0.hasPrefix("page") && $0.hasSuffix(".png")
        }
        #expect(pages.count == 2)
        let scanned = pages.compactMap { page in
            try? Self.run(
                "zbarimg", ["--quiet", "--raw", test.folder.appendingPathComponent(page).path])
        }.joined()
        let code = try DocumentCode(text: scanned.trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(code.number == number)
        #expect(code.verify(trusting: [key.verifier]).isValid)
    }

    @Test("DOCX: the styles of the standard, the text, the code as a picture")
    func docx() async throws {
        guard ChildPrograms.isInstalled("pandoc"), ChildPrograms.isInstalled("unzip") else {
            print("skipped: pandoc or unzip is not installed")
            return
        }
        let (test, number, _, _) = try Self.issued()
        let paper = try test.site.press.find(
            number, as: Sight(of: .operatorOfFolder, in: test.office.rulebook))
        let file = test.folder.appendingPathComponent("paper.docx")
        try Data(try await test.site.press.make(paper, .docx, .zh)).write(to: file)
        let text = try Self.run("unzip", ["-p", file.path, "word/document.xml"])
        for part in ["AgencyMark", "DocumentHeading", "OfficialText", "责令限期整改通知书", number, "w:w=\"11906\""] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(try Self.run("unzip", ["-l", file.path]).contains("word/media/"))
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

@Suite("Codes as pictures")
struct QRCodeTests {
    @Test("Module for module what the path draws, with three finders and a quiet zone")
    func drawing() throws {
        let code = try #require(QRCode("https://zhiheng.example/verify?number=1&proof=ABC"))
        #expect(code.modules.count == code.width * code.width)
        for (row, column) in [(0, 0), (0, code.width - 7), (code.width - 7, 0)] {
            for offset in 0..<7 {
                #expect(code.isDark(row: row, column: column + offset))
                #expect(code.isDark(row: row + 6, column: column + offset))
            }
        }
        let dark = code.svgPath.matches(of: #/h(\d+)v1/#).reduce(0) { $0 + (Int($1.output.1) ?? 0) }
        #expect(dark == code.modules.count { $0 })
        let png = code.png(pixelsPerModule: 2)
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test("What is too long or no ASCII has no picture")
    func limits() {
        #expect(QRCode(String(repeating: "a", count: 4_000)) == nil)
        #expect(QRCode("号") == nil)
        #expect(QRCode("") == nil)
    }
}

@Suite("Documents taken apart")
struct DocumentSheetTests {
    @Test("What a sheet sets in places of its own is not printed twice")
    func chinese() {
        let sheet = DocumentSheet(
            "责令整改\n\n1号\n\n某公司：\n\n　　经查，有隐患：\n\n　　编号：一\n　　一、概况\n　　　　其一\n\n某局（印章）\n2026年3月2日\n",
            name: "名", number: "1号", date: "2026年3月2日", language: .zh)
        #expect(sheet.heading == "责令整改" && sheet.addressee == "某公司：" && sheet.agency == "某局")
        #expect(
            sheet.blocks == [.paragraph("经查，有隐患："), .paragraph("编号：一"), .heading("一、概况"), .item("其一")])
    }

    @Test("English lines that belong together are put together")
    func english() {
        let sheet = DocumentSheet(
            "ORDER\n\nNo. 1\n\nTo A Ltd.:\n\nAn inspection has found\nthis hazard.\n\nNumber: 1\nFound on: 2 March\n\n"
                + "1. Project: B\n2. Required: stop work\n   and withdraw.\n\nOffice (seal)\n2 March 2026\n",
            name: "Order", number: "No. 1", date: "2 March 2026", language: .en)
        #expect(sheet.addressee == "To A Ltd.:" && sheet.agency == "Office")
        #expect(
            sheet.blocks == [
                .paragraph("An inspection has found this hazard."), .line("Number: 1"),
                .line("Found on: 2 March"),
                .line("1. Project: B"), .line("2. Required: stop work and withdraw."),
            ])
    }

    @Test("Any text has a sheet")
    func garbage() {
        for text in ["", "\n\n", "：", "a", "　", "1号", "2026年3月2日", "1号\n2026年3月2日", "\u{0}\n:\n"] {
            let sheet = DocumentSheet(text, name: "名", number: "1号", date: "2026年3月2日", language: .zh)
            #expect(!sheet.heading.isEmpty)
        }
    }
}
