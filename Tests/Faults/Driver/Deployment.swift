import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Storage

/// The office whose process is killed: one database and one archive in a folder.
struct Deployment {
    let office: Office
    let store: SQLiteStore
    let workspace: Workspace

    init(folder: URL, rulebook: Rulebook) throws {
        guard let cipher = PersonalCipher(key: Array(0..<32)) else { throw Unexpected.key }
        workspace = Workspace(folder: folder)
        // A process killed before its first tables were complete left a file without them.
        store = try SQLiteStore(
            path: folder.appendingPathComponent("zhiheng.db").path, cipher: cipher, rulebook: rulebook,
            schema: .apply)
        office = try Office(rulebook: rulebook, store: store) { Self.now }
    }

    static func load(_ folder: URL) throws -> Rulebook {
        try Workspace.load([try RulebookFolder.files(at: folder)])
    }

    static var now: Timestamp {
        Timestamp(seconds: Int64(Date().timeIntervalSince1970)) ?? .epoch
    }

    static let inspector = actor("wang", "inspector")
    static let officer = actor("chen", "county-officer")
    static let contractor = "91330100799655058B"

    private static func actor(_ login: String, _ role: String) -> Request.Identity {
        .actor(
            Actor(
                login: login, name: login, role: role, region: "330000000000",
                permissions: [.read, .create, .act, .import, .administer]))
    }

    enum Unexpected: Error {
        case key
        case number(String)
    }
}
