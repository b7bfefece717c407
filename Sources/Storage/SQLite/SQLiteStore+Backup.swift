import Foundation
import GRDB

extension SQLiteStore {
    /// How many pages are copied before others get a turn.
    private static let pagesPerStep: Int32 = 2_048

    /// Copies through SQLite's backup interface, from one snapshot, into a file that must not exist yet.
    ///
    /// The file is written under another name and takes its own when it is complete and flushed.
    public func backUp(to path: String, progress: ((Double) -> Void)?) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreProblem.unavailable(reason: .cannotOpen)
        }
        let partial = path + ".part"
        try? FileManager.default.removeItem(atPath: partial)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try SQLiteFailure.mapped {
            let target = try DatabaseQueue(path: partial)
            defer { try? target.close() }
            try pool.backup(to: target, pagesPerStep: Self.pagesPerStep) { step in
                guard step.totalPageCount > 0 else { return }
                progress?(Double(step.completedPageCount) / Double(step.totalPageCount))
            }
            // One file that needs no journal beside it.
            try target.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                try db.execute(sql: "PRAGMA synchronous = FULL")
            }
        }
        guard chmod(partial, 0o600) == 0, rename(partial, path) == 0 else {
            throw StoreProblem.unavailable(reason: .failed)
        }
    }
}
