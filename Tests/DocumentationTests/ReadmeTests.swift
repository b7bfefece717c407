import Foundation
import Testing

/// Compares what the read-me pages list with what there is.
@Suite("The read-me pages list what there is")
struct ReadmeTests {
    private static let pages = ["README.md", "README.zh-CN.md"]

    @Test("Every Debian package that make installs is named", arguments: pages)
    func packages(path: String) throws {
        let makefile = try Repository.text("Makefile").split(separator: "\n")
        let line = try #require(makefile.first { $0.hasPrefix("PACKAGES := ") })
        let packages = line.dropFirst("PACKAGES := ".count).split(separator: " ")
        let page = try Repository.text(path)
        #expect(!packages.isEmpty)
        #expect(packages.filter { !page.contains("`\($0)`") } == [])
    }

    @Test("Every target is named", arguments: pages + ["docs/concepts.md"])
    func targets(path: String) throws {
        let folder = Repository.place("Sources").path
        let targets = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            !["CRE2", "COpenCC", "CQREncode", "CXLSXWriter"].contains($0)
        }
        let page = try Repository.text(path)
        #expect(targets.count > 8)
        #expect(targets.sorted().filter { !page.contains($0) } == [])
    }

    @Test("The commands that make offers are those that are named", arguments: pages)
    func commands(path: String) throws {
        let makefile = try Repository.text("Makefile")
        for match in try Repository.text(path).matches(of: try Regex(#"(?m)^make (\w+)"#)) {
            let name = try #require(match.output[1].substring)
            #expect(makefile.contains("\n\(name):"), "make \(name)")
        }
    }
}
