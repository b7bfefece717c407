import Foundation
import Mustache
import Rulebooks

/// Renders the pages of the site from their templates.
struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    let texts: SiteTexts
    let assets: AssetCatalogue

    /// Compiles every template of a site; one in a folder goes by its path, `part/state`.
    init(_ site: SiteFolder, assets: AssetCatalogue) throws(SiteProblem) {
        texts = try site.texts()
        self.assets = assets
        var library = MustacheLibrary()
        let files = FileManager.default.subpaths(atPath: site.templates.path) ?? []
        guard !files.isEmpty else { throw .missing(folder: site.folder.path) }
        for file in files.sorted() where file.hasSuffix(".mustache") {
            do {
                let text = try String(
                    contentsOf: site.templates.appendingPathComponent(file), encoding: .utf8)
                try library.register(text, named: String(file.dropLast(".mustache".count)))
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
        values["htmlLanguage"] = language == .zh ? "zh-CN" : "en"
        return library.render(values, withTemplate: template)
    }

    /// A text of the site.
    func text(_ key: String, _ language: Language) -> String { texts.text(key, language) }

    /// A text of the site in which `{name}` stands for another text.
    func text(_ key: String, _ values: [String: String], _ language: Language) -> String {
        var text = texts.text(key, language)
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }
}
