import Expressions
import Records
import Rulebooks
import Storage

/// A page of a list, paged by key.
public struct RecordPage: Sendable {
    /// Where a page lies.
    public enum Place: Hashable, Sendable {
        case first
        case after(RecordCursor)
        case before(RecordCursor)
    }

    public let records: [Record]
    /// Where the pages beside it lie; nil where there is none.
    public let previous: Place?
    public let next: Place?

    /// Reads a page.
    ///
    /// Pages before one are read backwards. Those without a value in the column of the order come last, so going back
    /// from them leads to the ones with the greatest value once they are exhausted.
    public static func read(
        _ query: RecordQuery, of kind: Kind, at place: Place, size: Int, time: CivilTime,
        reader: any StoreReading
    ) throws -> RecordPage {
        var query = query
        query.limit = size + 1
        query.offset = 0
        if case .after(let cursor) = place { query.after = cursor }
        let found: [Record]
        if case .before(let cursor) = place {
            found = try before(cursor, query, kind, reader)
        } else {
            found = try reader.records(query, of: kind)
        }
        let isBackwards = if case .before = place { true } else { false }
        let part = found.prefix(size)
        let records = isBackwards ? Array(part.reversed()) : Array(part)
        func cursor(_ record: Record?) -> RecordCursor? {
            record.flatMap { self.cursor(of: $0, query, kind, time) }
        }
        let hasPrevious = isBackwards ? found.count > size : place != .first
        let hasNext = isBackwards || found.count > size
        return RecordPage(
            records: records, previous: hasPrevious ? cursor(records.first).map(Place.before) : nil,
            next: hasNext ? cursor(records.last).map(Place.after) : nil)
    }

    private static func cursor(
        of record: Record, _ query: RecordQuery, _ kind: Kind, _ time: CivilTime
    ) -> RecordCursor? {
        if query.sort?.column == "next_due" {
            return RecordCursor(
                value: record.nextDue(in: time).map(Value.timestamp) ?? .null, id: record.id)
        }
        return RecordCursor(behind: record, of: kind, in: query)
    }

    /// The records before a place, the nearest first.
    private static func before(
        _ cursor: RecordCursor, _ query: RecordQuery, _ kind: Kind, _ reader: any StoreReading
    ) throws -> [Record] {
        let (column, isDescending) = query.sort ?? ("id", false)
        var back = query
        back.sort = (column, !isDescending)
        back.after = cursor
        guard column != "id" else { return try reader.records(back, of: kind) }
        func with(_ comparison: RecordQuery.Condition.Comparison, _ query: RecordQuery) -> RecordQuery {
            var query = query
            query.conditions.append(.init(column: column, comparison: comparison, value: .null))
            return query
        }
        guard cursor.value.isNull else {
            // Backwards, those without a value would come last again, where none of them belongs.
            return try reader.records(with(.isPresent, back), of: kind)
        }
        var records = try reader.records(with(.isMissing, back), of: kind)
        if records.count < query.limit {
            var rest = with(.isPresent, back)
            rest.after = nil
            rest.limit = query.limit - records.count
            records += try reader.records(rest, of: kind)
        }
        return records
    }
}
