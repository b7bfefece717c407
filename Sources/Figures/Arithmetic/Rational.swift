/// What exact arithmetic cannot answer.
public enum ArithmeticProblem: Error, Hashable, Sendable {
    /// A numerator or denominator outgrew 127 bits.
    case overflow
    /// A division by zero.
    case divisionByZero
}

/// A fraction held exactly: a numerator and a positive denominator of at most 127 bits, in lowest terms.
///
/// Figures are computed with it from end to end and rounded once, when they are printed. Arithmetic that
/// outgrows the bits throws `ArithmeticProblem.overflow`; nothing traps and nothing is approximated.
public struct Rational: Hashable, Sendable, Comparable {
    /// The number above the line; its sign is the sign of the fraction.
    public let numerator: Int128
    /// The number below the line, always positive.
    public let denominator: Int128

    /// Zero.
    public static let zero = Rational(0)
    /// One.
    public static let one = Rational(1)

    /// Makes a whole number.
    public init(_ whole: Int64) {
        (numerator, denominator) = (Int128(whole), 1)
    }

    /// Makes the fraction of two numbers, brought to lowest terms.
    public init(_ numerator: Int128, over denominator: Int128) throws(ArithmeticProblem) {
        guard denominator != 0 else { throw .divisionByZero }
        guard numerator != .min, denominator != .min else { throw .overflow }
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = numerator / divisor * sign
        self.denominator = denominator / divisor * sign
    }

    /// Makes `unscaled` divided by ten to the power `places`; places above 18 are taken as 18.
    public init(unscaled: Int64, places: Int) {
        let scale = Self.powerOfTen(places)
        let divisor = Self.greatestCommonDivisor(Int128(unscaled), scale)
        (numerator, denominator) = (Int128(unscaled) / divisor, scale / divisor)
    }

    private init(reduced numerator: Int128, _ denominator: Int128) {
        (self.numerator, self.denominator) = (numerator, denominator)
    }

    /// Whether the fraction is zero.
    public var isZero: Bool { numerator == 0 }
    /// Whether the fraction is below zero.
    public var isNegative: Bool { numerator < 0 }
    /// The fraction without its sign.
    public var magnitude: Rational { Rational(reduced: numerator < 0 ? -numerator : numerator, denominator) }
    /// The fraction with the other sign.
    public var negated: Rational { Rational(reduced: -numerator, denominator) }

    /// The exact sum.
    public func adding(_ other: Rational) throws(ArithmeticProblem) -> Rational {
        let divisor = Self.greatestCommonDivisor(denominator, other.denominator)
        let left = try Self.product(numerator, other.denominator / divisor)
        let right = try Self.product(other.numerator, denominator / divisor)
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow else { throw .overflow }
        return try Rational(sum, over: try Self.product(denominator, other.denominator / divisor))
    }

    /// The exact difference.
    public func subtracting(_ other: Rational) throws(ArithmeticProblem) -> Rational {
        try adding(other.negated)
    }

    /// The exact product.
    public func multiplied(by other: Rational) throws(ArithmeticProblem) -> Rational {
        // Reducing crosswise first keeps the products as small as they can be.
        let first = Self.greatestCommonDivisor(numerator, other.denominator)
        let second = Self.greatestCommonDivisor(other.numerator, denominator)
        return try Rational(
            try Self.product(numerator / first, other.numerator / second),
            over: try Self.product(denominator / second, other.denominator / first))
    }

    /// The exact quotient; throws `.divisionByZero` when `other` is zero.
    public func divided(by other: Rational) throws(ArithmeticProblem) -> Rational {
        guard !other.isZero else { throw .divisionByZero }
        return try multiplied(by: try Rational(other.denominator, over: other.numerator))
    }

    public static func < (left: Rational, right: Rational) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        if left.isNegative { return isBelow(right.magnitude, left.magnitude) }
        return isBelow(left, right)
    }

    /// Compares two fractions that are not negative by their continued fractions, which cannot overflow.
    private static func isBelow(_ left: Rational, _ right: Rational) -> Bool {
        var (a, b, c, d) = (left.numerator, left.denominator, right.numerator, right.denominator)
        while true {
            let (first, second) = (a / b, c / d)
            if first != second { return first < second }
            let (restLeft, restRight) = (a % b, c % d)
            if restLeft == 0 || restRight == 0 { return restLeft == 0 && restRight != 0 }
            // x/b < y/d exactly when d/y < b/x: the reciprocals change sides.
            (a, b, c, d) = (d, restRight, b, restLeft)
        }
    }

    private static func product(_ left: Int128, _ right: Int128) throws(ArithmeticProblem) -> Int128 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        guard !overflow, product != .min else { throw .overflow }
        return product
    }

    /// The greatest common divisor of the magnitudes; 1 when both are zero, so that it can be divided by.
    private static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (a, b) = (left.magnitude, right.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return a == 0 ? 1 : Int128(a)
    }

    static func powerOfTen(_ places: Int) -> Int128 {
        var result: Int128 = 1
        for _ in 0..<min(max(places, 0), 18) { result *= 10 }
        return result
    }
}

extension Rational: CustomStringConvertible {
    /// `numerator/denominator`, or the whole number alone.
    public var description: String {
        denominator == 1 ? String(numerator) : "\(numerator)/\(denominator)"
    }
}
