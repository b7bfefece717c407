import Expressions
import Ledger
import Records
import Rulebooks
import Storage
import Synchronization

/// A rulebook that was adopted, as the ledger has it.
public struct RulebookAdoption: Hashable, Sendable {
    /// Where the entry stands in the ledger.
    public let position: UInt64
    public let adoptedAt: Timestamp
    /// Who adopted it, and in which role.
    public let actor: String
    public let role: String
    /// The digest, id and version of the rulebook.
    public let digest: String
    public let id: String
    public let version: String
    /// The path and digest of each file, layer by layer, the rulebook beneath first.
    public let layers: [[ArchivedFile]]

    /// A file of a rulebook in the archive.
    public struct ArchivedFile: Hashable, Sendable {
        public let path: String
        public let digest: String
    }

    init?(_ entry: StoredEntry) {
        guard let leaf = try? CanonicalJSON(canonical: entry.leaf), let digest = leaf["rulebook"]?.text,
            let at = leaf["at"]?.text.flatMap(Timestamp.init(rfc3339:)),
            case .array(let layers)? = leaf["files"]
        else { return nil }
        position = entry.position
        adoptedAt = at
        actor = entry.actor
        role = leaf["role"]?.text ?? ""
        self.digest = digest
        id = leaf["rulebook_id"]?.text ?? ""
        version = leaf["rulebook_version"]?.text ?? ""
        self.layers = layers.map { layer in
            guard case .array(let files) = layer else { return [] }
            return files.compactMap { file in
                guard let path = file["path"]?.text, let digest = file["digest"]?.text else { return nil }
                return ArchivedFile(path: path, digest: digest)
            }
        }
    }
}

/// Which rulebooks were in force, and what each changed: from the ledger and the archive.
public final class RulebookHistory: Sendable {
    private let office: Office
    private let archive: FileArchive
    /// Reading two rulebooks takes a second; the differences asked for are few and never change.
    private let known = Mutex<[String: RulebookDifference]>([:])
    private static let knownLimit = 32

    public init(_ office: Office, archive: FileArchive) {
        (self.office, self.archive) = (office, archive)
    }

    /// The adoptions, the latest first, at most a hundred.
    public func adoptions() throws -> [RulebookAdoption] {
        try office.store.read { try $0.adoptions(limit: 100) }.compactMap(RulebookAdoption.init)
    }

    /// A rulebook as it was adopted; nil when the archive no longer has its files, or when this program no longer reads them.
    public func rulebook(of adoption: RulebookAdoption) -> Rulebook? {
        if adoption.digest == office.rulebook.digest { return office.rulebook }
        let layers = adoption.layers.map { layer in
            layer.compactMap { file in
                archive.bytes(file.digest).map { RulebookFile(path: file.path, bytes: $0) }
            }
        }
        guard layers.map(\.count) == adoption.layers.map(\.count),
            let rulebook = try? Workspace.load(layers), rulebook.digest == adoption.digest
        else { return nil }
        return rulebook
    }

    /// What one adoption changed against another; nil when either can no longer be read.
    public func difference(from old: RulebookAdoption, to new: RulebookAdoption) -> RulebookDifference? {
        let key = old.digest + new.digest
        if let found = known.withLock({ $0[key] }) { return found }
        guard let before = rulebook(of: old), let after = rulebook(of: new) else { return nil }
        let difference = RulebookDifference(from: before, to: after)
        known.withLock { known in
            if known.count >= Self.knownLimit { known.removeAll() }
            known[key] = difference
        }
        return difference
    }
}
