import Expressions
import Foundation
import Synchronization

/// The wall clock: the only place where the time of day is asked for.
///
/// It can be stopped at a moment, for demonstrations, tests and sweeps of a past day.
final class SystemClock: Sendable {
    private let stoppedAt: Mutex<Timestamp?>

    init(stoppedAt moment: Timestamp? = nil) {
        stoppedAt = Mutex(moment)
    }

    /// The present moment.
    func now() -> Timestamp {
        if let moment = stoppedAt.withLock({ $0 }) { return moment }
        let seconds = Date().timeIntervalSince1970
        return Timestamp(seconds: Int64(seconds)) ?? .epoch
    }

    /// Stops the clock at a moment.
    func stop(at moment: Timestamp) {
        stoppedAt.withLock { $0 = moment }
    }
}
