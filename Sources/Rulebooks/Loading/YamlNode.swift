/// A value of a YAML file with the place where it is written.
struct YamlNode: Sendable {
    let position: SourcePosition
    let content: Content

    enum Content: Sendable {
        case scalar(YamlScalar)
        case sequence([YamlNode])
        case mapping([YamlEntry])
    }

    /// The entries of a mapping, or none.
    var entries: [YamlEntry] {
        if case .mapping(let entries) = content { return entries }
        return []
    }

    /// The elements of a sequence, or none.
    var elements: [YamlNode] {
        if case .sequence(let elements) = content { return elements }
        return []
    }

    /// The text of a scalar, or nil, also for null.
    var text: String? {
        if case .scalar(let scalar) = content, !scalar.isNull { return scalar.text }
        return nil
    }

    /// The value under a key of a mapping, or nil.
    subscript(key: String) -> YamlNode? { entry(key)?.value }

    /// The entry of a key of a mapping, or nil.
    func entry(_ key: String) -> YamlEntry? { entries.first { $0.key == key } }

    /// The value without its places.
    var raw: RawValue {
        switch content {
        case .scalar(let scalar): scalar.isNull ? .null : .scalar(scalar.text)
        case .sequence(let elements): .list(elements.map(\.raw))
        case .mapping(let entries): .map(entries.map { RawEntry(key: $0.key, value: $0.value.raw) })
        }
    }
}

/// A key of a mapping and its value.
struct YamlEntry: Sendable {
    let key: String
    let keyPosition: SourcePosition
    let value: YamlNode
}

/// A scalar and how it is written.
struct YamlScalar: Sendable {
    enum Style: Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

    let text: String
    let style: Style

    /// Whether it stands for nothing: an unquoted `null`, `~`, or an empty place.
    var isNull: Bool {
        style == .plain && (text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL")
    }
}
