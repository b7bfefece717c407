/// The operators `+ - * / %` and the unary minus, on values of any type.
enum Arithmetic {
    /// Texts, bytes and lists that would become longer than this are refused.
    static let maximumLength = 4_000_000

    static func apply(_ operation: Operator, _ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try integers(operation, left, right))
        case (.uint(let left), .uint(let right)): return .uint(try integers(operation, left, right))
        case (.double(let left), .double(let right)): return .double(try doubles(operation, left, right))
        case (.decimal, .decimal), (.decimal, .int), (.decimal, .uint), (.decimal, .double), (.int, .decimal),
            (.uint, .decimal), (.double, .decimal):
            return try decimals(operation, left, right)
        case (.timestamp, _), (.duration, _), (.date, _), (_, .date): return try times(operation, left, right)
        default:
            guard operation == .add else { throw mismatch(operation, left, right) }
            return try concatenated(left, right)
        }
    }

    static func mismatch(_ operation: Operator, _ left: Value, _ right: Value) -> EvaluationError {
        .noSuchOverload("\(left.type.name) \(operation.rawValue) \(right.type.name)")
    }

    @inline(__always)
    static func integers<Number: FixedWidthInteger>(
        _ operation: Operator, _ left: Number, _ right: Number
    ) throws(EvaluationError) -> Number {
        let outcome: (partialValue: Number, overflow: Bool)
        switch operation {
        case .add: outcome = left.addingReportingOverflow(right)
        case .subtract: outcome = left.subtractingReportingOverflow(right)
        case .multiply: outcome = left.multipliedReportingOverflow(by: right)
        case .divide:
            if right == 0 { throw .divideByZero }
            outcome = left.dividedReportingOverflow(by: right)
        default:
            if right == 0 { throw .modulusByZero }
            outcome = left.remainderReportingOverflow(dividingBy: right)
        }
        if outcome.overflow { throw .overflow }
        return outcome.partialValue
    }

    private static func doubles(
        _ operation: Operator, _ left: Double, _ right: Double
    ) throws(EvaluationError) -> Double {
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        default: throw mismatch(operation, .double(left), .double(right))
        }
    }

    /// A double takes part by its shortest decimal text: 0.1 is one tenth here, as it was written.
    private static func decimals(
        _ operation: Operator, _ left: Value, _ right: Value
    ) throws(EvaluationError) -> Value {
        if operation == .divide, let left = double(left), let right = double(right) {
            return .double(left / right)
        }
        guard operation != .remainder else { throw mismatch(operation, left, right) }
        guard let first = decimal(left), let second = decimal(right) else { throw .overflow }
        let result: ExactDecimal? =
            switch operation {
            case .add: first.adding(second)
            case .subtract: first.subtracting(second)
            default: first.multiplied(by: second)
            }
        guard let result else { throw .overflow }
        return .decimal(result)
    }

    static func decimal(_ value: Value) -> ExactDecimal? {
        switch value {
        case .decimal(let number): number
        case .int(let number): ExactDecimal(unscaled: number, scale: 0)
        case .uint(let number): Int64(exactly: number).map { ExactDecimal(unscaled: $0, scale: 0) }
        case .double(let number): ExactDecimal(shortest: number)
        default: nil
        }
    }

    static func double(_ value: Value) -> Double? {
        switch value {
        case .decimal(let number): number.doubleValue
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    private static func times(
        _ operation: Operator, _ left: Value, _ right: Value
    ) throws(EvaluationError) -> Value {
        let result: Value?
        switch (operation, left, right) {
        case (.add, .timestamp(let moment), .duration(let span)),
            (.add, .duration(let span), .timestamp(let moment)):
            result = moment.adding(span).map(Value.timestamp)
        case (.subtract, .timestamp(let moment), .duration(let span)):
            result = moment.adding(span.negated).map(Value.timestamp)
        case (.subtract, .timestamp(let later), .timestamp(let earlier)):
            result = later.span(since: earlier).map(Value.duration)
        case (.add, .duration(let first), .duration(let second)):
            result = first.adding(second).map(Value.duration)
        case (.subtract, .duration(let first), .duration(let second)):
            result = first.adding(second.negated).map(Value.duration)
        case (.add, .date(let date), .int(let days)), (.add, .int(let days), .date(let date)):
            result = date.adding(days: Int(days)).map(Value.date)
        case (.subtract, .date(let date), .int(let days)):
            guard days != .min else { throw .overflow }
            result = date.adding(days: Int(-days)).map(Value.date)
        case (.subtract, .date(let later), .date(let earlier)):
            result = .int(Int64(earlier.days(until: later)))
        default: throw mismatch(operation, left, right)
        }
        guard let result else { throw .overflow }
        return result
    }

    private static func concatenated(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.string(let left), .string(let right)):
            guard left.utf8.count + right.utf8.count <= maximumLength else { throw .tooLarge }
            return .string(left + right)
        case (.bytes(let left), .bytes(let right)):
            guard left.count + right.count <= maximumLength else { throw .tooLarge }
            return .bytes(left + right)
        case (.list(let left), .list(let right)):
            guard left.count + right.count <= maximumLength else { throw .tooLarge }
            return .list(left + right)
        default: throw mismatch(.add, left, right)
        }
    }

    static func negated(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number):
            guard number != .min else { throw .overflow }
            return .int(-number)
        case .double(let number): return .double(-number)
        case .decimal(let number):
            guard let opposite = number.negated else { throw .overflow }
            return .decimal(opposite)
        default: throw .noSuchOverload("-\(value.type.name)")
        }
    }
}
