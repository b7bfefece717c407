import Expressions
import Rulebooks

/// The pages of the rulebook that go across kinds: deadlines, thresholds, judgements, code lists, documents, roles.
struct RuleTables {
    let site: Site
    let language: Language
    let words: RuleWords

    init(_ site: Site, _ language: Language) {
        (self.site, self.language) = (site, language)
        words = RuleWords(site, language)
    }

    private var rulebook: Rulebook { site.rulebook }
    private var kinds: [Kind] { rulebook.kindOrder.compactMap(rulebook.kind) }
    private var today: CivilDate { site.office.today }
    private func text(_ key: String, _ values: [String: String] = [:]) -> String { words.text(key, values) }

    func page(_ part: RulebookPart) -> Page {
        let sections: [[String: Any]] =
            switch part {
            case .deadlines: deadlines
            case .policies: policies
            case .judgements: judgements + scorecards
            case .codes: codeLists
            case .documents: documents
            case .roles: roles
            case .contents, .judged, .changes: []
            }
        return words.page("rulebook-tables", part, ["sections": sections, "isEmpty": sections.isEmpty])
    }

    private func sorted<Item>(_ items: [String: Item]) -> [Item] {
        items.keys.sorted().compactMap { items[$0] }
    }

    /// A section of a page; its parts are there or not.
    private func section(
        _ heading: String, id: String, href: String? = nil, detail: String? = nil, laws: [Citation] = [],
        table: [String: Any]? = nil, matrix: [String: Any]? = nil, source: String? = nil
    ) -> [String: Any] {
        var section: [String: Any] = ["heading": heading, "id": id, "laws": words.laws(laws)]
        section["href"] = href
        section["detail"] = detail
        section["table"] = table
        section["matrix"] = matrix
        section["source"] = source
        return section
    }

    // MARK: Deadlines

    private var deadlines: [[String: Any]] {
        kinds.filter { !$0.clocks.isEmpty }.map { kind in
            let rows = kind.clocks.map { clock -> [RuleWords.Cell] in
                let states = kind.lifecycle.states.filter { clock.runsIn.contains($0.id) }
                let steps = clock.steps.map { step -> String in
                    let to = text("addressee_" + step.addressee.rawValue)
                    return
                        "\(words.stepTime(step.at))\(language == .zh ? "：" : ": ")\(words.stepName(step.step)) → \(to)"
                }
                return [
                    .noted(
                        clock.name.text(language),
                        note: clock.when.map { text("applies_when", ["condition": $0.source.trimmingSpaces]) }
                            ?? ""),
                    .text(words.due(clock, kind)),
                    .text(states.map { $0.name.text(language) }.joined(separator: words.comma)),
                    .text(steps.joined(separator: "\n")), .text(words.lawText(clock.citations)),
                ]
            }
            return section(
                kind.name.text(language), id: "kind-" + kind.id, href: "/rules/" + kind.id,
                table: words.table(
                    kind.name.text(language),
                    ["clock_name", "clock_due_heading", "clock_states", "clock_steps", "rule_law"], rows))
        }
    }

    // MARK: Thresholds

    private var policies: [[String: Any]] {
        sorted(rulebook.policies).map { policy in
            let current = policy.versions.inForce(on: today)?.since
            let rows = policy.versions.reversed().map { version -> [RuleWords.Cell] in
                let span = words.span(since: version.since, until: version.until)
                return [
                    .text(value(version.item, policy.unit)),
                    .noted(
                        span.isEmpty ? text("always") : span,
                        note: version.since == current ? text("in_force_now") : ""),
                    .text(words.lawText(version.citations)),
                ]
            }
            return section(
                policy.name.text(language), id: "policy-" + policy.id, detail: policy.id,
                table: words.table(
                    policy.name.text(language), ["policy_value", "policy_since", "rule_law"], rows))
        }
    }

    private func value(_ value: Value, _ unit: String?) -> String {
        let text: String
        switch value {
        case .bool(let flag): text = self.text(flag ? "word_yes" : "word_no")
        case .int(let number): text = String(number)
        case .decimal(let number): text = number.description
        case .string(let string): text = string
        case .date(let day): text = words.day(day)
        default: text = ""
        }
        guard let unit, !unit.isEmpty else { return text }
        return language == .zh ? text + unit : "\(text) \(unit)"
    }

    // MARK: Judgements

    private var judgements: [[String: Any]] {
        sorted(rulebook.judgements).flatMap { judgement in
            judgement.versions.reversed().enumerated().map { index, version -> [String: Any] in
                let given = judged(by: judgement)
                var rows = version.item.rows.map { row -> [RuleWords.Cell] in
                    [
                        .text(given(row.give)),
                        .noted(row.say?.text(language) ?? "", note: row.formula.source.trimmingSpaces),
                        .text(row.clause ?? ""),
                    ]
                }
                if let otherwise = version.item.otherwise {
                    rows.append([.text(given(otherwise)), .text(text("judgement_otherwise")), ""])
                }
                let span = words.span(since: version.since, until: version.until)
                return section(
                    judgement.name.text(language), id: index == 0 ? "judgement-" + judgement.id : "",
                    detail: span.isEmpty ? nil : span, laws: version.citations,
                    table: words.table(
                        judgement.name.text(language),
                        ["judgement_gives", "judgement_when", "judgement_clause"],
                        rows))
            }
        }
    }

    /// The names of what a judgement gives, from the list of the field that it fills.
    private func judged(by judgement: Judgement) -> (String) -> String {
        var list: CodeList?
        for field in rulebook.kind(judgement.kindID)?.fields ?? [] {
            if case .judged(judgement.id)? = field.derivation, case .code(let id) = field.type {
                list = rulebook.codeLists[id]
            }
        }
        return { [language] id in list?.anyItem(id)?.name.text(language) ?? id }
    }

    private var scorecards: [[String: Any]] {
        sorted(rulebook.scorecards).flatMap { card in
            card.versions.reversed().map { version -> [String: Any] in
                let rows = version.item.items.map { item -> [RuleWords.Cell] in
                    [
                        .text(item.name.text(language)), .text(item.points.source.trimmingSpaces),
                        .text(item.when?.source.trimmingSpaces ?? text("always")),
                        .text(words.lawText(item.citations)),
                    ]
                }
                let grades = version.item.grades.map { "\($0.name.text(language)) ≥ \($0.from)" }
                let span = words.span(since: version.since, until: version.until)
                return section(
                    card.name.text(language), id: "scorecard-" + card.id,
                    detail: ([span] + grades).filter { !$0.isEmpty }.joined(separator: " · "),
                    laws: version.citations,
                    table: words.table(
                        card.name.text(language), ["score_item", "score_points", "score_when", "rule_law"],
                        rows))
            }
        }
    }

    // MARK: Code lists

    private var codeLists: [[String: Any]] {
        let rows = sorted(rulebook.codeLists).map { list -> [RuleWords.Cell] in
            let dates = list.versions.filter { !$0.isUndated }.map { words.day($0.since) }
            return [
                .link(list.name.text(language), href: "/rules/codes/" + list.id), .code(list.id),
                .text(String(list.items(on: nil).count)), .text(dates.joined(separator: words.comma)),
            ]
        }
        guard !rows.isEmpty else { return [] }
        return [
            section(
                text("rules_codes"), id: "codes",
                table: words.table(
                    text("rules_codes"), ["code_list", "code_id", "code_count", "code_versions"], rows))
        ]
    }

    /// One code list as a tree, the version in force first.
    func codeList(_ list: CodeList) -> Page {
        let versions = list.versions.reversed().map { version -> [String: Any] in
            let span = words.span(since: version.since, until: version.until)
            return [
                "heading": span.isEmpty ? text("code_items") : span, "laws": words.laws(version.citations),
                "lines": tree(version.item),
            ]
        }
        return words.page(
            "rulebook-codes", .codes, crumbs: [("/rules/codes", text("rules_codes"))],
            title: list.name.text(language), lead: list.id, ["versions": versions])
    }

    /// The items from the top down, each with how deep it lies. A circle, which the loader refuses, would end too.
    private func tree(_ items: [CodeItem]) -> [[String: Any]] {
        let known = Set(items.map(\.id))
        let children = Dictionary(grouping: items) { item in
            item.under.flatMap { known.contains($0) ? $0 : nil } ?? ""
        }
        var lines: [[String: Any]] = []
        var waiting = (children[""] ?? []).reversed().map { ($0, 1) }
        while let (item, depth) = waiting.popLast(), lines.count < 5_000 {
            var line: [String: Any] = [
                "name": item.name.text(language), "id": item.id, "depth": String(min(depth, 8)),
                "level": String(depth),
            ]
            line["code"] = item.code
            if !item.aliases.isEmpty {
                line["aliases"] = text("code_aliases", ["names": item.aliases.joined(separator: words.comma)])
            }
            if !item.successors.isEmpty {
                line["successors"] = text(
                    "code_successors", ["names": item.successors.joined(separator: words.comma)])
            }
            lines.append(line)
            waiting += (children[item.id] ?? []).reversed().map { ($0, depth + 1) }
        }
        return lines
    }

    // MARK: Documents

    private var documents: [[String: Any]] {
        sorted(rulebook.documents).map { document in
            let kind = rulebook.kind(document.kindID)
            var issuers: [String] = []
            for action in (kind.map { [$0.lifecycle.create] + $0.lifecycle.actions } ?? [])
            where action.issues == document.id {
                issuers.append(
                    text(
                        "document_by_action",
                        ["action": action.name.text(language), "by": words.performers(action.by)]))
            }
            for clock in kind?.clocks ?? [] {
                for step in clock.steps where step.issues == document.id {
                    issuers.append(
                        text(
                            "document_by_clock",
                            ["clock": clock.name.text(language), "when": words.stepTime(step.at)]))
                }
            }
            let rows: [[RuleWords.Cell]] = [
                [
                    .link(
                        kind?.name.text(language) ?? document.kindID, href: "/rules/" + document.kindID),
                    .code(document.numbering?.source ?? ""), .text(issuers.joined(separator: "\n")),
                ]
            ]
            let path = document.template.text(language)
            return section(
                document.name.text(language), id: "document-" + document.id, laws: document.citations,
                table: words.table(
                    document.name.text(language), ["document_of", "document_numbering", "document_issued"],
                    rows),
                source: rulebook.file(path).map {
                    TemplateWording(words, kind).text(String(decoding: $0, as: UTF8.self))
                })
        }
    }

    // MARK: Who may do what

    private var roles: [[String: Any]] {
        let roles = sorted(rulebook.roles)
        let permissions = matrix(
            text("permissions"), columns: roles.map { $0.name.text(language) },
            rows: Permission.allCases.map { permission in
                (text("permission_" + permission.rawValue), roles.map { $0.permissions.contains(permission) })
            })
        let general = section(text("permissions"), id: "permissions", matrix: permissions)
        let performers = roles.map { Performer.role($0.id) } + [.responsible, .system]
        return [general] + kinds.map { kind in matrix(of: kind, performers) }
    }

    private func matrix(of kind: Kind, _ performers: [Performer]) -> [String: Any] {
        let lifecycle = kind.lifecycle
        var rows = ([lifecycle.create] + lifecycle.actions).map { ($0.name.text(language), $0.by) }
        if let amend = lifecycle.amend { rows.append((text("matrix_amend"), amend.by)) }
        if let void = lifecycle.void { rows.append((text("matrix_void"), void.by)) }
        // Whoever may do nothing here has no column.
        let active = performers.filter { performer in rows.contains { $0.1.contains(performer) } }
        let matrix = matrix(
            kind.name.text(language), columns: active.map(words.performer),
            rows: rows.map { name, by in (name, active.map(by.contains)) })
        return section(
            kind.name.text(language), id: "kind-" + kind.id, href: "/rules/" + kind.id, matrix: matrix)
    }

    private func matrix(
        _ caption: String, columns: [String], rows: [(name: String, marks: [Bool])]
    ) -> [String: Any] {
        [
            "caption": caption, "corner": text("matrix_corner"), "columns": columns,
            "rows": rows.map { row in
                [
                    "name": row.name,
                    "cells": zip(columns, row.marks).map { column, mark in
                        ["may": mark, "label": column] as [String: Any]
                    },
                ] as [String: Any]
            },
        ]
    }
}
