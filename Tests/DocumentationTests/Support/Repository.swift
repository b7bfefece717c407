import Foundation

/// Where things lie in the repository.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A file or folder by its path from the root.
    static func place(_ path: String) -> URL { root.appendingPathComponent(path) }

    /// The text of a file.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: place(path), encoding: .utf8)
    }

    /// The paths of the files below a folder that have an extension, in order.
    static func files(under folder: String, extension wanted: String) -> [String] {
        let base = place(folder).standardizedFileURL.path + "/"
        guard let walker = FileManager.default.enumerator(atPath: base) else { return [] }
        return walker.compactMap { $0 as? String }.filter { $0.hasSuffix("." + wanted) }
            .map { folder + "/" + $0 }.sorted()
    }

    /// Everything that Swift and the rulebook say, as one text.
    static func allText(under folders: [String], extensions: [String]) throws -> String {
        var text = ""
        for folder in folders {
            for wanted in extensions {
                for path in files(under: folder, extension: wanted) { text += try self.text(path) + "\n" }
            }
        }
        return text
    }

    /// The pages that people read.
    static var pages: [String] {
        ["README.md", "README.zh-CN.md", "CHANGELOG.md"] + files(under: "docs", extension: "md")
    }
}
