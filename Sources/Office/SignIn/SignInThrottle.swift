import Expressions
import Storage

/// Slows guessing down: after so many failures a subject is locked, twice as long with every further one.
///
/// Failures are forgotten a day after the last. While a subject is locked its attempts are not counted, so
/// that nobody can keep somebody else out for longer than the longest lock by trying on.
struct SignInThrottle {
    let policy: SignInPolicy
    let moment: Timestamp

    static let memorySeconds: Int64 = 86_400

    init(_ policy: SignInPolicy, at moment: Timestamp) {
        (self.policy, self.moment) = (policy, moment)
    }

    /// How long a number of failures locks, in seconds; 0 for not at all.
    func lockSeconds(after failures: Int64, isAddress: Bool) -> Int64 {
        let limit = isAddress ? policy.attemptsPerAddress : policy.attempts
        guard failures >= limit else { return 0 }
        let doublings = min(failures - limit, 20)
        return min(policy.lockMinutes << doublings, policy.longestLockMinutes) * 60
    }

    /// Until when one of the subjects is locked; nil when none is.
    func lock(of subjects: [Visitor.Subject], _ reader: any StoreReading) throws -> Timestamp? {
        try subjects.compactMap { try reader.signInGuard(subject: $0.name)?.lockedUntil }
            .filter { $0 > moment }.max()
    }

    /// Counts a failure for each subject, before it is known whether it is one.
    func count(_ subjects: [Visitor.Subject], _ writer: any StoreWriting) throws {
        try writer.removeSignInGuards(failedBefore: moment.plus(-Self.memorySeconds))
        for subject in subjects {
            let failures = min((try writer.signInGuard(subject: subject.name)?.failures ?? 0) + 1, 1 << 40)
            let seconds = lockSeconds(after: failures, isAddress: subject.isAddress)
            try writer.save(
                StoredSignInGuard(
                    subject: subject.name, failures: failures, lastFailedAt: moment,
                    lockedUntil: seconds > 0 ? moment.plus(seconds) : nil))
        }
    }

    /// Takes the failure back that was counted for an attempt that turned out to be none.
    func takeBack(_ subjects: [Visitor.Subject], _ writer: any StoreWriting) throws {
        for subject in subjects { try takeBack(subject.name, writer) }
    }

    private func takeBack(_ subject: String, _ writer: any StoreWriting) throws {
        guard var found = try writer.signInGuard(subject: subject) else { return }
        found.failures -= 1
        // The attempt was let in, so any lock there is now was set by counting it.
        found.lockedUntil = nil
        if found.failures > 0 {
            try writer.save(found)
        } else {
            try writer.removeSignInGuard(subject: subject)
        }
    }

    /// Forgets the failures of an account that proved itself; of the address only the one just counted, or
    /// whoever has an account could go on guessing at those of others.
    func clear(
        _ loginSubject: String, takingBack addressSubject: String?, _ writer: any StoreWriting
    ) throws {
        try writer.removeSignInGuard(subject: loginSubject)
        if let addressSubject { try takeBack(addressSubject, writer) }
    }
}
