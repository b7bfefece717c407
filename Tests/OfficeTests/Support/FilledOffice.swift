import Expressions
import Foundation
import Ledger
import Office
import Records
import Rulebooks
import Storage
import Testing

/// An office with something of every sort on file: what the audit has to look after.
struct FilledOffice {
    let test: TestOffice
    let key: SigningKey
    /// A person whose phone and identity number are on file.
    let person: Record
    /// The raw values that must stand nowhere in the files.
    static let identityNumber = "11010519491231002X"
    static let phone = "13800001111"

    static let inspector = TestOffice.person("wang", "inspector")
    static let second = TestOffice.person("li", "inspector")
    static let officer = TestOffice.person("chen", "county-officer")
    static let enterprise = TestOffice.person("builder", "enterprise", party: TestOffice.contractor)

    /// - Parameter padding: further records, so that the ledger outgrows its first full tile.
    init(padding: Int = 0) throws {
        test = try TestOffice(at: "2026-03-02T01:00:00Z")
        key = try SigningKey(name: "zhiheng.test", seed: Array(1...32))
        let project = try test.project()
        try Self.hazards(test, at: project)
        try Self.inspection(test, at: project)
        person = try Self.people(test)
        try Self.incidents(test)
        _ = try LedgerService(test.office, key: key).checkpoint()
        try Self.pad(test, with: padding)
        test.clock.set("2026-04-20T03:00:00Z")
        try Sweep(test.office).run()
        _ = try LedgerService(test.office, key: key).checkpoint()
    }

    static func due(_ text: String) throws -> [String: Value] {
        ["due_on": .date(try #require(CivilDate(text)))]
    }

    private static func pad(_ test: TestOffice, with count: Int) throws {
        let type = try test.firstCode("project-type")
        let requests = (0..<count).map { number in
            Request(
                Action(
                    .create, kind: "project",
                    values: [
                        "name": .string("标段\(number)"), "region": .string("330106000000"),
                        "type": .string(type),
                        "contractor": .string(TestOffice.contractor),
                    ]), by: inspector)
        }
        for result in try test.registrar.perform(requests) { _ = try result.get() }
    }

    private static func hazards(_ test: TestOffice, at project: Record) throws {
        let closed = try test.hazard(at: project)
        try test.act("notify", on: closed, due("2026-03-06"), by: inspector)
        let evidence: [String: Value] = [
            "measures_taken": .string("已加设防护栏杆"), "photos_after": .list([.string(TestOffice.digest)]),
        ]
        try test.act("submit", on: closed, evidence, by: enterprise)
        try test.act("accept", on: closed, by: second)
        let open = try test.hazard(at: project, grade: "major")
        try test.act("notify", on: open, due("2026-03-06"), by: inspector)
        let voided = try test.hazard(at: project)
        try test.registrar.perform(
            Action(.void, kind: "hazard", record: voided.id, reason: "重复登记"), by: officer)
        _ = try test.hazard(at: project)
    }

    private static func inspection(_ test: TestOffice, at project: Record) throws {
        let day = Value.date(try #require(CivilDate("2026-03-02")))
        let inspection = try test.create(
            "inspection",
            [
                "site": .int(project.id), "inspection_type": .string("routine"), "planned_on": day,
            ], by: inspector)
        func officer(_ name: String) throws -> Value {
            .map(
                try map([
                    "name": .string(name), "certificate": .string("3301060"), "interested": .bool(false),
                ]))
        }
        try test.act(
            "begin", on: inspection,
            ["inspected_on": day, "inspectors": .list([try officer("甲"), try officer("乙")])], by: inspector)
        let findings = try ["临边无防护", "脚手架缺连墙件"].map { text in
            Value.map(
                try map([
                    "category": .string(try test.firstCode("hazard-category")), "grade": .string("general"),
                    "description": .string(text), "due_on": day,
                ]))
        }
        let completed = try test.act(
            "complete", on: inspection,
            ["completed_on": day, "result": .string("rectify"), "findings": .list(findings)], by: inspector)
        try #require(completed.spawned.count == 2)
    }

    private static func map(_ members: [String: Value]) throws -> ValueMap {
        var map = ValueMap()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let isNew = map.insert(.string(name), value)
            try #require(isNew)
        }
        return map
    }

    private static func people(_ test: TestOffice) throws -> Record {
        func person(_ identity: String, _ phone: String) throws -> Record {
            try test.create(
                "person",
                [
                    "identity_number": .string(identity), "name": .string("赵安"),
                    "region": .string("330106000000"),
                    "title": .string("safety-officer"), "phone": .string(phone),
                ], by: officer)
        }
        let person = try person(identityNumber, "13700002222")
        try test.registrar.perform(
            Action(.amend, kind: "person", record: person.id, values: ["phone": .string(phone)]), by: officer)
        return try test.record(person)
    }

    private static func incidents(_ test: TestOffice) throws {
        let text =
            "occurred_at,region,category,deaths,serious_injuries,place\n"
            + "2009-01-03T16:09,330900,高处坠落,1,0,定海\n2009-13-03,330900,高处坠落,1,0,坏行\n"
            + "2009-02-03T08:00,330100,触电,2,1,西湖\n2009-03-03T08:00,330100,坍塌,3,0,拱墅\n"
        let file = test.folder.appendingPathComponent("incidents.csv")
        try Data(text.utf8).write(to: file)
        var request = ImportRequest(kind: "incident", fileName: "incidents.csv")
        request.skipsBadRows = true
        let report = try Importer(test.office, archive: test.workspace.archive).run(
            request, file: file, by: .actor(.operatorOfFolder))
        try #require(report.taken == 3)
        let amended = Action(.amend, kind: "incident", record: 2, values: ["place": .string("西湖区")])
        try test.registrar.perform(amended, by: officer)
        let people =
            "identity_number,name,region,title,phone\n"
            + "11010519491231002X,钱安,330106,safety-officer,13600003333\n"
        let second = test.folder.appendingPathComponent("people.csv")
        try Data(people.replacingOccurrences(of: "11010519491231002X", with: "110101199003078515").utf8)
            .write(to: second)
        let taken = try Importer(test.office, archive: test.workspace.archive).run(
            ImportRequest(kind: "person", fileName: "people.csv"), file: second, by: .actor(.operatorOfFolder)
        )
        try #require(taken.taken == 1, "\(taken.errors)")
    }

    func audit() throws -> Auditor.Report {
        try Auditor(test.office, keys: [key.verifier], archive: test.workspace.archive).run()
    }
}
