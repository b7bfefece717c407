import Foundation
import Testing

/// Runs the commands that bear the mark `test`, on whatever page.
@Suite("Pages do what they say")
struct MarkedPageTests {
    private static let pages = Repository.pages.filter { path in
        (try? Repository.text(path))?.contains("\n```sh test") == true
    }

    @Test(arguments: pages)
    func markedCommands(path: String) throws {
        let commands = try #require(PageRunner.commandFolder, "the command zhiheng is not beside the tests")
        let language = path.contains("zh-CN") ? "zh_CN.UTF-8" : "en_GB.UTF-8"
        var runner = try PageRunner(commandFolder: commands, language: language)
        defer { runner.clean() }
        try runner.run(Page(try Repository.text(path)), onlyMarked: "test")
        #expect(runner.failures.isEmpty, "\(path)\n\(runner.failures.joined(separator: "\n"))")
        #expect(runner.commandsRun > 0)
    }

    @Test("Both read-me pages are among them")
    func readMePages() {
        #expect(Self.pages.filter { $0.hasPrefix("README") }.count == 2)
    }

    @Test("Both read-me pages show the same commands")
    func samePages() throws {
        func commands(_ path: String) throws -> [[String]] {
            Page(try Repository.text(path)).blocks.filter { $0.language == "sh" }.map(\.lines)
        }
        #expect(try commands("README.md") == commands("README.zh-CN.md"))
    }
}
