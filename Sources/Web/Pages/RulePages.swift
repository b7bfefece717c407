import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks

extension Site {
    /// The rulebook, for everybody to read: an enterprise sees what it is judged by.
    func addRules(to pages: RouterGroup<SiteContext>) {
        pages.get("/rules") { [self] _, context in response(rules(context), context) }
        pages.get("/rules/:kind") { [self] _, context in
            guard let kind = try rulebook.kind(context.parameters.require("kind")) else {
                throw PageProblem.notFound
            }
            return response(RuleReading(self, kind, context.language).page, context)
        }
    }

    private func rules(_ context: SiteContext) -> Page {
        let language = context.language
        let families: [(Family, String)] = [
            (.matter, "matters"), (.register, "registers"), (.return, "returns"),
        ]
        let shown = families.compactMap { family, key -> [String: Any]? in
            let kinds = rulebook.kindOrder.compactMap(rulebook.kind).filter { $0.family == family }
            guard !kinds.isEmpty else { return nil }
            return [
                "heading": text(key, context),
                "kinds": kinds.map { kind in
                    [
                        "href": "/rules/" + kind.id, "label": kind.name.text(language), "identifier": kind.id,
                        "detail": renderer.text(
                            "kind_detail",
                            [
                                "states": String(kind.lifecycle.states.count),
                                "actions": String(kind.lifecycle.actions.count),
                                "clocks": String(kind.clocks.count),
                            ], language),
                    ]
                },
            ]
        }
        return Page(
            template: "rulebook",
            values: [
                "title": text("rulebook", context), "heading": rulebook.name.text(language),
                "lead": rulebook.version, "digest": String(rulebook.digest.prefix(16)), "families": shown,
                "others": [[String: Any]](),
            ])
    }
}

/// One kind of the rulebook in words.
private struct RuleReading {
    let site: Site
    let kind: Kind
    let language: Language

    init(_ site: Site, _ kind: Kind, _ language: Language) {
        (self.site, self.kind, self.language) = (site, kind, language)
    }

    private func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    private var comma: String { language == .zh ? "、" : ", " }

    var page: Page {
        Page(
            template: "rulebook-kind",
            values: [
                "title": kind.name.text(language), "heading": kind.name.text(language), "identifier": kind.id,
                "crumbs": [["href": "/rules", "label": text("rulebook")]], "laws": laws(kind.citations),
                "states": kind.lifecycle.states.map { state in
                    let closes = kind.lifecycle.closed.contains(state.id)
                    return [
                        "tone": closes ? "done" : "open", "label": state.name.text(language),
                        "closes": closes,
                    ]
                        as [String: Any]
                },
                "transitions": transitions, "fields": fields, "rules": rules, "clocks": clocks,
                "measures": measures as Any,
            ].filter { !($0.value is NoMeasures) })
    }

    private func laws(_ citations: [Citation]) -> [[String: Any]] {
        citations.map { citation in
            var law: [String: Any] = ["text": citation.title, "verified": citation.verified]
            law["note"] = citation.note
            return law
        }
    }

    private func stateName(_ id: String) -> String { kind.lifecycle.state(id)?.name.text(language) ?? id }

    private func fieldName(_ id: String) -> String { kind.field(id)?.name.text(language) ?? id }

    private func performers(_ by: [Performer]) -> String {
        by.map { performer in
            switch performer {
            case .role(let id): site.rulebook.roles[id]?.name.text(language) ?? id
            case .responsible: text("responsible_party")
            case .system: text("the_system")
            }
        }.joined(separator: comma)
    }

    private func table(_ caption: String, _ headings: [String], _ rows: [[String]]) -> [String: Any] {
        let headings = headings.map { text($0) }
        return [
            "caption": caption,
            "columns": headings.map {
                ["heading": $0, "figure": false, "ascending": false, "descending": false] as [String: Any]
            },
            "rows": rows.map { row in
                [
                    "cells": zip(headings, row).map { heading, cell -> [String: Any] in
                        var shown: [String: Any] = ["heading": heading, "hasActions": false]
                        if !cell.isEmpty { shown["text"] = cell }
                        return shown
                    }
                ]
            },
        ]
    }

    private var transitions: [String: Any] {
        let create = kind.lifecycle.create
        let rows = [create] + kind.lifecycle.actions
        return table(
            text("actions"), ["rule_action", "rule_from", "rule_to", "rule_by", "rule_asks", "rule_law"],
            rows.map { rule in
                [
                    rule.name.text(language), rule.from.map(stateName).joined(separator: comma),
                    rule.to.map(stateName) ?? (rule.id == create.id ? stateName(kind.lifecycle.initial) : ""),
                    performers(rule.by), rule.asks.map(fieldName).joined(separator: comma),
                    rule.citations.map(\.title).joined(separator: comma),
                ]
            })
    }

    private var fields: [String: Any] {
        table(
            text("fields"), ["rule_field", "rule_type", "rule_required", "rule_help"],
            kind.fields.map { field in
                [
                    field.name.text(language), text("type_" + field.type.keyword),
                    field.derivation != nil ? text("derived") : field.required ? text("required") : "",
                    field.help?.text(language) ?? "",
                ]
            })
    }

    private var rules: [[String: Any]] {
        let all = kind.rules + kind.lifecycle.create.rules + kind.lifecycle.actions.flatMap(\.rules)
        return all.map { rule in
            var shown: [String: Any] = [
                "when": rule.formula.source, "say": rule.say.text(language), "laws": laws(rule.citations),
            ]
            shown["since"] = rule.since?.description
            return shown
        }
    }

    private var clocks: [[String: Any]] {
        kind.clocks.map { clock in
            let states = kind.lifecycle.states.filter { clock.runsIn.contains($0.id) }.map {
                $0.name.text(language)
            }
            let due: String
            switch clock.due {
            case .expression(let formula): due = formula.source
            case .within(let terms, _): due = terms.last?.item.text(language) ?? ""
            }
            return [
                "name": clock.name.text(language), "laws": laws(clock.citations),
                "detail": text("clock_detail", ["states": states.joined(separator: comma), "due": due]),
                "steps": clock.steps.map { step in
                    [
                        "when": stepTime(step.at),
                        "does": RecordReading(site.office, language: language).stepName(step.step),
                        "to": text("addressee_" + step.addressee.rawValue),
                    ]
                },
            ]
        }
    }

    private func stepTime(_ term: TermLength) -> String {
        let length = TermLength(amount: Int(term.amount.magnitude), unit: term.unit).text(language)
        if term.amount == 0 { return text("step_at") }
        return text(term.amount < 0 ? "step_before" : "step_after", ["length": length])
    }

    /// Stands for a table without rows, which the page leaves out.
    private struct NoMeasures {}

    private var measures: Any {
        guard !kind.measures.isEmpty else { return NoMeasures() }
        return table(
            text("measures"), ["rule_measure", "rule_unit", "rule_dimensions"],
            kind.measures.map { measure in
                [
                    measure.name.text(language), measure.unit?.text(language) ?? "",
                    measure.dimensions.map(fieldName).joined(separator: comma),
                ]
            })
    }
}
