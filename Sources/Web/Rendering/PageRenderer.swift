import Foundation
import Mustache
import Rulebooks

/// Renders the pages of the site from their templates.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    let texts: SiteTexts
    let assets: AssetCatalogue

    /// Compiles every template of a site.
    init(_ site: SiteFolder, assets: AssetCatalogue) throws(SiteProblem) {
        texts = try site.texts()
        self.assets = assets
        var library = MustacheLibrary()
        let files = (try? FileManager.default.contentsOfDirectory(atPath: site.templates.path)) ?? []
        guard !files.isEmpty else { throw .missing(folder: site.folder.path) }
        for file in files.sorted() where file.hasSuffix(".mustache") {
            let name = String(file.dropLast(".mustache".count))
            do {
                let text = try String(
                    contentsOf: site.templates.appendingPathComponent(file), encoding: .utf8)
                try library.register(text, named: name)
            } catch {
                throw .template(file)
            }
        }
        self.library = library
    }

    /// A page as HTML; nil when there is no such template.
    ///
    /// - Parameter values: what the template names beside the texts `t` and the addresses of assets `asset`.
    func render(_ template: String, _ values: [String: Any], language: Language) -> String? {
        var values = values
        values["t"] = texts.byLanguage[language] ?? [:]
        values["asset"] = assets.addresses
        values["lang"] = language == .zh ? "zh-CN" : "en"
        values["chinese"] = language == .zh
        values["english"] = language == .en
        return library.render(values, withTemplate: template)
    }
}
