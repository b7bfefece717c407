import Expressions
import Office
import Records
import Rulebooks

/// One kind of the rulebook in words.
struct KindReading {
    let site: Site
    let kind: Kind
    let language: Language
    let words: RuleWords

    init(_ site: Site, _ kind: Kind, _ language: Language) {
        (self.site, self.kind, self.language) = (site, kind, language)
        words = RuleWords(site, language)
    }

    private func text(_ key: String, _ values: [String: String] = [:]) -> String { words.text(key, values) }

    var page: Page {
        var values: [String: Any] = [
            "title": kind.name.text(language), "heading": kind.name.text(language), "identifier": kind.id,
            "crumbs": [["href": "/rules", "label": text("rulebook")]], "laws": words.laws(kind.citations),
            "states": kind.lifecycle.states.map { state in
                let closes = kind.lifecycle.closed.contains(state.id)
                return [
                    "tone": closes ? "done" : "open", "label": state.name.text(language), "closes": closes,
                ]
                    as [String: Any]
            },
            "numbering": kind.numbering.source, "diagram": LifecycleDrawing(kind, words).values,
            "transitions": transitions, "fields": fields, "rules": rules, "hasRules": !allRules.isEmpty,
            "clocks": clocks, "hasClocks": !kind.clocks.isEmpty, "examples": examples,
            "hasExamples": !kind.examples.isEmpty, "ruleLinks": words.links(nil), "ruleQuery": "",
        ]
        if let day = kind.governedBy { values["governing"] = text("governed_by", ["field": fieldName(day)]) }
        if !kind.measures.isEmpty { values["measures"] = measures }
        if let judged = judgements { values["judgements"] = judged }
        return Page(template: "rulebook-kind", values: values)
    }

    func stateName(_ id: String) -> String { kind.lifecycle.state(id)?.name.text(language) ?? id }

    func fieldName(_ id: String) -> String { kind.field(id)?.name.text(language) ?? id }

    private var transitions: [String: Any] {
        let create = kind.lifecycle.create
        let rows = ([create] + kind.lifecycle.actions).map { rule -> [RuleWords.Cell] in
            let to = rule.to.map(stateName) ?? (rule.id == create.id ? stateName(kind.lifecycle.initial) : "")
            let document = words.documentName(rule.issues).map { text("issues_document", ["document": $0]) }
            return [
                .noted(rule.name.text(language), note: document ?? ""),
                .text(rule.from.map(stateName).joined(separator: words.comma)), .text(to),
                .noted(
                    words.performers(rule.by),
                    note: rule.separateFrom.isEmpty
                        ? ""
                        : text(
                            "rule_separate",
                            [
                                "actions": rule.separateFrom.map {
                                    kind.lifecycle.action($0)?.name.text(language) ?? $0
                                }.joined(separator: words.comma)
                            ])),
                .text(rule.asks.map(fieldName).joined(separator: words.comma)),
                .text(words.lawText(rule.citations)),
            ]
        }
        return words.table(
            text("actions"), ["rule_action", "rule_from", "rule_to", "rule_by", "rule_asks", "rule_law"], rows
        )
    }

    private var fields: [String: Any] {
        words.table(
            text("fields"), ["rule_field", "rule_type", "rule_required", "rule_help", "rule_law"],
            kind.fields.map { field in
                [
                    .noted(field.name.text(language), note: field.id),
                    .noted(text("type_" + field.type.keyword), note: typeDetail(field)),
                    .text(
                        field.derivation != nil ? text("derived") : field.required ? text("required") : ""),
                    .noted(field.help?.text(language) ?? "", note: derivation(field)),
                    .text(words.lawText(field.citations)),
                ]
            })
    }

    private func typeDetail(_ field: Field) -> String {
        switch field.type {
        case .code(let list): site.rulebook.codeLists[list]?.name.text(language) ?? list
        case .reference(let other): site.rulebook.kind(other)?.name.text(language) ?? other
        default: field.personal ? text("personal_field") : ""
        }
    }

    private func derivation(_ field: Field) -> String {
        switch field.derivation {
        case .formula(let versions):
            return versions.map { version in
                let span = words.span(since: version.since, until: version.until)
                return version.item.source.trimmingSpaces + (span.isEmpty ? "" : " · " + span)
            }.joined(separator: "\n")
        case .judged(let id): return site.rulebook.judgements[id]?.name.text(language) ?? id
        case .settledOf, .clauseOf, nil: return ""
        }
    }

    // MARK: Rules

    private var allRules: [(rule: CheckedRule, action: ActionRule?)] {
        let own = ([kind.lifecycle.create] + kind.lifecycle.actions).flatMap { action in
            action.rules.map { ($0, Optional(action)) }
        }
        return kind.rules.map { ($0, nil) } + own
    }

    private var rules: [[String: Any]] { allRules.map { Self.values($0.rule, at: $0.action, words) } }

    /// A rule as the pages show it.
    static func values(_ rule: CheckedRule, at action: ActionRule?, _ words: RuleWords) -> [String: Any] {
        var shown: [String: Any] = [
            "id": rule.id, "when": rule.formula.source.trimmingSpaces, "say": rule.say.text(words.language),
            "laws": words.laws(rule.citations),
            "at": action.map { words.text("rule_at", ["action": $0.name.text(words.language)]) }
                ?? words.text("rule_at_all"),
            "inForce": rule.applies(on: words.site.office.today),
        ]
        let span = words.span(since: rule.since, until: rule.until)
        if !span.isEmpty { shown["span"] = span }
        return shown
    }

    private var clocks: [[String: Any]] { kind.clocks.map { Self.values($0, kind, words) } }

    /// A clock as the pages show it.
    static func values(_ clock: ClockDefinition, _ kind: Kind, _ words: RuleWords) -> [String: Any] {
        let states = kind.lifecycle.states.filter { clock.runsIn.contains($0.id) }.map {
            $0.name.text(words.language)
        }
        var shown: [String: Any] = [
            "id": clock.id, "name": clock.name.text(words.language), "laws": words.laws(clock.citations),
            "detail": words.text(
                "clock_detail",
                ["states": states.joined(separator: words.comma), "due": words.due(clock, kind)]),
            "steps": clock.steps.map(words.step),
        ]
        shown["condition"] = clock.when?.source.trimmingSpaces
        return shown
    }

    private var measures: [String: Any] {
        words.table(
            text("measures"), ["rule_measure", "rule_unit", "rule_dimensions", "rule_law"],
            kind.measures.map { measure in
                [
                    .noted(measure.name.text(language), note: measure.id),
                    .text(measure.unit?.text(language) ?? ""),
                    .text(measure.dimensions.map(fieldName).joined(separator: words.comma)),
                    .text(words.lawText(measure.citations)),
                ]
            })
    }

    private var judgements: [[String: Any]]? {
        let found = site.rulebook.judgements.values.filter { $0.kindID == kind.id }.sorted { $0.id < $1.id }
        guard !found.isEmpty else { return nil }
        return found.map {
            ["href": "/rules/judgements#judgement-" + $0.id, "text": $0.name.text(language)]
        }
    }

    // MARK: Examples

    private var examples: [[String: Any]] {
        let reading = ExampleReading(kind, words)
        return kind.examples.enumerated().map { index, example in reading.values(example, number: index + 1) }
    }
}
