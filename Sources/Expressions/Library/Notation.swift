/// How values are written: for `string()`, for `format`, and in errors.
enum Notation {
    /// The shortest decimal text that reads back as the double; without an exponent where that is readable.
    static func double(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        let text = number.description
        guard let marker = text.firstIndex(of: "e") else {
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        let exponent = Int(text[text.index(after: marker)...]) ?? 0
        guard (-7...20).contains(exponent) else { return text }
        return plain(String(text[..<marker]), exponent)
    }

    private static func plain(_ mantissa: String, _ exponent: Int) -> String {
        let sign = mantissa.hasPrefix("-") ? "-" : ""
        let digits = mantissa.filter(\.isNumber)
        if exponent < 0 {
            return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits.trimmedZeros)"
        }
        let significant = digits.trimmedZeros
        return sign + significant + String(repeating: "0", count: max(0, exponent + 1 - significant.count))
    }

    /// A value as `string()` gives it, or nil for values that have no such text.
    static func text(_ value: Value) -> String? {
        switch value {
        case .bool(let bool): bool ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): double(number)
        case .string(let text): text
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .timestamp(let moment): moment.description
        case .duration(let span): span.description
        case .date(let date): date.description
        case .decimal(let number): number.description
        case .type(let type): type.name
        case .null, .list, .map, .object: nil
        }
    }

    /// A value as `%s` writes it: texts without quotes, maps sorted by their keys' text.
    static func formatted(_ value: Value, depth: Int = 0) throws(EvaluationError) -> String {
        guard depth < 64 else { throw .tooLarge }
        switch value {
        case .null: return "null"
        case .list(let elements):
            var parts: [String] = []
            for element in elements { parts.append(try formatted(element, depth: depth + 1)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, value: String)] = []
            for (key, value) in zip(map.keys, map.values) {
                parts.append((try formatted(key, depth: depth + 1), try formatted(value, depth: depth + 1)))
            }
            parts.sort { ExactText.isLess($0.key, $1.key) }
            return "{" + parts.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        default:
            guard let text = text(value) else { throw .invalidFormat("%s(\(value.type.name))") }
            return text
        }
    }

    /// A value for an error message: quoted when it is text, and never long.
    static func short(_ value: Value) -> String {
        switch value {
        case .string(let text): "\"\(text.count > 40 ? text.prefix(40) + "…" : text[...])\""
        case .null: "null"
        default: text(value).map { String($0.prefix(40)) } ?? value.type.name
        }
    }

    /// Text between double quotes with the control characters, quotes and backslashes escaped.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{7}": result += "\\a"
            case "\u{8}": result += "\\b"
            case "\u{C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{B}": result += "\\v"
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension String {
    fileprivate var trimmedZeros: String {
        var text = self
        while text.utf8.count > 1, text.hasSuffix("0") { text.removeLast() }
        return text
    }
}
