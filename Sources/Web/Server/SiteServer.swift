import Foundation
import Hummingbird
import Logging
import NIOCore
import Office
import Rulebooks

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
        do {
            try await application.runService()
        } catch let error as IOError where [EADDRINUSE, EACCES, EADDRNOTAVAIL].contains(error.errnoCode) {
            throw ServingProblem.cannotListen(host: host, port: port, isTaken: error.errnoCode == EADDRINUSE)
        }
    }
}

/// What keeps a site that is in order from being reached.
public enum ServingProblem: Error, Hashable, Sendable {
    /// The port is taken by another program, or may not be used.
    case cannotListen(host: String, port: Int, isTaken: Bool)

    /// The problem in words, in Chinese and in English.
    public var message: Bilingual {
        switch self {
        case .cannotListen(let host, let port, true):
            Bilingual(
                zh: "\(host) 的端口 \(port) 已被其他程序占用。请用 --port 换一个端口，或先停止占用它的程序。",
                en:
                    "Port \(port) of \(host) is taken by another program. Choose another by --port, or stop that program."
            )
        case .cannotListen(let host, let port, false):
            Bilingual(
                zh: "不能在 \(host) 的端口 \(port) 上监听。请检查地址；1024 以下的端口需要相应权限。",
                en: "Cannot listen on port \(port) of \(host). Check the address; ports below 1024 need permission.")
        }
    }
}
