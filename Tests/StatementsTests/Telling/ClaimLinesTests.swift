import Figures
import Foundation
import Testing

@testable import Statements

@Suite("Claims as JSON lines")
struct ClaimLinesTests {
    private struct Line: Decodable {
        struct Explanation: Decodable {
            let zh: String
            let en: String
        }
        let document: String
        let line: Int
        let quote: String
        let kind: String
        let stated: String
        let numerator: String?
        let denominator: String?
        let recomputed: String?
        let verdict: String
        let explanation: Explanation
        let start: Int
        let end: Int
    }

    private func written(_ made: HandMade) -> String {
        var lines = ClaimLines(made.text)
        return String(decoding: lines.lines(made.claims), as: UTF8.self)
    }

    private func read(_ made: HandMade) throws -> [Line] {
        try written(made).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test("All members are there, in the order of the gold file")
    func members() throws {
        var made = HandMade("上半年\n整改18027条，整改率达98%")
        made.add(
            .rate, stated: "98%", in: "整改18027条，整改率达98%",
            operands: [made.operand(Rational(18027), "18027条"), made.operand(Rational(18293))],
            recomputed: "99%", verdict: .truncated)
        #expect(
            written(made) == """
                {"document": "speech.txt", "line": 2, "quote": "整改18027条，整改率达98%", "kind": "rate", \
                "stated": "98%", "numerator": "18027", "denominator": "18293", "recomputed": "99%", \
                "verdict": "truncated", "explanation": {"zh": "算得出来。", "en": "It adds up."}, \
                "start": 17, "end": 20}

                """)
    }

    @Test("What is not known is null")
    func unknown() throws {
        var made = HandMade("同比增长9%")
        made.add(.change, stated: "9%", in: "同比增长9%", verdict: .unverifiable)
        made.add(.listSum, stated: "9%", in: "同比增长9%", operands: [made.operand(.one), made.operand(.one)])
        for line in try read(made) {
            #expect(line.numerator == nil && line.denominator == nil && line.recomputed == nil)
        }
        #expect(written(made).contains(#""recomputed": null"#))
    }

    @Test(
        "Operands are printed as the text prints them",
        arguments: [
            ("产值3536.5亿元，占27502亿元的", 353_650_000_000, 2_750_200_000_000, "3536.5", "27502"),
            ("产值3536.5亿元，占27502元的", 353_650_000_000, 27502, "353650000000", "27502"),
            ("共3.5万户，占1,400,000户的", 35000, 1_400_000, "35000", "1400000"),
            ("共一百户，占200户的", 100, 200, "100", "200"),
        ])
    func operands(text: String, first: Int64, second: Int64, numerator: String, denominator: String) throws {
        var made = HandMade(text + "1%")
        let figures = text.split(whereSeparator: { "产值共，占的".contains($0) }).map(String.init)
        made.add(
            stated: "1%", in: text + "1%",
            operands: [
                made.operand(Rational(first), figures.first), made.operand(Rational(second), figures.last),
            ])
        let line = try #require(try read(made).first)
        #expect(line.numerator == numerator)
        #expect(line.denominator == denominator)
    }

    @Test("A computed operand follows the factor of the stated one")
    func computedOperand() throws {
        var made = HandMade("达3536.5亿元，增长3%")
        made.add(
            .change, stated: "3%", in: "达3536.5亿元，增长3%",
            operands: [
                made.operand(Rational(353_650_000_000), "3536.5亿元"), made.operand(Rational(340_000_000_000)),
            ])
        #expect(try read(made).first?.denominator == "3400")
    }

    @Test("Numbers are exact")
    func exactNumbers() throws {
        #expect(OperandText.exact(Rational(18293)) == "18293")
        #expect(OperandText.exact(Rational(unscaled: 35365, places: 1)) == "3536.5")
        #expect(OperandText.exact(try Rational(1, over: 8)) == "0.125")
        #expect(OperandText.exact(try Rational(1, over: 3)) == "1/3")
        #expect(OperandText.exact(.zero) == "0")
    }

    @Test("Quotes and places are those of the text as it came")
    func originals() throws {
        // What is read lacks the pinyin in brackets behind the first character.
        let original = "率(lǜ)達98％。"
        let read = Array("率达98%。".unicodeScalars)
        var made = HandMade(original, read: read, origins: [0, 5, 6, 7, 8, 9, 10])
        made.add(.rate, stated: "98%", in: "率达98%")
        let line = try #require(try self.read(made).first)
        #expect(line.quote == "率(lǜ)達98％")
        #expect(line.stated == "98%")
        let scalars = Array(original.unicodeScalars)
        #expect(String(String.UnicodeScalarView(scalars[line.start..<line.end])) == "98％")
    }

    @Test("Whatever a text holds, a line is JSON")
    func hostileText() throws {
        let original = "a\"\\\u{0}\u{1}\t\u{7F}\r😀\u{2028}</script> 1%"
        var made = HandMade(original, name: "\"\\\n.txt")
        made.add(
            stated: "1%", in: original, explanation: Phrase("“\"\u{8}", "\\"))
        let line = try #require(try read(made).first)
        #expect(line.quote == original)
        #expect(line.document == "\"\\\n.txt")
        #expect(line.explanation.zh == "“\"\u{8}")
        #expect(written(made).filter { $0 == "\n" }.count == 1)
    }

    @Test("Ranges beyond the text are brought inside it")
    func outside() throws {
        let made = HandMade("短文")
        let claim = Claim(
            kind: .share, stated: "1%", range: 90..<99, quote: 1..<99, operands: [], recomputed: nil,
            recomputedText: nil, verdict: .holds, explanation: Phrase("", ""))
        var lines = ClaimLines(made.text)
        #expect(!lines.lines([claim]).isEmpty)
    }
}
