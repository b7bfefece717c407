import Testing

@testable import Presentation

@Suite("Paragraphs of runs")
struct RunBlockTests {
    private let coloured = Terminal(isTerminal: true, columns: 20, refusesColours: false)
    private let colourless = Terminal(isTerminal: true, columns: 20, refusesColours: true)

    private func block(_ runs: (String, Meaning?)...) -> RunBlock {
        var block = RunBlock()
        for (text, meaning) in runs { block.add(text, meaning) }
        return block
    }

    @Test("In a pipe everything stands on one line, without colours")
    func pipe() {
        let text = block(("占全省总数的", nil), ("84.1%", .danger), ("。\n完成", nil)).drawn(indent: 2)
        #expect(text == "  占全省总数的84.1%。 完成\n")
    }

    @Test("Lines are wrapped as one text, and later ones hang")
    func wrapping() {
        let text = block(("✗ ", .danger), ("整改率应为百分之九十一点一", nil)).drawn(
            for: colourless, indent: 2, hanging: 2)
        #expect(text == "  ✗ 整改率应为百分\n    之九十一点一\n")
    }

    @Test("A run that is broken is painted on both lines, without its margin")
    func painting() {
        let text = block(("一二三四五六七", nil), ("八九十 十一十二", .good), ("完", .danger)).drawn(for: coloured)
        #expect(text == "一二三四五六七\u{1B}[32m八九十\u{1B}[0m\n\u{1B}[32m十一十二\u{1B}[0m\u{1B}[31m完\u{1B}[0m\n")
    }

    @Test("Spaces that a line break takes away do not shift the colours")
    func spaces() {
        let text = block(("aaaa bbbb cccc dddd ", nil), ("eeee", .good), (" ffff", nil)).drawn(for: coloured)
        #expect(text == "aaaa bbbb cccc dddd\n\u{1B}[32meeee\u{1B}[0m ffff\n")
    }

    @Test("Combining marks and controls do no harm")
    func oddities() {
        let text = block(("e", nil), ("\u{301}\u{1B}[2J", .good), ("", .danger)).drawn(for: coloured)
        #expect(text == "e\u{1B}[32m\u{301}\u{FFFD}[2J\u{1B}[0m\n")
        #expect(RunBlock().drawn(for: coloured) == "\n")
        #expect(RunBlock().drawn() == "\n")
    }

    @Test("A very long paragraph is wrapped in time that grows with its length")
    func longParagraph() {
        let text = block((String(repeating: "数字", count: 100_000), nil)).drawn(for: colourless)
        #expect(text.utf8.count == 200_000 * 3 + 20_000)
    }
}
