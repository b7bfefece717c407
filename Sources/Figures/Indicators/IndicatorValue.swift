import Expressions
import Rulebooks

/// What an indicator comes to.
public enum IndicatorValue: Hashable, Sendable {
    /// An exact number, rounded only when printed.
    case value(Rational)
    /// No number, and why.
    case undefined(IndicatorGap)

    /// The number, or nil.
    public var rational: Rational? {
        if case .value(let number) = self { return number }
        return nil
    }
}

/// Why an indicator has no value.
public enum IndicatorGap: Error, Hashable, Sendable {
    /// A divisor, quoted as written, is zero.
    case zeroDivisor(String)
    /// A term has no value.
    case missingTerm(String)
    /// The arithmetic outgrew 127 bits.
    case overflow

    /// The reason in both languages.
    public var reason: Bilingual {
        switch self {
        case .zeroDivisor(let text): Bilingual(zh: "除数 \(text) 为零", en: "the divisor \(text) is zero")
        case .missingTerm(let name): Bilingual(zh: "缺少 \(name)", en: "\(name) is missing")
        case .overflow: Bilingual(zh: "数值过大，无法计算", en: "the numbers are too large to compute with")
        }
    }
}

extension IndicatorExpression {
    /// The value for the sums of its terms, exactly.
    public func evaluate(_ terms: [String: Rational]) -> IndicatorValue {
        do {
            return .value(try exact(terms))
        } catch {
            return .undefined(error)
        }
    }

    private func exact(_ terms: [String: Rational]) throws(IndicatorGap) -> Rational {
        switch self {
        case .number(let number): return Rational(unscaled: number.unscaled, places: Int(number.scale))
        case .term(let name):
            guard let value = terms[name] else { throw .missingTerm(name) }
            return value
        case .negated(let inner): return try inner.exact(terms).negated
        case .operation(let operation, let left, let right):
            let (first, second) = (try left.exact(terms), try right.exact(terms))
            do {
                switch operation {
                case .plus: return try first.adding(second)
                case .minus: return try first.subtracting(second)
                case .times: return try first.multiplied(by: second)
                case .divided: return try first.divided(by: second)
                }
            } catch {
                throw error == .divisionByZero ? .zeroDivisor(right.notation) : .overflow
            }
        }
    }

    /// The arithmetic in the rulebook's own notation.
    public var notation: String {
        switch self {
        case .number(let number): number.description
        case .term(let name): name
        case .negated(let inner): "-\(inner.notation)"
        case .operation(let operation, let left, let right):
            "(\(left.notation) \(operation.rawValue) \(right.notation))"
        }
    }
}
