import Foundation
import Records
import Storage
import Synchronization

/// Lets many callers through the one door at once: their actions commit in groups.
///
/// Whoever finds nobody writing writes for all who wait; meanwhile the next group gathers, so that one slow
/// flush serves many, and a caller alone pays for no change of threads. A caller is answered after its group is
/// durable, never before.
public final class Door: Sendable {
    private let registrar: Registrar
    /// The most actions in one group: bounds how long a caller waits behind others.
    private let groupLimit: Int
    private let queue = Mutex(Queue())
    /// Told what became of every action, for those who measure; called on the thread of the caller.
    private let observer: @Sendable (Request, Result<Outcome, any Error>) -> Void

    /// Those who wait, in the order they came.
    private struct Queue {
        var waiting: [Member] = []
        var isWriting = false
        var isClosed = false
    }

    /// A request that waits; its caller is told either what came of it, or that it is its turn to write.
    private struct Member: Sendable {
        let request: Request
        let caller: CheckedContinuation<Turn, Never>
    }

    private enum Turn: Sendable {
        case answered(Result<Outcome, any Error>)
        case writes
    }

    public init(
        _ registrar: Registrar, groupLimit: Int = 512,
        observer: @escaping @Sendable (Request, Result<Outcome, any Error>) -> Void = { _, _ in }
    ) {
        self.registrar = registrar
        self.observer = observer
        self.groupLimit = max(1, groupLimit)
    }

    /// Lets nobody in any more, and waits for those who are in: the rulebook they were decided by gives way.
    ///
    /// Whoever comes later is told that the store is unavailable. Blocks its thread for as long.
    public func close() {
        queue.withLock { $0.isClosed = true }
        while queue.withLock({ $0.isWriting || !$0.waiting.isEmpty }) { usleep(1_000) }
    }

    /// Lets people in again.
    public func open() { queue.withLock { $0.isClosed = false } }

    /// How many callers wait for those who write.
    public var waitingCount: Int { queue.withLock { $0.waiting.count } }

    /// Performs an action; returns when it is durable, throws when it was refused or could not be written.
    public func perform(_ request: Request) async throws -> Outcome {
        let result = await result(of: request)
        observer(request, result)
        return try result.get()
    }

    private func result(of request: Request) async -> Result<Outcome, any Error> {
        let isFree = queue.withLock { queue -> Bool? in
            if queue.isClosed { return nil }
            defer { queue.isWriting = true }
            return !queue.isWriting
        }
        guard let isFree else { return .failure(StoreProblem.unavailable(reason: .locked)) }
        if isFree { return write(request) }
        let turn = await withCheckedContinuation { caller in
            let isFree = queue.withLock { queue in
                if queue.isWriting {
                    queue.waiting.append(Member(request: request, caller: caller))
                    return false
                }
                queue.isWriting = true
                return true
            }
            if isFree { caller.resume(returning: .writes) }
        }
        switch turn {
        case .answered(let result): return result
        case .writes: return write(request)
        }
    }

    /// Writes a request together with those that wait, answers them, and lets the next of them write.
    private func write(_ request: Request) -> Result<Outcome, any Error> {
        let group = queue.withLock { queue in
            let group = Array(queue.waiting.prefix(groupLimit - 1))
            queue.waiting.removeFirst(group.count)
            return group
        }
        let results = Result { try registrar.perform([request] + group.map(\.request)) }
        let next = queue.withLock { queue in
            queue.isWriting = !queue.waiting.isEmpty
            return queue.waiting.isEmpty ? nil : queue.waiting.removeFirst()
        }
        next?.caller.resume(returning: .writes)
        switch results {
        case .success(let outcomes):
            for (member, outcome) in zip(group, outcomes.dropFirst()) {
                member.caller.resume(returning: .answered(outcome))
            }
            return outcomes.first ?? .failure(StoreProblem.unavailable(reason: .failed))
        case .failure(let error):
            for member in group { member.caller.resume(returning: .answered(.failure(error))) }
            return .failure(error)
        }
    }
}
