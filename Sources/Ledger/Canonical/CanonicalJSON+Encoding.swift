extension CanonicalJSON {
    /// The canonical bytes (RFC 8785): no white space, members in UTF-16 order, shortest escapes, UTF-8.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }

    /// The canonical form as text.
    public var canonicalText: String { String(decoding: encoded(), as: UTF8.self) }

    /// Appends the canonical bytes to a buffer that the caller may reuse.
    public func encode(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value):
            if value.magnitude <= UInt64(Self.greatestInteger) {
                bytes.append(contentsOf: String(value).utf8)
            } else {
                Self.encode(String(value), into: &bytes)
            }
        case .string(let text): Self.encode(text, into: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (position, element) in elements.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                element.encode(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (position, member) in members.enumerated() {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.encode(member.name, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.encode(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends a string with the escapes of RFC 8785 section 3.2.2.2.
    static func encode(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        // Most text needs no escape and is copied whole.
        let isCopied = text.utf8.withContiguousStorageIfAvailable { content in
            // No early exit, so that the compiler can test many bytes at once.
            var needsEscape = false
            for byte in content { needsEscape = needsEscape || byte < 0x20 || byte == 0x22 || byte == 0x5C }
            if needsEscape { return false }
            bytes.append(contentsOf: content)
            return true
        }
        if isCopied != true { encodeEscaping(text, into: &bytes) }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func encodeEscaping(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x20...: bytes.append(byte)
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0C: bytes.append(contentsOf: "\\f".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            default:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: Hexadecimal.encode(CollectionOfOne(byte)).utf8)
            }
        }
    }
}
