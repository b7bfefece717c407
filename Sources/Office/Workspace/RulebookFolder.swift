import Foundation
import Rulebooks

/// Reads a rulebook's files from a folder.
public enum RulebookFolder {
    /// The files of a rulebook: what lies below the folder, but for hidden files and notes.
    ///
    /// - Throws: `WorkspaceProblem.noRulebook` when there is no `rulebook.yaml` at its root.
    public static func files(at folder: URL) throws -> [RulebookFile] {
        let root = folder.resolvingSymlinksInPath().standardizedFileURL
        guard FileManager.default.fileExists(atPath: root.appendingPathComponent("rulebook.yaml").path) else {
            throw WorkspaceProblem.noRulebook(folder: folder.path)
        }
        guard
            let walker = FileManager.default.enumerator(
                at: root, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
        else { throw WorkspaceProblem.unreadable(path: folder.path) }
        var files: [RulebookFile] = []
        for case let file as URL in walker {
            guard accepted.contains(file.pathExtension.lowercased()),
                try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            else { continue }
            let path = file.standardizedFileURL.path
            guard path.hasPrefix(root.path + "/") else { continue }
            files.append(
                RulebookFile(
                    path: String(path.dropFirst(root.path.count + 1)),
                    bytes: [UInt8](try Data(contentsOf: file))))
        }
        return files.sorted { $0.path < $1.path }
    }

    /// What a rulebook is made of; read-me files and sources beside it are not part of it.
    static func accepts(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return false }
        return accepted.contains(name.split(separator: ".").last.map { $0.lowercased() } ?? "")
    }

    private static let accepted: Set<String> = ["yaml", "yml", "csv", "mustache"]
}
