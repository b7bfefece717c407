import Expressions
import Office
import Synchronization

/// What outlives the rulebook a site works by: the work that goes on beside its pages.
public final class SiteMachine: Sendable {
    let jobs: JobRunner
    let denials: DenialRecorder
    /// When the process began to serve.
    let startedAt: Timestamp
    private let adoption = Mutex<(@Sendable (Office) throws -> Void)?>(nil)

    init(_ office: Office, unforeseen: @escaping @Sendable (any Error) -> Void) {
        jobs = JobRunner(office, unforeseen: unforeseen)
        denials = DenialRecorder()
        startedAt = office.moment
    }

    /// Says what is to be done when another rulebook has come into force.
    func onAdoption(_ body: @escaping @Sendable (Office) throws -> Void) { adoption.withLock { $0 = body } }

    /// Goes on under another rulebook; false when nobody can, so that it takes effect at the next start.
    func adopted(_ office: Office) throws -> Bool {
        jobs.replace(office)
        guard let body = adoption.withLock(\.self) else { return false }
        try body(office)
        return true
    }
}
