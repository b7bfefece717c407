import Expressions
import Foundation
import Office
import Records
import Rulebooks
import Storage
import Synchronization

/// Actions through the one door, each durable when it is answered, against bare statements that write the same rows
/// in transactions of the same size.
struct DoorBenchmark {
    let ground: Ground
    /// How many actions a run performs: half find a hazard, half issue its notice.
    let actions: Int
    let repetitions: Int

    func run() async throws {
        Printing.heading("door: hazards found and noticed, in WAL with synchronous = FULL")
        for callers in [1, 8, 64] {
            var (own, peer, groups): ([Double], [Double], [Double]) = ([], [], [])
            for repetition in 0..<repetitions {
                let name = "door-\(callers)-\(repetition)"
                let (rate, size) = try await runHere(callers, name: name)
                let rows = try DoorRows(ground.file(name + ".db"))
                let writer = try BareWriter(ground.file(name + "-bare.db"), rows: rows)
                let seconds = try Measuring.seconds {
                    try writer.write(actions: self.count(callers), inGroupsOf: Int(size.rounded()))
                }
                own.append(rate)
                peer.append(Double(count(callers)) / max(1e-9, seconds))
                groups.append(size)
            }
            Printing.compared(
                "actions a second, callers: \(callers), groups of \(Printing.ratio(Measuring.median(groups)))",
                own: Measuring.median(own), peer: Measuring.median(peer), unit: "/s")
        }
    }

    /// Every caller does as many actions as any other.
    private func count(_ callers: Int) -> Int { max(1, actions / 2 / callers) * 2 * callers }

    private func runHere(_ callers: Int, name: String) async throws -> (rate: Double, groupSize: Double) {
        let office = try ground.office(name + ".db")
        let inspector = Ground.person("wang", role: "inspector")
        let project = try DoorBenchmark.project(office, ground: ground, region: "330106000000", by: inspector)
        let counting = CountingStore(office.store)
        let moment = ground.moment
        let counted = try Office(rulebook: ground.rulebook, store: counting, now: { moment })
        let door = Door(Registrar(counted))
        let values = Self.hazard(ground, site: project.id)
        let pairs = count(callers) / 2 / callers
        let due = Value.date(CivilDate(daysSinceEpoch: 20_544))
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<callers {
                group.addTask {
                    for _ in 0..<pairs {
                        let found = try await door.perform(
                            Request(Action(.create, kind: "hazard", values: values), by: inspector))
                        _ = try await door.perform(
                            Request(
                                Action(
                                    .move("notify"), kind: "hazard", record: found.record.id,
                                    values: ["due_on": due]),
                                by: inspector))
                    }
                }
            }
            try await group.waitForAll()
        }
        let seconds = Measuring.seconds(clock.now - start)
        return (Double(count(callers)) / seconds, Double(count(callers)) / Double(max(1, counting.writes)))
    }

    static func project(
        _ office: Office, ground: Ground, region: String, by identity: Request.Identity
    ) throws -> Record {
        try Registrar(office).perform(
            Action(
                .create, kind: "project",
                values: [
                    "name": .string("西溪医院二期"), "region": .string(region),
                    "type": .string(ground.code("project-type")), "contractor": .string("91330100799655058B"),
                ]), by: identity
        ).record
    }

    static func hazard(_ ground: Ground, site: Int64) -> [String: Value] {
        [
            "site": .int(site), "found_on": .date(CivilDate(daysSinceEpoch: 20_514)),
            "category": .string(ground.code("hazard-category")), "grade": .string("general"),
            "description": .string("三层临边无防护，电梯井口未设防护门"),
        ]
    }
}

/// Counts the transactions that pass through to a store.
final class CountingStore: Store {
    private let store: any Store
    private let count = Mutex(0)

    init(_ store: any Store) { self.store = store }

    var writes: Int { count.withLock(\.self) }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try store.read(body) }

    func write<Result>(_ body: (any StoreWriting) throws -> Result) throws -> Result {
        count.withLock { $0 += 1 }
        return try store.write(body)
    }

    func planSchema(for rulebook: Rulebook) throws -> SchemaPlan { try store.planSchema(for: rulebook) }

    func apply(_ plan: SchemaPlan, for rulebook: Rulebook) throws { try store.apply(plan, for: rulebook) }

    func backUp(to path: String, progress: ((Double) -> Void)?) throws {
        try store.backUp(to: path, progress: progress)
    }
}
