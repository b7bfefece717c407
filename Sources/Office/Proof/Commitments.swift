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
        let hasPersonal = kind.fields.contains { $0.personal }
        let salts =
            hasPersonal && decision.before != nil
            ? try writer.salts(kind: kind.id, record: decision.after.id) : [:]
        let before = try decision.before.map { record in
            try RecordImage(of: record, kind: kind) { field, value in
                try Self.commitment(field, value, salts: salts)
            }
        }
        let after = try RecordImage(of: decision.after, kind: kind) { field, value in
            if let old = decision.before?.value(field.id, in: kind), old == value {
                return try Self.commitment(field, value, salts: salts)
            }
            return try commit(field, value, record: decision.after)
        }
        for key in salts.keys {
            let old = before?.members[key.field]
            guard old == nil || old != after.members[key.field] else { continue }
            try writer.set(salt: nil, for: key, kind: kind.id, record: decision.after.id)
        }
        return after.changes(from: before)
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
