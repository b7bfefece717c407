import Expressions

/// What a kind's expressions can name beside its fields, in the order of the slots after the fields.
public enum SystemSlot: Int, Sendable, CaseIterable {
    /// `state`: the id of the present state.
    case state
    /// `stage`: the last step a clock took, "" before the first.
    case stage
    /// `overdue`: whether a clock is past due.
    case overdue
    /// `number`: the record's number.
    case number
    /// `today`: the day on which the expression is evaluated.
    case today
    /// `now`: the moment at which it is evaluated.
    case now
    /// `entered_on`: the day the present state was entered.
    case enteredOn
    /// `actor.role`: the role in which somebody acts.
    case actorRole
    /// `actor.region`: the padded code of the region of the office that acts.
    case actorRegion
    /// `actor.login`: the login of whoever acts.
    case actorLogin

    /// The name in expressions.
    public var name: String {
        switch self {
        case .state: "state"
        case .stage: "stage"
        case .overdue: "overdue"
        case .number: "number"
        case .today: "today"
        case .now: "now"
        case .enteredOn: "entered_on"
        case .actorRole: "actor.role"
        case .actorRegion: "actor.region"
        case .actorLogin: "actor.login"
        }
    }

    /// The type in expressions.
    public var type: ValueType {
        switch self {
        case .state, .stage, .number, .actorRole, .actorRegion, .actorLogin: .string
        case .overdue: .bool
        case .today, .enteredOn: .date
        case .now: .timestamp
        }
    }
}

/// How a record of a kind lies in the slots of its formulas.
///
/// The fields come first, in the order of their declaration; then the system slots in the order of
/// `SystemSlot`; then one slot for each policy in ascending order of its id; then, only in formulas
/// under `for_each`, the row. A referenced record is an object of its kind's fields in the order of their
/// declaration, followed by its `number` and its `state`.
public struct SlotLayout: Sendable {
    /// What the formulas are compiled in.
    public let environment: Environment
    /// How many fields there are; field `i` of the kind lies in slot `i`.
    public let fieldCount: Int
    /// The ids of the policies in the order of their slots.
    public let policyIDs: [String]

    /// The slot of a system name.
    public func slot(_ system: SystemSlot) -> Int { fieldCount + system.rawValue }

    /// The slot of the first policy; the others follow in the order of `policyIDs`.
    public var firstPolicySlot: Int { fieldCount + SystemSlot.allCases.count }

    /// How many slots a formula reads, without the row.
    public var count: Int { firstPolicySlot + policyIDs.count }

    /// The slot of the row in formulas under `for_each`.
    public var rowSlot: Int { count }

    /// The slots of a record of which nothing is known.
    public var emptySlots: [Value] { Array(repeating: .null, count: count) }

    /// The type name of the rows of a table field, of which `ObjectValue.fields` are the columns in order.
    public static func rowTypeName(kind: String, field: String) -> String { "\(kind).\(field)" }
}

extension Rulebook {
    /// The values of the policies' slots, in order, for matters governed by a day.
    public func policyValues(on date: CivilDate) -> [Value] {
        policies.keys.sorted().map { id in policies[id]?.versions.inForce(on: date)?.item ?? .null }
    }
}
