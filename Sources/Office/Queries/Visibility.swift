import Expressions
import Records
import Rulebooks
import Storage

/// Which records an actor may see: those of its region, or those its party is responsible for.
public struct Visibility: Sendable {
    private let regionPrefix: String
    private let party: String?

    /// The visibility of an actor. An enterprise sees what it is responsible for, wherever that lies.
    public init(of actor: Actor, in rulebook: Rulebook) {
        party = actor.party
        regionPrefix =
            actor.party == nil && !actor.region.isEmpty ? rulebook.regions.prefix(actor.region) : ""
    }

    /// Whether a record is visible.
    public func covers(_ record: Record) -> Bool {
        if let party { return record.responsible == party }
        return record.region.hasPrefix(regionPrefix)
    }

    /// Narrows a query to what is visible.
    ///
    /// - Throws: `Refusal` when the query asks for a region outside the actor's.
    public func narrow(_ query: inout RecordQuery) throws(Refusal) {
        if let party {
            query.conditions.append(.init(column: "responsible", comparison: .equal, value: .string(party)))
            return
        }
        guard let asked = query.regionPrefix, !asked.isEmpty else {
            query.regionPrefix = regionPrefix.isEmpty ? nil : regionPrefix
            return
        }
        guard asked.hasPrefix(regionPrefix) else {
            throw Refusal(
                RefusalReason(
                    .regionNotAllowed, "该区划不在您的辖区内。", "That region is outside your own."))
        }
    }
}
