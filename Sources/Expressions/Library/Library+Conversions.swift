extension Overload {
    private static let scalars: [ValueType] = [
        .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .decimal, .type,
    ]

    /// `int()`, `uint()`, `double()`, `string()`, `bytes()`, `bool()`, `timestamp()`, `duration()`, `decimal()`.
    static let conversions: [Overload] =
        conversion("int", [.int, .uint, .double, .string, .timestamp, .decimal], .int, Conversion.int)
        + conversion("uint", [.uint, .int, .double, .string], .uint, Conversion.uint)
        + conversion("double", [.double, .int, .uint, .string, .decimal], .double, Conversion.double)
        + conversion("string", scalars, .string) { value in Notation.text(value).map(Value.string) }
        + conversion("bytes", [.bytes, .string], .bytes, Conversion.bytes)
        + conversion("bool", [.bool, .string], .bool, Conversion.bool)
        + conversion("timestamp", [.timestamp, .string, .int], .timestamp, Conversion.timestamp)
        + conversion("duration", [.duration, .string, .int], .duration, Conversion.duration)
        + conversion("decimal", [.decimal, .string, .int, .double], .decimal, Conversion.decimal)

    private static func conversion(
        _ name: String, _ types: [ValueType], _ result: ValueType,
        _ convert: @escaping @Sendable (Value) -> Value?
    ) -> [Overload] {
        types.map { type in
            Overload(name, [type], result) { arguments throws(EvaluationError) in
                let value = try arguments.at(0)
                guard type.accepts(value.type) else { throw .noSuchOverload("\(name)(\(value.type.name))") }
                guard let converted = convert(value) else {
                    throw .conversion("\(Notation.short(value)) → \(name)")
                }
                return converted
            }
        }
    }
}

/// Conversions between scalar types; nil when the value has no counterpart.
enum Conversion {
    static let int: @Sendable (Value) -> Value? = { value in
        switch value {
        case .int: value
        case .uint(let number): Int64(exactly: number).map(Value.int)
        case .double(let number): truncated(number)
        case .string(let text): number(text).map(Value.int)
        case .timestamp(let moment): .int(moment.seconds)
        case .decimal(let number): .int(number.unscaled / ExactDecimal.power(Int(number.scale)))
        default: nil
        }
    }

    /// Doubles at or beyond 2^63 either way are refused, the lowest included, as the specification asks.
    private static func truncated(_ number: Double) -> Value? {
        guard number > -0x1p63, number < 0x1p63 else { return nil }
        return .int(Int64(number))
    }

    private static func number<Number: FixedWidthInteger>(_ text: String) -> Number? {
        // Swift also reads "+1"; so does the specification's reference.
        text.utf8.count <= 20 ? Number(text) : nil
    }

    static let uint: @Sendable (Value) -> Value? = { value in
        switch value {
        case .uint: value
        case .int(let number): UInt64(exactly: number).map(Value.uint)
        case .double(let number): number > -1 && number < 0x1p64 && number >= 0 ? .uint(UInt64(number)) : nil
        case .string(let text): number(text).map(Value.uint)
        default: nil
        }
    }

    static let double: @Sendable (Value) -> Value? = { value in
        if case .string(let text) = value { return Self.number(text).map(Value.double) }
        return Arithmetic.double(value).map(Value.double)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "NaN": return .nan
        case "Infinity", "+Infinity", "Inf", "+Inf", "inf", "+inf", "infinity": return .infinity
        case "-Infinity", "-Inf", "-inf", "-infinity": return -.infinity
        default: break
        }
        let allowed = text.utf8.allSatisfy { $0.isDigit || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        guard allowed, text.utf8.count <= 400, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    static let bytes: @Sendable (Value) -> Value? = { value in
        switch value {
        case .bytes: value
        case .string(let text): .bytes(Array(text.utf8))
        default: nil
        }
    }

    static let bool: @Sendable (Value) -> Value? = { value in
        switch value {
        case .bool: value
        case .string(let text) where ["1", "t", "true", "TRUE", "True"].contains(text): .bool(true)
        case .string(let text) where ["0", "f", "false", "FALSE", "False"].contains(text): .bool(false)
        default: nil
        }
    }

    static let timestamp: @Sendable (Value) -> Value? = { value in
        switch value {
        case .timestamp: value
        case .string(let text): Timestamp(rfc3339: text).map(Value.timestamp)
        case .int(let seconds): Timestamp(seconds: seconds).map(Value.timestamp)
        default: nil
        }
    }

    static let duration: @Sendable (Value) -> Value? = { value in
        switch value {
        case .duration: value
        case .string(let text): Span(text).map(Value.duration)
        case .int(let seconds): Span(seconds: seconds).map(Value.duration)
        default: nil
        }
    }

    static let decimal: @Sendable (Value) -> Value? = { value in
        if case .string(let text) = value { return ExactDecimal(text).map(Value.decimal) }
        return Arithmetic.decimal(value).map(Value.decimal)
    }
}
