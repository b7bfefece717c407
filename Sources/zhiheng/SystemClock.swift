import Expressions
import Foundation
import Synchronization

/// The wall clock: the only place where the time of day is asked for.
///
/// It can be stopped at a moment, for demonstrations, tests and sweeps of a past day, and be let go from there.
final class SystemClock: Sendable {
    private struct Setting {
        var moment: Timestamp
        /// Since when the clock has been running on from its moment; nil while it stands.
        var runningSince: ContinuousClock.Instant?
    }

    private let setting: Mutex<Setting?>

    init(stoppedAt moment: Timestamp? = nil) {
        setting = Mutex(moment.map { Setting(moment: $0) })
    }

    /// The present moment.
    func now() -> Timestamp {
        if let setting = setting.withLock({ $0 }) {
            let passed = setting.runningSince.map { (ContinuousClock.now - $0).components.seconds } ?? 0
            return Timestamp(seconds: setting.moment.seconds + passed) ?? setting.moment
        }
        let seconds = Date().timeIntervalSince1970
        return Timestamp(seconds: Int64(seconds)) ?? .epoch
    }

    /// Stops the clock at a moment.
    func stop(at moment: Timestamp) {
        setting.withLock { $0 = Setting(moment: moment) }
    }

    /// Lets the clock run on from where it was stopped; nothing changes when it was not.
    func letRun() {
        setting.withLock { $0?.runningSince = .now }
    }
}
