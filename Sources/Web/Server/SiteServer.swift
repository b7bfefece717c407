import Hummingbird
import Logging
import Office

/// Serves a site until the process is asked to stop; what is under way is finished first.
public struct SiteServer: Sendable {
    let site: Site
    let host: String
    let port: Int

    public init(_ site: Site, host: String, port: Int) {
        (self.site, self.host, self.port) = (site, host, port)
    }

    /// Runs until SIGINT or SIGTERM, with the clocks beside it.
    ///
    /// - Parameters:
    ///   - clockSeconds: how often the clocks are run; nil leaves them to another process.
    ///   - ready: called with the port when the site can be reached.
    public func run(clockSeconds: Int64?, ready: @escaping @Sendable (Int) -> Void) async throws {
        let application = Application(
            router: site.router(),
            configuration: .init(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? port) }, logger: site.logger)
        let logger = site.logger
        let clocks = clockSeconds.map { seconds in
            Task { [office = site.office] in
                await Scheduler(office).run(every: seconds) { result in
                    switch result {
                    case .success(let report):
                        let fired = report.fired.values.reduce(0, +)
                        if fired > 0 { logger.info("clocks", metadata: ["fired": "\(fired)"]) }
                    case .failure(let error): logger.error("clocks", metadata: ["error": "\(error)"])
                    }
                }
            }
        }
        defer { clocks?.cancel() }
        try await application.runService()
    }
}
