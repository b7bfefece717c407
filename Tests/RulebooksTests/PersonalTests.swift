import Rulebooks
import Testing

@Suite("What is personal")
struct PersonalTests {
    private func findings(column: String) throws -> Field {
        let texts = Everything.texts.mapValues {
            $0.replacing(
                "text: { name: 情况, english: Text, type: text, multiline: true }",
                with: "text: { name: 情况, english: Text, \(column) }")
        }
        let rulebook = try RulebookLoader.load(files: Fixture.files(texts))
        let kind = try #require(rulebook.kinds.values.first { $0.field("findings") != nil })
        return try #require(kind.field("findings"))
    }

    @Test("A table with a personal column is personal as a whole")
    func tables() throws {
        #expect(try !findings(column: "type: text").personal)
        #expect(try findings(column: "type: text, personal: true").personal)
        #expect(try findings(column: "type: person").personal)
    }
}
