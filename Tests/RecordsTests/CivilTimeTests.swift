import Expressions
import Records
import Rulebooks
import Testing

@Suite("Terms of law on civil days")
struct CivilTimeTests {
    private let time: CivilTime

    init() {
        func days(_ texts: String...) -> Set<CivilDate> { Set(texts.compactMap { CivilDate($0) }) }
        // Spring Festival 2026: 15 to 23 February off, 14 and 28 February worked.
        let festival = (15...23).compactMap { CivilDate(year: 2026, month: 2, day: $0) }
        let year = CalendarYear(
            holidays: Set(festival), workdays: days("2026-02-14", "2026-02-28"), citations: [])
        time = CivilTime(
            offsetSeconds: 28_800,
            calendar: WorkingCalendar(
                id: "test", name: Bilingual(zh: "测试", en: "Test"), weekend: [6, 7], years: [2026: year]))
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test(
        "A term after a day",
        arguments: [
            ("2026-03-02", 5, TermUnit.days, "2026-03-07"), ("2026-03-02", 5, .workingDays, "2026-03-09"),
            ("2026-02-13", 1, .workingDays, "2026-02-14"), ("2026-02-14", 1, .workingDays, "2026-02-24"),
            ("2026-02-13", 6, .workingDays, "2026-02-28"), ("2026-01-31", 1, .months, "2026-02-28"),
            ("2024-02-29", 1, .years, "2025-02-28"), ("2026-03-02", 0, .days, "2026-03-02"),
            ("2026-03-02", -2, .days, "2026-02-28"),
        ])
    func terms(from: String, amount: Int, unit: TermUnit, expected: String) throws {
        let due = time.due(from: .day(try day(from)), after: TermLength(amount: amount, unit: unit))
        #expect(due == .day(try day(expected)))
    }

    @Test("Hours and minutes are exact, across midnight too")
    func hours() throws {
        let start = try moment("2026-03-02T15:30:00Z")
        let due = time.due(from: .moment(start), after: TermLength(amount: 2, unit: .hours))
        #expect(due == .moment(try moment("2026-03-02T17:30:00Z")))
        #expect(time.day(of: try #require(due)) == (try day("2026-03-03")))
    }

    @Test("A day is met in time until it has ended, a moment to the second")
    func passing() throws {
        #expect(time.passes(.day(try day("2026-03-06"))) == (try moment("2026-03-06T16:00:00Z")))
        #expect(
            time.passes(.moment(try moment("2026-03-06T01:00:00Z"))) == (try moment("2026-03-06T01:00:01Z")))
    }

    @Test("Steps in days fire as their day begins; steps in hours count from the end of the day due")
    func steps() throws {
        let due = ClockDue.day(try day("2026-03-06"))
        func fires(_ amount: Int, _ unit: TermUnit) -> Timestamp? {
            time.fires(TermLength(amount: amount, unit: unit), relativeTo: due)
        }
        #expect(fires(-2, .days) == (try moment("2026-03-03T16:00:00Z")))
        #expect(fires(0, .days) == (try moment("2026-03-05T16:00:00Z")))
        #expect(fires(1, .workingDays) == (try moment("2026-03-08T16:00:00Z")))
        #expect(fires(10, .workingDays) == (try moment("2026-03-19T16:00:00Z")))
        #expect(fires(-1, .hours) == (try moment("2026-03-06T15:00:00Z")))
    }

    @Test("What lies beyond the calendar gives nothing rather than a crash")
    func extremes() throws {
        let huge = TermLength(amount: .max, unit: .hours)
        #expect(time.due(from: .day(try day("2026-03-06")), after: huge) == nil)
        #expect(time.due(from: .day(try day("9999-12-31")), after: TermLength(amount: 1, unit: .days)) == nil)
        let ages = TermLength(amount: .max, unit: .workingDays)
        #expect(time.due(from: .day(try day("2026-03-06")), after: ages) == nil)
    }
}
