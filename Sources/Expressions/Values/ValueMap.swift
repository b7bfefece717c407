/// The map of the rule language: keys are booleans, integers or strings; 1 and 1u are the same key.
///
/// Keeps the order in which entries were added; equality does not depend on it.
public struct ValueMap: Hashable, Sendable {
    /// The keys in the order they were added.
    public private(set) var keys: [Value] = []
    /// The values, in the order of `keys`.
    public private(set) var values: [Value] = []
    private var positions: [MapKey: Int] = [:]

    /// Makes an empty map.
    public init() {}

    /// Makes a map of entries; nil when a key is of another type or repeated.
    public init?(_ entries: some Sequence<(key: Value, value: Value)>) {
        for (key, value) in entries where !insert(key, value) { return nil }
    }

    /// How many entries there are.
    public var count: Int { keys.count }

    /// The value under a key, or nil; a whole double finds the integer key of its value.
    public subscript(key: Value) -> Value? {
        guard let key = MapKey(lookup: key), let position = positions[key] else { return nil }
        return values[position]
    }

    /// Adds an entry; false, and nothing is changed, when the key is not allowed or already there.
    public mutating func insert(_ key: Value, _ value: Value) -> Bool {
        guard let mapKey = MapKey(key), positions[mapKey] == nil else { return false }
        positions[mapKey] = keys.count
        keys.append(key)
        values.append(value)
        return true
    }

    func value(named name: String) -> Value? {
        positions[.text(ExactText(name))].map { values[$0] }
    }

    /// The same keys with the same values, in any order.
    public static func == (left: ValueMap, right: ValueMap) -> Bool {
        guard left.count == right.count else { return false }
        return left.positions.allSatisfy { key, position in
            right.positions[key].map { right.values[$0] == left.values[position] } ?? false
        }
    }

    /// Does not depend on the order of the entries.
    public func hash(into hasher: inout Hasher) {
        var mixed = 0
        for (key, position) in positions {
            var entry = Hasher()
            entry.combine(key)
            entry.combine(values[position])
            mixed ^= entry.finalize()
        }
        hasher.combine(mixed)
    }
}

/// A key in the one form that all equal keys share.
private enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    case large(UInt64)
    case text(ExactText)

    init?(_ value: Value) {
        switch value {
        case .bool(let bool): self = .bool(bool)
        case .int(let number): self = .int(number)
        case .uint(let number): self = Int64(exactly: number).map(MapKey.int) ?? .large(number)
        case .string(let text): self = .text(ExactText(text))
        default: return nil
        }
    }

    init?(lookup value: Value) {
        guard case .double(let number) = value else {
            self.init(value)
            return
        }
        if let whole = Int64(exactly: number) {
            self = .int(whole)
        } else if let whole = UInt64(exactly: number) {
            self = .large(whole)
        } else {
            return nil
        }
    }
}

/// Text compared code point by code point: Swift's own equality also takes canonical equivalents for equal,
/// which the CEL specification does not.
struct ExactText: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool { isSame(left.text, right.text) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
    }

    /// Bytes of UTF-8 sort as the code points do.
    static func isLess(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
