import Office
import Storage
import Synchronization

/// Gathers refusals and enters them in the log a little later, so that refusing costs no write.
///
/// The same refusal again within a minute is counted, not listed; whoever knocks on many doors at once is listed a
/// hundred times a minute, and counted beyond.
final class DenialRecorder: Sendable {
    private struct Key: Hashable {
        let login: String
        let address: String
        let method: String
        let target: String
        let code: String
    }

    private struct State {
        var waiting: [Key: StoredDenial] = [:]
        /// How many lines of each sender are waiting.
        var lines: [String: Int] = [:]
        var lastEntered: Int64 = 0
    }

    private let state = Mutex(State())
    private static let capacity = 10_000
    private static let linesOfOne = 100
    private static let seconds: Int64 = 60

    /// Takes note of a refusal.
    func note(_ denial: StoredDenial) {
        state.withLock { state in
            let sender = denial.login.isEmpty ? denial.address : denial.login
            var line = denial
            if state.lines[sender, default: 0] >= Self.linesOfOne { line.target = "…" }
            let key = Key(
                login: line.login, address: line.address, method: line.method, target: line.target,
                code: line.code)
            if state.waiting[key] != nil {
                state.waiting[key]?.times += 1
            } else if state.waiting.count < Self.capacity {
                state.waiting[key] = line
                state.lines[sender, default: 0] += 1
            }
        }
    }

    /// Enters what waits, when it is time or `isNow`.
    func enter(in office: Office, isNow: Bool = false) throws {
        let second = office.moment.seconds
        let waiting = state.withLock { state -> [StoredDenial] in
            guard !state.waiting.isEmpty, isNow || second - state.lastEntered >= Self.seconds else {
                return []
            }
            defer { state = State(lastEntered: second) }
            return state.waiting.values.sorted { ($0.at, $0.target) < ($1.at, $1.target) }
        }
        try DenialLog(office).enter(waiting)
    }
}
