import Expressions
import Testing

@testable import Figures

@Suite("Figures add up")
struct PartitionTests {
    private static func randomCells(_ generator: inout SeededGenerator) -> [TallyCell] {
        (0..<120).map { _ in
            let isShadow = Int.random(in: 0..<6, using: &generator) == 0
            let isUndated = isShadow && Bool.random(using: &generator)
            let region = ["330106", "330110", "3302", "33", "371202", "3712", "3701", "370116"]
                .randomElement(using: &generator)
            return TallyCell(
                measure: isShadow ? "incidents?" : "incidents",
                month: isUndated
                    ? Months.none
                    : month(
                        Int.random(in: 2008...2009, using: &generator),
                        Int.random(in: 1...12, using: &generator)),
                region: padded(region ?? "33"),
                dimensions: [
                    ["fall", "edge", "opening", "struck", "other", ""].randomElement(using: &generator) ?? "",
                    ["a", "b"].randomElement(using: &generator) ?? "",
                ],
                value: Int64.random(in: 1...9, using: &generator))
        }
    }

    @Test("over regions, months and values, with regions succeeded or not", arguments: 0..<30)
    func partitions(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var catalogue = TestCatalogue()
        if seed % 2 == 0 {
            catalogue.ended = [
                (former: "3712", successor: "370116", on: nil),
                (former: "330110", successor: "3701", on: nil),
            ]
        }
        let engine = FigureEngine(
            catalogue: catalogue, source: try InMemoryCells(Self.randomCells(&generator)))
        let text =
            ["2009", "2009H1", "2008-07..2009-06", "2009YTD-10"].randomElement(using: &generator) ?? ""
        let period = try #require(Period(text))
        for region in ["", "33", "37", "3701"] {
            var query = FigureQuery(measures: ["incidents"], region: region, period: period, compare: .year)
            let whole = try #require(try engine.evaluate(query).total["incidents"])
            for breakdown in [
                Breakdown.dimension("category"), .dimension("site"), .month, .regionLevel("city"),
                .regionLevel("county"), .regionLevel("province"),
            ] {
                query.breakdown = breakdown
                let result = try engine.evaluate(query)
                #expect(result.rows.map { $0.figures[0].value }.reduce(0, +) == whole.value)
                #expect(result.rows.compactMap { $0.figures[0].previous }.reduce(0, +) == whole.previous)
                #expect(result.rows.map { $0.figures[0].undetermined }.reduce(0, +) == whole.undetermined)
                #expect(result.total.figures[0].value == whole.value)
                let shares = try result.rows.compactMap { $0.figures[0].share }
                    .reduce(Rational.zero) { try $0.adding($1) }
                #expect(whole.value == 0 || shares == .one)
                #expect(result.rows.isEmpty || result.rows.map { $0.figures[0].rank }.min() == 1)
            }
        }
    }

    @Test("over any cut of the period", arguments: 0..<20)
    func cuts(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let engine = FigureEngine(
            catalogue: TestCatalogue(), source: try InMemoryCells(Self.randomCells(&generator)))
        let (first, last) = (month(2008, 1), month(2009, 12))
        let cut = MonthIndex.random(in: first..<last, using: &generator)
        func value(_ first: MonthIndex, _ last: MonthIndex) throws -> Int64 {
            let period = try #require(Period.range(from: first, through: last))
            return try engine.evaluate(FigureQuery(measures: ["incidents"], period: period)).total.figures[0]
                .value
        }
        #expect(try value(first, cut) + value(cut + 1, last) == value(first, last))
        let all = try engine.evaluate(FigureQuery(measures: ["incidents"]))
        #expect(try value(first, last) == all.total.figures[0].value)
    }
}
