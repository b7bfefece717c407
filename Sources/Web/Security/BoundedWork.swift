import Dispatch
import Synchronization

/// Runs heavy work on a few threads of its own, so that it neither keeps others waiting nor fills the memory.
final class BoundedWork: Sendable {
    private let queues: [DispatchQueue]
    private let next: RoundRobin

    init(label: String, width: Int) {
        queues = (0..<max(1, width)).map { DispatchQueue(label: "\(label)-\($0)") }
        next = RoundRobin(count: max(1, width))
    }

    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let queue = queues[next.take()]
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }
}

/// Gives one number after another, from 0 and around again.
private final class RoundRobin: Sendable {
    private let count: Int
    private let last = Mutex(0)

    init(count: Int) { self.count = count }

    func take() -> Int {
        last.withLock { last in
            last = (last + 1) % count
            return last
        }
    }
}
