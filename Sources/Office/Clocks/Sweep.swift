import Expressions
import Records
import Storage

/// Runs the clocks: notices what has fallen due and fires the reminders and escalations in order of time.
public struct Sweep: Sendable {
    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// What a sweep did.
    public struct Report: Sendable {
        /// Steps fired and due times noticed, by the ledger's name of the action.
        public var fired: [String: Int] = [:]
        /// Each of them, in order.
        public var events: [Event] = []
        /// Records whose clocks could not be run, with the reason.
        public var failures: [(number: String, reason: RefusalReason)] = []

        public init() {}
    }

    /// One thing a clock did.
    public struct Event: Sendable {
        public var kind: String
        public var number: String
        public var action: String
        public var documents: [StoredDocument]
    }

    /// How many clocks are handled in one transaction.
    static let batch = 500

    /// Runs every clock that wants attention at the office's moment, until none does.
    ///
    /// A record that was not looked at for long goes through all steps it missed, each with its own entry.
    /// - Parameter keepsEvents: whether to list every event, or only count.
    @discardableResult
    public func run(keepsEvents: Bool = true) throws -> Report {
        var report = Report()
        var stuck: Set<Key> = []
        while true {
            let wanting = try office.store.read { reader in
                try reader.clocksWanting(before: office.moment, limit: Self.batch + stuck.count)
            }.filter { !stuck.contains(Key($0)) }
            if wanting.isEmpty { return report }
            let requests = wanting.map { reference in
                Request(
                    Action(.runClock(reference.clock), kind: reference.kind, record: reference.record),
                    by: .system)
            }
            let results = try Registrar(office).perform(requests)
            for (reference, result) in zip(wanting, results) {
                switch result {
                case .success(let outcome): try note(outcome, &report, keepsEvents: keepsEvents)
                case .failure(let error):
                    stuck.insert(Key(reference))
                    // Another clock of the record, fired before it in the same sweep, has ended this one.
                    if let refusal = error as? Refusal, refusal.has(.clockNotDue) { continue }
                    if let refusal = error as? Refusal, let reason = refusal.reasons.first {
                        report.failures.append(("\(reference.kind)/\(reference.record)", reason))
                    } else {
                        throw error
                    }
                }
            }
        }
    }

    /// A clock of a record, whenever it wants attention.
    private struct Key: Hashable {
        let record: Facts.Key
        let clock: String

        init(_ reference: ClockReference) {
            record = Facts.Key(kind: reference.kind, id: reference.record)
            clock = reference.clock
        }
    }

    private func note(_ outcome: Outcome, _ report: inout Report, keepsEvents: Bool) throws {
        let action = outcome.action
        report.fired[action, default: 0] += 1
        guard keepsEvents else { return }
        report.events.append(
            Event(
                kind: outcome.record.kind, number: outcome.record.number, action: action,
                documents: outcome.documents))
    }
}

/// Runs the clocks again and again until its task is cancelled.
public struct Scheduler: Sendable {
    let office: Office

    public init(_ office: Office) {
        self.office = office
    }

    /// Sweeps once, and takes note of it.
    public func run() -> Result<Sweep.Report, any Error> {
        let result = Result { try Sweep(office).run() }
        SweepLog(office).note(result)
        return result
    }

    /// Sweeps at once and then after every interval; a failing sweep is reported and tried again.
    public func run(
        every seconds: Int64, report: @escaping @Sendable (Result<Sweep.Report, any Error>) -> Void
    ) async {
        while !Task.isCancelled {
            report(run())
            do {
                try await Task.sleep(for: .seconds(seconds))
            } catch {
                return
            }
        }
    }
}
