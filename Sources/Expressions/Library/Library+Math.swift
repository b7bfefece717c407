extension Overload {
    /// The math extension apart from its bit operations.
    static let math: [Overload] =
        extremes("math.greatest", .greater) + extremes("math.least", .less) + [
            rounding("math.ceil") { $0.rounded(.up) },
            rounding("math.floor") { $0.rounded(.down) },
            rounding("math.round") { $0.rounded(.toNearestOrAwayFromZero) },
            rounding("math.trunc") { $0.rounded(.towardZero) },
            test("math.isNaN") { $0.isNaN },
            test("math.isInf") { $0.isInfinite },
            test("math.isFinite") { $0.isFinite },
        ]
        + [ValueType.int, .uint, .double, .decimal].flatMap { type in
            [
                Overload("math.abs", [type], type) { arguments throws(EvaluationError) in
                    try Numbers.magnitude(try arguments.at(0))
                },
                Overload("math.sign", [type], type) { arguments throws(EvaluationError) in
                    try Numbers.sign(try arguments.at(0))
                },
                Overload("math.sqrt", [type], .double) { arguments throws(EvaluationError) in
                    guard let number = Arithmetic.double(try arguments.at(0)) else {
                        throw .noSuchOverload("math.sqrt")
                    }
                    return .double(number.squareRoot())
                },
            ]
        }

    private static func double(
        _ name: String, _ arguments: [Value]
    ) throws(EvaluationError) -> Double {
        guard case .double(let number) = try arguments.at(0) else {
            throw .noSuchOverload("\(name)(\(try arguments.at(0).type.name))")
        }
        return number
    }

    private static func rounding(_ name: String, _ body: @escaping @Sendable (Double) -> Double) -> Overload {
        Overload(name, [.double], .double) { arguments throws(EvaluationError) in
            .double(body(try double(name, arguments)))
        }
    }

    private static func test(_ name: String, _ body: @escaping @Sendable (Double) -> Bool) -> Overload {
        Overload(name, [.double], .bool) { arguments throws(EvaluationError) in
            .bool(body(try double(name, arguments)))
        }
    }

    /// The greatest or least of any numbers, or of a list of them; of equal ones the first.
    private static func extremes(_ name: String, _ wanted: Comparison.Order) -> [Overload] {
        let pick: @Sendable ([Value]) throws(EvaluationError) -> Value = { numbers throws(EvaluationError) in
            guard var best = numbers.first else { throw .noSuchOverload("\(name)()") }
            for number in numbers {
                guard number.type.isNumeric, best.type.isNumeric,
                    let order = Comparison.order(number, best)
                else { throw .noSuchOverload("\(name)(\(number.type.name))") }
                if order == wanted { best = number }
            }
            return best
        }
        let ofList: FunctionBody = { arguments throws(EvaluationError) in
            if arguments.count == 1, case .list(let elements) = arguments[0] { return try pick(elements) }
            return try pick(arguments)
        }
        let numbers = [ValueType.int, .uint, .double, .decimal]
        return numbers.map { Overload(name, [$0], $0, isVariadic: true, body: ofList) }
            + numbers.map { Overload(name, [.list($0)], $0, body: ofList) }
            + [Overload(name, [.dynamic], .dynamic, isVariadic: true, body: ofList)]
    }

    /// The bit operations of the math extension, on int and uint.
    static let bits: [Overload] =
        bitwise("math.bitAnd", { $0 & $1 }, { $0 & $1 }) + bitwise("math.bitOr", { $0 | $1 }, { $0 | $1 })
        + bitwise("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }) + [
            Overload("math.bitNot", [.int], .int) { arguments throws(EvaluationError) in
                .int(~(try arguments.integer(0)))
            },
            Overload("math.bitNot", [.uint], .uint) { arguments throws(EvaluationError) in
                guard case .uint(let number) = try arguments.at(0) else {
                    throw .noSuchOverload("math.bitNot")
                }
                return .uint(~number)
            },
        ] + shift("math.bitShiftLeft") { $0 << $1 } + shift("math.bitShiftRight") { $0 >> $1 }

    private static func bitwise(
        _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
        _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> [Overload] {
        [ValueType.int, .uint].map { type in
            Overload(name, [type, type], type) { arguments throws(EvaluationError) in
                switch (try arguments.at(0), try arguments.at(1)) {
                case (.int(let left), .int(let right)): return .int(signed(left, right))
                case (.uint(let left), .uint(let right)): return .uint(unsigned(left, right))
                case (let left, let right):
                    throw .noSuchOverload("\(name)(\(left.type.name), \(right.type.name))")
                }
            }
        }
    }

    /// Shifts treat an int as its 64 bits: nothing is filled in with the sign.
    private static func shift(
        _ name: String, _ body: @escaping @Sendable (UInt64, Int64) -> UInt64
    ) -> [Overload] {
        [ValueType.int, .uint].map { type in
            Overload(name, [type, .int], type) { arguments throws(EvaluationError) in
                let distance = try arguments.integer(1)
                guard distance >= 0 else { throw .indexOutOfBounds(distance) }
                switch try arguments.at(0) {
                case .int(let number):
                    return .int(Int64(bitPattern: body(UInt64(bitPattern: number), distance)))
                case .uint(let number): return .uint(body(number, distance))
                case let other: throw .noSuchOverload("\(name)(\(other.type.name), int)")
                }
            }
        }
    }
}

/// Absolute value and sign of any number.
enum Numbers {
    static func magnitude(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number): return number < 0 ? try Arithmetic.negated(value) : value
        case .uint: return value
        case .double(let number): return .double(abs(number))
        case .decimal(let number): return number.unscaled < 0 ? try Arithmetic.negated(value) : value
        default: throw .noSuchOverload("math.abs(\(value.type.name))")
        }
    }

    static func sign(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number): .int(number.signum())
        case .uint(let number): .uint(number == 0 ? 0 : 1)
        case .double(let number): .double(number.isNaN || number == 0 ? number : number < 0 ? -1 : 1)
        case .decimal(let number): .decimal(ExactDecimal(unscaled: number.unscaled.signum(), scale: 0))
        default: throw .noSuchOverload("math.sign(\(value.type.name))")
        }
    }
}
