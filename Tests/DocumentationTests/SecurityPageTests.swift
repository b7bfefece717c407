import Foundation
import Testing

/// Compares docs/security.md with the tests it names.
@Suite("What is said of security is tested")
struct SecurityPageTests {
    @Test("Every test that the page names exists")
    func names() throws {
        let page = try Repository.text("docs/security.md")
        let sources = try
            (Repository.files(under: "Tests", extension: "swift")
            + Repository.files(under: "Tests", extension: "py")).map { try Repository.text($0) }
        var named = 0
        for match in page.matches(of: try Regex(#"`([A-Z]\w*(?:Tests|Page|Checks))(?:\.(\w+))?`"#)) {
            let suite = try #require(match.output[1].substring)
            let function = match.output[2].substring
            named += 1
            let isThere = sources.contains { text in
                let hasSuite = ["struct \(suite) ", "class \(suite)(", "struct \(suite):"].contains {
                    text.contains($0)
                }
                return hasSuite
                    && (function.map { text.contains("func \($0)(") || text.contains("def \($0)(") } ?? true)
            }
            #expect(isThere, "\(suite)\(function.map { ".\($0)" } ?? "")")
        }
        #expect(named > 100)
    }

    @Test("Every line that claims to be met names a test, and the others say that they are not")
    func lines() throws {
        var chapters = 0
        for line in try Repository.text("docs/security.md").split(separator: "\n") {
            if line.hasPrefix("## V") { chapters += 1 }
            guard line.hasPrefix("| "), line.split(separator: "|").count >= 4, !line.hasPrefix("| number"),
                !line.hasPrefix("| clause"), !line.hasPrefix("| requests"), !line.hasPrefix("| 10,000")
            else { continue }
            #expect(
                line.contains("Tests") || line.contains("EveryPage") || line.contains("Checks")
                    || line.contains("**no**"), "\(line)")
        }
        #expect(chapters == 12)
    }
}
