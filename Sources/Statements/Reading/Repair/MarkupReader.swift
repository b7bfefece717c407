/// Finds remains of HTML in a text: tags, comments and character references.
struct MarkupReader {
    /// A tag, and what stands in its place.
    struct Tag {
        let end: Int
        /// Whether a new line begins here.
        var breaksLine = false
        /// Whether what stands on both sides belongs to different cells.
        var parts = false
    }

    /// A character reference.
    struct Entity {
        let end: Int
        let scalar: Unicode.Scalar
    }

    /// Ends that were looked for and are not in the rest of the text, so that nobody looks again.
    private var absentEnds: Set<String> = []

    /// The tag that opens at a place; `nil` when the mark < there means something else.
    mutating func tag(_ text: [Unicode.Scalar], at place: Int) -> Tag? {
        if Self.starts(text, place, "<!--") {
            return end(text, of: "-->", from: place + 4).map { Tag(end: $0) }
        }
        var (next, name) = (place + 1, "")
        if next < text.count, text[next] == "/" || text[next] == "!" { next += 1 }
        while next < text.count, name.utf8.count < 12, Self.isNamePart(text[next]) {
            name.unicodeScalars.append(text[next])
            next += 1
        }
        name = name.lowercased()
        guard Self.names.contains(name) || name.contains(":"), let close = Self.close(text, from: next) else {
            return nil
        }
        if name == "script" || name == "style", text[place + 1] != "/" {
            guard let after = end(text, of: "</" + name, from: close) else { return Tag(end: close) }
            return Tag(end: Self.close(text, from: after) ?? after)
        }
        return Tag(end: close, breaksLine: Self.blocks.contains(name), parts: name == "td" || name == "th")
    }

    /// Where a tag ends whose name was read; another < before its end means that it never does.
    private static func close(_ text: [Unicode.Scalar], from place: Int) -> Int? {
        var next = place
        while next < text.count {
            if text[next] == ">" { return next + 1 }
            if text[next] == "<" { return nil }
            next += 1
        }
        return nil
    }

    private mutating func end(_ text: [Unicode.Scalar], of word: String, from place: Int) -> Int? {
        guard !absentEnds.contains(word) else { return nil }
        var next = place
        while next < text.count {
            if Self.starts(text, next, word) { return next + word.unicodeScalars.count }
            next += 1
        }
        absentEnds.insert(word)
        return nil
    }

    private static func starts(_ text: [Unicode.Scalar], _ place: Int, _ word: String) -> Bool {
        var next = place
        for scalar in word.unicodeScalars {
            guard next < text.count else { return false }
            let value = text[next].value
            guard (0x41...0x5A).contains(value) ? value + 0x20 == scalar.value : value == scalar.value else {
                return false
            }
            next += 1
        }
        return true
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ":": true
        default: false
        }
    }

    /// The character reference that opens at a place; a reference to & may itself hide another.
    func entity(_ text: [Unicode.Scalar], at place: Int) -> Entity? {
        var (next, name) = (place + 1, "")
        while next < text.count, name.utf8.count < 9, text[next] == "#" || Self.isNamePart(text[next]) {
            name.unicodeScalars.append(text[next])
            next += 1
        }
        guard next < text.count, text[next] == ";", !name.isEmpty else { return nil }
        if name == "amp" {
            let hidden = hiddenEntity(text, at: next)
            return hidden ?? Entity(end: next + 1, scalar: "&")
        }
        if name.hasPrefix("#") {
            return Self.number(name.dropFirst()).map { Entity(end: next + 1, scalar: $0) }
        }
        return Self.references[name].map { Entity(end: next + 1, scalar: $0) }
    }

    /// The reference whose & was itself written as one: `&amp;nbsp;`. Looked for once, never deeper.
    private func hiddenEntity(_ text: [Unicode.Scalar], at semicolon: Int) -> Entity? {
        var (next, name) = (semicolon + 1, "")
        while next < text.count, name.utf8.count < 9, text[next] == "#" || Self.isNamePart(text[next]) {
            name.unicodeScalars.append(text[next])
            next += 1
        }
        guard next < text.count, text[next] == ";" else { return nil }
        let scalar = name.hasPrefix("#") ? Self.number(name.dropFirst()) : Self.references[name]
        return scalar.map { Entity(end: next + 1, scalar: $0) }
    }

    private static func number(_ digits: Substring) -> Unicode.Scalar? {
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }

    private static let references: [String: Unicode.Scalar] = [
        "nbsp": "\u{A0}", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "lt": "<", "gt": ">",
        "quot": "\"", "apos": "'", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "mdash": "—",
        "ndash": "–", "middot": "·", "hellip": "…", "permil": "‰", "times": "×", "percnt": "%", "deg": "°",
        "yen": "¥", "bull": "•", "shy": "\u{AD}", "zwnj": "\u{200C}", "zwj": "\u{200D}",
    ]

    private static let blocks: Set<String> = [
        "p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "title", "ul", "ol", "dl",
        "dt", "dd", "section", "article", "header", "footer", "blockquote", "center", "hr", "pre", "tbody",
    ]

    private static let names: Set<String> = blocks.union([
        "a", "b", "i", "u", "s", "em", "strong", "font", "span", "td", "th", "thead", "tfoot", "col",
        "colgroup", "caption", "img", "style", "script", "html", "body", "head", "meta", "link", "sup", "sub",
        "small", "big", "input", "form", "iframe", "label", "button", "nav", "main", "doctype", "object",
        "embed", "video", "audio", "source", "figure", "figcaption", "ins", "del", "strike", "base", "nobr",
        "noscript", "select", "option", "textarea", "map", "area", "xml",
    ])
}
