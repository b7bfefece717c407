import Testing

@testable import Statements

@Suite("A text against its attached table")
struct TableFinderTests {
    /// The shape of the ministry's tables: two lines of headers, the upper one spanning columns.
    private static let table: [[String]] = [
        ["2013年8月房屋市政工程生产安全事故情况表"],
        ["地区", "总体情况", "", "", "", "较大及以上事故", "", "", ""],
        ["", "事故起数", "上年同期起数", "死亡人数", "上年同期人数", "较大起数", "上年同期", "较大死亡人数", "上年同期"],
        ["合 计", "15", "20", "22", "23", "1", "2", "4", "6"],
        ["江苏省", "8", "5", "15", "6", "1", "0", "4", "0"],
        ["广西区", "4", "4", "4", "4", "0", "1", "0", "3"],
        ["内蒙区", "1", "6", "1", "6", "0", "1", "0", "3"],
        ["新疆兵团", "2", "5", "2", "7", "0", "0", "0", "0"],
    ]

    private func claims(_ text: String, _ table: [[String]] = table) -> [String] {
        TableFinder(table: table).claims(in: TextReader().read(text, name: "-")).map(Listed.line)
    }

    @Test("Totals and regions that agree hold")
    func agreeing() {
        let text = """
            2013年8月，全国共发生施工安全事故15起、死亡22人，比去年同期减少5起。
            2013年8月，全国有4个地区发生施工安全事故，分别是江苏（8起、15人）、广西（4起、4人）、新疆兵团（2起、2人）、内蒙古（1起、1人）。
            """
        let claims = claims(text)
        #expect(claims.count == 10)
        #expect(claims.allSatisfy { $0.hasPrefix("table holds") })
    }

    @Test("A total or a region that differs is wrong when the rest agrees")
    func differing() {
        let total = claims("2013年8月，全国共发生施工安全事故15起、死亡25人。")
        #expect(total == ["table holds 15起 15起", "table wrong 25人 22人"])
        let region = claims("全国有4个地区发生事故，分别是江苏（8起、15人）、广西（4起、5人）、新疆兵团（2起、2人）、内蒙古（1起、1人）。")
        #expect(region.filter { $0.contains("wrong") } == ["table wrong 5人 4人"])
    }

    @Test("Graver accidents are compared with their own columns")
    func major() {
        #expect(claims("2013年8月，全国共发生施工安全较大事故1起、死亡4人。") == ["table holds 1起 1起", "table holds 4人 4人"])
        // One small agreement may be chance.
        #expect(claims("2013年8月，全国共发生施工安全较大事故1起、死亡5人。").isEmpty)
    }

    @Test("A text about another period says nothing of the table")
    func anotherPeriod() {
        #expect(claims("2013年1-8月，全国共发生施工安全事故344起、死亡429人。").isEmpty)
        #expect(claims("全国有3个地区发生事故，分别是江苏（1起、1人）、广西（2起、2人）、新疆兵团（3起、3人）。").isEmpty)
    }

    @Test("A total row that its rows do not add up to accuses nobody")
    func brokenTable() {
        var table = Self.table
        table[3][3] = "23"
        let claims = claims("2013年8月，全国共发生施工安全事故15起、死亡22人。", table)
        #expect(claims == ["table holds 15起 15起", "table unverifiable 22人 23人"])
    }

    @Test("The columns of a plain CSV are known by English names")
    func plainNames() {
        let table = [
            ["region", "gb2260", "accidents_this", "accidents_last", "deaths_this", "deaths_last"],
            ["合计", "", "15", "20", "22", "23"], ["江苏", "320000", "15", "20", "22", "23"],
        ]
        #expect(claims("全国共发生事故15起、死亡22人。", table) == ["table holds 15起 15起", "table holds 22人 22人"])
    }

    @Test(
        "Tables that say nothing are left alone",
        arguments: [
            [], [[]], [["a"]], [["地区", "数"], ["江苏", "3"]], [["1", "2", "3"], ["x", "4", "5"]],
            [["地区", "起数", "起数"], ["江苏", "3", "4"], ["合计", "3", "4"]], [["\u{0}", "", ""], ["", "1", "2"]],
        ] as [[[String]]])
    func useless(_ table: [[String]]) {
        #expect(claims("全国共发生事故3起、死亡4人。", table).isEmpty)
    }

    @Test(
        "The ministry's tables agree with its texts but for the known error",
        .enabled(if: CommuniqueFiles.arePresent, "the communiqués are not beside this checkout"))
    func ministry() throws {
        let rows = try CommuniqueFiles.rows(CommuniqueFiles.tables)
        let finder = TableFinder(table: [CommuniqueFiles.tableHeader] + rows)
        var (holds, others): (Int, [String]) = (0, [])
        for (file, content) in try CommuniqueFiles.texts() {
            for claim in finder.claims(in: TextReader().read(content, name: file)) {
                if claim.verdict == .holds {
                    holds += 1
                } else {
                    others.append(file + " " + Listed.line(claim))
                }
            }
        }
        #expect(holds > 1400)
        #expect(others == ["2011年1月.txt table wrong 41人 25人"])
    }
}
