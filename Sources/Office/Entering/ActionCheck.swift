import Expressions
import Records
import Rulebooks
import Storage

/// Looks over what was entered before it is sent: the same answer that the door would give, and nothing done.
public struct ActionCheck: Sendable {
    let office: Office
    let sight: Sight

    public init(_ office: Office, _ sight: Sight) {
        (self.office, self.sight) = (office, sight)
    }

    /// What stands against registering a record.
    public func creation(
        of kind: Kind, _ entries: [(name: String, raw: RawValue)]
    ) throws -> [RefusalReason] {
        try reasons {
            let values = try EnteredFields(office, kind: kind, sight: sight).values(entries)
                .filter { $0.value != .null }
            try decide(Action(.create, kind: kind.id, values: values), nil, kind)
        }
    }

    /// What stands against an action on a record.
    public func action(
        _ rule: ActionRule, on found: FoundRecord, _ entries: [(name: String, raw: RawValue)]
    ) throws -> [RefusalReason] {
        try reasons {
            var values = try EnteredFields(office, kind: found.kind, sight: sight).values(
                entries, for: found.record)
            values = values.filter { $0.value != .null || rule.asks.contains($0.key) }
            try decide(
                Action(.move(rule.id), kind: found.kind.id, record: found.record.id, values: values),
                found.record, found.kind)
        }
    }

    private func reasons(_ body: () throws -> Void) throws -> [RefusalReason] {
        do {
            try body()
            return []
        } catch let refusal as Refusal {
            return refusal.reasons
        }
    }

    private func decide(_ action: Action, _ record: Record?, _ kind: Kind) throws {
        let facts = try office.store.read { reader in
            var facts = Facts(
                related: try office.related(
                    to: record, values: action.values, kind: kind, reading: reader.record))
            if let record {
                for entry in try reader.entries(kind: kind.id, record: record.id) {
                    facts.lastPerformers[entry.action] = entry.actor
                }
            }
            return facts
        }
        _ = try office.decider.decide(
            action, on: record, by: sight.actor, at: office.moment, given: facts)
    }
}
