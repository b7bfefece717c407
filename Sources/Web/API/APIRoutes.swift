import HTTPTypes
import Hummingbird
import NIOCore
import Office

/// One way of asking: a method, an address, what the token must be for, and what answers.
struct APIRoute: Sendable {
    enum Access: Hashable, Sendable {
        /// Everybody, without a token.
        case open
        /// Any token that is good.
        case token
        case scope(TokenScope)
    }

    let method: HTTPRequest.Method
    /// Below `/api/v1`, with `:name` for parts that vary.
    let path: String
    let access: Access
    let run: @Sendable (APICall) async throws -> Response

    init(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access,
        _ run: @escaping @Sendable (APICall) async throws -> Response
    ) {
        (self.method, self.path, self.access, self.run) = (method, path, access, run)
    }

    /// Every way of asking.
    static let all: [APIRoute] = [
        APIRoute(.get, "/openapi.json", .open) { try $0.description() },
        APIRoute(.get, "/kinds", .open) { try $0.kinds() },
        APIRoute(.get, "/kinds/:kind", .open) { try $0.kindDescription() },
        APIRoute(.get, "/codes", .open) { try $0.codeLists() },
        APIRoute(.get, "/codes/:list", .open) { try $0.codeList() },
        APIRoute(.get, "/regions", .open) { try $0.regions() },
        APIRoute(.get, "/regions/:code", .open) { try $0.region() },
        APIRoute(.get, "/me", .token) { try $0.me() },
        APIRoute(.get, "/records/:kind", .scope(.read)) { try $0.records() },
        APIRoute(.post, "/records/:kind", .scope(.write)) { try await $0.create() },
        APIRoute(.get, "/records/:kind/:number", .scope(.read)) { try $0.oneRecord() },
        APIRoute(.get, "/records/:kind/:number/history", .scope(.read)) { try $0.history() },
        APIRoute(.get, "/records/:kind/:number/proof", .scope(.read)) { try $0.proof() },
        APIRoute(.post, "/records/:kind/:number/actions/:action", .scope(.write)) { try await $0.act() },
        APIRoute(.get, "/records/:kind/:number/files/:digest", .scope(.files)) { try $0.file() },
        APIRoute(.post, "/files", .scope(.files)) { try await $0.keepFile() },
        APIRoute(.get, "/documents/:number", .scope(.read)) { try $0.document() },
        APIRoute(.get, "/figures", .scope(.figures)) { try $0.figureList() },
        APIRoute(.get, "/figures/:name", .scope(.figures)) { try $0.figure() },
        APIRoute(.get, "/ledger/checkpoint", .scope(.read)) { try $0.checkpoint() },
        APIRoute(.get, "/webhooks", .scope(.webhooks)) { try $0.webhooks() },
        APIRoute(.post, "/webhooks", .scope(.webhooks)) { try await $0.createWebhook() },
        APIRoute(.get, "/webhooks/:id", .scope(.webhooks)) { try $0.oneWebhook() },
        APIRoute(.delete, "/webhooks/:id", .scope(.webhooks)) { try $0.removeWebhook() },
        APIRoute(.post, "/webhooks/:id/resume", .scope(.webhooks)) { try $0.resumeWebhook() },
        APIRoute(.get, "/webhooks/:id/deliveries", .scope(.webhooks)) { try $0.deliveries() },
    ]

    /// The methods that an address takes; none when there is no such address.
    static func methods(of path: String) -> [String] {
        guard path.hasPrefix(APIAddress.base + "/") else { return [] }
        let parts = path.dropFirst(APIAddress.base.count).split(separator: "/")
        var known = all.filter { route in
            let wanted = route.path.split(separator: "/")
            return wanted.count == parts.count
                && zip(wanted, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }.map(\.method.rawValue)
        if known.contains("GET") { known.append("HEAD") }
        return Set(known).sorted()
    }
}

extension Site {
    /// The API, and the pages that explain it.
    func addAPI(to router: Router<SiteContext>, pages: RouterGroup<SiteContext>) {
        addAPIPages(to: pages)
        let group = router.group(RouterPath(APIAddress.base)).add(middleware: Bearers(site: self))
        for route in APIRoute.all {
            add(route, to: group, as: route.method)
            if route.method == .get { add(route, to: group, as: .head) }
        }
    }

    private func add(_ route: APIRoute, to group: RouterGroup<SiteContext>, as method: HTTPRequest.Method) {
        group.on(RouterPath(route.path), method: method) { [self] request, context in
            let call = APICall(site: self, request: request, context: context)
            switch route.access {
            case .open: break
            case .token: _ = try call.caller()
            case .scope(let scope): _ = try call.caller(scope)
            }
            let response = try await route.run(call)
            guard method == .head else { return response }
            return Response(status: response.status, headers: response.headers)
        }
    }
}
