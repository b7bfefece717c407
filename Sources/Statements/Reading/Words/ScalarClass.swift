/// What a scalar is to whoever reads figures, found through a table.
enum ScalarClass: Sendable {
    case other
    case digit
    case chineseNumeral
    /// 第.
    case ordinalMark
    /// ①② and ㈠⑴: a list's label in one scalar.
    case listMark
    case letter
    case lineBreak
    case space
    /// A Chinese character that is no numeral, or any other ideograph.
    case ideograph
    case punctuation
}

/// The classes of all scalars: one byte for each of the first plane, and a rule for the rest.
struct ScalarClasses: Sendable {
    private let table: [ScalarClass]

    static let shared = ScalarClasses()

    private init() {
        var table = [ScalarClass](repeating: .other, count: 0x10000)
        func mark(_ range: ClosedRange<Int>, _ kind: ScalarClass) {
            for value in range { table[value] = kind }
        }
        mark(0x21...0x2F, .punctuation)
        mark(0x3A...0x40, .punctuation)
        mark(0x5B...0x60, .punctuation)
        mark(0x7B...0x7E, .punctuation)
        mark(0x30...0x39, .digit)
        mark(0x41...0x5A, .letter)
        mark(0x61...0x7A, .letter)
        mark(0x2010...0x2027, .punctuation)
        mark(0x3001...0x3003, .punctuation)
        mark(0x3008...0x301F, .punctuation)
        mark(0xFF01...0xFF0F, .punctuation)
        mark(0xFF1A...0xFF20, .punctuation)
        mark(0x3400...0x9FFF, .ideograph)
        mark(0xF900...0xFAFF, .ideograph)
        mark(0x2460...0x2473, .listMark)
        mark(0x2474...0x249B, .listMark)
        mark(0x3220...0x3229, .listMark)
        for scalar in "〇零○一二三四五六七八九十百千万亿两廿卅".unicodeScalars {
            table[Int(scalar.value)] = .chineseNumeral
        }
        table[0x7B2C] = .ordinalMark
        table[0x0A] = .lineBreak
        for value in [0x20, 0x09, 0xA0, 0x3000] { table[value] = .space }
        self.table = table
    }

    subscript(_ scalar: Unicode.Scalar) -> ScalarClass {
        guard scalar.value < 0x10000 else { return scalar.value < 0x40000 ? .ideograph : .other }
        return table[Int(scalar.value)]
    }
}
