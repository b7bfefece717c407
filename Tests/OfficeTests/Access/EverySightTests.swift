import Exchange
import Expressions
import Office
import Records
import Rulebooks
import Storage
import Testing

/// Every role before every kind of the national rulebook, generated from it so that none can be forgotten.
@Suite("Every role sees of every kind what it may, and nothing else")
struct EverySightTests {
    private static let ours = "91330100799655058B"
    private static let theirs = "91330106MA27XYZ12K"

    /// Records of one kind: of two counties of a city, of another city and another province; of two parties and
    /// of none; public or not, voided or not.
    private static func fill(_ test: TestOffice, _ kind: Kind) throws -> [Record] {
        let sample = try ExampleRunner(test.rulebook).sample(of: kind, in: kind.lifecycle.initial).record
        var records: [Record] = []
        for region in ["330106000000", "330102000000", "330203000000", "320102000000"] {
            for responsible in [Self.ours, Self.theirs, nil] {
                for (isPublic, isVoided) in [(true, false), (false, false), (true, true)] {
                    var record = sample
                    record.id = Int64(records.count + 1)
                    record.number = "\(kind.id)-\(records.count + 1)"
                    record.region = region
                    record.responsible = responsible
                    (record.isPublic, record.voided) = (isPublic, isVoided)
                    distinguish(&record, kind)
                    records.append(record)
                }
            }
        }
        try test.office.store.write { writer in for one in records { try writer.insert(one, of: kind) } }
        return records
    }

    /// Gives a record a key of its own and leaves out what would refer to others.
    private static func distinguish(_ record: inout Record, _ kind: Kind) {
        for (index, field) in kind.fields.enumerated() {
            switch field.type {
            case .reference: record.values[index] = .null
            case .party where kind.key.contains(field.id):
                record.values[index] = record.id == 2 ? .string(ours) : .string("party \(record.id)")
            case .text where kind.key.contains(field.id): record.values[index] = .string("key\(record.id)")
            case .person where kind.key.contains(field.id):
                record.values[index] = .string("person \(record.id)")
            default: if kind.key.contains(field.id) { record.values[index] = .null }
            }
        }
    }

    private static let regions = ["330106000000", "330100000000", "330000000000", "320102000000"]

    private static func actors(_ rulebook: Rulebook) -> [Actor] {
        rulebook.roles.values.sorted { $0.id < $1.id }.flatMap { role in
            regions.map { region in
                Actor(
                    login: "somebody", name: role.id, role: role.id, region: region,
                    party: role.id == "enterprise" ? ours : nil, permissions: role.permissions)
            }
        } + [.system, .operatorOfFolder, .public]
    }

    /// What an actor may see, said once more in the test's own words.
    private static func maySee(_ record: Record, _ kind: Kind, _ actor: Actor) -> Bool {
        if actor.isSystem || actor == .operatorOfFolder { return true }
        if !actor.permissions.contains(.read) {
            guard actor.permissions.contains(.administer), ["account", "office"].contains(kind.id) else {
                return false
            }
        }
        if actor.role == "public" {
            return kind.publicWhen != nil && record.isPublic && !record.voided
        }
        if let party = actor.party {
            let own = kind.id == "enterprise" && record.value("credit_code", in: kind) == .string(party)
            return record.responsible == party || own && kind.responsible?.field != "credit_code"
        }
        let digits = actor.region.hasSuffix("0000000000") ? 2 : actor.region.hasSuffix("00000000") ? 4 : 6
        return record.region.prefix(digits) == actor.region.prefix(digits)
    }

    @Test("By record and by query, with any filter and order")
    func everyRoleAndKind() throws {
        let test = try TestOffice()
        let actors = Self.actors(test.rulebook)
        var compared = 0
        for kind in test.rulebook.kindOrder.compactMap(test.rulebook.kind) {
            let records = try Self.fill(test, kind)
            for actor in actors {
                let sight = Sight(of: actor, in: test.rulebook)
                let visible = records.filter { Self.maySee($0, kind, actor) }
                let name = "\(actor.role) of \(actor.region) before \(kind.id)"
                #expect(records.filter { sight.sees($0, of: kind) } == visible, "\(name)")
                try compare(sight, kind, records, visible, test, name)
                compared += 1
            }
        }
        #expect(compared > 200)
    }

    private func compare(
        _ sight: Sight, _ kind: Kind, _ records: [Record], _ visible: [Record], _ test: TestOffice,
        _ name: String
    ) throws {
        for query in Self.queries(kind) {
            guard let limited = sight.limit(query, of: kind) else {
                let isHidden = sight.isEverybody && !(query.conditions.isEmpty && query.sort == nil)
                #expect(visible.isEmpty || isHidden || query.regionPrefix != nil, "\(name)")
                continue
            }
            let found = try test.office.store.read { try $0.records(limited, of: kind) }
            let all = try test.office.store.read { try $0.records(query, of: kind) }
            let wanted = all.filter { one in visible.contains { $0.id == one.id } }
            #expect(found.map(\.id) == wanted.map(\.id), "\(name): \(query)")
            #expect(try test.office.store.read { try $0.count(limited, of: kind) } == wanted.count)
        }
    }

    /// Plain, of a region, with voided ones, by each field and in its order.
    private static func queries(_ kind: Kind) -> [RecordQuery] {
        var queries = [RecordQuery(), RecordQuery(), RecordQuery(), RecordQuery()]
        queries[1].includesVoided = true
        queries[2].regionPrefix = "330102"
        queries[3].regionPrefix = "33"
        for field in kind.fields {
            var query = RecordQuery()
            query.conditions = [.init(column: "field." + field.id, comparison: .isPresent, value: .null)]
            if case .table = field.type {
            } else if case .files = field.type {
            } else if !field.personal {
                query.sort = ("field." + field.id, true)
            }
            queries.append(query)
        }
        for index in queries.indices { queries[index].limit = 1_000 }
        return queries
    }

    @Test("A file holds what may be seen, and only roles that may export get one")
    func everyExport() throws {
        let test = try TestOffice()
        for kind in test.rulebook.kindOrder.compactMap(test.rulebook.kind) {
            let records = try Self.fill(test, kind)
            for actor in Self.actors(test.rulebook) {
                let sink = MemoryByteSink()
                var query = RecordQuery()
                query.includesVoided = true
                do {
                    let report = try RecordExporter(test.office).export(
                        kind, query, to: sink, options: CSVWriterOptions(), by: actor)
                    let visible = records.filter { Self.maySee($0, kind, actor) }.map(\.number)
                    let lines = String(decoding: sink.bytes, as: UTF8.self).split(separator: "\r\n")
                    #expect(lines.dropFirst().map { String($0.prefix { $0 != "," }) } == visible)
                    #expect(report.records == Int64(visible.count))
                    #expect(actor.permissions.contains(.export))
                } catch let refusal as Refusal {
                    #expect(refusal.has(.notPermitted), "\(actor.role) before \(kind.id)")
                    #expect(sink.bytes.isEmpty)
                    #expect(!actor.permissions.contains(.export))
                }
            }
        }
    }

    @Test("The public is shown the fields that the kind lists, and asks by no other")
    func everyPublicField() throws {
        let test = try TestOffice()
        let sight = Sight.everybody(in: test.rulebook)
        for kind in test.rulebook.kindOrder.compactMap(test.rulebook.kind) {
            let records = try Self.fill(test, kind)
            for field in kind.fields {
                let isListed = kind.publicWhen != nil && kind.publicFields.contains(field.id)
                #expect(sight.sees(field, of: kind) == isListed)
                var query = RecordQuery()
                query.conditions = [
                    .init(column: "field." + field.id, comparison: .isPresent, value: .null)
                ]
                #expect((sight.limit(query, of: kind) != nil) == (isListed && !field.personal))
                query = RecordQuery()
                query.sort = ("field." + field.id, false)
                #expect((sight.limit(query, of: kind) != nil) == (isListed && !field.personal))
                for record in records where !isListed || !record.isPublic || record.voided {
                    #expect(sight.value(field, of: record, kind: kind) == .hidden)
                }
            }
            for column in ["responsible", "stage", "overdue", "created_at", "import_id", "nothing"] {
                var query = RecordQuery()
                query.alternatives = [[.init(column: column, comparison: .isPresent, value: .null)]]
                #expect(sight.limit(query, of: kind) == nil)
            }
        }
    }

    @Test("Personal fields are masked before every role, opened or not, unless it may unmask")
    func everyPersonalField() throws {
        let test = try TestOffice()
        var masked = 0
        for kind in test.rulebook.kindOrder.compactMap(test.rulebook.kind) {
            guard var record = try Self.fill(test, kind).first else { continue }
            for (index, field) in kind.fields.enumerated() where field.personal {
                record.values[index] = .string("330106199001011234")
                for actor in Self.actors(test.rulebook) {
                    let sight = Sight(of: actor, in: test.rulebook)
                    let closed = sight.value(field, of: record, kind: kind)
                    let opened = sight.value(field, of: record, kind: kind, unmasked: [field.id])
                    guard sight.sees(record, of: kind), sight.sees(field, of: kind) else {
                        #expect(closed == .hidden && opened == .hidden)
                        continue
                    }
                    masked += 1
                    guard case .masked(let text) = closed else {
                        Issue.record("\(kind.id).\(field.id) is not masked")
                        continue
                    }
                    #expect(text.contains("*****") && !text.contains("19900101"))
                    let mayUnmask = actor.permissions.contains(.unmask)
                    #expect(opened == (mayUnmask ? .clear(record.values[index]) : closed))
                }
            }
        }
        #expect(masked > 20)
    }
}
