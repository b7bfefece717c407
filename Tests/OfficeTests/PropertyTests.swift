import Expressions
import Figures
import Foundation
import Office
import Records
import Storage
import Testing

@Suite("After any history")
struct PropertyTests {
    @Test(
        "tallies equal a rebuild, versions equal entries, numbers have no gaps, refusals leave no trace",
        arguments: [UInt64(11), 12, 13, 14])
    func histories(seed: UInt64) throws {
        var history = try RandomHistory(seed: seed)
        for step in 0..<160 {
            try history.step()
            if step % 40 == 39 { try history.expectSound() }
        }
        #expect(history.done > 20 && history.refused > 20, "\(history.done) done, \(history.refused) refused")
    }
}

/// Actions drawn by chance, on records drawn by chance, by actors drawn by chance.
private struct RandomHistory {
    private let test: TestOffice
    private var chance: SeededGenerator
    private var day = CivilDate(year: 2026, month: 1, day: 5)
    private(set) var done = 0
    private(set) var refused = 0
    private let actors: [Request.Identity] = [
        TestOffice.person("wang", "inspector"), TestOffice.person("li", "inspector", region: "330106000000"),
        TestOffice.person("chen", "county-officer"), TestOffice.person("guo", "city-officer"),
        TestOffice.person("zhou", "inspector", region: "330200000000"), FilledOffice.enterprise,
    ]
    private static let kinds = ["project", "hazard", "inspection", "incident", "person"]

    init(seed: UInt64) throws {
        test = try TestOffice(at: "2026-01-05T01:00:00Z")
        chance = SeededGenerator(seed: seed)
        _ = try test.project()
    }

    mutating func step() throws {
        let number = Int.random(in: 0..<20, using: &chance)
        switch number {
        case 0...1:
            let days = Int.random(in: 1...15, using: &chance)
            day = day?.adding(days: days)
            test.clock.set(
                "\(day?.description ?? "2026-01-05")T0\(Int.random(in: 0...9, using: &chance)):30:00Z")
            try Sweep(test.office).run()
        case 2: try takeIn()
        default:
            let kind = try #require(Self.kinds.randomElement(using: &chance))
            try attempt(number < 10 ? creation(of: kind) : change(of: kind))
        }
    }

    /// Performs an action; a refusal must leave everything as it was.
    private mutating func attempt(_ action: Action?) throws {
        // Every other time somebody who may do most things.
        let actor = Bool.random(using: &chance) ? actors[2] : actors.randomElement(using: &chance)
        guard let action, let actor else { return }
        let before = try trace()
        do {
            try test.registrar.perform(action, by: actor)
            done += 1
        } catch is Refusal {
            refused += 1
            #expect(try trace() == before, "\(action.verb) of \(action.kind) was refused and left a trace")
        }
    }

    /// Everything that is in the database, but for pages not in use.
    private func trace() throws -> [String: Int] {
        let database = try intruder(test.database)
        return try database.read { db in
            var hashes: [String: Int] = [:]
            for table in [
                "hazard", "project", "zhiheng_entry", "zhiheng_tally", "zhiheng_counter", "zhiheng_identity",
                "zhiheng_document", "zhiheng_notice", "zhiheng_clock", "zhiheng_salt",
            ] {
                hashes[table] = try RawRow.all(of: table, in: db).map(\.cells).hashValue
            }
            return hashes
        }
    }

    private mutating func takeIn() throws {
        let file = test.folder.appendingPathComponent("rows.csv")
        var text = "occurred_at,region,category,deaths,serious_injuries,place\n"
        for _ in 0..<Int.random(in: 1...6, using: &chance) {
            let deaths = Bool.random(using: &chance) ? String(Int.random(in: 0...4, using: &chance)) : ""
            let region = ["330106", "330900", "999999"].randomElement(using: &chance) ?? ""
            let month = Int.random(in: 1...9, using: &chance)
            text +=
                "2025-0\(month)-03T16:09,\(region),触电,\(deaths),0,\(chance.next())\n"
        }
        try Data(text.utf8).write(to: file)
        var request = ImportRequest(kind: "incident", fileName: "rows.csv")
        request.skipsBadRows = Bool.random(using: &chance)
        _ = try Importer(test.office, archive: test.workspace.archive).run(
            request, file: file, by: .actor(.operatorOfFolder))
    }

    private mutating func creation(of kind: String) throws -> Action {
        let today = Value.date(test.office.today)
        let category = Value.string(try test.firstCode("hazard-category"))
        let values: [String: Value] =
            switch kind {
            case "project":
                [
                    "name": .string("工程\(done)"),
                    "region": .string(["330106000000", "330200000000"].randomElement(using: &chance) ?? ""),
                    "type": .string(try test.firstCode("project-type")),
                    "contractor": .string(TestOffice.contractor),
                ]
            case "hazard":
                [
                    "site": .int(Int64.random(in: 1...4, using: &chance)), "found_on": today,
                    "category": category,
                    "grade": .string(["general", "major", "none"].randomElement(using: &chance) ?? ""),
                    "description": .string("临边无防护"),
                ]
            case "inspection":
                [
                    "site": .int(Int64.random(in: 1...3, using: &chance)),
                    "inspection_type": .string("routine"), "planned_on": today,
                ]
            case "incident":
                [
                    "occurred_at": .timestamp(test.clock.now), "region": .string("330106000000"),
                    "category": .string("fall"),
                    "deaths": .int(Int64.random(in: -1...3, using: &chance)), "serious_injuries": .int(0),
                ]
            default:
                [
                    "identity_number": .string(FilledOffice.identityNumber), "name": .string("赵安"),
                    "region": .string("330106000000"), "title": .string("safety-officer"),
                    "phone": .string(FilledOffice.phone),
                ]
            }
        return Action(.create, kind: kind, values: values)
    }

    /// A move, an amendment or a voiding of a record drawn by chance, with whatever the move asks for.
    private mutating func change(of name: String) throws -> Action? {
        let kind = try test.kind(name)
        let id = Int64.random(in: 1...8, using: &chance)
        if Int.random(in: 0..<12, using: &chance) == 0 {
            return Action(.void, kind: name, record: id, reason: Bool.random(using: &chance) ? "登记有误" : nil)
        }
        if Int.random(in: 0..<6, using: &chance) == 0,
            let field = kind.lifecycle.amend?.fields.randomElement(using: &chance)
        {
            return Action(.amend, kind: name, record: id, values: [field: .string("改\(chance.next() % 9)")])
        }
        let state = try test.office.store.read { try $0.record(kind, id: id)?.state }
        let possible = kind.lifecycle.actions.filter { $0.from.contains(state ?? "") }
        let isAnyTried = possible.isEmpty || Int.random(in: 0..<5, using: &chance) == 0
        let rules = isAnyTried ? kind.lifecycle.actions : possible
        guard let rule = rules.randomElement(using: &chance) else { return nil }
        var values: [String: Value] = [:]
        for field in rule.asks.compactMap(kind.field) {
            values[field.id] =
                switch field.type {
                case .date:
                    .date(
                        test.office.today.adding(days: Int.random(in: -1...9, using: &chance))
                            ?? test.office.today)
                case .money: .decimal(ExactDecimal(unscaled: 2_000_000, scale: 2))
                case .integer: .int(Int64.random(in: 0...3, using: &chance))
                case .files: .list([.string(TestOffice.digest)])
                case .boolean: .bool(true)
                case .code(let list): .string(try test.firstCode(list))
                default: .string("按要求办理")
                }
        }
        return Action(.move(rule.id), kind: name, record: id, values: values)
    }

    /// Checks everything that must hold whatever has happened.
    func expectSound() throws {
        let rebuilt = try FiguresService(test.office).rebuild(checkOnly: true)
        #expect(rebuilt.differences.isEmpty, "\(rebuilt.differences.prefix(3))")
        try test.expectCleanAudit()
        try test.office.store.read { reader in
            for kind in test.rulebook.kindOrder.compactMap(test.rulebook.kind) {
                var series: [Substring: [Int]] = [:]
                try reader.eachRecord(of: kind, from: 0) { record in
                    let entries = try reader.entries(kind: kind.id, record: record.id)
                    let versions = entries.compactMap(\.version)
                    let first: Int64 = record.origin == nil ? 1 : 2
                    #expect(versions == Array(first..<(record.version + 1)), "\(record.number)")
                    let parts = record.number.split(separator: "-")
                    if let last = parts.last, let sequence = Int(last) {
                        series[record.number.dropLast(last.count), default: []].append(sequence)
                    }
                }
                for (prefix, sequences) in series {
                    #expect(sequences.sorted() == Array(1...sequences.count), "gaps in \(prefix)")
                }
            }
        }
    }
}
