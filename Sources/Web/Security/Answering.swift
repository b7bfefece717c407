import HTTPTypes
import Hummingbird
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
        context.language = Self.language(of: request)
        context.address = request.uri.string
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, request, context)
        }
        let elapsed = (ContinuousClock.now - start).components
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "path": "\(request.uri.path)",
                "status": "\(response.status.code)",
                "microseconds": "\(elapsed.seconds * 1_000_000 + elapsed.attoseconds / 1_000_000_000_000)",
            ])
        if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = context.id }
        return response
    }

    private func answer(to error: any Error, _ request: Request, _ context: SiteContext) -> Response {
        switch error {
        case PageProblem.signInNeeded where request.method == .get:
            return Site.redirect(to: "/sign-in?returnTo=" + FormFields.encoded(context.address))
        case let problem as PageProblem:
            var response = site.problemPage(
                status: problem.status, code: problem.code, messages: [problem.message], context)
            if case .tooMany(let seconds) = problem { response.headers[.retryAfter] = "\(seconds)" }
            return response
        case let refusal as Refusal:
            let reasons = refusal.reasons
            return site.problemPage(
                status: .init(code: reasons.first?.code.httpStatus ?? 422),
                code: reasons.first?.code.rawValue ?? "",
                messages: reasons.map(\.words),
                context)
        case let problem as StoreProblem:
            context.logger.error("storage", metadata: ["problem": "\(problem)"])
            return site.problemPage(
                status: .serviceUnavailable, code: "WEB-0109",
                messages: [
                    Bilingual(
                        zh: "数据库暂时不可用，您的操作没有生效。请稍后再试。",
                        en: "The database is unavailable for the moment; nothing was done. Try again later.")
                ], context)
        case let error as any HTTPResponseError:
            let problem: PageProblem = error.status == .notFound ? .notFound : .malformed
            return site.problemPage(
                status: error.status, code: problem.code, messages: [problem.message], context)
        default:
            context.logger.error("unexpected", metadata: ["error": "\(error)"])
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
