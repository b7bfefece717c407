import Records
import Testing

/// Compares docs/errors.md with the registries in the sources.
@Suite("Every code is explained, and every code explained exists")
struct ErrorCodeTests {
    private static let pattern = #"\b(?:RB|ZH|FV|IM|EXCHANGE|LEDGER|FIG|STM|WEB|DOC|API)-\d{4}\b"#

    private static func codes(in text: String, quoted: Bool) throws -> Set<String> {
        let pattern = quoted ? "\"\(Self.pattern)\"" : Self.pattern
        return Set(
            text.matches(of: try Regex(pattern)).map { match in
                String(text[match.range]).trimmingCharacters("\"")
            })
    }

    @Test func codesAgree() throws {
        let sources = try Repository.allText(under: ["Sources"], extensions: ["swift"])
        let declared = try Self.codes(in: sources, quoted: true)
        let explained = try Self.codes(in: try Repository.text("docs/errors.md"), quoted: false)
        #expect(declared.count > 100)
        #expect(declared.subtracting(explained).sorted() == [], "not explained in docs/errors.md")
        #expect(explained.subtracting(declared).sorted() == [], "not in the sources")
    }

    @Test("Statuses are those of the refusals")
    func statuses() throws {
        let page = try Repository.text("docs/errors.md")
        let missing = RefusalCode.allCases.filter { code in
            !page.contains("| `\(code.rawValue)` | \(code.httpStatus) |")
        }
        #expect(missing.map(\.rawValue) == [])
    }

    @Test("Exit codes are those of the command")
    func exitCodes() throws {
        let source = try Repository.text("Sources/zhiheng/Failures/CommandFailure.swift")
        let cases = source.matches(of: try Regex(#"case \w+ = (\d+)"#))
        let declared = cases.compactMap { $0.output[1].substring }
        let page = try Repository.text("docs/errors.md")
        #expect(declared.count == 4)
        #expect(declared.filter { !page.contains("\n| \($0) | ") } == [])
    }

    @Test("No code is explained twice")
    func noCodeTwice() throws {
        var seen: Set<String> = []
        for line in try Repository.text("docs/errors.md").split(separator: "\n") where line.hasPrefix("| `") {
            guard let code = line.split(separator: "`").dropFirst().first.map(String.init) else { continue }
            #expect(seen.insert(code).inserted, "\(code) stands twice")
        }
        #expect(seen.count > 100)
    }
}

extension String {
    fileprivate func trimmingCharacters(_ character: Character) -> String {
        String(self.drop { $0 == character }.reversed().drop { $0 == character }.reversed())
    }
}
