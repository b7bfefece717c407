import Expressions
import Rulebooks

/// An example of the rulebook in words: given, when, then.
struct ExampleReading {
    let kind: Kind
    let words: RuleWords

    init(_ kind: Kind, _ words: RuleWords) { (self.kind, self.words) = (kind, words) }

    private var colon: String { words.language == .zh ? "：" : ": " }

    /// What the template names: name, given, steps and outcomes.
    func values(_ example: Example, number: Int) -> [String: Any] {
        var steps = example.after.map(step)
        if let day = example.on { steps.append(words.text("example_on", ["date": words.day(day)])) }
        return [
            "name": example.name ?? words.text("example_number", ["number": String(number)]),
            "given": facts(example.given, of: kind), "hasGiven": !example.given.isEmpty, "steps": steps,
            "hasSteps": !steps.isEmpty, "outcomes": outcomes(example.then),
        ]
    }

    private func facts(_ entries: [RawEntry], of kind: Kind) -> [String] {
        entries.map { entry in
            let field = kind.field(entry.key)
            return (field?.name.text(words.language) ?? entry.key) + colon + value(entry.value, field)
        }
    }

    private func step(_ step: ExampleStep) -> String {
        let invocation = step.invocation
        let lifecycle = kind.lifecycle
        let rule = invocation.action == "create" ? lifecycle.create : lifecycle.action(invocation.action)
        var text = rule?.name.text(words.language) ?? words.text("action_" + invocation.action)
        if text == "action_" + invocation.action { text = invocation.action }
        if let role = step.by {
            let performer = words.performer(
                role == "responsible" ? .responsible : role == "system" ? .system : .role(role))
            text = performer + (words.language == .zh ? "" : ": ") + text
        }
        if let day = step.on { text = words.day(day) + (words.language == .zh ? "，" : ": ") + text }
        let facts = facts(invocation.arguments, of: kind)
        guard !facts.isEmpty else { return text }
        let joined = facts.joined(separator: words.language == .zh ? "；" : "; ")
        return text + (words.language == .zh ? "（\(joined)）" : " (\(joined))")
    }

    private func outcomes(_ outcome: ExampleOutcome) -> [[String: Any]] {
        var shown: [[String: Any]] = []
        if let state = outcome.state {
            let name = kind.lifecycle.state(state)?.name.text(words.language) ?? state
            shown.append(["text": words.text("example_state", ["state": name])])
        }
        if let step = outcome.clock {
            shown.append(["text": words.text("example_clock", ["step": words.stepName(step)])])
        }
        if let refused = outcome.refused { shown.append(refusal(refused)) }
        shown += facts(outcome.fields, of: kind).map { ["text": $0] }
        if !outcome.undetermined.isEmpty {
            let names = outcome.undetermined.map { kind.field($0)?.name.text(words.language) ?? $0 }
            shown.append([
                "text": words.text("example_undetermined", ["fields": names.joined(separator: words.comma)])
            ])
        }
        return shown
    }

    /// A refusal leads to the rule that refuses.
    private func refusal(_ id: String) -> [String: Any] {
        let all = kind.rules + ([kind.lifecycle.create] + kind.lifecycle.actions).flatMap(\.rules)
        guard let rule = all.first(where: { $0.id == id }) else {
            return ["text": words.text("example_refused", ["reason": id])]
        }
        return [
            "text": words.text("example_refused", ["reason": rule.say.text(words.language)]),
            "href": "#rule-" + rule.id,
        ]
    }

    private func value(_ value: RawValue, _ field: Field?) -> String {
        switch value {
        case .null: return words.text("example_nothing")
        case .scalar(let text): return scalar(text, field)
        case .list(let items):
            return items.map { self.value($0, field) }.joined(separator: words.comma)
        case .map(let entries):
            if case .reference(let id)? = field?.type, let other = words.rulebook.kind(id) {
                let facts = ExampleReading(other, words).facts(entries, of: other)
                return facts.joined(separator: words.language == .zh ? "；" : "; ")
            }
            var columns: [String: Field] = [:]
            if case .table(let fields, _)? = field?.type {
                columns = Dictionary(fields.map { ($0.id, $0) }) { first, _ in first }
            }
            return entries.map { entry in
                (columns[entry.key]?.name.text(words.language) ?? entry.key) + colon
                    + self.value(entry.value, columns[entry.key])
            }.joined(separator: words.language == .zh ? "，" : ", ")
        }
    }

    private func scalar(_ text: String, _ field: Field?) -> String {
        switch field?.type {
        case .code(let list):
            return words.rulebook.codeLists[list]?.anyItem(text)?.name.text(words.language) ?? text
        case .region: return words.rulebook.regions.name(text)?.text(words.language) ?? text
        case .date: return CivilDate(text).map(words.day) ?? text
        case .boolean:
            return text == "true" ? words.text("word_yes") : text == "false" ? words.text("word_no") : text
        default:
            guard let unit = field?.unit?.text(words.language) else { return text }
            return words.language == .zh ? text + unit : "\(text) \(unit)"
        }
    }
}
