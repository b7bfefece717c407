import Expressions
import Office
import Records
import Rulebooks
import Storage

/// Records as programs read them: values by field, as a sight allows.
struct RecordDocument {
    let office: Office
    let language: Language
    let sight: Sight
    private let reading: RecordReading

    init(_ office: Office, _ language: Language, _ sight: Sight) {
        (self.office, self.language, self.sight) = (office, language, sight)
        reading = RecordReading(office, language: language, sight: sight)
    }

    private var rulebook: Rulebook { office.rulebook }

    /// What stands in a list: the record's place and these fields.
    func summary(_ found: FoundRecord, fields: [Field]?, _ reader: any StoreReading) throws -> JSONValue {
        .object(try head(found) + facts(found, fields ?? found.kind.fields, reader))
    }

    /// Everything that may be known of a record, but for its history.
    func whole(_ found: FoundRecord, _ reader: any StoreReading) throws -> JSONValue {
        let (kind, record) = (found.kind, found.record)
        let address = APIAddress.record(kind.id, record.number)
        let documents = try reading.documents(of: found, reader: reader)
        let actions = try ActionGuide(office).actions(on: found, as: sight, reader: reader)
        return .object(
            try head(found) + facts(found, kind.fields, reader) + [
                ("clocks", .array(record.clocks.map { clock($0, kind) })),
                ("actions", .array(actions.map { action($0, address) })),
                ("documents", .array(documents.map(document))),
                (
                    "links",
                    .object([
                        ("self", .string(address)), ("history", .string(address + "/history")),
                        ("proof", .string(address + "/proof")),
                    ])
                ),
            ])
    }

    /// A record's number, title and kind, for where another leads to it.
    func mention(_ found: FoundRecord) -> JSONValue {
        let isSeen = sight.sees(found.record, of: found.kind)
        return .object([
            ("kind", .string(found.kind.id)), ("number", .string(found.record.number)),
            ("title", .string(reading.title(of: found.record, kind: found.kind))),
            ("href", isSeen ? .string(APIAddress.record(found.kind.id, found.record.number)) : nil),
        ])
    }

    // MARK: The parts

    private func head(_ found: FoundRecord) -> [(String, JSONValue?)] {
        let (kind, record) = (found.kind, found.record)
        let state = kind.lifecycle.state(record.state)?.name.text(language) ?? record.state
        return [
            ("kind", .string(kind.id)), ("number", .string(record.number)),
            ("title", .string(reading.title(of: record, kind: kind))), ("version", .integer(record.version)),
            ("state", .string(record.state)), ("state_name", .string(state)),
            ("region", .string(record.region)),
            ("region_name", .optional(rulebook.regions.fullName(record.region)?.text(language))),
            ("responsible", .optional(record.responsible)), ("stage", .string(record.stage)),
            ("overdue", .bool(record.overdue)), ("voided", .bool(record.voided)),
            ("public", .bool(record.isPublic)), ("entered_at", moment(record.enteredAt)),
            ("created_at", moment(record.createdAt)), ("updated_at", moment(record.updatedAt)),
        ]
    }

    private func facts(
        _ found: FoundRecord, _ fields: [Field], _ reader: any StoreReading
    ) throws -> [(String, JSONValue?)] {
        var values: [JSONMember] = []
        var masked: [String] = []
        for field in fields {
            switch sight.value(field, of: found.record, kind: found.kind) {
            case .hidden: continue
            case .masked(let text):
                masked.append(field.id)
                values.append(JSONMember(field.id, .string(text)))
            case .clear(let value):
                values.append(JSONMember(field.id, try json(value, field, reader)))
            }
        }
        return [("fields", .object(values)), ("masked", .strings(masked))]
    }

    private func json(_ value: Value, _ field: Field, _ reader: any StoreReading) throws -> JSONValue {
        guard case .reference(let target) = field.type, case .int(let id) = value else {
            return Self.json(value, field.type)
        }
        guard let kind = rulebook.kind(target), let record = try reader.record(kind, id: id) else {
            return .null
        }
        return mention(FoundRecord(kind: kind, record: record))
    }

    /// A value as JSON: quantities with places as texts, so that no digit is lost.
    static func json(_ value: Value, _ type: FieldType) -> JSONValue {
        switch (type, value) {
        case (_, .null): return .null
        case (_, .bool(let flag)): return .bool(flag)
        case (_, .int(let number)): return .integer(number)
        case (_, .decimal(let number)): return .string(number.description)
        case (_, .timestamp(let moment)): return .string(moment.description)
        case (_, .date(let day)): return .string(day.description)
        case (.table(let columns, _), .list(let rows)):
            return .array(
                rows.map { row in
                    guard case .map(let map) = row else { return .null }
                    return .object(
                        columns.map { column in
                            (column.id, json(map[.string(column.id)] ?? .null, column.type))
                        })
                })
        case (_, .list(let items)): return .array(items.map { json($0, .text(TextLimits())) })
        case (_, .string(let text)): return .string(text)
        default: return .null
        }
    }

    private func moment(_ moment: Timestamp) -> JSONValue { .string(moment.description) }

    private func clock(_ clock: ClockState, _ kind: Kind) -> JSONValue {
        var due: [(String, JSONValue?)] = [("due_on", .null), ("due_at", .null)]
        switch clock.due {
        case .day(let day): due[0].1 = .string(day.description)
        case .moment(let at): due[1].1 = moment(at)
        case nil: break
        }
        return .object(
            [
                ("clock", .string(clock.clock)),
                ("name", .string(kind.clock(clock.clock)?.name.text(language) ?? clock.clock)),
                ("started_at", moment(clock.startedAt)),
            ] + due + [
                ("suspended_at", clock.suspendedAt.map(moment) ?? .null), ("overdue", .bool(clock.overdue)),
            ])
    }

    private func action(_ action: AvailableAction, _ address: String) -> JSONValue {
        .object([
            ("action", .string(action.rule.id)), ("name", .string(action.rule.name.text(language))),
            ("possible", .bool(action.isPossible)), ("asks", .strings(action.rule.asks)),
            ("may", .strings(action.rule.may)),
            (
                "obstacles",
                .array(action.obstacles.map { ProblemDocument.Reason($0).json(language) })
            ),
            ("href", .string(address + "/actions/" + action.rule.id)),
        ])
    }

    func document(_ document: StoredDocument) -> JSONValue {
        .object([
            ("number", .string(document.number)), ("document", .string(document.document)),
            (
                "name",
                .string(rulebook.documents[document.document]?.name.text(language) ?? document.document)
            ),
            ("issued_at", moment(document.issuedAt)), ("href", .string(APIAddress.document(document.number))),
        ])
    }
}
