import Foundation

/// An address that events may be sent to: https, of a host and no user; http to this computer where that is allowed.
public struct WebhookAddress: Hashable, Sendable {
    public let text: String
    public let host: String
    public let port: Int
    public let isSecure: Bool

    /// - Returns: nil for anything else.
    public init?(_ text: String, allowsLoopback: Bool) {
        guard text.utf8.count <= Webhooks.longestAddress,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }),
            let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty, parts.user == nil, parts.password == nil,
            parts.fragment == nil
        else { return nil }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let isHere = bare == "localhost" || NetworkAddress(bare)?.isLoopback == true
        guard scheme == "https" || scheme == "http" && isHere && allowsLoopback else { return nil }
        if isHere || bare.hasSuffix(".localhost"), !allowsLoopback { return nil }
        if let address = NetworkAddress(bare), !address.isPublic, !(address.isLoopback && allowsLoopback) {
            return nil
        }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard (1...65_535).contains(port) else { return nil }
        (self.text, self.host, self.port, isSecure) = (text, bare, port, scheme == "https")
    }
}

/// An IPv4 or IPv6 address by its bytes, and whether it can belong to somebody on the internet.
public struct NetworkAddress: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else, names among them.
    public init?(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        bytes = withUnsafeBytes(of: &six) { Array($0) }
    }

    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// The IPv4 address within one of IPv6 that stands for it (mapped, NAT64, 6to4); nil for any other.
    private var within: NetworkAddress? {
        guard bytes.count == 16 else { return nil }
        let mapped = bytes[0..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        let compatible = bytes[0..<12].allSatisfy { $0 == 0 } && bytes[12] != 0
        let translated = Array(bytes[0..<12]) == [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if mapped || compatible || translated { return NetworkAddress(bytes: Array(bytes[12..<16])) }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return NetworkAddress(bytes: Array(bytes[2..<6])) }
        return nil
    }

    /// Whether it is this computer.
    public var isLoopback: Bool {
        if let within { return within.isLoopback }
        return bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// Whether it can belong to somebody on the internet: none of the ranges that IANA keeps for special purposes.
    public var isPublic: Bool {
        if let within { return within.isPublic }
        guard bytes.count == 4 else {
            // Only 2000::/3 is given out; of it, Teredo, documentation and benchmarking are not.
            guard bytes[0] & 0xE0 == 0x20 else { return false }
            if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] <= 0x01 { return false }
            if bytes[0] == 0x20, bytes[1] == 0x01, bytes[2] == 0x0D, bytes[3] == 0xB8 { return false }
            return !(bytes[0] == 0x3F && bytes[1] == 0xFF)
        }
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): return false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _):
            return false
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113): return false
        default: return true
        }
    }

    /// The address as it is written.
    public var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        var bytes = bytes
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, &bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
