/// The form in which each scalar is read: one table look-up for the first plane.
struct ScalarForms: Sendable {
    private let table: [UInt32]
    private let beyond: [UInt32: UInt32]

    /// Scalars that are not read at all have the form U+0000.
    init(simplified: [Unicode.Scalar: Unicode.Scalar]) {
        var table = (0..<UInt32(0x10000)).map { $0 }
        var beyond: [UInt32: UInt32] = [:]
        for (from, to) in simplified where from.value > 0x7F && to.value > 0x7F {
            if from.value < 0x10000 {
                table[Int(from.value)] = to.value
            } else {
                beyond[from.value] = to.value
            }
        }
        Self.addFullWidth(&table)
        Self.addInvisible(&table)
        for (forms, to) in Self.unified {
            for scalar in forms.unicodeScalars where scalar.value < 0x10000 {
                table[Int(scalar.value)] = to.value
            }
        }
        self.table = table
        self.beyond = beyond
    }

    subscript(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.value < 0x10000 { return Unicode.Scalar(table[Int(scalar.value)]) ?? scalar }
        guard !beyond.isEmpty, let value = beyond[scalar.value] else { return scalar }
        return Unicode.Scalar(value) ?? scalar
    }

    /// Whether a mark's form depends on what stands beside it.
    static func isHalfWidthMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ";", ":", ".", "?", "!", "\"", "O", "o": true
        default: false
        }
    }

    /// The letters, figures and signs of U+FF01 to U+FF5E, except Chinese punctuation, which stays.
    private static func addFullWidth(_ table: inout [UInt32]) {
        let kept: Set<UInt32> = [0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F]
        for value in UInt32(0xFF01)...0xFF5E where !kept.contains(value) {
            table[Int(value)] = value - 0xFEE0
        }
    }

    private static func addInvisible(_ table: inout [UInt32]) {
        for value in 0...0x1F where value != 0x09 && value != 0x0A { table[value] = 0 }
        for value in [0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029] { table[value] = 0x0A }
        for value in [0x09, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000] { table[value] = 0x20 }
        for value in 0x2000...0x200A { table[value] = 0x20 }
        for value in 0x7F...0x9F where value != 0x85 { table[value] = 0 }
        for value in [0xAD, 0x034F, 0x061C, 0x180E, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB] { table[value] = 0 }
        for value in 0x200B...0x200F { table[value] = 0 }
        for value in 0x202A...0x202E { table[value] = 0 }
        for value in 0x2060...0x206F { table[value] = 0 }
        for value in 0xFE00...0xFE0F { table[value] = 0 }
    }

    /// Marks with several forms, and the one that is read.
    private static let unified: [(String, Unicode.Scalar)] = [
        ("(﹙❨", "（"), (")﹚❩", "）"), ("﹐", "，"), ("､﹑", "、"), ("｡﹒", "。"), ("﹔", "；"), ("﹕", "："),
        ("﹖", "？"), ("﹗", "！"), ("﹪٪", "%"), ("–‐‑‒−﹣", "-"), ("―⸺─", "—"), ("〜∼˜", "~"),
        ("「〝﹁", "“"), ("」〞〟﹂", "”"), ("『﹃", "‘"), ("』﹄", "’"), ("﹝〘", "〔"), ("﹞〙", "〕"),
        ("○◯⭕", "〇"), ("⁄∕", "/"), ("✕✖", "×"),
        // Numerals, factors and counters in traditional characters are read even without a table.
        ("兩", "两"), ("萬", "万"), ("億", "亿"), ("個", "个"), ("條", "条"), ("項", "项"), ("戶", "户"),
        ("棟", "栋"), ("級", "级"), ("餘", "余"), ("約", "约"), ("過", "过"), ("達", "达"), ("點", "点"),
        ("輛", "辆"), ("張", "张"), ("處", "处"), ("間", "间"), ("層", "层"), ("號", "号"), ("內", "内"),
        ("隻", "只"), ("種", "种"), ("類", "类"), ("組", "组"), ("場", "场"), ("頭", "头"), ("噸", "吨"),
        ("畝", "亩"), ("頃", "顷"), ("圓", "元"), ("臺", "台"), ("於", "于"), ("滿", "满"), ("歲", "岁"),
    ]
}
