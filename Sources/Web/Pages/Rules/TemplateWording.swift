import Rulebooks

/// The wording of a document's template for reading: names in brackets for what is put in, and no signs of the template's
/// own.
struct TemplateWording {
    let words: RuleWords
    let kind: Kind?

    init(_ words: RuleWords, _ kind: Kind?) { (self.words, self.kind) = (words, kind) }

    func text(_ template: String) -> String {
        var lines: [String] = []
        for line in template.split(separator: "\n", omittingEmptySubsequences: false) {
            let read = read(line)
            // A line of nothing but the beginning or end of a section is none of the document's.
            if read.allSatisfy(\.isWhitespace), !line.allSatisfy(\.isWhitespace) { continue }
            if read.isEmpty, lines.last?.isEmpty == true { continue }
            lines.append(read)
        }
        return lines.joined(separator: "\n")
    }

    private func read(_ line: Substring) -> String {
        var result = ""
        var rest = line
        while let open = rest.firstRange(of: "{{") {
            result += rest[..<open.lowerBound]
            rest = rest[open.upperBound...]
            guard let close = rest.firstRange(of: "}}") else { return result + "{{" + rest }
            let tag = rest[..<close.lowerBound].filter { !$0.isWhitespace }
            if let first = tag.first, !"#/^!%>&=".contains(first) { result += bracketed(name(of: tag)) }
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    private func bracketed(_ name: String) -> String { words.language == .zh ? "【\(name)】" : "[\(name)]" }

    private func name(of tag: String) -> String {
        let parts = tag.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 1 {
            let key = "template_" + tag
            let known = words.text(key)
            return known == key ? column(tag) : known
        }
        guard let first = parts.first, let last = parts.last else { return tag }
        if first == "record" {
            return last == "number"
                ? words.text("template_record_number") : kind?.field(last)?.name.text(words.language) ?? tag
        }
        guard let field = kind?.field(first), case .reference(let id) = field.type else { return tag }
        let other = words.rulebook.kind(id)?.field(last)?.name.text(words.language) ?? last
        return field.name.text(words.language) + (words.language == .zh ? "·" : ": ") + other
    }

    /// A column of one of the kind's tables.
    private func column(_ id: String) -> String {
        for field in kind?.fields ?? [] {
            if case .table(let columns, _) = field.type, let column = columns.first(where: { $0.id == id }) {
                return column.name.text(words.language)
            }
        }
        return id
    }
}
