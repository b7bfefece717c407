import HTTPTypes
import Hummingbird
import NIOCore
import Rulebooks
import Storage

extension Site {
    /// Every address of the site.
    public func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self)
        router.add(middleware: SecurityHeaders(isSecure: settings.isSecure))
        router.add(middleware: Answering(site: self))
        addService(to: router)
        addMetrics(to: router)
        addAssets(to: router)
        let pages = router.group().add(middleware: Sessions(site: self)).add(middleware: Guarding(site: self))
        addSignIn(to: pages)
        addDesk(to: pages)
        addLists(to: pages)
        addRecords(to: pages)
        addDocuments(to: pages)
        addActions(to: pages)
        addCorrections(to: pages)
        addForms(to: pages)
        addPublic(to: pages)
        addFiling(to: pages)
        addReceipts(to: pages)
        addPublicLists(to: pages)
        addVerification(to: pages)
        addOpenData(to: pages)
        addRules(to: pages)
        addFigures(to: pages)
        addAccount(to: pages)
        addAdministration(to: pages)
        addImports(to: pages)
        addAPI(to: router, pages: pages)
        return router
    }

    /// What operators ask: whether the process lives, and whether it can work.
    private func addService(to router: Router<SiteContext>) {
        router.get("/health") { _, _ in Self.plain("ok\n") }
        router.get("/ready") { [self] _, _ in
            if state.isStopping { return Self.plain("stopping\n", status: .serviceUnavailable) }
            do {
                _ = try office.store.read { try $0.ledgerSize() }
                return Self.plain("ready\n")
            } catch {
                return Self.plain("storage unavailable\n", status: .serviceUnavailable)
            }
        }
    }

    private func addAssets(to router: Router<SiteContext>) {
        router.get("/assets/:name") { [self] request, context in
            guard let asset = renderer.assets.assets[try context.parameters.require("name")] else {
                throw PageProblem.notFound
            }
            // The address holds a fingerprint of the content, so what it leads to never changes.
            return Response(
                status: .ok,
                headers: [
                    .contentType: asset.mediaType, .cacheControl: "public, max-age=31536000, immutable",
                ],
                body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
        }
    }

    static func plain(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
