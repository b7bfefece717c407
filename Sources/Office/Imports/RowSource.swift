import Dispatch
import Exchange
import Foundation
import Synchronization

/// Reads and prepares the rows of a file on a thread of its own, ahead of whoever writes them.
final class RowSource: Sendable {
    private let batches = BoundedQueue<RowBatch>(capacity: 6)
    private let failure = Mutex<(any Error)?>(nil)
    private let done = DispatchSemaphore(value: 0)

    /// What the thread works with, handed over to it whole.
    ///
    /// - Note: `@unchecked Sendable` holds because whoever made the parts does not touch them between the
    ///   start of the thread and the end of `join`, which waits for the thread's last step.
    private struct Parts: @unchecked Sendable {
        let reader: CSVReader
        let preparer: RowPreparer
    }

    /// Starts to read. Whoever starts must call `join` before the reader is used again.
    init(_ reader: CSVReader, _ preparer: RowPreparer) {
        let parts = Parts(reader: reader, preparer: preparer)
        let thread = Thread { [self] in
            run(parts.reader, parts.preparer)
            done.signal()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// The next rows, in order; nil at the end.
    ///
    /// - Throws: what kept the file from being read further, after all rows before it.
    func next() throws -> RowBatch? {
        if let batch = batches.take() { return batch }
        if let error = failure.withLock(\.self) { throw error }
        return nil
    }

    /// Stops reading if it is not at its end, and waits until the thread has let go of the reader.
    func join() {
        batches.abandon()
        done.wait()
        done.signal()
    }

    private func run(_ reader: CSVReader, _ initial: RowPreparer) {
        var preparer = initial
        var batch = RowBatch()
        batch.rows.reserveCapacity(RowBatch.rows)
        defer { batches.end() }
        func send() -> Bool {
            (batch.newCells, batch.amounts) = preparer.takeCounts()
            batch.bytesRead = reader.rawBytesRead
            let isTaken = batches.put(batch)
            batch = RowBatch()
            batch.rows.reserveCapacity(RowBatch.rows)
            return isTaken
        }
        do {
            while let row = try reader.next() {
                batch.rows.append(preparer.prepare(row))
                if batch.rows.count == RowBatch.rows, !send() { return }
            }
        } catch {
            failure.withLock { $0 = error }
        }
        _ = send()
    }
}
