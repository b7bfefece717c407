import Exchange
import Foundation
import Office

/// Writes what somebody wants in a file.
enum OutputFile {
    /// Replaces the file, whole or not at all.
    static func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

    /// Replaces the file, whole or not at all.
    static func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw WorkspaceProblem.unwritable(path: path)
        }
    }

    /// The bytes of a file.
    static func read(_ path: String) throws -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw WorkspaceProblem.unreadable(path: path)
        }
        return [UInt8](data)
    }
}
