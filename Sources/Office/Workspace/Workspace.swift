import Expressions
import Foundation
import Ledger
import Records
import Rulebooks
import Storage

/// A folder that holds one deployment: the database, the keys, the archive and the rulebook in force.
///
///     zhiheng.db        records, tallies and ledger
///     keys/             the ledger's signing key, its public half, the key of personal data
///     archive/          every file taken in, by its SHA-256
///     rulebook.json     which archived files make up the rulebook in force
public struct Workspace: Sendable {
    public let folder: URL
    public let archive: FileArchive

    public init(folder: URL) {
        self.folder = folder
        self.archive = FileArchive(folder: folder.appendingPathComponent("archive", isDirectory: true))
    }

    var databaseFile: URL { folder.appendingPathComponent("zhiheng.db") }
    private var manifestFile: URL { folder.appendingPathComponent("rulebook.json") }
    private var pendingManifestFile: URL { folder.appendingPathComponent("rulebook.next.json") }

    /// Whether the folder has been set up.
    public var exists: Bool { FileManager.default.fileExists(atPath: manifestFile.path) }

    // MARK: Setting up

    /// Sets up a folder: keys, database, and the adoption of a rulebook as the first entry of the ledger.
    ///
    /// - Parameters:
    ///   - layers: the files of the rulebook, then of each overlay.
    ///   - origin: the name under which the ledger signs, such as `zhiheng.example.org/zhejiang`.
    @discardableResult
    public func initialize(
        layers: [[RulebookFile]], origin: String, now: @escaping @Sendable () -> Timestamp
    ) throws -> Office {
        guard !exists, !FileManager.default.fileExists(atPath: databaseFile.path) else {
            throw WorkspaceProblem.alreadySetUp(folder: folder.path)
        }
        let rulebook = try Self.load(layers)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw WorkspaceProblem.unwritable(path: folder.path)
        }
        try Keys(folder: folder).create(origin: origin)
        let store = try openStore(rulebook)
        try store.apply(try store.planSchema(for: rulebook), for: rulebook)
        let office = try Office(rulebook: rulebook, store: store, now: now)
        try adopt(layers, in: office, by: .operatorOfFolder)
        return office
    }

    /// Opens a folder that was set up, under the rulebook in force.
    public func open(now: @escaping @Sendable () -> Timestamp) throws -> Office {
        if !exists, FileManager.default.fileExists(atPath: pendingManifestFile.path) {
            // Setting up was interrupted in its last step.
            try takePendingManifest()
        }
        let rulebook = try Self.load(try layersInForce())
        let store = try openStore(rulebook)
        let inForce = try store.read { try $0.setting(Self.rulebookSetting) }
        if inForce != Array(rulebook.digest.utf8) {
            // An adoption that was interrupted after it was durable left its manifest beside the old one.
            guard FileManager.default.fileExists(atPath: pendingManifestFile.path) else {
                throw WorkspaceProblem.rulebookAltered(folder: folder.path)
            }
            try takePendingManifest()
            return try open(now: now)
        }
        // The rulebook is the one the tables were made for, so what is missing is what a newer program keeps beside it.
        let plan = try store.planSchema(for: rulebook)
        if !plan.isEmpty { try store.apply(plan, for: rulebook) }
        return try Office(rulebook: rulebook, store: store, now: now)
    }

    /// What adopting a rulebook would change in the database.
    public func plan(layers: [[RulebookFile]]) throws -> (rulebook: Rulebook, plan: SchemaPlan) {
        let rulebook = try Self.load(layers)
        let store = try openStore(rulebook)
        return (rulebook, try store.planSchema(for: rulebook))
    }

    /// Adopts another rulebook, or another version: migrates the tables forward, then enters the adoption.
    public func adopt(
        layers: [[RulebookFile]], by actor: Actor, now: @escaping @Sendable () -> Timestamp
    ) throws -> Office {
        guard actor.permissions.contains(.adopt) else {
            throw Refusal(
                RefusalReason(
                    .notPermitted, "您的角色没有采用规则书的权限。", "Your role may not adopt a rulebook."))
        }
        let rulebook = try Self.load(layers)
        let store = try openStore(rulebook)
        try store.apply(try store.planSchema(for: rulebook), for: rulebook)
        let office = try Office(rulebook: rulebook, store: store, now: now)
        try adopt(layers, in: office, by: actor)
        _ = try FiguresService(office).rebuild()
        return office
    }

    static let rulebookSetting = "rulebook"

    /// Loads layers as one rulebook.
    public static func load(_ layers: [[RulebookFile]]) throws -> Rulebook {
        guard let base = layers.first else { throw WorkspaceProblem.noRulebook(folder: "") }
        return try RulebookLoader.load(base: base, overlays: Array(layers.dropFirst())).rulebook
    }

    /// Enters an adoption. The manifest is written aside first and takes its place when the entry is durable, so
    /// that a crash between leaves a folder that opens.
    private func adopt(_ layers: [[RulebookFile]], in office: Office, by actor: Actor) throws {
        var manifest: [[ManifestFile]] = []
        for layer in layers {
            manifest.append(try layer.map { ManifestFile(path: $0.path, digest: try archive.keep($0.bytes)) })
        }
        let rulebook = office.rulebook
        var envelope = EntryLeaf.Envelope(
            action: "adopt-rulebook", actor: actor, at: office.moment, rulebook: rulebook.digest)
        envelope.members["rulebook_id"] = .string(rulebook.id)
        envelope.members["rulebook_version"] = .string(rulebook.version)
        envelope.members["files"] = .array(
            manifest.map { layer in
                .array(
                    layer.map { .object(.init(["path": .string($0.path), "digest": .string($0.digest)])) })
            })
        let entry = EntryLeaf.entry(envelope)
        try JSONEncoder.stable.encode(manifest).write(to: pendingManifestFile, options: .atomic)
        try office.store.write { writer in
            try writer.append([entry])
            try writer.set(setting: Self.rulebookSetting, Array(rulebook.digest.utf8))
        }
        try takePendingManifest()
    }

    private func takePendingManifest() throws {
        let data = try Data(contentsOf: pendingManifestFile)
        try data.write(to: manifestFile, options: .atomic)
        try FileManager.default.removeItem(at: pendingManifestFile)
    }

    /// Brings the tables in step with a rulebook, without taking it into force.
    public func applySchema(layers: [[RulebookFile]]) throws {
        let rulebook = try Self.load(layers)
        let store = try openStore(rulebook)
        try store.apply(try store.planSchema(for: rulebook), for: rulebook)
    }

    // MARK: Parts

    private struct ManifestFile: Codable {
        var path: String
        var digest: String
    }

    /// The files of the rulebook in force and of its overlays, out of the archive.
    ///
    /// Readable even while the tables are behind the rulebook, which keeps `open` from opening.
    /// - Throws: `WorkspaceProblem.notSetUp`, or `.rulebookAltered` when an archived file is gone or differs.
    public func layersInForce() throws -> [[RulebookFile]] {
        guard let data = try? Data(contentsOf: manifestFile) else {
            throw WorkspaceProblem.notSetUp(folder: folder.path)
        }
        guard let manifest = try? JSONDecoder().decode([[ManifestFile]].self, from: data) else {
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

    private func openStore(_ rulebook: Rulebook) throws -> SQLiteStore {
        try SQLiteStore(
            path: databaseFile.path, cipher: try Keys(folder: folder).personalCipher(), rulebook: rulebook,
            schema: .leave)
    }

    /// The keys of the deployment.
    public var keys: Keys { Keys(folder: folder) }
}

extension Actor {
    /// Whoever holds the folder: may set up, import and export, but performs no action that a role is needed for.
    public static let operatorOfFolder = Actor(
        login: Accounts.operatorLogin, name: "本机操作员", role: Accounts.operatorLogin, region: "",
        permissions: Set(Permission.allCases))
}

extension JSONEncoder {
    static var stable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return encoder
    }
}

/// What can be wrong with a folder.
public enum WorkspaceProblem: Error, Hashable, Sendable {
    case alreadySetUp(folder: String)
    case notSetUp(folder: String)
    case noRulebook(folder: String)
    case rulebookAltered(folder: String)
    case unreadable(path: String)
    case unwritable(path: String)
    case keyMissing(path: String)
    case keyMalformed(path: String)
}
