import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import Rulebooks
import Synchronization

/// The certificate by which the site shows who it is, and its key; both can be renewed while it serves.
public final class ServerIdentity: Sendable {
    private let certificate: String
    private let key: String
    private let current: Mutex<NIOSSLContext>

    /// Reads a chain of certificates and the key of the first, both in PEM.
    ///
    /// - Throws: `ServingProblem.identity`.
    public init(certificate: String, key: String) throws(ServingProblem) {
        (self.certificate, self.key) = (certificate, key)
        current = Mutex(try Self.context(certificate, key))
    }

    /// Reads both again. What is under way goes on by the old ones.
    ///
    /// - Throws: `ServingProblem.identity`; the old ones stay then.
    public func reload() throws(ServingProblem) {
        let renewed = try Self.context(certificate, key)
        current.withLock { $0 = renewed }
    }

    var context: NIOSSLContext { current.withLock { $0 } }

    private static func context(_ certificate: String, _ key: String) throws(ServingProblem) -> NIOSSLContext
    {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate).map(
                NIOSSLCertificateSource.certificate)
            let key = try NIOSSLPrivateKey(file: key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            // GB/T 22239 and ASVS V9 agree: nothing below TLS 1.2.
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .identity(certificate: certificate, key: key)
        }
    }
}

/// A connection by TLS with the certificate of the moment.
struct IdentifiedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let identity: ServerIdentity
    let base: Base

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: identity.context))
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}

/// What keeps a site that is in order from being reached.
public enum ServingProblem: Error, Hashable, Sendable {
    /// The port is taken by another program, or may not be used.
    case cannotListen(host: String, port: Int, isTaken: Bool)
    /// The certificate or its key cannot be read, or they do not belong together.
    case identity(certificate: String, key: String)

    /// The problem in words, in Chinese and in English.
    public var message: Bilingual {
        switch self {
        case .cannotListen(let host, let port, true):
            Bilingual(
                zh: "\(host) 的端口 \(port) 已被其他程序占用。请用 --port 换一个端口（make run PORT=8081），或先停止占用它的程序。",
                en: "Port \(port) of \(host) is taken by another program. Choose another by --port "
                    + "(make run PORT=8081), or stop that program.")
        case .cannotListen(let host, let port, false):
            Bilingual(
                zh: "不能在 \(host) 的端口 \(port) 上监听。请检查地址；1024 以下的端口需要相应权限。",
                en:
                    "Cannot listen on port \(port) of \(host). Check the address; ports below 1024 need permission."
            )
        case .identity(let certificate, let key):
            Bilingual(
                zh: "证书 \(certificate) 或私钥 \(key) 无法使用。请检查两个文件均为 PEM 格式、可以读取且相互对应。",
                en:
                    "The certificate \(certificate) or its key \(key) cannot be used. Check that both are PEM, can be "
                    + "read, and belong together.")
        }
    }
}
