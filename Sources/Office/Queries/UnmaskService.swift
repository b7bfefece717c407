import Expressions
import Ledger
import Records
import Rulebooks
import Storage

/// Opens personal data to those who may see it, and enters in the ledger that it was opened.
public struct UnmaskService: Sendable {
    /// How the ledger names it.
    public static let action = "unmask"

    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// What is to be seen.
    public struct Scope: Sendable {
        /// The id of the kind.
        public var kind: String
        /// The number of the one record; nil for several.
        public var number: String?
        /// The personal fields, by id.
        public var fields: [String]
        /// Which records, as the person asked: filters and region.
        public var conditions: [String] = []
        /// What for, when it was said.
        public var reason: String?

        public init(kind: String, number: String? = nil, fields: [String]) {
            self.kind = kind
            self.number = number
            self.fields = fields
        }
    }

    /// Enters an unmasking before anything is shown; a scope without personal fields enters nothing.
    ///
    /// - Throws: `Refusal` when the actor lacks the permission; then nothing may be shown.
    public func enter(_ scope: Scope, by actor: Actor) throws {
        guard !scope.fields.isEmpty else { return }
        guard actor.permissions.contains(.unmask) else {
            throw Refusal(
                RefusalReason(
                    .notPermitted, "您的角色没有查看个人信息的权限。", "Your role may not see personal data."))
        }
        var envelope = EntryLeaf.Envelope(
            action: Self.action, actor: actor, at: office.moment, rulebook: office.rulebook.digest,
            reason: scope.reason)
        envelope.members["fields"] = .array(scope.fields.map(CanonicalJSON.string))
        if let number = scope.number { envelope.members["number"] = .string(number) }
        if !scope.conditions.isEmpty {
            envelope.members["conditions"] = .array(scope.conditions.map(CanonicalJSON.string))
        }
        let entry = EntryLeaf.entry(envelope, kind: scope.kind)
        try office.store.write { try $0.append([entry]) }
    }

    /// The values and salts that open commitments of one entry, for the holder of its proof.
    ///
    /// Entered in the ledger like any unmasking.
    /// - Parameter position: an entry about the record; the fields must have been set by it.
    /// - Throws: `LedgerProblem.notCommitted` for a field that the entry did not set or that was erased,
    ///   `LedgerProblem.wrongOpening` when the field has since been given another value.
    public func openings(
        _ fields: [String], of found: FoundRecord, at position: UInt64, by actor: Actor
    ) throws -> [Opening] {
        guard !fields.isEmpty else { return [] }
        let openings = try office.store.read { reader in
            guard let entry = try reader.entry(at: position), let version = entry.version,
                entry.kind == found.kind.id, entry.record == found.record.id
            else {
                throw LedgerProblem.outsideTree(index: position, size: try reader.ledgerSize())
            }
            let leaf = try CanonicalJSON(canonical: entry.leaf)
            let salts = try reader.salts(kind: found.kind.id, record: found.record.id)
            return try fields.map { field in
                guard let value = found.record.value(field, in: found.kind), value != .null,
                    leaf["changes"]?[field].flatMap(Commitment.init(json:)) != nil
                else { throw LedgerProblem.notCommitted(field: field) }
                // The salt went with the value that this entry set.
                guard let bytes = salts[SaltKey(field: field, version: version)] else {
                    throw LedgerProblem.wrongOpening(field: field)
                }
                let opening = Opening(
                    field: field, value: RecordImage.json(value), salt: try Salt(bytes: bytes))
                try opening.verify(leaf: leaf)
                return opening
            }
        }
        try enter(Scope(kind: found.kind.id, number: found.record.number, fields: fields), by: actor)
        return openings
    }
}
