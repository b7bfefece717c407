import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// How much and how slowly may be sent to the site, so that nobody keeps others out.
public struct ServerLimits: Sendable {
    /// Bytes of one field of a header, and of all of them.
    public var headerFieldBytes = 16 << 10
    public var headerBytes = 32 << 10
    /// Fields of a header.
    public var headerFields = 100
    /// Bytes of a body. Most forms take far less.
    public var bodyBytes = 33 << 20
    /// Seconds for a header to arrive, and for which an unused connection is kept.
    public var idleSeconds: Int64 = 60
    /// Seconds for a body to arrive whole, however it trickles.
    public var bodySeconds: Int64 = 120
    /// Bytes of a file that is received piece by piece, and seconds for it to arrive.
    public var uploadBytes = 2 << 30
    public var uploadSeconds: Int64 = 3_600
    /// Seconds in which an answer must be taken.
    public var answerSeconds: Int64 = 600
    /// Connections at a time; others wait.
    public var connections = 4_096

    public init() {}

    /// The way requests are read, within the limits.
    var channel: HTTP1Channel.Configuration {
        let limits = self
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestGuard(limits)], idleTimeout: .seconds(idleSeconds),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: headerFieldBytes, maxHeaderListSize: headerBytes,
                maxHeaderFieldCount: headerFields))
    }
}

extension ServerLimits {
    /// How many bytes and seconds the body of a request may take: more where files are received piece by piece.
    func body(_ method: HTTPRequest.Method, _ path: some StringProtocol) -> (bytes: Int, seconds: Int64) {
        let path = path.prefix { $0 != "?" }
        guard method == .post, path.hasSuffix("/import") || path == "/administration/rulebook" else {
            return (bodyBytes, bodySeconds)
        }
        // The form around the file takes some bytes too.
        return (max(uploadBytes, bodyBytes) + (1 << 20), uploadSeconds)
    }
}

/// Closes connections whose body is too large or too slow, or whose answer nobody takes.
///
/// Lives on the event loop of its connection and is used nowhere else.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ServerLimits
    private var received = 0
    private var allowed = 0
    private var reading: Scheduled<Void>?
    private var answering: Scheduled<Void>?

    init(_ limits: ServerLimits) { self.limits = limits }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head):
            let body = limits.body(head.method, head.path ?? "")
            (received, allowed) = (0, body.bytes)
            schedule(&reading, body.seconds, context)
            // What announces more than is taken is told so at once, and is not read to its end.
            if let length = head.headerFields[.contentLength], Int(length) ?? .max > allowed {
                head.headerFields[.connection] = "close"
            }
            context.fireChannelRead(wrapInboundOut(.head(head)))
            return
        case .body(let buffer):
            received += buffer.readableBytes
            if received > allowed { return context.close(promise: nil) }
        case .end: cancel(&reading)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: schedule(&answering, limits.answerSeconds, context)
        case .body: break
        case .end: cancel(&answering)
        }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel(&reading)
        cancel(&answering)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancel(&reading)
        cancel(&answering)
    }

    private func schedule(_ task: inout Scheduled<Void>?, _ seconds: Int64, _ context: ChannelHandlerContext)
    {
        task?.cancel()
        let connection = context.channel
        task = context.eventLoop.scheduleTask(in: .seconds(seconds)) { connection.close(promise: nil) }
    }

    private func cancel(_ task: inout Scheduled<Void>?) {
        task?.cancel()
        task = nil
    }
}

@available(*, unavailable)
extension RequestGuard: Sendable {}
