import Expressions
import Rulebooks

/// Keeps the clocks of a record in step with its state and its facts.
///
/// Called at the end of every decision. Formulas are evaluated over the slots of the record as it will be.
struct ClockKeeper {
    let kind: Kind
    let time: CivilTime
    let now: Timestamp
    /// The day by which dated terms are chosen.
    let governingDay: CivilDate

    /// The clocks that run on a record from now on.
    ///
    /// A clock that ends takes its `stage` and its `overdue` with it.
    func keep(_ record: inout Record, slots: [Value]) {
        guard !kind.clocks.isEmpty else { return }
        var kept: [ClockState] = []
        for definition in kind.clocks {
            let existing = record.clocks.first { $0.clock == definition.id }
            if let state = self.state(of: definition, existing: existing, record: record, slots: slots) {
                kept.append(state)
            }
        }
        if kept.allSatisfy({ $0.nextStep == 0 }) { record.stage = "" }
        if record.voided { kept = [] }
        record.clocks = kept
        record.overdue = kept.contains { $0.overdue }
    }

    private func state(
        of definition: ClockDefinition, existing: ClockState?, record: Record, slots: [Value]
    ) -> ClockState? {
        let runs = definition.runsIn.contains(record.state)
        let stands = definition.suspendedIn.contains(record.state)
        guard !record.voided, runs || (stands && existing != nil) else { return nil }
        if let when = definition.when, when.program.decide(slots) != .holds { return nil }
        var state = existing ?? ClockState(clock: definition.id, startedAt: now, due: nil)
        if stands, state.suspendedAt == nil { state.suspendedAt = now }
        if runs, let since = state.suspendedAt {
            state.suspendedUnits += time.units(
                from: since, to: now, due: state.due, inWorkingDays: countsWorkingDays(definition))
            state.suspendedAt = nil
        }
        let due = self.due(of: definition, state: state, slots: slots)
        if due != state.due {
            restart(&state, due: due, definition: definition)
        }
        schedule(&state, definition: definition)
        return state
    }

    /// A new due time: steps that already fired and lie behind are not fired again.
    private func restart(_ state: inout ClockState, due: ClockDue?, definition: ClockDefinition) {
        let fired = state.nextStep
        state.due = due
        guard let due else {
            state.overdue = false
            state.nextStep = 0
            return
        }
        state.overdue = time.passes(due).map { $0 <= now && state.overdue } ?? false
        state.nextStep =
            definition.steps.indices.first { index in
                guard let at = time.fires(definition.steps[index].at, relativeTo: due) else { return false }
                return index >= fired || at > now
            } ?? definition.steps.count
    }

    /// When a clock next wants attention.
    func schedule(_ state: inout ClockState, definition: ClockDefinition) {
        state.nextAt = nil
        guard state.suspendedAt == nil, let due = state.due else { return }
        let step = definition.steps.indices.contains(state.nextStep) ? definition.steps[state.nextStep] : nil
        let stepAt = step.flatMap { time.fires($0.at, relativeTo: due) }
        let passesAt = state.overdue ? nil : time.passes(due)
        state.nextAt = [stepAt, passesAt].compactMap { $0 }.min()
    }

    private func due(of definition: ClockDefinition, state: ClockState, slots: [Value]) -> ClockDue? {
        let unshifted: ClockDue?
        switch definition.due {
        case .expression(let formula):
            unshifted = Self.due(from: try? formula.program.evaluate(slots))
        case .within(let terms, let from):
            guard let term = terms.inForce(on: governingDay)?.item else { return nil }
            let base =
                from.map { Self.due(from: try? $0.program.evaluate(slots)) } ?? .moment(state.startedAt)
            unshifted = base.flatMap { time.due(from: $0, after: term) }
        }
        guard var due = unshifted else { return nil }
        if let field = definition.extendField, let index = kind.fieldIndex[field],
            case .int(let days) = slots[index]
        {
            let isMoment = if case .moment = due { true } else { false }
            let units = days.multipliedReportingOverflow(by: isMoment ? 86_400 : 1)
            guard !units.overflow, let moved = time.shifted(due, by: units.partialValue, inWorkingDays: false)
            else { return nil }
            due = moved
        }
        return time.shifted(due, by: state.suspendedUnits, inWorkingDays: countsWorkingDays(definition))
    }

    private func countsWorkingDays(_ definition: ClockDefinition) -> Bool {
        guard case .within(let terms, _) = definition.due else { return false }
        return terms.inForce(on: governingDay)?.item.unit == .workingDays
    }

    private static func due(from value: Value?) -> ClockDue? {
        switch value {
        case .date(let day): .day(day)
        case .timestamp(let moment): .moment(moment)
        default: nil
        }
    }
}

/// What a clock wants at a moment.
enum ClockDemand {
    /// Nothing yet.
    case nothing
    /// Its due time has passed and is to be noticed; a step may fall due with it.
    case attention(overdue: Bool, step: ClockStep?)
}

extension ClockKeeper {
    /// What a clock of a record wants now: its due time noticed, its next step fired, or both.
    func demand(of state: ClockState, definition: ClockDefinition) -> ClockDemand {
        guard state.suspendedAt == nil, let due = state.due, let nextAt = state.nextAt, nextAt <= now else {
            return .nothing
        }
        let passes = !state.overdue && (time.passes(due).map { $0 <= now } ?? false)
        var step: ClockStep?
        if definition.steps.indices.contains(state.nextStep) {
            let candidate = definition.steps[state.nextStep]
            if let at = time.fires(candidate.at, relativeTo: due), at <= now { step = candidate }
        }
        return passes || step != nil ? .attention(overdue: passes, step: step) : .nothing
    }
}
