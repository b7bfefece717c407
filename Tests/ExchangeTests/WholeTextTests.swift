import Testing

@testable import Exchange

@Suite("Whole texts")
struct WholeTextTests {
    /// 质量 in GB 18030.
    private let quality: [UInt8] = [0xD6, 0xCA, 0xC1, 0xBF]

    @Test("UTF-8 is taken with and without a mark")
    func unicode() throws {
        let plain = try WholeText(Array("质量".utf8))
        #expect(plain.text == "质量" && plain.detected.encoding == .utf8)
        let marked = try WholeText([0xEF, 0xBB, 0xBF] + Array("质量".utf8))
        #expect(marked.text == "质量" && marked.detected.basis == .byteOrderMark)
        #expect(try WholeText([]).text == "")
    }

    @Test("GB 18030 and UTF-16 are converted")
    func others() throws {
        #expect(try WholeText(quality).text == "质量")
        #expect(try WholeText(quality).detected.encoding == .gb18030)
        #expect(try WholeText([0xFF, 0xFE, 0x28, 0x8D, 0xCF, 0x91]).text == "质量")
        let long = [UInt8](repeating: 0, count: 700_000).flatMap { _ in quality }
        #expect(try WholeText(long).text.unicodeScalars.count == 1_400_000)
    }

    @Test("Damage is named by its byte and line, counted over the mark")
    func damage() {
        let good = Array("质量\r\n安全\n".utf8)
        #expect(throws: ExchangeProblem.damagedText(encoding: .utf8, byteOffset: 15, line: 3)) {
            try WholeText(good + [0xFF] + good, encoding: .utf8)
        }
        #expect(throws: ExchangeProblem.damagedText(encoding: .utf8, byteOffset: 18, line: 3)) {
            try WholeText([0xEF, 0xBB, 0xBF] + good + [0xE8, 0xB4])
        }
        #expect(throws: ExchangeProblem.damagedText(encoding: .gb18030, byteOffset: 9, line: 4)) {
            try WholeText(quality + [0x0A] + quality.prefix(2) + [0x0A, 0x0A, 0xFF, 0xFF])
        }
    }

    @Test("Arbitrary bytes are a text or a problem")
    func garbage() {
        var state: UInt64 = 7
        for length in 0..<400 {
            let bytes = (0..<length).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            do {
                let text = try WholeText(bytes)
                #expect(text.text.utf8.count <= bytes.count * 4)
            } catch {
                guard case .damagedText(_, let offset, let line) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(offset >= 0 && offset <= Int64(bytes.count) && line >= 1)
            }
        }
    }
}
