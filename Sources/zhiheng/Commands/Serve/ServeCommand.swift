import ArgumentParser
import Foundation
import Logging
import Office
import Web

/// Serves the site.
struct ServeCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "启动网站 · Serve the site",
        discussion: """
            例 · Example:
              zhiheng serve --port 8080

            在反向代理后以 HTTPS 提供服务时加 --secure --trust-proxy。
            Behind a proxy that ends TLS add --secure --trust-proxy.
            """)

    @Option(help: ArgumentHelp("监听地址 · Address to listen on", valueName: "address"))
    var host = "127.0.0.1"
    @Option(help: ArgumentHelp("端口 · Port", valueName: "port"))
    var port = 8080
    @Option(help: ArgumentHelp("站点文件夹 · Folder of the site", valueName: "folder"))
    var site: String?
    @Flag(help: "通过 HTTPS 访问：Cookie 只经 HTTPS 发送 · Reached by HTTPS: cookies go by HTTPS only")
    var secure = false
    @Option(
        help: ArgumentHelp(
            "公众访问的网址，印在文书二维码上，保存于资料目录 · Address at which the public reaches the site; printed on papers, kept",
            valueName: "https://host"))
    var publicAddress: String?
    @Flag(help: "信任反向代理给出的来源地址 · Believe a proxy's X-Forwarded-For")
    var trustProxy = false
    @Option(
        help: ArgumentHelp(
            "时限运行间隔秒数，0 表示不运行 · Seconds between runs of the clocks, 0 for none", valueName: "seconds"))
    var clocks: Int64 = 60
    @Option(
        help: ArgumentHelp(
            "证书链，PEM 格式；与 --key 一起直接提供 HTTPS · Chain of certificates in PEM, to serve HTTPS itself",
            valueName: "file"))
    var certificate: String?
    @Option(help: ArgumentHelp("证书的私钥，PEM 格式 · Key of the certificate in PEM", valueName: "file"))
    var key: String?
    @Option(
        help: ArgumentHelp(
            "只接受这些主机名，可重复 · Names the site is reached by; others are refused; may be repeated",
            valueName: "name"))
    var allowHost: [String] = []
    @OptionGroup var operating: OperatingOptions
    @Option(
        help: ArgumentHelp(
            "导入文件的最大体积，MiB · The largest file taken for import, in MiB", valueName: "mebibytes"))
    var largestImport: Int64 = 2_048
    @Option(
        help: ArgumentHelp("每个令牌每分钟的接口请求数 · API requests of one token in a minute", valueName: "requests"))
    var apiRate: Int = 600
    @Flag(help: "允许事件推送到本机，仅供试用 · Let webhooks lead to this computer, for trying them out")
    var loopbackWebhooks = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...1_048_576).contains(largestImport) else {
            throw ValidationError("--largest-import 取 1 至 1048576 · --largest-import takes 1 to 1048576")
        }
        guard (1...1_000_000).contains(apiRate) else {
            throw ValidationError("--api-rate 取 1 至 1000000 · --api-rate takes 1 to 1000000")
        }
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port 取 0 至 65535 · --port takes 0 to 65535")
        }
        guard (0...86_400).contains(clocks) else {
            throw ValidationError("--clocks 取 0 至 86400 秒 · --clocks takes 0 to 86400 seconds")
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate 与 --key 须同时给出 · --certificate and --key go together")
        }
    }

    func perform(in session: Session) async throws {
        // A process that serves for hours needs a clock that runs, wherever it was set to begin.
        session.clock.letRun()
        let office = try session.office()
        let console = session.console
        let folder = SiteFolder(try SiteSource.folder(named: site))
        let sink = try operating.sink()
        let identity = try identity()
        var settings = settings(dataFolder: session.workspace.folder)
        // Without the public key the site serves all the same; proofs cannot be checked then.
        settings.ledgerKeys = (try? session.workspace.keys.verifierKey()).map { [$0] } ?? []
        if let publicAddress { try PaperSettings.keep(publicAddress: publicAddress, in: office) }
        let papers = try PaperSettings(session.workspace, office)
        let site: Site
        do {
            site = try Site(
                office, workspace: session.workspace, folder: folder, settings: settings, papers: papers,
                ledgerKey: try? session.workspace.keys.signingKey(), logger: operating.logger(sink))
        } catch {
            throw CommandFailure(.folder, error.message.zh, error.message.en)
        }
        let address = "\(identity == nil ? "http" : "https")://\(host)"
        do {
            let server = SiteServer(
                site, host: host, port: port, identity: identity, sink: sink,
                drainSeconds: operating.drain)
            try await server.run(clockSeconds: clocks == 0 ? nil : clocks) { port in
                console.line(
                    console.text(
                        "质衡已启动：\(address):\(port)/ 按 Ctrl-C 停止",
                        "Zhiheng is serving \(address):\(port)/ ; Ctrl-C stops"))
            }
        } catch let problem as ServingProblem {
            throw CommandFailure(.folder, problem.message.zh, problem.message.en)
        }
    }

    private func identity() throws -> ServerIdentity? {
        guard let certificate, let key else { return nil }
        do {
            return try ServerIdentity(certificate: certificate, key: key)
        } catch {
            throw CommandFailure(.folder, error.message.zh, error.message.en)
        }
    }

    private func settings(dataFolder: URL) -> Site.Settings {
        var settings = Site.Settings(
            isSecure: secure || certificate != nil, trustsProxy: trustProxy,
            largestImport: largestImport << 20)
        settings.hosts = Set(allowHost.map { $0.lowercased() })
        settings.metricsToken = operating.token
        settings.dataFolder = dataFolder
        settings.limits = operating.limits
        settings.limits.uploadBytes = Int(clamping: largestImport << 20)
        settings.version = Version.text
        (settings.requestsPerMinute, settings.allowsLoopback) = (apiRate, loopbackWebhooks)
        return settings
    }
}

/// Finds the folder with the site's files, which travels with the program and need not be named.
enum SiteSource {
    /// Looked for in this order: the folder named, ZHIHENG_SITE, `../share/zhiheng/site` beside the program, then
    /// `site` in any folder above the program, as in a build tree.
    static func folder(named path: String?) throws -> URL {
        if let path { return URL(fileURLWithPath: path, isDirectory: true) }
        if let path = ProcessInfo.processInfo.environment["ZHIHENG_SITE"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        for candidate in candidates() where SiteFolder(candidate).isSite { return candidate }
        let problem = SiteProblem.missing(folder: "")
        throw CommandFailure(.folder, problem.message.zh, problem.message.en)
    }

    private static func candidates() -> [URL] {
        guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return [] }
        var folder = program.deletingLastPathComponent()
        var candidates = [folder.deletingLastPathComponent().appendingPathComponent("share/zhiheng/site")]
        while folder.path != "/" {
            candidates.append(folder.appendingPathComponent("site"))
            folder = folder.deletingLastPathComponent()
        }
        return candidates
    }
}
