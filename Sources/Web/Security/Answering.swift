import Figures
import HTTPTypes
import Hummingbird
import Logging
import Records
import Rulebooks
import Storage

/// Answers every request with a page: whatever goes wrong inside is told in words, and nothing internal leaks.
struct Answering: RouterMiddleware {
    typealias Context = SiteContext
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language =
            APIAddress.isOfAPI(request) ? AcceptedLanguage.of(request) : Self.language(of: request)
        context.address = request.uri.string
        if let number = RequestNumber.given(request, trusted: site.settings.trustsProxy) {
            context.logger[metadataKey: "hb.request.id"] = "\(number)"
        }
        let start = ContinuousClock.now
        site.metrics.began()
        var response: Response
        do {
            try admit(request)
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request, context)
        }
        let elapsed = ContinuousClock.now - start
        site.metrics.answered(
            request.method, route: context.endpointPath, status: response.status.code, in: elapsed)
        context.logger.info("request", metadata: facts(of: request, response, elapsed, context))
        if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = context.id }
        return response
    }

    /// Refuses what is not for this site, or more than is taken, before anything is looked up for it.
    private func admit(_ request: Request) throws(PageProblem) {
        let hosts = site.settings.hosts
        if !hosts.isEmpty, !hosts.contains(Self.host(request.head.authority)) { throw .wrongHost }
        let allowed = site.settings.limits.body(request.method, request.uri.path).bytes
        if let length = request.headers[.contentLength], Int(length) ?? .max > allowed { throw .tooLarge }
    }

    /// The name in `Host`, without the port.
    private static func host(_ authority: String?) -> String {
        guard let authority = authority?.lowercased() else { return "" }
        guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else { return authority }
        return String(authority[..<colon])
    }

    /// What the log keeps of a request: no query and no body, since they hold what people entered.
    private func facts(
        of request: Request, _ response: Response, _ elapsed: Duration, _ context: SiteContext
    ) -> Logger.Metadata {
        let (seconds, attoseconds) = elapsed.components
        var facts: Logger.Metadata = [
            "method": "\(request.method.rawValue)",
            "path": "\(LoggedPath.text(request.uri.path, route: context.endpointPath))",
            "status": .stringConvertible(response.status.code),
            "microseconds": .stringConvertible(Int(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)),
            "address": "\(site.sender(of: request, context))",
        ]
        if let route = context.endpointPath { facts["route"] = "\(route)" }
        if let login = context.notes.signedInAs { facts["login"] = "\(login)" }
        return facts
    }

    private func answer(to error: any Error, _ request: Request, _ context: SiteContext) -> Response {
        if APIAddress.isOfAPI(request) {
            let methods = APIRoute.methods(of: request.uri.path)
            if !methods.isEmpty, !methods.contains(request.method.rawValue) {
                return ProblemDocument(APIProblem.methodNotAllowed(methods))
                    .response(context.language, request: context.id)
            }
            return ProblemDocument(error, context).response(context.language, request: context.id)
        }
        switch error {
        case PageProblem.signInNeeded where request.method == .get:
            return Site.redirect(to: "/sign-in?returnTo=" + FormFields.encoded(context.address))
        case let problem as PageProblem:
            site.metrics.problem(problem.code)
            var response = site.problemPage(
                status: problem.status, code: problem.code, messages: [problem.message], context)
            if case .tooMany(let seconds) = problem { response.headers[.retryAfter] = "\(seconds)" }
            if case .busy = problem { response.headers[.retryAfter] = "10" }
            return response
        case let refusal as Refusal:
            let reasons = refusal.reasons
            for reason in reasons { site.metrics.problem(reason.code.rawValue) }
            return site.problemPage(
                status: .init(code: reasons.first?.code.httpStatus ?? 422),
                code: reasons.first?.code.rawValue ?? "",
                messages: reasons.map(\.words),
                context)
        case let problem as FigureProblem:
            return site.problemPage(
                status: problem.httpStatus, code: problem.code, messages: [problem.message], context)
        case let problem as StoreProblem:
            context.logger.error("storage", metadata: ["problem": "\(problem)"])
            site.metrics.problem("WEB-0109")
            return site.problemPage(
                status: .serviceUnavailable, code: "WEB-0109",
                messages: [
                    Bilingual(
                        zh: "数据库暂时不可用，您的操作没有生效。请稍后再试。",
                        en: "The database is unavailable for the moment; nothing was done. Try again later.")
                ], context)
        case let error as any HTTPResponseError:
            let problem: PageProblem = error.status == .notFound ? .notFound : .malformed
            site.metrics.problem(problem.code)
            return site.problemPage(
                status: error.status, code: problem.code, messages: [problem.message], context)
        default:
            context.logger.error("unexpected", metadata: ["error": "\(error)"])
            site.metrics.problem("WEB-0110")
            return site.problemPage(
                status: .internalServerError, code: "WEB-0110",
                messages: [
                    Bilingual(
                        zh: "系统出现未预料的问题，您的操作没有生效。请把下面的请求编号告诉管理员。",
                        en:
                            "Something unforeseen went wrong; nothing was done. Tell an administrator the request's number below."
                    )
                ], context)
        }
    }

    /// The language asked for in the address, else the one chosen before, else Chinese unless the browser prefers English.
    private static func language(of request: Request) -> Language {
        if let asked = FormFields(urlEncoded: request.uri.query ?? "")?["lang"], let known = language(asked) {
            return known
        }
        if let cookie = request.cookies["lang"]?.value, let known = language(cookie) { return known }
        let accepted = request.headers[.acceptLanguage]?.lowercased() ?? ""
        return accepted.hasPrefix("en") ? .en : .zh
    }

    private static func language(_ text: String) -> Language? {
        switch text.lowercased() {
        case "zh", "zh-cn": .zh
        case "en": .en
        default: nil
        }
    }
}

extension FigureProblem {
    /// What asks for something that there is not cannot be answered; a sum too large is nobody's mistake.
    var httpStatus: HTTPResponse.Status {
        switch self {
        case .unknownRegion: .notFound
        case .overflow: .unprocessableContent
        default: .badRequest
        }
    }
}

extension Site {
    /// A page that says why there is no other.
    func problemPage(
        status: HTTPResponse.Status, code: String, messages: [Bilingual], _ context: SiteContext
    ) -> Response {
        let texts = messages.map { $0.text(context.language) }
        let heading = text(Self.headings[status.code] ?? "error_unprocessable", context)
        return response(
            Page(
                template: "error",
                values: [
                    "title": heading, "status": "\(status.code)",
                    "heading": heading, "explanation": texts.first ?? "",
                    "advice": [String](),
                    "reasons": texts.dropFirst().map { ["text": $0] } + [["text": code]],
                    "links": [
                        [
                            "href": context.visitor.isSignedIn ? "/desk" : "/",
                            "label": text(context.visitor.isSignedIn ? "to_desk" : "public_site", context),
                            "primary": true,
                        ]
                    ],
                    "reference": context.id,
                ], status: status), context)
    }

    private static let headings = [
        400: "error_bad_request", 401: "sign_in_first", 403: "error_forbidden", 404: "error_not_found",
        409: "error_conflict", 413: "error_too_large", 429: "error_too_many", 500: "error_internal",
        503: "error_internal",
    ]
}
