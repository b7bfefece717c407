import Expressions
import Ledger
import Records
import Storage

/// Writes the leaves of the ledger. `docs/ledger.md` describes them for strangers.
enum EntryLeaf {
    /// What a leaf says beside what changed.
    struct Envelope {
        var action: String
        var actor: Actor
        var at: Timestamp
        var rulebook: String
        var reason: String?
        var members: [String: CanonicalJSON] = [:]
    }

    /// The entry of an action on a record.
    static func entry(
        _ envelope: Envelope, record: Record, now: [String: CanonicalJSON], was: [String: CanonicalJSON]
    ) -> NewEntry {
        var members = common(envelope)
        members["kind"] = .string(record.kind)
        members["number"] = .string(record.number)
        members["record"] = .integer(record.id)
        members["version"] = .integer(record.version)
        members["changes"] = .object(.init(now))
        if !was.isEmpty { members["was"] = .object(.init(was)) }
        return entry(
            members, kind: record.kind, record: record.id, version: record.version, action: envelope.action,
            actor: envelope.actor)
    }

    /// The entry of an action on the whole: a rulebook adopted, a file imported.
    static func entry(_ envelope: Envelope, kind: String? = nil) -> NewEntry {
        var members = common(envelope)
        if let kind { members["kind"] = .string(kind) }
        return entry(
            members, kind: kind, record: nil, version: nil, action: envelope.action, actor: envelope.actor)
    }

    private static func common(_ envelope: Envelope) -> [String: CanonicalJSON] {
        var members = envelope.members
        members["action"] = .string(envelope.action)
        members["actor"] = .string(envelope.actor.login)
        members["role"] = .string(envelope.actor.role)
        members["at"] = .string(envelope.at.description)
        members["rulebook"] = .string(envelope.rulebook)
        if let party = envelope.actor.party { members["behalf"] = .string(party) }
        if let reason = envelope.reason, !reason.isEmpty { members["reason"] = .string(reason) }
        return members
    }

    private static func entry(
        _ members: [String: CanonicalJSON], kind: String?, record: Int64?, version: Int64?, action: String,
        actor: Actor
    ) -> NewEntry {
        let leaf = CanonicalJSON.object(.init(members)).encoded()
        return NewEntry(
            kind: kind, record: record, version: version, action: action, actor: actor.login, leaf: leaf,
            hash: MerkleTree.leafHash(leaf))
    }
}
