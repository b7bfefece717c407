import Expressions
import Records
import Rulebooks

/// A place in the order of a query: behind a record, whether that record is still there or not.
///
/// Pages that begin behind the last record of the page before neither repeat nor skip a record that stays
/// where it is, however many are added or go meanwhile.
public struct RecordCursor: Hashable, Sendable {
    /// The record's value in the column of the sort; `.null` where it has none, and when the order is that of ids.
    public var value: Value
    /// The record's id.
    public var id: Int64

    public init(value: Value, id: Int64) {
        (self.value, self.id) = (value, id)
    }

    /// The place behind a record in the order of a query; nil when the query sorts by no column of the kind.
    public init?(behind record: Record, of kind: Kind, in query: RecordQuery) {
        guard let column = query.sort?.column, column != "id" else {
            self.init(value: .null, id: record.id)
            return
        }
        guard let value = Self.value(column, of: record, kind) else { return nil }
        self.init(value: value, id: record.id)
    }

    /// What a record has in a column as queries name it.
    private static func value(_ column: String, of record: Record, _ kind: Kind) -> Value? {
        switch column {
        case "number": .string(record.number)
        case "region": .string(record.region)
        case "responsible": record.responsible.map(Value.string) ?? .null
        case "state": .string(record.state)
        case "stage": .string(record.stage)
        case "overdue": .bool(record.overdue)
        case "voided": .bool(record.voided)
        case "public": .bool(record.isPublic)
        case "version": .int(record.version)
        case "entered_at": .timestamp(record.enteredAt)
        case "created_at": .timestamp(record.createdAt)
        case "updated_at": .timestamp(record.updatedAt)
        case "import_id": record.origin.map { .int($0.importID) } ?? .null
        default:
            record.value(
                column.hasPrefix("field.") ? String(column.dropFirst("field.".count)) : column, in: kind)
        }
    }
}
