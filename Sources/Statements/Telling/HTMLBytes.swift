/// HTML written as UTF-8 bytes: what comes from outside can only be written escaped.
struct HTMLBytes {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// Markup of ours, as it is.
    mutating func markup(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// A whole number, as text or inside an attribute.
    mutating func number(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

    /// A text from outside, escaped so that it can stand between tags and inside a quoted attribute.
    mutating func text(_ text: String) {
        for scalar in text.unicodeScalars { append(scalar) }
    }

    /// As ``text(_:)-(String)``, from scalars.
    mutating func text(_ scalars: ArraySlice<Unicode.Scalar>) {
        for scalar in scalars { append(scalar) }
    }

    /// A text in both languages, of which the page shows one.
    mutating func phrase(_ phrase: Phrase) {
        markup("<span class=\"zh\" lang=\"zh-CN\">")
        text(phrase.chinese)
        markup("</span><span class=\"en\" lang=\"en\">")
        text(phrase.english)
        markup("</span>")
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x26: markup("&amp;")
        case 0x3C: markup("&lt;")
        case 0x3E: markup("&gt;")
        case 0x22: markup("&quot;")
        case 0x27: markup("&#39;")
        case 0x09, 0x0A, 0x20...0x7E: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        // Controls are no HTML; marks that turn the reading direction could hide what a text says
        // (Unicode Technical Report 36).
        case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x61C:
            bytes.append(contentsOf: UTF8.encodedReplacementCharacter)
        default: bytes.append(utf8: scalar)
        }
    }
}
