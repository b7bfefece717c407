import Dispatch
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Office
import ServiceLifecycle

/// Serves a site until the process is asked to stop; what is under way is finished first.
public struct SiteServer: Sendable {
    let site: Site
    let host: String
    let port: Int
    let identity: ServerIdentity?
    let sink: LogSink?
    let drainSeconds: Int64

    /// - Parameters:
    ///   - identity: serves by TLS where it is given.
    ///   - sink: where the log goes; it is opened anew when the process gets SIGHUP.
    ///   - drainSeconds: for how long the site still answers after it said that it is no longer ready.
    public init(
        _ site: Site, host: String, port: Int, identity: ServerIdentity? = nil, sink: LogSink? = nil,
        drainSeconds: Int64 = 0
    ) {
        (self.site, self.host, self.port, self.identity) = (site, host, port, identity)
        (self.sink, self.drainSeconds) = (sink, drainSeconds)
    }

    /// How often webhooks are told what happened, in seconds.
    private static let webhookSeconds: Int64 = 5
    /// How often words are noted for the search, in seconds.
    private static let tidyingSeconds: Int64 = 20
    private static let roundsInHour = 180
    /// How long requests that are under way are waited for, in seconds.
    private static let longestShutdownSeconds: Int64 = 30

    /// Runs until SIGINT or SIGTERM, with the clocks beside it.
    ///
    /// - Parameters:
    ///   - clockSeconds: how often the clocks are run; nil leaves them to another process.
    ///   - ready: called with the port when the site can be reached.
    /// - Throws: `ServingProblem.cannotListen`.
    public func run(clockSeconds: Int64?, ready: @escaping @Sendable (Int) -> Void) async throws {
        try site.recover()
        let holder = SiteHolder(site)
        let limits = site.settings.limits
        let identity = identity
        let application = Application(
            responder: holder,
            server: HTTPServerBuilder { responder in
                let plain = HTTP1Channel(responder: responder, configuration: limits.channel)
                return identity.map { IdentifiedChannel(identity: $0, base: plain) } ?? plain
            },
            configuration: .init(
                address: .hostname(host, port: port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    limits.connections, logger: site.logger)),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? port) }, logger: site.logger)
        // Services are stopped from the last to the first, each when the one after it has ended.
        var configuration = ServiceGroupConfiguration(
            services: [application, Draining(state: site.state, seconds: drainSeconds)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: site.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(Self.longestShutdownSeconds + drainSeconds)
        let clocks = clockSeconds.map { seconds in
            Task {
                while !Task.isCancelled {
                    runClocks(of: holder.site)
                    try? await Task.sleep(for: .seconds(seconds))
                }
            }
        }
        let upkeep = Task {
            while !Task.isCancelled {
                keepUp(holder.site)
                try? await Task.sleep(for: .seconds(60))
            }
        }
        let courier = Task {
            while !Task.isCancelled {
                let site = holder.site
                await WebhookCourier(site.office, allowsLoopback: site.settings.allowsLoopback)
                    .round(logger: site.logger)
                try? await Task.sleep(for: .seconds(Self.webhookSeconds))
            }
        }
        let tidying = Task {
            var rounds = 0
            while !Task.isCancelled {
                await holder.site.tidy(isHour: rounds % Self.roundsInHour == 0)
                rounds += 1
                try? await Task.sleep(for: .seconds(Self.tidyingSeconds))
            }
        }
        let renewal = renewsOnHangUp()
        defer {
            clocks?.cancel()
            upkeep.cancel()
            courier.cancel()
            tidying.cancel()
            renewal.cancel()
            try? holder.site.machine.denials.enter(in: holder.site.office, isNow: true)
        }
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            guard let error = error as? IOError,
                [EADDRINUSE, EACCES, EADDRNOTAVAIL].contains(error.errnoCode)
            else { throw error }
            throw ServingProblem.cannotListen(host: host, port: port, isTaken: error.errnoCode == EADDRINUSE)
        }
    }

    private func runClocks(of site: Site) {
        // Whoever keeps the door to itself would keep the clocks waiting, and with them a thread.
        guard !site.machine.jobs.holdsDoor else { return }
        let logger = site.logger
        switch Scheduler(site.office).run() {
        case .success(let report):
            let fired = report.fired.values.reduce(0, +)
            site.metrics.clocks(fired: fired, at: site.office.moment.seconds)
            if fired > 0 { logger.info("clocks", metadata: ["fired": .stringConvertible(fired)]) }
            for failure in report.failures {
                logger.warning(
                    "clock not run",
                    metadata: ["record": "\(failure.number)", "code": "\(failure.reason.code.rawValue)"])
            }
        case .failure(let error):
            site.metrics.clocksFailed()
            logger.error("clocks", metadata: ["error": "\(error)"])
        }
    }

    /// Enters refusals, and removes what need no longer be kept.
    private func keepUp(_ site: Site) {
        guard !site.machine.jobs.holdsDoor else { return }
        do {
            try site.machine.denials.enter(in: site.office)
            try LogKeeping(site.office).prune()
            try ImportDesk(site.office, workspace: site.workspace).tidy()
        } catch {
            site.logger.error("upkeep", metadata: ["error": "\(error)"])
        }
    }

    /// On SIGHUP the certificate is read again, and the log's file opened anew.
    private func renewsOnHangUp() -> any DispatchSourceSignal {
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { [identity, sink, logger = site.logger] in
            sink?.reopen()
            do throws(ServingProblem) {
                try identity?.reload()
                logger.notice("renewed")
            } catch {
                logger.error("not renewed", metadata: ["problem": "\(error.message.en)"])
            }
        }
        source.resume()
        return source
    }
}
