import Testing

@testable import Presentation

@Suite struct BlockTests {
    @Test func factsStandBelowEachOther() {
        var block = FactBlock()
        block.add("编号", "ZG-330106-2026-00001")
        block.add("Found on", "2026-03-02")
        block.add("情况", "脚手架\n缺少剪刀撑")
        #expect(
            block.drawn() == """
                编号      ZG-330106-2026-00001
                Found on  2026-03-02
                情况      脚手架
                          缺少剪刀撑

                """)
        let narrow = block.drawn(
            for: Terminal(isTerminal: true, columns: 22, refusesColours: true), indent: 2)
        for line in narrow.split(separator: "\n") { #expect(DisplayWidth.columns(of: line) <= 22) }
    }

    @Test func headingsHaveARuleOfTheirLength() {
        #expect(Heading.drawn("隐患 Hazards") == "隐患 Hazards\n────────────\n\n")
    }

    @Test func treesShowWhoBelongsToWhom() {
        let tree = TreeNode(
            "浙江省",
            children: [
                TreeNode("杭州市", children: [TreeNode("西湖区"), TreeNode("上城区")]),
                TreeNode("宁波市", children: [TreeNode("海曙区")]),
            ])
        #expect(
            tree.drawn() == """
                浙江省
                ├─ 杭州市
                │  ├─ 西湖区
                │  └─ 上城区
                └─ 宁波市
                   └─ 海曙区

                """)
        let coloured = Terminal(isTerminal: true, columns: 80, refusesColours: false)
        #expect(TreeNode("x", .good).drawn(for: coloured) == "\u{1B}[32mx\u{1B}[0m\n")
    }

    @Test func barsAreFullOnlyAtTheEnd() {
        #expect(ProgressBar.drawn(0, columns: 4) == "░░░░")
        #expect(ProgressBar.drawn(0.5, columns: 4) == "██░░")
        #expect(ProgressBar.drawn(0.9999, columns: 4) == "███▉")
        #expect(ProgressBar.drawn(1, columns: 4) == "████")
        for odd in [Double.nan, .infinity, -.infinity, -1, 7] {
            #expect(DisplayWidth.columns(of: ProgressBar.drawn(odd, columns: 5)) == 5)
        }
        #expect(DisplayWidth.columns(of: ProgressBar.drawn(0.3, columns: -1)) == 1)
    }
}
