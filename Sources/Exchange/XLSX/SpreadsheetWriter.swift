import CXLSXWriter

/// A cell of a spreadsheet, as what it is.
public enum SpreadsheetCell: Hashable, Sendable {
    case empty
    /// Shown as it stands: never a formula, never read as a number.
    case text(String)
    /// A number with so many decimal places. One with more digits than a spreadsheet keeps is written as text.
    case number(String, places: Int)
    /// A day, shown as yyyy-MM-dd. Days before 1900, which spreadsheets do not know, are written as text.
    case day(year: Int, month: Int, day: Int)
}

/// Writes a table as an Office Open XML spreadsheet (ECMA-376), row after row, in memory that does not grow with it.
///
/// The first row holds the headings and stays in view. Not to be used by two at once; call `finish()` at the end.
public final class SpreadsheetWriter {
    /// So many rows can stand below the headings.
    public static let mostRows = 1_048_575
    /// So many characters can stand in a cell; the rest is cut off.
    private static let longestText = 32_767
    /// Beyond so many digits a spreadsheet rounds.
    private static let mostDigits = 15

    private let name: String
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let heading: UnsafeMutablePointer<lxw_format>?
    private let dayFormat: UnsafeMutablePointer<lxw_format>?
    private var numberFormats: [Int: UnsafeMutablePointer<lxw_format>] = [:]
    private var row: UInt32 = 0

    /// Begins a file; one that is there is replaced.
    ///
    /// - Parameter widths: of the columns, in characters.
    /// - Throws: ``ExchangeProblem/cannotOpen(name:reason:)``.
    public init(path: String, headings: [String], widths: [Int]) throws(ExchangeProblem) {
        name = String(path.split(separator: "/").last ?? "")
        var options = lxw_workbook_options()
        options.constant_memory = 1
        options.use_zip64 = 0
        guard let workbook = workbook_new_opt(path, &options),
            let sheet = workbook_add_worksheet(workbook, nil)
        else { throw .cannotOpen(name: name, reason: .failed(number: 0)) }
        (self.workbook, self.sheet) = (workbook, sheet)
        heading = workbook_add_format(workbook)
        format_set_bold(heading)
        dayFormat = workbook_add_format(workbook)
        format_set_num_format(dayFormat, "yyyy-mm-dd")
        for (column, width) in widths.enumerated() {
            guard let column = UInt16(exactly: column) else { break }
            worksheet_set_column(sheet, column, column, Double(max(4, min(60, width))), nil)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        for (column, text) in headings.enumerated() {
            guard let column = UInt16(exactly: column) else { break }
            worksheet_write_string(sheet, 0, column, Self.cleaned(text), heading)
        }
    }

    deinit { if let workbook { workbook_close(workbook) } }

    /// Writes the next row. Rows beyond what a spreadsheet holds are left out; false tells so.
    @discardableResult
    public func write(_ cells: [SpreadsheetCell]) -> Bool {
        guard row < UInt32(Self.mostRows) else { return false }
        row += 1
        for (column, cell) in cells.enumerated() {
            guard let column = UInt16(exactly: column) else { break }
            write(cell, in: column)
        }
        return true
    }

    private func write(_ cell: SpreadsheetCell, in column: UInt16) {
        switch cell {
        case .empty: break
        case .text(let text): worksheet_write_string(sheet, row, column, Self.cleaned(text), nil)
        case .number(let text, let places):
            let digits = text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard digits <= Self.mostDigits, let number = Double(text), number.isFinite else {
                return write(.text(text), in: column)
            }
            worksheet_write_number(sheet, row, column, number, format(places: places))
        case .day(let year, let month, let day):
            guard year >= 1900, year <= 9999 else {
                return write(.text("\(year)-\(month)-\(day)"), in: column)
            }
            var moment = lxw_datetime()
            moment.year = Int32(year)
            moment.month = Int32(month)
            moment.day = Int32(day)
            worksheet_write_datetime(sheet, row, column, &moment, dayFormat)
        }
    }

    private func format(places: Int) -> UnsafeMutablePointer<lxw_format>? {
        let places = max(0, min(10, places))
        if let known = numberFormats[places] { return known }
        let format = workbook_add_format(workbook)
        format_set_num_format(format, places == 0 ? "0" : "0." + String(repeating: "0", count: places))
        numberFormats[places] = format
        return format
    }

    /// A text without what XML cannot hold, of the length that a cell can.
    private static func cleaned(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 && scalar.value != 0x0A && scalar.value != 0x09
            guard !isControl, scalar.value != 0xFFFE, scalar.value != 0xFFFF else { continue }
            length += scalar.value > 0xFFFF ? 2 : 1
            guard length <= longestText else { break }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// Writes what is left and closes the file.
    ///
    /// - Throws: ``ExchangeProblem/cannotWrite(name:reason:)``.
    public func finish() throws(ExchangeProblem) {
        guard let workbook else { return }
        self.workbook = nil
        guard workbook_close(workbook) == LXW_NO_ERROR else {
            throw .cannotWrite(name: name, reason: .failed(number: 0))
        }
    }
}
