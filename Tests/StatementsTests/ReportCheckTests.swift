import Figures
import Rulebooks
import Testing

@testable import Statements

@Suite("Checking a report")
struct ReportCheckTests {
    private let composer = ReportComposer(catalogue: ZhejiangCatalogue(), source: InMemoryCells())

    private func check(_ zh: String, en: String = "", extra: [String] = []) -> [StatementProblem] {
        composer.check(ZhejiangReportTests.report(zh: zh, en: en), extraNames: extra)
    }

    @Test(
        "accepts the tags there are",
        arguments: [
            "", "plain", "{{all.sentence}}{{{all.deaths.rate}}}{{&all.incidents.difference}}",
            "{{#falling.rows}}{{name}}{{incidents.rate}}{{rank}}{{period.name}}{{^last()}}、{{/last()}}{{/falling.rows}}",
            "{{^zero.rows}}无{{/zero.rows}}{{! a comment }}{{ all.value }}",
            "{{#all}}{{value}}{{deaths.value}}{{/all}}",
            "{{count(zero.rows)}}", "{{#all.falling}}{{all.direction}}{{/all.falling}}",
        ])
    func accepts(_ template: String) {
        #expect(check(template, en: template).isEmpty)
    }

    @Test(
        "finds tags that nothing has",
        arguments: [
            ("{{al.value}}", "al.value"), ("\n{{all.valu}}", "all.valu"), ("{{edges.rate}}", "edges.rate"),
            ("{{all.share}}", "all.share"), ("{{all.rows}}", "all.rows"), ("{{name}}", "name"),
            ("{{.}}", "."),
            ("{{#zero.rows}}{{rate}}{{/zero.rows}}", "rate"),
            ("{{falls.injuries.value}}", "falls.injuries.value"),
            ("{{#largest.rows}}{{nam}}{{/largest.rows}}", "nam"), ("{{}}", ""), ("{{last()}}", "last()"),
            ("{{shout(all.value)}}", "shout(all.value)"), ("{{all.value.text}}", "all.value.text"),
        ])
    func findsUnknown(_ template: String, _ name: String) {
        let names = check(template).compactMap { problem -> String? in
            guard case .unknownTag(let tag, .zh, _, _) = problem else { return nil }
            return tag
        }
        #expect(names == [name])
    }

    @Test("says the line and what was probably meant")
    func suggests() throws {
        let problem = try #require(check("", en: "a\nb {{all.valu}}").first)
        #expect(problem == .unknownTag("all.valu", language: .en, line: 2, suggestion: "all.value"))
        #expect(problem.code == "STM-0201")
        #expect(problem.message.en.contains("Line 2 of the English template"))
        #expect(problem.message.zh.contains("是否指“all.value”"))
    }

    @Test("knows the names callers will add")
    func extraNames() {
        #expect(check("{{office}}", extra: ["office"]).isEmpty)
        #expect(check("{{office}}").count == 1)
    }

    @Test(
        "refuses what reports cannot use, and what is not closed",
        arguments: [
            "{{> partial}}", "{{=<% %>=}}", "{{$block}}{{/block}}", "{{<parent}}{{/parent}}", "{{#all}}",
            "{{/all}}",
            "{{#all}}{{#falls}}{{/all}}{{/falls}}", "{{all.value", "{{{all.value}}",
            "{{% CONTENT_TYPE:HTML}}",
        ])
    func refuses(_ template: String) {
        let problems = check(template)
        #expect(!problems.isEmpty)
        #expect(problems.allSatisfy { !$0.message.zh.isEmpty && !$0.message.en.isEmpty })
        #expect(throws: (any Error).self) {
            try composer.compose(
                ZhejiangReportTests.report(zh: template), region: "33",
                period: try #require(Period("2009H1")),
                language: .zh)
        }
    }

    @Test("finds what is wrong with the figures, all of it")
    func figures() {
        let report = ReportDefinition(
            id: "bad",
            figures: [
                FigureDeclaration(name: "a", measures: ["incident"]),
                FigureDeclaration(name: "a", measures: ["deaths"], where: ["categry": ["x"]]),
                FigureDeclaration(name: "region", measures: ["deaths"], shareOf: "aa"),
                FigureDeclaration(name: "b", measures: ["deaths"], by: "region.citty", only: [.falling]),
                FigureDeclaration(name: "c", measures: ["deaths"], limit: 3),
                FigureDeclaration(name: "d"),
                FigureDeclaration(name: "e", indicator: "rate"),
            ],
            template: Bilingual(zh: "", en: ""))
        let problems = composer.check(report)
        for expected: StatementProblem in [
            .figure(name: "a", .unknownMeasure("incident", suggestion: "incidents")), .takenName("a"),
            .figure(name: "a", .unknownDimension("categry", measure: "deaths", suggestion: "category")),
            .takenName("region"), .unknownShare(name: "region", of: "aa", suggestion: "a"),
            .figure(name: "b", .unknownLevel("citty", suggestion: "city")), .needsComparison(name: "b"),
            .needsTable(name: "c"), .emptyFigure(name: "d"),
            .unknownIndicator(name: "e", "rate", suggestion: nil),
        ] {
            #expect(problems.contains(expected))
        }
        #expect(problems.count == 10)
    }

    @Test("has a distinct code for every problem")
    func codes() throws {
        let problems: [StatementProblem] = [
            .emptyFigure(name: ""), .takenName(""), .unknownShare(name: "", of: "", suggestion: nil),
            .unknownIndicator(name: "", "", suggestion: nil), .needsComparison(name: ""),
            .needsTable(name: ""),
            .unknownTag("", language: .zh, line: 1, suggestion: nil),
            .unsupportedTag("", language: .zh, line: 1),
            .malformedTemplate(language: .zh, line: 1), .unreadableTemplate(path: ""),
            .unknownWord("", key: "", figure: "", known: []), .figure(name: "", .nothingAsked),
            .wrongPeriod(try #require(Period("2009")), expected: .month),
        ]
        #expect(Set(problems.map(\.code)).count == problems.count)
        #expect(problems.allSatisfy { !$0.message.zh.isEmpty && !$0.message.en.isEmpty })
    }
}
