import Dispatch
import Storage
import Synchronization

/// Works at jobs one after the other, on a thread of its own.
///
/// The order is the order in which they were begun. A job is done under the rulebook in force when its turn comes.
public final class JobRunner: Sendable {
    /// What a job does; it returns its outcome as JSON.
    public typealias Work = @Sendable (Office, Steps) throws -> String

    /// How far a job is.
    public struct Step: Hashable, Sendable {
        /// The share done, from 0 to 1; nil while it cannot be told.
        public var share: Double?
        /// How many rows, records or pages were dealt with.
        public var count: Int64 = 0
    }

    /// Takes note of how far one job is.
    public struct Steps: Sendable {
        let job: Int64
        let runner: JobRunner

        public func note(share: Double?, count: Int64 = 0) {
            runner.steps.withLock { $0[job] = Step(share: share, count: count) }
        }
    }

    private let queue = DispatchQueue(label: "zhiheng.jobs")
    private let present: Mutex<Office>
    private let steps = Mutex<[Int64: Step]>([:])
    private let holder = Mutex<Int64?>(nil)
    private let unforeseen: @Sendable (any Error) -> Void

    /// - Parameter unforeseen: told of errors that people are not told more of.
    public init(_ office: Office, unforeseen: @escaping @Sendable (any Error) -> Void = { _ in }) {
        present = Mutex(office)
        self.unforeseen = unforeseen
    }

    /// The office that jobs are done for.
    public var office: Office { present.withLock(\.self) }

    /// Does the jobs that follow for another office: the same folder under another rulebook.
    public func replace(_ office: Office) { present.withLock { $0 = office } }

    /// Begins a job that is on file.
    public func begin(_ job: StoredJob, _ work: @escaping Work) {
        queue.async { [self] in run(job, work) }
    }

    /// Whether a job keeps the door to itself, so that whoever wants to write would wait for long.
    public var holdsDoor: Bool { holder.withLock { $0 != nil } }

    /// How far a job is; nil when it does not run.
    public func step(of job: Int64) -> Step? { steps.withLock { $0[job] } }

    /// Returns when every job begun so far is over.
    public func settle() async {
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    }

    private func run(_ job: StoredJob, _ work: Work) {
        var job = job
        let sort = JobSort(rawValue: job.sort)
        job.state = .running
        job.beganAt = office.moment
        do {
            try office.store.write { [job] in try $0.save(job) }
            steps.withLock { $0[job.id] = Step() }
            if sort?.holdsDoor == true { holder.withLock { $0 = job.id } }
            defer { release(job.id) }
            job.result = try work(office, Steps(job: job.id, runner: self))
            job.state = .done
        } catch {
            let failure = JobFailure(error)
            if failure.code.isEmpty { unforeseen(error) }
            job.state = .failed
            job.result = (try? JobJSON.text(failure)) ?? ""
        }
        job.endedAt = office.moment
        do {
            try office.store.write { [job] in try $0.save(job) }
        } catch {
            unforeseen(error)
        }
    }

    private func release(_ job: Int64) {
        holder.withLock { $0 = nil }
        _ = steps.withLock { $0.removeValue(forKey: job) }
    }
}
