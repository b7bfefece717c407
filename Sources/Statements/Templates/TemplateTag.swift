/// A tag of a Mustache template.
struct TemplateTag: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case variable
        case section
        case invertedSection
        case close
        case ignored
        /// Partials, blocks, other delimiters: a report is one text.
        case unsupported
    }

    let kind: Kind
    let name: String
    /// The line of the tag, from 1.
    let line: Int

    /// The tags of a template in order; ends with nil where a tag is not closed, beside its line.
    static func scan(_ template: String) -> (tags: [TemplateTag], unclosedLine: Int?) {
        var tags: [TemplateTag] = []
        var rest = Substring(template)
        var line = 1
        while let open = rest.firstRange(of: "{{") {
            line += lineBreaks(rest[..<open.lowerBound])
            rest = rest[open.upperBound...]
            let isTriple = rest.first == "{"
            guard let close = rest.firstRange(of: isTriple ? "}}}" : "}}") else { return (tags, line) }
            tags.append(tag(rest[..<close.lowerBound], line: line))
            line += lineBreaks(rest[..<close.lowerBound])
            rest = rest[close.upperBound...]
        }
        return (tags, nil)
    }

    private static func lineBreaks(_ text: Substring) -> Int {
        text.utf8.count { $0 == 0x0A }
    }

    private static func tag(_ content: Substring, line: Int) -> TemplateTag {
        func named(_ kind: Kind, _ name: Substring) -> TemplateTag {
            let bare = name.drop(while: \.isWhitespace)
            let end = bare.lastIndex { !$0.isWhitespace }.map { bare.index(after: $0) } ?? bare.startIndex
            return TemplateTag(kind: kind, name: String(bare[..<end]), line: line)
        }
        switch content.first {
        case "#": return named(.section, content.dropFirst())
        case "^": return named(.invertedSection, content.dropFirst())
        case "/": return named(.close, content.dropFirst())
        case "!": return named(.ignored, content.dropFirst())
        case "&", "{": return named(.variable, content.dropFirst())
        case ">", "<", "$", "=", "%": return named(.unsupported, content)
        default: return named(.variable, content)
        }
    }
}
