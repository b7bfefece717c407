import Expressions
import Rulebooks

/// Admits many new records of one kind: what `create` decides, prepared once for a whole import.
///
/// An import is one action; who may do it is decided once. Each row is then checked exactly as a creation
/// is: values against fields, derivations, required fields, region, rules, clocks. A row with nothing wrong
/// takes a prepared way; any other is decided again step by step, to gather every reason against it.
public struct Admission: Sendable {
    public let kind: Kind
    private let filler: SlotFiller
    private let state: String
    private let requiredIndices: [Int]
    private let defaults: [(index: Int, value: Value)]
    private let quick: QuickAdmission

    /// Decides whether an actor may import records of a kind, and prepares for the rows.
    ///
    /// - Parameter state: the state in which the records arrive; nil for the kind's own.
    public init(
        _ decider: Decider, kind: Kind, by actor: Actor, at now: Timestamp, state: String? = nil
    ) throws(Refusal) {
        guard actor.permissions.contains(.import) else {
            throw Refusal(RefusalText.notPermitted(actor, permission: .import, rulebook: decider.rulebook))
        }
        // Whoever may not register a record may not register many; the operator of the folder has no role.
        let rule = kind.lifecycle.create
        if decider.rulebook.roles[actor.role] != nil, !rule.by.contains(.role(actor.role)) {
            throw Refusal(
                RefusalText.roleNotAllowed(
                    actor, by: rule.by, action: rule.name, rulebook: decider.rulebook))
        }
        self.kind = kind
        self.filler = decider.filler(kind, now: now, actor: actor)
        self.state = state ?? kind.lifecycle.imported
        self.requiredIndices = kind.fields.indices.filter { kind.fields[$0].required }
        self.defaults = kind.fields.indices.compactMap { index in
            kind.fields[index].defaultValue.map { (index, $0) }
        }
        self.quick = QuickAdmission(filler, requiredIndices: requiredIndices)
    }

    /// The slots that admitting row after row works in; each task has its own.
    public func workspace() -> AdmissionWorkspace {
        AdmissionWorkspace(slots: quick.emptySlots())
    }

    /// The record that a row comes to, or every reason why it cannot be taken in.
    ///
    /// - Parameters:
    ///   - values: in the order of the kind's fields, already coerced to their fields' types.
    ///   - facts: the records that the row refers to.
    ///   - workspace: holds the slots of the record afterwards, when it was admitted.
    public func admit(
        _ values: [Value], origin: ImportOrigin?, state rowState: String? = nil, given facts: Facts,
        in workspace: inout AdmissionWorkspace
    ) throws(Refusal) -> (record: Record, warnings: [Warning]) {
        let given = given(values, origin: origin, state: rowState)
        var record = given
        if quick.admit(&record, given: facts, in: &workspace) { return (record, []) }
        return try explain(given, facts: facts, in: &workspace)
    }

    /// The record as the row gives it, with defaults and nothing derived.
    func given(_ values: [Value], origin: ImportOrigin? = nil, state rowState: String? = nil) -> Record {
        var record = Record(
            id: 0, kind: kind.id, number: "", region: "", responsible: nil, state: rowState ?? state,
            version: 1,
            enteredAt: filler.now, createdAt: filler.now, updatedAt: filler.now, origin: origin,
            values: values)
        for (index, value) in defaults where record.values[index] == .null {
            record.values[index] = value
        }
        return record
    }

    /// Decides step by step, gathering every reason.
    func explain(
        _ record: Record, facts: Facts, in workspace: inout AdmissionWorkspace
    ) throws(Refusal) -> (record: Record, warnings: [Warning]) {
        var draft = Draft(record, filler: filler, facts: facts)
        draft.derive()
        draft.place()
        for index in requiredIndices where draft.record.values[index] == .null {
            draft.require(CollectionOfOne(kind.fields[index].id))
        }
        draft.requireRegion()
        if !filler.actor.region.isEmpty, !draft.record.region.isEmpty,
            !draft.record.region.hasPrefix(filler.rulebook.regions.prefix(filler.actor.region))
        {
            draft.reasons.append(
                RefusalText.regionNotAllowed(draft.record, actor: filler.actor, rulebook: filler.rulebook))
        }
        draft.check(kind.rules)
        draft.settle()
        guard draft.reasons.isEmpty else { throw Refusal(draft.reasons) }
        workspace.keep(draft.slots)
        return (draft.record, draft.warnings)
    }
}

/// The slots in which rows are admitted one after another, so that they are not allocated for each.
public struct AdmissionWorkspace: Sendable {
    /// The record last admitted, in the layout of its kind.
    public internal(set) var slots: [Value]
    /// The day for which the policies' slots hold values; nil when it is not known.
    var policyDay: CivilDate?

    init(slots: [Value]) {
        self.slots = slots
    }

    mutating func keep(_ slots: [Value]) {
        self.slots = slots
        policyDay = nil
    }
}
