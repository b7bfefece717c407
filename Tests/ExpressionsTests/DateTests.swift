import Foundation
import Testing

@testable import Expressions

/// Civil dates, exact decimals, and the functions on them.
@Suite struct DateTests {
    @Test func everyDayOfTheRangeIsReadBack() {
        var previous: CivilDate?
        for days in stride(from: CivilDate.firstDay, through: CivilDate.lastDay, by: 13) {
            let date = CivilDate(daysSinceEpoch: days)
            let parts = date.parts
            #expect(CivilDate(year: parts.year, month: parts.month, day: parts.day) == date)
            if let previous { #expect(previous < date && previous.days(until: date) == 13) }
            previous = date
        }
        #expect(CivilDate(daysSinceEpoch: 0).description == "1970-01-01")
        #expect(CivilDate(daysSinceEpoch: 0).weekday == 4)
        #expect(CivilDate("2026-03-02")?.weekday == 1)
        #expect(CivilDate("0001-01-01")?.weekday == 1)
        #expect(CivilDate(daysSinceEpoch: .max).description == "9999-12-31")
        #expect(CivilDate(daysSinceEpoch: .min).description == "0001-01-01")
    }

    @Test func thereAreNoOtherDays() {
        for text in [
            "2018-13-45", "2026-02-29", "0000-01-01", "2026-00-01", "2026-1-01", "2026-01-01 ", "+026-01-01",
            "２０２６-01-01", "",
        ] {
            #expect(CivilDate(text) == nil, "\(text)")
        }
        #expect(CivilDate("2024-02-29")?.adding(months: 12)?.description == "2025-02-28")
        #expect(CivilDate("2026-01-31")?.adding(months: 1)?.description == "2026-02-28")
        #expect(CivilDate("2026-03-31")?.adding(months: -13)?.description == "2025-02-28")
        #expect(CivilDate("9999-12-31")?.adding(days: 1) == nil)
        #expect(CivilDate("0001-01-31")?.adding(months: -1) == nil)
        #expect(CivilDate("2026-01-31")?.adding(days: .max) == nil)
        #expect(CivilDate("2026-01-31")?.adding(months: .min) == nil)
    }

    @Test func dateFunctions() {
        expectTrue([
            "date('2026-03-02') < date('2026-03-03')", "date('2026-03-02') - date('2026-02-28') == 2",
            "date('2026-02-28') + 1 == date('2026-03-01')", "1 + date('2024-02-28') == date('2024-02-29')",
            "date('2026-03-01') - 1 == date('2026-02-28')",
            "addMonths(date('2026-01-31'), 1) == date('2026-02-28')",
            "date('2026-03-02').year() == 2026 && date('2026-03-02').month() == 3 && date('2026-03-02').day() == 2",
            "date('2026-03-02').weekday() == 1", "string(date('2026-03-02')) == '2026-03-02'",
            "type(date('2026-03-02')) == date",
            "date('3/2/2026', 'M/d/yyyy') == date('2026-03-02')",
            "date('20260302', 'yyyyMMdd') == date('2026-03-02')",
            "date('2026年3月2日', 'yyyy年M月d日') == date('2026-03-02')",
            "date('02.03.2026', 'dd.MM.yyyy') == date('2026-03-02')",
            "date(timestamp('2026-03-01T16:00:00Z')) == date('2026-03-02')",
            "date(timestamp('2026-03-01T15:59:59Z')) == date('2026-03-01')",
            "date(timestamp('2026-03-01T16:00:00Z'), 'UTC') == date('2026-03-01')",
            "date(timestamp('2026-03-01T16:00:00Z'), 'Asia/Tokyo') == date('2026-03-02')",
            "'%s'.format([date('2026-03-02')]) == '2026-03-02'", "{'d': date('2026-03-02')}.d.day() == 2",
        ])
        expectFailure([
            "date('2018-13-45')", "date('13/45/2018', 'M/d/yyyy')", "date('2026-3-2')",
            "date('20260302x', 'yyyyMMdd')",
            "date('260302', 'yyMMdd')", "date('2026', 'yyyy')", "date('1/1', 'M/d')",
            "date('2026-01-01', 'yyyy-yyyy-dd')",
            "date('9999-12-31') + 1", "date('0001-01-01') - 1",
            "date('2026-01-01') - (-9223372036854775807 - 1)",
            "date('2026-01-01') + 9223372036854775807", "addMonths(date('2026-01-01'), 9223372036854775807)",
            "date('2026-01-01') < '2026-01-02'", "date('2026-01-01') + date('2026-01-01')", "date(5)",
            "date('٢٠٢٦٠٣٠٢', 'yyyyMMdd')",
        ])
    }

    @Test func decimalsAreExact() {
        expectTrue([
            "decimal('3.50') == decimal('3.5')", "decimal('0.1') + decimal('0.2') == decimal('0.3')",
            "decimal('0.1') + 0.2 == 0.3",
            "decimal('3.50') == 3.5", "decimal('3') == 3 && 3 == decimal('3')",
            "decimal('2.675') > 2.67 && decimal('2.675') < 2.68",
            "decimal('0.1') == 0.1", "decimal('1.10') * 3 == decimal('3.3')", "decimal('5') / 2 == 2.5",
            "-decimal('1.5') == -1.5",
            "decimal('10.0') - 1 == 9", "double(decimal('2.5')) == 2.5", "string(decimal('3.50')) == '3.50'",
            "int(decimal('-3.99')) == -3",
            "decimal('1e3') == 1000", "decimal('1.5e-3') == 0.0015", "type(decimal('1')) == decimal",
            "decimal(1.25) == decimal('1.25')",
            "decimal('1') < 1e300 && decimal('1') > -1e300", "decimal('1') < 18446744073709551615u",
            "decimal('1.5') in [1.5]",
            "math.greatest(decimal('1.5'), decimal('2')) == 2", "decimal('1') != double('NaN')",
            "decimal('0.000000000000000001') > 0",
        ])
        expectFailure([
            "decimal('x')", "decimal('')", "decimal('1.')", "decimal('.5')", "decimal('1e99')",
            "decimal('99999999999999999999')",
            "decimal('9223372036854775807') + 1", "decimal('9223372036854775807') * 2",
            "decimal('0.0000000001') * decimal('0.0000000001')",
            "decimal('1') % 2", "decimal('1') + 'a'", "decimal('0.0000000000000000001')",
            "decimal('1') * 1e300",
        ])
    }

    @Test func decimalsHashByValue() {
        let same = ["3.5", "3.50", "3.500", "35e-1", "0.35e1"].compactMap { ExactDecimal($0) }
        #expect(same.count == 5 && Set(same).count == 1)
        #expect(ExactDecimal("0.00") == ExactDecimal("-0"))
        #expect(ExactDecimal("-9223372036854775808")?.unscaled == .min)
        #expect(ExactDecimal("9223372036854775808") == nil)
        #expect(ExactDecimal("3.5")?.rescaled(to: 2)?.description == "3.50")
        #expect(ExactDecimal("3.55")?.rescaled(to: 1) == nil)
        #expect(ExactDecimal("3.50")?.rescaled(to: 1)?.description == "3.5")
        #expect(ExactDecimal("-0.05")?.description == "-0.05")
        #expect(ExactDecimal(unscaled: .min, scale: 2).description == "-92233720368547758.08")
        #expect(ExactDecimal(unscaled: .min, scale: 0).negated == nil)
    }

    @Test func valuesAreCodedAsText() throws {
        struct Row: Codable, Equatable {
            let date: CivilDate
            let moment: Timestamp
            let span: Span
            let loss: ExactDecimal
        }
        let json = #"{"date":"2026-03-02","loss":"12.50","moment":"2026-03-02T01:02:03.5Z","span":"90.25s"}"#
        let row = try JSONDecoder().decode(Row.self, from: Data(json.utf8))
        #expect(row.date.day == 2 && row.loss.unscaled == 1250 && row.span.nanoseconds == 250_000_000)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(row), as: UTF8.self) == json)
        let wrong = json.replacingOccurrences(of: "2026-03-02\"", with: "2026-02-30\"")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Row.self, from: Data(wrong.utf8)) }
    }

    @Test func civilTimeOfMoments() throws {
        let moment = try #require(Timestamp(rfc3339: "2026-03-01T16:00:01Z"))
        #expect(moment.civil().date.description == "2026-03-02" && moment.civil().secondOfDay == 1)
        #expect(moment.civil(offsetSeconds: 0).secondOfDay == 57_601)
        let date = try #require(CivilDate("2026-03-02"))
        #expect(Timestamp(date: date, secondOfDay: 1) == moment)
        #expect(Timestamp(date: date, secondOfDay: 86_400) == nil)
        #expect(Timestamp(seconds: 0, nanoseconds: -1) == nil)
        #expect(Timestamp(seconds: .max) == nil && Timestamp(seconds: .min) == nil)
        #expect(Timestamp(seconds: -1)?.description == "1969-12-31T23:59:59Z")
        #expect(
            Span(seconds: .max) == nil
                && Span(seconds: 1, nanoseconds: -1_500_000_000)?.description == "-0.5s")
    }
}
