import Expressions
import Records
import Rulebooks
import Storage

extension StoreContract {
    /// Words, due times, bounded questions, and what accounts keep for themselves.
    static let deskClauses: [Clause] = [
        clause(
            "records are found by all of their words, by the beginnings of words, and after a change by the new ones"
        ) {
            harness in
            let (store, rulebook, hazard) = try Samples.opened(harness)
            let project = try Samples.kind("project", in: rulebook)
            try store.write { writer in
                for id in 1...40 as ClosedRange<Int64> {
                    try writer.insert(
                        Samples.record(hazard, id: id, fields: ["serial": .int(id)]), of: hazard)
                    guard id <= 30 else { continue }
                    try writer.note(
                        words: ["栏杆", id.isMultiple(of: 2) ? "临边" : "洞口", "no\(id)"], of: id, kind: hazard)
                }
                try writer.set(wordsNoted: 30, of: hazard)
                try writer.note(words: ["栏杆"], of: 1, kind: project)
            }
            func found(_ words: [String], limit: Int = 100) throws -> [Int64] {
                var query = RecordQuery()
                query.words = words
                query.limit = limit
                query.sort = ("id", true)
                query.conditions = [.init(column: "id", comparison: .lessOrEqual, value: .int(30))]
                return try store.read { reader in
                    let ids = try reader.records(query, of: hazard).map(\.id)
                    if limit == 100 { try expectEqual(try reader.count(query, of: hazard), ids.count) }
                    return ids
                }
            }
            try expectEqual(try store.read { try $0.wordsNoted(of: hazard) }, 30)
            try expectEqual(try found(["栏杆", "临边"]), (1...15).map { 32 - 2 * $0 })
            try expectEqual(try found(["栏杆", "临边"], limit: 3), [30, 28, 26])
            try expectEqual(try found(["no7"]), [7])
            try expectEqual(try found(["no2*"]), [29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 2])
            try expectEqual(try found(["栏", "no7"]), [])
            for odd in ["\"", "*", "a OR b", "NEAR(a b)", "栏杆\" OR \"临边", "-x", "^y", "{z}"] {
                _ = try found([odd])
            }
            // Words change; the old ones may still be found, the new ones must be.
            for round in 1...300 {
                try store.write { try $0.note(words: ["改\(round)"], of: 7, kind: hazard) }
            }
            try expectEqual(try found(["改200"]), [7])
            // What was not noted yet counts as having every word.
            var query = RecordQuery()
            query.words = ["nothing"]
            query.sort = ("id", true)
            try expectEqual(
                try store.read { try $0.records(query, of: hazard).map(\.id) }, Array((31...40).reversed()))
        },
        clause(
            "records are asked by when their first running clock is too late, and by whether they are open"
        ) { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            let closed = try unwrap(hazard.lifecycle.closed.sorted().first)
            try store.write { writer in
                for id in 1...6 as ClosedRange<Int64> {
                    var record = try Samples.record(hazard, id: id, fields: ["serial": .int(id)])
                    if id < 5 {
                        record.clocks = [
                            ClockState(
                                clock: "rectify", startedAt: try Samples.moment(0),
                                due: .moment(try Samples.moment(1_000 * (10 - id))),
                                suspendedAt: id == 2 ? try Samples.moment(5) : nil)
                        ]
                    }
                    if id == 6 { record.state = closed }
                    try writer.insert(record, of: hazard)
                }
            }
            try store.read { reader in
                var query = RecordQuery()
                query.sort = ("next_due", false)
                try expectEqual(try reader.records(query, of: hazard).map(\.id), [4, 3, 1, 2, 5, 6])
                query.onlyOpen = true
                try expectEqual(try reader.records(query, of: hazard).map(\.id), [4, 3, 1, 2, 5])
                query.conditions = [
                    .init(
                        column: "next_due", comparison: .lessOrEqual,
                        value: .timestamp(try Samples.moment(7_001)))
                ]
                try expectEqual(try reader.records(query, of: hazard).map(\.id), [4, 3])
                try expectEqual(try reader.count(query, of: hazard, upTo: 1), 1)
                try expectEqual(try reader.count(query, of: hazard, upTo: nil), 2)
            }
        },
        clause("a question that would take too much is given up, and the next one is not") { harness in
            let (store, _, hazard) = try Samples.opened(harness)
            try store.write { writer in
                for id in 1...3_000 as ClosedRange<Int64> {
                    try writer.insert(
                        Samples.record(hazard, id: id, fields: ["serial": .int(id)]), of: hazard)
                }
            }
            var query = RecordQuery()
            query.conditions = [.init(column: "note", comparison: .contains, value: .string("x"))]
            try store.read { reader in
                try expect(try reader.within(effort: 2_000) { try reader.count(query, of: hazard) } == nil)
                try expectEqual(
                    try reader.within(effort: 10_000_000) { try reader.count(query, of: hazard) }, 0)
                try expectEqual(try reader.count(query, of: hazard), 0)
            }
        },
        clause("views and drafts belong to one account, and one view of a kind is the default") { harness in
            let (store, _, _) = try Samples.opened(harness)
            let moment = try Samples.moment(1_000)
            func view(_ login: String, _ name: String, isDefault: Bool) -> StoredView {
                StoredView(
                    login: login, kind: "hazard", name: name, query: "q=\(name)", isDefault: isDefault,
                    savedAt: moment)
            }
            try store.write { writer in
                try writer.save(view("wang", "甲", isDefault: true))
                try writer.save(view("wang", "乙", isDefault: true))
                try writer.save(view("wang", "乙", isDefault: true))
                try writer.save(view("li", "甲", isDefault: false))
                for index in 1...5 as ClosedRange<Int64> {
                    try writer.save(
                        StoredDraft(
                            login: "wang", form: "/f\(index)", content: [UInt8(index)],
                            savedAt: try Samples.moment(1_000 + index)))
                }
                try writer.save(
                    StoredDraft(login: "wang", form: "/f3", content: [33], savedAt: try Samples.moment(2_000))
                )
            }
            try store.read { reader in
                let views = try reader.views(login: "wang", kind: "hazard")
                try expectEqual(views.map(\.name).sorted(), ["乙", "甲"])
                try expectEqual(views.filter(\.isDefault).map(\.name), ["乙"])
                try expect(try reader.views(login: "wang", kind: "project").isEmpty)
                try expectEqual(try reader.drafts(login: "wang").map(\.content), [[33], [5], [4], [2], [1]])
                try expect(try reader.drafts(login: "li").isEmpty)
            }
            try store.write { writer in
                let id = try unwrap(try writer.views(login: "wang", kind: nil).first?.id)
                try expect(try !writer.removeView(id, login: "li"))
                try expect(try writer.removeView(id, login: "wang"))
                try expect(try !writer.removeDraft(form: "/f1", login: "li"))
                try expect(try writer.removeDraft(form: "/f1", login: "wang"))
                try writer.removeDrafts(login: "wang", keeping: 2, savedBefore: try Samples.moment(1_003))
                try expectEqual(try writer.drafts(login: "wang").map(\.form), ["/f3", "/f5"])
            }
        },
        clause("files sent and not taken are known by who sent them, and only new ones are for throwing away")
        { harness in
            let (store, _, _) = try Samples.opened(harness)
            try store.write { writer in
                try writer.noteUpload("a", login: "wang", wasNew: true, at: try Samples.moment(1))
                try writer.noteUpload("b", login: "wang", wasNew: false, at: try Samples.moment(1))
                try writer.noteUpload("c", login: "wang", wasNew: true, at: try Samples.moment(1))
                try writer.noteUpload("c", login: "li", wasNew: false, at: try Samples.moment(50))
                try expect(try writer.hasUpload("a", login: "wang"))
                try expect(try !writer.hasUpload("a", login: "li"))
                try expect(try writer.hasUpload("a", login: nil))
                try expectEqual(try writer.uploads(sentBefore: Samples.moment(10), limit: 9), ["a"])
                try expectEqual(try writer.uploads(sentBefore: Samples.moment(60), limit: 9), ["a", "c"])
                try writer.forgetUploads(["a", "c", "z"])
                try expect(try writer.uploads(sentBefore: Samples.moment(60), limit: 9).isEmpty)
                try expect(try writer.hasUpload("b", login: "wang"))
            }
        },
    ]
}
