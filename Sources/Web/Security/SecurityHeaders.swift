import HTTPTypes
import Hummingbird

/// Puts on every answer the headers by which browsers refuse what pages of this site never do.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = SiteContext

    /// Whether visitors come by HTTPS, so that browsers may be told never to come otherwise.
    let isSecure: Bool

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in Self.fields where response.headers[name] == nil {
            response.headers[name] = value
        }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        return response
    }

    /// No script, style, font or picture from elsewhere, none written into a page, no frame, no other address for forms.
    private static let fields: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        (.xContentTypeOptions, "nosniff"),
        (name("X-Frame-Options"), "DENY"),
        (name("Referrer-Policy"), "same-origin"),
        (name("Permissions-Policy"), "camera=(self), geolocation=(self), microphone=()"),
        (name("Cross-Origin-Opener-Policy"), "same-origin"),
        (name("Cross-Origin-Resource-Policy"), "same-origin"),
        (name("Cross-Origin-Embedder-Policy"), "require-corp"),
        (name("X-Permitted-Cross-Domain-Policies"), "none"),
    ]

    private static func name(_ text: StaticString) -> HTTPField.Name {
        // Every name above is one; the fallback only spares a forced unwrap.
        HTTPField.Name(String(describing: text)) ?? .xContentTypeOptions
    }
}
