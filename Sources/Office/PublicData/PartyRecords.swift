import Expressions
import Records
import Rulebooks
import Storage

/// What the public may see of one party across all kinds.
///
/// A record is a party's where a published field names it, and where it is responsible for the record and the way
/// to it leads through published fields only: whoever may read the site and the site's contractor may ask for the
/// hazards of a contractor.
public struct PartyRecords: Sendable {
    let office: Office
    let sight: Sight

    public init(_ office: Office) {
        self.office = office
        sight = .everybody(in: office.rulebook)
    }

    /// Whether the kind publishes which party is responsible for its records.
    public func publishesResponsible(_ kind: Kind) -> Bool {
        guard let path = kind.responsible, let field = kind.field(path.field), sight.sees(field, of: kind)
        else {
            return false
        }
        guard let target = path.target else { return !field.personal }
        guard case .reference(let id) = field.type, let other = office.rulebook.kind(id),
            let party = other.field(target)
        else { return false }
        return sight.sees(party, of: other) && !party.personal
    }

    /// The published fields that hold a credit code.
    public func partyFields(of kind: Kind) -> [Field] {
        kind.fields.filter { field in
            guard case .party = field.type else { return false }
            return !field.personal && sight.sees(field, of: kind)
        }
    }

    /// The public records of a kind that are a party's, the latest first.
    ///
    /// - Parameter limit: so many are looked at; of them those are left out that lead to the party through a record
    ///   that is not public itself.
    public func records(of party: String, kind: Kind, limit: Int) throws -> [Record] {
        var conditions = partyFields(of: kind).map {
            RecordQuery.Condition(column: "field." + $0.id, comparison: .equal, value: .string(party))
        }
        let byResponsible = publishesResponsible(kind)
        if byResponsible {
            conditions.append(.init(column: "responsible", comparison: .equal, value: .string(party)))
        }
        var query = RecordQuery()
        query.limit = limit
        query.sort = ("id", true)
        // The responsible party is asked for only where it is published, which `Sight` does not look into.
        guard !conditions.isEmpty, var limited = sight.limit(query, of: kind) else { return [] }
        limited.alternatives.append(conditions)
        return try office.store.read { reader in
            try reader.records(limited, of: kind).filter { record in
                try names(party, record, kind) || (byResponsible && leadsPublicly(record, kind, reader))
            }
        }
    }

    private func names(_ party: String, _ record: Record, _ kind: Kind) throws -> Bool {
        partyFields(of: kind).contains { record.value($0.id, in: kind) == .string(party) }
    }

    /// Whether the record through which the party is responsible is public as well.
    private func leadsPublicly(_ record: Record, _ kind: Kind, _ reader: any StoreReading) throws -> Bool {
        guard let path = kind.responsible, path.target != nil,
            case .reference(let target)? = kind.field(path.field)?.type,
            let other = office.rulebook.kind(target), case .int(let id)? = record.value(path.field, in: kind),
            let found = try reader.record(other, id: id)
        else { return kind.responsible?.target == nil }
        return sight.sees(found, of: other)
    }

    /// The kinds of which a party may have public records, registers first.
    public var kinds: [Kind] {
        let kinds = office.rulebook.kindOrder.compactMap(office.rulebook.kind).filter {
            sight.sees($0) && (!partyFields(of: $0).isEmpty || publishesResponsible($0))
        }
        return kinds.filter { $0.family == .register } + kinds.filter { $0.family != .register }
    }

    /// The published name of a party: the title of its own record in a register.
    public func name(of party: String) throws -> (name: String, found: FoundRecord)? {
        for kind in kinds where kind.family == .register {
            guard let key = kind.key.first, partyFields(of: kind).contains(where: { $0.id == key }),
                let record = try records(of: party, kind: kind, limit: 5)
                    .first(where: { $0.value(key, in: kind) == .string(party) })
            else { continue }
            let title = RecordReading(office, language: .zh, sight: sight).title(of: record, kind: kind)
            return (title, FoundRecord(kind: kind, record: record))
        }
        return nil
    }
}

extension PartyRecords {
    /// Whether a text has the form of a unified social credit code (GB 32100): 18 digits and capital letters.
    public static func isCode(_ text: String) -> Bool {
        text.utf8.count == 18
            && text.uppercased().utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
            }
    }

    /// Whether nothing public is on file of a party.
    public func isUnknown(_ party: String) throws -> Bool {
        try kinds.allSatisfy { try records(of: party, kind: $0, limit: 5).isEmpty }
    }

    /// The credit code by which a record of a register stands for a party.
    public func code(of record: Record, kind: Kind) -> String? {
        guard kind.family == .register, let key = kind.key.first,
            partyFields(of: kind).contains(where: { $0.id == key }),
            case .string(let code)? = record.value(key, in: kind), sight.sees(record, of: kind)
        else { return nil }
        return code
    }
}
