/// A value in a table, with the type it keeps in JSON.
public enum TableValue: Hashable, Sendable {
    /// Words.
    case text(String)
    /// A whole number: a number in JSON, with thousands separators in a table.
    case integer(Int64)
    /// A decimal in digits, such as `-1234.50`: a string in JSON, so that no digit is lost.
    case decimal(String)
    /// Yes or no: true or false in JSON.
    case truth(Bool)
    /// Nothing: null in JSON, empty elsewhere.
    case missing
}

/// A value with what it is meant to tell.
public struct TableCell: Hashable, Sendable {
    /// What stands in the cell.
    public var value: TableValue
    /// What it is meant to tell, which gives it its colour.
    public var meaning: Meaning?

    /// A cell of any type.
    public init(_ value: TableValue, _ meaning: Meaning? = nil) {
        self.value = value
        self.meaning = meaning
    }

    /// Words.
    public static func text(_ text: String, _ meaning: Meaning? = nil) -> TableCell {
        TableCell(.text(text), meaning)
    }

    /// A whole number.
    public static func integer(_ number: some BinaryInteger, _ meaning: Meaning? = nil) -> TableCell {
        TableCell(Int64(exactly: number).map(TableValue.integer) ?? .decimal(String(number)), meaning)
    }

    /// A decimal in digits.
    public static func decimal(_ digits: String, _ meaning: Meaning? = nil) -> TableCell {
        TableCell(.decimal(digits), meaning)
    }

    /// Nothing.
    public static let missing = TableCell(.missing)
}

/// A column of a table.
public struct TableColumn: Hashable, Sendable {
    /// What happens to text wider than its column.
    public enum Overflow: Hashable, Sendable {
        /// It is cut, with `…`.
        case truncate
        /// It goes on in the next line.
        case wrap
        /// The column never gives way: a number that people copy is whole or useless.
        case keep
    }

    /// The stable name in JSON and CSV, in any language of the reader.
    public var key: String
    /// The title a person sees.
    public var title: String
    /// Where its texts stand.
    public var alignment: Alignment
    /// What happens to texts that do not fit.
    public var overflow: Overflow
    /// The widest the column may be, in columns of the terminal; nil for as wide as it needs.
    public var maximumWidth: Int?

    /// A column of words on the left, cut where they do not fit, unless said otherwise.
    public init(
        key: String, title: String, alignment: Alignment = .left, overflow: Overflow = .truncate,
        maximumWidth: Int? = nil
    ) {
        self.key = key
        self.title = title
        self.alignment = alignment
        self.overflow = overflow
        self.maximumWidth = maximumWidth
    }
}

/// A table that can be shown to people and given to programs, with the same content.
///
/// Rows shorter than the columns are filled with nothing; what is beyond the columns is left out.
public struct TextTable: Hashable, Sendable {
    /// The columns, from left to right.
    public var columns: [TableColumn]
    /// The rows, from top to bottom.
    public var rows: [[TableCell]] = []
    /// Sums and the like under a rule; they are for people and are not in JSON or CSV.
    public var footers: [[TableCell]] = []
    /// The word for true, in the language of the reader.
    public var yesText = "yes"
    /// The word for false, in the language of the reader.
    public var noText = "no"

    /// A table without rows.
    public init(columns: [TableColumn]) {
        self.columns = columns
    }

    func cell(_ row: [TableCell], _ index: Int) -> TableCell { index < row.count ? row[index] : .missing }

    /// The text of a value as a person reads it, on one line or, where wrapping is wanted, on several.
    func shown(_ value: TableValue, wraps: Bool) -> String {
        switch value {
        case .text(let text): wraps ? SafeText.lines(text) : SafeText.oneLine(text)
        case .integer(let number): NumberText.grouped(number)
        case .decimal(let digits): SafeText.oneLine(NumberText.grouped(decimal: digits))
        case .truth(let isTrue): isTrue ? yesText : noText
        case .missing: ""
        }
    }
}
