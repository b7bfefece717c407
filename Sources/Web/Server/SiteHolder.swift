import Hummingbird
import Office
import Synchronization

/// Answers requests by the site of the rulebook in force, and goes over to another site between two requests.
///
/// Requests under way are answered by the site they came to.
public final class SiteHolder: HTTPResponder {
    public typealias Context = SiteContext

    private struct Served: Sendable {
        let site: Site
        let responder: RouterResponder<SiteContext>

        init(_ site: Site) {
            self.site = site
            responder = site.router().buildResponder()
        }
    }

    private let served: Mutex<Served>

    /// Serves a site, and whatever site follows it when another rulebook is adopted.
    public init(_ site: Site) {
        served = Mutex(Served(site))
        site.machine.onAdoption { [weak self] office in try self?.replace(office) }
    }

    /// The site that answers now.
    var site: Site { served.withLock(\.site) }

    /// Goes over to the same site under another office, made before anything of the present one is given up.
    private func replace(_ office: Office) throws {
        let next = Served(try site.under(office))
        served.withLock { $0 = next }
    }

    public func respond(to request: Hummingbird.Request, context: SiteContext) async throws -> Response {
        let responder = served.withLock(\.responder)
        return try await responder.respond(to: request, context: context)
    }
}
