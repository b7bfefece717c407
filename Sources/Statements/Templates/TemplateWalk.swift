import Expressions
import Figures
import Rulebooks

/// Follows the tags of a template through the variables there are.
///
/// Finds what a template names that nothing has, and what of the figures it prints.
struct TemplateWalk {
    /// What is wrong with the template.
    private(set) var problems: [StatementProblem] = []
    /// The full paths of what it prints: `cities.rows.incidents.rate`.
    private(set) var used: Set<String> = []

    private let language: Language
    private var scopes: [Scope]

    private struct Scope {
        let tag: String
        let path: [String]
        let members: [String: TemplateValue]
        let isRow: Bool
    }

    /// What may be done to a variable: `count(cities.rows)`. Without a name, within a list: `^last()`.
    private static let transforms: Set<String> = [
        "capitalized", "lowercased", "uppercased", "reversed", "first", "last", "count", "empty", "index",
        "even",
        "odd", "equalzero", "plusone", "minusone", "sorted",
    ]

    init(_ template: String, variables: [String: TemplateValue], language: Language) {
        self.language = language
        scopes = [Scope(tag: "", path: [], members: variables, isRow: false)]
        let (tags, unclosedLine) = TemplateTag.scan(template)
        for tag in tags { follow(tag) }
        if let unclosedLine {
            problems.append(.malformedTemplate(language: language, line: unclosedLine))
        } else if scopes.count > 1 {
            problems.append(.malformedTemplate(language: language, line: tags.last?.line ?? 1))
        }
    }

    private mutating func follow(_ tag: TemplateTag) {
        switch tag.kind {
        case .ignored: return
        case .unsupported:
            problems.append(.unsupportedTag("{{\(tag.name)}}", language: language, line: tag.line))
        case .variable: _ = look(up: tag)
        case .section:
            let found = look(up: tag)
            let members = found?.value.members ?? [:]
            scopes.append(
                Scope(
                    tag: tag.name, path: found?.path ?? [], members: members,
                    isRow: found?.value.isList ?? false))
        case .invertedSection:
            _ = look(up: tag)
            scopes.append(Scope(tag: tag.name, path: [], members: [:], isRow: false))
        case .close:
            guard scopes.count > 1, scopes.last?.tag == tag.name || scopes.last.map(Self.bareTag) == tag.name
            else {
                problems.append(.malformedTemplate(language: language, line: tag.line))
                return
            }
            scopes.removeLast()
        }
    }

    private static func bareTag(_ scope: Scope) -> String { stripped(scope.tag).name }

    /// A name without the transforms around it.
    private static func stripped(_ text: String) -> (name: String, isKnown: Bool) {
        var name = Substring(text)
        var isKnown = true
        while let open = name.firstIndex(of: "("), name.last == ")" {
            isKnown = isKnown && transforms.contains(String(name[..<open]))
            name = name[name.index(after: open)...].dropLast()
        }
        return (String(name), isKnown)
    }

    private mutating func look(up tag: TemplateTag) -> (value: TemplateValue, path: [String])? {
        let (name, isKnown) = Self.stripped(tag.name)
        if isKnown, name.isEmpty, name != tag.name, scopes.contains(where: \.isRow) { return nil }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard isKnown, let first = parts.first, let scope = scopes.last(where: { $0.members[first] != nil }),
            var value = scope.members[first]
        else {
            report(tag, among: scopes.flatMap(\.members.keys))
            return nil
        }
        for part in parts.dropFirst() {
            guard case .object(let members) = value, let next = members[part] else {
                report(
                    tag, among: value.members.keys.map { (parts.dropLast() + [$0]).joined(separator: ".") })
                return nil
            }
            value = next
        }
        let path = scope.path + parts
        used.insert(path.joined(separator: "."))
        return (value, path)
    }

    private mutating func report(_ tag: TemplateTag, among names: [String]) {
        let suggestion = Suggestion.closest(to: tag.name, among: names)
        problems.append(
            .unknownTag(tag.name, language: language, line: tag.line, suggestion: suggestion))
    }
}
