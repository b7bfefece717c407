import Figures
import Testing

@testable import Statements

@Suite struct JudgeTests {
    private let text = TextReader().read("占12.8%，占45万户，占98万户，占26人，占7人，占306人。", name: "-")

    private func percent(_ unscaled: Int64, places: Int, _ bound: Quantity.Bound = .exact) -> Quantity {
        Quantity(
            sort: .percent, value: Rational(unscaled: unscaled, places: places),
            step: Rational(unscaled: 1, places: places), bound: bound, unit: "", range: 1..<6, digits: 1..<5)
    }

    private func term(_ value: Int64, step: Int64 = 1, unit: String = "人") -> Term {
        let quantity = Quantity(
            sort: .amount, value: Rational(value), step: Rational(step), unit: unit, range: 8..<11,
            digits: 8..<10)
        return Term(quantity, role: Roles.part)
    }

    private func verdict(_ stated: Quantity, _ part: Term, _ whole: Term) -> Verdict {
        Judge().judge(stated, against: .share(part, of: whole)).verdict
    }

    @Test func roundedCutAndOther() {
        #expect(verdict(percent(85, places: 1), term(26), term(306)) == .holds)
        #expect(verdict(percent(84, places: 1), term(26), term(306)) == .truncated)
        #expect(verdict(percent(86, places: 1), term(26), term(306)) == .wrong)
        // Half up: 1/8 is 12.5 and rounds to 13, never to 12 by rounding, but by cutting.
        #expect(verdict(percent(13, places: 0), term(1), term(8)) == .holds)
        #expect(verdict(percent(12, places: 0), term(1), term(8)) == .truncated)
    }

    @Test func roundedOperandsExplain() {
        let (part, whole) = (term(450_000, step: 10_000, unit: "户"), term(980_000, step: 10_000, unit: "户"))
        // 44.5 to 45.5 of 97.5 to 98.5: from 45.18 to 46.67 per cent.
        #expect(verdict(percent(4665, places: 2), part, whole) == .explained)
        #expect(verdict(percent(4670, places: 2), part, whole) == .wrong)
        #expect(verdict(percent(46, places: 0), part, whole) == .holds)
    }

    @Test func wordsBesideFiguresAreReadKindly() {
        let (part, whole) = (term(26), term(100))
        #expect(verdict(percent(28, places: 0, .about), part, whole) == .explained)
        #expect(verdict(percent(40, places: 0, .about), part, whole) == .wrong)
        #expect(verdict(percent(25, places: 0, .above), part, whole) == .holds)
        #expect(verdict(percent(27, places: 0, .above), part, whole) == .wrong)
        #expect(verdict(percent(27, places: 0, .below), part, whole) == .holds)
        #expect(verdict(percent(25, places: 0, .below), part, whole) == .wrong)
    }

    @Test func overflowIsUnverifiable() {
        let huge = term(.max, unit: "元")
        let stated = Quantity(
            sort: .percent, value: Rational(unscaled: .max, places: 18),
            step: Rational(unscaled: 1, places: 18),
            unit: "", range: 1..<6, digits: 1..<5)
        let formula = Formula([huge, huge, term(.max - 1, unit: "元")], above: [1, 1, 0], below: [0, 0, 1])
        #expect(Judge().judge(stated, against: formula).verdict != .holds)
    }

    @Test func wholeNumbersAreOnlyATestWhenTheyCanFail() throws {
        func existence(_ unscaled: Int64, _ places: Int, of whole: Int64) throws -> WholeNumbers.Existence {
            try WholeNumbers.existence(
                of: 0, in: .share(Term(exactly: .zero, role: Roles.part), of: term(whole)),
                giving: Rational(unscaled: unscaled, places: places),
                step: Rational(unscaled: 1, places: places))
        }
        #expect(try existence(5217, 2, of: 23) == .rounded(Rational(12)))
        #expect(try existence(5216, 2, of: 23) == .none)
        #expect(try existence(5217, 2, of: 20_000) == .untestable)
        #expect(try existence(50, 0, of: 100) == .untestable)
        #expect(try existence(769, 2, of: 13) == .rounded(Rational(1)))
    }

    @Test func slipsAreOneDigitOrTwoThatChangedPlaces() {
        #expect(Misprint.isSlip(1731, 1371) && Misprint.isSlip(25, 26))
        #expect(!Misprint.isSlip(1731, 1219) && !Misprint.isSlip(100, 99) && !Misprint.isSlip(5, 5))
    }

    @Test func sumsOfRoundedFiguresAreExplained() throws {
        let read = TextReader().read("合计10.1亿元，其中3.4亿元，3.3亿元，3.3亿元，以及12人、13人。", name: "-")
        let figures = read.quantities
        let judge = Judge()
        #expect(judge.sum(figures[0], of: Array(figures[1...3])).verdict == .explained)
        #expect(judge.sum(figures[4], of: [figures[5]]).verdict == .wrong)
    }

    @Test func numbersAreWrittenAsTextsPrintThem() throws {
        #expect(PrintedNumber.decimal(try Rational(9, over: 35).multiplied(by: Rational(100))) == "25.714…")
        #expect(PrintedNumber.decimal(try Rational(1, over: 8)) == "0.125")
        #expect(
            PrintedNumber.rounded(try Rational(82533, over: 1000), step: Rational(unscaled: 1, places: 1))
                == "82.5")
        #expect(PrintedNumber.parsed("1,234.50") == Rational(unscaled: 12345, places: 1))
        #expect(PrintedNumber.parsed("一千") == nil && PrintedNumber.parsed("") == nil)
    }
}
