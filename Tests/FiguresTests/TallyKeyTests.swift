import Figures
import Testing

@Suite("Keys of cells")
struct TallyKeyTests {
    @Test("Two spellings of one character are two cells, as the database has them")
    func spelling() {
        func key(_ place: String) -> TallyKey {
            TallyKey(measure: "found", month: 3, region: "330106000000", dimensions: [place])
        }
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed == decomposed)
        #expect(key(composed) != key(decomposed))
        #expect(key(composed) == key("caf\u{E9}"))
        #expect(Set([key(composed), key(decomposed), key(composed)]).count == 2)
    }
}
