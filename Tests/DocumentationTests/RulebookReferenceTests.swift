import Foundation
import Rulebooks
import Testing

/// Compares the tables of keys in docs/rulebook.md with the table that the loader checks against.
///
/// With ZHIHENG_WRITE_DOCUMENTS=1 in the environment the tables are written anew instead.
@Suite("The reference of the rulebook lists every key")
struct RulebookReferenceTests {
    private static let path = "docs/rulebook.md"

    @Test func tablesAreThoseOfTheLoader() throws {
        let tables = try Self.tables()
        let page = try Repository.text(Self.path)
        let renewed = Self.renewed(page, tables)
        if ProcessInfo.processInfo.environment["ZHIHENG_WRITE_DOCUMENTS"] == "1" {
            try Data(renewed.text.utf8).write(to: Repository.place(Self.path))
        } else {
            #expect(page == renewed.text, "run the tests once with ZHIHENG_WRITE_DOCUMENTS=1")
        }
        #expect(Set(tables.keys).subtracting(renewed.used).sorted() == [], "these have no table")
        #expect(renewed.used.subtracting(tables.keys).sorted() == [], "these do not exist")
    }

    @Test("A table that is out of date is found out")
    func outOfDateTables() {
        let page = "<!-- keys: step -->\n| old |\n\nAfter.\n"
        let renewed = Self.renewed(page, ["step": "| new |"])
        #expect(renewed.text == "<!-- keys: step -->\n| new |\n\nAfter.\n")
        #expect(renewed.used == ["step"])
    }

    /// The page with the table after each mark replaced.
    private static func renewed(_ page: String, _ tables: [String: String]) -> (
        text: String, used: Set<String>
    ) {
        var lines: [String] = []
        var used: Set<String> = []
        var isSkipping = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if isSkipping, line.hasPrefix("|") { continue }
            isSkipping = false
            lines.append(String(line))
            guard line.hasPrefix("<!-- keys: "), line.hasSuffix(" -->") else { continue }
            let name = String(line.dropFirst(11).dropLast(4))
            used.insert(name)
            lines.append(tables[name] ?? "")
            isSkipping = true
        }
        return (lines.joined(separator: "\n"), used)
    }

    /// A table for everything in a rulebook that has fixed keys.
    private static func tables() throws -> [String: String] {
        let schema = try JSONSerialization.jsonObject(with: Data(RulebookSchema.jsonSchema().utf8))
        let definitions = try #require((schema as? [String: Any])?["$defs"] as? [String: [String: Any]])
        let order = try keyOrder()
        return definitions.reduce(into: [:]) { tables, definition in
            let properties = definition.value["properties"] as? [String: [String: Any]] ?? [:]
            let required = Set(definition.value["required"] as? [String] ?? [])
            let rows = (order[definition.key] ?? properties.keys.sorted()).map { key in
                let note = properties[key]?["description"] as? String ?? ""
                return "| `\(key)` | \(required.contains(key) ? "yes" : "") | \(note) |"
            }
            tables[definition.key] = (["| key | needed | meaning |", "|---|---|---|"] + rows).joined(
                separator: "\n")
        }
    }

    /// The keys of each definition in the order of the schema's text, which JSON readers forget.
    private static func keyOrder() throws -> [String: [String]] {
        var order: [String: [String]] = [:]
        var name: String?
        var isWithinProperties = false
        for line in RulebookSchema.jsonSchema().split(separator: "\n") {
            let depth = line.prefix { $0 == " " }.count
            let key = line.split(separator: "\"").dropFirst().first.map(String.init) ?? ""
            if depth == 4, line.hasSuffix("{") { (name, isWithinProperties) = (key, false) }
            if depth == 6 { isWithinProperties = key == "properties" }
            if depth == 8, isWithinProperties, line.hasSuffix("{"), let name {
                order[name, default: []].append(key)
            }
        }
        return order
    }
}
