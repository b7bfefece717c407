import Foundation
import Testing

@testable import Web

@Suite("Texts of the site")
struct TextsTests {
    private static func files(under folder: String, ending: String) throws -> [(name: String, text: String)] {
        let folder = SiteTest.root.appendingPathComponent(folder)
        return try (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(ending) }
            .map {
                ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
            }
    }

    @Test("Every text that a template or a page names exists in both languages")
    func named() throws {
        let texts = try SiteFolder(SiteTest.root.appendingPathComponent("site")).texts()
        let known = try #require(texts.byLanguage[.zh])
        #expect(Set(known.keys) == Set(try #require(texts.byLanguage[.en]).keys))
        for (name, text) in try Self.files(under: "site/templates", ending: ".mustache") {
            for match in text.matches(of: #/\{\{\{?[#^&]?t\.([a-z_]+)/#) {
                #expect(known[String(match.output.1)] != nil, "\(name) names \(match.output.1)")
            }
        }
        for (name, text) in try Self.files(under: "Sources/Web", ending: ".swift") {
            for match in text.matches(of: #/text\("([a-z_]+)"[,)]/#) {
                #expect(known[String(match.output.1)] != nil, "\(name) names \(match.output.1)")
            }
        }
    }

    @Test("No template writes script or style into a page")
    func clean() throws {
        for (name, text) in try Self.files(under: "site/templates", ending: ".mustache") {
            #expect(!text.contains(" style=\""), "\(name)")
            #expect(text.firstMatch(of: #/ on[a-z]+="/#) == nil, "\(name)")
            #expect(text.firstMatch(of: #/<script(?! src=)/#) == nil, "\(name)")
            #expect(!text.contains("{{{"), "\(name) prints something unescaped")
        }
    }
}
