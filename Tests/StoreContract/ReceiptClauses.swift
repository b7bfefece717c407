import Expressions
import Storage

extension StoreContract {
    /// Receipts of what the public filed.
    static let receiptClauses: [Clause] = [
        clause("a receipt comes back by its digest, and by no other") { harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            let receipt = StoredReceipt(
                digest: [UInt8](repeating: 7, count: 32), kind: "complaint", record: 3,
                filedAt: try Samples.moment(1_700_000_000))
            try store.write { try $0.insert(receipt) }
            let door = try harness.open(rulebook)
            try expectEqual(try door.read { try $0.receipt(digest: receipt.digest) }, receipt)
            for digest in [[UInt8](repeating: 7, count: 31), [], [UInt8](repeating: 8, count: 32)] {
                try expect(try door.read { try $0.receipt(digest: digest) } == nil)
            }
        },
        clause("a digest stands for one receipt, and a receipt goes with its savepoint") { harness in
            let (store, _, _) = try Samples.opened(harness)
            func receipt(_ digit: UInt8) throws -> StoredReceipt {
                StoredReceipt(
                    digest: [UInt8](repeating: digit, count: 32), kind: "complaint", record: 1,
                    filedAt: try Samples.moment(100))
            }
            struct Cancelled: Error {}
            try store.write { writer in
                try writer.insert(receipt(1))
                try? writer.savepoint {
                    try writer.insert(receipt(2))
                    throw Cancelled()
                }
            }
            try expect(try store.read { try $0.receipt(digest: receipt(1).digest) } != nil)
            try expect(try store.read { try $0.receipt(digest: receipt(2).digest) } == nil)
            do {
                try store.write { try $0.insert(receipt(1)) }
                throw ContractFailure(description: "the same digest was taken twice")
            } catch is StoreProblem {}
        },
    ]
}
