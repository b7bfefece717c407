import Expressions
import Records
import Rulebooks
import Storage

/// An action of a lifecycle, and whether it can be performed now.
public struct AvailableAction: Sendable {
    public let rule: ActionRule
    /// Why it cannot be performed by this actor now; empty when it can.
    public let obstacles: [RefusalReason]

    public var isPossible: Bool { obstacles.isEmpty }
}

/// Says what an actor may do with a record now, and why not the rest.
public struct ActionGuide: Sendable {
    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// Every action of the kind, in the order of the rulebook.
    ///
    /// The decision itself is asked, with nothing filled in: what it would then miss is what the action asks
    /// for, and is no obstacle; a rule that depends on what is asked for cannot be told yet either.
    public func actions(
        on found: FoundRecord, by actor: Actor, reader: any StoreReading
    ) throws -> [AvailableAction] {
        let facts = try facts(about: found, reader: reader)
        return found.kind.lifecycle.actions.map { rule in
            AvailableAction(rule: rule, obstacles: obstacles(rule, found, actor, facts))
        }
    }

    /// The actions on a record that the sight's actor may see; none on any other, and none for the public.
    public func actions(
        on found: FoundRecord, as sight: Sight, reader: any StoreReading
    ) throws -> [AvailableAction] {
        guard !sight.isEverybody, sight.sees(found.record, of: found.kind) else { return [] }
        return try actions(on: found, by: sight.actor, reader: reader)
    }

    /// Whether the sight's actor could amend a record now, and whether it could void it.
    public func corrections(
        of found: FoundRecord, as sight: Sight, reader: any StoreReading
    ) throws -> (amend: Bool, void: Bool) {
        guard !sight.isEverybody, sight.sees(found.record, of: found.kind) else { return (false, false) }
        let facts = Facts(
            related: try office.related(
                to: found.record, values: [:], kind: found.kind, reading: reader.record))
        func isPossible(_ verb: Action.Verb) -> Bool {
            let action = Action(
                verb, kind: found.kind.id, record: found.record.id, reason: verb == .void ? "-" : nil)
            do throws(Refusal) {
                _ = try office.decider.decide(
                    action, on: found.record, by: sight.actor, at: office.moment, given: facts)
                return true
            } catch {
                // What the facts on file lack or break is what an amendment is for.
                let mended: Set<RefusalCode> = [
                    .nothingChanged, .fieldMissing, .ruleBroken, .ruleUndetermined,
                ]
                return error.reasons.allSatisfy { mended.contains($0.code) }
            }
        }
        return (
            found.kind.lifecycle.amend != nil && isPossible(.amend),
            found.kind.lifecycle.void != nil && isPossible(.void)
        )
    }

    /// The actions that can be performed now and ask for nothing, for lists: only what may be possible is looked into.
    public func oneTapActions(
        on found: FoundRecord, as sight: Sight, reader: any StoreReading
    ) throws -> [ActionRule] {
        guard !sight.isEverybody, sight.actor.permissions.contains(.act), !found.record.voided else {
            return []
        }
        let rules = found.kind.lifecycle.actions.filter { rule in
            rule.asks.isEmpty && rule.to != nil && rule.from.contains(found.record.state)
                && office.decider.mayPerform(rule.by, sight.actor)
        }
        guard !rules.isEmpty, sight.sees(found.record, of: found.kind) else { return [] }
        let facts = try facts(about: found, reader: reader)
        return rules.filter { obstacles($0, found, sight.actor, facts).isEmpty }
    }

    private func facts(about found: FoundRecord, reader: any StoreReading) throws -> Facts {
        var facts = Facts(
            related: try office.related(
                to: found.record, values: [:], kind: found.kind, reading: reader.record))
        for entry in try reader.entries(kind: found.kind.id, record: found.record.id) {
            facts.lastPerformers[entry.action] = entry.actor
        }
        return facts
    }

    private func obstacles(
        _ rule: ActionRule, _ found: FoundRecord, _ actor: Actor, _ facts: Facts
    ) -> [RefusalReason] {
        let action = Action(.move(rule.id), kind: found.kind.id, record: found.record.id)
        do throws(Refusal) {
            _ = try office.decider.decide(
                action, on: found.record, by: actor, at: office.moment, given: facts)
            return []
        } catch {
            return error.reasons.filter { isObstacle($0, rule: rule, kind: found.kind) }
        }
    }

    private func isObstacle(_ reason: RefusalReason, rule: ActionRule, kind: Kind) -> Bool {
        let entered = Set(rule.asks + rule.may)
        switch reason.code {
        case .fieldMissing: return reason.field.map { !entered.contains($0) } ?? true
        case .ruleBroken, .ruleUndetermined:
            guard let checked = (rule.rules + kind.rules).first(where: { $0.id == reason.rule }) else {
                return reason.missing.allSatisfy { !entered.contains($0) }
            }
            return !checked.formula.program.paths.contains { $0.first.map(entered.contains) ?? false }
        default: return true
        }
    }
}
