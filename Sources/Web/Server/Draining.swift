import ServiceLifecycle
import Synchronization

/// Whether the process has been asked to stop.
public final class ServingState: Sendable {
    private let stopping = Mutex(false)

    public init() {}

    /// No longer ready for new visitors; those who are there are still answered.
    public var isStopping: Bool { stopping.withLock { $0 } }

    func stop() { stopping.withLock { $0 = true } }
}

/// Says that the site is no longer ready, and leaves a proxy the time to notice before connections are refused.
struct Draining: Service {
    let state: ServingState
    let seconds: Int64

    func run() async throws {
        try? await gracefulShutdown()
        state.stop()
        try? await Task.sleep(for: .seconds(seconds))
    }
}
