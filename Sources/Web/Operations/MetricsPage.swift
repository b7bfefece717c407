import HTTPTypes
import Hummingbird
import Office

extension Site {
    func addMetrics(to router: Router<SiteContext>) {
        router.get("/metrics") { [self] request, context in
            guard mayWatch(request, context) else { throw PageProblem.notFound }
            var response = Self.plain(metricsText())
            response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
            return response
        }
    }

    /// Whoever has the token, and whoever asks from this machine and not through a proxy.
    ///
    /// To others there is no such page.
    private func mayWatch(_ request: Request, _ context: SiteContext) -> Bool {
        if let token = settings.metricsToken, let given = request.headers[.authorization],
            Secrets.areEqual(Array("Bearer \(token)".utf8), Array(given.utf8))
        {
            return true
        }
        let isForwarded = ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"].contains { name in
            HTTPField.Name(name).map { request.headers[$0] != nil } ?? false
        }
        return !isForwarded && Self.isLoopback(context.remoteAddress?.ipAddress)
    }

    static func isLoopback(_ address: String?) -> Bool {
        guard let address else { return false }
        return address == "::1" || address.hasPrefix("127.") || address.hasPrefix("::ffff:127.")
    }
}
