import Expressions
import Figures
import Foundation
import Ledger
import Records
import Rulebooks
import Storage
import Synchronization
import Testing

@testable import Office

/// A store that counts its transactions and can be told to fail, or to hold its next transaction.
final class CountingStore: Store {
    private let base: any Store
    private let transactions = Mutex(0)
    private let failing = Mutex(false)
    private let held = Mutex<(@Sendable () -> Bool)?>(nil)

    init(_ base: any Store) { self.base = base }

    var writes: Int { transactions.withLock { $0 } }

    func fail(_ isFailing: Bool) { failing.withLock { $0 = isFailing } }

    /// Lets the next transaction begin only when a condition is met, or after a minute.
    func hold(until condition: @escaping @Sendable () -> Bool) { held.withLock { $0 = condition } }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result { try base.read(body) }

    func write<Result>(_ body: (any StoreWriting) throws -> Result) throws -> Result {
        transactions.withLock { $0 += 1 }
        if let condition = held.withLock({ held in held.take() }) {
            let deadline = ContinuousClock.now + .seconds(60)
            while !condition(), ContinuousClock.now < deadline { usleep(1_000) }
        }
        return try base.write { writer in
            let result = try body(writer)
            // As a full disk does: everything was done, and the transaction cannot be kept.
            if failing.withLock({ $0 }) { throw StoreProblem.unavailable(reason: .diskFull) }
            return result
        }
    }

    func planSchema(for rulebook: Rulebook) throws -> SchemaPlan { try base.planSchema(for: rulebook) }

    func apply(_ plan: SchemaPlan, for rulebook: Rulebook) throws { try base.apply(plan, for: rulebook) }

    func backUp(to path: String, progress: ((Double) -> Void)?) throws {
        try base.backUp(to: path, progress: progress)
    }
}

@Suite("Many at the door at once")
struct DoorTests {
    private static let tasks = 64
    private static let actionsOfEach = 6

    private func open(_ test: TestOffice) throws -> (store: CountingStore, office: Office) {
        let store = CountingStore(test.office.store)
        let clock = test.clock
        return (store, try Office(rulebook: test.rulebook, store: store, now: { clock.now }))
    }

    private func hazard(at project: Record, _ test: TestOffice, refused: Bool = false) throws -> Request {
        let values: [String: Value] = [
            "site": .int(refused ? -1 : project.id),
            "category": .string(try test.firstCode("hazard-category")),
            "found_on": .date(try #require(CivilDate("2026-03-02"))), "description": .string("三层临边无防护"),
        ]
        return Request(Action(.create, kind: "hazard", values: values), by: FilledOffice.inspector)
    }

    @Test("Those who come while one writes share the next transactions")
    func grouping() async throws {
        let test = try TestOffice()
        let (store, office) = try open(test)
        let request = try hazard(at: test.project(), test)
        let door = Door(Registrar(office), groupLimit: 8)
        store.hold { door.waitingCount == 20 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<21 { group.addTask { _ = try await door.perform(request) } }
            try await group.waitForAll()
        }
        // One that was held, and twenty in groups of eight.
        #expect(store.writes == 4)
        #expect(door.waitingCount == 0)
        try test.expectCleanAudit()
    }

    @Test("each is answered once and numbers have no gap")
    func concurrent() async throws {
        let test = try TestOffice()
        let (store, office) = try open(test)
        let project = try test.project()
        let good = try hazard(at: project, test)
        let bad = try hazard(at: project, test, refused: true)
        let door = Door(Registrar(office), groupLimit: 50)
        let numbers = try await withThrowingTaskGroup(of: [String?].self) { group in
            for task in 0..<Self.tasks {
                group.addTask {
                    var answers: [String?] = []
                    for action in 0..<Self.actionsOfEach {
                        let isBad = (task + action) % 5 == 0
                        do {
                            answers.append(try await door.perform(isBad ? bad : good).record.number)
                            #expect(!isBad)
                        } catch let refusal as Refusal {
                            #expect(isBad && refusal.has(.referenceNotFound))
                            answers.append(nil)
                        }
                    }
                    return answers
                }
            }
            return try await group.reduce(into: [String?]()) { $0 += $1 }
        }
        let all = Self.tasks * Self.actionsOfEach
        #expect(numbers.count == all)
        let done = numbers.compactMap { $0 }.sorted()
        let expected = (1...done.count).map { "ZG-330106-2026-" + String(100_000 + $0).dropFirst() }
        #expect(done == expected)
        #expect(store.writes <= all)
        let entries = try test.office.store.read { try $0.ledgerSize() }
        #expect(entries == UInt64(done.count + 1))
        try test.expectCleanAudit()
    }

    @Test("A refused action in a group leaves nothing, and harms nobody before or after it")
    func refusedInGroup() throws {
        let test = try TestOffice()
        let project = try test.project()
        let good = try hazard(at: project, test)
        let notify = Action(
            .move("notify"), kind: "hazard", record: 1, values: try FilledOffice.due("2026-03-06"))
        let results = try test.registrar.perform([
            good, try hazard(at: project, test, refused: true), good,
            Request(notify, by: FilledOffice.inspector),
            Request(notify, by: FilledOffice.inspector), good,
        ])
        let states = results.map { (try? $0.get())?.record.number }
        let numbers = [1, nil, 2, 1, nil, 3].map { $0.map { "ZG-330106-2026-0000\($0)" } }
        #expect(states == numbers)
        #expect(results.compactMap { try? $0.get().position } == [1, 2, 3, 4])
        #expect(try FiguresService(test.office).rebuild(checkOnly: true).differences.isEmpty)
        try test.expectCleanAudit()
    }

    @Test("Nobody may accept within the same group what they submitted")
    func separatePersonsInGroup() throws {
        let test = try TestOffice()
        let hazard = try test.hazard(at: test.project())
        try test.act("notify", on: hazard, FilledOffice.due("2026-03-06"), by: FilledOffice.inspector)
        let evidence: [String: Value] = [
            "measures_taken": .string("已加设防护栏杆"), "photos_after": .list([.string(TestOffice.digest)]),
        ]
        let submit = Action(.move("submit"), kind: "hazard", record: hazard.id, values: evidence)
        let accept = Action(.move("accept"), kind: "hazard", record: hazard.id)
        let results = try test.registrar.perform([
            Request(submit, by: FilledOffice.enterprise),
            Request(accept, by: TestOffice.person("builder", "inspector")),
        ])
        #expect((try? results[0].get()) != nil)
        let refusal = try test.refusal { _ = try results[1].get() }
        #expect(refusal.has(.separatePersonNeeded))
        try test.expectCleanAudit()
    }

    @Test("When a transaction cannot be kept, everyone in it is told, and nothing of it is on file")
    func failure() async throws {
        let test = try TestOffice()
        let (store, office) = try open(test)
        let project = try test.project()
        let request = try hazard(at: project, test)
        let door = Door(Registrar(office))
        store.fail(true)
        let failed = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await door.perform(request)
                        return false
                    } catch {
                        return error as? StoreProblem == .unavailable(reason: .diskFull)
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(failed == 20)
        store.fail(false)
        #expect(try await door.perform(request).record.number == "ZG-330106-2026-00001")
        #expect(try test.office.store.read { try $0.ledgerSize() } == 2)
        try test.expectCleanAudit()
    }
}
