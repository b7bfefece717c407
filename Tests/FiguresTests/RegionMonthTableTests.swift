import Figures
import Rulebooks
import Testing

@Suite("Tables by region and month")
struct RegionMonthTableTests {
    /// A store that counts how often it is asked.
    private final class CountingCells: CellSource {
        let cells: InMemoryCells
        private(set) var requests = 0

        init(_ cells: InMemoryCells) { self.cells = cells }

        func sums(_ request: CellRequest) throws -> [CellSum] {
            requests += 1
            return try cells.sums(request)
        }
    }

    @Test("give what questions one by one give, for any cells, months and successions, and ask once")
    func same() throws {
        var random = SeededGenerator(seed: 20_260_321)
        for round in 0..<60 {
            var catalogue = TestCatalogue()
            if round % 2 == 1 { catalogue.ended = [("371202", "370116", nil), ("3712", "3701", nil)] }
            let measure =
                ["incidents", "deaths", "loss", "overdue"].randomElement(using: &random) ?? "deaths"
            let isStock = measure == "overdue"
            var cells: [TallyCell] = []
            for _ in 0..<60 {
                let region = ["330106", "330110", "3302", "33", "370116", "371202", "3712"].randomElement(
                    using: &random)
                let dimensions =
                    isStock
                    ? []
                    : [["fall", "struck"].randomElement(using: &random) ?? ""]
                        + (measure == "incidents" ? ["a"] : [])
                let name = Bool.random(using: &random) ? measure : Tally.shadow(of: measure)
                cells.append(
                    TallyCell(
                        measure: name,
                        month: isStock || Int.random(in: 0..<8, using: &random) == 0
                            ? Months.none : month(2025, 1) + Int32.random(in: 0..<24, using: &random),
                        region: padded(region ?? "33"), dimensions: dimensions,
                        value: Int64.random(in: -3...9, using: &random)))
            }
            let source = CountingCells(try InMemoryCells(cells))
            let engine = FigureEngine(catalogue: catalogue, source: source)
            let region = ["", "33", "37"].randomElement(using: &random) ?? ""
            let level = region.isEmpty ? "province" : "city"
            let period = try #require(Period("2026YTD-0\(Int.random(in: 1...9, using: &random))"))
            var query = FigureQuery(
                measures: [measure], region: region, period: period,
                where: isStock || round % 3 > 0 ? [:] : ["category": ["fall"]], by: .regionLevel(level),
                compare: .year)
            let expected = try engine.evaluate(query)
            let before = source.requests
            let table = try engine.regionMonthTable(
                query, months: period.previousYear.months.lowerBound...period.months.upperBound)
            #expect(source.requests - before <= (catalogue.ended.isEmpty ? 1 : 2))
            let whole = try table.figure(
                over: period.months, comparedWith: isStock ? nil : period.previousYear.months)
            #expect(whole.value == expected.total.figures[0].value)
            #expect(whole.previous == expected.total.figures[0].previous)
            #expect(whole.undetermined == expected.total.figures[0].undetermined)
            for row in expected.rows {
                guard case .region(let code) = row.key else { continue }
                let figure = try table.figure(
                    in: code, over: period.months, comparedWith: period.previousYear.months)
                #expect(figure.value == row.figures[0].value, "\(code)")
                #expect(figure.previous == row.figures[0].previous, "\(code)")
            }
            query.breakdown = .regionLevel(level)
            let named = Set(try engine.regions(of: query, in: [table]).map(\.code))
            #expect(expected.rows.allSatisfy { named.contains($0.key.text) })
        }
    }

    @Test("refuse what they cannot answer")
    func refused() throws {
        let engine = FigureEngine(catalogue: TestCatalogue(), source: InMemoryCells())
        let months = month(2026, 1)...month(2026, 3)
        #expect(throws: FigureProblem.nothingAsked) {
            try engine.regionMonthTable(FigureQuery(measures: []), months: months)
        }
        #expect(throws: FigureProblem.unknownRegion("99")) {
            try engine.regionMonthTable(FigureQuery(measures: ["deaths"], region: "99"), months: months)
        }
        let large = try InMemoryCells([
            cell("deaths", 2026, 1, "330106", ["fall"], .max), cell("deaths", 2026, 2, "330106", ["fall"], 1),
        ])
        let table = try FigureEngine(catalogue: TestCatalogue(), source: large).regionMonthTable(
            FigureQuery(measures: ["deaths"], by: .regionLevel("province")), months: months)
        #expect(throws: FigureProblem.overflow(measure: "deaths")) { try table.figure(over: months) }
    }

    @Test("Places are shared: 1, 2, 2, 4, and nothing has no place")
    func places() throws {
        let values = [Rational(5), Rational(9), nil, Rational(5), Rational(1)]
        #expect(Places.of(values, better: .higher) == [2, 1, nil, 2, 4])
        #expect(Places.of(values, better: nil) == [2, 1, nil, 2, 4])
        #expect(Places.of(values, better: .lower) == [2, 4, nil, 2, 1])
        #expect(Places.of([], better: nil).isEmpty)
    }
}
