import Yams

/// Turns an error of the YAML parser into a problem with a place.
enum YamlFault {
    static func problem(_ error: any Error, file: String, text: String) -> RulebookProblem {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return syntax(problem, file: file, line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(let duplicates, let context):
            return duplicate(duplicates, at: context.mark, file: file, text: text)
        case .reader(let problem, let offset, _, _):
            let place = place(offset: offset ?? 0, in: text)
            return syntax(problem, file: file, line: place.line, column: place.column)
        default:
            return syntax("unreadable", file: file, line: 1, column: 1)
        }
    }

    private static func syntax(_ detail: String, file: String, line: Int, column: Int) -> RulebookProblem {
        RulebookProblem(
            code: .yamlSyntax,
            position: SourcePosition(file: file, line: max(1, line), column: max(1, column)),
            message: Bilingual(zh: "不是正确的 YAML：\(detail)", en: "Not valid YAML: \(detail)"),
            hint: Bilingual(
                zh: "检查此处及上一行的缩进、引号、括号和冒号后的空格",
                en:
                    "Check indentation, quotes, brackets and the space after colons here and on the line above"
            ))
    }

    private static func duplicate(
        _ keys: [String], at mark: Mark, file: String, text: String
    ) -> RulebookProblem {
        let key = keys.first ?? ""
        let first = (line: max(1, mark.line), column: max(1, mark.column))
        let second = repetition(of: key, after: first, in: text) ?? first
        return RulebookProblem(
            code: .duplicateKey,
            position: SourcePosition(file: file, line: second.line, column: second.column),
            message: Bilingual(
                zh: "键“\(key)”重复，前一处在第 \(first.line) 行",
                en: "The key `\(key)` stands twice; the first is in line \(first.line)"),
            hint: Bilingual(zh: "删去其中一处", en: "Remove one of them"))
    }

    /// The parser tells only where a repeated key stands first; people look for the second.
    private static func repetition(
        of key: String, after first: (line: Int, column: Int), in text: String
    ) -> (line: Int, column: Int)? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(first.line - 1) else { return nil }
        let rest = lines[first.line - 1].unicodeScalars.dropFirst(first.column)
        if let column = Self.column(of: key, in: String(rest)) {
            return (first.line, first.column + column)
        }
        for index in lines.indices.dropFirst(first.line) {
            let line = lines[index].unicodeScalars
            let indentation = line.prefix { $0 == " " }.count
            if indentation + 1 == first.column, String(line.dropFirst(indentation)).hasPrefix("\(key):") {
                return (index + 1, first.column)
            }
        }
        return nil
    }

    private static func column(of key: String, in text: String) -> Int? {
        let scalars = Array(text.unicodeScalars)
        let wanted = Array("\(key):".unicodeScalars)
        guard scalars.count >= wanted.count else { return nil }
        for start in 0...(scalars.count - wanted.count) {
            guard start == 0 || " ,{".unicodeScalars.contains(scalars[start - 1]) else { continue }
            if Array(scalars[start..<start + wanted.count]) == wanted { return start + 1 }
        }
        return nil
    }

    private static func place(offset: Int, in text: String) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for character in text.prefix(max(0, offset)) {
            if character == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return (line, column)
    }
}
