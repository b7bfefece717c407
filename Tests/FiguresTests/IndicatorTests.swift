import Expressions
import Testing

@testable import Figures
@testable import Rulebooks

@Suite("Indicators")
struct IndicatorTests {
    private static func number(_ unscaled: Int64, _ scale: UInt8 = 0) -> IndicatorExpression {
        .number(ExactDecimal(unscaled: unscaled, scale: scale))
    }

    /// 100 * closed / found
    private static let rate = IndicatorExpression.operation(
        .divided, .operation(.times, number(100), .term("closed")), .term("found"))

    @Test("are exact and rounded once")
    func evaluates() throws {
        let value = Self.rate.evaluate(["closed": Rational(18_027), "found": Rational(18_293)])
        #expect(value == .value(try Rational(1_802_700, over: 18_293)))
        #expect(IndicatorFigure(unit: "%", places: 2, value: value).text == "98.55%")
        let expression = IndicatorExpression.operation(
            .minus, .negated(Self.number(15, 1)), .operation(.plus, .term("a"), Self.number(5, 1)))
        #expect(expression.evaluate(["a": Rational(1)]) == .value(Rational(-3)))
        #expect(expression.notation == "(-1.5 - (a + 0.5))")
    }

    @Test("say why they have no value")
    func undefined() {
        #expect(
            Self.rate.evaluate(["closed": .one, "found": .zero]) == .undefined(.zeroDivisor("found")))
        #expect(Self.rate.evaluate(["closed": .one]) == .undefined(.missingTerm("found")))
        #expect(IndicatorGap.zeroDivisor("found").reason.zh == "除数 found 为零")
        #expect(IndicatorFigure(unit: "%", places: 2, value: .undefined(.overflow)).text == "—")
        var power = IndicatorExpression.term("a")
        for _ in 0..<3 { power = .operation(.times, power, power) }
        #expect(power.evaluate(["a": Rational(.max)]) == .undefined(.overflow))
    }

    @Test("change by percentage points when they are percentages, else by a rate")
    func changes() throws {
        let now = IndicatorValue.value(Rational(unscaled: 9393, places: 2))
        let before = IndicatorValue.value(Rational(unscaled: 9365, places: 2))
        let percentage = IndicatorFigure(unit: "%", places: 2, value: now, previous: before)
        #expect(percentage.changeText(.zh) == "提高0.28个百分点")
        #expect(percentage.changeText(.en) == "up 0.28 percentage points")
        let falling = IndicatorFigure(unit: "%", places: 2, value: before, previous: now)
        #expect(falling.changeText(.zh) == "下降0.28个百分点")
        let amount = IndicatorFigure(
            unit: "人/百亿元", places: 2, value: .value(Rational(3)), previous: .value(Rational(4)))
        #expect(amount.changeText(.zh) == "下降25%")
        #expect(IndicatorFigure(unit: "%", places: 2, value: now, previous: now).changeText(.zh) == "持平")
        #expect(IndicatorFigure(unit: "%", places: 2, value: now).changeText(.zh) == nil)
        let fromNone = IndicatorFigure(unit: nil, places: 1, value: now, previous: .value(.zero))
        #expect(fromNone.changeText(.en) == "—")
        let gone = IndicatorFigure(unit: "%", places: 1, value: .undefined(.overflow), previous: now)
        #expect(gone.changeText(.zh) == "—")
    }

    @Test("take their terms from the cells, by region and against the year before")
    func overCells() throws {
        let outline = IndicatorOutline(
            id: "deadliness",
            terms: [
                "deaths": IndicatorTerm(measure: "deaths", restrictions: ["category": ["fall"]]),
                "incidents": IndicatorTerm(measure: "incidents", restrictions: [:]),
            ],
            value: .operation(.divided, .term("deaths"), .term("incidents")), unit: nil, places: 2,
            better: .lower)
        let cells = [
            cell("incidents", 2009, 1, "3301", ["edge", "a"], 4),
            cell("deaths", 2009, 1, "3301", ["edge"], 6),
            cell("incidents", 2009, 1, "3302", ["struck", "a"], 2),
            cell("deaths", 2009, 1, "3302", ["struck"], 9),
            cell("incidents", 2008, 1, "3301", ["edge", "a"], 2),
            cell("deaths", 2008, 1, "3301", ["fall"], 2),
            cell("incidents?", 2009, 1, "3302", ["fall", "a"], 1),
        ]
        let engine = FigureEngine(catalogue: TestCatalogue(), source: try InMemoryCells(cells))
        let query = FigureQuery(
            measures: [], region: "33", period: try period("2009H1"), by: .regionLevel("city"),
            compare: .year)
        let result = try engine.evaluate(outline, query)
        #expect(result.total.text == "1.00")
        #expect(result.total.undetermined == 1)
        #expect(result.rows.map(\.label.zh) == ["杭州市", "宁波市"])
        #expect(result.rows.map(\.figure.text) == ["1.50", "0.00"])
        #expect(result.rows.map(\.rank) == [2, 1])
        #expect(result.rows.first?.figure.changeText(.zh) == "上升50%")
        #expect(result.rows.last?.figure.previous == .undefined(.zeroDivisor("incidents")))
    }
}
