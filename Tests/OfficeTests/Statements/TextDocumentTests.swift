import Exchange
import Foundation
import Testing

@testable import Office

@Suite("Documents as text")
struct TextDocumentTests {
    @Test("Text is read in the encodings it comes in")
    func plain() throws {
        #expect(try TextDocument(name: "a.txt", bytes: Array("质量".utf8)).text == "质量")
        let chinese = try TextDocument(name: "a.pdf", bytes: [0xD6, 0xCA, 0xC1, 0xBF])
        #expect(chinese.text == "质量")
        #expect(chinese.form == .plain)
        #expect(try TextDocument(name: "a", bytes: []).text == "")
    }

    @Test("A file is called by the last component of its path")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("讲话.txt")
        try Data("占50%".utf8).write(to: file)
        let document = try TextDocument(path: file.path)
        #expect(document.name == "讲话.txt" && document.text == "占50%")
        #expect(throws: ExchangeProblem.cannotOpen(name: "none.txt", reason: .absent)) {
            try TextDocument(path: folder.appendingPathComponent("none.txt").path)
        }
    }

    @Test("The old format of Word is named as such, whatever the file is called")
    func oldWord() {
        #expect(throws: TextDocumentProblem.oldWord(name: "a.txt")) {
            try TextDocument(name: "a.txt", bytes: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        }
    }

    @Test("A program that is not installed is named with its package")
    func missingConverter() {
        let converter = TextConverter(program: "no-such-program", package: "no-such-package", arguments: [])
        let missing = TextDocumentProblem.converterMissing(
            program: "no-such-program", package: "no-such-package", name: "a.docx")
        #expect(throws: missing) { try converter.text(of: [], path: nil, name: "a.docx") }
        #expect(missing.message.zh.contains("no-such-package") && missing.message.en.contains("a.docx"))
    }

    @Test("A document that no program can read is told apart from one that is missing")
    func damaged() {
        let converter = TextConverter(program: "false", package: "coreutils", arguments: [])
        #expect(throws: TextDocumentProblem.notConverted(program: "false", name: "a")) {
            try converter.text(of: [1, 2, 3], path: nil, name: "a")
        }
    }

    @Test("What a program writes is taken whole, also when it is long")
    func longOutput() throws {
        let converter = TextConverter(program: "seq", package: "coreutils", arguments: ["200000"])
        #expect(try converter.text(of: [], path: nil, name: "a").hasSuffix("\n199999\n200000\n"))
    }

    @Test("PDF is read through pdftotext", .enabled(if: Self.has("pdftotext"), "pdftotext is not installed"))
    func portable() throws {
        let stream = "BT /F1 12 Tf 72 700 Td (Rate 91.6% of 11270) Tj ET"
        let page = """
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
            /Resources<</Font<</F1 5 0 R>>>>>>endobj
            4 0 obj<</Length \(stream.utf8.count)>>stream
            \(stream)
            endstream endobj
            5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
            trailer<</Root 1 0 R>>
            """
        let document = try TextDocument(name: "a.txt", bytes: Array(page.utf8))
        #expect(document.form == .portable)
        #expect(document.text.contains("Rate 91.6% of 11270"))
    }

    @Test("Word is read through pandoc", .enabled(if: Self.has("pandoc"), "pandoc is not installed"))
    func word() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).docx")
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "printf '整改率为91.6%%\\n\\n第二段' | pandoc -f markdown -o \"$0\"", file.path]
        try process.run()
        process.waitUntilExit()
        let document = try TextDocument(path: file.path)
        #expect(document.form == .word)
        #expect(document.text.hasPrefix("整改率为91.6%\n\n第二段"))
        #expect(throws: TextDocumentProblem.notConverted(program: "pandoc", name: "-")) {
            try TextDocument(name: "-", bytes: [0x50, 0x4B, 0x03, 0x04, 0x00])
        }
    }

    private static func has(_ program: String) -> Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }
}

@Suite("Lines of a page put together")
struct UnwrappedLinesTests {
    private let full = "上半年全省房屋建筑和市政基础设施工程施工中共发生"

    @Test("A full line that does not end a sentence goes on in the next")
    func joins() {
        let text = [full, full, "安全事故23起。", "", full, "完。"].joined(separator: "\n")
        #expect(UnwrappedLines.joined(text) == "\(full)\(full)安全事故23起。\n\n\(full)完。")
    }

    @Test("Short lines, ends of sentences and numbered items stay")
    func stays() {
        for next in ["一、目标", "（二）任务", "(3)任务", "1、任务", "2. 任务", "①任务", "第三章", "第12条"] {
            #expect(UnwrappedLines.joined("\(full)\n\(next)") == "\(full)\n\(next)")
        }
        let ended = String(full.dropLast()) + "。"
        #expect(UnwrappedLines.joined("\(ended)\n\(full)") == "\(ended)\n\(full)")
        #expect(UnwrappedLines.joined("标题\n\(full)\n\(full)") == "标题\n\(full)\(full)")
        for next in ["（未包括境外产值）", "第三产业", "2.5万人", "一万人"] {
            #expect(UnwrappedLines.joined("\(full)\n\(next)") == "\(full)\(next)")
        }
    }

    @Test("Latin words keep a space between them; odd line ends and emptiness do no harm")
    func oddities() {
        let latin = "The rate of rectification in the first half year was"
        #expect(UnwrappedLines.joined("\(latin)\r\nninety") == "\(latin) ninety")
        #expect(UnwrappedLines.joined("") == "")
        #expect(UnwrappedLines.joined("\n\n") == "\n\n")
    }
}
