import Rulebooks

/// Choosing a region level by level, as the editor `field/region` shows it.
struct RegionLevels {
    let site: Site
    let language: Language

    private var regions: RegionTable { site.rulebook.regions }

    /// The levels from the coarsest to the one below what is chosen.
    ///
    /// - Parameters:
    ///   - id: of the field on the page; each level's select has it with the number of the level behind it.
    ///   - chosen: the region's code; "" while nothing is chosen.
    func levels(id: String, name: String, chosen: String) -> [[String: Any]] {
        let known = regions.region(chosen)?.code
        let path = known.map { regions.ancestors($0) + [$0] } ?? []
        var levels: [[String: Any]] = []
        var offered = site.rootRegions
        var depth = 0
        while !offered.isEmpty, depth < 8 {
            let selected = path.indices.contains(depth) ? path[depth] : nil
            let below = selected.map(regions.children) ?? []
            let level = offered.first.flatMap(regions.level)
            let label = regions.levels.first { $0.id == level }?.name.text(language) ?? ""
            levels.append([
                "id": depth == 0 ? id : "\(id)-\(depth + 1)", "name": "\(name).\(depth + 1)", "label": label,
                // The last one on the page changes nothing when it is chosen, where nothing lies below.
                "last": offered.allSatisfy { regions.children($0).isEmpty },
                "options": offered.map { code in
                    [
                        "value": code, "label": regions.name(code)?.text(language) ?? code,
                        "selected": code == selected,
                    ] as [String: Any]
                },
            ])
            guard selected != nil else { break }
            offered = below
            depth += 1
        }
        return levels
    }

    /// The finest region that was chosen; what does not lie in the one above it was left over from another choice.
    ///
    /// - Returns: "" when nothing was; a code or name that was sent in one piece as it stands.
    static func chosen(_ name: String, _ fields: FormFields, _ regions: RegionTable) -> String {
        var chosen = ""
        for depth in 1...8 {
            guard let code = fields["\(name).\(depth)"], !code.isEmpty else { break }
            guard depth == 1 || regions.contains(code, in: chosen) else { break }
            chosen = code
        }
        return chosen.isEmpty ? fields[name] ?? "" : chosen
    }
}
