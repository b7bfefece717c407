import Figures
import Testing

@Suite("Rationals")
struct RationalTests {
    private func fraction(_ numerator: Int128, _ denominator: Int128) throws -> Rational {
        try Rational(numerator, over: denominator)
    }

    @Test(
        "are printed rounded once, half away from zero",
        arguments: [
            (5, 28, 2, "0.18"), (1, 2, 0, "1"), (-1, 2, 0, "-1"), (1, 8, 2, "0.13"), (-1, 8, 2, "-0.13"),
            (1, 3, 5, "0.33333"), (2, 3, 5, "0.66667"), (999_999, 1_000_000, 2, "1.00"),
            (-1, 1000, 2, "0.00"),
            (0, 7, 2, "0.00"), (12_345, 100, 1, "123.5"), (99_995, 10_000, 3, "10.000"), (7, 1, 0, "7"),
            (1_234_449, 1_000_000, 3, "1.234"),
        ])
    func prints(_ numerator: Int, _ denominator: Int, _ places: Int, _ text: String) throws {
        #expect(try fraction(Int128(numerator), Int128(denominator)).text(places: places) == text)
    }

    @Test(
        "are printed as percentages the way communiqués do",
        arguments: [
            (5, 28, "17.86%"), (9, 35, "25.71%"), (1, 2, "50%"), (3, 4, "75%"), (6, 1, "600%"), (2, 5, "40%"),
            (2, 3, "66.67%"), (1, 3, "33.33%"), (4, 31, "12.90%"), (1, 8, "12.5%"), (0, 3, "0%"),
            (-5, 28, "-17.86%"), (1, 1000, "0.1%"), (1, 100_000, "0.00%"), (11, 10, "110%"),
            (39_999, 40_000, "100.00%"),
        ])
    func printsPercentages(_ numerator: Int, _ denominator: Int, _ text: String) throws {
        #expect(try fraction(Int128(numerator), Int128(denominator)).percentText() == text)
    }

    @Test("are printed as percentages with fixed places")
    func printsFixed() throws {
        #expect(try fraction(1, 2).percentText(.fixed(2)) == "50.00%")
        #expect(try fraction(1, 3).percentText(.fixed(0)) == "33%")
        #expect(try fraction(1, 3).percentNumber(.fixed(1)) == "33.3")
        #expect(try fraction(1, 3).percentText(.fixed(-4)) == "33%")
    }

    @Test("report what they cannot do instead of trapping")
    func reports() throws {
        let huge = try fraction(Int128.max, 1)
        #expect(throws: ArithmeticProblem.overflow) { try huge.adding(huge) }
        #expect(throws: ArithmeticProblem.overflow) { try huge.multiplied(by: huge) }
        #expect(throws: ArithmeticProblem.divisionByZero) { try huge.divided(by: .zero) }
        #expect(throws: ArithmeticProblem.divisionByZero) { try Rational(1, over: 0) }
        #expect(throws: ArithmeticProblem.overflow) { try Rational(.min, over: 1) }
        #expect(try huge.divided(by: huge) == .one)
    }

    @Test("are compared exactly, even where a product would not fit")
    func compares() throws {
        let almost = try fraction(Int128.max - 1, Int128.max)
        #expect(almost < .one)
        #expect(try fraction(Int128.max - 2, Int128.max - 1) < almost)
        #expect(almost.negated > Rational.one.negated)
        #expect(!(almost < almost))
        #expect(almost.text(places: 3) == "1.000")
    }

    @Test("obey the laws of arithmetic", arguments: 0..<40)
    func laws(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func random() throws -> Rational {
            let numerator = Int128(Int64.random(in: -1_000_000...1_000_000, using: &generator))
            return try Rational(numerator, over: Int128(Int64.random(in: 1...1_000_000, using: &generator)))
        }
        let (a, b, c) = (try random(), try random(), try random())
        #expect(try a.adding(b) == b.adding(a))
        #expect(try a.multiplied(by: b) == b.multiplied(by: a))
        #expect(try a.adding(b).adding(c) == a.adding(b.adding(c)))
        #expect(try a.multiplied(by: b.adding(c)) == a.multiplied(by: b).adding(a.multiplied(by: c)))
        #expect(try a.subtracting(b).adding(b) == a)
        #expect((a < b) == (try a.subtracting(b)).isNegative)
        if !b.isZero { #expect(try a.divided(by: b).multiplied(by: b) == a) }
        #expect(a.denominator > 0)
    }

    @Test("round to within half a unit of the last place", arguments: 0..<40)
    func rounding(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let numerator = Int128(Int64.random(in: -100_000...100_000, using: &generator))
        let number = try Rational(numerator, over: Int128(Int64.random(in: 1...99_999, using: &generator)))
        let digits = number.text(places: 3).filter { $0 != "." }
        let printed = Rational(unscaled: try #require(Int64(digits)), places: 3)
        #expect(try number.subtracting(printed).magnitude <= Rational(unscaled: 5, places: 4))
    }
}
