import Dispatch
import Synchronization

/// Hands things from one thread to another in order; whoever is ahead waits.
final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var waiting: [Element] = []
        /// Nothing more is put in.
        var hasEnded = false
        /// Nothing more is taken out.
        var isAbandoned = false
    }

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    private let free = DispatchSemaphore(value: 0)

    /// - Parameter capacity: how many elements may wait.
    init(capacity: Int) {
        // A semaphore must not end below the value it began with, so the places are signalled one by one.
        for _ in 0..<max(1, capacity) { free.signal() }
    }

    /// Puts an element in, waiting for a free place; false when nobody takes it any more.
    func put(_ element: Element) -> Bool {
        free.wait()
        let isTaken = state.withLock { state in
            if state.isAbandoned { return false }
            state.waiting.append(element)
            return true
        }
        if isTaken { filled.signal() } else { free.signal() }
        return isTaken
    }

    /// Says that nothing more comes.
    func end() {
        state.withLock { $0.hasEnded = true }
        filled.signal()
    }

    /// Takes the next element, waiting for it; nil at the end.
    func take() -> Element? {
        filled.wait()
        let element = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        // Whoever asks again after the end is answered again.
        if element == nil { filled.signal() } else { free.signal() }
        return element
    }

    /// Says that nothing more is taken; wakes whoever waits to put something in.
    func abandon() {
        state.withLock {
            $0.isAbandoned = true
            $0.waiting = []
        }
        free.signal()
    }
}
