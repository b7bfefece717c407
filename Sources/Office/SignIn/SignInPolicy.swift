import Expressions
import Rulebooks

/// The thresholds of signing in, as the rulebook sets them.
///
/// A rulebook without these policies, or with a value beyond all sense, gets the defaults: a mistake there must
/// not open the door.
public struct SignInPolicy: Hashable, Sendable {
    /// After so many minutes without use a session ends.
    public var idleMinutes: Int64 = 30
    /// A session ends after so many hours, used or not.
    public var absoluteHours: Int64 = 12
    /// So many failures lock an account.
    public var attempts: Int64 = 5
    /// So many failures lock a network address, which many people may share.
    public var attemptsPerAddress: Int64 = 20
    /// How long the first lock lasts; every further failure doubles it.
    public var lockMinutes: Int64 = 1
    /// How long a lock lasts at most.
    public var longestLockMinutes: Int64 = 60
    /// So many days the log of who signed in is kept, and so many that of refusals.
    public var signInLogDays: Int64 = 200
    public var denialLogDays: Int64 = 200

    /// The defaults.
    public init() {}

    /// What a rulebook says on a day.
    public init(_ rulebook: Rulebook, on day: CivilDate) {
        func read(_ id: String, _ range: ClosedRange<Int64>, into value: inout Int64) {
            guard case .int(let number)? = rulebook.policies[id]?.versions.inForce(on: day)?.item,
                range.contains(number)
            else { return }
            value = number
        }
        read("sign-in-idle-minutes", 1...1_440, into: &idleMinutes)
        read("sign-in-absolute-hours", 1...168, into: &absoluteHours)
        read("sign-in-attempts", 1...100, into: &attempts)
        read("sign-in-attempts-per-address", 1...10_000, into: &attemptsPerAddress)
        read("sign-in-lock-minutes", 1...1_440, into: &lockMinutes)
        read("sign-in-longest-lock-minutes", 1...10_080, into: &longestLockMinutes)
        read("sign-in-log-days", 1...36_500, into: &signInLogDays)
        read("denial-log-days", 1...36_500, into: &denialLogDays)
    }
}

extension Timestamp {
    /// The moment so many seconds later; the moment itself at the ends of the calendar.
    func plus(_ seconds: Int64) -> Timestamp {
        let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
        return overflow ? self : Timestamp(seconds: sum) ?? self
    }
}
