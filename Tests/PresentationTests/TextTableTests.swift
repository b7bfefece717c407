import Foundation
import Testing

@testable import Presentation

@Suite struct TextTableTests {
    static let table: TextTable = {
        var table = TextTable(columns: [
            TableColumn(key: "region", title: "地区"),
            TableColumn(key: "incidents", title: "事故", alignment: .right),
            TableColumn(key: "rate", title: "Rate", alignment: .decimal),
            TableColumn(key: "note", title: "备注", overflow: .wrap, maximumWidth: 12),
            TableColumn(key: "closed", title: "结案", alignment: .centre),
        ])
        table.rows = [
            [
                .text("杭州市"), .integer(1234), .decimal("12.5"), .text("高处坠落，两人死亡"),
                TableCell(.truth(true), .good),
            ],
            [.text("Ningbo"), .integer(7, .danger), .decimal("1234.25"), .missing, TableCell(.truth(false))],
            [.text("湖州|\"市\""), .integer(-5), .decimal("3")],
        ]
        table.footers = [[.text("合计"), .integer(1236), .decimal("1249.75")]]
        table.yesText = "是"
        table.noText = "否"
        return table
    }()

    @Test func alignsChineseAndEnglish() {
        let expected = """
            地区        事故      Rate  备注          结案
            ─────────  ─────  ────────  ────────────  ────
            杭州市     1,234     12.5   高处坠落，两   是
                                        人死亡
            Ningbo         7  1,234.25                 否
            湖州|"市"     -5      3
            ─────────  ─────  ────────  ────────────  ────
            合计       1,236  1,249.75

            """
        let drawn = Self.table.drawn()
        let lines = drawn.split(separator: "\n").map(String.init)
        #expect(Set(lines.filter { $0.hasPrefix("─") }.map { DisplayWidth.columns(of: $0) }).count == 1)
        #expect(drawn == expected)
    }

    @Test func fitsTheTerminalWithoutCuttingNumbers() {
        for columns in 42...60 {
            let terminal = Terminal(isTerminal: true, columns: columns, refusesColours: true)
            let drawn = Self.table.drawn(for: terminal)
            for line in drawn.split(separator: "\n") { #expect(DisplayWidth.columns(of: line) <= columns) }
            #expect(drawn.contains("1,234.25") && drawn.contains("1,236"))
        }
    }

    @Test func coloursChangeNoWidth() {
        let colourful = Terminal(isTerminal: true, columns: nil, refusesColours: false)
        let painted = Self.table.drawn(for: colourful)
        #expect(painted.contains("\u{1B}[31m7\u{1B}[0m") && painted.contains("\u{1B}[32m是\u{1B}[0m"))
        let bare = painted.replacing(/\u{1B}\[[0-9]+m/, with: "")
        func trimmed(_ text: String) -> [String] {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(trimmed(bare) == trimmed(Self.table.drawn()))
        #expect(!Terminal(isTerminal: true, columns: 80, refusesColours: true).usesColours)
        #expect(!Terminal(isTerminal: false, columns: 80, refusesColours: false).usesColours)
    }

    @Test func jsonKeepsTypes() throws {
        #expect(
            Self.table.json().hasPrefix(
                "[\n  {\"region\": \"杭州市\", \"incidents\": 1234, \"rate\": \"12.5\", "
                    + "\"note\": \"高处坠落，两人死亡\", \"closed\": true},\n"))
        let object = try JSONSerialization.jsonObject(with: Data(Self.table.json().utf8))
        let rows = try #require(object as? [[String: Any]])
        #expect(rows.count == 3 && rows[2]["region"] as? String == "湖州|\"市\"" && rows[2]["note"] is NSNull)
        var odd = TextTable(columns: [TableColumn(key: "k\"", title: "K")])
        #expect(odd.json() == "[]\n")
        odd.rows = [[.text("\u{0}\n\\\u{2028}")]]
        #expect(odd.json() == "[\n  {\"k\\\"\": \"\\u0000\\n\\\\\\u2028\"}\n]\n")
    }

    @Test func csvAndMarkdownCarryTheSame() {
        #expect(
            Self.table.csv()
                == "region,incidents,rate,note,closed\r\n杭州市,1234,12.5,高处坠落，两人死亡,true\r\n"
                + "Ningbo,7,1234.25,,false\r\n\"湖州|\"\"市\"\"\",-5,3,,\r\n")
        #expect(
            Self.table.markdown()
                == """
                | 地区 | 事故 | Rate | 备注 | 结案 |
                | --- | --: | --: | --- | :-: |
                | 杭州市 | 1,234 | 12.5   | 高处坠落，两人死亡 | 是 |
                | Ningbo | 7 | 1,234.25 |  | 否 |
                | 湖州\\|"市" | -5 | 3 |  |  |
                | **合计** | **1,236** | **1,249.75** |  |  |

                """.replacing("12.5   |", with: "12.5 |"))
        for format in OutputFormat.allCases { #expect(Self.table.text(as: format).utf8.last == 0x0A) }
    }

    @Test func marksThatCombineDoNotHideWhatMustBeEscaped() {
        var table = TextTable(columns: [TableColumn(key: "a", title: "A")])
        table.rows = [[.text("\"\u{301}|\u{301}")]]
        #expect(Array(table.csv().utf8) == Array("a\r\n\"\"\"\u{301}|\u{301}\"\r\n".utf8))
        #expect(table.markdown().unicodeScalars.contains("\\"))
    }

    @Test func emptyAndHostileTablesAreDrawn() {
        #expect(TextTable(columns: []).drawn() == "")
        var table = TextTable(columns: [TableColumn(key: "a", title: "A\u{1B}[2J", maximumWidth: -3)])
        table.rows = [[], [.text("x\ny\u{7}"), .text("beyond")], [.decimal("\u{1B}c")]]
        let drawn = table.drawn(for: Terminal(isTerminal: true, columns: 1, refusesColours: true))
        #expect(!drawn.contains("\u{1B}") && !drawn.contains("\u{7}") && !drawn.contains("beyond"))
    }

    @Test func anyTextStaysInItsColumns() {
        var state: UInt64 = 42
        func random(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        let blocks: [UInt64] = [
            0x0, 0x20, 0x300, 0x600, 0xE00, 0x1100, 0x2000, 0x3000, 0x4E00, 0xFE00, 0x1F300,
        ]
        for _ in 0..<200 {
            var table = TextTable(columns: [
                TableColumn(key: "a", title: "甲", overflow: .wrap), TableColumn(key: "b", title: "乙"),
            ])
            table.rows = (0..<3).map { _ in
                (0..<2).map { _ in
                    var text = ""
                    for _ in 0..<random(40) {
                        let value = UInt32(blocks[Int(random(UInt64(blocks.count)))] + random(0xC0))
                        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
                    }
                    return .text(text)
                }
            }
            let columns = 20 + Int(random(40))
            let drawn = table.drawn(for: Terminal(isTerminal: true, columns: columns, refusesColours: true))
            for line in drawn.split(separator: "\n") { #expect(DisplayWidth.columns(of: line) <= columns) }
        }
    }
}

@Suite("Columns that keep their width")
struct KeptColumnTests {
    @Test("A number that people copy is never cut; words beside it give way")
    func keeps() {
        var table = TextTable(columns: [
            TableColumn(key: "number", title: "编号", overflow: .keep),
            TableColumn(key: "description", title: "情况"),
        ])
        table.rows = [[.text("ZG-330106-2026-00001"), .text("外脚手架三层整层未设连墙件")]]
        let drawn = table.drawn(for: Terminal(isTerminal: true, columns: 32, refusesColours: true))
        #expect(drawn.contains("ZG-330106-2026-00001"))
        #expect(drawn.contains("…"))
    }
}
