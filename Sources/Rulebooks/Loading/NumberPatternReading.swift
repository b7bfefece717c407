extension Assembly {
    /// Reads `ZG-{region.county}-{year}-{sequence:5}`; faults are reported at the pattern.
    func numberPattern(_ node: YamlNode, fields: [String]) -> NumberPattern? {
        guard let source = node.text else { return nil }
        var parts: [NumberPattern.Part] = []
        var rest = source[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}") else {
                badPattern(node, Bilingual(zh: "“{”没有对应的“}”", en: "A `{` has no `}`"))
                return nil
            }
            let name = String(rest[rest.index(after: open)..<close])
            guard let part = placeholder(name, fields: fields) else {
                let known = ["region", "year", "month", "sequence"] + fields
                badPattern(
                    node, Bilingual(zh: "没有占位符“{\(name)}”", en: "There is no placeholder `{\(name)}`"),
                    hint: Self.suggestion(name, among: known))
                return nil
            }
            parts.append(part)
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        let sequences = parts.count { if case .sequence = $0 { true } else { false } }
        guard sequences <= 1 else {
            badPattern(node, Bilingual(zh: "只能有一个 {sequence}", en: "There is only one {sequence}"))
            return nil
        }
        let isVaried = parts.contains { if case .field = $0 { true } else { false } }
        guard sequences == 1 || isVaried else {
            badPattern(
                node,
                Bilingual(
                    zh: "须有 {sequence} 或字段占位符，否则编号重复",
                    en: "Without {sequence} or a field all numbers are the same"))
            return nil
        }
        return NumberPattern(source: source, parts: parts)
    }

    private func placeholder(_ name: String, fields: [String]) -> NumberPattern.Part? {
        switch name {
        case "year": return .year
        case "month": return .month
        case "region": return .region(level: nil)
        case "sequence": return .sequence(width: 1)
        default: break
        }
        if name.hasPrefix("sequence:") {
            guard let width = Int(name.dropFirst("sequence:".count)), (1...12).contains(width) else {
                return nil
            }
            return .sequence(width: width)
        }
        if name.hasPrefix("region.") {
            let level = String(name.dropFirst("region.".count))
            let known = regions.levels.map(\.id)
            return known.isEmpty || known.contains(level) ? .region(level: level) : nil
        }
        return fields.contains(name) ? .field(name) : nil
    }

    private func badPattern(_ node: YamlNode, _ message: Bilingual, hint: Bilingual? = nil) {
        report(.badNumberPattern, at: node.position, zh: message.zh, en: message.en, hint: hint)
    }
}
