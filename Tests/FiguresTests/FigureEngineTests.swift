import Expressions
import Figures
import Rulebooks
import Testing

@Suite("Figures")
struct FigureEngineTests {
    private static let cells = [
        cell("incidents", 2009, 1, "330106", ["edge", "a"], 3),
        cell("incidents", 2009, 3, "330110", ["struck", "b"], 1),
        cell("incidents", 2009, 6, "3302", ["fall", "a"], 2),
        cell("incidents", 2009, 7, "3302", ["fall", "a"], 100),
        cell("incidents", 2008, 2, "330106", ["edge", "a"], 4),
        cell("incidents", 2008, 2, "3302", ["", "b"], 4),
        cell("incidents", 2009, 2, "33", ["struck", ""], 1),
        cell("deaths", 2009, 1, "330106", ["edge"], 5),
        cell("deaths", 2008, 1, "330106", ["edge"], 4),
        cell("loss", 2009, 1, "330106", ["edge"], 123_456),
        TallyCell(
            measure: "overdue", month: Months.none, region: padded("330106"), dimensions: [], value: 7),
        TallyCell(
            measure: "incidents?", month: Months.none, region: padded("330106"), dimensions: ["edge", "a"],
            value: 2),
        cell("incidents?", 2009, 4, "3302", ["fall", "a"], 1),
    ]

    private func engine(_ catalogue: TestCatalogue = TestCatalogue()) throws -> FigureEngine {
        FigureEngine(catalogue: catalogue, source: try InMemoryCells(Self.cells))
    }

    private func half() throws -> Period { try period("2009H1") }

    @Test("sum cells of a period and a region, and compare with the year before")
    func sumsAndCompares() throws {
        let query = FigureQuery(
            measures: ["incidents", "deaths"], region: "33", period: try half(), compare: .year)
        let result = try engine().evaluate(query)
        let incidents = try #require(result.total["incidents"])
        #expect(incidents.value == 7)
        #expect(incidents.previous == 8)
        #expect(incidents.difference == -1)
        #expect(incidents.change == .rate(try Rational(-1, over: 8)))
        #expect(incidents.undetermined == 3)
        #expect(result.total["deaths"]?.difference == 1)
        #expect(result.rows.count == 1)
        #expect(result.rows.first?.label.zh == "浙江省")
        #expect(
            try engine().evaluate(FigureQuery(measures: ["incidents"], region: "330100000000")).total.figures[
                0
            ].value == 4 + 4)
    }

    @Test("are broken down by regions, with shares and competition ranks")
    func breaksDownByRegion() throws {
        let query = FigureQuery(
            measures: ["incidents"], region: "33", period: try half(), by: .regionLevel("city"),
            compare: .year)
        let result = try engine().evaluate(query)
        #expect(result.rows.map(\.key.text) == [padded("33"), padded("3301"), padded("3302")])
        #expect(result.rows.map(\.label.zh) == ["浙江省本级", "杭州市", "宁波市"])
        #expect(result.rows.map { $0.figures[0].value } == [1, 4, 2])
        #expect(result.rows.map { $0.figures[0].rank } == [3, 1, 2])
        #expect(
            result.rows.map { $0.figures[0].share } == [
                try Rational(1, over: 7), try Rational(4, over: 7), try Rational(2, over: 7),
            ])
        #expect(
            result.rows.map { $0.figures[0].change } == [
                .fromZero, .unchanged, .rate(try Rational(-1, over: 2)),
            ])
        #expect(result.rows.map { $0.figures[0].undetermined } == [0, 2, 1])
    }

    @Test("are broken down by the values of a dimension, listed or not")
    func breaksDownByValue() throws {
        let query = FigureQuery(
            measures: ["incidents"], period: try period("2008"), by: .dimension("category"))
        let result = try engine().evaluate(query)
        #expect(result.rows.map(\.key.text) == ["fall", "edge", "opening", "struck", ""])
        #expect(result.rows.map { $0.figures[0].value } == [0, 4, 0, 0, 4])
        #expect(result.rows.map { $0.figures[0].rank } == [3, 1, 3, 3, 1])
        #expect(result.rows.last?.label == Bilingual(zh: "未填写", en: "Not given"))
        #expect(result.rows.first?.label.zh == "类别fall")
    }

    @Test("are restricted to a value with all under it")
    func restricts() throws {
        let query = FigureQuery(measures: ["incidents"], period: try half(), where: ["category": ["fall"]])
        #expect(try engine().evaluate(query).total.figures[0].value == 5)
        let table = FigureQuery(
            measures: ["incidents"], period: try half(), where: ["category": ["fall"]],
            by: .dimension("category"))
        #expect(try engine().evaluate(table).rows.map(\.key.text) == ["fall", "edge", "opening"])
    }

    @Test("are broken down by month, the months compared with beside their own")
    func breaksDownByMonth() throws {
        let query = FigureQuery(
            measures: ["incidents"], region: "33", period: try period("2009Q1"), by: .month,
            compare: .year)
        let result = try engine().evaluate(query)
        #expect(result.rows.map(\.key.text) == ["0000-00", "2009-01", "2009-02", "2009-03"])
        #expect(result.rows.map { $0.figures[0].value } == [0, 3, 1, 1])
        #expect(result.rows.map { $0.figures[0].previous } == [0, 0, 8, 0])
        #expect(result.rows.first?.label.zh == "未注明日期")
    }

    @Test("of stocks take no notice of periods")
    func stocks() throws {
        let query = FigureQuery(measures: ["overdue"], region: "3301", period: try half(), compare: .year)
        let figure = try #require(try engine().evaluate(query).total["overdue"])
        #expect(figure.value == 7)
        #expect(figure.previous == nil)
        #expect(figure.change == nil)
    }

    @Test("with decimal places are exact")
    func decimals() throws {
        let figure = try #require(
            try engine().evaluate(FigureQuery(measures: ["loss"], period: try half())).total["loss"])
        #expect(figure.text == "1234.56")
        #expect(figure.exact == (try Rational(123_456, over: 100)))
    }

    @Test("refuse questions that make no sense, all of them at once")
    func refuses() throws {
        let query = FigureQuery(
            measures: ["incident", "deaths"], region: "99", where: ["categories": ["a"]],
            by: .regionLevel("cty"),
            compare: .year)
        let problems = try engine().problems(of: query)
        #expect(problems.contains(.unknownMeasure("incident", suggestion: "incidents")))
        #expect(
            problems.contains(.unknownDimension("categories", measure: "deaths", suggestion: "category"))
                == true)
        #expect(problems.contains(.unknownLevel("cty", suggestion: "city")))
        #expect(problems.contains(.unknownRegion("99")))
        #expect(problems.contains(.comparisonWithoutPeriod))
        #expect(problems.allSatisfy { !$0.message.zh.isEmpty && !$0.message.en.isEmpty })
        #expect(try engine().problems(of: FigureQuery(measures: [])) == [.nothingAsked])
        #expect(throws: FigureProblem.self) { try engine().evaluate(query) }
    }

    @Test("leave out place holders of the code tables unless they hold something")
    func placeholders() throws {
        let query = FigureQuery(
            measures: ["incidents"], region: "11", period: try half(), by: .regionLevel("city"))
        #expect(try engine().evaluate(query).rows.isEmpty)
        let more = Self.cells + [cell("incidents", 2009, 5, "1101", ["fall", "a"], 1)]
        let filled = FigureEngine(catalogue: TestCatalogue(), source: try InMemoryCells(more))
        #expect(try filled.evaluate(query).rows.map(\.label.zh) == ["市辖区"])
    }

    @Test("report a sum that does not fit")
    func overflow() throws {
        let cells = [
            cell("deaths", 2009, 1, "330106", ["edge"], .max), cell("deaths", 2009, 1, "3302", ["edge"], 1),
        ]
        let engine = FigureEngine(catalogue: TestCatalogue(), source: try InMemoryCells(cells))
        #expect(throws: FigureProblem.overflow(measure: "deaths")) {
            try engine.evaluate(
                FigureQuery(measures: ["deaths"], period: try half(), by: .regionLevel("city")))
        }
    }
}

@Suite("Rates of change")
struct RateOfChangeTests {
    @Test("print zero as words, never infinity")
    func prints() {
        let fromZero = RateOfChange(from: 0, to: 3)
        #expect(fromZero == .fromZero)
        #expect(fromZero.text(.zh, .year) == "上年同期为零")
        #expect(fromZero.text(.en, .year) == "none in the same period last year")
        #expect(fromZero.text(.zh, .previous) == "上期为零")
        #expect(fromZero.tableText(.zh) == "—")
        #expect(RateOfChange(from: 0, to: 0).text(.zh, .year) == "持平")
        #expect(RateOfChange(from: 4, to: 4) == .unchanged)
        #expect(RateOfChange(from: 28, to: 23).text(.zh, .year) == "17.86%")
        #expect(RateOfChange(from: 28, to: 23).tableText(.en) == "-17.86%")
        #expect(RateOfChange(from: -2, to: -1).tableText(.en) == "50%")
        #expect(RateOfChange(from: .min, to: .max).rational != nil)
    }
}
