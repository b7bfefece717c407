import Office
import Synchronization

/// Keeps the first step of signing in until the one-time code comes, for five minutes and in memory only.
final class PendingSignIns: Sendable {
    private struct Entry {
        let attempt: SignIn.Attempt
        let keptAt: Int64
    }

    private static let seconds: Int64 = 300
    private static let capacity = 10_000
    private let entries = Mutex<[String: Entry]>([:])

    /// Keeps an attempt for whoever holds a form token.
    func keep(_ attempt: SignIn.Attempt, for token: String, at second: Int64) {
        entries.withLock { entries in
            entries = entries.filter { second - $0.value.keptAt < Self.seconds }
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[token] = Entry(attempt: attempt, keptAt: second)
        }
    }

    /// The attempt kept for a token, once.
    func take(_ token: String, at second: Int64) -> SignIn.Attempt? {
        entries.withLock { entries in
            guard let entry = entries.removeValue(forKey: token), second - entry.keptAt < Self.seconds else {
                return nil
            }
            return entry.attempt
        }
    }
}
