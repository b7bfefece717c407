import Testing

@testable import Presentation

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("质衡", 4), ("质a衡", 5), ("Ａ１，", 6), ("ｱｲ", 2), ("한글", 4), ("かな", 4),
        ("é", 1), ("e\u{301}", 1), ("a\u{200B}b", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇨🇳", 2),
        ("❤\u{FE0F}", 2),
        ("❤", 1), ("…", 1), ("“质”", 4), ("㎡", 2), ("m²", 2), ("±", 1), ("①", 1), ("℃", 1), ("𠀀", 2), ("㐀", 2),
        ("\u{1B}", 0), ("\u{FEFF}x", 1), ("ก็", 1), ("¥￥", 3), ("⚡", 2), ("☂", 1), ("✅", 2), ("─│", 2),
        ("〇", 2),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("5\u{FE0F}\u{20E3}", 2), ("д", 1), ("、。", 4), ("\u{AD}", 0),
    ]) func countsColumns(_ text: String, _ columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }

    @Test func ambiguousCharactersMayBeWide() {
        #expect(DisplayWidth.columns(of: "…①±─", ambiguous: .wide) == 8)
        #expect(DisplayWidth.columns(of: "“质”a", ambiguous: .wide) == 7)
    }

    @Test func padsAndCuts() {
        #expect("质衡".padded(to: 7) == "质衡   ")
        #expect("质衡".padded(to: 7, .right) == "   质衡")
        #expect("质衡".padded(to: 7, .centre) == " 质衡  ")
        #expect("质衡".padded(to: 3) == "质衡")
        #expect("高处坠落".truncated(to: 8) == "高处坠落")
        #expect("高处坠落".truncated(to: 7) == "高处坠…")
        #expect("高处坠落".truncated(to: 6) == "高处…")
        #expect("abc".truncated(to: 1) == "…")
        #expect("abc".truncated(to: 0) == "")
        #expect("👨‍👩‍👧‍👦👨‍👩‍👧‍👦".truncated(to: 3) == "👨‍👩‍👧‍👦…")
        #expect("abc".truncated(to: -5) == "")
    }

    @Test func wrapsByColumnsAndPunctuation() {
        #expect(TextWrap.lines(of: "脚手架坍塌，两人受伤。", columns: 10) == ["脚手架坍", "塌，两人受", "伤。"])
        #expect(TextWrap.lines(of: "the scaffold fell down", columns: 9) == ["the", "scaffold", "fell down"])
        #expect(TextWrap.lines(of: "abcdefghij", columns: 4) == ["abcd", "efgh", "ij"])
        #expect(TextWrap.lines(of: "a\n\nb", columns: 4) == ["a", "", "b"])
        #expect(TextWrap.lines(of: "质", columns: 0) == ["质"])
        #expect(TextWrap.lines(of: "", columns: 5) == [""])
    }

    @Test func textFromOutsideCannotSteerTheTerminal() {
        #expect(
            SafeText.oneLine("a\u{1B}[31mb\r\nc\td\u{202E}e\u{9B}f") == "a\u{FFFD}[31mb c d\u{FFFD}e\u{FFFD}f"
        )
        #expect(SafeText.lines("a\r\nb\rc\u{2028}d") == "a\nb\nc\nd")
        #expect(SafeText.oneLine("👨‍👩‍👧‍👦 质衡") == "👨‍👩‍👧‍👦 质衡")
    }

    @Test func groupsThousands() {
        #expect(NumberText.grouped(0) == "0" && NumberText.grouped(-999) == "-999")
        #expect(NumberText.grouped(1_234_567) == "1,234,567")
        #expect(NumberText.grouped(Int64.min) == "-9,223,372,036,854,775,808")
        #expect(NumberText.grouped(decimal: "-1234.5678") == "-1,234.5678")
        for other in ["", "-", "1e5", "12a4567", "1.2.3", "n/a", ".5", "１２３４"] {
            #expect(NumberText.grouped(decimal: other) == other)
        }
    }
}
