import Expressions
import Rulebooks

/// One instance of a kind: what is on file about one thing supervised or one matter to be closed.
///
/// `values` lie in the declaration order of the kind's fields; `.null` means "not on file", which is
/// never the same as zero or false. A record is changed by an action only.
public struct Record: Hashable, Sendable {
    /// The record's identity within its kind, given once and never reused.
    public var id: Int64
    /// The id of the kind in the rulebook.
    public var kind: String
    /// The official number, unique within the kind.
    public var number: String
    /// The padded code of the region in which the record counts.
    public var region: String
    /// The credit code of the party that must act, when the kind names one and it is on file.
    public var responsible: String?
    /// The state of the lifecycle in which the record stands.
    public var state: String
    /// The last clock step fired while its clock runs (`urge`, `list`…); empty when there is none.
    public var stage: String
    /// Whether a running clock has passed its due time. Set by the clocks, as they are run.
    public var overdue: Bool
    /// Whether the record was voided (作废). A voided record counts nowhere.
    public var voided: Bool
    /// Whether the kind's `public` rule held when the record was last changed.
    public var isPublic: Bool
    /// 1 when created, plus 1 with every action.
    public var version: Int64
    /// When the present state was entered.
    public var enteredAt: Timestamp
    /// When the record was put on file.
    public var createdAt: Timestamp
    /// When the last action was performed.
    public var updatedAt: Timestamp
    /// The import that brought the record, and its row there counted from 0.
    public var origin: ImportOrigin?
    /// The running clocks, in the order of the kind.
    public var clocks: [ClockState]
    /// The fields, in the order of the kind.
    public var values: [Value]

    public init(
        id: Int64, kind: String, number: String, region: String, responsible: String?, state: String,
        stage: String = "", overdue: Bool = false, voided: Bool = false, isPublic: Bool = false,
        version: Int64, enteredAt: Timestamp, createdAt: Timestamp, updatedAt: Timestamp,
        origin: ImportOrigin? = nil, clocks: [ClockState] = [], values: [Value]
    ) {
        self.id = id
        self.kind = kind
        self.number = number
        self.region = region
        self.responsible = responsible
        self.state = state
        self.stage = stage
        self.overdue = overdue
        self.voided = voided
        self.isPublic = isPublic
        self.version = version
        self.enteredAt = enteredAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.origin = origin
        self.clocks = clocks
        self.values = values
    }

    /// The moment from which the first of the running clocks is too late; nil while none runs to a due time.
    public func nextDue(in time: CivilTime) -> Timestamp? {
        guard !clocks.isEmpty else { return nil }
        let running = clocks.lazy.filter { $0.suspendedAt == nil }
        return running.compactMap { clock in clock.due.flatMap(time.passes) }.min()
    }

    /// The value of a field by its name; nil when the kind has no such field.
    public func value(_ field: String, in kind: Kind) -> Value? {
        guard let index = kind.fieldIndex[field], values.indices.contains(index) else { return nil }
        return values[index]
    }
}

/// Where an imported record came from.
public struct ImportOrigin: Hashable, Sendable {
    /// The import's identity.
    public var importID: Int64
    /// The record's place among the imported rows, from 0: the index of its leaf in the import's tree.
    public var row: Int64

    public init(importID: Int64, row: Int64) {
        self.importID = importID
        self.row = row
    }
}

/// A clock that runs (or stands still) on a record.
public struct ClockState: Hashable, Sendable {
    /// The id of the clock in the kind.
    public var clock: String
    /// When it began to run.
    public var startedAt: Timestamp
    /// When it falls due, shifted by what it stood still; nil while a fact that decides it is missing.
    public var due: ClockDue?
    /// Since when it has stood still; nil while it runs.
    public var suspendedAt: Timestamp?
    /// How long it has stood still before: calendar days, working days or seconds, by the clock's unit.
    public var suspendedUnits: Int64
    /// The index of the next step to fire; equal to the number of steps when all have fired.
    public var nextStep: Int
    /// Whether the due time has been noticed as passed.
    public var overdue: Bool
    /// When the clock next wants attention (a step or the due time passing); nil when never again or suspended.
    public var nextAt: Timestamp?

    public init(
        clock: String, startedAt: Timestamp, due: ClockDue?, suspendedAt: Timestamp? = nil,
        suspendedUnits: Int64 = 0, nextStep: Int = 0, overdue: Bool = false, nextAt: Timestamp? = nil
    ) {
        self.clock = clock
        self.startedAt = startedAt
        self.due = due
        self.suspendedAt = suspendedAt
        self.suspendedUnits = suspendedUnits
        self.nextStep = nextStep
        self.overdue = overdue
        self.nextAt = nextAt
    }
}

/// When a clock falls due: at the end of a civil day, or at a moment.
public enum ClockDue: Hashable, Sendable {
    /// The last day on which the duty is met in time.
    case day(CivilDate)
    /// The last moment at which the duty is met in time.
    case moment(Timestamp)
}
