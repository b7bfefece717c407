/// How many columns of a terminal a text takes.
///
/// Widths follow Unicode Standard Annex 11 (East Asian Width) over grapheme clusters (Annex 29): wide and
/// full-width characters and emoji take two columns, combining marks and controls none, all others one.
public enum DisplayWidth {
    /// What characters of ambiguous width (Greek, Cyrillic, box drawing, `…`, `“”`) take.
    public enum Ambiguous: Sendable {
        /// One column, as in most terminals today.
        case narrow
        /// Two columns, as in old Chinese terminals.
        case wide
    }

    /// The columns of a text without its control characters.
    public static func columns(of text: some StringProtocol, ambiguous: Ambiguous = .narrow) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return text.reduce(0) { $0 + columns(of: $1, ambiguous: ambiguous) }
    }

    /// The columns of one grapheme cluster: 0, 1 or 2.
    public static func columns(of character: Character, ambiguous: Ambiguous = .narrow) -> Int {
        var widest = 0
        var isEmojiStyle = false
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F { isEmojiStyle = true }
            widest = max(widest, columns(of: scalar, ambiguous: ambiguous))
        }
        let canBeEmoji = character.unicodeScalars.first?.properties.isEmoji == true
        return isEmojiStyle && canBeEmoji ? 2 : widest
    }

    private static func columns(of scalar: Unicode.Scalar, ambiguous: Ambiguous) -> Int {
        let value = scalar.value
        if value < 0x300 {
            if value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0xAD { return 0 }
            return ambiguous == .wide && isAmbiguous(value) ? 2 : 1
        }
        if isZeroWidth(scalar) { return 0 }
        if isWide(value) || scalar.properties.isEmojiPresentation { return 2 }
        return ambiguous == .wide && isAmbiguous(value) ? 2 : 1
    }

    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        // The vowels and final consonants of a Hangul syllable stand inside its first consonant.
        if (0x1160...0x11FF).contains(scalar.value) { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
            return true
        default: return false
        }
    }

    /// Blocks of width W and F in EastAsianWidth.txt (Unicode 16), without those that are emoji.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
        0x3250...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376,
        0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]

    private static func isWide(_ value: UInt32) -> Bool {
        guard value >= 0x1100 else { return false }
        return wideRanges.contains { $0.contains(value) }
    }

    /// The ambiguous characters that Chinese text and our own tables use.
    private static func isAmbiguous(_ value: UInt32) -> Bool {
        switch value {
        case 0xA1, 0xA4, 0xA7, 0xA8, 0xAA, 0xAD, 0xAE, 0xB0...0xB4, 0xB6...0xBA, 0xBC...0xBF, 0xD7, 0xF7: true
        case 0x391...0x3A9, 0x3B1...0x3C9, 0x401, 0x410...0x44F, 0x451: true
        case 0x2010, 0x2013...0x2016, 0x2018, 0x2019, 0x201C, 0x201D, 0x2020...0x2022, 0x2024...0x2027: true
        case 0x2030, 0x2032, 0x2033, 0x2035, 0x203B, 0x2103, 0x2116, 0x2121, 0x2160...0x216B: true
        case 0x2170...0x2179, 0x2190...0x2199, 0x2208, 0x220F, 0x2211, 0x221A, 0x221E, 0x2248, 0x2260: true
        case 0x2264, 0x2265, 0x2460...0x24E9, 0x2500...0x254B, 0x2550...0x2573, 0x2580...0x258F: true
        case 0x2592...0x2595, 0x25A0, 0x25A1, 0x25B2, 0x25B3, 0x25C6, 0x25C7, 0x25CB, 0x25CE, 0x25CF: true
        case 0x2605, 0x2606, 0x2640, 0x2642: true
        default: false
        }
    }
}

/// Where a text stands in a space wider than it.
public enum Alignment: Hashable, Sendable {
    /// At the beginning.
    case left
    /// At the end.
    case right
    /// In the middle, one column to the left when it cannot be exact.
    case centre
    /// Decimal points stand below each other; in a space of its own, as ``right``.
    case decimal
}

extension StringProtocol {
    /// The text with spaces up to so many columns; a wider text stays as it is.
    public func padded(to columns: Int, _ alignment: Alignment = .left) -> String {
        let missing = columns - DisplayWidth.columns(of: self)
        guard missing > 0 else { return String(self) }
        let before: Int
        switch alignment {
        case .left: before = 0
        case .right, .decimal: before = missing
        case .centre: before = missing / 2
        }
        return String(repeating: " ", count: before) + self + String(repeating: " ", count: missing - before)
    }

    /// The text cut to at most so many columns; where something is cut off, `…` ends it.
    public func truncated(to columns: Int, mark: String = "…") -> String {
        guard DisplayWidth.columns(of: self) > columns else { return String(self) }
        let room = columns - DisplayWidth.columns(of: mark)
        guard room >= 0 else { return "" }
        return String(prefix(columns: room)) + mark
    }

    /// The longest beginning that takes at most so many columns.
    func prefix(columns: Int) -> SubSequence {
        var used = 0
        var end = startIndex
        for index in indices {
            used += DisplayWidth.columns(of: self[index])
            if used > columns { break }
            end = self.index(after: index)
        }
        return self[startIndex..<end]
    }
}
