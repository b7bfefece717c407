import Testing

@testable import Office

@Suite("Receipt codes")
struct ReceiptCodeTests {
    private func code(_ seed: UInt8) throws -> ReceiptCode {
        try #require(
            ReceiptCode(random: (0..<19).map { UInt8(truncatingIfNeeded: Int($0) * 37 + Int(seed) * 101) }))
    }

    @Test("are twenty characters in groups, and are read back however they are typed")
    func text() throws {
        for seed in 0..<50 as Range<UInt8> {
            let code = try code(seed)
            #expect(code.text.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}/) != nil)
            #expect(ReceiptCode(code.text) == code)
            #expect(ReceiptCode(code.text.lowercased().replacing("-", with: " ")) == code)
            #expect(ReceiptCode(code.text.replacing("0", with: "o").replacing("1", with: "l")) == code)
            #expect(code.digest.count == 32)
        }
        #expect(try code(1).digest != code(2).digest)
    }

    @Test("notice every single wrong character and every exchange of two neighbours")
    func check() throws {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let good = Array(try code(9).text.filter { $0 != "-" })
        for place in good.indices {
            for character in alphabet where character != good[place] {
                var wrong = good
                wrong[place] = character
                #expect(ReceiptCode(String(wrong)) == nil)
            }
            guard place + 1 < good.count, good[place] != good[place + 1] else { continue }
            var swapped = good
            swapped.swapAt(place, place + 1)
            #expect(ReceiptCode(String(swapped)) == nil)
        }
    }

    @Test(
        "are nothing else",
        arguments: [
            "", "-", "0", String(repeating: "0", count: 19), String(repeating: "0", count: 21),
            String(repeating: "U", count: 20), "投诉举报", String(repeating: "0", count: 10_000), "\u{0}",
        ])
    func garbage(text: String) {
        #expect(ReceiptCode(text) == nil)
        #expect(ReceiptCode(random: Array(text.utf8.prefix(18))) == nil)
    }

    @Test("Form marks are good for their form, for a while, and for nobody who made them up")
    func marks() {
        let stamp = FormStamp(random: Array(0..<32))
        let mark = stamp.mark("complaint token", at: 100, nonce: [1, 2])
        #expect(stamp.verdict(mark, "complaint token", at: 102) == .tooSoon)
        #expect(stamp.verdict(mark, "complaint token", at: 103) == .good)
        #expect(stamp.verdict(mark, "complaint token", at: 100 + 43_201) == .unknown)
        #expect(stamp.verdict(mark, "complaint token", at: 99) == .unknown)
        #expect(stamp.verdict(mark, "complaint other", at: 110) == .unknown)
        #expect(FormStamp(random: Array(1...32)).verdict(mark, "complaint token", at: 110) == .unknown)
        for wrong in [
            "", ".", "100.", mark.replacing("100.", with: "90."), "9223372036854775807.00", "-1.zz",
            mark + ".0",
        ] {
            #expect(stamp.verdict(wrong, "complaint token", at: 110) == .unknown, "\(wrong)")
        }
    }
}
