import AsyncHTTPClient
import Foundation
import HTTPTypes
import NIOCore
import Office

/// Sends one event to one address.
protocol WebhookSending: Sendable {
    func send(_ body: [UInt8], headers: [(String, String)], to address: WebhookAddress) async
        -> WebhookQueue.Result
}

/// Sends over the network as guardedly as a server must that others tell where to send.
///
/// The host's addresses are looked up first and must all be public; then the connection is made to one of those, so
/// that a name that changes its mind leads nowhere else. No redirect is followed, no proxy of the environment used,
/// the certificate must be good, and of the answer no more than its first part is read.
struct WebhookSender: WebhookSending {
    let allowsLoopback: Bool
    /// Looking up names waits for the network, so it is done on threads of its own.
    private let lookUps = BoundedWork(label: "zhiheng.webhook", width: 4)

    static let connectSeconds: Int64 = 5
    static let answerSeconds: Int64 = 15
    /// Of an answer's body so many bytes are read and thrown away.
    static let longestAnswer = 16_384

    init(allowsLoopback: Bool) { self.allowsLoopback = allowsLoopback }

    func send(
        _ body: [UInt8], headers: [(String, String)], to address: WebhookAddress
    ) async -> WebhookQueue.Result {
        do {
            let host = address.host
            let found = try await lookUps.run { NameLookup.addresses(of: host) }
            guard let target = found.first else { return .init(status: nil, problem: "host-unknown") }
            guard found.allSatisfy({ $0.isPublic || allowsLoopback && $0.isLoopback }) else {
                return .init(status: nil, problem: "address-not-public")
            }
            return try await send(body, headers, to: address, at: target)
        } catch let error as HTTPClientError {
            return .init(status: nil, problem: Self.word(for: error))
        } catch {
            return .init(status: nil, problem: "connection-failed")
        }
    }

    private func send(
        _ body: [UInt8], _ headers: [(String, String)], to address: WebhookAddress, at target: NetworkAddress
    ) async throws -> WebhookQueue.Result {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Self.connectSeconds), read: .seconds(Self.answerSeconds)))
        configuration.dnsOverride = [address.host: target.text]
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            var request = HTTPClientRequest(url: address.text)
            request.method = .POST
            for (name, value) in headers { request.headers.add(name: name, value: value) }
            request.body = .bytes(ByteBuffer(bytes: body))
            let response = try await client.execute(request, timeout: .seconds(Self.answerSeconds))
            var read = 0
            // Reading a little lets the receiver finish; what it says is nobody's business here.
            for try await piece in response.body {
                read += piece.readableBytes
                if read > Self.longestAnswer { break }
            }
            try await client.shutdown()
            let status = Int(response.status.code)
            let isTaken = (200..<300).contains(status)
            return .init(status: status, problem: isTaken ? nil : "status")
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private static func word(for error: HTTPClientError) -> String {
        switch error {
        case .connectTimeout, .readTimeout, .deadlineExceeded, .writeTimeout: "timeout"
        default: "connection-failed"
        }
    }
}

/// Looks up the addresses of a host.
enum NameLookup {
    /// All addresses, in the system's order; none when the host is unknown. Blocks.
    static func addresses(of host: String) -> [NetworkAddress] {
        if let literal = NetworkAddress(host) { return [literal] }
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [NetworkAddress] = []
        var next = list
        while let entry = next?.pointee {
            if let address = address(in: entry), !found.contains(address) { found.append(address) }
            next = entry.ai_next
        }
        return found
    }

    private static func address(in entry: addrinfo) -> NetworkAddress? {
        guard let place = entry.ai_addr else { return nil }
        switch entry.ai_family {
        case AF_INET:
            return place.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { four in
                withUnsafeBytes(of: four.pointee.sin_addr) { NetworkAddress(bytes: Array($0)) }
            }
        case AF_INET6:
            return place.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { six in
                withUnsafeBytes(of: six.pointee.sin6_addr) { NetworkAddress(bytes: Array($0)) }
            }
        default: return nil
        }
    }
}
