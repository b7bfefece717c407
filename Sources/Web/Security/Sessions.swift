import HTTPTypes
import Hummingbird
import Ledger
import Office

/// Finds out who asks, by the cookie of the session.
struct Sessions: RouterMiddleware {
    typealias Context = SiteContext
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let secret = request.cookies[site.formCookie]?.value
        let formSecret = secret.flatMap { Self.isSecret($0) ? $0 : nil }
        if let token = request.cookies[site.sessionCookie]?.value,
            let session = try SignIn(site.office).session(
                token, at: site.office.moment, isNoted: !site.machine.jobs.holdsDoor)
        {
            context.notes.signedInAs = session.actor.login
            context.visitor = Visitor(
                session: session, token: token, formToken: session.csrf,
                sight: Sight(of: session.actor, in: site.rulebook))
        } else {
            context.visitor = Visitor(
                session: nil, token: nil, formToken: formSecret ?? site.newSecret(),
                sight: .everybody(in: site.rulebook))
        }
        var response = try await next(request, context)
        // Whoever has not signed in proves with a cookie of its own that a form came from here.
        if !context.visitor.isSignedIn, formSecret == nil,
            response.headers[.contentType]?.hasPrefix("text/html") == true
        {
            response.headers.append(site.cookie(site.formCookie, context.visitor.formToken))
        }
        return response
    }

    private static func isSecret(_ text: String) -> Bool {
        text.utf8.count == Site.secretLength && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

extension Site {
    /// The names of the cookies; over HTTPS with the prefix by which browsers bind them to this host.
    var sessionCookie: String { settings.isSecure ? "__Host-zhiheng" : "zhiheng" }
    var formCookie: String { settings.isSecure ? "__Host-zhiheng-form" : "zhiheng-form" }

    static let secretLength = 32

    /// A text that nobody guesses.
    func newSecret() -> String {
        Hexadecimal.encode(office.randomBytes(Self.secretLength / 2))
    }

    /// A cookie that scripts cannot read and that other sites' requests do not carry; nil takes it away.
    func cookie(_ name: String, _ value: String?) -> HTTPField {
        var text = "\(name)=\(value ?? ""); Path=/; HttpOnly; SameSite=Lax"
        if settings.isSecure { text += "; Secure" }
        if value == nil { text += "; Max-Age=0" }
        return HTTPField(name: .setCookie, value: text)
    }

    /// The fields of a form that this visitor was given a page for.
    ///
    /// - Throws: `PageProblem.formExpired` when it does not carry the visitor's token, or comes from another site.
    func form(_ request: Request, _ context: SiteContext) async throws -> FormFields {
        try checkSender(request, context)
        try await waitForDoor()
        let fields = try await request.form()
        try checkToken(fields, context)
        return fields
    }

    func checkSender(_ request: Request, _ context: SiteContext) throws(PageProblem) {
        if let wait = formLimiter.note(sender(of: request, context), at: office.moment.seconds) {
            throw .tooMany(retryAfterSeconds: wait)
        }
        try checkSite(request)
    }

    /// Refuses what a browser says another site sent.
    func checkSite(_ request: Request) throws(PageProblem) {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let from = request.headers[name],
            from != "same-origin", from != "none"
        {
            throw .formExpired
        }
    }

    func checkToken(_ fields: FormFields, _ context: SiteContext) throws(PageProblem) {
        guard let token = fields["csrf"], !context.visitor.formToken.isEmpty else { throw .formExpired }
        if let session = context.visitor.session {
            guard session.accepts(csrf: token) else { throw .formExpired }
        } else if !Secrets.areEqual(Array(token.utf8), Array(context.visitor.formToken.utf8)) {
            throw .formExpired
        }
    }
}
