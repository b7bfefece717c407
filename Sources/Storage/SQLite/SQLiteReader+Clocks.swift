import Expressions
import Records
import Rulebooks

extension SQLiteReader {
    /// The clocks of a record in the order of the kind; clocks the kind no longer has come last.
    func clocks(of kind: Kind, record: Int64) throws -> [ClockState] {
        let statement = try cached(
            """
            SELECT clock, started_at, due_on, due_at, suspended_at, suspended_units, next_step,
                overdue, next_at
            FROM zhiheng_clock WHERE kind = ?1 AND record = ?2 ORDER BY clock
            """)
        statement.bind(1, kind.id)
        statement.bind(2, record)
        var found: [ClockState] = []
        defer { statement.reset() }
        while try statement.step() {
            found.append(try clock(in: statement, kind: kind.id, record: record))
        }
        return Self.inOrder(found, of: kind)
    }

    static func inOrder(_ found: [ClockState], of kind: Kind) -> [ClockState] {
        guard found.count > 1 else { return found }
        let places = Dictionary(kind.clocks.map(\.id).enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        return found.enumerated().sorted { left, right in
            let leftPlace = places[left.element.clock] ?? kind.clocks.count
            let rightPlace = places[right.element.clock] ?? kind.clocks.count
            return (leftPlace, left.offset) < (rightPlace, right.offset)
        }.map(\.element)
    }

    func clocksWanting(before moment: Timestamp, limit: Int) throws -> [ClockReference] {
        let statement = try cached(
            """
            SELECT kind, record, clock, next_at FROM zhiheng_clock
            WHERE next_at IS NOT NULL AND next_at <= ?1 ORDER BY next_at, kind, record, clock LIMIT ?2
            """)
        statement.bind(1, moment.seconds)
        statement.bind(2, Int64(max(0, limit)))
        var references: [ClockReference] = []
        defer { statement.reset() }
        while try statement.step() {
            let (kind, record) = (statement.text(0), statement.integer(1))
            let at = try self.moment(in: statement, 3, kind: kind, record: record)
            references.append(ClockReference(kind: kind, record: record, clock: statement.text(2), at: at))
        }
        return references
    }

    func clock(in row: PreparedStatement, kind: String, record: Int64) throws -> ClockState {
        let due: ClockDue?
        if !row.isNull(2) {
            guard let day = CivilDate(row.text(2)) else {
                throw StoreProblem.damaged(kind: kind, record: record, column: "clock")
            }
            due = .day(day)
        } else {
            due = try row.isNull(3) ? nil : .moment(moment(in: row, 3, kind: kind, record: record))
        }
        guard let isOverdue = row.flag(7), row.isNull(2) || row.isNull(3) else {
            throw StoreProblem.damaged(kind: kind, record: record, column: "clock")
        }
        return ClockState(
            clock: row.text(0), startedAt: try moment(in: row, 1, kind: kind, record: record), due: due,
            suspendedAt: try row.isNull(4) ? nil : moment(in: row, 4, kind: kind, record: record),
            suspendedUnits: row.integer(5), nextStep: Int(row.integer(6)), overdue: isOverdue,
            nextAt: try row.isNull(8) ? nil : moment(in: row, 8, kind: kind, record: record))
    }

    func moment(in row: PreparedStatement, _ column: Int, kind: String, record: Int64) throws -> Timestamp {
        guard let moment = Timestamp(seconds: row.integer(column)) else {
            throw StoreProblem.damaged(kind: kind, record: record, column: "moment")
        }
        return moment
    }
}

/// The clocks of record after record, read beside them in one go.
struct ClockCursor {
    private let kind: Kind
    private let reader: SQLiteReader
    private let statement: PreparedStatement
    /// The record of the row the statement stands at; nil after the last one.
    private var record: Int64?

    init(of kind: Kind, from firstID: Int64, reader: SQLiteReader) throws {
        (self.kind, self.reader) = (kind, reader)
        statement = try .fresh(
            """
            SELECT clock, started_at, due_on, due_at, suspended_at, suspended_units, next_step,
                overdue, next_at,
                record
            FROM zhiheng_clock WHERE kind = ?1 AND record >= ?2 ORDER BY record, clock
            """, in: reader.db)
        statement.bind(1, kind.id)
        statement.bind(2, firstID)
        try advance()
    }

    private mutating func advance() throws {
        record = try statement.step() ? statement.integer(9) : nil
    }

    /// The clocks of a record whose id is greater than that of the last one asked for.
    mutating func take(record id: Int64) throws -> [ClockState] {
        while let record, record < id { try advance() }
        var found: [ClockState] = []
        while record == id {
            found.append(try reader.clock(in: statement, kind: kind.id, record: id))
            try advance()
        }
        return SQLiteReader.inOrder(found, of: kind)
    }

    func reset() { statement.reset() }
}
