import Testing

@testable import Statements

/// Percentages of change in the sentences of many offices.
@Suite struct ChangeSentenceTests {
    @Test(arguments: [
        (
            "共发生事故23起、死亡26人，同比减少5起、9人，分别下降17.86%和25.71%。",
            ["17.86% holds change 5/28", "25.71% holds change 9/35"]
        ),
        (
            "共发生事故7起、死亡42人，比去年同期事故起数增加4起、死亡人数增加27人，同比分别上升133.33%和180%。",
            ["133.33% holds change 4/3", "180% holds change 27/15"]
        ),
        (
            "发生较大事故1起、死亡3人，同比去年减少1起、3人，事故起数和死亡人数均下降了50%。",
            ["50% holds change 1/2", "50% holds change 3/6"]
        ),
        (
            "全市发生事故13起、死亡8人，同比起数增加3起、人数减少2人，分别上升30%和下降20%。",
            ["30% holds change 3/10", "20% holds change 2/10"]
        ),
        (
            "道路运输事故102起，死亡88人，同比减少12起，10人，分别下降10.5%，10.2%。",
            ["10.5% holds change 12/114", "10.2% holds change 10/98"]
        ),
        ("处理投诉3256件，比上年少受理356件，下降9.9%。", ["9.9% holds change 356/3612"]),
        (
            "高处坠落事故与2008年同比减少13起14人，分别下降52%和51.85%。",
            ["52% holds change 13/25", "51.85% holds change 14/27"]
        ),
        ("与去年同期相比，事故起数持平，死亡人数减少1人，同比下降9.09%，共死亡10人。", ["9.09% holds change 1/11"]),
    ])
    func differencesGiveTheBase(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }

    @Test(arguments: [
        ("事故由去年的28起下降到23起，下降17.86%。", ["17.86% holds change 5/28"]),
        ("死亡人数由35人减少至26人，下降25.71%。", ["25.71% holds change 9/35"]),
        ("全年发生事故23起，去年同期28起，同比下降17.9%。", ["17.9% holds change 5/28"]),
        ("全市发生事故23起（去年同期28起），同比下降17.9%。", ["17.9% holds change 5/28"]),
        (
            "全年共查处案件120件，去年80件，增长50%；移送司法机关12件，去年6件，增长1倍。",
            ["50% holds change 40/80", "1倍 holds change 6/6"]
        ),
        (
            "2021年受理投诉12356件，比2020年的10985件增加1371件，增幅12.48%。",
            ["1371件 holds difference 12356/10985", "12.48% holds change 1371/10985"]
        ),
        ("完成投资2345.6亿元，是去年同期的1.2倍（去年同期为1954.7亿元）。", ["1.2倍 holds share 2345.6亿/1954.7亿"]),
        ("去年同期发生28起，今年发生23起，减少6起。", ["6起 wrong difference 28/23"]),
    ])
    func aStatedBaseIsUsed(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }

    @Test(arguments: [
        ("立案查处质量违法案件36起，同比增长9.1%。", ["9.1% holds change 3/33"]),
        ("上半年全市发生火灾36起，同比增长9.5%。", ["9.5% wrong change"]),
        (
            "全市发生事故23起、死亡26人（同比分别下降17.86%、25.71%）。",
            ["17.86% holds change 5/28", "25.71% holds change 9/35"]
        ),
        // So many thousands of cases that every percentage of one place can be reached.
        ("共受理投诉52310件，同比增长9.1%。", ["9.1% unverifiable change"]),
        ("全省建筑业总产值达到3536.5亿元，同比增长了9%。", ["9% unverifiable change"]),
        ("死亡人数与2008年同比上升600%。", ["600% unverifiable change"]),
        (
            "其中河北（起数下降68%、人数下降40%）、辽宁（起数下降59%、人数下降79%）等地区下降幅度较大。",
            [
                "68% unverifiable change", "40% unverifiable change", "59% unverifiable change",
                "79% unverifiable change",
            ]
        ),
        (
            "全县生产总值118.6亿元，比2007年的52.3亿元增加66.3亿元，年均增长17.8%。",
            ["66.3亿元 holds difference 118.6亿/52.3亿", "17.8% unverifiable change"]
        ),
    ])
    func whatIsNotStatedIsLookedForAmongWholeNumbers(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }

    @Test(arguments: [
        ("共死亡41人，比去年同期减少35人，下降58.33%。", ["58.33% wrong change 35/76"]),
        ("发生事故23起，同比减少5起，上升17.86%。", ["17.86% wrong change"]),
        ("发生事故3起，同比增加3起，上升100%。", ["100% wrong change 3/0"]),
        ("发生事故23起，同比减少5起，下降17%。", ["17% truncated change 5/28"]),
        ("受理投诉1.2万件，同比减少0.3万件，下降21%。", ["21% explained change 3000/1.5万"]),
        ("受理投诉1.2万件，同比减少0.3万件，下降35%。", ["35% wrong change 3000/1.5万"]),
        ("发生事故23起，同比减少5起，下降近18%。", ["18% holds change 5/28"]),
        ("发生事故23起，同比减少5起，下降超过15%。", ["15% holds change 5/28"]),
        ("发生事故23起，同比减少约5起，下降30%。", ["30% unverifiable change"]),
    ])
    func verdicts(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }

    @Test(arguments: [
        ("合格率由91.1%提高到91.6%，提高0.5个百分点。", ["0.5个百分点 holds difference 91.6/91.1"]),
        ("合格率94.8%，较去年同期的92.5%提升2.3个百分点。", ["2.3个百分点 holds difference 94.8/92.5"]),
        ("合格率94.8%，较去年同期的92.5%提升3.2个百分点。", ["3.2个百分点 wrong difference 94.8/92.5"]),
        ("合格率为91.6%，比上年提高0.6个百分点。", ["0.6个百分点 unverifiable difference"]),
    ])
    func percentagePoints(_ sentence: String, _ expected: [String]) {
        #expect(Checked.claims(sentence) == expected)
    }

    @Test(arguments: [
        "力争到2025年合格率达到98%以上，比2020年提高2个百分点。", "确保死亡人数同比下降5%以上。",
        "要求整改率不低于95%。", "合格率提高到95%。", "100%的在建工程纳入监管。",
    ])
    func aimsAndLevelsClaimNothing(_ sentence: String) {
        #expect(Checked.claims(sentence).isEmpty)
    }

    @Test func theExplanationNamesTheMisprint() throws {
        let read = TextReader().read("共死亡26人，比去年同期减少9人，下降27.51%。", name: "-")
        let claim = try #require(StatementChecker().check(read).first)
        #expect(claim.explanation.chinese.contains("(9+26)") && claim.explanation.chinese.contains("25.71%"))
        #expect(claim.explanation.chinese.contains("“27.51%”很可能是“25.71%”之误"))
        #expect(claim.explanation.english.contains("misprint"))
        #expect(claim.recomputedText == "25.71%")
    }

    @Test func theMisprintIsNotAFigureThatAnotherClaimConfirms() throws {
        let read = TextReader().read(
            "发生事故17起、死亡41人，比去年同期事故起数减少24起、死亡人数减少35人，分别下降58.54%和58.33%。", name: "-")
        let claims = StatementChecker().check(read)
        #expect(claims.map(\.verdict) == [.holds, .wrong])
        #expect(claims.last?.explanation.chinese.contains("若“41”为“25”之误") == true)
    }
}
