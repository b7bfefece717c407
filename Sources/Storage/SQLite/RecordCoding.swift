import Expressions
import Records
import Rulebooks

/// Writes and reads the rows of one kind's table.
struct RecordCoding {
    let kind: Kind
    let table: KindTable
    let cipher: PersonalCipher
    /// Tells when a due day has ended.
    let time: CivilTime

    /// Fills the cells in the order of the table's statements.
    ///
    /// Throws ``StoreProblem/unsuitable(kind:column:)`` for a value that is not of its field's type.
    func fill(_ cells: inout RowCells, with record: Record) throws {
        guard record.kind == kind.id, record.values.count == table.columns.count else {
            throw StoreProblem.unsuitable(kind: kind.id, column: "kind")
        }
        cells.removeAll()
        cells.append(record.id)
        cells.append(record.number)
        cells.append(record.region)
        cells.append(record.responsible)
        cells.append(record.state)
        cells.append(record.stage)
        cells.append(record.overdue)
        cells.append(record.voided)
        cells.append(record.isPublic)
        cells.append(record.version)
        cells.append(record.enteredAt.seconds)
        cells.append(record.createdAt.seconds)
        cells.append(record.updatedAt.seconds)
        cells.append(record.origin?.importID)
        cells.append(record.origin?.row)
        cells.append(record.nextDue(in: time)?.seconds)
        for position in record.values.indices {
            // The most frequent forms, without an array or a column's names in between.
            switch (table.plainForms[position], record.values[position]) {
            case (.text, .string(let text)): cells.append(text)
            case (.date, .date(let date)): cells.append(date)
            case (.integer, .int(let number)): cells.append(number)
            case (.text, .null), (.date, .null), (.integer, .null), (.other, .null): cells.appendNull()
            default: try append(record.values[position], at: position, of: record.id, to: &cells)
            }
        }
    }

    private func append(_ value: Value, at position: Int, of record: Int64, to cells: inout RowCells) throws {
        let column = table.columns[position]
        switch (column.form, value) {
        case (_, .null):
            cells.appendNull()
            if column.blindIndexName != nil { cells.appendNull() }
        default:
            guard let plain = ValueCoding.plain(value, as: column.form, type: kind.fields[position].type)
            else {
                throw StoreProblem.unsuitable(kind: kind.id, column: column.field)
            }
            if column.form.isSealed {
                try appendSealed(ValueCoding.bytes(of: plain), column: column, of: record, to: &cells)
            } else {
                switch plain {
                case .integer(let number): cells.append(number)
                case .text(let bytes): cells.append(text: bytes)
                }
            }
        }
    }

    private func appendSealed(
        _ bytes: [UInt8], column: KindTable.Column, of record: Int64, to cells: inout RowCells
    ) throws {
        cells.append(blob: try cipher.seal(bytes, kind: kind.id, field: column.field, record: record))
        if column.blindIndexName != nil {
            cells.append(blob: cipher.blindIndex(bytes, kind: kind.id, field: column.field))
        }
    }

    /// The record in the statement's present row, without its clocks.
    ///
    /// Throws ``StoreProblem/damaged(kind:record:column:)`` for a cell that is not as the kind declares it.
    func record(in row: PreparedStatement) throws -> Record {
        let id = row.integer(0)
        func moment(_ column: Int) throws -> Timestamp {
            guard let moment = Timestamp(seconds: row.integer(column)) else {
                throw StoreProblem.damaged(kind: kind.id, record: id, column: KindTable.systemColumns[column])
            }
            return moment
        }
        var values: [Value] = []
        values.reserveCapacity(table.columns.count)
        for position in table.columns.indices {
            values.append(try value(at: position, of: id, in: row))
        }
        func flag(_ column: Int) throws -> Bool {
            guard let flag = row.flag(column) else {
                throw StoreProblem.damaged(kind: kind.id, record: id, column: KindTable.systemColumns[column])
            }
            return flag
        }
        guard row.isNull(13) == row.isNull(14) else {
            throw StoreProblem.damaged(kind: kind.id, record: id, column: KindTable.systemColumns[14])
        }
        let origin = row.integerOrNil(13).map { ImportOrigin(importID: $0, row: row.integer(14)) }
        return Record(
            id: id, kind: kind.id, number: row.text(1), region: row.text(2), responsible: row.textOrNil(3),
            state: row.text(4), stage: row.text(5), overdue: try flag(6), voided: try flag(7),
            isPublic: try flag(8), version: row.integer(9), enteredAt: try moment(10),
            createdAt: try moment(11), updatedAt: try moment(12), origin: origin, values: values)
    }

    private func value(at position: Int, of record: Int64, in row: PreparedStatement) throws -> Value {
        let cell = KindTable.systemColumns.count + position
        if row.isNull(cell) { return .null }
        let column = table.columns[position]
        let type = kind.fields[position].type
        let value: Value?
        switch column.form {
        case .sealed(let form):
            value = cipher.open(row.bytes(cell), kind: kind.id, field: column.field, record: record).flatMap {
                ValueCoding.value(decrypted: $0, as: form, type: type)
            }
        case .text, .date, .files, .table:
            value = ValueCoding.value(row.text(cell), as: column.form, type: type)
        default:
            value = ValueCoding.value(row.integer(cell), as: column.form)
        }
        guard let value else {
            throw StoreProblem.damaged(kind: kind.id, record: record, column: column.field)
        }
        return value
    }
}
