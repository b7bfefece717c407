/// A value of the rule language.
///
/// `==` here means the same value of the same type; the language's own equality, in which 1 == 1.0, is
/// what an expression evaluates. In a slot `.null` means that the field is not on file.
public enum Value: Sendable {
    /// No value; in a slot, a field not on file.
    case null
    /// True or false.
    case bool(Bool)
    /// A signed 64-bit integer.
    case int(Int64)
    /// An unsigned 64-bit integer.
    case uint(UInt64)
    /// An IEEE 754 double.
    case double(Double)
    /// Text, counted in Unicode code points.
    case string(String)
    /// Bytes.
    case bytes([UInt8])
    /// Values in order.
    case list([Value])
    /// Values by key; boxed, so that all other values stay small.
    indirect case map(ValueMap)
    /// A moment.
    case timestamp(Timestamp)
    /// A length of time.
    case duration(Span)
    /// A type as a value, as `type(x)` gives it.
    case type(ValueType)
    /// A civil date.
    case date(CivilDate)
    /// An exact decimal number.
    case decimal(ExactDecimal)
    /// A referenced record that has been loaded.
    case object(ObjectValue)

    /// The type of the value; containers answer with dynamic elements.
    public var type: ValueType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .list(.dynamic)
        case .map: .map(.dynamic, .dynamic)
        case .timestamp: .timestamp
        case .duration: .duration
        case .type: .type
        case .date: .date
        case .decimal: .decimal
        case .object(let object): .object(object.typeName)
        }
    }

    /// Whether this is `.null`.
    public var isNull: Bool {
        if case .null = self { return true }
        return false
    }
}

extension Value: Hashable {
    /// The same value of the same type; text is compared code point by code point.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.uint(let left), .uint(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)): ExactText.isSame(left, right)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.type(let left), .type(let right)): left == right
        case (.date(let left), .date(let right)): left == right
        case (.decimal(let left), .decimal(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Agrees with `==`.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .uint(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value)
        case .string(let value): hasher.combine(ExactText(value))
        case .bytes(let value): hasher.combine(value)
        case .list(let value): hasher.combine(value)
        case .map(let value): hasher.combine(value)
        case .timestamp(let value): hasher.combine(value)
        case .duration(let value): hasher.combine(value)
        case .type(let value): hasher.combine(value)
        case .date(let value): hasher.combine(value)
        case .decimal(let value): hasher.combine(value)
        case .object(let value): hasher.combine(value)
        }
    }
}
