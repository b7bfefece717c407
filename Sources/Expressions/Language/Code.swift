typealias Evaluate = @Sendable (Frame) throws(EvaluationError) -> Value
typealias EvaluateInteger = @Sendable (Frame) throws(EvaluationError) -> Int64

/// What an evaluation reads: the record's slots, and the variables of macros.
struct Frame {
    let slots: [Value]
    let locals: Locals?
}

/// The variables of the macros of one evaluation, and the count of its steps.
final class Locals {
    private static let maximumSteps = 2_000_000

    private var values: [Value]
    private var steps = 0

    init(count: Int) { values = Array(repeating: .null, count: count) }

    subscript(index: Int) -> Value {
        get { index < values.count ? values[index] : .null }
        set { if index < values.count { values[index] = newValue } }
    }

    /// Counts an element visited; a nest of macros over long lists ends here instead of running for hours.
    func step() throws(EvaluationError) {
        steps += 1
        if steps > Self.maximumSteps { throw .tooLarge }
    }
}

enum Tristate: UInt8 {
    case no, yes, error

    init(_ bool: Bool) { self = bool ? .yes : .no }
}

/// A condition compiled twice: `quick` never builds an error, `exact` tells which.
struct Truth: Sendable {
    let quick: @Sendable (Frame) -> Tristate
    let exact: @Sendable (Frame) throws(EvaluationError) -> Bool

    /// A condition with one way only.
    init(_ exact: @escaping @Sendable (Frame) throws(EvaluationError) -> Bool) {
        self.exact = exact
        quick = { frame in
            do { return Tristate(try exact(frame)) } catch { return .error }
        }
    }

    init(
        quick: @escaping @Sendable (Frame) -> Tristate,
        exact: @escaping @Sendable (Frame) throws(EvaluationError) -> Bool
    ) {
        (self.quick, self.exact) = (quick, exact)
    }
}

/// A compiled part of an expression, in the forms its consumers may use without boxing.
struct Code: Sendable {
    let value: Evaluate
    var truth: Truth?
    var integer: EvaluateInteger?
    /// The value, when it is the same in every evaluation.
    var constant: Value?
    /// The slot, when the part is nothing but a variable.
    var slot: Int?

    init(_ value: @escaping Evaluate) { self.value = value }

    init(constant: Value) {
        value = { _ in constant }
        self.constant = constant
    }

    init(truth: Truth) {
        value = { frame throws(EvaluationError) in .bool(try truth.exact(frame)) }
        self.truth = truth
    }

    init(integer: @escaping EvaluateInteger) {
        value = { frame throws(EvaluationError) in .int(try integer(frame)) }
        self.integer = integer
    }

    init(failure: EvaluationError) {
        value = { _ throws(EvaluationError) in throw failure }
    }

    /// Beside a decimal, a constant number is made a decimal once instead of in every evaluation.
    func exact(beside type: ValueType) -> Code {
        guard type == .decimal, let constant, let number = Arithmetic.decimal(constant) else { return self }
        return Code(constant: .decimal(number))
    }

    var asTruth: Truth {
        if let truth { return truth }
        let value = value
        return Truth { frame throws(EvaluationError) in
            let result = try value(frame)
            guard case .bool(let bool) = result else { throw .noSuchOverload("bool(\(result.type))") }
            return bool
        }
    }

    var asInteger: EvaluateInteger {
        if let integer { return integer }
        let value = value
        return { frame throws(EvaluationError) in
            let result = try value(frame)
            guard case .int(let number) = result else { throw .noSuchOverload("int(\(result.type))") }
            return number
        }
    }
}

/// The error of a strict operation whose left operand failed: when that is only missing, the right one is
/// evaluated too, so that everything not on file is named at once.
func gathered<Result>(
    _ error: EvaluationError, _ right: (Frame) throws(EvaluationError) -> Result, _ frame: Frame
) -> EvaluationError {
    guard case .missing = error else { return error }
    do {
        _ = try right(frame)
        return error
    } catch let second {
        return error.merged(second)
    }
}

/// Evaluates all arguments, gathering what is missing.
func evaluated(_ arguments: [Evaluate], _ frame: Frame) throws(EvaluationError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(arguments.count)
    var failure: EvaluationError?
    for argument in arguments {
        do {
            values.append(try argument(frame))
        } catch {
            let merged = failure?.merged(error) ?? error
            guard case .missing = merged else { throw merged }
            failure = merged
        }
    }
    if let failure { throw failure }
    return values
}
