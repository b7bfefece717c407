import Expressions
import Records
import Rulebooks
import Storage

/// Files sent with forms, from when they come in until a record holds them.
///
/// A file is kept as soon as it is sent, so that a form that was refused need not send it again. Once a record holds it,
/// it is evidence and stays. One that no record has taken after a while is thrown away.
public struct Uploads: Sendable {
    let office: Office
    let archive: FileArchive

    public init(_ office: Office, archive: FileArchive) {
        (self.office, self.archive) = (office, archive)
    }

    /// A file that no record has taken is kept for so long.
    static let keptSeconds: Int64 = 8 * 24 * 3600

    /// Keeps a file that an account sent.
    ///
    /// A file that was there before may be evidence, and is never thrown away on account of this.
    public func keep(_ bytes: [UInt8], from login: String) throws -> String {
        let digest = Digest.hexadecimal(of: bytes)
        try office.store.write { writer in
            try writer.noteUpload(
                digest, login: login, wasNew: !archive.contains(digest), at: office.moment)
        }
        return try archive.keep(bytes)
    }

    /// Whether an account sent a file that no record has taken yet.
    public func isOwn(_ digest: String, of login: String) throws -> Bool {
        try office.store.read { try $0.hasUpload(digest, login: login) }
    }

    /// Throws away files that were sent long ago and never taken, at most so many; returns how many.
    @discardableResult
    public func cleanUp(most: Int = 1_000) throws -> Int {
        guard let before = Timestamp(seconds: office.moment.seconds - Self.keptSeconds) else { return 0 }
        let old = try office.store.read { try $0.uploads(sentBefore: before, limit: most) }
        guard !old.isEmpty else { return 0 }
        try office.store.write { writer in
            // Within the transaction no record can take one of them.
            let stale = Set(try writer.uploads(sentBefore: before, limit: most))
            for digest in old where stale.contains(digest) { archive.remove(digest) }
            try writer.forgetUploads(old.filter(stale.contains))
        }
        return old.count
    }

    /// The files that a record holds and did not hold before.
    static func digests(in record: Record, _ kind: Kind, unlessIn before: Record?) -> [String] {
        var digests: [String] = []
        for field in kind.fields {
            guard case .files = field.type, let value = record.value(field.id, in: kind),
                value != before?.value(field.id, in: kind), case .list(let items) = value
            else { continue }
            digests += items.compactMap { if case .string(let digest) = $0 { digest } else { nil } }
        }
        return digests
    }

    /// Whether a record holds a file, in a field that a sight sees.
    public static func holds(_ digest: String, _ found: FoundRecord, sight: Sight) -> Bool {
        found.kind.fields.contains { field in
            guard case .files = field.type, !field.personal, sight.sees(field, of: found.kind),
                case .list(let items)? = found.record.value(field.id, in: found.kind)
            else { return false }
            return items.contains(.string(digest))
        }
    }
}
