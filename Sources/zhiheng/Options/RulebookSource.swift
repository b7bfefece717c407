import Foundation
import Office
import Rulebooks

/// Finds the folders that a rulebook and its overlays are read from.
enum RulebookSource {
    /// The national rulebook, which travels with the program and need not be named.
    ///
    /// Looked for in this order: the folder named, ZHIHENG_RULEBOOK, `../share/zhiheng/rulebook` beside the
    /// program, then `rulebook` in any folder above the program, as in a build tree.
    static func folder(named path: String?) throws -> URL {
        if let path { return URL(fileURLWithPath: path, isDirectory: true) }
        if let path = ProcessInfo.processInfo.environment["ZHIHENG_RULEBOOK"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        for candidate in besideProgram() where isRulebook(candidate) { return candidate }
        throw WorkspaceProblem.noRulebook(folder: "")
    }

    private static func besideProgram() -> [URL] {
        guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return [] }
        var folder = program.deletingLastPathComponent()
        var candidates = [folder.deletingLastPathComponent().appendingPathComponent("share/zhiheng/rulebook")]
        while folder.path != "/" {
            candidates.append(folder.appendingPathComponent("rulebook"))
            folder = folder.deletingLastPathComponent()
        }
        return candidates
    }

    private static func isRulebook(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("rulebook.yaml").path)
    }

    /// The files of a rulebook and of its overlays, one layer each.
    static func layers(_ path: String?, overlays: [String]) throws -> [[RulebookFile]] {
        let base = try RulebookFolder.files(at: try folder(named: path))
        return try [base]
            + overlays.map { try RulebookFolder.files(at: URL(fileURLWithPath: $0, isDirectory: true)) }
    }
}
