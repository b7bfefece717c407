import Records

/// Writes the rows of clocks.
enum ClockCoding {
    static let insertSQL = """
        INSERT INTO zhiheng_clock (kind, record, clock, started_at, due_on, due_at, suspended_at,
            suspended_units, next_step, overdue, next_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """

    /// Fills the cells in the order of the statement.
    static func fill(_ cells: inout RowCells, with clock: ClockState, kind: String, record: Int64) {
        cells.removeAll()
        cells.append(kind)
        cells.append(record)
        cells.append(clock.clock)
        cells.append(clock.startedAt.seconds)
        switch clock.due {
        case .day(let day):
            cells.append(day)
            cells.appendNull()
        case .moment(let moment):
            cells.appendNull()
            cells.append(moment.seconds)
        case nil:
            cells.appendNull()
            cells.appendNull()
        }
        cells.append(clock.suspendedAt?.seconds)
        cells.append(clock.suspendedUnits)
        cells.append(Int64(clock.nextStep))
        cells.append(clock.overdue)
        cells.append(clock.nextAt?.seconds)
    }
}
