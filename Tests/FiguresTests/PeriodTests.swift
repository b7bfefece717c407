import Expressions
import Figures
import Rulebooks
import Testing

@Suite("Periods")
struct PeriodTests {
    struct Case: Sendable {
        let text: String
        let canonical: String
        let first: String
        let last: String
        let zh: String
        let en: String
    }

    static let cases = [
        Case(text: "2009", canonical: "2009", first: "2009-01", last: "2009-12", zh: "2009年", en: "2009"),
        Case(
            text: "2009H1", canonical: "2009H1", first: "2009-01", last: "2009-06", zh: "2009年上半年",
            en: "first half of 2009"),
        Case(
            text: "2009-h2", canonical: "2009H2", first: "2009-07", last: "2009-12", zh: "2009年下半年",
            en: "second half of 2009"),
        Case(
            text: "2009Q3", canonical: "2009Q3", first: "2009-07", last: "2009-09", zh: "2009年第三季度",
            en: "third quarter of 2009"),
        Case(
            text: "2009-05", canonical: "2009-05", first: "2009-05", last: "2009-05", zh: "2009年5月",
            en: "May 2009"),
        Case(
            text: "2009-01..2009-06", canonical: "2009-01..2009-06", first: "2009-01", last: "2009-06",
            zh: "2009年1—6月", en: "January–June 2009"),
        Case(
            text: "2008-07/2009-06", canonical: "2008-07..2009-06", first: "2008-07", last: "2009-06",
            zh: "2008年7月—2009年6月", en: "July 2008 – June 2009"),
        Case(
            text: "2026YTD-11", canonical: "2026YTD-11", first: "2026-01", last: "2026-11", zh: "2026年1—11月",
            en: "January–November 2026"),
        Case(
            text: "2026-11 ytd", canonical: "2026YTD-11", first: "2026-01", last: "2026-11", zh: "2026年1—11月",
            en: "January–November 2026"),
        Case(
            text: "2026-01 YTD", canonical: "2026YTD-01", first: "2026-01", last: "2026-01", zh: "2026年1月",
            en: "January 2026"),
    ]

    @Test("are read, written and named", arguments: cases)
    func readsAndNames(_ example: Case) throws {
        let period = try #require(Period(example.text))
        #expect(period.description == example.canonical)
        #expect(Period(period.description) == period)
        #expect(Months.text(period.months.lowerBound) == example.first)
        #expect(Months.text(period.months.upperBound) == example.last)
        #expect(period.name == Bilingual(zh: example.zh, en: example.en))
    }

    @Test(
        "refuse what is none",
        arguments: [
            "", "9", "20O9", "0999", "2009H3", "2009H0", "2009Q5", "2009-13", "2009-00", "2009-1",
            "2009YTD-13",
            "2009YTD", "2009-11 yt", "2009-06..2009-01", "2009-01..", "2009-01..2009", "2009-01//2009-02",
            "1000-01..9999-12", "２００９", "2009-05-01", "2009h", "-2009", "2009 H1", "2009Hé",
        ])
    func refusesGarbage(_ text: String) {
        #expect(Period(text) == nil)
    }

    @Test(
        "know the period a year before and the one just before",
        arguments: [
            ("2009H1", "2008H1", "2008H2"), ("2009Q1", "2008Q1", "2008Q4"), ("2009-01", "2008-01", "2008-12"),
            ("2009", "2008", "2008"), ("2009YTD-06", "2008YTD-06", "2008-07..2008-12"),
            ("2009-03..2009-04", "2008-03..2008-04", "2009-01..2009-02"),
        ])
    func looksBack(_ text: String, _ year: String, _ before: String) throws {
        let period = try #require(Period(text))
        #expect(period.previousYear.description == year)
        #expect(period.previous.description == before)
        #expect(period.previous.monthCount == period.monthCount)
    }

    @Test("have a first and a last day")
    func days() throws {
        let half = try #require(Period("2008H1"))
        #expect(half.firstDay.description == "2008-01-01")
        #expect(half.lastDay.description == "2008-06-30")
        #expect(try #require(Period("2008-02")).lastDay.description == "2008-02-29")
        #expect(try #require(Period("9999")).lastDay.description == "9999-12-31")
    }

    @Test("stay in the calendar however far back they are asked to go")
    func saturates() throws {
        var period = try #require(Period("1000"))
        for _ in 0..<1100 { period = period.previousYear }
        #expect(period.months.lowerBound >= 12)
    }
}
