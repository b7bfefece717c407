import Expressions
import Foundation
import Rulebooks
import Storage

private enum Lines {
    static func job(_ sort: String, _ login: String, follows: Int64? = nil) throws -> StoredJob {
        StoredJob(
            sort: sort, login: login, subject: "隐患.csv", request: "{\"a\":1}",
            queuedAt: try Samples.moment(5),
            follows: follows)
    }
}

extension StoreContract {
    /// Jobs, the log of refusals, recovery codes, entries by who and what, copies of the database.
    static let administrationClauses: [Clause] = [
        clause("a job comes back as it was, changes its state, and is followed by one job only") { harness in
            let (store, _, _) = try Samples.opened(harness)
            var job = try Lines.job("import-check", "wang")
            job.id = try unwrap(store.write { try $0.insert(job) })
            try expectEqual(try store.read { try $0.job(job.id) }, job)
            job.state = .done
            (job.beganAt, job.endedAt) = (try Samples.moment(6), try Samples.moment(7))
            job.result = "{}"
            try store.write { try $0.save(job) }
            try expectEqual(try store.read { try $0.job(job.id) }, job)
            let next = try Lines.job("import", "wang", follows: job.id)
            let id = try unwrap(store.write { try $0.insert(next) })
            try expect(try store.write { try $0.insert(next) } == nil)
            try expectEqual(try store.read { try $0.job(following: job.id) }?.id, id)
            try expect(try store.read { try $0.job(following: id) } == nil)
            _ = try store.write { try $0.insert(Lines.job("audit", "li")) }
            try store.read { reader in
                let sorts = ["import", "import-check"]
                try expectEqual(
                    try reader.jobs(sorts: sorts, login: nil, before: nil, limit: 9).map(\.id), [id, job.id])
                try expectEqual(
                    try reader.jobs(sorts: sorts, login: "wang", before: id, limit: 9).map(\.id), [job.id])
                try expect(try reader.jobs(sorts: sorts, login: "li", before: nil, limit: 9).isEmpty)
                try expect(try reader.jobs(sorts: [], login: nil, before: nil, limit: 9).isEmpty)
                try expect(try reader.jobs(sorts: sorts, login: nil, before: nil, limit: -1).isEmpty)
            }
            try store.write { writer in
                try writer.removeJobs(sorts: ["import-check"], endedBefore: Samples.moment(7))
                try expect(try writer.job(job.id) != nil)
                try writer.removeJobs(sorts: ["import-check", "import"], endedBefore: Samples.moment(8))
                try expect(try writer.job(job.id) == nil && writer.job(id) != nil)
            }
        },
        clause("logs are read by who, what, where and when, and shortened by age") { harness in
            let (store, _, _) = try Samples.opened(harness)
            try store.write { writer in
                for second in 1...9 as ClosedRange<Int64> {
                    let login = second % 3 == 0 ? "li" : "wang"
                    try writer.append([
                        StoredDenial(
                            at: Samples.moment(second), login: login, role: "inspector",
                            address: "192.0.2.\(second % 2)", method: "GET", target: "/x/\(second)",
                            code: second % 2 == 0 ? "WEB-0103" : "WEB-0101", times: second)
                    ])
                    try writer.append(
                        StoredSignIn(
                            at: Samples.moment(second), login: login, address: "192.0.2.\(second % 2)",
                            outcome: second % 2 == 0 ? "refused" : "signed-in", userAgent: ""))
                }
            }
            func found(_ change: (inout LogQuery) throws -> Void) throws -> [Int64] {
                var query = LogQuery()
                try change(&query)
                let denials = try store.read { try $0.denials(query) }
                let signIns = try store.read { try $0.signIns(query) }
                if query.outcomes.isEmpty {
                    try expectEqual(denials.map(\.at.seconds), signIns.map(\.at.seconds))
                }
                return denials.map(\.times)
            }
            try expectEqual(try found { $0.limit = 3 }, [9, 8, 7])
            try expectEqual(try found { $0.login = "li" }, [9, 6, 3])
            try expectEqual(try found { $0.address = "192.0.2.0" }, [8, 6, 4, 2])
            try expectEqual(try found { $0.outcomes = ["WEB-0103", "WEB-0108"] }, [8, 6, 4, 2])
            try expectEqual(
                try found {
                    $0.from = try Samples.moment(3)
                    $0.until = try Samples.moment(6)
                }, [5, 4, 3])
            try expectEqual(
                try found {
                    $0.before = 6
                    $0.login = "wang"
                }, [5, 4, 2, 1])
            try expectEqual(try found { $0.limit = -4 }, [])
            var refused = LogQuery()
            refused.outcomes = ["refused"]
            try expectEqual(try store.read { try $0.signIns(refused) }.map(\.at.seconds), [8, 6, 4, 2])
            let removed = try store.write {
                (
                    try $0.removeDenials(before: Samples.moment(4)),
                    try $0.removeSignIns(before: Samples.moment(9))
                )
            }
            try expect(removed == (3, 8))
            try expectEqual(try store.read { try $0.denials(LogQuery()) }.count, 6)
            try expectEqual(try store.read { try $0.signIns(LogQuery()) }.count, 1)
        },
        clause("a recovery code is taken once, and new ones replace all") { harness in
            let (store, _, _) = try Samples.opened(harness)
            try store.write { writer in
                try writer.replaceRecoveryCodes(login: "wang", digests: [[1], [2], [2], [3]])
                try writer.replaceRecoveryCodes(login: "li", digests: [[1]])
                try expectEqual(try writer.recoveryCodeCount(login: "wang"), 3)
                try expect(try writer.removeRecoveryCode(login: "wang", digest: [2]))
                try expect(try !writer.removeRecoveryCode(login: "wang", digest: [2]))
                try expect(try !writer.removeRecoveryCode(login: "li", digest: [3]))
                try writer.replaceRecoveryCodes(login: "wang", digests: [])
                try expectEqual(try writer.recoveryCodeCount(login: "wang"), 0)
                try expectEqual(try writer.recoveryCodeCount(login: "li"), 1)
            }
        },
        clause("what must be changed is remembered by credential and session until it was") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let credential = StoredCredential(
                login: "wang", account: 1, hashing: .init(rounds: 1, blockSize: 2, parallelism: 3), salt: [],
                hash: [9], passwordSetAt: try Samples.moment(3), mustChange: true)
            let session = StoredSession(
                tokenDigest: [1], login: "wang", account: 1, beganAt: try Samples.moment(3),
                seenAt: try Samples.moment(3), address: "", userAgent: "", mustChange: true)
            let id = try store.write { writer in
                try writer.save(credential)
                return try writer.insert(session)
            }
            try expectEqual(try store.read { try $0.credential(login: "wang") }, credential)
            try expectEqual(try store.read { try $0.session(tokenDigest: [1]) }?.mustChange, true)
            try store.write { try $0.markChanged(session: id) }
            try expectEqual(try store.read { try $0.session(tokenDigest: [1]) }?.mustChange, false)
        },
        clause("a copy is the database as of one moment, whole, and never takes the place of a file") {
            harness in
            let (store, rulebook, hazard) = try Samples.opened(harness)
            try store.write { try $0.insert(Samples.record(hazard, id: 1), of: hazard) }
            let place = FileManager.default.temporaryDirectory.appendingPathComponent(
                "zhiheng-copy-" + UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: place) }
            try store.backUp(to: place.path, progress: nil)
            try expect(FileManager.default.fileExists(atPath: place.path))
            try store.write { try $0.insert(Samples.record(hazard, id: 2), of: hazard) }
            try expectProblem(.unavailable(reason: .cannotOpen)) {
                try store.backUp(to: place.path, progress: nil)
            }
            try expectEqual(try harness.open(rulebook).read { try $0.count(RecordQuery(), of: hazard) }, 2)
            try expect(try store.read { try $0.engineStatus() }.bytes > 0)
            try expectEqual(try store.read { try $0.outboxStatus() }.waiting, 0)
        },
    ]
}
