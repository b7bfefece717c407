/// Draws a kind for people: its states and actions, clocks and fields, from the rulebook itself.
public enum KindExplanation {
    /// The lifecycle as a Mermaid state diagram; every arrow says the action and who may perform it.
    ///
    /// Roles stand by their names when a rulebook is given, otherwise by their ids.
    public static func mermaid(_ kind: Kind, _ language: Language, in rulebook: Rulebook? = nil) -> String {
        let names = PerformerNames(language: language, rulebook: rulebook)
        let lifecycle = kind.lifecycle
        var lines = ["stateDiagram-v2"]
        for state in lifecycle.states {
            lines.append("    state \"\(escaped(state.name.text(language)))\" as \(alias(state.id))")
        }
        let create = "\(lifecycle.create.name.text(language)) (\(names.list(lifecycle.create.by)))"
        lines.append("    [*] --> \(alias(lifecycle.initial)): \(escaped(create))")
        if lifecycle.imported != lifecycle.initial {
            lines.append("    [*] --> \(alias(lifecycle.imported)): \(language == .zh ? "导入" : "Import")")
        }
        for action in lifecycle.actions {
            let label = escaped("\(action.name.text(language)) (\(names.list(action.by)))")
            for from in action.from {
                lines.append("    \(alias(from)) --> \(alias(action.to ?? from)): \(label)")
            }
        }
        for clock in kind.clocks {
            for step in clock.steps {
                guard let to = step.enters else { continue }
                let label = escaped("\(clock.name.text(language)) (\(language == .zh ? "时限" : "clock"))")
                for from in lifecycle.states where clock.runsIn.contains(from.id) && from.id != to {
                    lines.append("    \(alias(from.id)) --> \(alias(to)): \(label)")
                }
            }
        }
        for state in lifecycle.states where lifecycle.closed.contains(state.id) {
            lines.append("    \(alias(state.id)) --> [*]")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The kind as text for a terminal: states and actions, clocks, fields, rules, each with its sources.
    public static func terminal(_ kind: Kind, _ language: Language, in rulebook: Rulebook? = nil) -> String {
        var drawing = TerminalDrawing(
            kind: kind, language: language, names: PerformerNames(language: language, rulebook: rulebook))
        return drawing.draw()
    }

    /// Mermaid takes no hyphens in the ids of states, and `end` and the like for its own words.
    private static func alias(_ id: String) -> String { "s_" + id.replacing("-", with: "_") }

    private static func escaped(_ text: String) -> String {
        text.replacing("\"", with: "#quot;").replacing(";", with: "#59;").replacing(":", with: "#58;")
            .replacing("\n", with: " ")
    }
}

/// Who may do something, by names.
struct PerformerNames {
    let language: Language
    let rulebook: Rulebook?

    func list(_ performers: [Performer]) -> String {
        performers.map(name).joined(separator: language == .zh ? "、" : ", ")
    }

    /// A clock step by its name and its id.
    func step(_ id: String) -> String {
        guard let name = rulebook?.codeLists["clock-step"]?.anyItem(id)?.name.text(language) else {
            return id
        }
        return "\(name)  \(id)"
    }

    func document(_ id: String) -> String { rulebook?.documents[id]?.name.text(language) ?? id }

    private func name(_ performer: Performer) -> String {
        switch performer {
        case .role(let id): rulebook?.roles[id]?.name.text(language) ?? id
        case .responsible: language == .zh ? "责任单位" : "responsible party"
        case .system: language == .zh ? "系统" : "system"
        }
    }
}

/// Writes the text for a terminal, section by section.
private struct TerminalDrawing {
    let kind: Kind
    let language: Language
    let names: PerformerNames
    private var lines: [String] = []

    init(kind: Kind, language: Language, names: PerformerNames) {
        self.kind = kind
        self.language = language
        self.names = names
    }

    mutating func draw() -> String {
        let title = kind.name.text(language)
        lines.append("\(title)  \(kind.id)")
        lines.append(String(repeating: "─", count: Self.width(title) + 2 + kind.id.count))
        sources(kind.citations, indentation: "")
        drawStates()
        drawClocks()
        drawFields()
        drawFiling()
        drawRules()
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func section(_ zh: String, _ en: String) {
        lines.append("")
        lines.append(language == .zh ? zh : en)
    }

    private mutating func drawStates() {
        section("状态与动作", "States and actions")
        let lifecycle = kind.lifecycle
        let create = lifecycle.create
        lines.append(
            "  ● \(create.name.text(language)) → \(stateName(lifecycle.initial))  [\(names.list(create.by))]")
        for state in lifecycle.states {
            let mark = lifecycle.closed.contains(state.id) ? "■" : "□"
            lines.append("  \(mark) \(state.name.text(language))  \(state.id)")
            let actions = lifecycle.actions.filter { $0.from.contains(state.id) }
            for (index, action) in actions.enumerated() {
                let branch = index == actions.count - 1 ? "└" : "├"
                let target = action.to.map { " → \(stateName($0))" } ?? ""
                lines.append(
                    "    \(branch)─ \(action.name.text(language))\(target)  [\(names.list(action.by))]")
                sources(action.citations, indentation: index == actions.count - 1 ? "       " : "    │  ")
            }
        }
    }

    private mutating func drawClocks() {
        guard !kind.clocks.isEmpty else { return }
        section("时限", "Clocks")
        for clock in kind.clocks {
            let states = kind.lifecycle.states.filter { clock.runsIn.contains($0.id) }.map {
                $0.name.text(language)
            }
            lines.append(
                "  \(clock.name.text(language)): \(due(clock.due))  (\(states.joined(separator: ", ")))")
            for step in clock.steps {
                let at =
                    step.at.amount == 0 ? "0" : "\(step.at.amount > 0 ? "+" : "")\(step.at.text(language))"
                let condition =
                    step.when.map { language == .zh ? "  若 \($0.source)" : "  if \($0.source)" } ?? ""
                let target = step.enters.map { " → \(stateName($0))" } ?? ""
                lines.append("    · \(at)  \(names.step(step.step))\(target)\(condition)")
            }
            sources(clock.citations, indentation: "    ")
        }
    }

    private func due(_ rule: DueRule) -> String {
        switch rule {
        case .expression(let formula): return formula.source
        case .within(let versions, let from):
            let terms = versions.map { version in
                let since =
                    version.isUndated
                    ? "" : language == .zh ? "（\(version.since) 起）" : " (since \(version.since))"
                return version.item.text(language) + since
            }.joined(separator: "; ")
            guard let from else { return terms }
            return language == .zh ? "\(from.source) 起 \(terms)" : "\(terms) from \(from.source)"
        }
    }

    private mutating func drawFields() {
        section("字段", "Fields")
        let idWidth = kind.fields.map(\.id.count).max() ?? 0
        for field in kind.fields {
            var notes = [field.type.keyword]
            if field.required { notes.append(language == .zh ? "必填" : "required") }
            if field.personal { notes.append(language == .zh ? "个人信息" : "personal") }
            if field.derivation != nil { notes.append(language == .zh ? "推算" : "derived") }
            let id = field.id + String(repeating: " ", count: idWidth - field.id.count)
            lines.append("  \(id)  \(field.name.text(language)) (\(notes.joined(separator: ", ")))")
            sources(field.citations, indentation: "    ")
        }
    }

    private mutating func drawFiling() {
        guard let filing = kind.filing else { return }
        section("公众提交", "Filing by the public")
        let isChinese = language == .zh
        func names(_ ids: [String]) -> String {
            ids.map { kind.field($0)?.name.text(language) ?? $0 }.joined(separator: isChinese ? "、" : ", ")
        }
        let times = isChinese ? "每个地址每天 \(filing.perDay) 次" : "\(filing.perDay) a day from one address"
        lines.append("  \(filing.name.text(language))  (\(times))")
        lines.append("  · \(isChinese ? "必填" : "must be given"): \(names(filing.asks))")
        if !filing.may.isEmpty {
            lines.append("  · \(isChinese ? "可填" : "may be given"): \(names(filing.may))")
        }
        let documents = filing.documents.map { self.names.document($0) }
        let shown = [names(filing.shows)].filter { !$0.isEmpty } + documents
        if !shown.isEmpty {
            let list = shown.joined(separator: isChinese ? "、" : ", ")
            lines.append("  · \(isChinese ? "凭回执可看" : "the receipt shows"): \(list)")
        }
        sources(filing.citations, indentation: "    ")
    }

    private mutating func drawRules() {
        guard !kind.rules.isEmpty else { return }
        section("规则", "Rules")
        for rule in kind.rules {
            lines.append("  · \(rule.say.text(language))")
            lines.append("    \(rule.formula.source.replacing("\n", with: " "))")
            sources(rule.citations, indentation: "    ")
        }
    }

    private mutating func sources(_ citations: [Citation], indentation: String) {
        for citation in citations {
            let doubt = citation.verified ? "" : language == .zh ? "（未核对）" : " (unverified)"
            lines.append("\(indentation)§ \(citation.title)\(doubt)")
        }
    }

    private func stateName(_ id: String) -> String { kind.lifecycle.state(id)?.name.text(language) ?? id }

    /// Chinese characters take two columns of a terminal.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }
}
