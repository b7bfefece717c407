import Foundation
import Testing

/// Runs the commands of the read-me pages that bear the mark `test`.
@Suite("The read-me pages do what they say")
struct ReadmeTests {
    @Test(arguments: [("README.md", "en_GB.UTF-8"), ("README.zh-CN.md", "zh_CN.UTF-8")])
    func firstSteps(path: String, language: String) throws {
        let commands = try #require(PageRunner.commandFolder, "the command zhiheng is not beside the tests")
        var runner = try PageRunner(commandFolder: commands, language: language)
        defer { runner.clean() }
        try runner.run(Page(try Repository.text(path)), onlyMarked: "test")
        #expect(runner.failures.isEmpty, "\(path)\n\(runner.failures.joined(separator: "\n"))")
        #expect(runner.commandsRun > 0)
    }

    @Test("Both pages show the same commands")
    func samePages() throws {
        func commands(_ path: String) throws -> [[String]] {
            Page(try Repository.text(path)).blocks.filter { $0.language == "sh" }.map(\.lines)
        }
        #expect(try commands("README.md") == commands("README.zh-CN.md"))
    }
}
