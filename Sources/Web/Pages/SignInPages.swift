import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks

extension Site {
    func addSignIn(to pages: RouterGroup<SiteContext>) {
        pages.get("/sign-in") { [self] request, context in
            if context.visitor.isSignedIn, let sight = context.visitor.sight {
                return Self.redirect(to: startAddress(sight))
            }
            return signInPage(context, returnTo: try request.query()["returnTo"] ?? "")
        }
        pages.post("/sign-in") { [self] request, context in
            let fields = try await form(request, context)
            let attempt = SignIn.Attempt(
                login: fields["login"] ?? "", password: fields["password"] ?? "",
                address: sender(of: request, context), userAgent: request.headers[.userAgent] ?? "")
            return try await signIn(attempt, returnTo: fields["returnTo"] ?? "", context)
        }
        pages.post("/sign-in/code") { [self] request, context in
            let fields = try await form(request, context)
            guard var attempt = pendingSignIns.take(context.visitor.formToken, at: office.moment.seconds)
            else {
                return signInPage(
                    context, returnTo: fields["returnTo"] ?? "", failed: text("session_ended", context))
            }
            attempt.code = fields["code"] ?? ""
            return try await signIn(attempt, returnTo: fields["returnTo"] ?? "", context)
        }
        pages.post("/sign-out") { [self] request, context in
            _ = try await form(request, context)
            if let token = context.visitor.token { try SignIn(office).signOut(token, at: office.moment) }
            var response = Self.redirect(to: "/")
            response.headers.append(cookie(sessionCookie, nil))
            return response
        }
    }

    private func signIn(
        _ attempt: SignIn.Attempt, returnTo: String, _ context: SiteContext
    ) async throws -> Response {
        do {
            // Hashing a password takes long and much memory: off the threads that answer others.
            let outcome = try await hashing.run { [office] in
                try SignIn(office).signIn(attempt, replacing: context.visitor.token, at: office.moment)
            }
            switch outcome {
            case .signedIn(let token, let session):
                context.notes.signedInAs = session.actor.login
                metrics.signIn(.signedIn)
                let home =
                    returnTo.isEmpty
                    ? startAddress(Sight(of: session.actor, in: rulebook)) : Self.safeAddress(returnTo)
                var response = Self.redirect(to: home)
                response.headers.append(cookie(sessionCookie, token))
                return response
            case .codeNeeded:
                metrics.signIn(.codeNeeded)
                pendingSignIns.keep(attempt, for: context.visitor.formToken, at: office.moment.seconds)
                return codePage(context, returnTo: returnTo, login: attempt.login)
            }
        } catch let refusal as Refusal {
            metrics.signIn(refusal.has(.signInLocked) ? .locked : .refused)
            var page = signInPage(
                context, returnTo: returnTo, login: attempt.login,
                failed: refusal.reasons.first?.words.text(context.language))
            page.status = refusal.has(.signInLocked) ? .tooManyRequests : .unauthorized
            return page
        }
    }

    private func signInPage(
        _ context: SiteContext, returnTo: String, login: String = "", failed: String? = nil
    ) -> Response {
        var values = signInValues(context, returnTo: returnTo)
        values["login"] = login
        values["failed"] = failed
        return response(Page(template: "sign-in", values: values), context)
    }

    private func codePage(_ context: SiteContext, returnTo: String, login: String) -> Response {
        var values = signInValues(context, returnTo: returnTo)
        values["action"] = "/sign-in/code"
        values["name"] = login
        values["cancelHref"] = "/sign-in"
        return response(Page(template: "sign-in-code", values: values), context)
    }

    private func signInValues(_ context: SiteContext, returnTo: String) -> [String: Any] {
        [
            "title": text("sign_in", context), "action": "/sign-in", "returnTo": returnTo, "publicHref": "/",
            "navigation": [[String: Any]](),
        ]
    }
}
