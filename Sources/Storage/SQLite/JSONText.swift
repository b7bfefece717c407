/// Writes compact JSON.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func open(_ mark: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: mark))
        needsComma = false
    }

    mutating func close(_ mark: Unicode.Scalar) {
        bytes.append(UInt8(ascii: mark))
        needsComma = true
    }

    mutating func name(_ text: String) {
        string(text)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.digits[Int(byte >> 4)])
                bytes.append(Self.digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

/// JSON as far as files and tables need it: whole numbers only, at most eight levels deep.
enum JSONTree: Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONTree])
    case object([JSONMember])

    /// Reads one JSON text; nil when it is malformed or holds other numbers.
    init?(_ text: String) {
        var reader = JSONReader(text)
        guard let tree = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = tree
    }
}

/// A member of a JSON object.
struct JSONMember: Hashable {
    let name: String
    let value: JSONTree
}

private struct JSONReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.allSatisfy { $0 <= 0x20 } }

    mutating func value(depth: Int) -> JSONTree? {
        guard depth < 8, let first = peek() else { return nil }
        switch first {
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "\""): return string().map(JSONTree.string)
        case UInt8(ascii: "t"): return take("true") ? .boolean(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .boolean(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default:
            let digits = rest.prefix { $0 == 0x2D || (0x30...0x39).contains($0) }
            rest = rest.dropFirst(digits.count)
            return Int64(String(decoding: digits, as: UTF8.self)).map(JSONTree.integer)
        }
    }

    private mutating func array(depth: Int) -> JSONTree? {
        var items: [JSONTree] = []
        rest.removeFirst()
        if take("]") { return .array([]) }
        while let item = value(depth: depth + 1) {
            items.append(item)
            if take("]") { return .array(items) }
            guard take(",") else { return nil }
        }
        return nil
    }

    private mutating func object(depth: Int) -> JSONTree? {
        var members: [JSONMember] = []
        rest.removeFirst()
        if take("}") { return .object([]) }
        while peek() == UInt8(ascii: "\""), let name = string(), take(":"), let item = value(depth: depth + 1)
        {
            members.append(JSONMember(name: name, value: item))
            if take("}") { return .object(members) }
            guard take(",") else { return nil }
        }
        return nil
    }

    private mutating func string() -> String? {
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(validating: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard escape(into: &bytes) else { return nil }
            default: bytes.append(byte)
            }
        }
        return nil
    }

    private mutating func escape(into bytes: inout [UInt8]) -> Bool {
        guard let mark = rest.popFirst() else { return false }
        switch mark {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(mark)
        case UInt8(ascii: "u"):
            guard let unit = hexadecimal() else { return false }
            var value = UInt32(unit)
            if (0xD800..<0xDC00).contains(unit) {
                guard take("\\u"), let low = hexadecimal(), (0xDC00..<0xE000).contains(low) else {
                    return false
                }
                value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(value) else { return false }
            bytes.append(contentsOf: String(Character(scalar)).utf8)
        default: return false
        }
        return true
    }

    private mutating func hexadecimal() -> UInt16? {
        let digits = rest.prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else { return nil }
        rest = rest.dropFirst(4)
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private mutating func peek() -> UInt8? {
        rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        return rest.first
    }

    private mutating func take(_ text: String) -> Bool {
        _ = peek()
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }
}
