import Expressions

extension KindBuilder {
    func clocks(_ entries: [YamlEntry]) -> [ClockDefinition] {
        entries.compactMap { entry in
            let reader = assembly.reader(entry.value, .clock)
            let citations = reader.citations()
            let due = due(reader, citations)
            let steps = steps(reader.list("steps"))
            let when = formula(reader.node("when"), [.bool])
            let extend = extendField(reader.node("extend"))
            let runsIn = states(reader.list("in"))
            let suspended = states(reader.list("suspended_in"))
            guard let due else { return nil }
            return ClockDefinition(
                id: entry.key, name: reader.bilingualName, runsIn: Set(runsIn), due: due,
                suspendedIn: Set(suspended), when: when, extendField: extend, steps: steps,
                citations: citations,
                position: entry.value.position)
        }
    }

    private func due(_ reader: NodeReader, _ citations: [Citation]) -> DueRule? {
        let days: [ValueType] = [.date, .timestamp]
        switch (reader.node("due"), reader.node("within")) {
        case (let due?, nil):
            requireSource(reader, citations, dated: false)
            if let from = reader.node("from") {
                assembly.report(
                    .conflictingKeys, at: from.position, zh: "from 只与 within 同用",
                    en: "`from` belongs to `within`")
            }
            return formula(due, days).map(DueRule.expression)
        case (nil, let within?):
            let isDated = if case .sequence = within.content { true } else { false }
            requireSource(reader, citations, dated: isDated)
            let terms = terms(within, citations)
            return .within(terms, from: formula(reader.node("from"), days))
        default:
            assembly.report(
                .conflictingKeys, at: reader.position, zh: "时限须有 due 或 within 其一，且只有其一",
                en: "A clock has either `due` or `within`")
            return nil
        }
    }

    private func requireSource(_ reader: NodeReader, _ citations: [Citation], dated: Bool) {
        guard citations.isEmpty, !dated else { return }
        _ = reader.citations(isNeeded: true)
    }

    private func terms(_ node: YamlNode, _ citations: [Citation]) -> [Dated<TermLength>] {
        if case .sequence(let elements) = node.content {
            return assembly.versions(elements, .datedTerm, fallback: citations, needsSource: true) {
                $0.text("value").flatMap { TermLength($0) }
            }
        }
        guard let term = node.text.flatMap({ TermLength($0) }) else { return [] }
        return [Dated(since: .earliest, citations: citations, item: term)]
    }

    private func extendField(_ node: YamlNode?) -> String? {
        guard let node, let field = field(node) else { return nil }
        if case .integer = field.type { return field.id }
        wrongType(node, Bilingual(zh: "整数", en: "integer"))
        return nil
    }

    private func steps(_ nodes: [YamlNode]) -> [ClockStep] {
        var previous: Int?
        return nodes.compactMap { node in
            let reader = assembly.reader(node, .step)
            guard let at = reader.text("at").flatMap({ TermLength(offset: $0) }), let step = reader.text("do")
            else { return nil }
            checkStep(reader.node("do"))
            let minutes = at.roughMinutes
            if let previous, minutes < previous {
                assembly.report(
                    .unsortedVersions, at: reader.node("at")?.position ?? node.position,
                    zh: "步骤须按时间先后排列", en: "Steps stand in the order of time")
            }
            previous = minutes
            return ClockStep(
                at: at, step: step, when: formula(reader.node("when"), [.bool]),
                issues: document(reader.node("issues")),
                addressee: reader.text("to").flatMap(Addressee.init) ?? .responsible,
                isPublic: reader.flag("public"),
                sets: assignments(reader.entries("sets"), of: outline, in: environment),
                enters: state(reader.node("enters")), position: node.position)
        }
    }

    private func checkStep(_ node: YamlNode?) {
        guard let node else { return }
        let steps = assembly.codeLists["clock-step"].map { list in list.versions.flatMap { $0.item.map(\.id) }
        }
        guard let steps else {
            guard !assembly.ids(.codes).contains("clock-step") else { return }
            return assembly.report(
                .unknownReference, at: node.position, zh: "缺少代码表 clock-step",
                en: "The code list clock-step is missing")
        }
        if steps.contains(node.text ?? "") { return }
        assembly.reportUnknown(
            .unknownReference, node, what: Bilingual(zh: "时限步骤", en: "clock step"), among: steps)
    }
}

extension TermLength {
    /// Only for comparing offsets of different units: a working day as seven fifths of a day.
    var roughMinutes: Int {
        switch unit {
        case .minutes: amount
        case .hours: amount * 60
        case .days: amount * 1440
        case .workingDays: amount * 2016
        case .months: amount * 43_800
        case .years: amount * 525_600
        }
    }
}
