/// Quoting of names and texts in generated SQL.
enum SQLText {
    /// A name that may be a reserved word.
    static func name(_ name: String) -> String { quoted(name, with: "\"") }

    /// A text literal.
    static func literal(_ text: String) -> String { quoted(text, with: "'") }

    private static func quoted(_ text: String, with mark: Character) -> String {
        var result = String(mark)
        for character in text {
            if character == mark { result.append(mark) }
            result.append(character)
        }
        result.append(mark)
        return result
    }

    /// The least text greater than every text with a prefix, by code point; nil when there is none.
    static func end(ofPrefix prefix: String) -> String? {
        var scalars = Array(prefix.unicodeScalars)
        while let last = scalars.popLast() {
            let following: UInt32 = last.value == 0xD7FF ? 0xE000 : last.value + 1
            if let next = Unicode.Scalar(following) {
                scalars.append(next)
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars)
                return String(text)
            }
        }
        return nil
    }
}
