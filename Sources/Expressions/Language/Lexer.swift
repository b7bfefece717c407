/// Splits an expression into words.
struct Lexer {
    /// Sources beyond this many bytes are refused before anything is read.
    static let maximumSourceBytes = 65_536

    private let bytes: [UInt8]
    private var position = 0

    static func tokens(of bytes: [UInt8]) throws(Finding) -> [Token] {
        guard bytes.count <= maximumSourceBytes else {
            throw Finding(
                offset: 0, message: "the expression is longer than \(maximumSourceBytes) bytes",
                messageZh: "表达式超过 \(maximumSourceBytes) 字节")
        }
        var lexer = Lexer(bytes: bytes)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func byte(_ ahead: Int = 0) -> UInt8? {
        let index = position + ahead
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func next() throws(Finding) -> Token {
        skipBlanks()
        let start = position
        guard let first = byte() else { return Token(kind: .end, offset: start) }
        if let literal = try textLiteral(first) { return Token(kind: literal, offset: start) }
        if first.isIdentifierStart { return Token(kind: word(), offset: start) }
        if first.isDigit || (first == UInt8(ascii: ".") && byte(1)?.isDigit == true) {
            return Token(kind: try number(), offset: start)
        }
        if first == UInt8(ascii: "`") { return Token(kind: try quotedIdentifier(), offset: start) }
        for length in [2, 1] where start + length <= bytes.count {
            let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
            if let symbol = Token.Symbol(rawValue: text), symbol != .in {
                position += length
                return Token(kind: .symbol(symbol), offset: start)
            }
        }
        let scalar = String(decoding: bytes[start...].prefix(4), as: UTF8.self).prefix(1)
        throw Finding(
            offset: start, message: "unexpected character `\(scalar)`", messageZh: "意外的字符“\(scalar)”")
    }

    private mutating func skipBlanks() {
        while let current = byte() {
            if [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains(current) {
                position += 1
            } else if current == 0x2F, byte(1) == 0x2F {
                while let comment = byte(), comment != 0x0A { position += 1 }
            } else {
                return
            }
        }
    }

    private mutating func word() -> Token.Kind {
        let start = position
        while byte()?.isIdentifierPart == true { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return text == "in" ? .symbol(.in) : .identifier(text)
    }

    private mutating func quotedIdentifier() throws(Finding) -> Token.Kind {
        let start = position
        position += 1
        while let current = byte(), current != UInt8(ascii: "`"), current >= 0x20 { position += 1 }
        guard byte() == UInt8(ascii: "`"), position > start + 1 else {
            throw Finding(
                offset: start, message: "a quoted name must be closed by ` and not be empty",
                messageZh: "用反引号括起的名称必须以 ` 结束且不能为空")
        }
        let text = String(decoding: bytes[start + 1..<position], as: UTF8.self)
        position += 1
        return .quotedIdentifier(text)
    }

    private mutating func number() throws(Finding) -> Token.Kind {
        let start = position
        if byte() == 0x30, byte(1) == 0x78 || byte(1) == 0x58 {
            position += 2
            while byte()?.hexValue != nil { position += 1 }
            return try integer(from: start)
        }
        skipDigits()
        var isDouble = false
        if byte() == UInt8(ascii: "."), byte(1)?.isDigit == true {
            isDouble = true
            position += 1
            skipDigits()
        }
        if byte() == 0x65 || byte() == 0x45 {
            let signed = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
            if byte(signed ? 2 : 1)?.isDigit == true {
                isDouble = true
                position += signed ? 2 : 1
                skipDigits()
            }
        }
        guard isDouble else { return try integer(from: start) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text.hasPrefix(".") ? "0" + text : text), value.isFinite else {
            throw Finding(
                offset: start, message: "this number does not fit a double", messageZh: "该数超出 double 的范围")
        }
        return .double(value)
    }

    private mutating func skipDigits() {
        while byte()?.isDigit == true { position += 1 }
    }

    private mutating func integer(from start: Int) throws(Finding) -> Token.Kind {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let isUnsigned = byte() == 0x75 || byte() == 0x55
        if isUnsigned { position += 1 }
        if byte()?.isIdentifierPart == true || text.count == 2 && text.lowercased() == "0x" {
            throw Finding(
                offset: start, message: "this is not a number", messageZh: "这不是一个数")
        }
        return isUnsigned ? .uint(text) : .int(text)
    }

    /// A string or bytes literal with its prefixes, or nil when none starts here.
    private mutating func textLiteral(_ first: UInt8) throws(Finding) -> Token.Kind? {
        var length = 0
        var (isRaw, isBytes) = (false, false)
        while length < 2, let prefix = byte(length) {
            if !isRaw, prefix == 0x72 || prefix == 0x52 {
                isRaw = true
            } else if !isBytes, prefix == 0x62 || prefix == 0x42 {
                isBytes = true
            } else {
                break
            }
            length += 1
        }
        guard let quote = byte(length), quote == 0x22 || quote == 0x27 else { return nil }
        let start = position
        position += length
        let body = try quotedBody(quote, isRaw: isRaw, start: start)
        let decoder = TextLiteral(bytes: bytes[body], isBytes: isBytes)
        let decoded = isRaw ? Array(bytes[body]) : try decoder.decoded()
        return isBytes ? .bytes(decoded) : .string(String(decoding: decoded, as: UTF8.self))
    }

    /// The range between the quotes; afterwards the position is behind the closing ones.
    private mutating func quotedBody(_ quote: UInt8, isRaw: Bool, start: Int) throws(Finding) -> Range<Int> {
        let isTriple = byte(1) == quote && byte(2) == quote
        position += isTriple ? 3 : 1
        let bodyStart = position
        while let current = byte() {
            if current == quote, !isTriple || (byte(1) == quote && byte(2) == quote) {
                let body = bodyStart..<position
                position += isTriple ? 3 : 1
                return body
            }
            if !isTriple, current == 0x0A || current == 0x0D { break }
            position += current == 0x5C && !isRaw && byte(1) != nil ? 2 : 1
        }
        throw Finding(
            offset: start, message: "this text is not closed by its quote", messageZh: "该文本缺少结束引号")
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isIdentifierStart: Bool { self == 0x5F || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) }
    var isIdentifierPart: Bool { isIdentifierStart || isDigit }
    var hexValue: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self - 0x30)
        case 0x41...0x46: UInt32(self - 0x37)
        case 0x61...0x66: UInt32(self - 0x57)
        default: nil
        }
    }
}
