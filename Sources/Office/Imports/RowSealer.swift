import Dispatch
import Foundation
import Ledger
import Records
import Rulebooks
import Storage
import Synchronization

/// Hashes the leaves of imported rows on a thread of its own, behind whoever writes them.
final class RowSealer: Sendable {
    /// A record just written, with the commitments to its personal fields by position.
    struct Row: Sendable {
        let record: Record
        let commitments: [Int: String]
    }

    private struct State {
        var tree = RowTree()
        var blocks: [[UInt8]] = []
    }

    private let kind: Kind
    private let order: [Int]
    private let rows = BoundedQueue<[Row]>(capacity: 6)
    private let state = Mutex(State())
    private let done = DispatchSemaphore(value: 0)

    init(_ kind: Kind) {
        self.kind = kind
        order = ImportedRow.order(of: kind)
        let thread = Thread { [self] in
            run()
            done.signal()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Appends rows to the import's tree, in order.
    func append(_ batch: [Row]) {
        if !batch.isEmpty { _ = rows.put(batch) }
    }

    /// Full blocks of row hashes that were not taken yet.
    func takeBlocks() -> [[UInt8]] {
        state.withLock { state in
            defer { state.blocks = [] }
            return state.blocks
        }
    }

    /// Waits until every row was hashed; then the last blocks may be taken. Answers with the root over all rows.
    func finish() -> Hash {
        rows.end()
        done.wait()
        done.signal()
        return state.withLock { $0.tree.root }
    }

    private func run() {
        var tree = RowTree()
        var leaf: [UInt8] = []
        var block: [UInt8] = []
        let blockBytes = Int(RowHashes.blockRows) * Hash.byteCount
        block.reserveCapacity(blockBytes)
        while let batch = rows.take() {
            for row in batch {
                leaf.removeAll(keepingCapacity: true)
                ImportedRow.append(
                    row.record, kind: kind, order: order, commitments: row.commitments, to: &leaf)
                tree.append(rowBytes: leaf).append(to: &block)
                guard block.count >= blockBytes else { continue }
                state.withLock { $0.blocks.append(block) }
                block.removeAll(keepingCapacity: true)
            }
        }
        state.withLock { state in
            state.tree = tree
            if !block.isEmpty { state.blocks.append(block) }
        }
    }
}
