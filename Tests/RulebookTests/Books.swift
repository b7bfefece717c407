import Foundation
import Office
import Records
import Rulebooks
import Testing

/// The rulebooks that come with the project, read once for all tests.
enum Books {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let national = Result { try load("rulebook") }
    static let food = Result { try load("examples/food-inspection") }

    private static func load(_ folder: String) throws -> Rulebook {
        let files = try RulebookFolder.files(at: root.appendingPathComponent(folder))
        return try RulebookLoader.load(base: files, overlays: []).rulebook
    }
}
