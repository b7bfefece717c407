import Expressions
import Testing

@testable import Figures

/// A kind as the plan sees it: category, deaths, loss, happened (date), reported (moment), flag, overdue.
enum TestKind {
    enum Slot: Int {
        case category, deaths, loss, happened, reported, injured, overdue
    }

    static func plan() throws -> ContributionPlan {
        var environment = Environment()
        environment.declare("category", .string, optional: true)
        environment.declare("deaths", .int, optional: true)
        environment.declare("loss", .decimal, optional: true)
        environment.declare("happened", .date, optional: true)
        environment.declare("reported", .timestamp, optional: true)
        environment.declare("injured", .bool, optional: true)
        environment.declare("overdue", .bool, optional: true)
        let (category, injured) = (Slot.category.rawValue, Slot.injured.rawValue)
        let happened = Slot.happened.rawValue
        return ContributionPlan(
            kindID: "incident",
            measures: [
                PlannedMeasure(
                    id: "incidents", rule: .one, dateSlot: happened, dimensionSlots: [category, injured]),
                PlannedMeasure(
                    id: "grave", rule: .condition(try environment.compile("deaths >= 3")), dateSlot: happened,
                    dimensionSlots: [category]),
                PlannedMeasure(
                    id: "deaths", rule: .amount(try environment.compile("deaths"), places: 0),
                    dateSlot: Slot.reported.rawValue, dimensionSlots: []),
                PlannedMeasure(
                    id: "loss", rule: .amount(try environment.compile("loss"), places: 2), dateSlot: happened,
                    dimensionSlots: []),
                PlannedMeasure(
                    id: "late", rule: .flag(slot: Slot.overdue.rawValue), dateSlot: nil, dimensionSlots: []),
            ])
    }
}

@Suite("Contributions of a record")
struct ContributionTests {
    private static let region = padded("330106")

    private func slots(_ given: [TestKind.Slot: Value]) -> [Value] {
        var slots = [Value](repeating: .null, count: 7)
        for (slot, value) in given { slots[slot.rawValue] = value }
        return slots
    }

    private func full() throws -> [TestKind.Slot: Value] {
        [
            .category: .string("fall"), .deaths: .int(4), .loss: .decimal(try #require(ExactDecimal("12.5"))),
            .happened: .date(try #require(CivilDate("2009-06-30"))),
            .reported: .timestamp(try #require(Timestamp(rfc3339: "2009-06-30T16:30:00Z"))),
            .injured: .bool(true), .overdue: .bool(true),
        ]
    }

    private func cells(_ given: [TestKind.Slot: Value], isVoided: Bool = false) throws -> [TallyKey: Int64] {
        Contribution.cells(
            of: try TestKind.plan(), slots: slots(given), regionCode: Self.region, isVoided: isVoided,
            offsetSeconds: 28_800)
    }

    private func key(_ measure: String, _ month: MonthIndex, _ dimensions: [String] = []) -> TallyKey {
        TallyKey(measure: measure, month: month, region: Self.region, dimensions: dimensions)
    }

    @Test("are a cell for each measure, a moment counting in its civil month")
    func fullRecord() throws {
        let (june, july) = (month(2009, 6), month(2009, 7))
        #expect(
            try cells(full()) == [
                key("incidents", june, ["fall", "true"]): 1, key("grave", june, ["fall"]): 1,
                key("deaths", july): 4, key("loss", june): 1250, key("late", Months.none): 1,
            ])
    }

    @Test("are nothing when the record is voided")
    func voided() throws {
        #expect(try cells(full(), isVoided: true).isEmpty)
    }

    @Test("go to the shadow when a fact is missing")
    func missingFacts() throws {
        var given = try full()
        given[.deaths] = .null
        given[.category] = .null
        let june = month(2009, 6)
        let found = try cells(given)
        #expect(found[key("incidents", june, ["", "true"])] == 1)
        #expect(found[key("grave?", june, [""])] == 1)
        #expect(found[key("deaths?", month(2009, 7))] == 1)
        #expect(found[key("deaths", month(2009, 7))] == nil)
    }

    @Test("go to the shadow without a month when the date is missing")
    func missingDate() throws {
        var given = try full()
        given[.happened] = .null
        let found = try cells(given)
        #expect(found[key("incidents?", Months.none, ["fall", "true"])] == 1)
        #expect(found[key("loss?", Months.none)] == 1)
        #expect(!found.keys.contains { $0.measure == "incidents" })
    }

    @Test("leave out what is false or zero, whether dated or not")
    func zeros() throws {
        var given = try full()
        given[.deaths] = .int(0)
        given[.overdue] = .bool(false)
        given[.happened] = .null
        let found = try cells(given)
        #expect(
            !found.keys.contains { ["deaths", "deaths?", "late", "late?", "grave?"].contains($0.measure) })
        #expect(try cells([:]).keys.allSatisfy { Tally.isShadow($0.measure) })
    }

    @Test(
        "go to the shadow rather than lose digits or overflow", arguments: ["0.001", "46116860184273879.05"])
    func unfitting(_ amount: String) throws {
        var given = try full()
        given[.loss] = .decimal(try #require(ExactDecimal(amount)))
        let found = try cells(given)
        #expect(found[key("loss", month(2009, 6))] == nil)
        #expect(found[key("loss?", month(2009, 6))] == 1)
    }

    @Test("of garbage in the slots never trap")
    func garbage() throws {
        let plan = try TestKind.plan()
        for slots in [[], [.int(.min)], [Value](repeating: .double(.nan), count: 3)] as [[Value]] {
            _ = Contribution.cells(of: plan, slots: slots, regionCode: "", offsetSeconds: .max)
        }
        let wrong = Contribution.cells(
            of: plan, slots: [Value](repeating: .string("x"), count: 7), regionCode: Self.region)
        #expect(wrong.keys.allSatisfy { Tally.isShadow($0.measure) })
    }

    @Test("differ by what changed only")
    func deltas() throws {
        let old = try cells(full())
        var given = try full()
        given[.category] = .string("struck")
        let new = try cells(given)
        let june = month(2009, 6)
        #expect(
            Contribution.delta(old: old, new: new) == [
                key("incidents", june, ["fall", "true"]): -1, key("incidents", june, ["struck", "true"]): 1,
                key("grave", june, ["fall"]): -1, key("grave", june, ["struck"]): 1,
            ])
        #expect(Contribution.delta(old: old, new: old).isEmpty)
        #expect(Contribution.delta(old: [:], new: new) == new)
        #expect(Contribution.delta(old: old, new: [:]) == old.mapValues { -$0 })
    }

    @Test("kept up by deltas over a random history are those of a rebuild", arguments: 0..<20)
    func histories(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let plan = try TestKind.plan()
        var kept = InMemoryCells()
        var records: [[TallyKey: Int64]] = Array(repeating: [:], count: 12)
        for _ in 0..<200 {
            let index = Int.random(in: 0..<records.count, using: &generator)
            let new = Contribution.cells(
                of: plan, slots: Self.randomSlots(&generator),
                regionCode: padded(["330106", "3302", "37"].randomElement(using: &generator) ?? "33"),
                isVoided: Int.random(in: 0..<8, using: &generator) == 0)
            try kept.apply(Contribution.delta(old: records[index], new: new))
            records[index] = new
        }
        var rebuilt = InMemoryCells()
        for record in records { try rebuilt.apply(record) }
        #expect(kept == rebuilt)
        #expect(kept.values.values.allSatisfy { $0 != 0 })
    }

    private static func randomSlots(_ generator: inout SeededGenerator) -> [Value] {
        func maybe(_ value: Value) -> Value {
            Int.random(in: 0..<5, using: &generator) == 0 ? .null : value
        }
        let day = CivilDate(daysSinceEpoch: Int32.random(in: 14_000..<14_700, using: &generator))
        let seconds = Int64.random(in: 1_200_000_000..<1_260_000_000, using: &generator)
        return [
            maybe(.string(["fall", "edge", "struck"].randomElement(using: &generator) ?? "")),
            maybe(.int(Int64.random(in: 0..<5, using: &generator))),
            maybe(
                .decimal(ExactDecimal(unscaled: Int64.random(in: 0..<99_999, using: &generator), scale: 2))),
            maybe(.date(day)),
            maybe(Timestamp(seconds: seconds, nanoseconds: 0).map(Value.timestamp) ?? .null),
            maybe(.bool(Bool.random(using: &generator))), maybe(.bool(Bool.random(using: &generator))),
        ]
    }
}
