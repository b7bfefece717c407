import Foundation
import Office

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
    /// The address of each file that templates name, by the name they use.
    private(set) var addresses: [String: String] = [:]

    /// Reads the site's own files, and what the package libjs-bootstrap5 installs.
    ///
    /// - Throws: `SiteProblem.asset` naming the file that is missing.
    init(_ site: SiteFolder) throws(SiteProblem) {
        for (name, file) in Self.own { try add(site.assets.appendingPathComponent(file), named: name) }
        try add(URL(fileURLWithPath: Self.reboot), named: "reboot")
    }

    /// The site's own files by the names that templates use.
    private static let own = [
        "style": "zhiheng.css", "script": "zhiheng.js", "document": "document.css", "icons": "icons.svg",
        "mark": "mark.svg", "markInk": "mark-ink.svg", "favicon": "favicon.svg",
    ]

    /// Bootstrap's common ground for browsers.
    private static let reboot = "/usr/share/javascript/bootstrap5/css/bootstrap-reboot.min.css"

    private mutating func add(_ file: URL, named name: String) throws(SiteProblem) {
        guard let type = Self.mediaTypes[file.pathExtension], let data = try? Data(contentsOf: file) else {
            throw .asset(file.lastPathComponent)
        }
        let fingerprint = Digest.hexadecimal(of: Array(data)).prefix(12)
        let stem = file.deletingPathExtension().lastPathComponent
        let served = "\(stem).\(fingerprint).\(file.pathExtension)"
        assets[served] = Asset(bytes: Array(data), mediaType: type)
        addresses[name] = "/assets/" + served
    }

    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]
}
