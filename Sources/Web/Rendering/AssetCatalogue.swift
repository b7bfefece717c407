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
        try join(site.assets.appendingPathComponent("styles", isDirectory: true), "css", named: "style")
        try join(site.assets.appendingPathComponent("scripts", isDirectory: true), "js", named: "script")
    }

    /// The site's own files by the names that templates use.
    private static let own = [
        "document": "document.css", "icons": "icons.svg", "mark": "mark.svg", "markInk": "mark-ink.svg",
        "favicon": "favicon.svg",
    ]

    /// Bootstrap's common ground for browsers.
    private static let reboot = "/usr/share/javascript/bootstrap5/css/bootstrap-reboot.min.css"

    private mutating func add(_ file: URL, named name: String) throws(SiteProblem) {
        guard let data = try? Data(contentsOf: file) else { throw .asset(file.lastPathComponent) }
        try add(
            Array(data), stem: file.deletingPathExtension().lastPathComponent, file.pathExtension, named: name
        )
    }

    /// The files of a folder in the order of their names, served as one.
    private mutating func join(_ folder: URL, _ ending: String, named name: String) throws(SiteProblem) {
        var bytes: [UInt8] = []
        for file in SiteFolder.files(in: folder, ending: "." + ending) {
            guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)) else {
                throw .asset(file)
            }
            bytes += Array(data) + [0x0A]
        }
        guard !bytes.isEmpty else { throw .asset(folder.lastPathComponent) }
        try add(bytes, stem: "zhiheng", ending, named: name)
    }

    private mutating func add(
        _ bytes: [UInt8], stem: String, _ ending: String, named name: String
    ) throws(SiteProblem) {
        guard let type = Self.mediaTypes[ending] else { throw .asset("\(stem).\(ending)") }
        let served = "\(stem).\(Digest.hexadecimal(of: bytes).prefix(12)).\(ending)"
        assets[served] = Asset(bytes: bytes, mediaType: type)
        addresses[name] = "/assets/" + served
    }

    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]
}
