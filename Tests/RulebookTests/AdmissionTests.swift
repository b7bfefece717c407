import Expressions
import Rulebooks
import Testing

@testable import Records

/// Rows of imports take a prepared way when nothing is wrong with them. It must come to what deciding step by step
/// comes to, or every import would follow another rulebook.
@Suite("Admitting a row: the prepared way and the steps agree")
struct AdmissionTests {
    /// The same numbers on every run.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test("for random rows of every kind of every rulebook", arguments: [1, 2, 3] as [UInt64])
    func agree(seed: UInt64) throws {
        var dice = Dice(state: seed)
        var (admitted, refused) = (0, 0)
        for rulebook in [try Books.national.get(), try Books.food.get()] {
            let runner = ExampleRunner(rulebook)
            let decider = Decider(rulebook)
            for kind in rulebook.kindOrder.compactMap({ rulebook.kind($0) }) {
                let sample = try runner.sample(of: kind, in: kind.lifecycle.imported)
                for region in ["", "330106000000", "110000000000"] {
                    let actor = Actor(
                        login: "importer", name: "importer", role: Actor.anyRole, region: region,
                        permissions: Set(Permission.allCases))
                    let admission = try Admission(decider, kind: kind, by: actor, at: sample.moment)
                    var workspace = admission.workspace()
                    for _ in 0..<25 {
                        let values = vary(sample.record, of: kind, in: rulebook, &dice)
                        let isSame = try compare(
                            values, admission, kind: kind, facts: sample.facts, workspace: &workspace)
                        if isSame { admitted += 1 } else { refused += 1 }
                    }
                }
            }
        }
        #expect(admitted > 100)
        #expect(refused > 100)
    }

    /// Whether the row is admitted; both ways must say the same.
    private func compare(
        _ values: [Value], _ admission: Admission, kind: Kind, facts: Facts,
        workspace: inout AdmissionWorkspace
    ) throws -> Bool {
        let quick = Result { () throws(Refusal) in
            try admission.admit(values, origin: nil, given: facts, in: &workspace)
        }
        let quickSlots = workspace.slots
        let given = admission.given(values)
        let slow = Result { () throws(Refusal) in
            try admission.explain(given, facts: facts, in: &workspace)
        }
        switch (quick, slow) {
        case (.success(let quick), .success(let slow)):
            #expect(quick.record == slow.record, "\(kind.id)")
            #expect(quickSlots == workspace.slots, "\(kind.id)")
            return true
        case (.failure(let quick), .failure(let slow)):
            #expect(quick.reasons == slow.reasons, "\(kind.id)")
            return false
        default:
            Issue.record("\(kind.id): one way admits what the other refuses: \(values)")
            return false
        }
    }

    /// A sample with some fields left out, and others given some other value that the field can hold.
    private func vary(
        _ record: Record, of kind: Kind, in rulebook: Rulebook, _ dice: inout Dice
    ) -> [Value] {
        kind.fields.indices.map { index in
            let field = kind.fields[index]
            // What is derived does not come with the row.
            if field.derivation != nil { return .null }
            switch Int.random(in: 0..<10, using: &dice) {
            case 0: return .null
            case 1...4: return other(field, rulebook, &dice) ?? record.values[index]
            default: return record.values[index]
            }
        }
    }

    private func other(_ field: Field, _ rulebook: Rulebook, _ dice: inout Dice) -> Value? {
        let value: Value?
        switch field.type {
        case .integer: value = .int(Int64.random(in: 0...60, using: &dice))
        case .decimal(let places, _, _):
            value = .decimal(
                ExactDecimal(
                    unscaled: Int64.random(in: 0...90_000, using: &dice), scale: UInt8(clamping: places)))
        case .money:
            value = .decimal(
                ExactDecimal(unscaled: Int64.random(in: 0...20_000_000_000, using: &dice), scale: 2))
        case .boolean: value = .bool(Bool.random(using: &dice))
        case .date: value = .date(CivilDate(daysSinceEpoch: Int32.random(in: 14_000...21_000, using: &dice)))
        case .code(let list):
            value = rulebook.codeLists[list]?.items(on: nil).randomElement(using: &dice).map {
                .string($0.id)
            }
        case .region:
            value = .string(
                ["330106000000", "330100000000", "110101000000"].randomElement(using: &dice) ?? "")
        default: value = nil
        }
        guard let value, FieldCoercion(rulebook).validate(value, for: field, on: nil).isEmpty else {
            return nil
        }
        return value
    }
}
