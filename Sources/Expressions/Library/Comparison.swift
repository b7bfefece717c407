/// Equality and order between values, across the numeric types.
enum Comparison {
    enum Order {
        case less, same, greater
        /// A NaN is neither less nor greater nor the same.
        case unordered

        init<Number: Comparable>(_ left: Number, _ right: Number) {
            self = left < right ? .less : left == right ? .same : .greater
        }

        init(_ left: Double, _ right: Double) {
            self = left < right ? .less : left == right ? .same : left > right ? .greater : .unordered
        }

        func satisfies(_ operation: Operator) -> Bool {
            switch operation {
            case .less: self == .less
            case .lessOrEqual: self == .less || self == .same
            case .greater: self == .greater
            case .greaterOrEqual: self == .greater || self == .same
            case .notEqual: self != .same
            default: self == .same
            }
        }

        var reversed: Order {
            switch self {
            case .less: .greater
            case .greater: .less
            default: self
            }
        }
    }

    static func holds(_ operation: Operator, _ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
        switch operation {
        case .equal: return equal(left, right)
        case .notEqual: return !equal(left, right)
        case .in: return try contains(right, left)
        default:
            guard let order = order(left, right) else { throw Arithmetic.mismatch(operation, left, right) }
            return order.satisfies(operation)
        }
    }

    @inline(__always)
    static func holds<Number: Comparable>(_ operation: Operator, _ left: Number, _ right: Number) -> Bool {
        switch operation {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        default: left >= right
        }
    }

    /// The order of two values, or nil when their types have none.
    static func order(_ left: Value, _ right: Value) -> Order? {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): Order(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)):
            ExactText.isSame(left, right) ? .same : ExactText.isLess(left, right) ? .less : .greater
        case (.bytes(let left), .bytes(let right)):
            left == right ? .same : left.lexicographicallyPrecedes(right) ? .less : .greater
        case (.timestamp(let left), .timestamp(let right)): Order(left, right)
        case (.duration(let left), .duration(let right)): Order(left, right)
        case (.date(let left), .date(let right)): Order(left, right)
        default: numericOrder(left, right)
        }
    }

    private static func numericOrder(_ left: Value, _ right: Value) -> Order? {
        switch (left, right) {
        case (.int(let left), .int(let right)): Order(left, right)
        case (.uint(let left), .uint(let right)): Order(left, right)
        case (.double(let left), .double(let right)): Order(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : Order(UInt64(left.magnitude), right)
        case (.uint(let left), .int(let right)): right < 0 ? .greater : Order(left, UInt64(right.magnitude))
        case (.int(let left), .double(let right)): mixed(left, right)
        case (.double(let left), .int(let right)): mixed(right, left).reversed
        case (.uint(let left), .double(let right)): mixed(left, right)
        case (.double(let left), .uint(let right)): mixed(right, left).reversed
        case (.decimal, _), (_, .decimal): decimalOrder(left, right)
        default: nil
        }
    }

    /// As the specification's reference compares: by the nearest double within the integer's range.
    private static func mixed<Number: FixedWidthInteger>(_ left: Number, _ right: Double) -> Order {
        Order(Double(left), right)
    }

    private static func decimalOrder(_ left: Value, _ right: Value) -> Order? {
        guard let leftDouble = Arithmetic.double(left), let rightDouble = Arithmetic.double(right) else {
            return nil
        }
        if let first = Arithmetic.decimal(left), let second = Arithmetic.decimal(right) {
            return Order(first, second)
        }
        return Order(leftDouble, rightDouble)
    }

    static func equal(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { equal($0, $1) }
        case (.map(let left), .map(let right)): equalMaps(left, right)
        case (.type(let left), .type(let right)): left.name == right.name
        case (.object(let left), .object(let right)): left == right
        case (.object(let object), .int(let id)), (.int(let id), .object(let object)): object.id == id
        default: order(left, right) == .same
        }
    }

    private static func equalMaps(_ left: ValueMap, _ right: ValueMap) -> Bool {
        guard left.count == right.count else { return false }
        for (key, value) in zip(left.keys, left.values) {
            guard let other = right[key], equal(value, other) else { return false }
        }
        return true
    }

    static func contains(_ container: Value, _ element: Value) throws(EvaluationError) -> Bool {
        switch container {
        case .list(let elements): return elements.contains { equal($0, element) }
        case .map(let map): return map[element] != nil
        default: throw Arithmetic.mismatch(.in, element, container)
        }
    }

    static func element(_ container: Value, _ key: Value) throws(EvaluationError) -> Value {
        switch container {
        case .list(let elements):
            let position: Int64? =
                switch key {
                case .int(let number): number
                case .uint(let number): Int64(exactly: number)
                case .double(let number): Int64(exactly: number)
                default: nil
                }
            guard let position else { throw .noSuchOverload("list[\(key.type.name)]") }
            guard position >= 0, position < Int64(elements.count) else { throw .indexOutOfBounds(position) }
            return elements[Int(position)]
        case .map(let map):
            guard let value = map[key] else { throw .noSuchKey(Notation.short(key)) }
            return value
        default: throw .noSuchOverload("\(container.type.name)[\(key.type.name)]")
        }
    }
}
