import Expressions
import Rulebooks

/// Decides actions under a rulebook: pure and total, it changes nothing and knows no clock.
///
/// For the same action, record, facts, rulebook and moment the answer is always the same, so that any
/// decision in the ledger can be replayed under the rulebook that was in force.
public struct Decider: Sendable {
    public let rulebook: Rulebook
    public let time: CivilTime
    /// What texts mean for fields, and what fields can hold.
    public let coercion: FieldCoercion
    let policies: PolicySlots

    public init(_ rulebook: Rulebook) {
        self.rulebook = rulebook
        self.time = CivilTime(of: rulebook)
        self.coercion = FieldCoercion(rulebook)
        self.policies = PolicySlots(rulebook)
    }

    /// What an action comes to, or every reason why it cannot be done.
    ///
    /// - Parameters:
    ///   - record: the record as it is on file; nil for a creation.
    ///   - facts: what else is on file that the decision depends on; the records that `Kind.references` name.
    public func decide(
        _ action: Action, on record: Record?, by actor: Actor, at now: Timestamp, given facts: Facts = Facts()
    ) throws(Refusal) -> Decision {
        guard let kind = rulebook.kind(action.kind) else {
            throw Refusal(RefusalText.unknownKind(action.kind))
        }
        if case .create = action.verb {
            return try create(action, kind: kind, actor: actor, now: now, facts: facts)
        }
        guard let record else { throw Refusal(RefusalText.recordNotFound(kind)) }
        if let expected = action.expectedVersion, expected != record.version {
            throw Refusal(RefusalText.versionConflict(record, expected: expected))
        }
        let matter = Case(action: action, record: record, kind: kind, actor: actor, now: now, facts: facts)
        switch action.verb {
        case .create, .amend: return try amend(matter)
        case .move(let id):
            guard let rule = kind.lifecycle.action(id) else {
                throw Refusal(RefusalText.unknownAction(id, kind: kind))
            }
            return try move(matter, rule: rule)
        case .void: return try void(matter)
        case .runClock(let clock): return try runClock(matter, clock: clock)
        case .erasePersonalData: return try erase(matter)
        }
    }

    /// One action on one record, with its circumstances.
    struct Case {
        let action: Action
        let record: Record
        let kind: Kind
        let actor: Actor
        let now: Timestamp
        let facts: Facts
    }

    func filler(_ kind: Kind, now: Timestamp, actor: Actor) -> SlotFiller {
        SlotFiller(self, kind: kind, now: now, actor: actor)
    }
}

// MARK: - The verbs

extension Decider {
    private func create(
        _ action: Action, kind: Kind, actor: Actor, now: Timestamp, facts: Facts
    ) throws(Refusal) -> Decision {
        let rule = kind.lifecycle.create
        var values = action.values
        for field in kind.fields where values[field.id] == nil {
            if let value = field.defaultValue { values[field.id] = value }
        }
        let empty = Record(
            id: 0, kind: kind.id, number: "", region: "", responsible: nil, state: kind.lifecycle.initial,
            version: 1,
            enteredAt: now, createdAt: now, updatedAt: now,
            values: Array(repeating: .null, count: kind.fields.count))
        var draft = Draft(empty, filler: filler(kind, now: now, actor: actor), facts: facts)
        draft.apply(values, accepting: nil, action: "create")
        draft.derive()
        draft.assign(rule.sets)
        draft.derive()
        draft.place()
        draft.reasons += permissionReasons(.create, actor: actor)
        draft.reasons += performerReasons(rule.by, name: rule.name, record: draft.record, actor: actor)
        if actor.isPublic { file(action, kind: kind, draft: &draft) }
        draft.require(kind.fields.lazy.filter(\.required).map(\.id))
        draft.require(rule.asks)
        draft.requireRegion()
        draft.check(kind.rules)
        draft.check(rule.rules)
        draft.settle()
        var decision = try conclude(draft, action: action, before: nil)
        order(rule, kind: kind, draft: draft, decision: &decision)
        return decision
    }

    /// Holds the public to the fields of the kind's filing.
    private func file(_ action: Action, kind: Kind, draft: inout Draft) {
        guard let filing = kind.filing else {
            draft.reasons.append(RefusalText.filingNotOpen(kind))
            return
        }
        for name in action.values.keys.sorted() where !filing.fields.contains(name) {
            guard let field = kind.field(name) else { continue }
            draft.reasons.append(RefusalText.fieldNotAccepted(field, action: "create"))
        }
        draft.require(filing.asks)
    }

    private func amend(_ one: Case) throws(Refusal) -> Decision {
        let verb = Bilingual(zh: "更正", en: "amend")
        guard let rule = one.kind.lifecycle.amend else {
            throw Refusal(RefusalText.wrongState(one.record, verb: verb, kind: one.kind))
        }
        var draft = draft(one)
        if !rule.states.isEmpty, !rule.states.contains(one.record.state) {
            draft.reasons.append(RefusalText.wrongState(one.record, verb: verb, kind: one.kind))
        }
        draft.reasons += permissionReasons(.act, actor: one.actor)
        draft.reasons += performerReasons(rule.by, name: verb, record: one.record, actor: one.actor)
        let accepted = rule.fields.isEmpty ? nil : Set(rule.fields)
        draft.apply(one.action.values, accepting: accepted, action: "amend")
        draft.derive()
        draft.place()
        draft.require(one.kind.fields.lazy.filter(\.required).map(\.id))
        draft.requireRegion()
        draft.check(one.kind.rules)
        if draft.reasons.isEmpty, draft.record.values == one.record.values {
            draft.reasons.append(RefusalText.nothingChanged())
        }
        draft.settle()
        return try conclude(draft, action: one.action, before: one.record)
    }

    private func move(_ one: Case, rule: ActionRule) throws(Refusal) -> Decision {
        var draft = draft(one)
        if !rule.from.contains(one.record.state) {
            draft.reasons.append(RefusalText.wrongState(one.record, action: rule, kind: one.kind))
        }
        draft.reasons += permissionReasons(.act, actor: one.actor)
        draft.reasons += performerReasons(rule.by, name: rule.name, record: one.record, actor: one.actor)
        for other in rule.separateFrom where one.facts.lastPerformers[other] == one.actor.login {
            draft.reasons.append(RefusalText.separatePersonNeeded(rule, performed: other))
        }
        // What an action cannot do in this state it need not be told of field by field.
        guard draft.reasons.isEmpty else { throw Refusal(draft.reasons) }
        draft.apply(one.action.values, accepting: Set(rule.asks + rule.may), action: rule.id)
        let given = one.action.values.filter { $0.value != .null }
        for name in rule.asks where given[name] == nil {
            guard let field = one.kind.field(name) else { continue }
            if !draft.reasons.contains(where: { $0.field == name }) {
                draft.reasons.append(RefusalText.fieldMissing(field))
            }
        }
        draft.derive()
        draft.assign(rule.sets)
        draft.derive()
        draft.place()
        draft.requireRegion()
        draft.check(one.kind.rules)
        draft.check(rule.rules)
        draft.enter(rule.to)
        draft.settle()
        var decision = try conclude(draft, action: one.action, before: one.record)
        order(rule, kind: one.kind, draft: draft, decision: &decision)
        return decision
    }

    private func void(_ one: Case) throws(Refusal) -> Decision {
        let verb = Bilingual(zh: "作废", en: "void the record")
        guard let rule = one.kind.lifecycle.void else {
            throw Refusal(RefusalText.wrongState(one.record, verb: verb, kind: one.kind))
        }
        var draft = draft(one)
        if !rule.states.isEmpty, !rule.states.contains(one.record.state) {
            draft.reasons.append(RefusalText.wrongState(one.record, verb: verb, kind: one.kind))
        }
        draft.reasons += permissionReasons(.act, actor: one.actor)
        draft.reasons += performerReasons(rule.by, name: verb, record: one.record, actor: one.actor)
        if (one.action.reason ?? "").allSatisfy(\.isWhitespace) {
            draft.reasons.append(RefusalText.reasonMissing(verb))
        }
        draft.record.voided = true
        draft.settle()
        return try conclude(draft, action: one.action, before: one.record)
    }

    private func erase(_ one: Case) throws(Refusal) -> Decision {
        let verb = Bilingual(zh: "删除个人信息", en: "erase personal data")
        var draft = draft(one)
        draft.reasons.removeAll { $0.code == .recordVoided }
        if !one.actor.isSystem { draft.reasons += permissionReasons(.administer, actor: one.actor) }
        if (one.action.reason ?? "").allSatisfy(\.isWhitespace) {
            draft.reasons.append(RefusalText.reasonMissing(verb))
        }
        for index in one.kind.fields.indices where one.kind.fields[index].personal {
            draft.record.values[index] = .null
        }
        if draft.reasons.isEmpty, draft.record.values == one.record.values {
            draft.reasons.append(RefusalText.nothingChanged())
        }
        draft.settle()
        return try conclude(draft, action: one.action, before: one.record)
    }
}

// MARK: - Common steps

extension Decider {
    private func draft(_ one: Case) -> Draft {
        var draft = Draft(
            one.record, filler: filler(one.kind, now: one.now, actor: one.actor), facts: one.facts)
        draft.record.version += 1
        draft.record.updatedAt = one.now
        if one.record.voided { draft.reasons.append(RefusalText.recordVoided(one.record)) }
        return draft
    }

    private func permissionReasons(_ permission: Permission, actor: Actor) -> [RefusalReason] {
        actor.permissions.contains(permission)
            ? [] : [RefusalText.notPermitted(actor, permission: permission, rulebook: rulebook)]
    }

    /// Whether an actor may perform what `by` names: by role within its region, or as the responsible party.
    func performerReasons(
        _ by: [Performer], name: Bilingual, record: Record, actor: Actor
    ) -> [RefusalReason] {
        if actor.isSystem, by.contains(.system) { return [] }
        if actor.role == Actor.anyRole { return [] }
        if by.contains(.role(actor.role)) {
            if let party = actor.party, let responsible = record.responsible, party != responsible {
                return [RefusalText.partyNotResponsible()]
            }
            if actor.party != nil || isInRegion(record.region, of: actor) { return [] }
            return [RefusalText.regionNotAllowed(record, actor: actor, rulebook: rulebook)]
        }
        if by.contains(.responsible), let party = actor.party {
            return party == record.responsible ? [] : [RefusalText.partyNotResponsible()]
        }
        return [RefusalText.roleNotAllowed(actor, by: by, action: name, rulebook: rulebook)]
    }

    /// Whether an actor may register records of a kind at all, wherever they will lie.
    ///
    /// The record itself may still be refused: for its region, its responsible party, or a rule.
    public func mayCreate(_ kind: Kind, by actor: Actor) -> Bool {
        guard actor.permissions.contains(.create) else { return false }
        let by = kind.lifecycle.create.by
        if actor.isSystem { return by.contains(.system) }
        return actor.role == Actor.anyRole || mayPerform(by, actor)
    }

    /// Whether `by` names an actor, by its role or as one that stands for a responsible party.
    public func mayPerform(_ by: [Performer], _ actor: Actor) -> Bool {
        by.contains(.role(actor.role)) || actor.party != nil && by.contains(.responsible)
    }

    /// Whether a region lies within an actor's.
    public func isInRegion(_ code: String, of actor: Actor) -> Bool {
        actor.region.isEmpty || code.isEmpty || code.hasPrefix(rulebook.regions.prefix(actor.region))
    }

    func conclude(_ draft: Draft, action: Action, before: Record?) throws(Refusal) -> Decision {
        guard draft.reasons.isEmpty else { throw Refusal(draft.reasons) }
        var decision = Decision(
            action: action.verb.identifier, before: before, after: draft.record, reason: action.reason)
        decision.warnings = draft.warnings
        return decision
    }

    /// Documents, messages and records that an action brings with it.
    private func order(_ rule: ActionRule, kind: Kind, draft: Draft, decision: inout Decision) {
        if let document = rule.issues {
            decision.documents.append(DocumentOrder(document: document, addressee: .responsible))
        }
        if kind.family == .matter {
            let addressee: Addressee = rule.by == [.responsible] ? .office : .responsible
            decision.notices.append(
                NoticeOrder(
                    topic: rule.id, addressee: addressee, text: "\(kind.name.zh)：\(rule.name.zh)",
                    textEnglish: "\(kind.name.en): \(rule.name.en)", document: rule.issues))
        }
        if let spawn = rule.creates {
            decision.spawns += spawns(spawn, kind: kind, draft: draft)
        }
    }

    private func spawns(_ rule: SpawnRule, kind: Kind, draft: Draft) -> [Spawn] {
        guard let table = rule.forEach else {
            return [spawn(rule, slots: draft.slots)]
        }
        guard let index = kind.fieldIndex[table], case .list(let rows) = draft.record.values[index] else {
            return []
        }
        return rows.map { row in
            spawn(rule, slots: draft.slots + [rowValue(row, kind: kind, table: index)])
        }
    }

    private func rowValue(_ row: Value, kind: Kind, table: Int) -> Value {
        guard case .table(let columns, _) = kind.fields[table].type else { return row }
        let name = SlotLayout.rowTypeName(kind: kind.id, field: kind.fields[table].id)
        let fields = columns.map { column -> Value in
            if case .map(let map) = row { return map[.string(column.id)] ?? .null }
            return .null
        }
        return .object(ObjectValue(typeName: name, id: 0, fields: fields))
    }

    /// A fact that is missing leaves its field empty; whether that may be is for the new record's own rules to say.
    private func spawn(_ rule: SpawnRule, slots: [Value]) -> Spawn {
        var values: [String: Value] = [:]
        for assignment in rule.assignments {
            if let value = try? assignment.formula.program.evaluate(slots).stored, value != .null {
                values[assignment.field] = value
            }
        }
        return Spawn(kind: rule.kind, values: values, link: rule.link)
    }
}

// MARK: - For measures

extension Decider {
    /// A record in the slots of its kind's formulas, for measures.
    ///
    /// What a record contributes depends on the record alone, or a rebuild could differ: the slots of the
    /// moment (`today`, `now`, `actor`) are empty, and references are not followed.
    ///
    /// - Parameter readsPolicies: false when no measure of the kind reads a policy; their slots stay empty then.
    public func slots(of record: Record, kind: Kind, readsPolicies: Bool = true) -> [Value] {
        filler(kind, now: record.updatedAt, actor: .system)
            .measuredSlots(of: record, readsPolicies: readsPolicies)
    }
}
