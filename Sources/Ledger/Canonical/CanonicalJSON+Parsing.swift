extension CanonicalJSON {
    /// How deep arrays and objects may nest in text that is parsed.
    public static let depthLimit = 64

    /// Reads JSON whose bytes must be exactly the canonical ones.
    ///
    /// Throws ``LedgerProblem/notCanonical`` for well-formed text in another spelling, and what
    /// ``init(anySpelling:)`` throws.
    public init(canonical bytes: [UInt8]) throws(LedgerProblem) {
        try self.init(anySpelling: bytes)
        guard encoded() == bytes else { throw .notCanonical }
    }

    /// Reads JSON in any spelling: white space, other escapes and another order of members are accepted.
    ///
    /// Throws ``LedgerProblem/malformedJSON(offset:reason:)`` for duplicate names, fractions, exponents,
    /// integers beyond ±(2^53 − 1), lone surrogates, invalid UTF-8 and nesting beyond 64.
    public init(anySpelling bytes: [UInt8]) throws(LedgerProblem) {
        var parser = CanonicalJSONParser(bytes: bytes)
        self = try parser.document()
    }
}

/// A recursive-descent parser of RFC 8259 within the limits of ``CanonicalJSON``.
private struct CanonicalJSONParser {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(LedgerProblem) -> CanonicalJSON {
        let result = try value(depth: 0)
        skipWhiteSpace()
        guard offset == bytes.count else { throw problem(.trailingBytes) }
        return result
    }

    private func problem(_ reason: LedgerProblem.JSONReason) -> LedgerProblem {
        .malformedJSON(offset: offset, reason: reason)
    }

    private var peeked: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipWhiteSpace() {
        while let byte = peeked, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func next() throws(LedgerProblem) -> UInt8 {
        guard let byte = peeked else { throw problem(.unexpectedEnd) }
        offset += 1
        return byte
    }

    /// Consumes the byte when it comes next.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peeked == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int) throws(LedgerProblem) -> CanonicalJSON {
        skipWhiteSpace()
        switch peeked {
        case nil: throw problem(.unexpectedEnd)
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        default: return try integer()
        }
    }

    private mutating func literal(
        _ word: StaticString, _ value: CanonicalJSON
    ) throws(LedgerProblem) -> CanonicalJSON {
        for character in "\(word)".utf8 {
            guard let byte = peeked else { throw problem(.unexpectedEnd) }
            guard byte == character else { throw problem(.unexpectedByte) }
            offset += 1
        }
        return value
    }

    private mutating func integer() throws(LedgerProblem) -> CanonicalJSON {
        let isNegative = take("-")
        let start = offset
        var magnitude: Int64 = 0
        while let byte = peeked, (0x30...0x39).contains(byte) {
            magnitude = magnitude * 10 + Int64(byte - 0x30)
            guard magnitude <= CanonicalJSON.greatestInteger else { throw problem(.integerTooLarge) }
            offset += 1
        }
        guard offset > start else { throw problem(peeked == nil ? .unexpectedEnd : .unexpectedByte) }
        guard offset == start + 1 || bytes[start] != 0x30 else { throw problem(.unexpectedByte) }
        if let byte = peeked, byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
            throw problem(.notInteger)
        }
        return .integer(isNegative ? -magnitude : magnitude)
    }

    private mutating func array(depth: Int) throws(LedgerProblem) -> CanonicalJSON {
        guard depth < CanonicalJSON.depthLimit else { throw problem(.tooDeep) }
        offset += 1
        var elements: [CanonicalJSON] = []
        skipWhiteSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipWhiteSpace()
        } while take(",")
        guard take("]") else { throw problem(peeked == nil ? .unexpectedEnd : .unexpectedByte) }
        return .array(elements)
    }

    private mutating func object(depth: Int) throws(LedgerProblem) -> CanonicalJSON {
        guard depth < CanonicalJSON.depthLimit else { throw problem(.tooDeep) }
        let start = offset
        offset += 1
        var pairs: [(String, CanonicalJSON)] = []
        skipWhiteSpace()
        if !take("}") {
            repeat {
                skipWhiteSpace()
                guard peeked == UInt8(ascii: "\"") else {
                    throw problem(peeked == nil ? .unexpectedEnd : .unexpectedByte)
                }
                let name = try string()
                skipWhiteSpace()
                guard take(":") else { throw problem(peeked == nil ? .unexpectedEnd : .unexpectedByte) }
                pairs.append((name, try value(depth: depth + 1)))
                skipWhiteSpace()
            } while take(",")
            guard take("}") else { throw problem(peeked == nil ? .unexpectedEnd : .unexpectedByte) }
        }
        do {
            return .object(try CanonicalJSON.Members(pairs))
        } catch {
            throw .malformedJSON(offset: start, reason: .duplicateName)
        }
    }

    private mutating func string() throws(LedgerProblem) -> String {
        offset += 1
        let start = offset
        var content: [UInt8] = []
        while true {
            let byte = try next()
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw .malformedJSON(offset: start, reason: .invalidUTF8)
                }
                return text
            case UInt8(ascii: "\\"): content.append(contentsOf: try escape().utf8)
            case 0x20...: content.append(byte)
            default:
                offset -= 1
                throw problem(.controlCharacter)
            }
        }
    }

    private mutating func escape() throws(LedgerProblem) -> String {
        switch try next() {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw problem(.invalidEscape)
        }
    }

    private mutating func unicodeEscape() throws(LedgerProblem) -> String {
        let unit = try hexadecimalUnit()
        var codePoint = UInt32(unit)
        if UTF16.isLeadSurrogate(unit) {
            guard take("\\"), take("u") else { throw problem(.loneSurrogate) }
            let trail = try hexadecimalUnit()
            guard UTF16.isTrailSurrogate(trail) else { throw problem(.loneSurrogate) }
            codePoint = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(codePoint) else { throw problem(.loneSurrogate) }
        return String(scalar)
    }

    private mutating func hexadecimalUnit() throws(LedgerProblem) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let byte = try next()
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem(.invalidEscape)
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
