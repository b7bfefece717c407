import Expressions
import Figures
import Ledger
import Records
import Rulebooks
import Storage

/// The parts of Zhiheng put together: one rulebook, one store, one door in.
///
/// Immutable after it is made, so it is shared freely; what changes lies in the store.
public final class Office: Sendable {
    public let rulebook: Rulebook
    public let store: any Store
    public let decider: Decider
    public let time: CivilTime
    /// Tells the present moment; the executable gives the wall clock, tests give what they like.
    let now: @Sendable () -> Timestamp
    /// Gives unpredictable bytes for the salts of commitments.
    public let randomBytes: @Sendable (Int) -> [UInt8]
    /// What each kind's records contribute to its measures, prepared once.
    let contributionPlans: [String: ContributionPlan]
    let documents: DocumentWriter
    /// The measures and regions figures are asked by; it remembers what is slow to work out.
    let catalogue: PreparedCatalogue

    public init(
        rulebook: Rulebook, store: any Store, now: @escaping @Sendable () -> Timestamp,
        randomBytes: @escaping @Sendable (Int) -> [UInt8] = Office.systemRandomBytes
    ) throws {
        self.rulebook = rulebook
        self.store = store
        self.decider = Decider(rulebook)
        self.time = CivilTime(of: rulebook)
        self.now = now
        self.randomBytes = randomBytes
        self.contributionPlans = rulebook.kinds.mapValues(ContributionPlan.init(kind:))
        self.documents = try DocumentWriter(rulebook)
        self.catalogue = PreparedCatalogue(rulebook)
    }

    /// The present moment, in whole seconds: what the store keeps.
    public var moment: Timestamp {
        let now = now()
        return Timestamp(seconds: now.seconds, nanoseconds: 0) ?? now
    }

    /// The present civil day.
    public var today: CivilDate { time.day(of: moment) }

    /// Bytes from the system's generator.
    public static let systemRandomBytes: @Sendable (Int) -> [UInt8] = { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// What a record contributes to the tallies: a function of the record alone.
    func cells(of record: Record, kind: Kind) -> [TallyKey: Int64] {
        guard let plan = contributionPlans[kind.id] else { return [:] }
        guard !plan.isEmpty else { return [:] }
        let slots = decider.slots(of: record, kind: kind, readsPolicies: plan.readsPolicies)
        return Contribution.cells(
            of: plan, slots: slots, regionCode: record.region,
            isVoided: record.voided, offsetSeconds: rulebook.timeZoneOffsetSeconds)
    }
}
