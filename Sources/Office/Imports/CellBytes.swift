import Expressions

/// The plainest spellings of values, read from bytes; nil or false for any other, which may be right all the same.
enum CellBytes {
    /// Whether there is surely no blank at either end: nothing that Unicode calls white space, no byte order mark.
    static func isTrimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        if first < 0x80 {
            if first <= 0x20 { return false }
        } else if mayBeBlank(bytes, at: 0) {
            return false
        }
        if last < 0x80 { return last > 0x20 }
        var start = bytes.count - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return !mayBeBlank(bytes, at: start)
    }

    /// Whether the character that begins here is perhaps a blank beyond ASCII: those begin with C2, E1, E2, E3 80 or EF BB.
    private static func mayBeBlank(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        switch bytes[start] {
        case 0xC2, 0xE1, 0xE2: true
        case 0xE3: start + 2 >= bytes.count || (bytes[start + 1] == 0x80 && bytes[start + 2] == 0x80)
        case 0xEF: start + 1 >= bytes.count || bytes[start + 1] == 0xBB
        default: bytes[start] & 0xC0 == 0x80
        }
    }

    /// Whether there is no control character.
    static func isClean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isClean = true
        for byte in bytes { isClean = isClean && byte >= 0x20 && byte != 0x7F }
        return isClean
    }

    /// `-12`: at most eighteen digits.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = bytes.first == 0x2D
        guard let number = digits(bytes, isNegative ? 1 : 0, bytes.count) else { return nil }
        return isNegative ? -number : number
    }

    /// `-12.50`: at most eighteen digits, and no more of them behind the point than there are places.
    static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, places: Int) -> ExactDecimal? {
        let start = bytes.first == 0x2D ? 1 : 0
        let point = bytes.firstIndex(of: 0x2E) ?? bytes.count
        guard let whole = digits(bytes, start, point) else { return nil }
        var unscaled = whole
        var given = 0
        if point < bytes.count {
            given = bytes.count - point - 1
            guard given <= places, let decimals = digits(bytes, point + 1, bytes.count),
                point - start + places <= 18
            else { return nil }
            for _ in 0..<given { unscaled *= 10 }
            unscaled += decimals
        }
        guard point - start + places <= 18 else { return nil }
        for _ in given..<places { unscaled *= 10 }
        return ExactDecimal(
            unscaled: start == 1 ? -unscaled : unscaled, scale: UInt8(truncatingIfNeeded: places))
    }

    /// `2026-03-02`.
    static func date(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilDate? {
        bytes.count == 10 ? dateAtStart(bytes) : nil
    }

    private static func dateAtStart(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilDate? {
        guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D, let year = digits(bytes, 0, 4),
            let month = digits(bytes, 5, 7), let day = digits(bytes, 8, 10)
        else { return nil }
        return CivilDate(year: Int(year), month: Int(month), day: Int(day))
    }

    /// `2026-03-02T08:30`, `2026-03-02 08:30:15`: civil time.
    static func moment(_ bytes: UnsafeBufferPointer<UInt8>, offsetSeconds: Int) -> Timestamp? {
        guard bytes.count == 16 || bytes.count == 19, bytes[10] == 0x54 || bytes[10] == 0x20,
            bytes[13] == 0x3A,
            let date = dateAtStart(bytes), let hour = digits(bytes, 11, 13), hour < 24,
            let minute = digits(bytes, 14, 16), minute < 60
        else { return nil }
        var second: Int64 = 0
        if bytes.count == 19 {
            guard bytes[16] == 0x3A, let found = digits(bytes, 17, 19), found < 60 else { return nil }
            second = found
        }
        return Timestamp(
            date: date, secondOfDay: Int(hour * 3600 + minute * 60 + second), offsetSeconds: offsetSeconds)
    }

    /// Eighteen characters of GB 32100, the third to eighth digits, with the right check digit.
    static func isCreditCode(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 18 else { return false }
        var sum = 0
        for position in 0..<17 {
            let value = Int(creditValues[Int(bytes[position])])
            guard value < 31, !(2..<8).contains(position) || value < 10 else { return false }
            sum += value * creditWeights[position]
        }
        return Int(creditValues[Int(bytes[17])]) == (31 - sum % 31) % 31
    }

    private static let creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    /// What each byte stands for; 255 for what is no character of the standard.
    private static let creditValues: [UInt8] = {
        var values = Array(repeating: UInt8.max, count: 256)
        for (value, byte) in "0123456789ABCDEFGHJKLMNPQRTUWXY".utf8.enumerated() {
            values[Int(byte)] = UInt8(truncatingIfNeeded: value)
        }
        return values
    }()

    /// The number that digits alone spell, one to eighteen of them.
    private static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int64? {
        guard start < end, end - start <= 18, end <= bytes.count else { return nil }
        var number: Int64 = 0
        for position in start..<end {
            let byte = bytes[position]
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        return number
    }
}
