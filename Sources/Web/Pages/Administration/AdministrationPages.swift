import Hummingbird
import Office
import Records
import Rulebooks

/// What those see who keep the machine, the accounts and the trail: three administrators, none of whom sees the
/// pages of another.
extension Site {
    /// Who has any page of administration.
    static let administering: Set<Permission> = [.administer, .audit, .adopt, .operate]

    func addAdministration(to pages: RouterGroup<SiteContext>) {
        pages.get("/administration") { [self] _, context in
            let actor = try actor(context, anyOf: Self.administering)
            let entries = administrationEntries(actor, context.language)
            return response(
                Page(
                    template: "administration",
                    values: [
                        "title": text("administration", context), "heading": text("administration", context),
                        "lead": text("administration_lead", context), "entries": entries,
                    ]), context)
        }
        addAccountAdministration(to: pages)
        addRoles(to: pages)
        addLogs(to: pages)
        addAudit(to: pages)
        addMachine(to: pages)
        addRulebookAdoption(to: pages)
        addJobs(to: pages)
    }

    /// A page of administration, and what its visitors need.
    private struct Entry {
        let href: String
        let key: String
        let permissions: Set<Permission>
    }

    private static let entries = [
        Entry(href: "/administration/accounts", key: "accounts", permissions: [.administer]),
        Entry(href: "/administration/roles", key: "roles", permissions: administering),
        Entry(href: "/administration/sessions", key: "my_sessions", permissions: [.administer]),
        Entry(href: "/administration/sign-ins", key: "sign_in_log", permissions: [.administer, .audit]),
        Entry(href: "/administration/refusals", key: "refusal_log", permissions: [.administer, .audit]),
        Entry(href: "/administration/log", key: "audit_log", permissions: [.audit]),
        Entry(href: "/administration/audit", key: "audit", permissions: [.audit]),
        Entry(href: "/administration/machine", key: "machine", permissions: [.operate]),
        Entry(href: "/administration/rulebook", key: "rulebook_adoption", permissions: [.adopt]),
    ]

    /// The pages of administration that an actor may open.
    func administrationEntries(_ actor: Actor, _ language: Language) -> [[String: Any]] {
        Self.entries.filter { !actor.permissions.isDisjoint(with: $0.permissions) }.map { entry in
            [
                "href": entry.href, "label": renderer.text(entry.key, language),
                "detail": renderer.text(entry.key + "_detail", language),
            ]
        }
    }
}
