import Expressions
import Ledger
import Storage

extension StoreContract {
    /// Clocks, documents, notices, imports, archive, settings and salts.
    static let keepingClauses: [Clause] = [
        clause("clocks that want attention come earliest first, and suspended ones never") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            try store.write { writer in
                for id in 1...20 as ClosedRange<Int64> {
                    var record = try Samples.record(hazard, id: id)
                    record.clocks = try Samples.clocks()
                    record.clocks[0].nextAt = try Samples.moment(1000 - id)
                    try writer.insert(record, of: hazard)
                }
            }
            try store.read { reader in
                let wanting = try reader.clocksWanting(before: Samples.moment(990), limit: 5)
                try expectEqual(wanting.map(\.record), [20, 19, 18, 17, 16])
                try expectEqual(try reader.clocksWanting(before: Samples.moment(990), limit: 100).count, 11)
                try expectEqual(try reader.clocksWanting(before: Samples.moment(979), limit: 100).count, 0)
                try expectEqual(
                    wanting.first,
                    ClockReference(kind: "hazard", record: 20, clock: "rectify", at: try Samples.moment(980)))
            }
        },
        clause("documents are found by number and record, and a number is given once") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let documents = try ["杭责改〔2026〕1号", "杭责改〔2026〕2号"].map { number in
                StoredDocument(
                    number: number, document: "notice", kind: "hazard", record: 4, version: 2,
                    issuedAt: try Samples.moment(5), text: "整改", textEnglish: "Rectify")
            }
            try store.write { for document in documents { try $0.save(document) } }
            try store.read { reader in
                try expectEqual(try reader.documents(kind: "hazard", record: 4), documents)
                try expectEqual(try reader.document(number: documents[1].number), documents[1])
                try expect(try reader.document(number: "x") == nil)
                try expect(try reader.documents(kind: "project", record: 4).isEmpty)
            }
            try expectProblem(.duplicate(kind: "notice", fields: ["number"])) {
                try store.write { try $0.save(documents[0]) }
            }
        },
        clause("the outbox holds what is not delivered, oldest first") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let notices = try (0..<5).map { number in
                StoredNotice(
                    addressee: "office:330106", topic: "urge", kind: "hazard", record: Int64(number),
                    document: number == 0 ? "n" : nil, text: "催办", textEnglish: "Urge",
                    createdAt: try Samples.moment(1))
            }
            try store.write { try $0.enqueue(notices) }
            let waiting = try store.read { try $0.outbox(limit: 3) }
            try expectEqual(waiting.map(\.record), [0, 1, 2])
            try expectEqual(waiting.map(\.document), ["n", nil, nil])
            try store.write { try $0.markDelivered(notice: waiting[1].id, at: Samples.moment(2)) }
            try expectEqual(try store.read { try $0.outbox(limit: 9) }.map(\.record), [0, 2, 3, 4])
            try expectEqual(try store.read { try $0.outbox(limit: -1) }.count, 0)
        },
        clause("imports, their hashes, archived files and settings come back after reopening") { harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            var run = ImportRun(
                id: 3, kind: "hazard", map: nil, fileName: "表.csv", fileDigest: "ab", rows: 9, refused: 1,
                root: MerkleTree.leafHash([1]), importedAt: try Samples.moment(77), firstRecord: 1,
                lastRecord: 9)
            try store.write { writer in
                try writer.save(run)
                run.rows = 10
                try writer.save(run)
                try writer.save(importHashes: [1, 2, 3], import: 3, block: 0)
                try writer.save(importHashes: [], import: 3, block: 1)
                try writer.set(setting: "名", [])
                try writer.set(setting: "gone", [1])
                try writer.set(setting: "gone", nil)
            }
            try harness.open(rulebook).read { reader in
                try expectEqual(try reader.importRun(3), run)
                try expectEqual(try reader.importRuns(), [run])
                try expectEqual(try reader.importHashes(3, block: 0), [1, 2, 3])
                try expectEqual(try reader.importHashes(3, block: 1), [])
                try expect(try reader.importHashes(3, block: 2) == nil)
                try expectEqual(try reader.setting("名"), [])
                try expect(try reader.setting("gone") == nil)
                try expect(try reader.importRun(4) == nil)
            }
        },
        clause("a salt is kept until it is erased, and each by itself") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let keys = [1, 2].map { SaltKey(field: "telephone", version: $0) }
            try store.write { writer in
                for key in keys {
                    try writer.set(salt: [UInt8(key.version)], for: key, kind: "hazard", record: 1)
                }
                try writer.set(salt: [7], for: keys[0], kind: "hazard", record: 2)
                try writer.set(salt: nil, for: keys[0], kind: "hazard", record: 1)
            }
            try expectEqual(try store.read { try $0.salts(kind: "hazard", record: 1) }, [keys[1]: [2]])
            try expectEqual(try store.read { try $0.salts(kind: "hazard", record: 2) }, [keys[0]: [7]])
        },
    ]
}
