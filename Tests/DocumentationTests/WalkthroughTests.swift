import Foundation
import Testing

/// Follows the walkthroughs to the letter.
@Suite("The walkthroughs can be followed")
struct WalkthroughTests {
    static let pages = Repository.files(under: "docs/walkthroughs", extension: "md")

    @Test(arguments: pages)
    func walkthrough(path: String) throws {
        let commands = try #require(PageRunner.commandFolder, "the command zhiheng is not beside the tests")
        var runner = try PageRunner(commandFolder: commands, language: "en_GB.UTF-8")
        defer { runner.clean() }
        try runner.run(Page(try Repository.text(path)))
        #expect(runner.failures.isEmpty, "\(path)\n\(runner.failures.joined(separator: "\n"))")
        #expect(runner.commandsRun > 0)
    }

    @Test func thereIsAWalkthrough() {
        #expect(!Self.pages.isEmpty)
    }

    @Test("A page that is wrong is found out")
    func wrongPagesFail() throws {
        let page = """
            ```text
            never looked at: no command stands before it
            ```
            ```sh
            echo one; echo two  three
            false
            ```
            ```text
            two three
            one
            ```
            ```sh exit=3
            exit 3
            ```
            """
        var runner = try PageRunner(commandFolder: URL(fileURLWithPath: "/usr/bin"), language: "C.UTF-8")
        defer { runner.clean() }
        try runner.run(Page(page))
        #expect(runner.commandsRun == 3)
        #expect(runner.failures.count == 2)
        #expect(runner.failures.first?.contains("`false` ended with 1, not 0") == true)
        #expect(runner.failures.last?.contains("not shown: `one`") == true)
    }

    @Test(
        "A line of output is compared with what a page shows",
        arguments: [
            ("一  二", "一 二", true), ("number ZG-1 is closed", "number … is closed", true),
            ("number ZG-1 is open", "number … is closed", false), ("abc", "ab", false), ("abc", "ab…", true),
            ("abc", "…bc", true), ("abc", "b…", false), ("aXbXb", "a…b", true), ("", "…", true),
        ])
    func matching(line: String, shown: String, isMatch: Bool) {
        #expect(PageRunner.matches(line, shown) == isMatch)
    }
}
