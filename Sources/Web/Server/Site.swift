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
        /// The largest file that is taken for import, in bytes.
        public var largestImport: Int64
        /// How many requests to the API a token may make in a minute; an address may make twice as many.
        public var requestsPerMinute: Int
        /// Whether webhooks may lead to this computer: for trying them out.
        public var allowsLoopback: Bool

        public init(
            isSecure: Bool = false, trustsProxy: Bool = false, largestImport: Int64 = 2 << 30,
            requestsPerMinute: Int = 600, allowsLoopback: Bool = false
        ) {
            (self.isSecure, self.trustsProxy) = (isSecure, trustsProxy)
            self.largestImport = largestImport
            limits.uploadBytes = Int(clamping: largestImport)
            (self.requestsPerMinute, self.allowsLoopback) = (requestsPerMinute, allowsLoopback)
        }
    }

    let office: Office
    let door: Door
    /// Keeps what is sent with forms.
    let archive: FileArchive
    /// The folder that everything lies in.
    let workspace: Workspace
    let folder: SiteFolder
    let settings: Settings
    let metrics: SiteMetrics
    let state: ServingState
    /// What goes on beside the pages.
    let machine: SiteMachine
    let renderer: PageRenderer
    /// Makes papers of documents.
    let press: PaperPress
    let logger: Logger
    /// Those whose password was right and who still owe a one-time code.
    let pendingSignIns = PendingSignIns()
    /// Passwords are hashed two at a time.
    let hashing = BoundedWork(label: "zhiheng.password", width: 2)
    /// Lists are taken out one at a time.
    let exporting = BoundedWork(label: "zhiheng.export", width: 1)
    /// Notes words and throws away what nobody took; see `tidy(isHour:)`.
    let tidying = BoundedWork(label: "zhiheng.tidying", width: 1)
    /// What scripts send while a form is filled in, by account.
    let typingLimiter = RateLimiter(600, inSeconds: 60)
    /// Forms sent by one address, whoever signs in there.
    let formLimiter = RateLimiter(120, inSeconds: 60)
    /// What is remembered of visitors without an account.
    let publicDesk: PublicDesk
    /// Signs checkpoints; without it the last one on file is given.
    let ledgerKey: SigningKey?
    let api: APIParts

    /// Prepares a site.
    ///
    /// - Parameter former: the site that this one follows, with which it shares what outlives a rulebook.
    /// - Throws: `SiteProblem` when a template or the texts cannot be read.
    public init(
        _ office: Office, workspace: Workspace, folder: SiteFolder, settings: Settings,
        papers: PaperSettings = PaperSettings(), ledgerKey: SigningKey? = nil,
        logger: Logger = Logger(label: "zhiheng.site"), following former: Site? = nil
    ) throws(SiteProblem) {
        self.office = office
        self.workspace = workspace
        self.folder = folder
        archive = workspace.archive
        machine =
            former?.machine
            ?? SiteMachine(office) { logger.error("job", metadata: ["error": "\($0)"]) }
        self.settings = settings
        self.logger = logger
        state = former?.state ?? ServingState()
        let metrics = former?.metrics ?? SiteMetrics(version: settings.version)
        self.metrics = metrics
        door = Door(Registrar(office), observer: { metrics.action($0, $1) })
        publicDesk = PublicDesk(office, leastSeconds: settings.leastFormSeconds)
        self.ledgerKey = ledgerKey
        api = APIParts(office, settings)
        renderer = try PageRenderer(folder, assets: try AssetCatalogue(folder))
        press = try PaperPress(office, renderer, folder, papers)
    }

    var rulebook: Rulebook { office.rulebook }

    /// The same site for another office: the same folder under another rulebook.
    func under(_ office: Office) throws(SiteProblem) -> Site {
        try Site(
            office, workspace: workspace, folder: folder, settings: settings, papers: press.settings,
            ledgerKey: ledgerKey, logger: logger, following: self)
    }

    /// Closes jobs that the end of a process broke off; to be called once before the site is served.
    public func recover() throws {
        try JobDesk(office).recover()
        try ImportDesk(office, workspace: workspace).tidy()
    }

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
