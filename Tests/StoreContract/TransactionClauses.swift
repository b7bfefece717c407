import Ledger
import Storage

extension StoreContract {
    private struct Stop: Error {}

    static let transactionClauses: [Clause] = [
        clause("what throws leaves nothing behind, and counters have no gaps") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            try expectEqual(try store.write { try $0.next(counter: "H-2026") }, 1)
            do {
                try store.write { writer in
                    try expectEqual(try writer.next(counter: "H-2026"), 2)
                    try writer.insert(Samples.record(hazard, id: 1), of: hazard)
                    try writer.append([LedgerSamples.entry(0)])
                    throw Stop()
                }
            } catch is Stop {}
            try expectEqual(try store.write { try $0.next(counter: "H-2026") }, 2)
            try expectEqual(try store.write { try $0.next(counter: "another") }, 1)
            try expect(try store.read { try $0.record(hazard, id: 1) } == nil)
            try expectEqual(try store.read { try $0.ledgerSize() }, 0)
        },
        clause("a savepoint that throws undoes its own changes only, the ledger's edge among them") {
            harness in
            let (store, _, hazard) = try Samples.opened(harness)
            var frontier = MerkleFrontier()
            try store.write { writer in
                for number in 0..<300 {
                    let keep = number % 3 != 1
                    do {
                        try writer.savepoint {
                            let entry = LedgerSamples.entry(number)
                            try writer.append([entry])
                            _ = try writer.next(counter: "n")
                            try writer.savepoint {
                                try writer.insert(Samples.record(hazard, id: Int64(number + 1)), of: hazard)
                            }
                            if !keep { throw Stop() }
                            frontier.append(entry.hash)
                        }
                    } catch is Stop {}
                }
                try expectEqual(try writer.frontier(), frontier)
                try expectEqual(try writer.next(counter: "n"), 201)
            }
            try expectEqual(try store.read { try $0.count(RecordQuery(), of: hazard) }, 200)
            try LedgerSamples.compare(store, with: frontier)
        },
        clause("a refused insert can be caught, and the transaction goes on") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let record = try Samples.record(hazard, id: 1)
            try store.write { writer in
                try writer.insert(record, of: hazard)
                try expectProblem(.duplicate(kind: "hazard", fields: ["id"])) {
                    try writer.savepoint { try writer.insert(record, of: hazard) }
                }
                try writer.insert(Samples.record(hazard, id: 2), of: hazard)
            }
            try expectEqual(try store.read { try $0.count(RecordQuery(), of: hazard) }, 2)
        },
        clause("a reader keeps seeing what it saw first while others write") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            try store.write { try $0.insert(Samples.record(hazard, id: 1), of: hazard) }
            let other = try harness.open(ContractRulebook.load())
            try store.read { reader in
                try expectEqual(try reader.count(RecordQuery(), of: hazard), 1)
                try other.write { try $0.insert(Samples.record(hazard, id: 2), of: hazard) }
                try expectEqual(try reader.count(RecordQuery(), of: hazard), 1)
                try expect(try reader.record(hazard, id: 2) == nil)
            }
            try expectEqual(try store.read { try $0.count(RecordQuery(), of: hazard) }, 2)
        },
        clause("a writer sees its own changes, and others see them only afterwards") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            try store.write { writer in
                try writer.insert(Samples.record(hazard, id: 1), of: hazard)
                try expectEqual(try writer.count(RecordQuery(), of: hazard), 1)
                try expectEqual(try store.read { try $0.count(RecordQuery(), of: hazard) }, 0)
            }
            try expectEqual(try store.read { try $0.count(RecordQuery(), of: hazard) }, 1)
        },
        clause("what changes a record while all are visited does not disturb the visit") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            try store.write { writer in
                for id in 1...50 as ClosedRange<Int64> {
                    var record = try Samples.record(hazard, id: id)
                    record.clocks = try Samples.clocks()
                    try writer.insert(record, of: hazard)
                }
                var visited: [Int64] = []
                try writer.eachRecord(of: hazard, from: 1) { record in
                    visited.append(record.id)
                    var changed = record
                    changed.version += 1
                    changed.state = "closed"
                    changed.clocks = []
                    try writer.update(changed, of: hazard)
                }
                try expectEqual(visited, Array(1...50))
                try expectEqual(
                    try writer.clocksWanting(before: Samples.moment(2_000_000_000), limit: 9).count, 0)
            }
        },
    ]
}
