import Expressions
import Ledger
import Records
import Testing

@testable import Office

@Suite("What the ledger calls a change")
struct SpellingTests {
    @Test("Two spellings of one character are a change, equal values of one spelling are none")
    func spelling() throws {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed)
        #expect(!RecordImage.hasSameSpelling(.string(composed), .string(decomposed)))
        #expect(RecordImage.hasSameSpelling(.string(composed), .string("caf\u{E9}")))
        #expect(RecordImage.hasSameSpelling(.null, .null))
        #expect(!RecordImage.hasSameSpelling(.null, .string("")))
        #expect(!RecordImage.hasSameSpelling(.int(1), .bool(true)))
        #expect(RecordImage.hasSameSpelling(.list([.int(1)]), .list([.int(1)])))
        #expect(!RecordImage.hasSameSpelling(.list([.string(composed)]), .list([.string(decomposed)])))
    }
}
