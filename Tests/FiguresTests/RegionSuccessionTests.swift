import Expressions
import Figures
import Testing

/// Laiwu (3712) became a district of Jinan (370116) on 1 January 2019: its figures follow it.
@Suite("Regions that were succeeded")
struct RegionSuccessionTests {
    private func catalogue() -> TestCatalogue {
        var catalogue = TestCatalogue()
        catalogue.ended = [
            (former: "3712", successor: "370116", on: CivilDate(year: 2019, month: 1, day: 1)),
            (former: "371202", successor: "370116", on: CivilDate(year: 2019, month: 1, day: 1)),
        ]
        return catalogue
    }

    private static let cells = [
        cell("incidents", 2018, 3, "371202", ["fall", "a"], 4),
        cell("incidents", 2018, 4, "3712", ["fall", "a"], 1),
        cell("incidents", 2018, 5, "3701", ["fall", "a"], 5),
        cell("incidents", 2019, 3, "370116", ["fall", "a"], 2),
        cell("incidents", 2019, 4, "3701", ["struck", "a"], 5),
    ]

    private func rows(
        _ region: String, _ text: String, by breakdown: Breakdown = .none
    ) throws -> [(String, Int64, Int64?)] {
        let engine = FigureEngine(catalogue: catalogue(), source: try InMemoryCells(Self.cells))
        let query = FigureQuery(
            measures: ["incidents"], region: region, period: try period(text), by: breakdown,
            compare: .year)
        return try engine.evaluate(query).rows.map {
            ($0.key.text, $0.figures[0].value, $0.figures[0].previous)
        }
    }

    @Test("count under their successor from its day, and in the year before too")
    func followsSuccessor() throws {
        let jinan = try rows("3701", "2019H1")
        #expect(jinan.map(\.1) == [7])
        #expect(jinan.map(\.2) == [10])
        #expect(try rows("3712", "2019H1").map(\.2) == [0])
        #expect(try rows("370116", "2019H1").map(\.2) == [5])
    }

    @Test("count where they lay before that day")
    func staysBefore() throws {
        #expect(try rows("3701", "2018H1").map(\.1) == [5])
        #expect(try rows("3712", "2018H1").map(\.1) == [5])
    }

    @Test("appear under their successor in a table, whose rows still add up")
    func tables() throws {
        let cities = try rows("37", "2019H1", by: .regionLevel("city"))
        #expect(cities.map(\.0) == [padded("3701")])
        #expect(cities.map(\.2) == [10])
        let counties = try rows("37", "2019H1", by: .regionLevel("county"))
        #expect(counties.map(\.0) == [padded("3701"), padded("370116")])
        #expect(counties.map(\.1) == [5, 2])
        #expect(counties.map(\.2) == [5, 5])
        let before = try rows("37", "2018H1", by: .regionLevel("city"))
        #expect(before.map(\.0) == [padded("3701"), padded("3712")])
        #expect(before.map(\.1) == [5, 5])
    }

    @Test("are asked about with few conditions, however many there are", arguments: [3, 70, 2000])
    func manySuccessions(_ count: Int) throws {
        var catalogue = TestCatalogue()
        var cells: [TallyCell] = []
        for index in 0..<count {
            let former = "37\(1000 + index)"
            catalogue.ended.append((former: former, successor: "370116", on: nil))
            cells.append(cell("incidents", 2019, 2, former, ["fall", "a"], 1))
        }
        cells.append(cell("incidents", 2019, 2, "3302", ["fall", "a"], 5))
        let source = RecordingCells(cells: try InMemoryCells(cells))
        let engine = FigureEngine(catalogue: catalogue, source: source)
        let query = FigureQuery(
            measures: ["incidents"], period: try period("2019"), by: .regionLevel("county"))
        let rows = try engine.evaluate(query).rows.filter { $0.figures[0].value != 0 }
        #expect(rows.map(\.key.text) == [padded("3302"), padded("370116")])
        #expect(rows.map { $0.figures[0].value } == [5, Int64(count)])
        #expect(source.mostPrefixes <= 64)
    }
}

/// Remembers the longest list of prefixes it was asked for.
private final class RecordingCells: CellSource {
    let cells: InMemoryCells
    private(set) var mostPrefixes = 0

    init(cells: InMemoryCells) { self.cells = cells }

    func sums(_ request: CellRequest) throws -> [CellSum] {
        mostPrefixes = max(mostPrefixes, request.regionPrefixes.count)
        return try cells.sums(request)
    }
}
