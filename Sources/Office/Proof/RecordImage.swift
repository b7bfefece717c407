import Expressions
import Ledger
import Records
import Rulebooks

/// A record as the ledger sees it: every member by name, each with exactly one spelling.
///
/// Fields go by their ids. What the machine keeps beside them begins with `@`: `@state`, `@stage`,
/// `@overdue`, `@voided`, `@public`, `@region`, `@responsible`, `@entered_at`, `@clocks`. A member that is
/// not on file is absent. Personal fields appear as commitments only.
public struct RecordImage: Sendable {
    public internal(set) var members: [String: CanonicalJSON] = [:]

    /// The image of a record.
    ///
    /// - Parameter commitment: the commitment of a personal field that is on file, nil when it is not known.
    public init(
        of record: Record, kind: Kind, commitment: (_ field: Field, _ value: Value) throws -> CanonicalJSON
    ) rethrows {
        for (index, field) in kind.fields.enumerated() where record.values.indices.contains(index) {
            let value = record.values[index]
            guard value != .null else { continue }
            members[field.id] = field.personal ? try commitment(field, value) : Self.json(value)
        }
        members["@state"] = .string(record.state)
        members["@region"] = .string(record.region)
        members["@entered_at"] = .string(record.enteredAt.description)
        if let responsible = record.responsible { members["@responsible"] = .string(responsible) }
        if !record.stage.isEmpty { members["@stage"] = .string(record.stage) }
        if record.overdue { members["@overdue"] = .bool(true) }
        if record.voided { members["@voided"] = .bool(true) }
        if record.isPublic { members["@public"] = .bool(true) }
        if let clocks = Self.json(record.clocks) { members["@clocks"] = clocks }
    }

    /// What an action changed: the new spelling of each changed member (null when gone), and the old.
    ///
    /// Only what changed is spelled, so that an action on a record of many fields costs what it changes.
    struct Difference {
        private(set) var now: [String: CanonicalJSON] = [:]
        private(set) var was: [String: CanonicalJSON] = [:]

        /// Notes a member that changed; nil stands for one that is not on file.
        mutating func note(_ name: String, from before: CanonicalJSON?, to after: CanonicalJSON?) {
            now[name] = after ?? .null
            was[name] = before ?? .null
        }

        /// Notes a text, unless every byte is what it was: `==` would also equate normalised forms.
        private mutating func note(text name: String, from before: String?, to after: String?) {
            guard before.map({ Array($0.utf8) }) != after.map({ Array($0.utf8) }) else { return }
            note(name, from: before.map(CanonicalJSON.string), to: after.map(CanonicalJSON.string))
        }

        private mutating func note(flag name: String, from before: Bool, to after: Bool) {
            guard before != after else { return }
            note(name, from: before ? true : nil, to: after ? true : nil)
        }

        /// Notes what the machine keeps beside the fields.
        mutating func noteSystemMembers(from before: Record, to after: Record) {
            func known(_ text: String) -> String? { text.isEmpty ? nil : text }
            note(text: "@state", from: before.state, to: after.state)
            note(text: "@region", from: before.region, to: after.region)
            note(text: "@responsible", from: before.responsible, to: after.responsible)
            note(text: "@stage", from: known(before.stage), to: known(after.stage))
            note(flag: "@overdue", from: before.overdue, to: after.overdue)
            note(flag: "@voided", from: before.voided, to: after.voided)
            note(flag: "@public", from: before.isPublic, to: after.isPublic)
            if before.enteredAt != after.enteredAt {
                note(
                    "@entered_at", from: .string(before.enteredAt.description),
                    to: .string(after.enteredAt.description))
            }
            if before.clocks != after.clocks {
                note("@clocks", from: RecordImage.json(before.clocks), to: RecordImage.json(after.clocks))
            }
        }
    }

    /// Whether two values are spelled the same; they may be equal and yet differ by a byte.
    static func hasSameSpelling(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.int(let left), .int(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.date(let left), .date(let right)): left == right
        default: json(left) == json(right)
        }
    }

    /// A value's spelling: whole numbers as numbers within ±(2^53 − 1), else text; decimals, dates and
    /// moments as text; a list as an array; a row of a table as an object.
    public static func json(_ value: Value) -> CanonicalJSON {
        switch value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .int(let number):
            number.magnitude <= UInt64(CanonicalJSON.greatestInteger)
                ? .integer(number) : .string(String(number))
        case .string(let text): .string(text)
        case .date(let date): .string(date.description)
        case .timestamp(let moment): .string(moment.description)
        case .decimal(let number): .string(number.description)
        case .list(let values): .array(values.map(json))
        case .map(let map):
            .object(
                .init(
                    Dictionary(
                        zip(map.keys.map(keyText), map.values.map(json)),
                        uniquingKeysWith: { first, _ in first })))
        case .object(let object): .integer(object.id)
        case .double, .uint, .bytes, .duration, .type: .string(String(describing: value))
        }
    }

    private static func keyText(_ key: Value) -> String {
        if case .string(let text) = key { return text }
        return String(describing: key)
    }

    /// The clocks of a record; nil when none runs.
    static func json(_ clocks: [ClockState]) -> CanonicalJSON? {
        clocks.isEmpty ? nil : .array(clocks.map(json))
    }

    private static func json(_ clock: ClockState) -> CanonicalJSON {
        var members: [String: CanonicalJSON] = [
            "clock": .string(clock.clock), "next_step": .integer(Int64(clock.nextStep)),
            "started_at": .string(clock.startedAt.description),
        ]
        switch clock.due {
        case .day(let day)?: members["due_on"] = .string(day.description)
        case .moment(let moment)?: members["due_at"] = .string(moment.description)
        case nil: break
        }
        if let moment = clock.suspendedAt { members["suspended_at"] = .string(moment.description) }
        if clock.suspendedUnits != 0 { members["suspended_units"] = .integer(clock.suspendedUnits) }
        if clock.overdue { members["overdue"] = .bool(true) }
        if let moment = clock.nextAt { members["next_at"] = .string(moment.description) }
        return .object(.init(members))
    }
}

/// The leaf of an imported row: what the record was when it came.
///
/// `["number","region","responsible","state","public","clocks","field=value"…]`, every cell a text; the first six
/// are "" where there is nothing, a field that is not on file has no cell. Fields stand in ascending order of
/// their ids, personal ones with the hexadecimal commitment for a value: so a field that a later version of the
/// rulebook adds, or puts elsewhere, leaves the leaf as it was.
public enum ImportedRow {
    /// The places of a kind's fields in the order of their ids; prepared once for many rows.
    public static func order(of kind: Kind) -> [Int] {
        kind.fields.indices.sorted { kind.fields[$0].id < kind.fields[$1].id }
    }

    /// The cells of a record just admitted.
    public static func cells(
        of record: Record, kind: Kind, order: [Int]? = nil, commitment: (Field, Value) throws -> String
    ) rethrows -> [String] {
        var cells = [
            record.number, record.region, record.responsible ?? "", record.state,
            record.isPublic ? "public" : "",
            clocksText(record),
        ]
        cells.reserveCapacity(6 + kind.fields.count)
        for index in order ?? Self.order(of: kind) {
            let (field, value) = (kind.fields[index], record.values[index])
            guard value != .null else { continue }
            cells.append(field.id + "=" + (field.personal ? try commitment(field, value) : text(value)))
        }
        return cells
    }

    /// Every member of every clock, so that nothing of a clock can change unseen.
    static func clocksText(_ record: Record) -> String {
        RecordImage.json(record.clocks)?.canonicalText ?? ""
    }

    /// A value as one text.
    static func text(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .date(let date): date.description
        case .timestamp(let moment): moment.description
        case .decimal(let number): number.description
        default: RecordImage.json(value).canonicalText
        }
    }

    /// The cells as an image spelled them, to compare a record rewound to its first version.
    static func cells(rewound members: [String: CanonicalJSON], number: String, kind: Kind) -> [String] {
        var cells = [
            number, text(members["@region"]), text(members["@responsible"]), text(members["@state"]),
            members["@public"] == .bool(true) ? "public" : "", text(members["@clocks"]),
        ]
        for (id, value) in members.sorted(by: { $0.key < $1.key }) where !id.hasPrefix("@") {
            cells.append(id + "=" + (value["commitment"]?.text ?? text(value)))
        }
        return cells
    }

    private static func text(_ json: CanonicalJSON?) -> String {
        switch json {
        case nil, .null: ""
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .some(let other): other.canonicalText
        }
    }
}
