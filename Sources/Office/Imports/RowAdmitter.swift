import Exchange
import Expressions
import Figures
import Records
import Rulebooks

/// What becomes of a row of a file.
enum RowFate: Sendable {
    /// It is left out, as the map says.
    case left
    /// It cannot be taken in.
    case refused([RowError])
    /// Its cells were read; the records it refers to are still to be found.
    case read([Value], errors: [RowError])
    /// It comes to a record, and adds to these of the batch's amounts.
    case admitted(Record, amounts: Range<Int>)
}

/// What a record adds to one of the cells that were numbered so far.
struct CellAmount: Sendable {
    let cell: Int
    let value: Int64
}

/// Decides rows whose cells were read, and finds the cells they count in; belongs to one thread.
struct RowAdmitter {
    /// The cells numbered since this was last emptied, in the order of their numbers.
    var newCells: [TallyKey] = []
    /// What the rows admitted since this was last emptied add.
    var amounts: [CellAmount] = []

    private let office: Office
    private let kind: Kind
    private let plan: ColumnPlan
    private let admission: Admission
    private let errors: RowErrors
    private let contributions: ContributionPlan
    private let referenceFields: [Int]
    private let knownStates: Set<String>
    private var workspace: AdmissionWorkspace
    private var cells = ByteTable()
    private var identity: [UInt8] = []

    /// Whether a record counts by what is known when it is admitted, and not by its number.
    static func countsAtOnce(_ plan: ContributionPlan, kind: Kind) -> Bool {
        let later: [SystemSlot] = [.number, .today, .now, .actorRole, .actorRegion, .actorLogin]
        return plan.usedSlots.isDisjoint(with: later.map(kind.layout.slot))
    }

    init(office: Office, kind: Kind, plan: ColumnPlan, admission: Admission) {
        (self.office, self.kind, self.plan, self.admission) = (office, kind, plan, admission)
        errors = RowErrors(kind: kind, plan: plan)
        contributions = office.contributionPlans[kind.id] ?? ContributionPlan(kind: kind)
        referenceFields = kind.references.map(\.index)
        knownStates = Set(kind.lifecycle.states.map(\.id))
        workspace = admission.workspace()
    }

    /// Decides a row: whatever is wrong with it is told at once.
    ///
    /// - Parameters:
    ///   - found: what is wrong with its cells and its references.
    ///   - counts: whether to find the cells it counts in.
    mutating func decide(
        _ values: [Value], errors found: [RowError], facts: Facts, row: CSVRecord, warnings: inout [Warning],
        counts: Bool
    ) -> RowFate {
        guard found.isEmpty else {
            return .refused(found + furtherErrors(values, facts: facts, known: found, row: row))
        }
        do throws(Refusal) {
            let state = try state(of: values)
            let admitted = try admission.admit(
                values, origin: nil, state: state, given: facts, in: &workspace)
            warnings += admitted.warnings
            let first = amounts.count
            if counts { count(admitted.record) }
            return .admitted(admitted.record, amounts: first..<amounts.count)
        } catch {
            return .refused(error.reasons.map { errors.error($0, row) })
        }
    }

    /// What else is wrong with a row that cannot be taken: rules that can be decided without its bad cells.
    private mutating func furtherErrors(
        _ values: [Value], facts: Facts, known: [RowError], row: CSVRecord
    ) -> [RowError] {
        do throws(Refusal) {
            _ = try admission.admit(values, origin: nil, given: facts, in: &workspace)
            return []
        } catch {
            let columns = Set(known.compactMap(\.column))
            return error.reasons.filter { $0.code == .ruleBroken || $0.code == .fieldMissing }
                .map { errors.error($0, row) }
                .filter { further in further.column.map { !columns.contains($0) } ?? true }
        }
    }

    private func state(of values: [Value]) throws(Refusal) -> String? {
        guard let formula = plan.stateFormula else { return nil }
        var slots = kind.layout.emptySlots
        for index in values.indices { slots[index] = values[index] }
        guard case .string(let state)? = try? formula.evaluate(slots), knownStates.contains(state) else {
            throw Refusal(
                RefusalReason(
                    .expressionFailed, field: "state", "无法确定导入后的状态。",
                    "The state of the imported record cannot be determined."))
        }
        return state
    }

    /// Counts an admitted record in the slots it was admitted in.
    private mutating func count(_ record: Record) {
        // Tallies do not follow references; see `Decider.slots(of:kind:)`.
        var slots = workspace.slots
        for index in referenceFields { slots[index] = record.values[index] }
        Contribution.forEachAmount(
            of: contributions, slots: slots, isVoided: record.voided,
            offsetSeconds: office.rulebook.timeZoneOffsetSeconds
        ) { amount in
            identity.removeAll(keepingCapacity: true)
            contributions.appendIdentity(of: amount, slots: slots, regionCode: record.region, to: &identity)
            let cell = identity.withUnsafeBytes { bytes in cells.find(bytes) ?? cells.insert(bytes) }
            if cell == newCells.count + numbered {
                newCells.append(contributions.key(of: amount, slots: slots, regionCode: record.region))
            }
            amounts.append(CellAmount(cell: cell, value: amount.value))
        }
    }

    /// How many cells were numbered before those in `newCells`.
    private var numbered = 0

    /// Hands over the cells numbered and the amounts since the last time.
    mutating func takeCounts() -> (newCells: [TallyKey], amounts: [CellAmount]) {
        defer {
            numbered += newCells.count
            newCells = []
            amounts = []
        }
        return (newCells, amounts)
    }
}
