import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks

/// One's own account: password, one-time codes, sessions, what signed in of late, language.
extension Site {
    func addAccount(to pages: RouterGroup<SiteContext>) {
        pages.get("/account") { [self] request, context in
            try accountPage(try session(context), context, done: request.query()["done"])
        }
        pages.get("/account/password") { [self] _, context in
            passwordPage(try session(context), context)
        }
        pages.post("/account/password") { [self] request, context in
            let session = try session(context)
            return try await changePassword(session, try await form(request, context), context)
        }
        pages.post("/account/sessions/:id/end") { [self] request, context in
            let session = try session(context)
            _ = try await form(request, context)
            guard let id = Int64(try context.parameters.require("id")), id != session.id,
                try SignIn(office).sessions(of: session.login, as: session.actor, at: office.moment)
                    .contains(where: { $0.id == id })
            else { throw PageProblem.notFound }
            try SignIn(office).end(session: id, by: session.actor, at: office.moment)
            return Self.redirect(to: "/account?done=session_ended_done")
        }
        pages.post("/account/sessions/end-others") { [self] request, context in
            let session = try session(context)
            _ = try await form(request, context)
            try SignIn(office).endSessions(
                of: session.login, except: session, by: session.actor, at: office.moment)
            return Self.redirect(to: "/account?done=session_ended_done")
        }
        pages.post("/account/language") { [self] request, context in
            let fields = try await form(request, context)
            var response = Self.redirect(to: Self.safeAddress(fields["returnTo"]))
            response.headers.append(languageCookie(fields["language"] == "en" ? "en" : "zh"))
            return response
        }
        addCodes(to: pages)
    }

    /// The session of whoever asks.
    func session(_ context: SiteContext) throws(PageProblem) -> ActiveSession {
        guard let session = context.visitor.session else { throw .signInNeeded }
        return session
    }

    /// Keeps the language for a year; it is no secret, and scripts have no use for it either.
    private func languageCookie(_ language: String) -> HTTPField {
        var field = cookie("lang", language)
        field.value += "; Max-Age=31536000"
        return field
    }

    // MARK: The page

    private func accountPage(
        _ session: ActiveSession, _ context: SiteContext, done: String? = nil
    ) throws -> Response {
        let parts = AdministrationParts(self, context)
        let service = SignIn(office)
        let state = try service.credentialState(of: session.login)
        let recovery = try office.store.read { try $0.recoveryCodeCount(login: session.login) }
        let sessions = try service.sessions(of: session.login, as: session.actor, at: office.moment)
        let signIns = try service.signIns(of: session.login, as: session.actor, limit: 10)
        var values: [String: Any] = [
            "title": text("my_account", context), "heading": text("my_account", context),
            "facts": [
                fact("login", session.login, context), fact("account_name", session.actor.name, context),
                fact("account_role", parts.role(session.actor.role), context),
                fact("column_region", parts.region(session.actor.region), context),
            ],
            "wantsCodes": state.wantsCodes, "passwordFields": passwordFields(parts, [:]),
            "codesState": state.wantsCodes
                ? ["tone": "done", "label": text("codes_on", context)]
                : ["tone": "draft", "label": text("codes_off", context)],
            "recoveryText": renderer.text(
                "recovery_left", ["count": String(recovery)], context.language),
            "codePassword": [codePassword(parts, "remove")],
            "renewPassword": [codePassword(parts, "renew")],
            "sessions": parts.sessionTable(sessions, own: session.id, isOwn: true),
            "hasOthers": sessions.count > 1,
            "signIns": parts.signInTable(signIns, isOwn: true),
            "isChinese": context.language == .zh,
        ]
        if let key = done, Self.accountMessages.contains(key) {
            values["message"] = ["tone": "done", "text": text(key, context)]
        }
        return response(Page(template: "account", values: values), context)
    }

    /// What the page may be asked to say was done.
    private static let accountMessages: Set<String> = [
        "password_changed", "session_ended_done", "codes_turned_off",
    ]

    private func fact(_ key: String, _ text: String, _ context: SiteContext) -> [String: Any] {
        ["label": self.text(key, context), "wide": false, "none": false, "text": text]
    }

    // MARK: The password

    private func passwordFields(
        _ parts: AdministrationParts, _ errors: [String: String]
    ) -> [[String: Any]] {
        [
            parts.input(
                "old", parts.text("password_old"), type: "password", autocomplete: "current-password",
                error: errors["old"], prefix: "password"),
            parts.input(
                "password", parts.text("password_new"), type: "password",
                help: parts.text(
                    "password_rules",
                    [
                        "shortest": String(PasswordRules.shortest), "longest": String(PasswordRules.longest),
                    ]), autocomplete: "new-password", error: errors["password"], prefix: "password"),
            parts.input(
                "again", parts.text("password_again"), type: "password", autocomplete: "new-password",
                error: errors["again"], prefix: "password"),
        ]
    }

    private func passwordPage(
        _ session: ActiveSession, _ context: SiteContext, reasons: [RefusalReason] = [],
        errors: [String: String] = [:]
    ) -> Response {
        let parts = AdministrationParts(self, context)
        var values: [String: Any] = [
            "title": text("change_password", context), "heading": text("change_password", context),
            "isForced": session.mustChangePassword, "passwordFields": passwordFields(parts, errors),
        ]
        // Nothing else can be done yet, so nothing else is offered.
        if session.mustChangePassword { values["navigation"] = [[String: Any]]() }
        values.merge(errorValues(reasons, prefix: "password", context.language)) { _, new in new }
        return response(
            Page(
                template: "account-password", values: values,
                status: reasons.isEmpty ? .ok : .unprocessableContent), context)
    }

    private func changePassword(
        _ session: ActiveSession, _ fields: FormFields, _ context: SiteContext
    ) async throws -> Response {
        let (old, new) = (fields["old"] ?? "", fields["password"] ?? "")
        do {
            guard new == fields["again"] else {
                throw Refusal(
                    RefusalReason(
                        .passwordUnsuitable, field: "again", "两次输入的新口令不同。",
                        "The two new passwords differ."))
            }
            try await hashing.run { [office] in
                try SignIn(office).changePassword(of: session, from: old, to: new, at: office.moment)
            }
            return Self.redirect(to: "/account?done=password_changed")
        } catch let refusal as Refusal {
            var reasons = refusal.reasons
            for index in reasons.indices where reasons[index].code == .signInRefused {
                reasons[index].field = "old"
                reasons[index].sentence = "原口令不正确。"
                reasons[index].sentenceEnglish = "The present password is not right."
            }
            return passwordPage(
                session, context, reasons: reasons, errors: Self.messages(reasons, context.language))
        }
    }

    /// The sentences of reasons by the fields they concern.
    static func messages(_ reasons: [RefusalReason], _ language: Language) -> [String: String] {
        Dictionary(
            reasons.compactMap { reason in reason.field.map { ($0, reason.words.text(language)) } },
            uniquingKeysWith: { first, _ in first })
    }

    fileprivate func codePassword(_ parts: AdministrationParts, _ prefix: String) -> [String: Any] {
        parts.input(
            "password", parts.text("password_old"), type: "password", autocomplete: "current-password",
            prefix: prefix)
    }
}

// MARK: - One-time codes

extension Site {
    private func addCodes(to pages: RouterGroup<SiteContext>) {
        pages.post("/account/codes/begin") { [self] request, context in
            let session = try session(context)
            _ = try await form(request, context)
            return try codesPage(
                try SignIn(office).prepareCodes(for: session, at: office.moment), session, context)
        }
        pages.post("/account/codes/confirm") { [self] request, context in
            let session = try session(context)
            let fields = try await form(request, context)
            do {
                let codes = try SignIn(office).confirmCodes(
                    for: session, code: fields["code"] ?? "", at: office.moment)
                return recoveryPage(codes, context)
            } catch let refusal as Refusal where refusal.has(.signInRefused) {
                guard let enrolment = try SignIn(office).pendingCodes(for: session) else { throw refusal }
                return try codesPage(enrolment, session, context, isWrong: true)
            }
        }
        pages.post("/account/codes/remove") { [self] request, context in
            let session = try session(context)
            let password = try await form(request, context)["password"] ?? ""
            try await hashing.run { [office] in
                try SignIn(office).removeCodes(of: session, password: password, at: office.moment)
            }
            return Self.redirect(to: "/account?done=codes_turned_off")
        }
        pages.post("/account/codes/recovery") { [self] request, context in
            let session = try session(context)
            let password = try await form(request, context)["password"] ?? ""
            let codes = try await hashing.run { [office] in
                try SignIn(office).renewRecoveryCodes(of: session, password: password, at: office.moment)
            }
            return recoveryPage(codes, context)
        }
    }

    private func codesPage(
        _ enrolment: CodeEnrolment, _ session: ActiveSession, _ context: SiteContext, isWrong: Bool = false
    ) throws -> Response {
        let parts = AdministrationParts(self, context)
        var code = parts.input(
            "code", text("second_step_code", context), help: text("second_step_help", context),
            autocomplete: "one-time-code",
            error: isWrong ? text("second_step_failed", context) : nil, prefix: "codes")
        code["maxlength"] = "10"
        let values: [String: Any] = [
            "title": text("codes_begin", context), "heading": text("codes_begin", context),
            "secret": enrolment.secret, "address": enrolment.address, "codeFields": [code],
        ]
        return response(
            Page(
                template: "account-codes", values: values,
                status: isWrong ? .unprocessableContent : .ok), context)
    }

    private func recoveryPage(_ codes: [String], _ context: SiteContext) -> Response {
        response(
            Page(
                template: "account-recovery",
                values: [
                    "title": text("recovery_codes", context), "heading": text("recovery_codes", context),
                    "codes": codes, "allCodes": codes.joined(separator: "\n"),
                ]), context)
    }
}
