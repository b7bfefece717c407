import Expressions
import Ledger
import Records
import Rulebooks
import Storage

/// Salted commitments of personal fields: made when a field is set, opened while its salt is kept.
struct Commitments {
    let office: Office
    let writer: any StoreWriting

    /// What an action changed, personal fields as commitments; their salts are stored on the way.
    ///
    /// A personal field that changes gets a fresh salt, filed under the record's version. The salt of a value
    /// that is no longer on file goes with it: with it, a value once held could still be guessed and tested.
    func changes(
        _ decision: Decision, kind: Kind
    ) throws -> (now: [String: CanonicalJSON], was: [String: CanonicalJSON]) {
        let after = decision.after
        guard let before = decision.before else {
            let image = try RecordImage(of: after, kind: kind) { try commit($0, $1, record: after) }
            return (image.members, [:])
        }
        var difference = RecordImage.Difference()
        difference.noteSystemMembers(from: before, to: after)
        var salts: [SaltKey: [UInt8]]?
        for (index, field) in kind.fields.enumerated()
        where before.values.indices.contains(index) && after.values.indices.contains(index) {
            let (old, new) = (before.values[index], after.values[index])
            guard !RecordImage.hasSameSpelling(old, new) else { continue }
            if field.personal {
                let known = try salts ?? writer.salts(kind: kind.id, record: after.id)
                salts = known
                let was = old.isNull ? nil : try Self.commitment(field, old, salts: known)
                let now = new.isNull ? nil : try commit(field, new, record: after)
                difference.note(field.id, from: was, to: now)
                for key in known.keys where key.field == field.id {
                    try writer.set(salt: nil, for: key, kind: kind.id, record: after.id)
                }
            } else {
                // A value that is not on file is spelled null.
                difference.note(field.id, from: RecordImage.json(old), to: RecordImage.json(new))
            }
        }
        return (difference.now, difference.was)
    }

    /// Commits to a value under a fresh salt.
    func commit(_ field: Field, _ value: Value, record: Record) throws -> CanonicalJSON {
        let bytes = office.randomBytes(Salt.byteCount)
        try writer.set(
            salt: bytes, for: SaltKey(field: field.id, version: record.version), kind: record.kind,
            record: record.id)
        return try Commitment(field: field.id, value: RecordImage.json(value), salt: Salt(bytes: bytes)).json
    }

    /// The commitment a value on file was given, from the latest salt of its field.
    static func commitment(_ field: Field, _ value: Value, salts: [SaltKey: [UInt8]]) throws -> CanonicalJSON
    {
        let latest = salts.filter { $0.key.field == field.id }.max { $0.key.version < $1.key.version }
        guard let latest else { return .object(.init(["commitment": .string("salt missing")])) }
        return try Commitment(
            field: field.id, value: RecordImage.json(value), salt: Salt(bytes: latest.value)
        ).json
    }
}

extension EntryLeaf {
    /// A document as a leaf names it: its number and the digest of both texts.
    static func document(_ document: StoredDocument) -> CanonicalJSON {
        .object(
            .init([
                "number": .string(document.number), "document": .string(document.document),
                "digest": .string(
                    Digest.hexadecimal(of: Array((document.text + "\u{0}" + document.textEnglish).utf8))),
            ]))
    }
}
