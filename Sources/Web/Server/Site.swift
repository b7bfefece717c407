import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Logging
import Office
import Rulebooks

/// The site of one deployment: everything its pages need.
///
/// Immutable after it is made, so it is shared freely by all requests.
public final class Site: Sendable {
    /// How the site is reached.
    public struct Settings: Sendable {
        /// Whether visitors come by HTTPS, directly or through a proxy that ends TLS.
        public var isSecure: Bool
        /// Whether `X-Forwarded-For` may be believed: only behind a proxy of one's own.
        public var trustsProxy: Bool
        /// The names under which the site is reached; requests for others are refused. Empty allows any.
        public var hosts: Set<String> = []
        /// By which others than this machine may read what is measured; nil for nobody.
        public var metricsToken: String?
        /// The folder whose database is measured.
        public var dataFolder: URL?
        public var limits = ServerLimits()
        /// The version of the program, as it is measured.
        public var version = ""
        /// The public keys of the ledger, by which proofs that visitors bring are checked.
        public var ledgerKeys: [VerifierKey] = []
        /// A form of the public that comes back sooner is taken for a machine's.
        public var leastFormSeconds: Int64 = 3

        public init(isSecure: Bool = false, trustsProxy: Bool = false) {
            (self.isSecure, self.trustsProxy) = (isSecure, trustsProxy)
        }
    }

    let office: Office
    let door: Door
    /// Keeps what is sent with forms.
    let archive: FileArchive
    let settings: Settings
    let metrics: SiteMetrics
    let state = ServingState()
    let renderer: PageRenderer
    let logger: Logger
    /// Those whose password was right and who still owe a one-time code.
    let pendingSignIns = PendingSignIns()
    /// Passwords are hashed two at a time.
    let hashing = BoundedWork(label: "zhiheng.password", width: 2)
    /// Forms sent by one address, whoever signs in there.
    let formLimiter = RateLimiter(120, inSeconds: 60)
    /// What is remembered of visitors without an account.
    let publicDesk: PublicDesk
    /// The regions that lie in no other, from which one is chosen level by level.
    let rootRegions: [String]

    /// Prepares a site.
    ///
    /// - Throws: `SiteProblem` when a template or the texts cannot be read.
    public init(
        _ office: Office, archive: FileArchive, folder: SiteFolder, settings: Settings,
        logger: Logger = Logger(label: "zhiheng.site")
    ) throws(SiteProblem) {
        self.office = office
        self.archive = archive
        self.settings = settings
        self.logger = logger
        let metrics = SiteMetrics(version: settings.version)
        self.metrics = metrics
        door = Door(Registrar(office), observer: { metrics.action($0, $1) })
        publicDesk = PublicDesk(office, leastSeconds: settings.leastFormSeconds)
        rootRegions = office.rulebook.regions.roots
        renderer = try PageRenderer(folder, assets: try AssetCatalogue(folder))
    }

    var rulebook: Rulebook { office.rulebook }

    /// Who asks, as far as limits go: the address of the connection, or what a trusted proxy says.
    func sender(of request: Request, _ context: SiteContext) -> String {
        if settings.trustsProxy,
            let name = HTTPField.Name("X-Forwarded-For"), let forwarded = request.headers[name],
            let last = forwarded.split(separator: ",").last
        {
            return String(last.filter { !$0.isWhitespace }.prefix(64))
        }
        return context.remoteAddress?.ipAddress ?? "-"
    }
}
