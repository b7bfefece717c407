import Testing

/// Holds code and rulebook to docs/glossary.md.
@Suite("The glossary is the list of terms")
struct GlossaryTests {
    /// The rows of the tables: for each, the cells of the row under the names of the columns.
    private static func rows(_ text: String) -> [[String: String]] {
        var header: [String]?
        var rows: [[String: String]] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                header = nil
                continue
            }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmed }
            if let names = header {
                if cells.allSatisfy({ $0.allSatisfy { $0 == "-" || $0 == ":" } }) { continue }
                rows.append(Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first }))
            } else {
                header = cells
            }
        }
        return rows
    }

    /// The words that stand in back quotes.
    private static func quoted(_ cell: String?) -> [String] {
        let parts = (cell ?? "").split(separator: "`", omittingEmptySubsequences: false)
        return parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    private static func ids(_ item: String) throws -> Set<String> {
        var ids: Set<String> = []
        for path in Repository.files(under: "rulebook", extension: "yaml") {
            for line in try Repository.text(path).split(separator: "\n") where line.hasPrefix(item + ": ") {
                ids.insert(line.dropFirst(item.count + 2).trimmed)
            }
        }
        return ids
    }

    private let rows: [[String: String]]

    init() throws { rows = Self.rows(try Repository.text("docs/glossary.md")) }

    private func listed(_ column: String) -> Set<String> {
        Set(rows.flatMap { Self.quoted($0[column]) })
    }

    @Test("Every kind of the rulebook is listed, and no other", arguments: ["kind", "role"])
    func items(item: String) throws {
        #expect(try Self.ids(item) == listed(item == "kind" ? "Kind" : "Role"))
    }

    @Test func clockSteps() throws {
        let text = try Repository.text("rulebook/base/codes/clock-step.yaml")
        let steps = text.split(separator: "\n").compactMap { line -> String? in
            line.hasPrefix("  ") ? line.split(separator: ":").first?.trimmed : nil
        }
        #expect(Set(steps) == listed("Step"))
        #expect(!steps.isEmpty)
    }

    @Test("Every Swift name is declared in the sources")
    func swiftNames() throws {
        let sources = try Repository.allText(under: ["Sources"], extensions: ["swift"])
        let declared = try Regex(
            #"\b(?:struct|class|enum|protocol|actor|case|func|var|let|typealias)\s+`?(\w+)`?"#)
        let names = Set(sources.matches(of: declared).compactMap { $0.output[1].substring.map(String.init) })
        let missing = listed("Swift").filter { name in
            !names.contains(name.split(separator: ".").last.map(String.init) ?? name)
        }
        #expect(missing.sorted() == [], "these are not declared")
        #expect(listed("Swift").count > 30)
    }

    @Test("Chinese names of kinds, roles and steps are those of the rulebook")
    func chineseNames() throws {
        var names: [String: String] = [:]
        for path in Repository.files(under: "rulebook", extension: "yaml") {
            var current: String?
            for line in try Repository.text(path).split(separator: "\n") {
                if line.hasPrefix("kind: ") || line.hasPrefix("role: ") { current = String(line) }
                if line.hasPrefix("name: "), let id = current {
                    names[id] = names[id] ?? line.dropFirst(6).trimmed
                }
                if line == "---" { current = nil }
            }
        }
        for row in rows {
            let kind = Self.quoted(row["Kind"]).first.map { "kind: " + $0 }
            guard let item = kind ?? Self.quoted(row["Role"]).first.map({ "role: " + $0 }) else { continue }
            #expect(names[item] == row["Chinese"], "\(item)")
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(String(self.drop(while: isBlank)).reversed().drop(while: isBlank).reversed())
    }
}
