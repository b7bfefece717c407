import Rulebooks

/// Who is let in by which route. A route that is not here fails the test, so that nobody forgets to ask.
enum RouteTable {
    /// Who is let in.
    enum Audience {
        /// Everybody, with or without an account.
        case everybody
        /// Whoever has signed in.
        case accounts
        /// Whoever has signed in with a role that may do one of these.
        case may(Set<Permission>)
        /// Whoever sees the record that the address names; nobody of another region or for another party.
        case whoSees
        /// Programs with a token.
        case tokens
        /// Whoever runs the machine.
        case operators
    }

    struct Rule {
        let audience: Audience
        /// An address of the route that leads somewhere; `OWN` and `OTHER` stand for numbers of records of one's own
        /// and of somebody else's. Nil where nothing is there to be shown, so that only refusals are looked at.
        let address: String?

        init(_ audience: Audience, _ address: String? = nil) {
            (self.audience, self.address) = (audience, address)
        }
    }

    private static let readers: Audience = .may([.read])
    private static let administrators: Audience = .may([.administer])
    private static let watchers: Audience = .may([.administer, .audit, .adopt])

    static let rules: [String: Rule] = [
        // The machine.
        "GET /health": .init(.everybody, "/health"), "GET /ready": .init(.everybody, "/ready"),
        "GET /metrics": .init(.operators, "/metrics"), "GET /assets/{name}": .init(.everybody),
        // Everybody.
        "GET /": .init(.everybody, "/"), "GET /verify": .init(.everybody, "/verify"),
        "POST /verify": .init(.everybody), "GET /verify/figure": .init(.everybody),
        "GET /search": .init(.everybody, "/search?q=%E9%9A%90%E6%82%A3"),
        "GET /rules": .init(.everybody, "/rules"),
        "GET /rules/{kind}": .init(.everybody, "/rules/hazard"), "GET /rules/changes": .init(.everybody),
        "GET /rules/codes/{list}": .init(.everybody), "GET /rules/judged": .init(.everybody),
        "GET /rules/search": .init(.everybody), "GET /public/search": .init(.everybody),
        "GET /public/{kind}": .init(.everybody), "GET /public/{kind}/{number}": .init(.everybody),
        "GET /public/party/{code}": .init(.everybody), "GET /open-data": .init(.everybody),
        "GET /open-data/{file}": .init(.everybody), "GET /open-data/codes.csv": .init(.everybody),
        "GET /open-data/dictionary.csv": .init(.everybody),
        "GET /open-data/dictionary.json": .init(.everybody),
        "GET /open-data/figures.csv": .init(.everybody), "GET /file/{kind}": .init(.everybody),
        "POST /file/{kind}": .init(.everybody), "GET /receipt": .init(.everybody),
        "POST /receipt": .init(.everybody),
        // Signing in and out.
        "GET /sign-in": .init(.everybody), "POST /sign-in": .init(.everybody),
        "POST /sign-in/code": .init(.everybody),
        "POST /sign-out": .init(.everybody),
        // One's own account.
        "GET /desk": .init(.accounts, "/desk"), "GET /account": .init(.accounts, "/account"),
        "GET /account/password": .init(.accounts, "/account/password"),
        "POST /account/password": .init(.accounts),
        "POST /account/codes/begin": .init(.accounts), "POST /account/codes/confirm": .init(.accounts),
        "POST /account/codes/recovery": .init(.accounts), "POST /account/codes/remove": .init(.accounts),
        "POST /account/language": .init(.accounts), "POST /account/sessions/{id}/end": .init(.accounts),
        "POST /account/sessions/end-others": .init(.accounts),
        // Records.
        "GET /records/{kind}": .init(readers, "/records/hazard"),
        "GET /records/{kind}/new": .init(.accounts), "POST /records/{kind}/new": .init(.accounts),
        "POST /records/{kind}/new/check": .init(.accounts),
        "GET /records/{kind}/{number}": .init(.whoSees, "/records/hazard/OWN"),
        "GET /records/{kind}/{number}/amend": .init(.whoSees, nil),
        "POST /records/{kind}/{number}/amend": .init(.whoSees, nil),
        "POST /records/{kind}/{number}/void": .init(.whoSees, nil),
        "POST /records/{kind}/{number}/actions/{action}": .init(.whoSees, nil),
        "POST /records/{kind}/{number}/actions/{action}/check": .init(.whoSees, nil),
        "POST /records/{kind}/columns": .init(.accounts), "POST /records/{kind}/views": .init(.accounts),
        "POST /records/{kind}/export": .init(.may([.export])),
        "GET /records/{kind}/{number}/files/{digest}": .init(.whoSees, nil),
        "GET /documents/{number}": .init(.accounts), "GET /files/{digest}": .init(.accounts),
        "GET /lookup/records/{kind}": .init(.accounts), "GET /lookup/regions": .init(.accounts),
        "POST /drafts": .init(.accounts), "POST /drafts/discard": .init(.accounts),
        // Figures.
        "GET /dashboard": .init(readers), "GET /dashboard/{region}": .init(readers),
        "GET /figures": .init(readers),
        "GET /figures.csv": .init(readers),
        // Imports and jobs.
        "GET /imports": .init(.may([.import])), "GET /records/{kind}/import": .init(.may([.import])),
        "GET /records/{kind}/import/template.csv": .init(.may([.import])),
        "POST /records/{kind}/import": .init(.may([.import])), "GET /jobs/{id}": .init(.accounts),
        "GET /jobs/{id}/refused.csv": .init(.accounts), "POST /jobs/{id}/confirm": .init(.accounts),
        "POST /jobs/{id}/discard": .init(.accounts),
        // Administration.
        "GET /administration": .init(watchers), "GET /administration/accounts": .init(administrators),
        "GET /administration/accounts/{login}": .init(administrators),
        "POST /administration/accounts/{login}/password": .init(administrators),
        "GET /administration/audit": .init(.may([.audit])),
        "POST /administration/audit": .init(.may([.audit])),
        "GET /administration/log": .init(.may([.audit])),
        "GET /administration/log.csv": .init(.may([.audit])),
        "GET /administration/machine": .init(.may([.adopt])),
        "GET /administration/refusals": .init(.may([.audit])),
        "GET /administration/roles": .init(watchers), "GET /administration/rulebook": .init(.may([.adopt])),
        "POST /administration/rulebook": .init(.may([.adopt])),
        "GET /administration/sessions": .init(administrators),
        "POST /administration/sessions/{id}/end": .init(administrators),
        "GET /administration/sign-ins": .init(watchers),
        "POST /administration/backups": .init(.may([.adopt])),
        "POST /administration/backups/{id}/check": .init(.may([.adopt])),
    ]
}
