import Expressions
import Storage

private enum SignIns {
    static func credential(_ login: String, account: Int64 = 7) throws -> StoredCredential {
        StoredCredential(
            login: login, account: account,
            hashing: .init(rounds: 1 << 15, blockSize: 8, parallelism: 3), salt: [1, 2], hash: [0, 255],
            passwordSetAt: try Samples.moment(1_700_000_000), codeSecret: Array("secret of codes".utf8),
            codeConfirmedAt: try Samples.moment(1_700_000_001), lastCodeStep: 56_666_667)
    }

    static func session(_ login: String, digest: UInt8, seenAt: Int64 = 200) throws -> StoredSession {
        StoredSession(
            tokenDigest: [UInt8](repeating: digest, count: 32), login: login, account: 7,
            beganAt: try Samples.moment(100), seenAt: try Samples.moment(seenAt), address: "192.0.2.1",
            userAgent: "浏览器")
    }

    static func line(_ login: String, at moment: Int64) throws -> StoredSignIn {
        StoredSignIn(
            at: try Samples.moment(moment), login: login, address: "2001:db8::1", outcome: "refused",
            userAgent: "x", performer: moment % 2 == 0 ? "admin" : nil)
    }
}

extension StoreContract {
    /// Credentials, sessions, the sign-in log and its guards.
    static let signInClauses: [Clause] = [
        clause("a credential comes back as it was, is replaced and removed") { harness in
            let (store, rulebook, _) = try Samples.opened(harness)
            var wang = try SignIns.credential("wang")
            let plain = StoredCredential(
                login: "li", account: 0, hashing: .init(rounds: 1, blockSize: 2, parallelism: 3), salt: [],
                hash: [9], passwordSetAt: try Samples.moment(3))
            try store.write { writer in
                try writer.save(wang)
                try writer.save(plain)
            }
            try expectEqual(try harness.open(rulebook).read { try $0.credential(login: "wang") }, wang)
            try expectEqual(try store.read { try $0.credential(login: "li") }, plain)
            wang.account = 8
            wang.lastCodeStep = nil
            wang.hash = [4]
            try store.write { writer in
                try writer.save(wang)
                try writer.removeCredential(login: "li")
                try writer.removeCredential(login: "nobody")
                try expectEqual(try writer.credential(login: "wang"), wang)
            }
            try expect(try store.read { try $0.credential(login: "li") } == nil)
            try expect(try store.read { try $0.credential(login: "WANG") } == nil)
        },
        clause("a session is found by its digest, marked and removed; no id is given twice") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let first = try SignIns.session("wang", digest: 1)
            let ids = try store.write { writer in
                [
                    try writer.insert(first), try writer.insert(SignIns.session("wang", digest: 2)),
                    try writer.insert(SignIns.session("li", digest: 3, seenAt: 300)),
                ]
            }
            try expectEqual(Set(ids).count, 3)
            var found = try unwrap(store.read { try $0.session(tokenDigest: first.tokenDigest) })
            try expectEqual(found.id, ids[0])
            found.id = 0
            try expectEqual(found, first)
            try expect(try store.read { try $0.session(tokenDigest: []) } == nil)
            try store.write { writer in
                try writer.markSeen(session: ids[0], at: Samples.moment(250))
                try writer.markSeen(session: ids[0], at: Samples.moment(240))
            }
            try expectEqual(
                try store.read { try $0.sessions(login: "wang") }.map(\.seenAt.seconds), [250, 200])
            try expectEqual(
                try store.read { try $0.sessions(login: nil) }.map(\.id), [ids[2], ids[0], ids[1]])
            try store.write { writer in
                try expect(try writer.removeSession(ids[2]))
                try expect(try !writer.removeSession(ids[2]))
                let again = try writer.insert(SignIns.session("li", digest: 3))
                try expect(!ids.contains(again), "the id of a session that ended was given again")
                try expectEqual(try writer.removeSessions(login: "wang", except: ids[1]), 1)
                try expectEqual(try writer.removeSessions(login: "wang", except: nil), 1)
                try expectEqual(try writer.removeSessions(login: "wang", except: nil), 0)
                try expectEqual(try writer.sessions(login: nil).map(\.id), [again])
            }
        },
        clause("old sessions are removed by last use and by age") { harness in
            let (store, _, _) = try Samples.opened(harness)
            try store.write { writer in
                for (digest, seen) in [(1, 200), (2, 299), (3, 300)] as [(UInt8, Int64)] {
                    _ = try writer.insert(SignIns.session("wang", digest: digest, seenAt: seen))
                }
                try writer.removeSessions(seenBefore: Samples.moment(300), beganBefore: Samples.moment(100))
                try expectEqual(try writer.sessions(login: nil).map(\.seenAt.seconds), [300])
                try writer.removeSessions(seenBefore: Samples.moment(300), beganBefore: Samples.moment(101))
                try expect(try writer.sessions(login: nil).isEmpty)
            }
        },
        clause("the sign-in log is read newest first, by page and by login") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let lines = try (1...9).map { try SignIns.line($0 % 3 == 0 ? "li" : "wang", at: $0) }
            try store.write { writer in for line in lines { try writer.append(line) } }
            try store.read { reader in
                let page = try reader.signIns(login: nil, before: nil, limit: 4)
                try expectEqual(page.map(\.at.seconds), [9, 8, 7, 6])
                try expectEqual(page.map(\.performer), [nil, "admin", nil, "admin"])
                let next = try reader.signIns(login: nil, before: page[3].id, limit: 100)
                try expectEqual(next.map(\.at.seconds), [5, 4, 3, 2, 1])
                try expectEqual(
                    try reader.signIns(login: "li", before: page[0].id, limit: 9).map(\.at.seconds), [6, 3])
                var line = page[1]
                line.id = 0
                try expectEqual(line, lines[7])
                try expect(try reader.signIns(login: nil, before: nil, limit: -1).isEmpty)
                try expect(try reader.signIns(login: "nobody", before: nil, limit: 9).isEmpty)
            }
        },
        clause("guards are kept by subject and forgotten by age") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let guards = try [10, 20, 30].map { second in
                StoredSignInGuard(
                    subject: "login:\(second)", failures: second, lastFailedAt: try Samples.moment(second),
                    lockedUntil: second == 20 ? try Samples.moment(99) : nil)
            }
            try store.write { writer in
                for one in guards { try writer.save(one) }
                try writer.removeSignInGuards(failedBefore: Samples.moment(20))
                try writer.removeSignInGuard(subject: "login:30")
                try expect(try writer.signInGuard(subject: "login:10") == nil)
                try expectEqual(try writer.signInGuard(subject: "login:20"), guards[1])
                try expect(try writer.signInGuard(subject: "login:30") == nil)
                var worse = guards[1]
                worse.failures = .max
                worse.lockedUntil = nil
                try writer.save(worse)
                try expectEqual(try writer.signInGuard(subject: "login:20"), worse)
            }
        },
        clause("of each group of alternatives at least one must hold") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            try store.write { writer in
                for id in 1...12 as ClosedRange<Int64> {
                    var record = try Samples.record(hazard, id: id, fields: ["order": .int(id % 4)])
                    record.responsible = id % 3 == 0 ? "91330100799655058B" : nil
                    try writer.insert(record, of: hazard)
                }
            }
            func condition(_ column: String, _ value: Value) -> RecordQuery.Condition {
                .init(column: column, comparison: .equal, value: value)
            }
            func found(_ alternatives: [[RecordQuery.Condition]]) throws -> [Int64] {
                var query = RecordQuery()
                query.alternatives = alternatives
                let records = try store.read { try $0.records(query, of: hazard) }
                try expectEqual(try store.read { try $0.count(query, of: hazard) }, records.count)
                return records.map(\.id)
            }
            let mine = condition("responsible", .string("91330100799655058B"))
            let first = condition("order", .int(0))
            let second = condition("field.order", .int(1))
            try expectEqual(try found([[mine, first]]), [3, 4, 6, 8, 9, 12])
            try expectEqual(try found([[mine, first], [second, first]]), [4, 8, 9, 12])
            try expectEqual(try found([[mine]]), [3, 6, 9, 12])
            try expectEqual(try found([[]]), [])
            try expectEqual(try found([[mine], []]), [])
            try expectEqual(try found([]).count, 12)
            try expectProblem(.unsuitable(kind: "hazard", column: "nothing")) {
                _ = try found([[mine, condition("nothing", .int(1))]])
            }
        },
    ]
}
