import Crypto
import Foundation

/// Styles, scripts and pictures, each under an address that holds a fingerprint of its content, so that browsers may
/// keep it for ever.
struct AssetCatalogue: Sendable {
    /// A file as it is served.
    struct Asset: Sendable {
        let bytes: [UInt8]
        let mediaType: String
    }

    /// By the last part of its address: `zhiheng.3f2a9c01d2e4.css`.
    private(set) var assets: [String: Asset] = [:]
    /// The address of each file by its name, with dots and hyphens as underscores: `zhiheng_css`.
    private(set) var addresses: [String: String] = [:]

    /// Reads the site's own files, and those of libraries that Debian installs.
    init(_ site: SiteFolder, libraries: [String] = AssetCatalogue.installed) {
        let own = (try? FileManager.default.contentsOfDirectory(atPath: site.assets.path)) ?? []
        for name in own.sorted() { add(site.assets.appendingPathComponent(name)) }
        for path in libraries { add(URL(fileURLWithPath: path)) }
    }

    /// What the package libjs-bootstrap5 installs and pages use.
    static let installed = ["/usr/share/nodejs/bootstrap/dist/css/bootstrap.min.css"]

    private mutating func add(_ file: URL) {
        guard let type = Self.mediaTypes[file.pathExtension], let data = try? Data(contentsOf: file) else {
            return
        }
        let digest = SHA256.hash(data: data).prefix(6).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        let stem = file.deletingPathExtension().lastPathComponent
        let served = "\(stem).\(digest).\(file.pathExtension)"
        assets[served] = Asset(bytes: Array(data), mediaType: type)
        let key = String(file.lastPathComponent.map { $0 == "." || $0 == "-" ? "_" : $0 })
        addresses[key] = "/assets/" + served
    }

    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]
}
