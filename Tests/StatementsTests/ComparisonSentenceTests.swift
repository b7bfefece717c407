import Figures
import Rulebooks
import Testing

@testable import Statements

@Suite("Sentences of comparison")
struct ComparisonSentenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let now: [Int64]
        let before: [Int64]
        let zh: String
        let en: String
        var testDescription: String { zh }
    }

    static let cases = [
        Case(
            now: [23, 26], before: [28, 35], zh: "发生事故23起、死亡26人，同比减少5起、9人，分别下降17.86%和25.71%",
            en: "23 incidents and 26 deaths, down 5 and 9 from a year earlier, or 17.86% and 25.71%"),
        Case(
            now: [3, 3], before: [5, 5], zh: "发生事故3起、死亡3人，同比减少2起、2人，均下降40%",
            en: "3 incidents and 3 deaths, down 2 and 2 from a year earlier, or 40% each"),
        Case(
            now: [13, 63], before: [10, 47], zh: "发生事故13起、死亡63人，同比增加3起、16人，分别上升30%和34.04%",
            en: "13 incidents and 63 deaths, up 3 and 16 from a year earlier, or 30% and 34.04%"),
        Case(
            now: [9, 7], before: [8, 8],
            zh: "发生事故9起、死亡7人，同比事故起数增加1起、死亡人数减少1人，事故起数上升12.5%、死亡人数下降12.5%",
            en:
                "9 incidents and 7 deaths, incidents up 1 (12.5%) and deaths down 1 (12.5%), compared with a year earlier"
        ),
        Case(
            now: [3, 21], before: [3, 10], zh: "发生事故3起、死亡21人，事故起数同比持平，死亡人数同比增加11人、上升110%",
            en:
                "3 incidents and 21 deaths, incidents unchanged and deaths up 11 (110%), compared with a year earlier"
        ),
        Case(
            now: [4, 4], before: [4, 4], zh: "发生事故4起、死亡4人，同比持平",
            en: "4 incidents and 4 deaths, the same as a year earlier"),
        Case(
            now: [6, 6], before: [0, 0], zh: "发生事故6起、死亡6人，上年同期未发生",
            en: "6 incidents and 6 deaths, against none a year earlier"),
        Case(
            now: [1, 1], before: [2, 0], zh: "发生事故1起、死亡1人，事故起数同比减少1起、下降50%，死亡人数上年同期为零",
            en:
                "1 incident and 1 death, incidents down 1 (50%) and deaths up from none, compared with a year earlier"
        ),
        Case(
            now: [0, 0], before: [4, 5], zh: "未发生事故，同比减少4起、5人，均下降100%",
            en: "no incidents, down 4 and 5 from a year earlier, or 100% each"),
        Case(
            now: [0, 0], before: [0, 0], zh: "未发生事故，同比持平", en: "no incidents, the same as a year earlier"),
        Case(
            now: [12], before: [31], zh: "发生事故12起，同比减少19起，下降61.29%",
            en: "12 incidents, down 19 from a year earlier, or 61.29%"),
        Case(
            now: [1], before: [0], zh: "发生事故1起，上年同期未发生", en: "1 incident, against none a year earlier"),
    ]

    private func amounts(_ example: Case) -> [ComparedAmount] {
        let names = [
            (Bilingual(zh: "发生事故", en: "incidents"), Bilingual(zh: "事故起数", en: "incidents"), "起"),
            (Bilingual(zh: "死亡", en: "deaths"), Bilingual(zh: "死亡人数", en: "deaths"), "人"),
        ]
        return example.now.indices.map { index in
            let (phrase, subject, unit) = names[index]
            return ComparedAmount(
                phrase: phrase, subject: subject, unit: Bilingual(zh: unit, en: ""),
                value: example.now[index],
                previous: example.before[index])
        }
    }

    @Test("follow the ministry's wording", arguments: cases)
    func wording(_ example: Case) {
        let sentence = ComparisonSentence(amounts(example))
        #expect(sentence.text(.zh) == example.zh)
        #expect(sentence.text(.en) == example.en)
    }

    @Test("compare with the period before where asked to, or with nothing")
    func otherComparisons() {
        let example = Case(now: [23, 26], before: [28, 0], zh: "", en: "")
        let before = ComparisonSentence(amounts(example), comparison: .previous)
        #expect(before.comparisonText(.zh) == "事故起数环比减少5起、下降17.86%，死亡人数上期为零")
        #expect(before.comparisonText(.en)?.hasSuffix("compared with the period before") == true)
        let none = ComparisonSentence(amounts(example), comparison: .none)
        #expect(none.text(.zh) == "发生事故23起、死亡26人")
        #expect(none.comparisonText(.en) == nil)
        #expect(none.amountsText(.zh, leavesOutFirstPhrase: true) == "23起、死亡26人")
        #expect(ComparisonSentence([]).text(.zh).isEmpty)
    }

    @Test("write decimal amounts with their places")
    func decimals() {
        let loss = ComparedAmount(
            phrase: Bilingual(zh: "直接经济损失", en: "yuan of direct loss"),
            subject: Bilingual(zh: "直接经济损失", en: "direct loss"), unit: Bilingual(zh: "元", en: "yuan"),
            places: 2, value: 150_000, previous: 100_050)
        #expect(ComparisonSentence([loss]).text(.zh) == "直接经济损失1500.00元，同比增加499.50元，上升49.93%")
    }

    @Test(
        "derive their words from the measure",
        arguments: [
            ("事故起数", "起", "发生事故", "事故起数"), ("生产安全事故", "起", "发生生产安全事故", "生产安全事故起数"),
            ("死亡人数", "人", "死亡", "死亡人数"), ("死亡", "人", "死亡", "死亡人数"),
            ("隐患", "条", "隐患", "隐患条数"), ("罚款金额", "元", "罚款金额", "罚款金额"), ("", "", "", ""),
        ])
    func words(_ name: String, _ unit: String, _ phrase: String, _ subject: String) throws {
        let measure = MeasureDescription(
            id: "incidents", name: Bilingual(zh: name, en: "Serious injuries"),
            unit: Bilingual(zh: unit, en: ""),
            dimensions: ZhejiangCatalogue.dimensions)
        let engine = FigureEngine(catalogue: ZhejiangCatalogue(), source: InMemoryCells())
        let figure = try #require(
            try engine.evaluate(FigureQuery(measures: ["incidents"])).total["incidents"])
        let amount = ComparedAmount(measure, figure)
        #expect(amount.phrase == Bilingual(zh: phrase, en: "serious injuries"))
        #expect(amount.subject.zh == subject)
    }

    @Test(
        "decline English nouns",
        arguments: [
            ("incidents", "incident"), ("serious injuries", "serious injury"),
            ("hazards found", "hazard found"),
            ("deaths from falls", "death from falls"), ("people", "person"), ("", ""),
        ])
    func nouns(_ plural: String, _ singular: String) {
        #expect(EnglishNouns.singular(plural) == singular)
    }
}
