import Expressions
import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks

extension Site {
    /// The rulebook, for everybody to read: an enterprise sees what it is judged by.
    func addRules(to pages: RouterGroup<SiteContext>) {
        let history = RulebookHistory(office, archive: archive)
        // Comparing two rulebooks takes a second; no more than two visitors wait for it at once.
        let comparing = BoundedWork(label: "zhiheng.rulebooks", width: 2)
        pages.get("/rules") { [self] _, context in response(rules(context), context) }
        for part in RulebookPart.allCases where part.hasPage {
            pages.get(RouterPath(part.address)) { [self] _, context in
                response(RuleTables(self, context.language).page(part), context)
            }
        }
        pages.get("/rules/codes/:list") { [self] _, context in
            guard let list = rulebook.codeLists[try context.parameters.require("list")] else {
                throw PageProblem.notFound
            }
            return response(RuleTables(self, context.language).codeList(list), context)
        }
        pages.get("/rules/judged") { [self] _, context in
            response(JudgedReading(self, context.language).page, context)
        }
        pages.get("/rules/search") { [self] request, context in
            let query = try request.query()["q"] ?? ""
            return response(RuleSearch(self, context.language).page(query), context)
        }
        pages.get("/rules/changes") { [self] request, context in
            let asked = try request.query()["to"]
            let found = try await comparing.run { try RuleChanges.find(asked, in: history) }
            return response(RuleChanges(self, context.language).page(found), context)
        }
        pages.get("/rules/:kind") { [self] _, context in
            guard let kind = try rulebook.kind(context.parameters.require("kind")) else {
                throw PageProblem.notFound
            }
            return response(KindReading(self, kind, context.language).page, context)
        }
    }

    private func rules(_ context: SiteContext) -> Page {
        let language = context.language
        let words = RuleWords(self, language)
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
        let others = RulebookPart.allCases.filter { $0 != .contents }.map { part in
            [
                "href": part.address, "text": words.text(part.title),
                "detail": words.text(part.title + "_lead"),
            ]
        }
        return Page(
            template: "rulebook",
            values: [
                "title": text("rulebook", context), "heading": rulebook.name.text(language),
                "lead": renderer.text("rules_version", ["version": rulebook.version], language),
                "digest": String(rulebook.digest.prefix(16)), "families": shown,
                "others": [["heading": text("rules_parts", context), "rows": others]],
                "ruleLinks": words.links(.contents), "ruleQuery": "",
            ])
    }

    /// Where a rule can be read; nil when the rulebook in force has no such rule.
    func address(ofRule id: String, saying sentence: String) -> String? {
        for kind in rulebook.kindOrder.compactMap(rulebook.kind) {
            let all = kind.rules + ([kind.lifecycle.create] + kind.lifecycle.actions).flatMap(\.rules)
            if all.contains(where: { $0.id == id && sentence.contains($0.say.zh) }) {
                return "/rules/\(kind.id)#rule-\(id)"
            }
        }
        return nil
    }
}

/// The pages by which one finds one's way in the rulebook.
enum RulebookPart: String, CaseIterable {
    case contents, judged, deadlines, policies, judgements, codes, documents, roles, changes

    var address: String { self == .contents ? "/rules" : "/rules/" + rawValue }
    /// The key of its title among the texts; with `_lead` that of a sentence about it.
    var title: String { "rules_" + rawValue }
    /// Whether the page is made of tables alone.
    var hasPage: Bool { ![.contents, .judged, .changes].contains(self) }
}

/// Words that all pages of the rulebook share.
struct RuleWords {
    let site: Site
    let language: Language

    init(_ site: Site, _ language: Language) { (self.site, self.language) = (site, language) }

    var rulebook: Rulebook { site.rulebook }
    var comma: String { language == .zh ? "、" : ", " }

    func text(_ key: String, _ values: [String: String] = [:]) -> String {
        site.renderer.text(key, values, language)
    }

    /// The ways to the other pages.
    func links(_ current: RulebookPart?) -> [[String: Any]] {
        RulebookPart.allCases.map {
            ["href": $0.address, "label": text($0.title), "current": $0 == current]
        }
    }

    /// What every page of the rulebook names.
    func page(
        _ template: String, _ part: RulebookPart, crumbs: [(String, String)] = [], title: String? = nil,
        lead: String? = nil, _ values: [String: Any]
    ) -> Page {
        var values = values
        let title = title ?? text(part.title)
        values["title"] = title
        values["heading"] = title
        values["lead"] = lead ?? text(part.title + "_lead")
        values["crumbs"] = ([("/rules", text("rulebook"))] + crumbs).map { ["href": $0.0, "label": $0.1] }
        values["ruleLinks"] = links(part)
        values["ruleQuery"] = values["ruleQuery"] ?? ""
        return Page(template: template, values: values)
    }

    func laws(_ citations: [Citation]) -> [[String: Any]] {
        citations.map { citation in
            var law: [String: Any] = ["text": citation.title, "verified": citation.verified]
            law["note"] = citation.note
            return law
        }
    }

    func lawText(_ citations: [Citation]) -> String {
        citations.map { $0.title + ($0.verified ? "" : text("law_unverified_mark")) }.joined(
            separator: language == .zh ? "；" : "; ")
    }

    func day(_ day: CivilDate) -> String { Describing(site, language).day(day) }

    /// From when to when, in words; empty for what has no dates.
    func span(since: CivilDate?, until: CivilDate?) -> String {
        let start = since.flatMap { $0 == CivilDate.earliest ? nil : day($0) }
        switch (start, until.map(day)) {
        case (nil, nil): return ""
        case (let start?, nil): return text("span_since", ["since": start])
        case (nil, let end?): return text("span_until", ["until": end])
        case (let start?, let end?): return text("span_both", ["since": start, "until": end])
        }
    }

    func performers(_ by: [Performer]) -> String { by.map(performer).joined(separator: comma) }

    func performer(_ performer: Performer) -> String {
        switch performer {
        case .role(let id): rulebook.roles[id]?.name.text(language) ?? id
        case .responsible: text("responsible_party")
        case .system: text("the_system")
        }
    }

    func stepTime(_ term: TermLength) -> String {
        let length = TermLength(amount: Int(clamping: term.amount.magnitude), unit: term.unit).text(language)
        if term.amount == 0 { return text("step_at") }
        return text(term.amount < 0 ? "step_before" : "step_after", ["length": length])
    }

    func stepName(_ id: String) -> String {
        rulebook.codeLists["clock-step"]?.anyItem(id)?.name.text(language) ?? id
    }

    func documentName(_ id: String?) -> String? {
        id.flatMap { rulebook.documents[$0] }?.name.text(language)
    }

    /// When a clock is due, with the terms of all times.
    func due(_ clock: ClockDefinition, _ kind: Kind) -> String {
        switch clock.due {
        case .expression(let formula):
            let source = formula.source.trimmingSpaces
            if let field = kind.field(source) { return field.name.text(language) }
            return source
        case .within(let terms, let from):
            let start =
                from.map { formula -> String in
                    let source = formula.source.trimmingSpaces
                    return kind.field(source)?.name.text(language) ?? source
                } ?? text("due_from_state")
            let lengths = terms.map { term in
                let span = span(since: term.since, until: term.until)
                let length = term.item.text(language)
                return span.isEmpty ? length : language == .zh ? "\(length)（\(span)）" : "\(length) (\(span))"
            }
            return text(
                "due_within",
                ["from": start, "term": lengths.joined(separator: language == .zh ? "；" : "; ")])
        }
    }

    /// A step of a clock with what it does and to whom.
    func step(_ step: ClockStep) -> [String: Any] {
        var does = stepName(step.step)
        if let document = documentName(step.issues) {
            does += language == .zh ? "，制发《\(document)》" : ", issuing “\(document)”"
        }
        if step.isPublic { does += language == .zh ? "，并向社会公开" : ", made public" }
        var shown: [String: Any] = [
            "when": stepTime(step.at), "does": does, "to": text("addressee_" + step.addressee.rawValue),
        ]
        shown["condition"] = step.when?.source.trimmingSpaces
        return shown
    }

    /// A table as `part/table` names it; the last text of a row may be a law, which goes below.
    func table(_ caption: String, _ headings: [String], _ rows: [[Cell]]) -> [String: Any] {
        let headings = headings.map { text($0) }
        return [
            "caption": caption,
            "columns": headings.map {
                ["heading": $0, "figure": false, "ascending": false, "descending": false] as [String: Any]
            },
            "rows": rows.map { row in
                ["cells": zip(headings, row).map { heading, cell in cell.values(heading) }]
            },
        ]
    }

    /// What a cell shows.
    enum Cell: ExpressibleByStringLiteral {
        case text(String)
        case noted(String, note: String)
        case link(String, href: String)
        case code(String)

        init(stringLiteral value: String) { self = .text(value) }

        func values(_ heading: String) -> [String: Any] {
            var shown: [String: Any] = ["heading": heading, "hasActions": false]
            switch self {
            case .text(let text): if !text.isEmpty { shown["text"] = text }
            case .noted(let text, let note):
                if !text.isEmpty { shown["text"] = text }
                if !note.isEmpty { shown["note"] = note }
            case .link(let text, let href): shown["link"] = ["href": href, "text": text]
            case .code(let code): if !code.isEmpty { shown["code"] = code }
            }
            return shown
        }
    }
}

extension String {
    /// The text on one line, without spaces around it.
    var trimmingSpaces: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
