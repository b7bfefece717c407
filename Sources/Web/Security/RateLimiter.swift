import Synchronization

/// Counts requests of each sender in a window of time; forgets senders who have been quiet.
final class RateLimiter: Sendable {
    private struct Window {
        var start: Int64
        var count: Int
    }

    private let limit: Int
    private let seconds: Int64
    private let windows = Mutex<[String: Window]>([:])
    /// So many senders are remembered; beyond, the oldest windows are dropped.
    private static let capacity = 50_000

    /// So many requests of one sender in so many seconds.
    init(_ limit: Int, inSeconds seconds: Int64) {
        (self.limit, self.seconds) = (limit, seconds)
    }

    /// The seconds to wait when a sender has used up its window, else nil. Counts nothing.
    func wait(_ sender: String, at second: Int64) -> Int? {
        windows.withLock { windows in
            guard let window = windows[sender], window.count >= limit, second >= window.start,
                second - window.start < seconds
            else { return nil }
            return Int(seconds - (second - window.start))
        }
    }

    /// Takes note of a request; the seconds to wait when it is one too many, else nil.
    func note(_ sender: String, at second: Int64) -> Int? {
        windows.withLock { windows in
            if windows.count >= Self.capacity {
                windows = windows.filter { second - $0.value.start < seconds }
                if windows.count >= Self.capacity { windows.removeAll() }
            }
            var window = windows[sender] ?? Window(start: second, count: 0)
            if second - window.start >= seconds || second < window.start {
                window = Window(start: second, count: 0)
            }
            window.count += 1
            windows[sender] = window
            return window.count > limit ? Int(seconds - (second - window.start)) : nil
        }
    }
}
