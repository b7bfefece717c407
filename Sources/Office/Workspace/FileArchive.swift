import Crypto
import Foundation
import Ledger

/// Files kept by what they contain: each under its SHA-256, written once, never changed.
public struct FileArchive: Sendable {
    let folder: URL

    public init(folder: URL) {
        self.folder = folder
    }

    private func place(of digest: String) -> URL {
        folder.appendingPathComponent(String(digest.prefix(2)), isDirectory: true).appendingPathComponent(
            digest)
    }

    /// Keeps bytes; keeping the same bytes twice is once.
    @discardableResult
    public func keep(_ bytes: [UInt8]) throws -> String {
        let digest = Digest.hexadecimal(of: bytes)
        let target = place(of: digest)
        guard !FileManager.default.fileExists(atPath: target.path) else { return digest }
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: target, options: .atomic)
        return digest
    }

    /// Keeps a file that may be larger than memory; its digest is given by whoever read it.
    public func keep(file: URL, digest: String) throws {
        let target = place(of: digest)
        guard !FileManager.default.fileExists(atPath: target.path) else { return }
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        let partial = target.appendingPathExtension("part")
        try? FileManager.default.removeItem(at: partial)
        try FileManager.default.copyItem(at: file, to: partial)
        try FileManager.default.moveItem(at: partial, to: target)
    }

    /// Whether there is a file under a digest.
    public func contains(_ digest: String) -> Bool {
        FileManager.default.fileExists(atPath: place(of: digest).path)
    }

    /// Takes a file away, if it is there. For files that nothing refers to; see `Uploads`.
    func remove(_ digest: String) { try? FileManager.default.removeItem(at: place(of: digest)) }

    /// The bytes under a digest, nil when there are none or they are no longer what they were.
    public func bytes(_ digest: String) -> [UInt8]? {
        guard let data = try? Data(contentsOf: place(of: digest)) else { return nil }
        let bytes = [UInt8](data)
        return Digest.hexadecimal(of: bytes) == digest ? bytes : nil
    }

    /// Whether a file is there and still is what it was, read in pieces.
    public func isIntact(_ digest: String) -> Bool {
        guard let handle = try? FileHandle(forReadingFrom: place(of: digest)) else { return false }
        defer { try? handle.close() }
        var hasher = SHA256()
        while let piece = try? handle.read(upToCount: 1 << 20), !piece.isEmpty { hasher.update(data: piece) }
        return Hexadecimal.encode(hasher.finalize()) == digest
    }
}
