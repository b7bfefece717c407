/// Finds pinyin in brackets that scraping left behind a character: 質(zhì).
struct PinyinReader {
    /// Whether the text holds pinyin with tone marks; only then is a bracket without a mark pinyin too.
    private var hasTones: Bool?

    /// Where a bracket with one syllable of pinyin ends that opens at a place; `nil` when it is another
    /// bracket.
    mutating func end(_ text: [Unicode.Scalar], at place: Int, after last: Unicode.Scalar?) -> Int? {
        guard let last,
            ScalarClasses.shared[last] == .ideograph || ScalarClasses.shared[last] == .chineseNumeral
                || ScalarClasses.shared[last] == .ordinalMark,
            let syllable = Self.syllable(text, at: place)
        else { return nil }
        if syllable.hasTone { return syllable.end }
        // A mark ? instead of the bracket is all that is left of a lost character; only a tone mark proves
        // it.
        guard text[place].value != 0x3F else { return nil }
        guard Self.isSyllable(text[place + 1..<syllable.end - 1]) else { return nil }
        if hasTones == nil { hasTones = Self.holdsTones(text) }
        return hasTones == true ? syllable.end : nil
    }

    /// A bracket with one to six small letters, at most one of them with a tone mark.
    private static func syllable(_ text: [Unicode.Scalar], at place: Int) -> (end: Int, hasTone: Bool)? {
        var (next, letters, tones) = (place + 1, 0, 0)
        while next < text.count, next - place <= 9 {
            let value = text[next].value
            switch value {
            case 0x29, 0xFF09: return letters > 0 && letters <= 6 && tones <= 1 ? (next + 1, tones == 1) : nil
            case 0x61...0x7A, 0xFC: letters += 1
            case 0x0300, 0x0301, 0x0304, 0x030C: tones += 1
            case 0x0308: break
            default:
                guard isToned(value) else { return nil }
                letters += 1
                tones += 1
            }
            next += 1
        }
        return nil
    }

    private static func isToned(_ value: UInt32) -> Bool {
        switch value {
        case 0xE0, 0xE1, 0xE8, 0xE9, 0xEA, 0xEC, 0xED, 0xF2, 0xF3, 0xF9, 0xFA: true
        case 0x101, 0x103, 0x113, 0x11B, 0x12B, 0x12D, 0x144, 0x148, 0x14D, 0x14F, 0x16B, 0x16D: true
        case 0x1CE, 0x1D0, 0x1D2, 0x1D4, 0x1D6, 0x1D8, 0x1DA, 0x1DC, 0x1F9, 0x1E3F: true
        default: false
        }
    }

    private static func holdsTones(_ text: [Unicode.Scalar]) -> Bool {
        for place in text.indices where text[place].value == 0x28 || text[place].value == 0xFF08 {
            if let syllable = syllable(text, at: place), syllable.hasTone { return true }
        }
        return false
    }

    /// Whether some letters are an initial and a final of standard Chinese.
    private static func isSyllable(_ letters: ArraySlice<Unicode.Scalar>) -> Bool {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: letters)
        let word = Substring(String(view))
        guard word.count > 1 else { return false }
        let initials = ["zh", "ch", "sh", ""] + "bpmfdtnlgkhjqxrzcsyw".map(String.init)
        return initials.contains { word.hasPrefix($0) && finals.contains(String(word.dropFirst($0.count))) }
    }

    private static let finals: Set<String> = [
        "a", "o", "e", "i", "u", "v", "ai", "ei", "ui", "ao", "ou", "iu", "ie", "ue", "er", "an", "en", "in",
        "un", "ang", "eng", "ing", "ong", "ia", "iao", "ian", "iang", "iong", "ua", "uo", "uai", "uan",
        "uang",
    ]
}
