import HTTPTypes
import Hummingbird
import Office
import Records
import Rulebooks
import Storage

/// Stands before every page that knows its visitor: keeps whoever has a password given by somebody else to changing
/// it, and takes note of what was refused to whom.
struct Guarding: RouterMiddleware {
    typealias Context = SiteContext
    let site: Site

    /// What can be done with a password that must be changed first.
    private static let open: Set<String> = ["/account/password", "/sign-out"]

    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if context.visitor.session?.mustChangePassword == true, !Self.open.contains(request.uri.path) {
            guard request.method == .get else { throw PageProblem.passwordChangeNeeded }
            return Site.redirect(to: "/account/password")
        }
        do {
            return try await next(request, context)
        } catch {
            if let code = Self.code(of: error, request, context) { site.note(code, request, context) }
            throw error
        }
    }

    /// The code of what counts as somebody wanting what is not allowed; nil for mistakes of other sorts.
    private static func code(of error: any Error, _ request: Request, _ context: SiteContext) -> String? {
        switch error {
        case PageProblem.forbidden, PageProblem.formExpired, PageProblem.tooMany, PageProblem.fileNotTaken,
            PageProblem.passwordChangeNeeded:
            return (error as? PageProblem)?.code
        case PageProblem.signInNeeded where request.method != .get: return PageProblem.signInNeeded.code
        // A record of another region is not told apart from none: both are noted.
        case PageProblem.notFound where context.visitor.isSignedIn: return PageProblem.notFound.code
        case let refusal as Refusal: return Site.denial(refusal)
        default: return nil
        }
    }
}

extension Site {
    /// The first reason of a refusal that is about who somebody is, not about what was entered.
    static func denial(_ refusal: Refusal) -> String? {
        refusal.reasons.first { $0.code.httpStatus == 403 }?.code.rawValue
    }

    /// Notes a refusal that a page tells in its own form.
    func note(_ refusal: Refusal, _ context: SiteContext) {
        guard let code = Self.denial(refusal) else { return }
        note(code, method: "POST", target: context.address, address: "", context)
    }

    func note(_ code: String, _ request: Hummingbird.Request, _ context: SiteContext) {
        note(
            code, method: request.method.rawValue, target: request.uri.path,
            address: sender(of: request, context), context)
    }

    private func note(
        _ code: String, method: String, target: String, address: String, _ context: SiteContext
    ) {
        let actor = context.visitor.actor
        let path = target.split(separator: "?", maxSplits: 1).first.map(String.init) ?? target
        machine.denials.note(
            StoredDenial(
                at: office.moment, login: actor?.login ?? "", role: actor?.role ?? "",
                address: address.isEmpty ? context.visitor.session?.address ?? "" : address, method: method,
                target: path, code: code))
    }

    /// Who asks, when that is somebody with one of some permissions.
    ///
    /// - Throws: `PageProblem.signInNeeded` or `.forbidden`.
    func actor(_ context: SiteContext, anyOf permissions: Set<Permission>) throws(PageProblem) -> Actor {
        guard let actor = context.visitor.actor else { throw .signInNeeded }
        guard !actor.permissions.isDisjoint(with: permissions) else { throw .forbidden }
        return actor
    }

    /// Waits a little while a job keeps the door to itself.
    ///
    /// - Throws: `PageProblem.busy` when it goes on.
    func waitForDoor() async throws {
        for _ in 0..<30 where machine.jobs.holdsDoor { try await Task.sleep(for: .milliseconds(100)) }
        if machine.jobs.holdsDoor { throw PageProblem.busy }
    }
}
