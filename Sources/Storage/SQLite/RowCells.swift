import Expressions

/// The cells of one row and the bytes they point to, used again for row after row.
///
/// Text and blobs lie in one buffer that stays in place while the statement runs, so that nothing is
/// allocated or copied for each of them.
struct RowCells {
    private enum Cell {
        case null
        case integer(Int64)
        case text(offset: Int, count: Int)
        case blob(offset: Int, count: Int)
    }

    private var cells: [Cell] = []
    // Never empty, so that empty texts have an address.
    private var bytes: [UInt8] = [0]

    mutating func removeAll() {
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        bytes.append(0)
    }

    mutating func appendNull() { cells.append(.null) }

    mutating func append(_ value: Int64) { cells.append(.integer(value)) }

    mutating func append(_ value: Int64?) { cells.append(value.map(Cell.integer) ?? .null) }

    mutating func append(_ value: Bool) { cells.append(.integer(value ? 1 : 0)) }

    mutating func append(_ value: String) {
        let offset = bytes.count
        bytes.append(contentsOf: value.utf8)
        cells.append(.text(offset: offset, count: bytes.count - offset))
    }

    mutating func append(_ value: String?) {
        guard let value else { return appendNull() }
        append(value)
    }

    mutating func append(text value: [UInt8]) {
        cells.append(.text(offset: bytes.count, count: value.count))
        bytes.append(contentsOf: value)
    }

    mutating func append(blob value: [UInt8]) {
        cells.append(.blob(offset: bytes.count, count: value.count))
        bytes.append(contentsOf: value)
    }

    mutating func append(_ date: CivilDate) {
        let offset = bytes.count
        DateText.append(date, to: &bytes)
        cells.append(.text(offset: offset, count: bytes.count - offset))
    }

    /// Binds all cells to the parameters from 1 on, and runs the statement.
    func run(_ statement: PreparedStatement, extra: Int64? = nil) throws {
        try bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            for (position, cell) in cells.enumerated() {
                switch cell {
                case .null: statement.bindNull(position + 1)
                case .integer(let value): statement.bind(position + 1, value)
                case .text(let offset, let count):
                    statement.bindStatic(position + 1, text: start + offset, count: count)
                case .blob(let offset, let count):
                    statement.bindStatic(position + 1, blob: start + offset, count: count)
                }
            }
            if let extra { statement.bind(cells.count + 1, extra) }
            // The bytes move after this call, and the statement must not remember where they were.
            defer { statement.clear() }
            try statement.run()
        }
    }
}

/// Dates as `yyyy-MM-dd`.
enum DateText {
    static func append(_ date: CivilDate, to bytes: inout [UInt8]) {
        let (year, month, day) = date.parts
        append(year / 100, to: &bytes)
        append(year % 100, to: &bytes)
        bytes.append(0x2D)
        append(month, to: &bytes)
        bytes.append(0x2D)
        append(day, to: &bytes)
    }

    private static func append(_ twoDigits: Int, to bytes: inout [UInt8]) {
        bytes.append(0x30 + UInt8(truncatingIfNeeded: twoDigits / 10))
        bytes.append(0x30 + UInt8(truncatingIfNeeded: twoDigits % 10))
    }
}
