import Expressions
import Figures
import Foundation
import Office
import Records
import Rulebooks
import Storage
import Testing

@Suite("Dashboards: the figures of a region from one snapshot")
struct DashboardServiceTests {
    private static func filled() throws -> TestOffice {
        let test = try TestOffice(at: "2026-03-21T01:00:00Z")
        _ = try Importer(test.office, archive: test.workspace.archive).run(
            ImportRequest(kind: "incident", fileName: "incidents.csv"), file: ImportTests.incidents,
            by: .actor(.operatorOfFolder))
        return test
    }

    private static func sight(_ role: String, _ region: String, party: String? = nil, in test: TestOffice)
        -> Sight
    {
        Sight(
            of: Actor(
                login: role, name: role, role: role, region: region, party: party,
                permissions: test.rulebook.roles[role]?.permissions ?? []), in: test.rulebook)
    }

    private static func reading(
        _ region: String, _ period: String, _ sight: Sight, _ test: TestOffice,
        board: String = "construction-safety"
    ) throws -> DashboardReading {
        try DashboardService(test.office).reading(
            of: try #require(test.rulebook.dashboard(board)), region: region,
            period: try #require(Period(period)), as: sight)
    }

    private static func tile(_ id: String, _ reading: DashboardReading) throws -> SubjectFigure {
        try #require(reading.tiles.first { $0.tile.subject.id == id }).figure
    }

    @Test(
        "The first half of 2009 is what the province's speech says: 23 incidents, 26 deaths, 27.66 % of the limit"
    )
    func golden() throws {
        let test = try Self.filled()
        let leader = Self.sight("leader", "330000000000", in: test)
        let reading = try Self.reading("33", "2009H1", leader, test)
        let incidents = try Self.tile("incidents", reading)
        #expect(incidents.value == Rational(23) && incidents.previous == Rational(28))
        let deaths = try Self.tile("incident_deaths", reading)
        #expect(deaths.value == Rational(26) && deaths.previous == Rational(35))
        guard case .measure(let figure, _) = incidents, case .measure(let dead, _) = deaths else {
            Issue.record("they are measures")
            return
        }
        #expect(figure.change?.tableText(.zh) == "-17.86%")
        #expect(dead.change?.tableText(.zh) == "-25.71%")
        let quota = try #require(reading.quotas.first)
        #expect(quota.limit == 94 && quota.used.value == 26)
        #expect(quota.share?.percentText() == "27.66%" && quota.elapsed?.percentText() == "50%")
        #expect(try Self.reading("3302", "2009H1", leader, test).quotas.isEmpty)
        #expect(try Self.reading("33", "2010H1", leader, test).quotas.isEmpty)
        #expect(reading.ledgerSize == 1)
        // Every part adds up to the same.
        #expect(reading.heat[0].whole.value == Rational(23))
        #expect(
            try reading.heat[0].rows.compactMap(\.whole.value).reduce(.zero) { try $0.adding($1) }
                == Rational(23))
        #expect(reading.breakdowns[0].total.figures[0].value == 23)
        #expect(reading.breakdowns[0].rows.map { $0.figures[0].value } == [12, 7, 1, 1, 1, 1])
        let course = try #require(reading.trends.first)
        #expect(course.lines.map(\.isEarlier) == [false, true])
        #expect(course.lines[0].figures.compactMap(\.value) == [5, 4, 1, 4, 4, 5].map { Rational($0) })
        #expect(course.lines[1].figures.compactMap(\.value) == [7, 4, 5, 6, 4, 2].map { Rational($0) })
    }

    @Test("The figures of a dashboard are those of the questions one by one, in every city and period")
    func sameAsQuestions() throws {
        let test = try Self.filled()
        let sight = Sight(of: .system, in: test.rulebook)
        for region in ["", "33", "3301", "3307", "330106"] {
            for text in ["2009H1", "2009-03", "2009", "2008Q2", "2009YTD-04", "2008-11..2009-02"] {
                let period = try #require(Period(text))
                let reading = try Self.reading(region, text, sight, test)
                for tile in reading.tiles {
                    let query = FigureQuery(
                        measures: [], region: region, period: period,
                        compare: tile.tile.compare == nil ? .none : .year)
                    let service = FiguresService(test.office)
                    switch tile.tile.subject {
                    case .measure(let term):
                        var query = query
                        query.measures = [term.measure]
                        let expected = try #require(try service.figures(query).total.figures.first)
                        #expect(tile.figure.value == expected.exact, "\(region) \(text) \(term.measure)")
                        #expect(
                            tile.figure.previous
                                == expected.previous.map { Rational(unscaled: $0, places: expected.places) })
                    case .indicator(let id):
                        let indicator = try #require(test.rulebook.indicators[id])
                        let expected = try service.indicator(indicator, query).total
                        #expect(tile.figure.value == expected.value.rational)
                        #expect(tile.figure.previous == expected.previous?.rational)
                    }
                }
            }
        }
    }

    @Test(
        "Places are shared, the best comes first, and a region sees its place only where it may see its neighbours"
    )
    func ranks() throws {
        let test = try Self.filled()
        let leader = Self.sight("leader", "330000000000", in: test)
        let ranking = try #require(try Self.reading("33", "2009H1", leader, test).rankings.first)
        #expect(ranking.better == .lower)
        #expect(ranking.rows.compactMap(\.place) == [1, 1, 3, 3, 5, 5, 7, 7, 7, 10, 11])
        #expect(ranking.rows.first?.figure.value == .zero && ranking.rows.last?.figure.value == Rational(7))
        #expect(ranking.standing == nil)
        let city = try #require(try Self.reading("3302", "2009H1", leader, test).rankings.first?.standing)
        #expect(city.place == 1 && city.sharing == 2 && city.count == 11)
        let officer = Self.sight("city-officer", "330200000000", in: test)
        #expect(try Self.reading("", "2009H1", officer, test).rankings.allSatisfy { $0.standing == nil })
    }

    @Test("Many regions: the first and the last, and how many lie between")
    func bounded() throws {
        let test = try Self.filled()
        let everything = Sight(of: .system, in: test.rulebook)
        let ranking = try #require(try Self.reading("", "2009H1", everything, test).rankings.first)
        #expect(ranking.rows.count == 12)
        #expect(ranking.hidden?.after == 6)
        #expect(
            ranking.hidden.map { $0.count + 12 } == test.rulebook.regions.codes(ofLevel: "province").count)
        #expect(ranking.rows.last?.region.code == "330000000000")
    }

    @Test("Nobody sees figures outside the own region, and parties, the public and administrators see none")
    func access() throws {
        let test = try Self.filled()
        let county = Self.sight("county-officer", "330106000000", in: test)
        #expect(try Self.reading("", "2009H1", county, test).region == "330106000000")
        #expect(try Self.reading("330106002", "2009H1", county, test).region == "330106002000")
        for region in ["33", "3301", "330102", "32", "110101", "99"] {
            #expect(throws: Refusal.self) { try Self.reading(region, "2009H1", county, test) }
        }
        let service = DashboardService(test.office)
        #expect(service.regionsAbove("330106002000", as: county) == ["330106000000"])
        #expect(service.regionsAbove("330106000000", as: county).isEmpty)
        let others = [
            Self.sight("enterprise", "330106000000", party: "91330100799655058B", in: test),
            Self.sight("security-administrator", "330000000000", in: test),
            Self.sight("system-administrator", "330000000000", in: test), .everybody(in: test.rulebook),
        ]
        for sight in others {
            #expect(service.dashboards(for: sight).isEmpty && !sight.seesFigures)
            #expect(throws: Refusal.self) { try Self.reading("330106", "2009H1", sight, test) }
        }
        #expect(
            service.opening(for: Self.sight("leader", "330000000000", in: test))?.id == "construction-safety")
        #expect(service.opening(for: county) == nil)
    }

    @Test("Lists show the records that need looking at, as far as they may be seen")
    func lists() throws {
        let test = try Self.filled()
        let sight = Sight(of: .system, in: test.rulebook)
        let lists = try Self.reading("33", "2026YTD-03", sight, test).lists
        #expect(lists.map(\.list.name.en).contains("Overdue hazards"))
        #expect(lists.allSatisfy { $0.rows.count <= $0.list.most && $0.count >= $0.rows.count })
    }
}
