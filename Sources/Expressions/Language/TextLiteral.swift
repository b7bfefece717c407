/// Decodes the escapes of a string or bytes literal.
struct TextLiteral {
    let bytes: ArraySlice<UInt8>
    let isBytes: Bool

    /// The bytes the literal stands for: UTF-8 for a string, anything for a bytes literal.
    func decoded() throws(Finding) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            if byte == 0x5C {
                try escape(&position, into: &result)
            } else {
                result.append(byte)
                position += 1
            }
        }
        return result
    }

    private func escape(_ position: inout Int, into result: inout [UInt8]) throws(Finding) {
        let start = position
        guard start + 1 < bytes.endIndex else { throw invalid(start) }
        let letter = bytes[start + 1]
        position += 2
        if let simple = Self.simpleEscapes[letter] {
            result.append(simple)
            return
        }
        switch letter {
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            try append(try digits(&position, count: 2, radix: 16, start), start, into: &result)
        case UInt8(ascii: "u") where !isBytes:
            try append(try digits(&position, count: 4, radix: 16, start), start, into: &result)
        case UInt8(ascii: "U") where !isBytes:
            try append(try digits(&position, count: 8, radix: 16, start), start, into: &result)
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            position -= 1
            try append(try digits(&position, count: 3, radix: 8, start), start, into: &result)
        default:
            throw invalid(start)
        }
    }

    private func digits(
        _ position: inout Int, count: Int, radix: UInt32, _ start: Int
    ) throws(Finding) -> UInt32 {
        guard position + count <= bytes.endIndex else { throw invalid(start) }
        var value: UInt32 = 0
        for index in position..<position + count {
            guard let digit = bytes[index].hexValue, digit < radix else { throw invalid(start) }
            value = value &* radix &+ digit
        }
        position += count
        return value
    }

    private func append(_ code: UInt32, _ start: Int, into result: inout [UInt8]) throws(Finding) {
        if isBytes {
            result.append(UInt8(truncatingIfNeeded: code))
        } else if let scalar = Unicode.Scalar(code) {
            result.append(contentsOf: Array(String(scalar).utf8))
        } else {
            throw invalid(start)
        }
    }

    private func invalid(_ offset: Int) -> Finding {
        Finding(
            offset: offset, message: "this escape is not one of the language", messageZh: "无法识别的转义序列")
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, 0x5C: 0x5C, 0x22: 0x22,
        0x27: 0x27, UInt8(ascii: "`"): UInt8(ascii: "`"), UInt8(ascii: "?"): UInt8(ascii: "?"),
    ]
}
