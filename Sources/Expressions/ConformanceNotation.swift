import Foundation

/// The JSON notation of values in conformance vectors: one object a value, naming its type.
///
/// `{"int64": "1"}`, `{"uint64": "1"}`, `{"double": "1.5"}`, `{"bool": true}`, `{"string": "a"}`,
/// `{"bytes": "hex"}`, `{"null": null}`, `{"type": "int"}`, `{"list": […]}`, `{"map": [[key, value], …]}`;
/// beyond the vectors `timestamp`, `duration`, `date` and `decimal`, each with its text.
public enum ConformanceNotation {
    /// The value as one line of JSON. A referenced record is written `{"object": ["type", "id"]}`.
    public static func encode(_ value: Value) -> String {
        switch value {
        case .null: "{\"null\": null}"
        case .bool(let bool): "{\"bool\": \(bool)}"
        case .int(let number): "{\"int64\": \"\(number)\"}"
        case .uint(let number): "{\"uint64\": \"\(number)\"}"
        case .double(let number): "{\"double\": \"\(double(number))\"}"
        case .string(let text): "{\"string\": \(quoted(text))}"
        case .bytes(let bytes): "{\"bytes\": \"\(hexadecimal(bytes))\"}"
        case .list(let elements): "{\"list\": [\(elements.map(encode).joined(separator: ", "))]}"
        case .map(let map): "{\"map\": [\(entries(map))]}"
        case .timestamp(let moment): "{\"timestamp\": \"\(moment)\"}"
        case .duration(let span): "{\"duration\": \"\(span)\"}"
        case .type(let type): "{\"type\": \(quoted(type.name))}"
        case .date(let date): "{\"date\": \"\(date)\"}"
        case .decimal(let number): "{\"decimal\": \"\(number)\"}"
        case .object(let object): "{\"object\": [\(quoted(object.typeName)), \"\(object.id)\"]}"
        }
    }

    /// The value a JSON text stands for; throws `.conversion` for anything else.
    public static func decode(_ json: String) throws(EvaluationError) -> Value {
        try value(try parsed(json), depth: 0)
    }

    /// Variables by name from a JSON object of values; throws `.conversion` for anything else.
    public static func decodeBindings(_ json: String) throws(EvaluationError) -> [String: Value] {
        guard let object = try parsed(json) as? [String: Any] else { throw .conversion("JSON → bindings") }
        var bindings: [String: Value] = [:]
        for (name, any) in object { bindings[name] = try value(any, depth: 0) }
        return bindings
    }

    /// An environment that declares the bindings by the types of their values, and their slots.
    public static func environment(for bindings: [String: Value]) -> (
        environment: Environment, slots: [Value]
    ) {
        var environment = Environment()
        var slots: [Value] = []
        for (name, value) in bindings.sorted(by: { $0.key < $1.key }) {
            environment.declare(name, value.type)
            slots.append(value)
        }
        return (environment, slots)
    }

    // MARK: Writing

    private static func double(_ number: Double) -> String {
        number.isFinite ? number.description : Notation.double(number)
    }

    private static func entries(_ map: ValueMap) -> String {
        zip(map.keys, map.values).map { "[\(encode($0)), \(encode($1))]" }.joined(separator: ", ")
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result +=
                    "\\u" + CivilDate.padded(0, 2) + hexadecimal([UInt8(truncatingIfNeeded: scalar.value)])
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    // MARK: Reading

    private static func parsed(_ json: String) throws(EvaluationError) -> Any {
        do {
            return try JSONSerialization.jsonObject(with: Data(json.utf8), options: [.fragmentsAllowed])
        } catch {
            throw .conversion("JSON → value")
        }
    }

    private static func value(_ any: Any, depth: Int) throws(EvaluationError) -> Value {
        guard depth < 64, let object = any as? [String: Any], object.count == 1,
            let (kind, content) = object.first
        else {
            throw .conversion("JSON → value")
        }
        if let elements = content as? [Any] { return try container(kind, elements, depth) }
        let result: Value?
        switch (kind, content) {
        case ("null", _): result = .null
        case ("bool", let bool as Bool): result = .bool(bool)
        case (_, let text as String): result = scalar(kind, text)
        default: result = nil
        }
        guard let result else { throw .conversion("JSON → \(kind.prefix(20))") }
        return result
    }

    private static func container(
        _ kind: String, _ elements: [Any], _ depth: Int
    ) throws(EvaluationError) -> Value {
        if kind == "list" {
            var values: [Value] = []
            for element in elements { values.append(try value(element, depth: depth + 1)) }
            return .list(values)
        }
        var map = ValueMap()
        for element in elements {
            guard kind == "map", let pair = element as? [Any], pair.count == 2,
                map.insert(try value(pair[0], depth: depth + 1), try value(pair[1], depth: depth + 1))
            else { throw .conversion("JSON → \(kind.prefix(20))") }
        }
        guard kind == "map" else { throw .conversion("JSON → \(kind.prefix(20))") }
        return .map(map)
    }

    private static func scalar(_ kind: String, _ text: String) -> Value? {
        switch kind {
        case "int64": Int64(text).map(Value.int)
        case "uint64": UInt64(text).map(Value.uint)
        case "double": Conversion.double(.string(text))
        case "string": .string(text)
        case "bytes": bytes(text).map(Value.bytes)
        case "timestamp": Timestamp(rfc3339: text).map(Value.timestamp)
        case "duration": Span(text).map(Value.duration)
        case "date": CivilDate(text).map(Value.date)
        case "decimal": ExactDecimal(text).map(Value.decimal)
        case "type": ValueType.named[text].map(Value.type)
        default: nil
        }
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var result: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index].hexValue, let low = digits[index + 1].hexValue else { return nil }
            result.append(UInt8(high << 4 | low))
        }
        return result
    }
}
