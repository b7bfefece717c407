import Expressions
import Rulebooks

/// The way of a row that has nothing wrong with it: all that the rulebook says was looked up beforehand.
///
/// It comes to the same record as the steps of `Draft` do, or gives up without saying why.
final class QuickAdmission: Sendable {
    private let filler: SlotFiller
    private let layout: SlotLayout
    private let governingIndex: Int?
    private let references: [(index: Int, kind: String)]
    private let derivations: [Derived]
    private let region: Place?
    private let responsible: Place?
    private let requiredIndices: [Int]
    /// The digits with which the region must begin; nil when any region will do.
    private let allowedRegion: String?
    private let rules: [CheckedRule]
    private let publicWhen: Program?
    private let today: CivilDate

    private enum Derived: Sendable {
        case formula(index: Int, versions: [Dated<Formula>])
        case judgement(index: Int, versions: [Dated<JudgementTable>], settled: [Int], clause: [Int])
    }

    /// Where a text of the record stands: in a field, or in a field of the record it refers to.
    private struct Place: Sendable {
        let index: Int
        let target: (kind: Kind, field: String)?
    }

    init(_ filler: SlotFiller, requiredIndices: [Int]) {
        let kind = filler.kind
        self.filler = filler
        self.requiredIndices = requiredIndices
        layout = kind.layout
        governingIndex = kind.governedBy.flatMap { kind.fieldIndex[$0] }
        references = kind.references
        derivations = Self.derivations(kind, filler.rulebook)
        region = Self.place(kind.region, kind, filler.rulebook)
        responsible = kind.responsible.flatMap { Self.place($0, kind, filler.rulebook) }
        let ownRegion = filler.actor.region
        allowedRegion = ownRegion.isEmpty ? nil : filler.rulebook.regions.prefix(ownRegion)
        rules = kind.rules
        publicWhen = kind.publicWhen?.program
        today = filler.time.day(of: filler.now)
    }

    private static func derivations(_ kind: Kind, _ rulebook: Rulebook) -> [Derived] {
        kind.computationOrder.compactMap { name in
            guard let index = kind.fieldIndex[name] else { return nil }
            switch kind.fields[index].derivation {
            case .formula(let versions): return .formula(index: index, versions: versions)
            case .judged(let id):
                var (settled, clause): ([Int], [Int]) = ([], [])
                for (position, field) in kind.fields.enumerated() {
                    if case .settledOf(name) = field.derivation { settled.append(position) }
                    if case .clauseOf(name) = field.derivation { clause.append(position) }
                }
                return .judgement(
                    index: index, versions: rulebook.judgements[id]?.versions ?? [], settled: settled,
                    clause: clause)
            case .settledOf, .clauseOf, nil: return nil
            }
        }
    }

    private static func place(_ path: FieldPath, _ kind: Kind, _ rulebook: Rulebook) -> Place? {
        guard let index = kind.fieldIndex[path.field] else { return nil }
        guard let target = path.target else { return Place(index: index, target: nil) }
        guard case .reference(let id) = kind.fields[index].type, let declaration = rulebook.kind(id) else {
            return nil
        }
        return Place(index: index, target: (declaration, target))
    }

    /// Slots in which the circumstances stand and nothing else.
    func emptySlots() -> [Value] {
        var slots = layout.emptySlots
        slots[layout.slot(.today)] = .date(today)
        slots[layout.slot(.now)] = .timestamp(filler.now)
        slots[layout.slot(.enteredOn)] = .date(today)
        slots[layout.slot(.actorRole)] = .string(filler.actor.role)
        slots[layout.slot(.actorRegion)] = .string(filler.actor.region)
        slots[layout.slot(.actorLogin)] = .string(filler.actor.login)
        return slots
    }

    /// Completes a new record; false when anything at all stands against it, with the record half done.
    func admit(_ record: inout Record, given facts: Facts, in workspace: inout AdmissionWorkspace) -> Bool {
        guard workspace.slots.count >= layout.count else { return false }
        let day = governingDay(record.values)
        lay(record, facts: facts, on: day, in: &workspace)
        guard derive(&record, slots: &workspace.slots, facts: facts, on: day) else { return false }
        for index in requiredIndices where record.values[index].isNull { return false }
        record.region = text(at: region, record.values, facts) ?? ""
        record.responsible = text(at: responsible, record.values, facts)
        if record.region.isEmpty { return false }
        if let allowedRegion, !record.region.hasPrefix(allowedRegion) { return false }
        for position in rules.indices where rules[position].applies(on: day) {
            guard case .holds = rules[position].formula.program.decide(workspace.slots) else { return false }
        }
        settle(&record, slots: &workspace.slots, on: day)
        return true
    }

    private func governingDay(_ values: [Value]) -> CivilDate {
        guard let governingIndex else { return today }
        switch values[governingIndex] {
        case .date(let day): return day
        case .timestamp(let moment): return filler.time.day(of: moment)
        default: return today
        }
    }

    private func lay(
        _ record: Record, facts: Facts, on day: CivilDate, in workspace: inout AdmissionWorkspace
    ) {
        for index in record.values.indices { workspace.slots[index] = record.values[index] }
        for (index, kind) in references {
            guard case .int(let id) = record.values[index],
                let related = facts.related[Facts.Key(kind: kind, id: id)]
            else { continue }
            workspace.slots[index] = SlotFiller.object(related)
        }
        workspace.slots[layout.slot(.state)] = .string(record.state)
        workspace.slots[layout.slot(.stage)] = .string("")
        workspace.slots[layout.slot(.overdue)] = .bool(false)
        guard workspace.policyDay != day else { return }
        workspace.policyDay = day
        filler.policies.fill(&workspace.slots, from: layout.firstPolicySlot, on: day)
    }

    private func derive(_ record: inout Record, slots: inout [Value], facts: Facts, on day: CivilDate) -> Bool
    {
        for derivation in derivations {
            switch derivation {
            case .formula(let index, let versions):
                guard let formula = versions.inForce(on: day)?.item else {
                    record.values[index] = .null
                    slots[index] = .null
                    continue
                }
                do throws(EvaluationError) {
                    let value = try formula.program.evaluate(slots).stored
                    record.values[index] = value.fitted(to: filler.kind.fields[index].type)
                } catch {
                    guard case .missing = error else { return false }
                    record.values[index] = .null
                }
                slots[index] = filler.slot(
                    record.values[index], of: filler.kind.fields[index], related: facts.related)
            case .judgement(let index, let versions, let settled, let clause):
                let outcome = versions.inForce(on: day)?.item.judge(slots) ?? JudgementOutcome()
                record.values[index] = outcome.gives.map(Value.string) ?? .null
                for position in settled { record.values[position] = .bool(outcome.isSettled) }
                for position in clause { record.values[position] = outcome.clause.map(Value.string) ?? .null }
                for position in CollectionOfOne(index) + settled + clause {
                    slots[position] = record.values[position]
                }
            }
        }
        return true
    }

    private func text(at place: Place?, _ values: [Value], _ facts: Facts) -> String? {
        guard let place else { return nil }
        guard let (kind, field) = place.target else {
            if case .string(let text) = values[place.index] { return text }
            return nil
        }
        guard case .int(let id) = values[place.index],
            let related = facts.related[Facts.Key(kind: kind.id, id: id)]
        else { return nil }
        if field == "region", kind.fieldIndex["region"] == nil { return related.region }
        if case .string(let text)? = related.value(field, in: kind) { return text }
        return nil
    }

    /// Starts the clocks that run from the beginning, and settles whether the public may see the record.
    private func settle(_ record: inout Record, slots: inout [Value], on day: CivilDate) {
        let starts = filler.kind.clocks.indices.contains { position in
            let clock = filler.kind.clocks[position]
            guard clock.runsIn.contains(record.state) else { return false }
            guard let when = clock.when else { return true }
            if case .holds = when.program.decide(slots) { return true }
            return false
        }
        if starts {
            let keeper = ClockKeeper(kind: filler.kind, time: filler.time, now: filler.now, governingDay: day)
            keeper.keep(&record, slots: slots)
            slots[layout.slot(.stage)] = .string(record.stage)
            slots[layout.slot(.overdue)] = .bool(record.overdue)
        }
        if let publicWhen, case .holds = publicWhen.decide(slots) { record.isPublic = true }
    }
}
