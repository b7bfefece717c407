import Expressions

/// Judgements and scorecards: tables over the fields of a kind.
extension Assembly {
    func buildJudgements() {
        for item in sound(.judgement) {
            let reader = reader(item.node, .judgement)
            let sources = reader.citations()
            guard let kind = reference(reader.node("of"), to: .kind), let layout = layouts[kind],
                let outline = outlines[kind]
            else { continue }
            var paths: Set<String> = []
            var given: [YamlNode] = []
            let versions = versions(
                reader.list("versions"), .judgementVersion, fallback: sources, needsSource: true
            ) { version in
                let rows = version.list("rows").compactMap { node -> JudgementRow? in
                    guard let row = self.row(node, layout.environment, outline) else { return nil }
                    paths.formUnion(row.formula.program.paths.compactMap(\.first))
                    given += [node["give"]].compactMap { $0 }
                    return row
                }
                given += [version.node("otherwise")].compactMap { $0 }
                return JudgementTable(rows: rows, otherwise: version.text("otherwise"))
            }
            judgementPaths[item.id] = paths
            givenItems[item.id] = given
            judgements[item.id] = Judgement(
                id: item.id, name: reader.bilingualName, kindID: kind, versions: versions,
                position: item.node.position)
        }
    }

    private func row(_ node: YamlNode, _ environment: Environment, _ outline: KindOutline) -> JudgementRow? {
        let reader = reader(node, .judgementRow)
        let say = reader.bilingual("say", "say_english")
        guard let give = reader.text("give"),
            let formula = formula(reader.node("when"), in: environment, expecting: [.bool])
        else { return nil }
        if let when = reader.node("when") { checkComparisons(formula, of: when, in: outline) }
        return JudgementRow(give: give, formula: formula, clause: reader.text("clause"), say: say)
    }

    func buildScorecards() -> [String: Scorecard] {
        var scorecards: [String: Scorecard] = [:]
        for item in sound(.scorecard) {
            let reader = reader(item.node, .scorecard)
            let sources = reader.citations()
            guard let kind = reference(reader.node("of"), to: .kind), let layout = layouts[kind],
                let outline = outlines[kind]
            else { continue }
            let versions = versions(
                reader.list("versions"), .scorecardVersion, fallback: sources, needsSource: true
            ) { version in
                ScorecardTable(
                    base: version.decimal("base") ?? ExactDecimal(unscaled: 0, scale: 0),
                    items: version.entries("items").compactMap { self.scorecardItem($0, layout, outline) },
                    grades: self.grades(version.entries("grades")))
            }
            scorecards[item.id] = Scorecard(
                id: item.id, name: reader.bilingualName, kindID: kind, versions: versions,
                position: item.node.position)
        }
        return scorecards
    }

    private func scorecardItem(
        _ entry: YamlEntry, _ layout: SlotLayout, _ outline: KindOutline
    ) -> ScorecardItem? {
        let reader = reader(entry.value, .scorecardItem)
        let when = formula(reader.node("when"), in: layout.environment, expecting: [.bool])
        if let when, let node = reader.node("when") { checkComparisons(when, of: node, in: outline) }
        let citations = reader.citations()
        guard
            let points = formula(reader.node("points"), in: layout.environment, expecting: [.int, .decimal])
        else { return nil }
        return ScorecardItem(
            id: entry.key, name: reader.bilingualName, points: points, when: when,
            minimum: reader.decimal("min"),
            maximum: reader.decimal("max"), citations: citations)
    }

    private func grades(_ entries: [YamlEntry]) -> [ScorecardGrade] {
        var previous: ExactDecimal?
        return entries.compactMap { entry in
            let reader = reader(entry.value, .scorecardGrade)
            guard let from = reader.decimal("from") else { return nil }
            if let previous, from >= previous {
                report(
                    .badLimits, at: reader.node("from")?.position ?? entry.keyPosition,
                    zh: "等级须从高到低排列", en: "Grades go from the highest to the lowest")
            }
            previous = from
            return ScorecardGrade(id: entry.key, name: reader.bilingualName, from: from)
        }
    }
}
