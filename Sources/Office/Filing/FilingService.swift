import Expressions
import Records
import Rulebooks
import Storage

/// What the public does without an account: files what a kind's `filing` opens to it, and follows it by receipt.
public struct FilingService: Sendable {
    let office: Office

    public init(_ office: Office) { self.office = office }

    /// Whoever has no account, with what the rulebook lets that role do.
    public var actor: Actor {
        var actor = Actor.public
        actor.permissions = office.rulebook.roles[Actor.publicRole]?.permissions ?? []
        return actor
    }

    /// The kinds of which the public may file records, in the order of the rulebook.
    public var kinds: [Kind] {
        office.rulebook.kindOrder.compactMap(office.rulebook.kind).filter { $0.filing != nil }
    }

    /// The request by which the public files a record, and the code that it is to be told when that is done.
    ///
    /// Whether the values may be filed at all is for the door to decide.
    /// - Throws: `Refusal` when the kind is not open to the public.
    public func request(
        _ kind: Kind, values: [String: Value]
    ) throws(Refusal) -> (request: Request, receipt: ReceiptCode) {
        guard kind.filing != nil,
            let receipt = ReceiptCode(random: office.randomBytes(ReceiptCode.randomByteCount))
        else { throw Refusal(office.unknownKind(kind.id)) }
        let action = Action(.create, kind: kind.id, values: values)
        return (Request(action, by: .actor(actor), receiptDigest: receipt.digest), receipt)
    }

    /// What whoever holds a receipt may know; nil when there is no such receipt, or what it was for is no longer
    /// open to the public.
    public func follow(_ receipt: ReceiptCode) throws -> FollowedFiling? {
        try office.store.read { reader in
            guard let stored = try reader.receipt(digest: receipt.digest),
                let kind = office.rulebook.kind(stored.kind), let filing = kind.filing,
                let record = try reader.record(kind, id: stored.record)
            else { return nil }
            let documents = try reader.documents(kind: kind.id, record: record.id)
                .filter { filing.documents.contains($0.document) }
            return FollowedFiling(
                kind: kind, record: Self.reduced(record, kind: kind, filing: filing), filedAt: stored.filedAt,
                documents: documents)
        }
    }

    /// A record with nothing on it that the receipt does not show.
    private static func reduced(_ record: Record, kind: Kind, filing: Filing) -> Record {
        var reduced = record
        reduced.responsible = nil
        reduced.stage = ""
        reduced.origin = nil
        let shown = Set(filing.shows)
        for (index, field) in kind.fields.enumerated()
        where reduced.values.indices.contains(index) && (field.personal || !shown.contains(field.id)) {
            reduced.values[index] = .null
        }
        return reduced
    }
}

/// What whoever filed a record may know of it.
public struct FollowedFiling: Sendable {
    public let kind: Kind
    /// The record with its number, state and clocks, and of its fields those that the receipt shows.
    public let record: Record
    public let filedAt: Timestamp
    /// The documents issued to whoever filed it, oldest first.
    public let documents: [StoredDocument]
}
