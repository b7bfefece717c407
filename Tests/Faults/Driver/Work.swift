import Expressions
import Foundation
import Office
import Records
import Rulebooks

/// Performs actions from several tasks until it is killed, and tells each one that was acknowledged.
struct Work: Sendable {
    let folder: URL
    let rulebook: URL
    let seed: UInt64

    /// How many tasks go through the door at once.
    static let workers: UInt64 = 6
    /// Rows of each file that is imported.
    static let importedRows = 60

    func run() async throws {
        let deployment = try Deployment(folder: folder, rulebook: Deployment.load(rulebook))
        let door = Door(Registrar(deployment.office))
        let seed = self.seed
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<Self.workers {
                group.addTask {
                    var hand = Hand(door: door, office: deployment.office, seed: seed &* 31 &+ worker)
                    while true { try await hand.act() }
                }
            }
            let file = folder.appendingPathComponent("rows-\(seed).csv")
            let importer = Importer(deployment.office, archive: deployment.workspace.archive)
            group.addTask {
                for round in 0... {
                    try Self.takeIn(file, round: round, importer)
                    try await Task.sleep(for: .milliseconds(Int64(seed % 100)))
                }
            }
            try await group.waitForAll()
        }
    }

    /// Imports a file that no import before had.
    private static func takeIn(_ file: URL, round: Int, _ importer: Importer) throws {
        var text = "occurred_at,region,category,deaths,serious_injuries,place\n"
        for row in 0..<importedRows {
            text += "2009-01-03T16:09,330900,高处坠落,1,0,\(file.lastPathComponent) \(round)/\(row)\n"
        }
        try Data(text.utf8).write(to: file)
        let report = try importer.run(
            ImportRequest(kind: "incident", fileName: "rows.csv"), file: file, by: .actor(.operatorOfFolder))
        FaultDriver.say("import \(report.importID ?? 0) \(report.taken)")
    }
}

/// One of those who act: finds and moves hazards, registers people, and errs now and then.
struct Hand {
    let door: Door
    let office: Office
    var chance: Chance
    private var project: Int64?
    private var hazard: Record?
    private let type: String
    private let category: String

    init(door: Door, office: Office, seed: UInt64) {
        (self.door, self.office) = (door, office)
        chance = Chance(seed: seed)
        type = Self.code("project-type", office)
        category = Self.code("hazard-category", office)
    }

    private static func code(_ list: String, _ office: Office) -> String {
        office.rulebook.codeLists[list]?.items(on: office.today).first?.id ?? ""
    }

    /// Performs one action, and tells of it when it was acknowledged. A refusal is an answer like any other.
    mutating func act() async throws {
        let request = nextRequest()
        do {
            let record = try await door.perform(request).record
            FaultDriver.say("\(record.kind) \(record.id) \(record.version) \(record.number)")
            if record.kind == "project" { project = record.id }
            if record.kind == "hazard" { hazard = record.state == "found" && !record.voided ? record : nil }
        } catch is Refusal {
            hazard = nil
        }
    }

    private mutating func nextRequest() -> Request {
        guard let project else { return create("project", projectValues) }
        switch Int.random(in: 0..<10, using: &chance) {
        case 0: return create("project", projectValues)
        case 1: return create("person", personValues, by: Deployment.officer)
        case 2:
            // Refused: nothing of it may be left.
            return create("hazard", ["site": .int(-1), "found_on": .date(office.today)])
        case 3 where hazard != nil:
            let void = Action(.void, kind: "hazard", record: hazard?.id, reason: "重复登记")
            return Request(void, by: Deployment.officer)
        case 4...6 where hazard != nil:
            let notify = Action(
                .move("notify"), kind: "hazard", record: hazard?.id, values: ["due_on": .date(office.today)])
            return Request(notify, by: Deployment.inspector)
        default:
            return create(
                "hazard",
                [
                    "site": .int(project), "found_on": .date(office.today), "category": .string(category),
                    "description": .string("三层临边无防护"),
                ])
        }
    }

    private func create(
        _ kind: String, _ values: [String: Value], by identity: Request.Identity = Deployment.inspector
    ) -> Request {
        Request(Action(.create, kind: kind, values: values), by: identity)
    }

    private var projectValues: [String: Value] {
        [
            "name": .string("西溪医院二期"), "region": .string("330106000000"), "type": .string(type),
            "contractor": .string(Deployment.contractor),
        ]
    }

    /// A person with an identity number that checks (GB 11643).
    private var personValues: [String: Value] {
        mutating get {
            let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
            let serial = Int.random(in: 0..<1_000, using: &chance)
            let day = Int.random(in: 10..<29, using: &chance)
            let year = Int.random(in: 1950..<2005, using: &chance)
            let stem =
                "330106\(year)0\(Int.random(in: 1...9, using: &chance))\(day)"
                + String(1_000 + serial).dropFirst()
            let sum = zip(stem, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
            let check = Array("10X98765432")[sum % 11]
            return [
                "identity_number": .string(stem + String(check)), "name": .string("赵安"),
                "region": .string("330106000000"), "title": .string("safety-officer"),
                "phone": .string("13800001111"),
            ]
        }
    }
}
