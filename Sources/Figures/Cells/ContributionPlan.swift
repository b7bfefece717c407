import Expressions
import Rulebooks

/// Everything about a kind's measures that does not depend on a record, prepared once.
///
/// Immutable, so one plan serves every thread.
public struct ContributionPlan: Sendable {
    /// The kind.
    public let kindID: String
    let measures: [PlannedMeasure]
    /// Whether a measure reads a policy, so that the slots of the policies must be filled.
    public private(set) var readsPolicies = false
    /// Whether the kind has no measure at all.
    public var isEmpty: Bool { measures.isEmpty }

    /// Prepares the measures of a kind.
    public init(kind: Kind) {
        kindID = kind.id
        let overdueSlot = kind.layout.slot(.overdue)
        measures = kind.measures.map { measure in
            let rule: PlannedMeasure.Rule =
                switch measure.value {
                case .countAll: .one
                case .countOverdue: .flag(slot: overdueSlot)
                case .countWhere(let formula): .condition(formula.program)
                case .sum(let formula, let places): .amount(formula.program, places: places)
                }
            return PlannedMeasure(
                id: measure.id, rule: rule, dateSlot: measure.at.map { kind.fieldIndex[$0] ?? -1 },
                dimensionSlots: measure.dimensions.map { kind.fieldIndex[$0] ?? -1 })
        }
        let policies = kind.layout.firstPolicySlot..<kind.layout.count
        readsPolicies = usedSlots.contains(where: policies.contains)
    }

    init(kindID: String, measures: [PlannedMeasure]) {
        (self.kindID, self.measures) = (kindID, measures)
    }
}

/// A measure with its fields found: what `ContributionPlan` is made of.
struct PlannedMeasure: Sendable {
    enum Rule: Sendable {
        case one
        case flag(slot: Int)
        case condition(Program)
        case amount(Program, places: Int)
    }

    let id: String
    let shadow: String
    let rule: Rule
    /// The slot of the date it counts at; nil for a stock.
    let dateSlot: Int?
    let dimensionSlots: [Int]

    init(id: String, rule: Rule, dateSlot: Int?, dimensionSlots: [Int]) {
        (self.id, shadow, self.rule) = (id, Tally.shadow(of: id), rule)
        (self.dateSlot, self.dimensionSlots) = (dateSlot, dimensionSlots)
    }
}
