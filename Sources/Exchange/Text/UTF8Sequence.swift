/// Well-formedness of UTF-8 by table 3-7 of the Unicode Standard (RFC 3629, section 4).
enum UTF8Sequence {
    /// What stands at a place in a text.
    enum Shape: Equatable {
        /// One scalar of 1 to 4 bytes.
        case wellFormed(Int)
        /// The beginning of a scalar, and then the text ends.
        case cutOff
        /// No scalar can begin so.
        case broken
    }

    /// Looks at the sequence that begins at `bytes`; `available` is at least 1.
    static func length(_ bytes: UnsafePointer<UInt8>, available: Int) -> Shape {
        let first = bytes[0]
        if first < 0x80 { return .wellFormed(1) }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return .broken
        }
        guard available > 1 else { return .cutOff }
        guard second.contains(bytes[1]) else { return .broken }
        for index in 2..<max(length, 2) {
            guard index < available else { return .cutOff }
            guard bytes[index] & 0xC0 == 0x80 else { return .broken }
        }
        return .wellFormed(length)
    }

    /// The offset of the first byte that is not UTF-8 in `count` bytes, or nil when all are.
    static func firstFault(_ bytes: UnsafePointer<UInt8>, count: Int) -> Int? {
        let raw = UnsafeRawPointer(bytes)
        var position = 0
        while position < count {
            if count - position >= 8 {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                position += (word & 0x8080_8080_8080_8080).trailingZeroBitCount >> 3
                if word & 0x8080_8080_8080_8080 == 0 { continue }
            } else if bytes[position] < 0x80 {
                position += 1
                continue
            }
            // Most Chinese text is three-byte sequences whose first byte leaves the second one free.
            while count - position >= 3, bytes[position] &- 0xE1 < 0x0C, bytes[position + 1] & 0xC0 == 0x80,
                bytes[position + 2] & 0xC0 == 0x80
            {
                position += 3
            }
            guard position < count, bytes[position] >= 0x80 else { continue }
            guard case .wellFormed(let length) = length(bytes + position, available: count - position) else {
                return position
            }
            position += length
        }
        return nil
    }
}
