import Rulebooks

/// Choosing a region level by level, from a region down.
struct RegionPicker {
    let regions: RegionTable
    let language: Language
    /// The region within which is chosen; empty for all.
    let base: String

    /// So many levels are offered at most.
    private static let depth = 8

    /// - Parameter base: a padded code; one that is no region means all.
    init(_ regions: RegionTable, within base: String, _ language: Language) {
        (self.regions, self.language) = (regions, language)
        self.base = regions.region(base) == nil ? "" : base
    }

    /// The code chosen in what was sent: one named outright, else the lowest level that lies in the one above it.
    func chosen(_ name: String, in fields: FormFields) -> String? {
        if let named = fields[name + ".code"], !named.isEmpty {
            return regions.resolve(named)?.code ?? named
        }
        var lowest: String?
        var above = base
        for level in 1...Self.depth {
            guard let code = fields["\(name).\(level)"], !code.isEmpty, options(under: above).contains(code)
            else { break }
            lowest = code
            above = code
        }
        if let lowest { return lowest }
        return fields[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func options(under code: String) -> [String] {
        code.isEmpty ? regions.roots : regions.children(code)
    }

    /// What `field/region` names.
    func values(_ name: String, id: String, chosen: String?) -> [String: Any] {
        let known = chosen.flatMap(regions.resolve)?.code
        let path = known.map { regions.ancestors($0) + [$0] } ?? []
        var rest = path.drop { !base.isEmpty && ($0 == base || !regions.contains($0, in: base)) }
        var levels: [[String: Any]] = []
        var above = base
        while levels.count < Self.depth {
            let options = options(under: above)
            guard !options.isEmpty else { break }
            let selected = rest.first.flatMap { options.contains($0) ? $0 : nil }
            levels.append(level(levels.count + 1, of: name, id, options, selected))
            guard let selected else { break }
            above = selected
            rest = rest.dropFirst()
        }
        var values: [String: Any] = [
            "editor": "field/region", "group": true,
            "hasLower": levels.contains { $0["last"] as? Bool == false }, "levels": levels,
            "refreshValue": id,
            "refreshName": "refresh", "codeName": name + ".code", "within": base,
        ]
        if let known { values["chosenName"] = regions.fullName(known)?.text(language) }
        if !base.isEmpty { values["baseName"] = regions.fullName(base)?.text(language) }
        return values
    }

    private func level(
        _ number: Int, of name: String, _ id: String, _ options: [String], _ selected: String?
    ) -> [String: Any] {
        let level = options.first.flatMap(regions.level)
        let label = regions.levels.first { $0.id == level }?.name.text(language) ?? ""
        return [
            "id": number == 1 ? id : "\(id)-\(number)", "name": "\(name).\(number)", "label": label,
            "last": options.allSatisfy { regions.children($0).isEmpty },
            "options": options.map { code -> [String: Any] in
                [
                    "value": code, "label": regions.name(code)?.text(language) ?? code,
                    "selected": code == selected,
                ]
            },
        ]
    }
}
