import Foundation
import Ledger
import Storage

/// The keys of a deployment, each a file that only its owner can read.
public struct Keys: Sendable {
    private let folder: URL

    init(folder: URL) {
        self.folder = folder.appendingPathComponent("keys", isDirectory: true)
    }

    private var ledgerFile: URL { folder.appendingPathComponent("ledger.key") }
    /// The public half of the ledger's key: what strangers verify with.
    public var verifierFile: URL { folder.appendingPathComponent("ledger.pub") }
    private var personalFile: URL { folder.appendingPathComponent("personal.key") }

    /// Makes fresh keys from the system's generator.
    func create(origin: String) throws {
        var generator = SystemRandomNumberGenerator()
        let key = try SigningKey(name: origin, using: &generator)
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw WorkspaceProblem.unwritable(path: folder.path)
        }
        try write(key.secretText, to: ledgerFile)
        try write(key.verifier.description, to: verifierFile, permissions: 0o644)
        let personal = Office.systemRandomBytes(PersonalCipher.keyByteCount)
        try write(Hexadecimal.encode(personal), to: personalFile)
    }

    private func write(_ text: String, to file: URL, permissions: Int = 0o600) throws {
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data((text + "\n").utf8),
                attributes: [.posixPermissions: permissions])
        else { throw WorkspaceProblem.unwritable(path: file.path) }
    }

    private func text(_ file: URL) throws -> String {
        guard let data = try? Data(contentsOf: file) else {
            throw WorkspaceProblem.keyMissing(path: file.path)
        }
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The key that signs checkpoints.
    public func signingKey() throws -> SigningKey {
        try SigningKey(text: try text(ledgerFile))
    }

    /// The key that checks them.
    public func verifierKey() throws -> VerifierKey {
        try VerifierKey(text: try text(verifierFile))
    }

    /// The cipher of personal fields.
    func personalCipher() throws -> PersonalCipher {
        guard let bytes = try? Hexadecimal.decode(try text(personalFile)),
            let cipher = PersonalCipher(key: bytes)
        else { throw WorkspaceProblem.keyMalformed(path: personalFile.path) }
        return cipher
    }
}
