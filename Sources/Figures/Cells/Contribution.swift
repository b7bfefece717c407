import Expressions
import Rulebooks

/// What one record adds to the tallies.
///
/// Pure: the same slots give the same cells, so a rebuild of all records gives exactly the cells that were
/// kept while they changed.
public enum Contribution {
    /// The largest contribution of one record to one cell; a larger sum counts as undetermined.
    public static let largest: Int64 = 1 << 62

    /// The cells of a record, none of them zero.
    ///
    /// - Parameters:
    ///   - slots: The record in the layout of its kind.
    ///   - regionCode: The region of the record, padded to twelve digits.
    ///   - isVoided: A voided record contributes nothing.
    ///   - offsetSeconds: How far civil time lies ahead of UTC, which decides the month of a moment.
    public static func cells(
        of plan: ContributionPlan, slots: [Value], regionCode: String, isVoided: Bool = false,
        offsetSeconds: Int = 28_800
    ) -> [TallyKey: Int64] {
        var cells: [TallyKey: Int64] = [:]
        forEachCell(
            of: plan, slots: slots, regionCode: regionCode, isVoided: isVoided, offsetSeconds: offsetSeconds
        ) { key, value in
            // Measures have distinct names, so no two cells of one record have the same key.
            cells[key] = value
        }
        return cells
    }

    /// Hands over each cell of a record without building a table: for imports of many records.
    public static func forEachCell(
        of plan: ContributionPlan, slots: [Value], regionCode: String, isVoided: Bool = false,
        offsetSeconds: Int = 28_800, _ body: (TallyKey, Int64) -> Void
    ) {
        forEachAmount(of: plan, slots: slots, isVoided: isVoided, offsetSeconds: offsetSeconds) { amount in
            body(plan.key(of: amount, slots: slots, regionCode: regionCode), amount.value)
        }
    }

    /// Hands over what a record contributes, measure by measure, without making keys: see
    /// `ContributionPlan.key` and `ContributionPlan.appendIdentity`.
    public static func forEachAmount(
        of plan: ContributionPlan, slots: [Value], isVoided: Bool = false, offsetSeconds: Int = 28_800,
        _ body: (ContributedAmount) -> Void
    ) {
        guard !isVoided else { return }
        for index in plan.measures.indices {
            guard let amount = amount(of: plan.measures[index], slots) else { continue }
            let month = month(of: plan.measures[index], slots, offsetSeconds)
            let isKnown = amount != undetermined && month != nil
            body(
                ContributedAmount(
                    measure: index, isKnown: isKnown, month: month ?? Months.none, value: isKnown ? amount : 1
                ))
        }
    }

    /// What must be added to the stored cells when a record changes; see `Tally.delta(old:new:)`.
    public static func delta(old: [TallyKey: Int64], new: [TallyKey: Int64]) -> [TallyKey: Int64] {
        Tally.delta(old: old, new: new)
    }

    /// Stands for an amount that cannot be told; no real amount is beyond `largest`.
    private static let undetermined = Int64.max

    /// The amount, `undetermined`, or nil for nothing.
    private static func amount(of measure: PlannedMeasure, _ slots: [Value]) -> Int64? {
        switch measure.rule {
        case .one: return 1
        case .flag(let index):
            guard case .bool(let isSet) = slot(index, slots) else { return nil }
            return isSet ? 1 : nil
        case .condition(let program):
            switch program.decide(slots) {
            case .holds: return 1
            case .fails: return nil
            case .undetermined, .failed: return undetermined
            }
        case .amount(let program, let places):
            guard let value = try? program.evaluate(slots), let scaled = scaled(value, places),
                scaled.magnitude <= UInt64(largest)
            else { return undetermined }
            return scaled == 0 ? nil : scaled
        }
    }

    private static func scaled(_ value: Value, _ places: Int) -> Int64? {
        guard let places = UInt8(exactly: places) else { return nil }
        switch value {
        case .int(let number): return ExactDecimal(unscaled: number, scale: 0).rescaled(to: places)?.unscaled
        case .uint(let number):
            guard let signed = Int64(exactly: number) else { return nil }
            return ExactDecimal(unscaled: signed, scale: 0).rescaled(to: places)?.unscaled
        case .decimal(let number): return number.rescaled(to: places)?.unscaled
        case .bool(let isSet):
            return ExactDecimal(unscaled: isSet ? 1 : 0, scale: 0).rescaled(to: places)?.unscaled
        default: return nil
        }
    }

    /// The month a record counts in, or nil when its date is not on file.
    private static func month(of measure: PlannedMeasure, _ slots: [Value], _ offsetSeconds: Int)
        -> MonthIndex?
    {
        guard let index = measure.dateSlot else { return Months.none }
        let date: CivilDate
        switch slot(index, slots) {
        case .date(let day): date = day
        case .timestamp(let moment): date = moment.civil(offsetSeconds: offsetSeconds).date
        default: return nil
        }
        let parts = date.parts
        return Months.index(year: parts.year, month: parts.month)
    }

    static func slot(_ index: Int, _ slots: [Value]) -> Value {
        slots.indices.contains(index) ? slots[index] : .null
    }

    static func dimensionText(_ value: Value) -> String {
        switch value {
        case .string(let text): text
        case .bool(let isSet): isSet ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .decimal(let number): number.description
        case .date(let day): day.description
        case .object(let object): String(object.id)
        default: ""
        }
    }
}

/// What a record contributes to one measure, or to the count of those whose contribution cannot be told.
public struct ContributedAmount: Hashable, Sendable {
    /// The position of the measure in its plan.
    public let measure: Int
    /// False for the shadow of the measure.
    public let isKnown: Bool
    /// The month it counts in, or `Months.none`.
    public let month: MonthIndex
    /// The amount, never zero.
    public let value: Int64
}

extension ContributionPlan {
    /// The slots that decide what a record contributes.
    public var usedSlots: Set<Int> {
        var slots: Set<Int> = []
        for measure in measures {
            slots.formUnion(measure.dimensionSlots)
            if let date = measure.dateSlot { slots.insert(date) }
            switch measure.rule {
            case .one: break
            case .flag(let slot): slots.insert(slot)
            case .condition(let program), .amount(let program, _): slots.formUnion(program.usedSlots)
            }
        }
        return slots
    }

    /// The cell to which an amount belongs.
    public func key(of amount: ContributedAmount, slots: [Value], regionCode: String) -> TallyKey {
        let measure = measures[amount.measure]
        return TallyKey(
            measure: amount.isKnown ? measure.id : measure.shadow, month: amount.month, region: regionCode,
            dimensions: measure.dimensionSlots.map {
                Contribution.dimensionText(Contribution.slot($0, slots))
            })
    }

    /// Appends bytes by which the cell of an amount is known: never the same for different cells.
    public func appendIdentity(
        of amount: ContributedAmount, slots: [Value], regionCode: String, to bytes: inout [UInt8]
    ) {
        withUnsafeBytes(of: amount.month) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: Int32(truncatingIfNeeded: amount.measure)) { bytes.append(contentsOf: $0) }
        bytes.append(amount.isKnown ? 1 : 0)
        bytes.append(contentsOf: regionCode.utf8)
        for slot in measures[amount.measure].dimensionSlots {
            // A byte that no text in UTF-8 holds.
            bytes.append(0xFF)
            let value = Contribution.slot(slot, slots)
            if case .string(let text) = value {
                bytes.append(contentsOf: text.utf8)
            } else {
                bytes.append(contentsOf: Contribution.dimensionText(value).utf8)
            }
        }
    }
}
