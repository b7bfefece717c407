import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Storage

/// What every benchmark stands on: the project's rulebook, and a folder for its databases.
struct Ground {
    let rulebook: Rulebook
    let folder: URL
    /// A fixed moment, so that every run writes the same rows.
    let moment: Timestamp

    enum Problem: Error {
        case noRulebook
        case noCipher
        case noKind(String)
    }

    /// Loads the rulebook of the project and makes a folder, which `clear` takes away.
    init(folder parent: URL) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        rulebook = try Workspace.load([try RulebookFolder.files(at: root.appendingPathComponent("rulebook"))])
        folder = parent.appendingPathComponent("zhiheng-benchmarks-\(getpid())", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard let moment = Timestamp(rfc3339: "2026-03-02T01:00:00Z") else { throw Problem.noRulebook }
        self.moment = moment
    }

    func clear() {
        try? FileManager.default.removeItem(at: folder)
    }

    func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// An office over a database of its own.
    func office(_ name: String, now: (@Sendable () -> Timestamp)? = nil) throws -> Office {
        let cipher = PersonalCipher(key: Array(0..<32))
        guard let cipher else { throw Problem.noCipher }
        let store = try SQLiteStore(path: file(name).path, cipher: cipher, rulebook: rulebook)
        let moment = self.moment
        return try Office(rulebook: rulebook, store: store, now: now ?? { moment })
    }

    func kind(_ id: String) throws -> Kind {
        guard let kind = rulebook.kind(id) else { throw Problem.noKind(id) }
        return kind
    }

    /// The first code of a list that is in force.
    func code(_ list: String, _ position: Int = 0) -> String {
        let items = rulebook.codeLists[list]?.items(on: CivilDate(year: 2026, month: 3, day: 2)) ?? []
        return items.isEmpty ? "" : items[position % items.count].id
    }

    /// Somebody who may do whatever a role of the rulebook may.
    static func person(_ login: String, role: String) -> Request.Identity {
        .actor(
            Actor(
                login: login, name: login, role: role, region: "330000000000", party: nil,
                permissions: [.read, .create, .act, .import]))
    }
}
