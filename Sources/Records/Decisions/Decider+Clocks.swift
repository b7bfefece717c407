import Expressions
import Rulebooks

extension Decider {
    /// Fires the next step of a clock, or notices that its due time has passed.
    ///
    /// One decision fires at most one step, so that every escalation has its own place in the ledger.
    func runClock(_ one: Case, clock id: String) throws(Refusal) -> Decision {
        guard let definition = one.kind.clock(id),
            let index = one.record.clocks.firstIndex(where: { $0.clock == id })
        else { throw Refusal(RefusalText.clockNotDue()) }
        if one.record.voided { throw Refusal(RefusalText.recordVoided(one.record)) }
        let filler = filler(one.kind, now: one.now, actor: one.actor)
        let keeper = ClockKeeper(
            kind: one.kind, time: time, now: one.now, governingDay: filler.governingDay(of: one.record))
        guard
            case .attention(let overdue, let step) = keeper.demand(
                of: one.record.clocks[index], definition: definition)
        else { throw Refusal(RefusalText.clockNotDue()) }

        var draft = Draft(one.record, filler: filler, facts: one.facts)
        draft.record.version += 1
        draft.record.updatedAt = one.now
        if overdue {
            draft.record.clocks[index].overdue = true
            draft.record.overdue = true
            draft.slots[one.kind.layout.slot(.overdue)] = .bool(true)
        }
        var decision = Decision(action: "clock.\(id).overdue", before: one.record, after: draft.record)
        if let step {
            draft.record.clocks[index].nextStep += 1
            decision.action = "clock.\(id).\(step.step)"
            fire(step, clock: definition, kind: one.kind, draft: &draft, decision: &decision)
        } else {
            decision.notices.append(overdueNotice(definition, kind: one.kind))
        }
        draft.settle()
        keeper.schedule(&draft.record.clocks, clock: id, definition: definition)
        decision.after = draft.record
        return decision
    }

    private func fire(
        _ step: ClockStep, clock: ClockDefinition, kind: Kind, draft: inout Draft, decision: inout Decision
    ) {
        let name = stepName(step.step)
        switch step.when?.program.decide(draft.slots) ?? .holds {
        case .holds:
            guard changed(by: step, draft: &draft, kind: kind) else {
                decision.action = "clock.\(clock.id).undetermined"
                decision.notices.append(hinderedNotice(name, clock: clock, kind: kind))
                return
            }
            draft.record.stage = step.step
            if let document = step.issues {
                decision.documents.append(DocumentOrder(document: document, addressee: step.addressee))
            }
            decision.notices.append(
                NoticeOrder(
                    topic: step.step, addressee: step.addressee,
                    text: "\(kind.name.zh)\(clock.name.zh)：\(name.zh)",
                    textEnglish: "\(kind.name.en), \(clock.name.en): \(name.en)", document: step.issues))
        case .fails:
            decision.action = "clock.\(clock.id).pass"
        case .undetermined(let missing):
            decision.action = "clock.\(clock.id).undetermined"
            decision.notices.append(undecidedNotice(name, clock: clock, kind: kind, missing: missing))
        case .failed(let error):
            decision.action = "clock.\(clock.id).undetermined"
            decision.warnings.append(
                Warning(field: nil, text: error.messageZh, textEnglish: error.message))
        }
    }

    /// Fills the fields and enters the state that a step names, unless the record's own rules speak against it:
    /// then the record stays as it was, and the office is told.
    private func changed(by step: ClockStep, draft: inout Draft, kind: Kind) -> Bool {
        guard !step.sets.isEmpty || step.enters != nil else { return true }
        var trial = draft
        trial.assign(step.sets)
        trial.derive()
        trial.place()
        trial.requireRegion()
        trial.check(kind.rules)
        guard trial.reasons.isEmpty else { return false }
        trial.enter(step.enters)
        draft = trial
        return true
    }

    private func hinderedNotice(_ name: Bilingual, clock: ClockDefinition, kind: Kind) -> NoticeOrder {
        NoticeOrder(
            topic: "undetermined", addressee: .office,
            text: "\(kind.name.zh)\(clock.name.zh)：\(name.zh)与记录现有内容不符，未能办理，请人工处理",
            textEnglish:
                "\(kind.name.en), \(clock.name.en): \(name.en) does not agree with what is on file and was not done; "
                + "see to it by hand")
    }

    private func overdueNotice(_ clock: ClockDefinition, kind: Kind) -> NoticeOrder {
        NoticeOrder(
            topic: "overdue", addressee: .office, text: "\(kind.name.zh)\(clock.name.zh)已逾期",
            textEnglish: "\(kind.name.en): \(clock.name.en) is overdue")
    }

    private func undecidedNotice(
        _ name: Bilingual, clock: ClockDefinition, kind: Kind, missing: [String]
    ) -> NoticeOrder {
        let names = missing.map { kind.field($0)?.name ?? Bilingual(zh: $0, en: $0) }
        return NoticeOrder(
            topic: "undetermined", addressee: .office,
            text:
                "\(kind.name.zh)\(clock.name.zh)：无法判断是否\(name.zh)，缺少\(names.map(\.zh).joined(separator: "、"))",
            textEnglish:
                "\(kind.name.en), \(clock.name.en): whether to \(name.en) cannot be decided; missing: "
                + names.map(\.en).joined(separator: ", "))
    }

    /// The name of a clock step in the code list `clock-step`.
    public func stepName(_ id: String) -> Bilingual {
        rulebook.codeLists["clock-step"]?.anyItem(id)?.name ?? Bilingual(zh: id, en: id)
    }
}

extension ClockKeeper {
    /// Schedules one clock among a record's.
    func schedule(_ clocks: inout [ClockState], clock id: String, definition: ClockDefinition) {
        guard let index = clocks.firstIndex(where: { $0.clock == id }) else { return }
        schedule(&clocks[index], definition: definition)
    }
}
