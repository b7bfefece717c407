import Testing

@testable import Web

@Suite("Fields of forms and queries")
struct FormFieldsTests {
    @Test("are read as browsers send them, names as often as they stand")
    func reading() throws {
        let fields = try #require(FormFields(urlEncoded: "a=1&b=%E4%B8%89+%E5%B1%82&a=2&c&=d"))
        #expect(fields["a"] == "1")
        #expect(fields.all("a") == ["1", "2"])
        #expect(fields["b"] == "三 层")
        #expect(fields["c"]?.isEmpty == true)
        #expect(fields[""] == "d")
        #expect(fields["absent"] == nil)
    }

    @Test(
        "are refused when the bytes are no text",
        arguments: ["a=%", "a=%4", "a=%zz", "a=%FF", "a=%C0%80", "a=%00"])
    func garbage(text: String) { #expect(FormFields(urlEncoded: text) == nil) }

    @Test("are refused when there are more than any page sends")
    func many() {
        let text = Array(repeating: "a=1", count: FormFields.limit + 1).joined(separator: "&")
        #expect(FormFields(urlEncoded: text) == nil)
    }

    @Test("written again, mean what they meant", arguments: ["三层 临边", "a&b=c", "100%", "é", "<script>"])
    func roundTrip(text: String) throws {
        let fields = try #require(FormFields(urlEncoded: "keep=1")).replacing(text, with: text)
        let again = try #require(FormFields(urlEncoded: fields.encoded))
        #expect(again[text] == text)
        #expect(again["keep"] == "1")
    }

    @Test(
        "A way back leads nowhere but into the site",
        arguments: [
            "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "",
            "a",
        ])
    func ways(address: String) { #expect(Site.safeAddress(address) == "/") }

    @Test func wayWithin() {
        #expect(Site.safeAddress("/records/hazard?sort=-due_on") == "/records/hazard?sort=-due_on")
    }
}
