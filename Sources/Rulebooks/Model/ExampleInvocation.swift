/// An action of an example with the values given: `notify(due_on: 2026-03-06)`.
public struct ExampleInvocation: Hashable, Sendable {
    /// The action.
    public let action: String
    /// The values given, as written.
    public let arguments: [RawEntry]

    /// Makes an invocation.
    public init(action: String, arguments: [RawEntry]) {
        self.action = action
        self.arguments = arguments
    }

    /// Reads `action`, `action()` or `action(field: value, …)`; nil when the text is none of them.
    ///
    /// A value is a quoted text (`"…"` with backslash escapes, `'…'` with doubled quotes), a list in
    /// brackets, `null`, or bare characters up to the next comma or parenthesis.
    public init?(_ text: String) {
        var reader = InvocationReader(text)
        guard let action = reader.word() else { return nil }
        reader.skipSpaces()
        var arguments: [RawEntry] = []
        if reader.take("(") {
            guard let read = reader.arguments() else { return nil }
            arguments = read
        }
        reader.skipSpaces()
        guard reader.isAtEnd else { return nil }
        self.init(action: action, arguments: arguments)
    }
}

private struct InvocationReader {
    private var rest: Substring

    init(_ text: String) { rest = Substring(text) }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skipSpaces() {
        rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
    }

    mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    mutating func word() -> String? {
        skipSpaces()
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
        guard !word.isEmpty else { return nil }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    /// After the opening parenthesis: everything up to and including the closing one.
    mutating func arguments() -> [RawEntry]? {
        var entries: [RawEntry] = []
        skipSpaces()
        if take(")") { return entries }
        while true {
            guard let name = word(), !entries.contains(where: { $0.key == name }) else { return nil }
            skipSpaces()
            guard take(":"), let value = value(depth: 0) else { return nil }
            entries.append(RawEntry(key: name, value: value))
            skipSpaces()
            if take(")") { return entries }
            guard take(",") else { return nil }
        }
    }

    private mutating func value(depth: Int) -> RawValue? {
        skipSpaces()
        if take("\"") { return doubleQuoted().map(RawValue.scalar) }
        if take("'") { return singleQuoted().map(RawValue.scalar) }
        if take("[") { return depth < 8 ? list(depth: depth) : nil }
        let bare = rest.prefix { !",)]([".contains($0) }
        rest = rest.dropFirst(bare.count)
        let text = bare.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
        guard !text.isEmpty else { return nil }
        return String(text) == "null" ? .null : .scalar(String(text))
    }

    private mutating func list(depth: Int) -> RawValue? {
        var items: [RawValue] = []
        skipSpaces()
        if take("]") { return .list(items) }
        while true {
            guard let item = value(depth: depth + 1) else { return nil }
            items.append(item)
            skipSpaces()
            if take("]") { return .list(items) }
            guard take(",") else { return nil }
        }
    }

    private mutating func doubleQuoted() -> String? {
        var text = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return text
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
            default: text.append(character)
            }
        }
        return nil
    }

    private mutating func singleQuoted() -> String? {
        var text = ""
        while let character = rest.popFirst() {
            guard character == "'" else {
                text.append(character)
                continue
            }
            if rest.first == "'" { text.append(rest.removeFirst()) } else { return text }
        }
        return nil
    }
}
