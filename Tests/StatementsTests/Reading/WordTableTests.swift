import Statements
import Testing

@Suite struct WordTableTests {
    private let table = WordTable(["同比", "同比增长", "比", "下降", "下降", "", "𠀀甲"])
    private let text = Reading.reader.read("与去年同比增长，环比下降𠀀甲", name: "-").source

    @Test func findsTheLongestWord() throws {
        let match = try #require(table.match(in: text, at: 3))
        #expect(match.word == 1 && text.text(match.range) == "同比增长")
        #expect(table.match(in: text, at: 0) == nil)
        #expect(table.match(in: text, endingAt: 5)?.word == 0)
        #expect(table.match(in: text, endingAt: 7)?.word == 1)
        #expect(table.matches(in: text, 0..<99).map(\.word) == [1, 2, 3, 6])
    }

    @Test(arguments: [-5, -1, 99, Int.max, Int.min]) func answersNothingOutsideTheText(_ offset: Int) {
        #expect(table.match(in: text, at: offset) == nil)
        #expect(table.match(in: text, endingAt: offset) == nil)
        #expect(!text.matches("比", at: offset))
        #expect(text.scalar(at: offset) == nil)
    }

    @Test func looksForLiterals() {
        #expect(text.matches("同比", at: 3) && text.matches("同比", endingAt: 5))
        #expect(!text.matches("同比下降", at: 3) && !text.matches("甲乙丙", endingAt: 2))
        #expect(text.firstRange(of: "比", in: 5..<99) == 9..<10)
        #expect(text.firstRange(of: "", in: 0..<9) == nil && text.firstRange(of: "与去年同比增长", in: 0..<3) == nil)
    }
}
