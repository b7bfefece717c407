import Expressions

/// Finds texts that a code field or a state is compared with though it can never hold them.
///
/// The type system sees only texts there; a mistyped `grade == 'mayor'` would silently never be true.
struct ComparisonScanner {
    struct Comparison {
        let path: [String]
        let literal: String
        let column: Int
    }

    private enum Token: Equatable {
        case path([String])
        case literal(String, column: Int)
        case sign(String)
    }

    private let tokens: [Token]

    init(_ source: String) { tokens = Self.tokens(Array(source)) }

    /// `path == 'literal'`, `'literal' == path`, the same with `!=`, and `path in ['a', 'b']`.
    var comparisons: [Comparison] {
        var found: [Comparison] = []
        for index in tokens.indices {
            guard case .path(let path) = tokens[index] else { continue }
            if index + 2 < tokens.count, isEquality(tokens[index + 1]),
                case .literal(let text, let column) = tokens[index + 2]
            {
                found.append(Comparison(path: path, literal: text, column: column))
            }
            if index >= 2, isEquality(tokens[index - 1]),
                case .literal(let text, let column) = tokens[index - 2]
            {
                found.append(Comparison(path: path, literal: text, column: column))
            }
            if index + 2 < tokens.count, tokens[index + 1] == .path(["in"]), tokens[index + 2] == .sign("[") {
                found += listed(path, from: index + 3)
            }
        }
        return found
    }

    private func listed(_ path: [String], from start: Int) -> [Comparison] {
        var found: [Comparison] = []
        for token in tokens[start...] {
            if case .literal(let text, let column) = token {
                found.append(Comparison(path: path, literal: text, column: column))
            } else if token != .sign(",") {
                break
            }
        }
        return found
    }

    private func isEquality(_ token: Token) -> Bool { token == .sign("==") || token == .sign("!=") }

    private static func tokens(_ characters: [Character]) -> [Token] {
        var tokens: [Token] = []
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if character.isWhitespace {
                index += 1
            } else if character == "'" || character == "\"" {
                let end = characters[(index + 1)...].firstIndex(of: character) ?? characters.count
                tokens.append(.literal(String(characters[(index + 1)..<end]), column: index + 1))
                index = end + 1
            } else if character.isASCII, character.isLetter || character == "_" {
                let word = characters[index...].prefix {
                    $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".")
                }
                tokens.append(.path(String(word).split(separator: ".").map(String.init)))
                index += word.count
            } else {
                let isDouble = index + 1 < characters.count && characters[index + 1] == "="
                tokens.append(.sign(isDouble ? "\(character)=" : String(character)))
                index += isDouble ? 2 : 1
            }
        }
        return tokens
    }
}

extension Assembly {
    func checkComparisons(_ formula: Formula, of node: YamlNode, in outline: KindOutline) {
        // Escapes and raw texts are read by the language itself; what they hold is not looked into here.
        guard !formula.source.contains("\\") else { return }
        for comparison in ComparisonScanner(formula.source).comparisons where !comparison.literal.isEmpty {
            guard let known = possibleTexts(comparison.path, in: outline), !known.contains(comparison.literal)
            else { continue }
            reportImpossible(
                comparison.path.joined(separator: "."), comparison.literal, among: known,
                at: place(line: 1, column: comparison.column, in: node))
        }
    }

    /// A formula that is nothing but a text, given to a field: the field must be able to hold it.
    func checkLiteral(_ formula: Formula, of node: YamlNode, for type: FieldType) {
        guard case .code(let list) = type, let known = codeIDs(list), let quote = formula.source.first,
            quote == "'" || quote == "\"", formula.source.last == quote
        else { return }
        let literal = String(formula.source.dropFirst().dropLast())
        guard !literal.contains(quote), !known.contains(literal) else { return }
        reportImpossible(list, literal, among: known, at: node.position)
    }

    private func reportImpossible(
        _ name: String, _ literal: String, among known: [String], at position: SourcePosition
    ) {
        report(
            .impossibleComparison, at: position, zh: "“\(name)”不可能是“\(literal)”",
            en: "`\(name)` can never be `\(literal)`", hint: Self.suggestion(literal, among: known))
    }

    /// The texts that a path can hold, or nil when that is not limited.
    private func possibleTexts(_ path: [String], in outline: KindOutline) -> [String]? {
        switch path {
        case ["state"] where outline.field("state") == nil: return outline.stateIDs
        case ["stage"]: return codeIDs("clock-step")
        case ["actor", "role"]: return ids(.role) + ["responsible", "system"]
        default: break
        }
        guard let first = path.first, let field = outline.field(first) else { return nil }
        if path.count == 1, case .code(let list) = field.type { return codeIDs(list) }
        guard path.count == 2, case .reference(let kind) = field.type, let target = outlines[kind] else {
            return nil
        }
        if path[1] == "state" { return target.stateIDs }
        if case .code(let list)? = target.field(path[1])?.type { return codeIDs(list) }
        return nil
    }

    private func codeIDs(_ list: String) -> [String]? {
        codeLists[list].map { $0.versions.flatMap { $0.item.map(\.id) } }
    }
}
