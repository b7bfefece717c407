import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Testing

/// Every action of every kind from every state: generated from the rulebooks, so that no transition can be
/// forgotten.
@Suite("Lifecycles: every action from every state")
struct LifecycleTests {
    /// Reasons that say an action is not for this state or this person, rather than that a fact is not right.
    private static let structural: Set<RefusalCode> = [
        .wrongState, .roleNotAllowed, .unknownAction, .partyNotResponsible, .regionNotAllowed, .notPermitted,
    ]

    private static func rulebooks() throws -> [Rulebook] { [try Books.national.get(), try Books.food.get()] }

    private static func actor(_ performer: Performer, for record: Record) -> Actor {
        let all = Set(Permission.allCases)
        return switch performer {
        case .role(let id): Actor(login: "somebody", name: id, role: id, region: "", permissions: all)
        case .responsible:
            Actor(
                login: "somebody", name: "party", role: "enterprise", region: "",
                party: record.responsible ?? "",
                permissions: all)
        case .system: .system
        }
    }

    @Test("An action is possible in the states it names, for those it names, and nowhere else")
    func everyActionFromEveryState() throws {
        var tried = 0
        for rulebook in try Self.rulebooks() {
            let runner = ExampleRunner(rulebook)
            let decider = Decider(rulebook)
            for kind in rulebook.kindOrder.compactMap({ rulebook.kind($0) }) {
                for state in kind.lifecycle.states {
                    let sample = try runner.sample(of: kind, in: state.id)
                    for rule in kind.lifecycle.actions {
                        tried += 1
                        try check(rule, kind: kind, sample: sample, decider: decider, runner: runner)
                    }
                }
            }
        }
        #expect(tried > 300)
    }

    private func check(
        _ rule: ActionRule, kind: Kind, sample: (record: Record, facts: Facts, moment: Timestamp),
        decider: Decider, runner: ExampleRunner
    ) throws {
        let action = Action(
            .move(rule.id), kind: kind.id, record: sample.record.id,
            values: runner.sampleValues(of: rule.asks, kind: kind))
        let isPossible = rule.from.contains(sample.record.state)
        let name = "\(kind.id).\(rule.id) from \(sample.record.state)"
        for performer in rule.by {
            let actor = Self.actor(performer, for: sample.record)
            if case .responsible = performer, sample.record.responsible == nil { continue }
            do {
                let decision = try decider.decide(
                    action, on: sample.record, by: actor, at: sample.moment, given: sample.facts)
                #expect(isPossible, "\(name) should be refused")
                #expect(decision.after.state == rule.to ?? sample.record.state, "\(name) leads elsewhere")
                #expect(decision.after.version == sample.record.version + 1)
            } catch {
                let codes = Set(error.reasons.map(\.code))
                if isPossible {
                    #expect(codes.isDisjoint(with: Self.structural), "\(name) by \(performer): \(codes)")
                } else {
                    #expect(codes.contains(.wrongState), "\(name) is refused for another reason: \(codes)")
                }
                #expect(error.reasons.allSatisfy { !$0.sentence.isEmpty && !$0.sentenceEnglish.isEmpty })
            }
        }
        let stranger = Actor(
            login: "stranger", name: "stranger", role: "nobody", region: "",
            permissions: Set(Permission.allCases))
        #expect(throws: Refusal.self, "\(name) by a stranger") {
            try decider.decide(
                action, on: sample.record, by: stranger, at: sample.moment, given: sample.facts)
        }
    }

    @Test("A voided record takes no action at all")
    func voided() throws {
        for rulebook in try Self.rulebooks() {
            let runner = ExampleRunner(rulebook)
            let decider = Decider(rulebook)
            for kind in rulebook.kindOrder.compactMap({ rulebook.kind($0) }) {
                for rule in kind.lifecycle.actions {
                    guard let from = rule.from.first, let performer = rule.by.first else { continue }
                    let sample = try runner.sample(of: kind, in: from)
                    var record = sample.record
                    record.voided = true
                    let action = Action(
                        .move(rule.id), kind: kind.id, values: runner.sampleValues(of: rule.asks, kind: kind))
                    do {
                        _ = try decider.decide(
                            action, on: record, by: Self.actor(performer, for: record), at: sample.moment,
                            given: sample.facts)
                        Issue.record("\(kind.id).\(rule.id) was done with a voided record")
                    } catch {
                        #expect(error.has(.recordVoided))
                    }
                }
            }
        }
    }

    @Test("Every action but those of imported records is performed in at least one example")
    func everyActionHasAnExample() throws {
        for rulebook in try Self.rulebooks() {
            var performed: [String: Set<String>] = [:]
            for result in ExampleRunner(rulebook).run() {
                performed[result.kind, default: []].formUnion(result.performed)
            }
            for kind in rulebook.kindOrder.compactMap({ rulebook.kind($0) }) {
                // An example begins where a person begins; what waits for imported records only is tried above.
                let begun = kind.lifecycle.actions.filter { $0.from != [kind.lifecycle.imported] }
                for rule in begun where !(performed[kind.id]?.contains(rule.id) ?? false) {
                    Issue.record("no example performs \(kind.id).\(rule.id)")
                }
            }
        }
    }
}
