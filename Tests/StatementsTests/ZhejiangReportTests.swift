import Figures
import Rulebooks
import Testing

@testable import Statements

/// The half-year speech of Zhejiang's construction department in 2009, from the 51 incidents behind it.
///
/// The department's own 52% and 51.85% of falls are truncated or rest on other data and are not tested.
@Suite(
    "The half-year report of Zhejiang, 2009",
    .enabled(if: Zhejiang.incidents() != nil, "needs ../shared/data/incidents-zhejiang-2008h1-2009h1.csv"))
struct ZhejiangReportTests {
    static let both = ["incidents", "deaths"]

    static func report(zh: String, en: String = "") -> ReportDefinition {
        ReportDefinition(
            id: "half-year", period: .half,
            figures: [
                FigureDeclaration(name: "all", measures: both, compare: .year),
                FigureDeclaration(
                    name: "falls", measures: both, where: ["category": ["高处坠落"]], compare: .year,
                    shareOf: "all"),
                FigureDeclaration(
                    name: "struck", measures: ["deaths"], where: ["category": ["物体打击"]], compare: .year,
                    shareOf: "all"),
                FigureDeclaration(
                    name: "edges", measures: ["deaths"], where: ["location": ["洞口", "临边", "脚手架"]],
                    shareOf: "all"),
                FigureDeclaration(
                    name: "graded", measures: both, where: ["contractor_grade": ["一级", "二级"]], shareOf: "all"),
                FigureDeclaration(
                    name: "smaller", measures: both, where: ["size": ["small", "middle"]], shareOf: "all"),
                FigureDeclaration(
                    name: "middle", measures: both, where: ["size": ["middle"]], shareOf: "all"),
                FigureDeclaration(name: "small", measures: both, where: ["size": ["small"]], shareOf: "all"),
                FigureDeclaration(
                    name: "falling", measures: both, compare: .year, by: "region.city", only: [.falling],
                    sort: .rate),
                FigureDeclaration(name: "zero", measures: both, by: "region.city", only: [.zero]),
                FigureDeclaration(
                    name: "none", measures: both, where: ["category": ["火灾"]], by: "region", only: [.nonzero]),
                FigureDeclaration(
                    name: "largest", measures: both, by: "region.city", sort: .value, limit: 2),
            ],
            template: Bilingual(zh: zh, en: en))
    }

    private func statement(_ zh: String, _ language: Language = .zh, en: String = "") throws -> Statement {
        let text = try #require(Zhejiang.incidents())
        let composer = ReportComposer(catalogue: ZhejiangCatalogue(), source: try Zhejiang.cells(text))
        return try composer.compose(
            Self.report(zh: zh, en: en), region: "330000000000", period: try #require(Period("2009H1")),
            language: language, checkpoint: "zhiheng/51")
    }

    @Test(
        "says what the department said",
        arguments: [
            (
                "{{period.name}}{{region.name}}{{all.fullSentence}}。",
                "2009年上半年浙江省发生事故23起、死亡26人，同比减少5起、9人，分别下降17.86%和25.71%。"
            ),
            ("共发生安全事故{{all.sentence}}", "共发生安全事故23起、死亡26人，同比减少5起、9人，分别下降17.86%和25.71%"),
            (
                "共发生安全事故{{all.figures}}，{{all.comparison}}",
                "共发生安全事故23起、死亡26人，同比减少5起、9人，分别下降17.86%和25.71%"
            ),
            ("占{{falls.incidents.share}}和{{falls.deaths.share}}", "占52.17%和50%"),
            ("{{struck.trend}}{{struck.rate}}，占{{struck.share}}", "上升600%，占26.92%"),
            ("{{edges.share}}", "57.69%"),
            ("{{graded.incidents.text}}、{{graded.deaths.text}}，{{graded.deaths.share}}", "17起、18人，69.23%"),
            ("{{smaller.figures}} {{smaller.deaths.share}}", "17起、死亡20人 76.92%"),
            ("{{middle.deaths.share}} {{small.deaths.share}}", "42.31% 34.62%"),
            ("{{zero.names}}未发生", "宁波市、衢州市未发生"),
            ("{{zero.count}}", "2"),
            ("{{#zero.names}}有{{/zero.names}}{{#none.names}}无{{/none.names}}{{none.names}}", "有"),
        ])
    func paragraphs(_ template: String, _ expected: String) throws {
        let statement = try statement(template)
        #expect(statement.text == expected)
    }

    @Test("lists the cities that fell")
    func cities() throws {
        let template = "{{#falling.rows}}{{name}}{{fullSentence}}；{{/falling.rows}}"
        let statement = try statement(template)
        for expected in [
            "杭州市发生事故2起、死亡2人，同比减少6起、9人，分别下降75%和81.82%；",
            "绍兴市发生事故1起、死亡1人，同比减少1起、3人，分别下降50%和75%；",
            "湖州市发生事故1起、死亡2人，同比减少2起、1人，分别下降66.67%和33.33%；",
            "温州市发生事故3起、死亡3人，同比减少2起、2人，均下降40%；",
        ] {
            #expect(statement.text.contains(expected))
        }
        // 宁波 fell to nothing, the steepest; 金华 with 义乌 in it did not fall.
        #expect(statement.text.hasPrefix("宁波市未发生事故，同比减少1起、1人，均下降100%；"))
        #expect(!statement.text.contains("金华市"))
        let largest = try self.statement("{{#largest.rows}}{{name}}{{value}} {{/largest.rows}}")
        #expect(largest.text == "金华市7 嘉兴市4 ")
    }

    @Test("says it in English")
    func english() throws {
        let template =
            "In the {{period.name}}: {{all.sentence}}. None in {{zero.names}}; {{falls.text}} from height."
        let statement = try statement("", .en, en: template)
        let expected = """
            In the first half of 2009: 23 incidents and 26 deaths, down 5 and 9 from a year earlier, or 17.86% and \
            25.71%. None in 宁波市 and 衢州市; 12 incidents from height.
            """
        #expect(statement.text == expected)
    }

    @Test("names the figures it prints and what they were computed from")
    func usedFigures() throws {
        let template = "{{struck.rate}}{{struck.share}}{{#zero.rows}}{{deaths.value}}{{/zero.rows}}"
        let statement = try statement(template)
        #expect(statement.checkpoint == "zhiheng/51")
        #expect(statement.region == "330000000000")
        #expect(statement.period.description == "2009H1")
        #expect(statement.figures.count == 4)
        let rate = try #require(statement.figures.first { $0.aspect == .rate })
        #expect((rate.numerator, rate.denominator, rate.printed) == (6, 1, "600%"))
        #expect(rate.value == Rational(6))
        let share = try #require(statement.figures.first { $0.aspect == .share })
        #expect((share.numerator, share.denominator, share.printed) == (7, 26, "26.92%"))
        #expect(
            statement.figures.filter { $0.name == "zero" }.map(\.row) == ["330200000000", "330800000000"])
    }

    @Test("covers a half year only", arguments: ["2009", "2009Q1", "2009-02..2009-07", "2009-06"])
    func covers(_ text: String) throws {
        let report = Self.report(zh: "")
        let other = try #require(Period(text))
        #expect(!report.covers(other))
        let composer = ReportComposer(catalogue: ZhejiangCatalogue(), source: InMemoryCells())
        #expect(throws: StatementProblems([.wrongPeriod(other, expected: .half)])) {
            try composer.compose(report, region: "33", period: other, language: .zh)
        }
        #expect(report.covers(try #require(Period("2009YTD-06"))))
    }

    @Test("leaves text as it is and takes what the caller adds")
    func extras() throws {
        let text = try #require(Zhejiang.incidents())
        let composer = ReportComposer(catalogue: ZhejiangCatalogue(), source: try Zhejiang.cells(text))
        let report = Self.report(
            zh: "{{office}}\n{{#all.falling}}\n降\n{{/all.falling}}\n{{checkpoint}}{{{office}}}")
        let statement = try composer.compose(
            report, region: "33", period: try #require(Period("2009H1")), language: .zh, checkpoint: "a<b",
            extra: ["office": "<质安站 & 局>", "region": "ignored"])
        #expect(statement.text == "<质安站 & 局>\n降\na<b<质安站 & 局>")
    }
}
