import Statements
import Testing

@Suite struct StructureTests {
    private func sentences(_ text: String) -> [String] {
        let read = Reading.reader.read(text, name: "-")
        return read.sentences.map { read.source.text($0.range) }
    }

    @Test(arguments: [
        ("一句。两句；三句！四句？五", ["一句。", "两句；", "三句！", "四句？", "五"]),
        ("下降1.5%。1.目标；（1）任务", ["下降1.5%。", "1.目标；", "（1）任务"]),
        ("分别是北京（4起；4人）、天津（1起。）。完", ["分别是北京（4起；4人）、天津（1起。）。", "完"]),
        ("他说：“质量第一。”会议要求：“安全第一；预防为主。”的方针。", ["他说：“质量第一。”", "会议要求：“安全第一；预防为主。”的方针。"]),
        ("（全国为27502亿元，占12.8%。上半年完成", ["（全国为27502亿元，占12.8%。", "上半年完成"]),
        (" 甲 \n\n　乙。\n", ["甲", "乙。"]),
        ("", []),
    ]) func cutsSentences(_ text: String, _ expected: [String]) {
        #expect(sentences(text) == expected)
    }

    @Test func knowsParagraphsAndFigures() {
        let read = Reading.reader.read("甲5家；乙6家。\n丙7家", name: "-")
        #expect(read.paragraphs.count == 2)
        #expect(read.sentences.map(\.paragraph) == [0, 0, 1])
        #expect(read.sentences.map(\.isFull) == [false, true, true])
        #expect(read.sentences.map(\.quantities) == [0..<1, 1..<2, 2..<3])
        #expect(read.sentenceIndex(at: 1) == 0)
        #expect(read.sentenceIndex(at: 8) == nil)
        #expect(read.quantityIndexes(in: 4..<100) == 1..<3)
    }

    @Test func cutsClausesOutsideBrackets() {
        let read = Reading.reader.read("北京（4起，4人）、天津，共“1，2”家，", name: "-")
        func texts(_ marks: Set<Unicode.Scalar>) -> [String] {
            read.clauses(in: 0..<100, at: marks).map { read.source.text($0.range) }
        }
        #expect(texts(["，"]) == ["北京（4起，4人）、天津", "共“1，2”家"])
        #expect(texts(["，", "、"]) == ["北京（4起，4人）", "天津", "共“1，2”家"])
        #expect(read.clauses(in: 0..<100).map(\.mark) == ["，", "，"])
        #expect(read.clauses(in: 5..<5).isEmpty)
    }

    @Test func pairsBrackets() throws {
        let read = Reading.reader.read("甲（乙“丙”（丁））戊）《己》（\n）", name: "-")
        #expect(read.brackets.map { read.source.text($0.range) } == ["（乙“丙”（丁））", "“丙”", "（丁）", "《己》"])
        #expect(read.brackets.map(\.depth) == [0, 1, 1, 0])
        #expect(read.brackets.map(\.isQuotation) == [false, true, false, false])
        let first = try #require(read.bracket(at: 1))
        #expect(read.source.text(first.content) == "乙“丙”（丁）")
        #expect(read.bracket(at: 0) == nil)
    }
}
