import Foundation
import Testing

/// Follows the links between the pages.
@Suite("Links lead somewhere")
struct LinkTests {
    @Test(arguments: Repository.pages)
    func links(path: String) throws {
        let text = try Repository.text(path)
        #expect(try Self.broken(in: text, at: path) == [])
    }

    @Test("A page that nobody can reach from the index is found out")
    func everyPageIsReached() throws {
        var seen: Set<String> = []
        var pending = ["README.md"]
        while let path = pending.popLast() {
            guard seen.insert(path).inserted, path.hasSuffix(".md") else { continue }
            pending += try Self.targets(in: try Repository.text(path), at: path).map(\.path)
        }
        #expect(Set(Repository.pages).subtracting(seen).isEmpty)
    }

    @Test("A broken link is found out")
    func brokenLinks() throws {
        let text =
            "[a](README.md) [b](nowhere.md) [c](README.md#no-such-heading) [d](https://example.org/x.md)"
        #expect(try Self.broken(in: text, at: "README.md") == ["nowhere.md", "README.md#no-such-heading"])
    }

    private struct Target {
        let written: String
        let path: String
        let heading: String?
    }

    private static func broken(in text: String, at path: String) throws -> [String] {
        try targets(in: text, at: path).filter { target in
            guard FileManager.default.fileExists(atPath: Repository.place(target.path).path) else {
                return true
            }
            guard let heading = target.heading else { return false }
            return try !anchors(of: target.path).contains(heading)
        }.map(\.written)
    }

    private static func targets(in text: String, at path: String) throws -> [Target] {
        let outsideFences = Self.prose(text)
        return outsideFences.matches(of: try Regex(#"\]\(([^)\s]+)\)"#)).compactMap { match in
            guard let written = match.output[1].substring.map(String.init), !written.contains("://") else {
                return nil
            }
            let parts = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let folder = path.split(separator: "/").dropLast().map(String.init)
            let file = parts[0].isEmpty ? path : joined(folder, String(parts[0]))
            return Target(written: written, path: file, heading: parts.count > 1 ? String(parts[1]) : nil)
        }
    }

    private static func joined(_ folder: [String], _ relative: String) -> String {
        var steps = folder
        for step in relative.split(separator: "/") {
            if step == ".." {
                steps = Array(steps.dropLast())
            } else if step != "." {
                steps.append(String(step))
            }
        }
        return steps.joined(separator: "/")
    }

    /// The text without its fenced blocks.
    private static func prose(_ text: String) -> String {
        var isOutside = true
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isOutside.toggle() } else if isOutside { lines.append(line) }
        }
        return lines.joined(separator: "\n")
    }

    /// The headings of a page as links name them.
    private static func anchors(of path: String) throws -> Set<String> {
        let headings = prose(try Repository.text(path)).split(separator: "\n").filter { $0.hasPrefix("#") }
        return Set(
            headings.map { heading in
                let words = heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
                return String(
                    words.compactMap {
                        $0 == " " ? "-" : $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : nil
                    })
            })
    }
}
