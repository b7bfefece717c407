import Expressions
import Records
import Rulebooks
import Storage

/// A generator of the same numbers every time (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// One of the items; the first stands for none at all.
    mutating func pick<Item>(_ first: Item, _ rest: Item...) -> Item {
        let place = Int(next() % UInt64(rest.count + 1))
        return place == 0 ? first : rest[place - 1]
    }
}

/// Records and their parts for the clauses.
enum Samples {
    static func moment(_ seconds: Int64) throws -> Timestamp { try unwrap(Timestamp(seconds: seconds)) }

    static func date(_ text: String) throws -> CivilDate { try unwrap(CivilDate(text)) }

    static func kind(_ id: String, in rulebook: Rulebook) throws -> Kind { try unwrap(rulebook.kind(id)) }

    /// A record of a kind with these fields; the rest is missing.
    static func record(
        _ kind: Kind, id: Int64, fields: [String: Value] = [:], region: String = "330106000000"
    ) throws -> Record {
        var values = [Value](repeating: .null, count: kind.fields.count)
        for (field, value) in fields { values[try unwrap(kind.fieldIndex[field])] = value }
        let created = try moment(1_700_000_000 + id)
        return Record(
            id: id, kind: kind.id, number: "\(kind.id)-\(id)", region: region, responsible: nil,
            state: kind.lifecycle.initial, version: 1, enteredAt: created, createdAt: created,
            updatedAt: created,
            values: values)
    }

    /// A value for every field, with what is easily got wrong.
    static func everything(site: Int64) throws -> [String: Value] {
        [
            "site": .int(site), "series": .string("x'\"\\;--\u{1F}"), "serial": .int(.max),
            "found_on": .date(try date("0001-01-01")), "noticed_at": .timestamp(try moment(-62_135_596_800)),
            "grade": .string("major"), "zone": .string("330106000000"), "firm": .string("91330100799655058B"),
            "reporter": .string("11010519491231002X"), "telephone": .string("+86 138 0000 0000"),
            "born_on": .date(try date("1949-12-31")), "note": .string("多行\n😀 e\u{301} é \t"),
            "area": .decimal(ExactDecimal(unscaled: .min, scale: 3)),
            "loss": .decimal(ExactDecimal(unscaled: .max, scale: 2)), "serious": .bool(false),
            "place": .string("120.15,30.28"), "photos": .list([.string("ab"), .string("\"\\")]),
            "order": .int(.min), "telephone_index": .int(0), "works": .list([try works(), .map(ValueMap())]),
            "crew": .list([try map(["identity": .string("11010519491231002X")])]),
        ]
    }

    private static func works() throws -> Value {
        try map([
            "what": .string("焊\u{0}接\u{7F}\"}]"), "day": .date(try date("9999-12-31")),
            "hours": .decimal(ExactDecimal(unscaled: -5, scale: 2)),
            "pay": .decimal(ExactDecimal(unscaled: .max, scale: 2)), "people": .int(.min),
            "paid": .bool(true),
            "moment": .timestamp(try moment(253_402_300_799)),
        ])
    }

    static func map(_ entries: [String: Value]) throws -> Value {
        .map(
            try unwrap(
                ValueMap(entries.sorted { $0.key < $1.key }.map { (key: .string($0.key), value: $0.value) })))
    }

    static func clocks() throws -> [ClockState] {
        [
            ClockState(
                clock: "rectify", startedAt: try moment(1_700_000_000), due: .day(try date("2026-03-02")),
                suspendedUnits: 3, nextStep: 2, overdue: true, nextAt: try moment(1_700_000_500)),
            ClockState(
                clock: "appraise", startedAt: try moment(1_700_000_001),
                due: .moment(try moment(1_800_000_000)),
                suspendedAt: try moment(1_700_000_100)),
        ]
    }

    /// Opens the database and puts a project on file.
    static func opened(_ harness: any StoreHarness) throws -> (
        store: any Store, rulebook: Rulebook, hazard: Kind
    ) {
        let rulebook = try ContractRulebook.load()
        let store = try harness.open(rulebook)
        let project = try kind("project", in: rulebook)
        try store.write { writer in
            for id in 1...3 as ClosedRange<Int64> {
                let fields: [String: Value] = [
                    "code": .string("A|\(id)"), "region": .string("330106000000"),
                    "contractor": .string("91330100799655058B"),
                ]
                try writer.insert(record(project, id: id, fields: fields), of: project)
            }
        }
        return (store, rulebook, try kind("hazard", in: rulebook))
    }
}
