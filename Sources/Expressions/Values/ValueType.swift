/// The static type of an expression, a variable or a field.
public indirect enum ValueType: Hashable, Sendable, CustomStringConvertible {
    /// Known only when evaluated; every operation is allowed and checked then.
    case dynamic
    /// The types without parameters, named as in the language.
    case null, bool, int, uint, double, string, bytes, timestamp, duration, type, date, decimal
    /// A list of elements of one type; `.list(.dynamic)` holds anything.
    case list(ValueType)
    /// A map from keys of one type to values of one type.
    case map(ValueType, ValueType)
    /// A referenced record, by the name given to `Environment.declareObject`.
    case object(String)

    /// The type as the rule language writes it, with its parameters: `list(int)`.
    public var description: String {
        switch self {
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        default: name
        }
    }

    /// The name of the type without parameters: what `type(x)` prints, such as `google.protobuf.Timestamp`.
    public var name: String {
        switch self {
        case .dynamic: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .date: "date"
        case .decimal: "decimal"
        case .list: "list"
        case .map: "map"
        case .object(let name): name
        }
    }

    /// The types an expression can name, by that name.
    static let named: [String: ValueType] = {
        let all: [ValueType] = [
            .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type, .date,
            .decimal,
            .list(.dynamic), .map(.dynamic, .dynamic),
        ]
        return Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// Whether a value of type `other` may stand where this type is asked for, as far as is known beforehand.
    func accepts(_ other: ValueType) -> Bool {
        switch (self, other) {
        case (.dynamic, _), (_, .dynamic): true
        case (.list(let left), .list(let right)): left.accepts(right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            leftKey.accepts(rightKey) && leftValue.accepts(rightValue)
        default: self == other
        }
    }

    /// The type that covers both, dynamic when they differ.
    func joined(_ other: ValueType) -> ValueType {
        if self == other { return self }
        switch (self, other) {
        case (.list(let left), .list(let right)): return .list(left.joined(right))
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            return .map(leftKey.joined(rightKey), leftValue.joined(rightValue))
        default: return .dynamic
        }
    }

    /// Whether this type or a part of it is known only when evaluated.
    var isPartlyDynamic: Bool {
        switch self {
        case .dynamic: true
        case .list(let element): element.isPartlyDynamic
        case .map(let key, let value): key.isPartlyDynamic || value.isPartlyDynamic
        default: false
        }
    }

    var isNumeric: Bool {
        switch self {
        case .int, .uint, .double, .decimal: true
        default: false
        }
    }
}
