import Foundation
import Rulebooks
import Yams

/// The folder with what the site shows: templates, styles, pictures and texts.
///
///     templates/   pages and their parts, in Mustache
///     assets/      styles, scripts and pictures of the site's own
///     texts/       every text of the site by key, in Chinese and English
public struct SiteFolder: Sendable {
    public let folder: URL

    public init(_ folder: URL) { self.folder = folder }

    var templates: URL { folder.appendingPathComponent("templates", isDirectory: true) }
    var assets: URL { folder.appendingPathComponent("assets", isDirectory: true) }

    private var textFolder: URL { folder.appendingPathComponent("texts", isDirectory: true) }

    /// Whether the folder holds a site.
    public var isSite: Bool { FileManager.default.fileExists(atPath: textFolder.path) }

    /// The texts of the site, from all files of the folder.
    ///
    /// - Throws: `SiteProblem.texts` when a file cannot be read or is no map, or when a key lacks a language or stands twice.
    func texts() throws(SiteProblem) -> SiteTexts {
        var texts: [String: Bilingual] = [:]
        for name in Self.files(in: textFolder, ending: ".yml") {
            guard
                let text = try? String(
                    contentsOf: textFolder.appendingPathComponent(name), encoding: .utf8),
                let entries = try? Yams.load(yaml: text) as? [String: Any]
            else { throw .texts(name, key: nil) }
            for (key, value) in entries {
                guard let languages = value as? [String: Any], let zh = languages["zh"] as? String,
                    let en = languages["en"] as? String, texts[key] == nil
                else { throw .texts(name, key: key) }
                texts[key] = Bilingual(zh: zh, en: en)
            }
        }
        guard !texts.isEmpty else { throw .missing(folder: folder.path) }
        return SiteTexts(texts)
    }

    /// The names of the files of a folder in their order, which is the order they are put together in.
    static func files(in folder: URL, ending: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { $0.hasSuffix(ending) }.sorted()
    }
}

/// Every text of the site by its key.
struct SiteTexts: Sendable {
    /// The texts by key, per language: what templates name as `t.key`.
    let byLanguage: [Language: [String: String]]

    init(_ texts: [String: Bilingual]) {
        byLanguage = [.zh: texts.mapValues(\.zh), .en: texts.mapValues(\.en)]
    }

    /// A text in a language; its key when there is no such text, which a test rules out.
    func text(_ key: String, _ language: Language) -> String { byLanguage[language]?[key] ?? key }
}

/// What keeps the site from being served.
public enum SiteProblem: Error, Hashable, Sendable {
    /// There is no folder with a site.
    case missing(folder: String)
    /// The texts cannot be read, or one of them is not there in both languages.
    case texts(String, key: String?)
    /// A template cannot be read as Mustache.
    case template(String)
    /// A style, script or picture is missing.
    case asset(String)

    /// The problem in words, in Chinese and in English.
    public var message: Bilingual {
        switch self {
        case .missing:
            Bilingual(
                zh: "找不到站点文件。请用 --site 指明 site 文件夹，或设置 ZHIHENG_SITE。",
                en: "The site's files were not found. Name the folder `site` by --site, or set ZHIHENG_SITE.")
        case .texts(let file, let key):
            Bilingual(
                zh: "站点文字 \(file) 无法读取\(key.map { "：“\($0)”缺少 zh 或 en，或在别处已有" } ?? "")。",
                en:
                    "The texts of the site in \(file) cannot be read\(key.map { ": `\($0)` lacks zh or en, or stands elsewhere too" } ?? "")."
            )
        case .asset(let name):
            Bilingual(
                zh: "找不到 \(name)。请安装 libjs-bootstrap5，并检查 site/assets。",
                en: "\(name) is missing. Install libjs-bootstrap5, and look into site/assets.")
        case .template(let name):
            Bilingual(
                zh: "页面模板 \(name) 不是正确的 Mustache。", en: "The template \(name) is not proper Mustache.")
        }
    }
}
