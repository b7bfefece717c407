import Rulebooks

/// How a field lies in its column.
indirect enum ColumnForm: Hashable, Sendable {
    case text, integer
    case decimal(places: Int)
    case money, boolean, date, moment
    case reference(kind: String)
    case files, table
    /// Encrypted; `form` says what the plain bytes mean. Only a single value has a blind index beside it.
    case sealed(form: ColumnForm)

    init(_ field: Field) {
        let form = ColumnForm(field.type)
        self = Self.isPersonal(field) ? .sealed(form: form) : form
    }

    private init(_ type: FieldType) {
        switch type {
        case .text, .code, .region, .party, .person, .geo: self = .text
        case .integer: self = .integer
        case .decimal(let places, _, _): self = .decimal(places: places)
        case .money: self = .money
        case .boolean: self = .boolean
        case .date: self = .date
        case .moment: self = .moment
        case .reference(let kind): self = .reference(kind: kind)
        case .files: self = .files
        case .table: self = .table
        }
    }

    private static func isPersonal(_ field: Field) -> Bool {
        switch field.type {
        case .person: true
        case .table(let columns, _): field.personal || columns.contains { isPersonal($0) }
        default: field.personal
        }
    }

    /// Whether the column is encrypted.
    var isSealed: Bool {
        if case .sealed = self { return true }
        return false
    }

    /// Whether a blind index lies beside the column.
    var hasBlindIndex: Bool {
        guard case .sealed(let form) = self else { return false }
        return form != .files && form != .table
    }

    /// The column's type in a STRICT table.
    var columnType: String {
        switch self {
        case .text, .date, .files, .table: "TEXT"
        case .integer, .decimal, .money, .boolean, .moment, .reference: "INTEGER"
        case .sealed: "BLOB"
        }
    }

    /// The name under which the form is kept beside the schema; never changes once released.
    var storedName: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .decimal(let places): "decimal \(places)"
        case .money: "money"
        case .boolean: "boolean"
        case .date: "date"
        case .moment: "moment"
        case .reference(let kind): "reference \(kind)"
        case .files: "files"
        case .table: "table"
        case .sealed(let form): "sealed \(form.storedName)"
        }
    }

    /// Reads the decimal places of a stored name of a whole number form: 0, 2 for money, or the places.
    static func places(ofStoredName name: String) -> Int? {
        switch name {
        case "integer": 0
        case "money": 2
        default: name.hasPrefix("decimal ") ? Int(name.dropFirst("decimal ".count)) : nil
        }
    }
}
