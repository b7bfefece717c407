import Crypto
import Foundation
import Ledger
import Storage

/// Copies the database while others work, and checks copies.
///
/// A backup is the database as of one moment. The archive and the keys are files that are never changed: they are
/// copied beside it, the archive after the database, so that it holds whatever the database names.
public struct BackupDesk: Sendable {
    let office: Office
    let workspace: Workspace

    public init(_ office: Office, workspace: Workspace) {
        (self.office, self.workspace) = (office, workspace)
    }

    /// A copy that was made.
    public struct Copy: Codable, Hashable, Sendable {
        public var fileName: String
        public var bytes: Int64
        /// The SHA-256 of the file in hexadecimal.
        public var digest: String
        /// How many entries its ledger has.
        public var entries: UInt64
    }

    /// What checking a copy found.
    public struct Check: Codable, Hashable, Sendable {
        public var fileName: String
        public var entries: UInt64 = 0
        /// Whether the file is what it was when it was made.
        public var isIntact = false
        /// Whether the engine finds nothing wrong in it.
        public var isSound = false
        /// Whether its ledger is the beginning of the present one.
        public var isOurs = false

        public var isGood: Bool { isIntact && isSound && isOurs }
    }

    /// Where backups lie that the page makes.
    public var folder: URL { workspace.folder.appendingPathComponent("backups", isDirectory: true) }

    /// Makes a copy in the folder of backups, called after the moment.
    public func make(progress: ((Double) -> Void)? = nil) throws -> Copy {
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw WorkspaceProblem.unwritable(path: folder.path)
        }
        let stamp = office.moment.description.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
        var name = "zhiheng-\(stamp).db"
        var number = 1
        while FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) {
            number += 1
            name = "zhiheng-\(stamp)-\(number).db"
        }
        return try make(at: folder.appendingPathComponent(name), progress: progress)
    }

    /// Makes a copy in a file that does not exist yet.
    ///
    /// - Throws: `WorkspaceProblem.unwritable` when it exists or cannot be written.
    public func make(at file: URL, progress: ((Double) -> Void)? = nil) throws -> Copy {
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw WorkspaceProblem.unwritable(path: file.path)
        }
        try office.store.backUp(to: file.path, progress: progress)
        let (digest, bytes) = try Self.digest(of: file)
        let entries = try opened(file) { try $0.ledgerSize() }
        return Copy(fileName: file.lastPathComponent, bytes: bytes, digest: digest, entries: entries)
    }

    /// Checks a copy in the folder of backups.
    public func check(_ copy: Copy) throws -> Check {
        var check = Check(fileName: copy.fileName)
        guard let file = place(of: copy), FileManager.default.fileExists(atPath: file.path) else {
            return check
        }
        check.isIntact = try Self.digest(of: file).digest == copy.digest
        let edge: (UInt64, StoredEntry?)? = try? opened(file) { reader in
            check.isSound = try reader.damagedTables().isEmpty
            let size = try reader.ledgerSize()
            return (size, size > 0 ? try reader.entry(at: size - 1) : nil)
        }
        guard let (size, last) = edge else { return check }
        check.entries = size
        let present = try office.store.read { size > 0 ? try $0.entry(at: size - 1) : nil }
        // The tree's hashes commit to all entries before the last, and the copy's were copied with it.
        check.isOurs = present?.leaf == last?.leaf
        return check
    }

    /// Where a copy lies; nil for a name that leads elsewhere.
    public func place(of copy: Copy) -> URL? {
        let name = copy.fileName
        guard name.hasPrefix("zhiheng-"), name.hasSuffix(".db"), !name.contains("/") else { return nil }
        return folder.appendingPathComponent(name)
    }

    private func opened<Result>(_ file: URL, _ body: (any StoreReading) throws -> Result) throws -> Result {
        let store = try SQLiteStore(
            path: file.path, cipher: try workspace.keys.personalCipher(), rulebook: office.rulebook,
            access: .readOnly, schema: .leave)
        defer { try? store.close() }
        return try store.read(body)
    }

    private static func digest(of file: URL) throws -> (digest: String, bytes: Int64) {
        guard let handle = try? FileHandle(forReadingFrom: file) else {
            throw WorkspaceProblem.unreadable(path: file.path)
        }
        defer { try? handle.close() }
        var hasher = SHA256()
        var bytes: Int64 = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hasher.update(data: piece)
            bytes += Int64(piece.count)
        }
        return (Hexadecimal.encode(hasher.finalize()), bytes)
    }
}
