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
        /// An address of the route that leads somewhere; nil where nothing is there to be shown, so that only
        /// refusals are looked at. `OWN` and `DOCUMENT` stand for the numbers of a record and of a document
        /// issued for it, first those of one's own region and party, then somebody else's.
        let address: String?
        /// What a form holds beside its token.
        let form: String

        init(_ audience: Audience, _ address: String? = nil, form: String = "") {
            (self.audience, self.address, self.form) = (audience, address, form)
        }
    }

    private static let readers: Audience = .may([.read])
    private static let creators: Audience = .may([.create])
    private static let importers: Audience = .may([.import])
    private static let administrators: Audience = .may([.administer])
    private static let auditors: Audience = .may([.audit])
    private static let adopters: Audience = .may([.adopt])
    private static let machinists: Audience = .may([.operate])
    /// Those who administer accounts, and those who audit them.
    private static let overseers: Audience = .may([.administer, .audit])
    private static let threeAdministrators: Audience = .may([.administer, .audit, .adopt, .operate])

    static let rules = [machine, open, accounts, records, figures, jobs, administration, programs]
        .reduce(into: [:]) { $0.merge($1) { _, second in second } }

    private static let machine: [String: Rule] = [
        "GET /health": .init(.everybody, "/health"), "GET /ready": .init(.everybody, "/ready"),
        "GET /metrics": .init(.operators, "/metrics"), "GET /assets/{name}": .init(.everybody),
    ]

    /// What everybody may read, file and ask, and signing in and out.
    private static let open: [String: Rule] = [
        "GET /": .init(.everybody, "/"), "GET /verify": .init(.everybody, "/verify"),
        "POST /verify": .init(.everybody), "GET /verify/figure": .init(.everybody),
        "GET /search": .init(.everybody, "/search?q=%E9%9A%90%E6%82%A3"),
        "GET /rules": .init(.everybody, "/rules"),
        "GET /rules/{kind}": .init(.everybody, "/rules/hazard"),
        "GET /rules/changes": .init(.everybody, "/rules/changes"),
        "GET /rules/codes": .init(.everybody, "/rules/codes"),
        "GET /rules/codes/{list}": .init(.everybody, "/rules/codes/hazard-grade"),
        "GET /rules/deadlines": .init(.everybody, "/rules/deadlines"),
        "GET /rules/documents": .init(.everybody, "/rules/documents"),
        "GET /rules/judged": .init(.everybody, "/rules/judged"),
        "GET /rules/judgements": .init(.everybody, "/rules/judgements"),
        "GET /rules/policies": .init(.everybody, "/rules/policies"),
        "GET /rules/roles": .init(.everybody, "/rules/roles"),
        "GET /rules/search": .init(.everybody, "/rules/search?q=%E9%9A%90%E6%82%A3"),
        "GET /public/search": .init(.everybody, "/public/search?q=%E9%9A%90%E6%82%A3"),
        "GET /public/{kind}": .init(.everybody, "/public/hazard"),
        "GET /public/{kind}/{number}": .init(.everybody), "GET /public/party/{code}": .init(.everybody),
        "GET /open-data": .init(.everybody, "/open-data"), "GET /open-data/{file}": .init(.everybody),
        "GET /open-data/codes.csv": .init(.everybody, "/open-data/codes.csv"),
        "GET /open-data/dictionary.csv": .init(.everybody, "/open-data/dictionary.csv"),
        "GET /open-data/dictionary.json": .init(.everybody, "/open-data/dictionary.json"),
        "GET /open-data/figures.csv": .init(.everybody, "/open-data/figures.csv"),
        "GET /file/{kind}": .init(.everybody, "/file/complaint"), "POST /file/{kind}": .init(.everybody),
        "GET /receipt": .init(.everybody, "/receipt"), "POST /receipt": .init(.everybody),
        "GET /sign-in": .init(.everybody), "POST /sign-in": .init(.everybody),
        "POST /sign-in/code": .init(.everybody), "POST /sign-out": .init(.everybody),
    ]

    /// One's own desk, account, drafts and files.
    private static let accounts: [String: Rule] = [
        "GET /desk": .init(.accounts, "/desk"), "GET /account": .init(.accounts, "/account"),
        "GET /account/password": .init(.accounts, "/account/password"),
        "POST /account/password": .init(.accounts),
        "POST /account/codes/begin": .init(.accounts), "POST /account/codes/confirm": .init(.accounts),
        "POST /account/codes/recovery": .init(.accounts), "POST /account/codes/remove": .init(.accounts),
        "POST /account/language": .init(.accounts), "POST /account/sessions/{id}/end": .init(.accounts),
        "POST /account/sessions/end-others": .init(.accounts),
        "POST /drafts": .init(.accounts), "POST /drafts/discard": .init(.accounts, "/drafts/discard"),
        "GET /files/{digest}": .init(.accounts),
        "GET /lookup/regions": .init(.accounts, "/lookup/regions?q=%E8%A5%BF"),
    ]

    /// Lists, records, documents and what is done with them. The records are hazards, to which no account
    /// refers, so nobody sees any without `read`.
    private static let records: [String: Rule] = [
        "GET /records/{kind}": .init(readers, "/records/hazard"),
        "POST /records/{kind}/columns": .init(readers, "/records/hazard/columns"),
        "POST /records/{kind}/views": .init(readers, "/records/hazard/views", form: "name=%E7%94%B2"),
        "POST /records/{kind}/export": .init(
            .may([.export]), "/records/hazard/export", form: "form=csv&query=all%3D1"),
        "GET /lookup/records/{kind}": .init(readers, "/lookup/records/hazard?q=%E9%9A%90%E6%82%A3"),
        "GET /records/{kind}/new": .init(creators), "POST /records/{kind}/new": .init(creators),
        "POST /records/{kind}/new/check": .init(creators),
        "GET /records/{kind}/{number}": .init(.whoSees, "/records/hazard/OWN"),
        "GET /records/{kind}/{number}/amend": .init(.whoSees),
        "POST /records/{kind}/{number}/amend": .init(.whoSees),
        "POST /records/{kind}/{number}/void": .init(.whoSees),
        "POST /records/{kind}/{number}/actions/{action}": .init(.whoSees),
        "POST /records/{kind}/{number}/actions/{action}/check": .init(.whoSees),
        "GET /records/{kind}/{number}/files/{digest}": .init(.whoSees),
        "GET /documents/{number}": .init(.whoSees, "/documents/DOCUMENT"),
    ]

    private static let figures: [String: Rule] = [
        "GET /dashboard": .init(readers), "GET /dashboard/{region}": .init(readers),
        "GET /figures": .init(readers), "GET /figures.csv": .init(.may([.export])),
    ]

    private static let jobs: [String: Rule] = [
        "GET /imports": .init(importers, "/imports"), "GET /records/{kind}/import": .init(importers),
        "GET /records/{kind}/import/template.csv": .init(importers),
        "POST /records/{kind}/import": .init(importers),
        "GET /jobs/{id}": .init(.accounts), "GET /jobs/{id}/refused.csv": .init(.accounts),
        "POST /jobs/{id}/confirm": .init(.accounts), "POST /jobs/{id}/discard": .init(.accounts),
    ]

    private static let administration: [String: Rule] = [
        "GET /administration": .init(threeAdministrators, "/administration"),
        "GET /administration/roles": .init(threeAdministrators, "/administration/roles"),
        "GET /administration/accounts": .init(administrators, "/administration/accounts"),
        "GET /administration/accounts/{login}": .init(administrators, "/administration/accounts/inspector"),
        "POST /administration/accounts/{login}/codes": .init(administrators),
        "POST /administration/accounts/{login}/password": .init(administrators),
        "POST /administration/accounts/{login}/sessions": .init(administrators),
        "POST /administration/accounts/{login}/unlock": .init(administrators),
        "GET /administration/sessions": .init(administrators, "/administration/sessions"),
        "POST /administration/sessions/{id}/end": .init(administrators),
        "GET /administration/sign-ins": .init(overseers, "/administration/sign-ins"),
        "GET /administration/refusals": .init(overseers, "/administration/refusals"),
        "GET /administration/log": .init(auditors, "/administration/log"),
        "GET /administration/log.csv": .init(auditors, "/administration/log.csv"),
        "GET /administration/audit": .init(auditors, "/administration/audit"),
        "POST /administration/audit": .init(auditors),
        "GET /administration/machine": .init(machinists, "/administration/machine"),
        "POST /administration/backups": .init(machinists),
        "POST /administration/backups/{id}/check": .init(machinists),
        "GET /administration/rulebook": .init(adopters, "/administration/rulebook"),
        "POST /administration/rulebook": .init(adopters),
    ]

    /// The API. Its explanation and the rulebook's parts are open; for all else no cookie lets anybody in.
    private static let programs: [String: Rule] = [
        "GET /api/v1": .init(.everybody, "/api/v1"),
        "GET /api/v1/problems": .init(.everybody, "/api/v1/problems"),
        "GET /api/v1/problems/{code}": .init(.everybody, "/api/v1/problems/API-0103"),
        "GET /api/v1/openapi.json": .init(.everybody, "/api/v1/openapi.json"),
        "GET /api/v1/kinds": .init(.everybody, "/api/v1/kinds"),
        "GET /api/v1/kinds/{kind}": .init(.everybody, "/api/v1/kinds/hazard"),
        "GET /api/v1/codes": .init(.everybody, "/api/v1/codes"),
        "GET /api/v1/codes/{list}": .init(.everybody, "/api/v1/codes/hazard-grade"),
        "GET /api/v1/regions": .init(.everybody, "/api/v1/regions"),
        "GET /api/v1/regions/{code}": .init(.everybody, "/api/v1/regions/330000000000"),
        "GET /api/v1/me": .init(.tokens),
        "GET /api/v1/records/{kind}": .init(.tokens), "POST /api/v1/records/{kind}": .init(.tokens),
        "GET /api/v1/records/{kind}/{number}": .init(.tokens),
        "GET /api/v1/records/{kind}/{number}/history": .init(.tokens),
        "GET /api/v1/records/{kind}/{number}/proof": .init(.tokens),
        "GET /api/v1/records/{kind}/{number}/files/{digest}": .init(.tokens),
        "POST /api/v1/records/{kind}/{number}/actions/{action}": .init(.tokens),
        "POST /api/v1/files": .init(.tokens),
        "GET /api/v1/documents/{number}": .init(.tokens, "/api/v1/documents/DOCUMENT"),
        "GET /api/v1/figures": .init(.tokens),
        "GET /api/v1/figures/{name}": .init(.tokens, "/api/v1/figures/hazards_found"),
        "GET /api/v1/ledger/checkpoint": .init(.tokens),
        "GET /api/v1/webhooks": .init(.tokens), "POST /api/v1/webhooks": .init(.tokens),
        "GET /api/v1/webhooks/{id}": .init(.tokens), "DELETE /api/v1/webhooks/{id}": .init(.tokens),
        "POST /api/v1/webhooks/{id}/resume": .init(.tokens),
        "GET /api/v1/webhooks/{id}/deliveries": .init(.tokens),
    ]
}
