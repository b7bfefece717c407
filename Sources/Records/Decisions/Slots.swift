import Expressions
import Rulebooks

/// The values of the policies in the order of their slots, sorted once for all records.
struct PolicySlots: Sendable {
    /// A version without what it rests on, which is not needed here and dear to copy.
    private struct Version: Sendable {
        let since: CivilDate
        let until: CivilDate?
        let value: Value
    }

    private let versions: [[Version]]

    init(_ rulebook: Rulebook) {
        versions = rulebook.policies.keys.sorted().map { id in
            (rulebook.policies[id]?.versions ?? []).map {
                Version(since: $0.since, until: $0.until, value: $0.item)
            }
        }
    }

    /// Fills the slots of the policies, which begin at `first`, for matters governed by a day.
    func fill(_ slots: inout [Value], from first: Int, on day: CivilDate) {
        for index in versions.indices { slots[first + index] = Self.value(of: versions[index], on: day) }
    }

    private static func value(of versions: [Version], on day: CivilDate) -> Value {
        guard let position = versions.lastIndex(where: { $0.since <= day }) else { return .null }
        if let until = versions[position].until, until < day { return .null }
        return versions[position].value
    }
}

/// Lays a record, what it refers to and the circumstances of an action into the slots of its kind's formulas.
///
/// A class, so that passing it on costs one reference and not a copy of the rulebook's many parts.
final class SlotFiller: Sendable {
    let kind: Kind
    let rulebook: Rulebook
    let time: CivilTime
    let now: Timestamp
    let actor: Actor
    let coercion: FieldCoercion
    let policies: PolicySlots

    init(_ decider: Decider, kind: Kind, now: Timestamp, actor: Actor) {
        (self.kind, self.now, self.actor) = (kind, now, actor)
        rulebook = decider.rulebook
        time = decider.time
        coercion = decider.coercion
        policies = decider.policies
    }

    /// All slots of a record.
    func slots(of record: Record, related: [Facts.Key: Record]) -> [Value] {
        var slots = kind.layout.emptySlots
        fill(&slots, with: record, related: related)
        fillCircumstances(&slots)
        fillPolicies(&slots, on: governingDay(of: record))
        return slots
    }

    /// Refills the slots that a record's own facts take.
    func fill(_ slots: inout [Value], with record: Record, related: [Facts.Key: Record]) {
        for index in kind.fields.indices where record.values.indices.contains(index) {
            slots[index] = record.values[index]
        }
        for (index, target) in kind.references {
            slots[index] = slot(slots[index], referringTo: target, related: related)
        }
        let layout = kind.layout
        slots[layout.slot(.state)] = .string(record.state)
        slots[layout.slot(.stage)] = .string(record.stage)
        slots[layout.slot(.overdue)] = .bool(record.overdue)
        slots[layout.slot(.number)] = record.number.isEmpty ? .null : .string(record.number)
        slots[layout.slot(.enteredOn)] = .date(time.day(of: record.enteredAt))
    }

    /// Fills the slots of the moment and of the actor, which no decision changes.
    private func fillCircumstances(_ slots: inout [Value]) {
        let layout = kind.layout
        slots[layout.slot(.today)] = .date(time.day(of: now))
        slots[layout.slot(.now)] = .timestamp(now)
        slots[layout.slot(.actorRole)] = .string(actor.role)
        slots[layout.slot(.actorRegion)] = .string(actor.region)
        slots[layout.slot(.actorLogin)] = .string(actor.login)
    }

    /// Fills the slots of the policies in force on a governing day.
    func fillPolicies(_ slots: inout [Value], on day: CivilDate) {
        policies.fill(&slots, from: kind.layout.firstPolicySlot, on: day)
    }

    /// The slots that measures read: what depends on the record alone, with the policies only where one is read.
    func measuredSlots(of record: Record, readsPolicies: Bool) -> [Value] {
        var slots = kind.layout.emptySlots
        fill(&slots, with: record, related: [:])
        if readsPolicies { fillPolicies(&slots, on: governingDay(of: record)) }
        return slots
    }

    /// A field's value as formulas see it: a reference that was read is an object.
    func slot(_ value: Value, of field: Field, related: [Facts.Key: Record]) -> Value {
        guard case .reference(let target) = field.type else { return value }
        return slot(value, referringTo: target, related: related)
    }

    private func slot(_ value: Value, referringTo target: String, related: [Facts.Key: Record]) -> Value {
        guard !related.isEmpty, case .int(let id) = value,
            let record = related[Facts.Key(kind: target, id: id)]
        else { return value }
        return Self.object(record)
    }

    /// A record as an object: its fields in order, then its number and its state.
    static func object(_ record: Record) -> Value {
        .object(
            ObjectValue(
                typeName: record.kind, id: record.id,
                fields: record.values + [.string(record.number), .string(record.state)]))
    }

    /// The day that decides which versions of the rulebook are in force for a record.
    func governingDay(of record: Record) -> CivilDate {
        if let field = kind.governedBy, let value = record.value(field, in: kind) {
            switch value {
            case .date(let day): return day
            case .timestamp(let moment): return time.day(of: moment)
            default: break
            }
        }
        return time.day(of: record.createdAt)
    }
}

extension Value {
    /// A formula's result as a field keeps it: an object becomes its id.
    var stored: Value {
        if case .object(let object) = self { return .int(object.id) }
        return self
    }

    /// A number in the form a field keeps it: with the field's decimal places, where that loses nothing.
    public func fitted(to type: FieldType) -> Value {
        let places: UInt8
        switch type {
        case .decimal(let own, _, _): places = UInt8(clamping: own)
        case .money: places = 2
        default: return self
        }
        switch self {
        case .decimal(let number): return number.rescaled(to: places).map(Value.decimal) ?? self
        case .int(let number):
            return ExactDecimal(unscaled: number, scale: 0).rescaled(to: places).map(Value.decimal) ?? self
        default: return self
        }
    }
}
