import Foundation
import Testing

@Suite("The sources keep to the house rules")
struct TidyTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles(below folder: URL) -> [URL] {
        let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    }

    @Test("Pure targets stay pure, and nothing crashes on purpose", arguments: try sourceTargets())
    func sources(target: String) throws {
        let folder = Self.root.appendingPathComponent("Sources/\(target)")
        for file in Self.swiftFiles(below: folder) {
            let text = try String(contentsOf: file, encoding: .utf8)
            let name = "\(target)/\(file.lastPathComponent)"
            let findings = try Tidy.findings(in: text, file: name, isPure: Tidy.pureTargets.contains(target))
            #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
        }
    }

    static func sourceTargets() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)
            .sorted()
    }

    @Test("The pure targets exist")
    func pureTargetsExist() throws {
        let targets = Set(try Self.sourceTargets())
        #expect(Set(Tidy.pureTargets).isSubset(of: targets))
    }

    @Test("The check finds what it is there to find")
    func fixtureFails() throws {
        let fixture = Self.root.appendingPathComponent("Tests/TidyTests/Fixtures/Impure.swift.txt")
        let text = try String(contentsOf: fixture, encoding: .utf8)
        let findings = try Tidy.findings(in: text, file: "Impure.swift", isPure: true)
        #expect(Set(findings.map(\.line)) == [2, 6, 7, 9])
        let lenient = try Tidy.findings(in: text, file: "Impure.swift", isPure: false)
        #expect(lenient.map(\.rule) == ["try! crashes on bad input"])
    }

    @Test("Nothing in the project names the machine it was made on")
    func noMachinePaths() throws {
        let places = [
            "Sources", "Tests", "docs", "rulebook", "examples", "scripts", "README.md", "README.zh-CN.md",
        ]
        let forbidden = ["/wo" + "rk/", "/ro" + "ot/", "/opt/sw" + "ift"]
        for place in places {
            let url = Self.root.appendingPathComponent(place)
            for file in Self.textFiles(at: url) {
                guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
                for path in forbidden {
                    #expect(!text.contains(path), "\(file.lastPathComponent) names \(path)")
                }
            }
        }
    }

    private static func textFiles(at url: URL) -> [URL] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [url] }
        let walker = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
        let kinds: Set<String> = ["swift", "md", "yaml", "mustache", "sh", "txt", ""]
        return (walker?.compactMap { $0 as? URL } ?? []).filter { kinds.contains($0.pathExtension) }
    }
}
