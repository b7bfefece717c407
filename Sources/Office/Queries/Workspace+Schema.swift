import Foundation
import Rulebooks
import Storage

extension Workspace {
    /// The files of the rulebook in force and of its overlays, out of the archive.
    ///
    /// Readable even while the tables are behind the rulebook, which keeps `open` from opening.
    /// - Throws: `WorkspaceProblem.notSetUp`, or `.rulebookAltered` when an archived file is gone or differs.
    public func layersInForce() throws -> [[RulebookFile]] {
        guard let data = try? Data(contentsOf: manifestFile) else {
            throw WorkspaceProblem.notSetUp(folder: folder.path)
        }
        guard let manifest = try? JSONDecoder().decode([[ArchivedFile]].self, from: data) else {
            throw WorkspaceProblem.rulebookAltered(folder: folder.path)
        }
        return try manifest.map { layer in
            try layer.map { file in
                guard let bytes = archive.bytes(file.digest) else {
                    throw WorkspaceProblem.rulebookAltered(folder: folder.path)
                }
                return RulebookFile(path: file.path, bytes: bytes)
            }
        }
    }

    /// Brings the tables in step with a rulebook, without taking it into force.
    public func applySchema(layers: [[RulebookFile]]) throws {
        let rulebook = try Self.load(layers)
        let store = try SQLiteStore(
            path: databaseFile.path, cipher: try keys.personalCipher(), rulebook: rulebook, schema: .leave)
        try store.apply(try store.planSchema(for: rulebook), for: rulebook)
    }

    private struct ArchivedFile: Codable {
        var path: String
        var digest: String
    }
}
