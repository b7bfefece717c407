import Expressions
import Foundation
import Records
import Rulebooks
import Storage

/// What the machine is doing, for whoever keeps it running.
public struct MachineStatus: Sendable {
    public let engine: EngineStatus
    public let outbox: OutboxStatus
    /// The last run of the clocks; nil before the first.
    public let clocks: SweepLog.Line?
    /// When a clock wants attention next.
    public let nextClock: Timestamp?
    public let ledgerSize: UInt64
    public let checkpoint: StoredCheckpoint?
    /// The sizes of what the folder holds, in bytes.
    public let sizes: [FolderSize]
    /// Whether another rulebook is in force on disk than the one this process works by.
    public let rulebookPending: Bool

    /// A part of the folder and how large it is.
    public struct FolderSize: Hashable, Sendable {
        public enum Part: String, CaseIterable, Sendable {
            case database, journal, archive, backups, uploads
        }

        public let part: Part
        public let bytes: Int64
        public let files: Int
        /// Whether there are more files than were looked at.
        public let isAtLeast: Bool
    }

    /// Looks at an office and its folder.
    ///
    /// - Throws: `Refusal` without the permission `operate`.
    public init(_ office: Office, workspace: Workspace, as actor: Actor) throws {
        guard actor.permissions.contains(.operate), !actor.isPublic else {
            throw Refusal(
                RefusalReason(
                    .notPermitted, "您的角色不能查看系统运行情况。", "Your role may not see the state of the machine."))
        }
        let last = Timestamp(seconds: 253_402_300_799) ?? office.moment
        let read = try office.store.read { reader in
            (
                try reader.engineStatus(), try reader.outboxStatus(), try SweepLog(office).last(reader),
                try reader.clocksWanting(before: last, limit: 1).first?.at, try reader.ledgerSize(),
                try reader.checkpoints().last, try reader.setting(Workspace.rulebookSetting)
            )
        }
        (engine, outbox, clocks, nextClock, ledgerSize, checkpoint) = (
            read.0, read.1, read.2, read.3, read.4, read.5
        )
        // A database without the setting was not set up as a folder is, and has nothing to compare.
        rulebookPending = read.6.map { $0 != Array(office.rulebook.digest.utf8) } ?? false
        let folder = workspace.folder
        sizes = [
            Self.size(.database, [workspace.databaseFile]),
            Self.size(.journal, [URL(fileURLWithPath: workspace.databaseFile.path + "-wal")]),
            Self.size(.archive, [folder.appendingPathComponent("archive", isDirectory: true)]),
            Self.size(.backups, [folder.appendingPathComponent("backups", isDirectory: true)]),
            Self.size(.uploads, [workspace.uploads]),
        ]
    }

    /// So many files of a part are looked at.
    private static let mostFiles = 50_000

    private static func size(_ part: FolderSize.Part, _ places: [URL]) -> FolderSize {
        var (bytes, files) = (Int64(0), 0)
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey]
        func add(_ file: URL) {
            guard let values = try? file.resourceValues(forKeys: keys), values.isRegularFile == true else {
                return
            }
            bytes += Int64(values.fileSize ?? 0)
            files += 1
        }
        for place in places {
            add(place)
            guard part != .database, part != .journal,
                let walker = FileManager.default.enumerator(
                    at: place, includingPropertiesForKeys: Array(keys))
            else { continue }
            for case let file as URL in walker {
                guard files < mostFiles else { break }
                add(file)
            }
        }
        return FolderSize(part: part, bytes: bytes, files: files, isAtLeast: files >= mostFiles)
    }
}
