import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Office
import Records
import Rulebooks

/// What is known about a request while it is answered.
public struct SiteContext: RequestContext, RemoteAddressRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let remoteAddress: SocketAddress?
    /// What the log tells of the request when it has been answered.
    let notes = RequestNotes()
    /// Who asks; nobody until the session was looked up.
    var visitor = Visitor.nobody
    /// The program that asks, by its token; nil everywhere but in the API.
    var caller: TokenCaller?
    var language = Language.zh
    /// The path and query that were asked for, to come back to after signing in or changing the language.
    var address = "/"

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// Enough for a dozen photographs that the browser has shrunk.
    public var maxUploadSize: Int { 32 << 20 }
}

/// Who asks.
struct Visitor: Sendable {
    /// The session; nil for the public.
    let session: ActiveSession?
    /// The token of the session, as its cookie holds it.
    let token: String?
    /// What a form must carry, so that no other site can send it.
    let formToken: String
    /// What the visitor may see; nil until it was looked up.
    let sight: Sight?

    static let nobody = Visitor(session: nil, token: nil, formToken: "", sight: nil)

    var actor: Actor? { session?.actor }
    var isSignedIn: Bool { session != nil }
}

extension SiteContext {
    /// The sight of the visitor.
    ///
    /// - Throws: `PageProblem.signInNeeded` when nobody is signed in.
    func staffSight() throws(PageProblem) -> Sight {
        guard visitor.isSignedIn, let sight = visitor.sight else { throw .signInNeeded }
        return sight
    }
}
