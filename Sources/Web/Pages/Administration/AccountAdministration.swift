import Expressions
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

/// Accounts, for the security administrator. What changes an account itself is an action on its record; passwords,
/// codes, locks and sessions lie beside it.
extension Site {
    func addAccountAdministration(to pages: RouterGroup<SiteContext>) {
        pages.get("/administration/accounts") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer])
            return response(try accountList(request.query(), actor, context), context)
        }
        pages.get("/administration/accounts/:login") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer])
            let login = try login(context)
            return try accountState(login, actor, context, done: request.query()["done"])
        }
        pages.post("/administration/accounts/:login/password") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer])
            let login = try login(context)
            return try await setPassword(of: login, actor, try await form(request, context), context)
        }
        addAccountAct("unlock", to: pages) { service, login, actor, moment in
            try service.unlock(login, by: actor, at: moment)
        }
        addAccountAct("codes", to: pages) { service, login, actor, moment in
            try service.removeCodes(for: login, by: actor, at: moment)
        }
        addAccountAct("sessions", to: pages) { service, login, actor, moment in
            try service.endSessions(of: login, by: actor, at: moment)
        }
        pages.get("/administration/sessions") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer])
            return response(try sessionList(request.query(), actor, context), context)
        }
        pages.post("/administration/sessions/:id/end") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer])
            _ = try await form(request, context)
            guard let id = Int64(try context.parameters.require("id")) else { throw PageProblem.notFound }
            try SignIn(office).end(session: id, by: actor, at: office.moment)
            return Self.redirect(to: "/administration/sessions?done=session_ended_done")
        }
    }

    /// A button of an account's page that acts at once.
    private func addAccountAct(
        _ act: String, to pages: RouterGroup<SiteContext>,
        _ body: @escaping @Sendable (SignIn, String, Actor, Timestamp) throws -> Void
    ) {
        pages.post("/administration/accounts/:login/\(act)") { [self] request, context in
            let actor = try actor(context, anyOf: [.administer])
            let login = try login(context)
            _ = try await form(request, context)
            try body(SignIn(office), login, actor, office.moment)
            return Self.redirect(to: Self.href(ofAccount: login) + "?done=account_\(act)_done")
        }
    }

    private func login(_ context: SiteContext) throws -> String {
        guard let login = try context.parameters.require("login").removingPercentEncoding else {
            throw PageProblem.malformed
        }
        return login
    }

    static func href(ofAccount login: String) -> String {
        "/administration/accounts/" + FormFields.encoded(login)
    }

    // MARK: The list

    private func accountList(_ asked: FormFields, _ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let kind = rulebook.kind(Accounts.kindID)
        var query = AccountList.Query()
        query.text = asked.given("q") ?? ""
        (query.role, query.state) = (asked.given("role"), asked.given("state"))
        let page = max(0, min(10_000, Int(asked["page"] ?? "") ?? 0))
        (query.limit, query.offset) = (Self.pageSize, page * Self.pageSize)
        let (accounts, count) = try AccountList(office).accounts(query, as: actor)
        let counted = renderer.text(
            "list_count", ["count": Describing.grouped(count)], context.language)
        let roles = rulebook.roles.values.sorted { $0.id < $1.id }
        var values: [String: Any] = [
            "title": text("accounts", context), "heading": text("accounts", context), "countText": counted,
            "hasFilters": true, "filterAction": "/administration/accounts",
            "keptInputs": [[String: Any]](),
            "filters": [
                parts.textFilter("q", text("account_search", context), asked.given("q")),
                parts.choiceFilter(
                    "role", text("account_role", context), query.role, none: text("all", context),
                    roles.map { ($0.id, $0.name.text(context.language)) }),
                parts.choiceFilter(
                    "state", text("column_state", context), query.state, none: text("any_state", context),
                    (kind?.lifecycle.states ?? []).map { ($0.id, $0.name.text(context.language)) }),
            ],
            "emptyText": text("list_empty", context),
        ]
        if let kind, mayCreate(kind, context) {
            values["create"] = [
                "label": createLabel(kind, context.language), "href": "/records/\(kind.id)/new",
            ]
        }
        guard !accounts.isEmpty else { return Page(template: "accounts", values: values) }
        values["table"] = parts.table(
            text("accounts", context),
            [
                "login", "account_name", "account_role", "column_region", "column_state",
                "account_sign_in", "account_last",
            ], accounts.map { (Self.href(ofAccount: $0.login), parts.accountCells($0)) })
        var pager: [String: Any] = ["countText": counted]
        func link(_ page: Int) -> String {
            "/administration/accounts?" + asked.replacing("page", with: String(page)).encoded
        }
        if page > 0 { pager["previousHref"] = link(page - 1) }
        if (page + 1) * Self.pageSize < count { pager["nextHref"] = link(page + 1) }
        values["pager"] = pager
        return Page(template: "accounts", values: values)
    }

    // MARK: One account

    private static let accountMessages: Set<String> = [
        "account_unlock_done", "account_codes_done", "account_sessions_done", "account_password_done",
    ]

    private func accountState(
        _ login: String, _ actor: Actor, _ context: SiteContext, done: String? = nil,
        reasons: [RefusalReason] = []
    ) throws -> Response {
        let account: AccountState
        do {
            account = try AccountList(office).account(login, as: actor)
        } catch let refusal as Refusal where refusal.has(.recordNotFound) {
            throw PageProblem.notFound
        }
        guard let kind = rulebook.kind(Accounts.kindID) else { throw PageProblem.notFound }
        let parts = AdministrationParts(self, context)
        let found = FoundRecord(kind: kind, record: account.record)
        let sessions = try SignIn(office).sessions(of: login, as: actor, at: office.moment)
        let signIns = try SignIn(office).signIns(of: login, as: actor, limit: 20)
        let isOwn = login == actor.login
        let target = Self.href(ofAccount: login)
        let errors = Self.messages(reasons, context.language)
        var values: [String: Any] = [
            "title": login, "heading": account.name, "login": login, "recordHref": Self.href(of: found),
            "crumbs": [["href": "/administration/accounts", "label": text("accounts", context)]],
            "state": Describing(self, context.language).state(of: account.record, kind: kind),
            "facts": parts.accountFacts(account), "isOwn": isOwn,
            "mayAct": !isOwn && account.record.state == kind.lifecycle.initial,
            "passwordTarget": target + "/password",
            "passwordFields": [
                parts.input(
                    "password", text("password_first", context), type: "password",
                    help: renderer.text(
                        "password_rules",
                        [
                            "shortest": String(PasswordRules.shortest),
                            "longest": String(PasswordRules.longest),
                        ], context.language), autocomplete: "new-password", error: errors["password"],
                    prefix: "password")
            ],
            "acts": isOwn ? [] : parts.accountActs(account, target),
            "sessions": parts.sessionTable(sessions, own: context.visitor.session?.id, isOwn: false),
            "signIns": parts.signInTable(signIns, isOwn: true),
        ]
        if let done, Self.accountMessages.contains(done) {
            values["message"] = ["tone": "done", "text": text(done, context)]
        }
        values.merge(errorValues(reasons, prefix: "password", context.language)) { _, new in new }
        return response(
            Page(
                template: "account-state", values: values,
                status: reasons.isEmpty ? .ok : .unprocessableContent), context)
    }

    private func setPassword(
        of login: String, _ actor: Actor, _ fields: FormFields, _ context: SiteContext
    ) async throws -> Response {
        let password = fields["password"] ?? ""
        do {
            try await hashing.run { [office] in
                try SignIn(office).setPassword(
                    password, for: login, mustChange: true, by: actor, at: office.moment)
            }
        } catch let refusal as Refusal where refusal.has(.passwordUnsuitable) {
            return try accountState(login, actor, context, reasons: refusal.reasons)
        }
        return Self.redirect(to: Self.href(ofAccount: login) + "?done=account_password_done")
    }

    // MARK: Sessions of all

    private func sessionList(_ asked: FormFields, _ actor: Actor, _ context: SiteContext) throws -> Page {
        let parts = AdministrationParts(self, context)
        let login = asked.given("login")
        let all = try SignIn(office).sessions(of: login, as: actor, at: office.moment)
        var values: [String: Any] = [
            "title": text("my_sessions", context), "heading": text("my_sessions", context),
            "lead": renderer.text(
                "sessions_lead", ["count": Describing.grouped(all.count)], context.language),
            "hasFilters": true, "filterAction": "/administration/sessions",
            "keptInputs": [[String: Any]](),
            "filters": [parts.textFilter("login", text("login", context), login)],
            "emptyText": text("sessions_none", context),
        ]
        if !all.isEmpty {
            values["table"] = parts.sessionTable(
                Array(all.prefix(500)), own: context.visitor.session?.id, isOwn: false)
        }
        if asked["done"] == "session_ended_done" {
            values["message"] = ["tone": "done", "text": text("session_ended_done", context)]
        }
        return Page(template: "sessions", values: values)
    }
}

// MARK: - Parts

extension AdministrationParts {
    func accountCells(_ account: AccountState) -> [[String: Any]] {
        let kind = site.rulebook.kind(Accounts.kindID)
        let state = kind.map { Describing(site, language).state(of: account.record, kind: $0) }
        let tone = state?["tone"] as? String ?? "void"
        let label = state?["label"] as? String ?? account.record.state
        let href = Site.href(ofAccount: account.login)
        return [
            cell(link: href, account.login), cell(account.name), cell(role(account.role)),
            cell(region(account.record.region)),
            cell(state: tone == "done" ? "done" : "void", label), signInCell(account),
            cell(moment(account.lastSignedInAt)),
        ]
    }

    private func signInCell(_ account: AccountState) -> [String: Any] {
        if let until = account.lockedUntil {
            return cell(state: "late", text("account_locked"), note: moment(until))
        }
        if !account.hasPassword { return cell(state: "void", text("account_no_password")) }
        if account.mustChange { return cell(state: "soon", text("account_must_change")) }
        return account.wantsCodes
            ? cell(state: "done", text("account_two_steps")) : cell(text("account_password_only"))
    }

    func accountFacts(_ account: AccountState) -> [[String: Any]] {
        func fact(_ key: String, _ text: String) -> [String: Any] {
            ["label": self.text(key), "wide": false, "none": false, "text": text]
        }
        let password =
            !account.hasPassword
            ? text("account_no_password")
            : account.mustChange ? text("account_must_change") : text("account_has_password")
        let codes =
            account.wantsCodes
            ? text("codes_on") + " · " + text("recovery_left", ["count": String(account.recoveryCodes)])
            : text("codes_off")
        return [
            fact("login", account.login), fact("account_role", role(account.role)),
            fact("column_region", region(account.record.region)), fact("password", password),
            fact("second_factor", codes),
            fact("account_lock", account.lockedUntil.map { moment($0) } ?? text("account_not_locked")),
            fact("account_last", moment(account.lastSignedInAt)),
            fact("my_sessions", String(account.sessions)),
        ]
    }

    func accountActs(_ account: AccountState, _ target: String) -> [[String: Any]] {
        var acts: [[String: Any]] = []
        func add(_ key: String, _ path: String, danger: Bool) {
            acts.append(["label": text(key), "target": target + path, "danger": danger])
        }
        if account.lockedUntil != nil { add("unlock", "/unlock", danger: false) }
        if account.sessions > 0 { add("account_end_sessions", "/sessions", danger: true) }
        if account.wantsCodes { add("account_reset_codes", "/codes", danger: true) }
        return acts
    }

    /// Sessions as a table; without any, a table of no rows.
    func sessionTable(_ sessions: [SessionSummary], own: Int64?, isOwn: Bool) -> [String: Any] {
        let columns =
            (isOwn ? [] : ["login"])
            + ["session_address", "session_browser", "session_began", "session_seen", ""]
        return table(
            text("my_sessions"), columns,
            sessions.map { session in
                let target = isOwn ? "/account/sessions" : "/administration/sessions"
                let isThis = session.id == own
                var cells: [[String: Any]] = isOwn ? [] : [cell(session.login)]
                cells += [
                    cell(session.address), cell(Self.browser(session.userAgent)),
                    cell(moment(session.beganAt)), cell(moment(session.seenAt)),
                    isThis
                        ? cell(state: "open", text("this_session"))
                        : cell(actions: [(text("end_session"), "\(target)/\(session.id)/end")]),
                ]
                return (nil, cells)
            })
    }

    /// The name and system that a browser gives itself, in a few words.
    static func browser(_ agent: String) -> String {
        let systems = ["HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"]
        let names = ["MicroMessenger", "Edg", "OPR", "Firefox", "Chrome", "Safari"]
        let shown = ["MicroMessenger": "WeChat", "Edg": "Edge", "OPR": "Opera", "Mac OS X": "macOS"]
        let found = [
            names.first { agent.contains($0 + "/") }, systems.first { agent.contains($0) },
        ].compactMap(\.self).map { shown[$0] ?? $0 }
        return found.isEmpty ? String(agent.prefix(60)) : found.joined(separator: " · ")
    }
}
