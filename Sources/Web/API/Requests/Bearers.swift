import HTTPTypes
import Hummingbird
import Office
import Records

/// Finds out which program asks, by its token, and bounds how often it may.
///
/// Cookies are never looked at here, so a browser lends its session to nobody.
struct Bearers: RouterMiddleware {
    typealias Context = SiteContext
    let site: Site

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let moment = site.office.moment
        let address = site.sender(of: request, context)
        if let wait = site.api.addressLimiter.note(address, at: moment.seconds) {
            throw APIProblem.tooMany(retryAfterSeconds: wait)
        }
        if let header = request.headers[.authorization] {
            guard let token = Self.token(header),
                let caller = try Tokens(site.office).caller(token, at: moment)
            else { throw APIProblem.tokenNeeded }
            if let wait = site.api.tokenLimiter.note("\(caller.id)", at: moment.seconds) {
                throw APIProblem.tooMany(retryAfterSeconds: wait)
            }
            context.caller = caller
            context.notes.signedInAs = caller.actor.login
        }
        var response = try await next(request, context)
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "private, no-cache" }
        response.headers[.vary] = "Authorization, Accept, Accept-Language"
        return response
    }

    private static func token(_ header: String) -> String? {
        let parts = header.prefix(200).split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
