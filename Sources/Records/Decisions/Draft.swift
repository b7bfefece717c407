import Expressions
import Rulebooks

/// A record on its way through a decision, with every reason against it found so far.
///
/// The steps are called in order by `Decider` and by `Admission`; none of them throws, so that all
/// problems are gathered before anything is answered.
struct Draft {
    let filler: SlotFiller
    let facts: Facts
    var record: Record
    var slots: [Value]
    var reasons: [RefusalReason] = []
    var warnings: [Warning] = []
    /// The governing day of the policies that the slots hold.
    private var policiesDay: CivilDate

    var kind: Kind { filler.kind }
    var rulebook: Rulebook { filler.rulebook }
    var governingDay: CivilDate { filler.governingDay(of: record) }

    init(_ record: Record, filler: SlotFiller, facts: Facts) {
        self.record = record
        self.filler = filler
        self.facts = facts
        self.slots = filler.slots(of: record, related: facts.related)
        self.policiesDay = filler.governingDay(of: record)
    }

    /// Brings the slots in step with the record.
    private mutating func refill() {
        filler.fill(&slots, with: record, related: facts.related)
        let day = governingDay
        guard day != policiesDay else { return }
        filler.fillPolicies(&slots, on: day)
        policiesDay = day
    }

    // MARK: Values

    /// Puts given values on the record, each checked against its field.
    mutating func apply(_ values: [String: Value], accepting accepted: Set<String>?, action: String) {
        let pending = values.keys.sorted().compactMap { name -> Int? in
            guard let index = kind.fieldIndex[name] else {
                reasons.append(RefusalText.unknownField(name, kind: kind))
                return nil
            }
            let field = kind.fields[index]
            if field.derivation != nil || accepted.map({ !$0.contains(name) }) ?? false {
                reasons.append(RefusalText.fieldNotAccepted(field, action: action))
                return nil
            }
            return index
        }
        // The governing date goes first: it decides which entries of a code list are in force.
        let ordered = pending.sorted { left, right in
            (kind.fields[left].id == kind.governedBy ? 0 : 1, left)
                < (kind.fields[right].id == kind.governedBy ? 0 : 1, right)
        }
        for index in ordered {
            guard let value = values[kind.fields[index].id] else { continue }
            put(value, at: index)
        }
        refill()
    }

    /// Puts one value in its place when its field can hold it.
    mutating func put(_ value: Value, at index: Int) {
        let field = kind.fields[index]
        guard value != .null else {
            record.values[index] = .null
            return
        }
        if case .reference(let target) = field.type {
            putReference(value, target: target, at: index)
            return
        }
        let settled = value.fitted(to: field.type)
        let problems = filler.coercion.validate(settled, for: field, on: governingDay)
        guard problems.isEmpty else {
            reasons += problems.map { RefusalText.valueInvalid(field, problem: $0) }
            return
        }
        record.values[index] = settled
        if let warning = filler.coercion.warning(for: settled, of: field) {
            warnings.append(Warning(warning))
        }
    }

    private mutating func putReference(_ value: Value, target: String, at index: Int) {
        let field = kind.fields[index]
        guard case .int(let id) = value.stored, let found = facts.related[Facts.Key(kind: target, id: id)]
        else {
            reasons.append(RefusalText.referenceNotFound(field, target: rulebook.kind(target)))
            return
        }
        if found.voided {
            reasons.append(RefusalText.referenceVoided(field, number: found.number))
            return
        }
        record.values[index] = .int(id)
    }

    /// Evaluates the fields an action sets.
    mutating func assign(_ assignments: [Assignment]) {
        for assignment in assignments {
            guard let index = kind.fieldIndex[assignment.field] else { continue }
            do throws(EvaluationError) {
                put(try assignment.formula.program.evaluate(slots).stored, at: index)
            } catch {
                reasons.append(RefusalText.notEvaluated(kind.fields[index], error: error))
            }
            slots[index] = filler.slot(record.values[index], of: kind.fields[index], related: facts.related)
        }
    }

    // MARK: What follows from the facts

    /// Computes the fields that the machine derives, each after those it depends on.
    mutating func derive() {
        guard !kind.computationOrder.isEmpty else { return }
        let day = governingDay
        for name in kind.computationOrder {
            guard let index = kind.fieldIndex[name], let derivation = kind.fields[index].derivation else {
                continue
            }
            switch derivation {
            case .formula(let versions):
                let value = derived(versions.inForce(on: day)?.item).fitted(to: kind.fields[index].type)
                record.values[index] = value
                slots[index] = filler.slot(value, of: kind.fields[index], related: facts.related)
            case .judged(let judgement):
                judge(by: judgement, into: index, on: day)
            case .settledOf, .clauseOf:
                break
            }
        }
    }

    private mutating func derived(_ formula: Formula?) -> Value {
        guard let formula else { return .null }
        do throws(EvaluationError) {
            return try formula.program.evaluate(slots).stored
        } catch {
            if case .missing = error { return .null }
            reasons.append(RefusalText.expressionFailed(rule: formula.position.description, error: error))
            return .null
        }
    }

    private mutating func judge(by id: String, into index: Int, on day: CivilDate) {
        guard let table = rulebook.judgements[id]?.versions.inForce(on: day)?.item else {
            setJudgement(JudgementOutcome(), into: index)
            return
        }
        setJudgement(table.judge(slots), into: index)
    }

    private mutating func setJudgement(_ outcome: JudgementOutcome, into index: Int) {
        let name = kind.fields[index].id
        record.values[index] = outcome.gives.map(Value.string) ?? .null
        slots[index] = record.values[index]
        for (position, field) in kind.fields.enumerated() {
            switch field.derivation {
            case .settledOf(let judged) where judged == name:
                record.values[position] = .bool(outcome.isSettled)
            case .clauseOf(let judged) where judged == name:
                record.values[position] = outcome.clause.map(Value.string) ?? .null
            default: continue
            }
            slots[position] = record.values[position]
        }
    }

    /// Finds the region in which the record counts and the party that must act.
    mutating func place() {
        record.region = text(at: kind.region) ?? ""
        record.responsible = kind.responsible.flatMap(text(at:))
    }

    private func text(at path: FieldPath) -> String? {
        guard let index = kind.fieldIndex[path.field] else { return nil }
        guard let target = path.target else {
            if case .string(let text) = record.values[index] { return text }
            return nil
        }
        guard case .reference(let targetKind) = kind.fields[index].type,
            case .int(let id) = record.values[index],
            let related = facts.related[Facts.Key(kind: targetKind, id: id)],
            let declaration = rulebook.kind(targetKind)
        else { return nil }
        if target == "region", declaration.fieldIndex["region"] == nil { return related.region }
        if case .string(let text)? = related.value(target, in: declaration) { return text }
        return nil
    }

    // MARK: Checks

    /// Notes fields that must be on file and are not.
    mutating func require(_ names: some Sequence<String>) {
        for name in names {
            guard let index = kind.fieldIndex[name], record.values[index] == .null else { continue }
            if reasons.contains(where: { $0.field == name }) { continue }
            reasons.append(RefusalText.fieldMissing(kind.fields[index]))
        }
    }

    /// Notes a record that counts in no region.
    mutating func requireRegion() {
        if record.region.isEmpty, !reasons.contains(where: { $0.field == kind.region.field }) {
            reasons.append(RefusalText.regionUndetermined(kind))
        }
    }

    /// Checks rules in force on the governing date; an undetermined rule refuses too.
    mutating func check(_ rules: [CheckedRule]) {
        guard !rules.isEmpty else { return }
        let day = governingDay
        for rule in rules where rule.applies(on: day) {
            switch rule.formula.program.decide(slots) {
            case .holds: continue
            case .fails: reasons.append(RefusalText.ruleBroken(rule))
            case .undetermined(let missing):
                reasons.append(RefusalText.ruleUndetermined(rule, missing: missing, kind: kind))
            case .failed(let error): reasons.append(RefusalText.expressionFailed(rule: rule.id, error: error))
            }
        }
    }

    // MARK: The state

    /// Enters a state; staying in the same state does not enter it anew.
    mutating func enter(_ state: String?) {
        guard let state, state != record.state else { return }
        record.state = state
        record.enteredAt = filler.now
    }

    /// Brings clocks and publicity into step with the record as it now is.
    mutating func settle() {
        refill()
        if !kind.clocks.isEmpty {
            let keeper = ClockKeeper(
                kind: kind, time: filler.time, now: filler.now, governingDay: governingDay)
            keeper.keep(&record, slots: slots)
            slots[kind.layout.slot(.stage)] = .string(record.stage)
            slots[kind.layout.slot(.overdue)] = .bool(record.overdue)
        }
        if let formula = kind.publicWhen {
            record.isPublic = !record.voided && formula.program.decide(slots) == .holds
        }
    }
}

/// What a judgement table says of a record.
public struct JudgementOutcome: Hashable, Sendable {
    /// The item given; nil when no row holds and nothing is given otherwise, or it cannot be said yet.
    public var gives: String?
    /// Whether no missing fact could change the result.
    public var isSettled = true
    /// The clause of the row that decided.
    public var clause: String?
    /// The facts that could still change it.
    public var missing: [String] = []
}

extension JudgementTable {
    /// Tries the rows from the top. The first that holds gives the result; an undetermined row above it
    /// leaves the result unsettled: a fact still unknown may yet change it (事故等级只升不降的情形).
    public func judge(_ slots: [Value]) -> JudgementOutcome {
        var outcome = JudgementOutcome()
        for row in rows {
            switch row.formula.program.decide(slots) {
            case .holds:
                outcome.gives = row.give
                outcome.clause = row.clause
                return outcome
            case .fails: continue
            case .undetermined(let missing):
                outcome.isSettled = false
                outcome.missing += missing.filter { !outcome.missing.contains($0) }
            case .failed:
                outcome.isSettled = false
            }
        }
        if outcome.isSettled { outcome.gives = otherwise }
        return outcome
    }
}
