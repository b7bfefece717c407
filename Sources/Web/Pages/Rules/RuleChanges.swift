import Expressions
import Office
import Rulebooks

/// What changed when: every adoption of a rulebook, and one of them compared with the one before.
struct RuleChanges {
    /// What is shown, looked up.
    struct Found: Sendable {
        let adoptions: [RulebookAdoption]
        /// The place among them of the one to look at.
        let shown: Int
        /// What it changed; nil for the first one, and when it can no longer be read.
        let difference: RulebookDifference?
    }

    let site: Site
    let words: RuleWords

    init(_ site: Site, _ language: Language) {
        self.site = site
        words = RuleWords(site, language)
    }

    private var language: Language { words.language }
    /// The most changes shown on one page; a rulebook made anew would else fill the memory.
    private static let limit = 1_000

    /// Compares an adoption with the one before.
    ///
    /// - Parameter position: of the adoption to look at; the latest when it is nil or none.
    static func find(_ position: String?, in history: RulebookHistory) throws -> Found {
        let adoptions = try history.adoptions()
        let wanted = position.flatMap { UInt64($0) }
        let shown = adoptions.firstIndex { $0.position == wanted } ?? adoptions.startIndex
        guard adoptions.indices.contains(shown + 1) else {
            return Found(adoptions: adoptions, shown: shown, difference: nil)
        }
        return Found(
            adoptions: adoptions, shown: shown,
            difference: history.difference(from: adoptions[shown + 1], to: adoptions[shown]))
    }

    func page(_ found: Found) -> Page {
        var values: [String: Any] = [
            "adoptions": found.adoptions.enumerated().map { index, adoption in
                self.adoption(adoption, isShown: index == found.shown)
            },
            "isEmpty": found.adoptions.isEmpty, "hasChanges": false, "groups": [[String: Any]](),
        ]
        if found.adoptions.indices.contains(found.shown) {
            let adoption = found.adoptions[found.shown]
            values["changesHeading"] = words.text(
                "changes_of", ["version": adoption.version, "date": day(adoption)])
            let isFirst = !found.adoptions.indices.contains(found.shown + 1)
            if let difference = found.difference {
                show(difference, in: &values)
            } else {
                values["changesNote"] = words.text(isFirst ? "changes_first" : "changes_unreadable")
            }
        }
        return words.page("rulebook-changes", .changes, values)
    }

    private func day(_ adoption: RulebookAdoption) -> String {
        words.day(site.office.time.day(of: adoption.adoptedAt))
    }

    private func adoption(_ adoption: RulebookAdoption, isShown: Bool) -> [String: Any] {
        [
            "href": "/rules/changes?to=\(adoption.position)", "version": adoption.version,
            "date": day(adoption), "digest": String(adoption.digest.prefix(16)), "current": isShown,
            "entry": words.text("entry_number", ["number": String(adoption.position)]),
            "inForce": adoption.digest == site.rulebook.digest,
        ]
    }

    private func show(_ difference: RulebookDifference, in values: inout [String: Any]) {
        values["hasChanges"] = !difference.isEmpty
        values["changesNote"] =
            difference.isEmpty
            ? words.text("changes_none")
            : words.text(
                "changes_count",
                [
                    "added": String(difference.count(.added)), "removed": String(difference.count(.removed)),
                    "changed": String(difference.count(.changed)),
                ])
        var left = Self.limit
        values["groups"] = difference.byKind.map { kind, changes -> [String: Any] in
            let taken = changes.prefix(max(0, left))
            left -= taken.count
            let name = kind.flatMap { site.rulebook.kind($0)?.name ?? changes.first?.name }
            return [
                "heading": name?.text(language) ?? words.text("changes_general"),
                "changes": taken.map(Self.values(language)),
            ]
        }
        if difference.changes.count > Self.limit {
            values["changesMore"] = words.text(
                "changes_more", ["count": String(difference.changes.count - Self.limit)])
        }
    }

    /// A change as `part/rule-change` names it.
    static func values(_ language: Language) -> (RulebookDifference.Change) -> [String: Any] {
        { change in
            let tone =
                ["added": "done", "removed": "void", "changed": "open"][change.manner.rawValue] ?? "open"
            return [
                "manner": ["tone": tone, "label": change.manner.name.text(language)],
                "text":
                    "\(change.subject.name.text(language))\(language == .zh ? "“" : " “")\(change.name.text(language))”",
                "id": change.id,
                "details": change.details.prefix(60).map { detail -> [String: Any] in
                    var shown: [String: Any] = ["label": detail.label.text(language)]
                    shown["before"] = detail.before?.text(language)
                    shown["after"] = detail.after?.text(language)
                    return shown
                },
                "hasDetails": !change.details.isEmpty,
            ]
        }
    }
}
