import Mustache

/// What a template can name: a tree of texts and lists.
indirect enum TemplateValue: Hashable, Sendable {
    case text(String)
    case flag(Bool)
    case object([String: TemplateValue])
    case list([[String: TemplateValue]])

    /// The value as Mustache looks things up in it.
    var rendered: Any {
        switch self {
        case .text(let text): text.isEmpty ? NoText() as Any : text
        case .flag(let isSet): isSet
        case .object(let members): members.mapValues(\.rendered)
        case .list(let rows): rows.map { $0.mapValues(\.rendered) as Any }
        }
    }

    /// The members that a section over the value brings into sight; for a list those of its first row.
    var members: [String: TemplateValue] {
        switch self {
        case .text, .flag: [:]
        case .object(let members): members
        case .list(let rows): rows.first ?? [:]
        }
    }

    var isList: Bool {
        if case .list = self { return true }
        return false
    }
}

/// A text that is empty: prints nothing, and a section over it is left out.
private struct NoText: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
