import Foundation

/// The `format` method: `%s %d %f %e %b %o %x %X %%`, with a precision for `%f` and `%e`.
struct Formatter {
    private let clauses: [Unicode.Scalar]
    private let arguments: [Value]
    private var position = 0
    private var next = 0

    static func format(_ text: String, _ arguments: [Value]) throws(EvaluationError) -> String {
        var formatter = Formatter(clauses: Array(text.unicodeScalars), arguments: arguments)
        return try formatter.run()
    }

    private init(clauses: [Unicode.Scalar], arguments: [Value]) {
        (self.clauses, self.arguments) = (clauses, arguments)
    }

    private mutating func run() throws(EvaluationError) -> String {
        var result = ""
        while position < clauses.count {
            let scalar = clauses[position]
            position += 1
            if scalar != "%" {
                result.unicodeScalars.append(scalar)
                continue
            }
            guard position < clauses.count else { throw .invalidFormat("%") }
            if clauses[position] == "%" {
                position += 1
                result += "%"
                continue
            }
            result += try clause()
            guard result.utf8.count <= Arithmetic.maximumLength else { throw .tooLarge }
        }
        return result
    }

    private mutating func clause() throws(EvaluationError) -> String {
        let precision = try precision()
        guard position < clauses.count else { throw .invalidFormat("%") }
        let letter = clauses[position]
        position += 1
        guard "sdfebxXo".unicodeScalars.contains(letter), precision == nil || letter == "f" || letter == "e"
        else {
            throw .invalidFormat("%\(letter)")
        }
        guard next < arguments.count else { throw .indexOutOfBounds(Int64(next)) }
        let argument = arguments[next]
        next += 1
        let mismatch = EvaluationError.invalidFormat("%\(letter)(\(argument.type.name))")
        let text: String? =
            switch letter {
            case "s": try Notation.formatted(argument)
            case "d": Self.decimal(argument)
            case "f", "e": Self.fraction(argument, precision ?? 6, isScientific: letter == "e")
            case "b": Self.binary(argument)
            case "o": Self.digits(argument, radix: 8)
            default: Self.hexadecimal(argument, isUppercase: letter == "X")
            }
        guard let text else { throw mismatch }
        return text
    }

    private mutating func precision() throws(EvaluationError) -> Int? {
        guard clauses[position] == "." else { return nil }
        position += 1
        var digits = ""
        while position < clauses.count, ("0"..."9").contains(clauses[position]) {
            digits.unicodeScalars.append(clauses[position])
            position += 1
        }
        guard let precision = Int(digits), precision <= 100 else { throw .invalidFormat("%.\(digits)") }
        return precision
    }

    private static func decimal(_ value: Value) -> String? {
        switch value {
        case .int, .uint, .decimal: Notation.text(value)
        case .double(let number) where !number.isFinite: Notation.double(number)
        default: nil
        }
    }

    private static func fraction(_ value: Value, _ precision: Int, isScientific: Bool) -> String? {
        guard let number = Arithmetic.double(value) else { return nil }
        guard number.isFinite else { return Notation.double(number) }
        return String(format: isScientific ? "%.\(precision)e" : "%.\(precision)f", number)
    }

    private static func binary(_ value: Value) -> String? {
        if case .bool(let bool) = value { return bool ? "1" : "0" }
        return digits(value, radix: 2)
    }

    private static func digits(_ value: Value, radix: Int, isUppercase: Bool = false) -> String? {
        switch value {
        case .int(let number): String(number, radix: radix, uppercase: isUppercase)
        case .uint(let number): String(number, radix: radix, uppercase: isUppercase)
        default: nil
        }
    }

    private static func hexadecimal(_ value: Value, isUppercase: Bool) -> String? {
        switch value {
        case .string(let text): hexadecimal(Array(text.utf8), isUppercase)
        case .bytes(let bytes): hexadecimal(bytes, isUppercase)
        default: digits(value, radix: 16, isUppercase: isUppercase)
        }
    }

    private static func hexadecimal(_ bytes: [UInt8], _ isUppercase: Bool) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUppercase) }.joined()
    }
}
